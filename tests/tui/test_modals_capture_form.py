"""Capturing, without a screen: what stands in the fields, the line they make, and what enter does."""

from __future__ import annotations

from datetime import date, time

import pytest

from fu_tui.core.capture import parse_line
from fu_tui.tui.modals.capture_form import CaptureForm
from fu_tui.tui.modals.capture_line import compose, mark, mark_at, replace_phrase
from fu_tui.tui.modals.capture_lines import Lines
from fu_tui.tui.modals.capture_rows import field_rows
from tests.tui.modal_world import CALENDAR, DAYS, TUESDAY, Memory


def form(text: str = "") -> CaptureForm:
    memory = Memory()
    return CaptureForm({"what": text}, memory.look, DAYS, memory.complete)


def typed(form: CaptureForm, text: str) -> CaptureForm:
    form.type(text, len(text))
    return form


def spans(line: str) -> Memory:
    return Memory()


LINES = (
    "Call Dana about the quote",
    "Call Dana about the quote fri 14:00",
    "Send the minutes about",
    'Call "Dana Reed" @sam, resend quote tomorrow',
    "Resend quote @sam !high // she asked, on fri, for net 60",
    "@sam",
    "",
)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("who", ["Dana Reed", "dana", "dana@isdom.example", 'Dana "D" Reed', "@dana"])
def test_a_field_wins_over_what_the_line_says_of_the_same_thing(line: str, who: str) -> None:
    said = {"contact": who, "when": "2026-12-01 09:30"}
    made = compose(line, Memory().look(line).spans, said)
    draft = parse_line(made, today=TUESDAY, now=time(10), is_working=CALENDAR.is_working)
    assert draft.contact == who.replace('"', "").removeprefix("@")
    assert draft.when is not None
    assert (draft.when.day, draft.when.at) == (date(2026, 12, 1), time(9, 30))
    plain = parse_line(line.replace("about", "on"), today=TUESDAY, now=time(10)) if "about" in line else None
    assert draft.body == ("she asked, on fri, for net 60" if "//" in line else "")
    assert plain is None or draft.action.startswith(line.split()[0])


def test_without_fields_the_line_stays_as_it_was_typed() -> None:
    typed_line = '  Call Dana ,  @"Dana Reed" fri // body '
    assert form(typed_line).line == typed_line


@pytest.mark.parametrize(
    ("sigil", "name", "marked"),
    [
        ("@", "dana", "@dana"),
        ("@", "Dana Reed", '@"Dana Reed"'),
        ("#", 'GTX "Plus"', '#"GTX Plus"'),
        ("!", " very high ", "!veryhigh"),
        ("+", "  ", ""),
    ],
)
def test_names_are_marked_as_the_grammar_reads_them(sigil: str, name: str, marked: str) -> None:
    assert mark(sigil, name) == marked


def test_only_words_of_their_own_are_replaced() -> None:
    assert replace_phrase("collate later, later", "later", "fri") == "collate fri, later"
    assert replace_phrase("collateral", "later", "fri") is None


@pytest.mark.parametrize(
    ("text", "kind", "typed"),
    [
        ("Call @da", "contact", "da"),
        ('Call @"Dana R', "contact", "Dana R"),
        ("@", "contact", ""),
        ("#gt", "link", "gt"),
        ("+s", "owner", "s"),
    ],
)
def test_the_mark_before_the_cursor_is_found(text: str, kind: str, typed: str) -> None:
    found = mark_at(f"{text} and more", len(text))
    assert found is not None
    assert (found.kind, found.typed) == (kind, typed)


@pytest.mark.parametrize("text", ["dana@isdom", "Call @dana ", 'Call @"Dana Reed"', "C#"])
def test_nothing_else_is_a_mark(text: str) -> None:
    assert mark_at(text, len(text)) is None


def test_the_line_fills_the_other_fields_and_a_second_enter_is_not_needed() -> None:
    draft = typed(form(), "Call Dana, confirm approval @dana fri 14:00")
    assert draft.seen.who == "Dana Reed · Isdom · GTX Plus"
    assert draft.seen.when == "Fri 27 Nov 2026, 14:00, in 3 days"
    assert draft.enter()


def test_a_day_typed_into_its_field_goes_into_the_line_with_the_whole_grammar_of_dates() -> None:
    draft = form("Call Dana @dana fri")
    draft.go("when")
    typed(draft, "3bd")
    assert draft.line == "Call Dana @dana on 2026-11-30"
    assert draft.draft == draft.line
    assert typed(draft, "xyz").problem.startswith('"xyz" is no date I know.')
    assert not draft.enter()
    assert draft.draft.endswith("on xyz")


def test_a_vague_day_is_answered_with_three_exact_ones_and_the_first_is_preselected() -> None:
    draft = typed(form(), "Send the recap @dana next week")
    assert draft.vague == '"next week" names no day. Which one?'
    assert draft.list is not None
    assert [item.key for item in draft.list.shown] == ["Mon 30 Nov", "Wed 2 Dec", "Fri 4 Dec"]
    draft.move(1)
    assert not draft.enter()
    assert draft.values["what"] == "Send the recap @dana Wed 2 Dec"
    assert draft.list is None
    assert draft.enter()


def test_a_vague_day_in_its_field_is_replaced_there() -> None:
    draft = form("Send the recap @dana")
    draft.go("when")
    typed(draft, "soon")
    assert not draft.enter()
    assert draft.values["what"] == "Send the recap @dana"
    assert draft.seen.when == "Fri 27 Nov 2026, in 3 days"


def test_what_is_lacking_is_said_on_enter_and_typing_takes_it_back() -> None:
    draft = form("Call Dana")
    assert not draft.told
    assert not draft.enter()
    assert (draft.told, draft.lacking) == (True, "When is it due? Add an exact day.")
    assert not typed(draft, "Call Dana fri").told
    assert draft.enter()


def test_hints_want_a_second_enter_on_the_same_line() -> None:
    draft = form("Quote for @dana fri")
    assert not draft.enter()
    assert draft.hinted
    assert not typed(draft, "Quote for @dana mon").hinted
    assert not draft.enter()
    assert draft.enter()


def test_refused_wording_stays_refused() -> None:
    draft = form("Follow up @dana fri")
    assert [draft.enter(), draft.enter()] == [False, False]
    assert draft.lacking == '"Follow up" says no action.'


def test_names_are_completed_while_they_are_typed_and_enter_saves_unless_one_was_gone_to() -> None:
    draft = typed(form(), "Call fri @ana")
    assert draft.list is not None
    assert not draft.on_list
    draft.move(1)
    assert draft.on_list
    draft.move(-1)
    assert not draft.on_list
    draft.move(1)
    assert not draft.enter()
    assert draft.values["what"] == 'Call fri @"Ana Ruiz" '
    assert draft.seen.who == "Ana Ruiz · Betatech"
    assert draft.enter()


def test_a_name_completed_in_its_field() -> None:
    draft = form("Call fri")
    draft.tab(1)
    typed(draft, "an")
    draft.move(1)
    assert not draft.enter()
    assert draft.values["contact"] == "Ana Ruiz"
    assert draft.line == 'Call fri @"Ana Ruiz"'


def test_the_fields_behind_more_go_into_the_line_and_stay_while_something_stands_in_them() -> None:
    draft = form("Call Dana @dana fri !low")
    draft.toggle_more()
    typed(draft, "sam")
    draft.tab(2)
    typed(draft, "high")
    assert draft.line == "Call Dana @dana fri +sam !high"
    draft.toggle_more()
    assert draft.more
    for kind in ("owner", "priority"):
        draft.go(kind)
        typed(draft, "")
    draft.toggle_more()
    assert not draft.more
    assert draft.line == "Call Dana @dana fri !low"


def test_the_whole_line_is_looked_at_last_so_that_a_draft_can_be_kept() -> None:
    memory = Memory()
    draft = CaptureForm({"what": "Call"}, memory.look, DAYS)
    draft.go("contact")
    typed(draft, "Dana Reed")
    assert memory.seen[-1] == 'Call @"Dana Reed"'


def test_tab_takes_the_name_that_is_offered_and_else_goes_on() -> None:
    draft = typed(form(), "Call fri @an")
    draft.tab(1)
    assert (draft.here, draft.values["what"]) == ("what", 'Call fri @"Ana Ruiz" ')
    draft.tab(1)
    assert draft.here == "contact"
    draft.tab(-1)
    assert draft.here == "what"


def test_tab_through_the_fields_fills_none() -> None:
    draft = typed(form("Call Dana fri"), "Call Dana fri")
    draft.toggle_more()
    for _ in draft.fields:
        draft.tab(1)
    assert {kind: text for kind, text in draft.values.items() if text} == {"what": "Call Dana fri"}


@pytest.mark.parametrize(
    ("line", "made", "second"),
    [
        ("Follow up with Dana about quote @dana fri", "Ask Dana about the quote @dana fri", None),
        ("Follow up with Dana about quote mon @dana", "Ask Dana about the quote @dana mon", None),
        ("Follow up with @dana about quote 3 may // net 60", "Follow up with @dana about quote 3 may // net 60", None),
        ("Call Dana and send quote @dana fri // net 60", "Call Dana @dana fri // net 60", "Send quote @dana fri"),
        (
            "Call Dana, ask her, tell her, because she wants net 60 and so on @dana 3 may // twice",
            "Call Dana, ask her, tell her @dana 3 may // because she wants net 60 and so on; twice",
            None,
        ),
    ],
)  # fmt: skip
def test_the_better_wording_keeps_all_that_was_understood(line: str, made: str, second: str | None) -> None:
    draft = typed(form(), line)
    before = draft.seen
    assert draft.mend() == second
    assert draft.line == made
    assert (draft.seen.who, draft.seen.when) == (before.who, before.when)


def test_the_day_of_a_field_goes_with_both_follow_ups() -> None:
    draft = typed(form(), "Call Dana and send quote @dana")
    draft.go("when")
    typed(draft, "fri")
    assert draft.mend() == "Send quote @dana on 2026-11-27"
    assert draft.line == "Call Dana @dana on 2026-11-27"


def test_body_and_private_from_their_fields() -> None:
    said = {"body": "net 60", "private": "yes"}
    line = "Write the review !private // old"
    assert compose(line, Memory().look(line).spans, said) == "Write the review !private // net 60"
    assert compose(line, Memory().look(line).spans, {"private": "no"}) == "Write the review // old"


def lines(text: str) -> Lines:
    return Lines(text, form)


def test_lines_are_typed_each_on_its_own() -> None:
    several = lines("Call Dana fri\n\nSend it +3d")
    assert (len(several), several.at) == (2, 1)
    several.go(0)
    several.form.go("contact")
    typed(several.form, "Dana Reed")
    several.add("Book the room")
    assert several.texts == ['Call Dana fri @"Dana Reed"', "Book the room", "Send it +3d"]
    typed(several.form, "")
    several.go(2)
    assert (several.texts, several.at) == (['Call Dana fri @"Dana Reed"', "Send it +3d"], 1)
    assert several.draft == 'Call Dana fri @"Dana Reed"\nSend it +3d'


def test_an_empty_line_gives_its_place_and_the_last_one_stays() -> None:
    several = lines("")
    several.add("")
    assert len(several) == 1
    several.add("Call Dana", "Send it")
    assert several.texts == ["Call Dana", "Send it"]
    several.remove()
    several.remove()
    assert (len(several), several.texts) == (1, [""])


def test_the_line_that_is_typed_is_among_those_that_are_shown() -> None:
    several = lines("\n".join(f"Call number {n} fri" for n in range(200)))
    for at in (199, 0, 100, 7):
        several.go(at)
        shown = "\n".join(
            "".join(text for text, _ in row.spans) for row in several.rows(60, 5, Memory().look)
        )
        assert f"{at + 1}  Call number {at}" in shown
        assert len(several.rows(60, 5, Memory().look)) == 6


def test_what_is_typed_into_a_field_is_not_said_again_beside_it() -> None:
    card = form("Call Ana")
    card.go("when")
    for text, beside in (("foo", ""), ("fri", "Fri 27 Nov 2026, in 3 days")):
        typed(card, text)
        row = next(row for row in field_rows(card, 70) if row.field_at is not None)
        assert "".join(words for words, _ in row.spans[1:]).strip() == beside

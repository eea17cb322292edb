"""The card, the strip of steps, the line that says what n does: what stands there, and that it always fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fu_tui.core.load import DayLoad, Load
from fu_tui.core.terms import Channel, Direction, StepKind, TaskKind
from fu_tui.queries.rows import Card, OtherTask, StripStep, Why
from fu_tui.tui.present.card import Line, blank_lines, card_body, card_lines, furthest, scrolled
from fu_tui.tui.present.hint import hint_spans
from fu_tui.tui.present.load import load_line, load_lines
from fu_tui.tui.present.money import amount_words
from fu_tui.tui.present.steps import strip_lines, strip_words
from fu_tui.tui.present.words import touch_words
from tests.tui import made_up

RECAP = made_up.today()[0]


def shown(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def drawn(card: Card, height: int = 40, me: int | None = 1) -> list[str]:
    return shown(card_lines(card, 40, height, made_up.MOMENT, me))


def test_the_card_reads_as_the_interface_draws_it() -> None:
    assert drawn(made_up.card(RECAP)) == [
        "┌─ Send the pricing recap ──────────────",
        "│ today 11:00  high",
        "│ owner you · moved ×2",
        "│",
        "│ Ana Ruiz  Head of Ops",
        "│ Betatech · GTX Plus",
        "│ Proposal sent · $4,514",
        "│ ana@betatech.example",
        "│ +1 312 555 0142",
        "│ last contact 12 days ago, mail out",
        "│",
        "│ Numbers for 40, 80 and 200 seats; she",
        "│ compares with last year's offer.",
        "│",
        "│ ⚠ high case open: invoices unreadable",
        "│",
        "│ Proposal  1 of 5 · 2 unanswered",
        "│ ●───○────○─────────○─────────◇",
        "│ 0   3    7         14        21 days",
        "│ Send it, with the one number she",
        "│ asked for on top",
        "│",
        "│ n done, no reply",
        "│   → Call: open questions, Fri 27 Nov",
        "│ r replied",
        "│   → asks the next step",
        "│",
        "│ history",
        "│   12 Nov  mail out  Pricing questions",
        "│   11 Nov  call in   asked for tiers",
        "│    4 Nov  met       discovery, 45 min",
        "│ Oct 2025  note      met at the fair…",
    ]


@pytest.mark.parametrize("height", [10, 14, 17, 18, 21, 24, 33])
def test_a_low_card_still_says_when_who_and_what_the_keys_do(height: int) -> None:
    lines = drawn(made_up.card(RECAP), height)
    assert len(lines) <= height
    needed = ["today 11:00", "⚠ high case", "n done", "→ Call: open", "r replied", "→ asks"]
    needed += ["Ana Ruiz"] if height > 9 else []
    needed += ["+1 312", "ana@betatech", "●──"] if height > 16 else []
    for words in needed:
        assert any(words in line for line in lines), (words, lines)


def test_the_action_tops_the_card_in_full() -> None:
    lines = drawn(made_up.card(made_up.today()[7]))
    assert lines[0].startswith("┌─ Discuss the timeline with ──")
    assert lines[1] == "│  procurement and the works council"


def test_due_is_said_in_words() -> None:
    def second(days: int, **more: object) -> str:
        return drawn(made_up.card(made_up.row(1, "Call", days, contact="Ana Ruiz", **more)))[1]

    assert second(-3) == "│ 3d late  21 Nov  owner you"
    assert second(0, due_at=made_up.NOW - timedelta(hours=1)) == "│ 1h late  today 09:14  owner you"
    assert second(1) == "│ Wed 25  in 1 day  owner you"
    assert second(7, due_at=made_up.NOW + timedelta(days=7)) == "│ 1 Dec 10:14  in 7 days  owner you"
    window = made_up.row(1, "Call", 1, window_end_on=made_up.TODAY + timedelta(days=2))
    assert drawn(made_up.card(window))[1] == "│ Wed 25  in 1 day – Thu 26  owner you"
    assert "owner Dana Okafor" in drawn(made_up.card(RECAP), me=2)[2]


def test_what_is_not_known_is_not_shown() -> None:
    bare = Card(
        row=made_up.row(1, "Call"),
        body="",
        note="",
        contact_title="",
        deal_stage="",
        deal_amount=None,
        deal_currency="",
        phones=(),
        emails=(),
        last_contact_at=None,
        last_contact_channel=None,
        last_contact_direction=None,
        alerts=(),
        cadence=None,
        strip=(),
        purpose="",
        unanswered=0,
        after_no_reply="the same again, Fri 27 Nov",
        history=(),
    )
    assert drawn(bare) == [
        "┌─ Call ────────────────────────────────",
        "│ today  owner you",
        "│",
        "│ no link",
        "│",
        "│ n done, no reply",
        "│   → the same again, Fri 27 Nov",
        "│ r replied",
        "│   → asks the next step",
    ]
    with_contact = bare._replace(row=made_up.row(1, "Call", contact="Ana Ruiz"), unanswered=1)
    assert "│ tried, channel unknown" in drawn(with_contact)
    assert "│ not contacted yet" in drawn(with_contact._replace(unanswered=0))
    own = with_contact.row._replace(contact=None, contact_id=None, channel=None, kind=TaskKind.PRIVATE)
    assert "│ n done for now" in drawn(bare._replace(row=own))
    assert "│ 1 touch unanswered" in drawn(with_contact)


def test_on_a_decide_step_n_is_dim() -> None:
    asked = made_up.card(made_up.row(1, "Nurture, extend or lost?", kind=TaskKind.DECIDE))
    for spans in (card_lines(asked, 40, 40, made_up.MOMENT, 1), [hint_spans(asked, 80)]):
        roles = {text.strip(): role for line in spans for text, role in line}
        assert roles["n"] == "dim"


@pytest.mark.parametrize("name", made_up.HOSTILE)
@pytest.mark.parametrize("width", [12, 40, 80, 120])
@pytest.mark.parametrize("height", [8, 40])
def test_hostile_text_in_every_field_stays_inside_the_card(name: str, width: int, height: int) -> None:
    text = made_up.HOSTILE[name]
    card = made_up.card(
        made_up.row(1, text, contact=text, account=text, deal=text, owner=text, step_no=2), text
    )
    others = (OtherTask(text, made_up.TODAY, 3, text),)
    card = card._replace(
        deal_currency=text, others=others, phones=(text, text), emails=(text, text), preferred=Channel.MAIL,
        why=Why((text,), text, (text,), ((text, text),), (text,)) if height == 8 else None,
    )  # fmt: skip
    for lines in (card_lines(card, width, height, made_up.MOMENT, 2), blank_lines(text, width, height)):
        assert len(lines) <= height
        for line in lines:
            joined = "".join(part for part, _ in line)
            assert cell_len(joined) <= width
            assert "\x1b" not in joined
    assert cell_len("".join(part for part, _ in hint_spans(card, width))) == width


def test_a_wide_card_has_two_columns_and_more_history() -> None:
    lines = shown(card_lines(made_up.card(RECAP), 120, 30, made_up.MOMENT, 1))
    assert lines[0].startswith("┌─ Send the pricing recap ──")
    assert "│ owner you" not in "\n".join(lines)
    assert lines[1].startswith("│ today 11:00  high  owner you · moved ×2")
    assert lines[1].endswith("Numbers for 40, 80 and 200 seats; she compares with last")
    assert lines[4][61:].strip() == "history"
    assert lines[5][61:].strip() == "12 Nov  mail out  Pricing questions"
    assert lines[3].startswith("│ Ana Ruiz  Head of Ops")


@pytest.mark.parametrize("width", [40, 48, 56, 80, 120])
@pytest.mark.parametrize("height", [1, 2, 8, 22, 36])
def test_a_card_scrolls_from_its_first_line_to_its_last(width: int, height: int) -> None:
    card = made_up.card(RECAP)
    body = card_body(card, width, height, made_up.MOMENT, 1)
    seen = set()
    for top in range(furthest(body, height) + 1):
        lines = scrolled(body, width, height, top)
        assert len(lines) == min(height, len(body))
        assert all(cell_len("".join(text for text, _ in line)) <= width for line in lines)
        seen |= set(shown(lines))
    if height > 2:
        assert set(shown(body[1:])) <= seen


def test_what_is_not_shown_of_a_card_is_counted() -> None:
    body = card_body(made_up.card(RECAP), 40, 20, made_up.MOMENT, 1)
    lines = shown(scrolled(body, 40, 20))
    assert lines[-1].endswith(f"{len(body) - 19} more ↓")
    lines = shown(scrolled(body, 40, 20, 3))
    assert lines[0] == "┌─ Send the pricing recap ─── 3 more ↑ ─"
    assert shown(scrolled(body, 40, 20, 99))[-1] == shown(body)[-1]


def test_other_tasks_of_the_person_are_told_with_whose_they_are() -> None:
    others = (
        OtherTask("Call Ana about the quote", made_up.TODAY + timedelta(days=3), 2, "Sam Hill"),
        OtherTask("Send the tiers", made_up.TODAY - timedelta(days=2), 1, "Dana Okafor"),
    )
    lines = drawn(made_up.card(RECAP)._replace(others=others, others_more=2))
    at = lines.index("│ ⚠ high case open: invoices unreadable")
    assert lines[at + 1 : at + 5] == [
        '│ · Sam Hill has "Call Ana about the',
        '│   quote" due Fri\u00a027',
        '│ · you have "Send the tiers" 2d late',
        "│ · and 2 more open tasks",
    ]


def test_why_tells_reasons_origin_and_outcomes() -> None:
    why = Why(
        ("3 days after closing (Mon 23 Nov) → Thu 26 Nov", "Thu 26 Nov is Thanksgiving → Fri 27 Nov"),
        "VIOLATION: computed again it is Mon 23 Nov 2026; run `fu doctor`.",
        ("made by Dana Okafor",),
        (("no reply yet", "Call, Fri 27 Nov"), ("left a voicemail", "Call, Fri 27 Nov"), ("replied", "ends")),
        ("moved Fri 27 Nov → Mon 30 Nov, by Dana Okafor, 2026-11-23 09:00",),
    )
    card = made_up.card(RECAP)._replace(why=why)
    text = "\n".join(drawn(card, 60))
    assert "│ 3 days after closing (Mon 23 Nov) →\n│   Thu 26 Nov" in text
    assert "│ no reply yet, left a voicemail\n│   → Call, Fri 27 Nov\n│ replied\n│   → ends" in text
    assert "│ what happened since\n│ moved Fri 27 Nov → Mon 30 Nov, by\n│   Dana" in text
    assert "done, no reply" not in text
    roles = {text: role for line in card_lines(card, 40, 60, made_up.MOMENT, 1) for text, role in line}
    assert roles["VIOLATION: computed again it is Mon"] == "overdue"


def test_a_strip_tells_what_is_passed_over_in_words() -> None:
    steps = [
        StripStep(1, 0, StepKind.TOUCH, "done"), StripStep(2, 3, StepKind.TOUCH, "skipped"),
        StripStep(3, 7, StepKind.TOUCH, "current", repeats=True), StripStep(4, 14, StepKind.TOUCH, "shut"),
        StripStep(5, 21, StepKind.DECIDE, "ahead"),
    ]  # fmt: skip
    assert [
        letter for letter in "".join(text for text, _ in strip_lines(steps, 37)[0]) if letter != "─"
    ] == list("●×●×◇")
    assert strip_words(steps) == (
        "× skipped · × will be passed over: opted out · repeats until the stage changes"
    )
    assert strip_words(made_up.strip(2)) == ""


def test_a_question_after_the_last_step_is_no_step() -> None:
    asked = made_up.row(1, "Decide how to go on", kind=TaskKind.DECIDE, step_no=6, steps=5)
    card = made_up.card(RECAP)._replace(row=asked, strip=())
    assert "│ Proposal\n│ after its last step · 2 unanswered" in "\n".join(drawn(card))


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 300), st.booleans()), min_size=1, max_size=15),
    st.one_of(st.none(), st.floats(0, 500)),
    st.integers(1, 140),
)
def test_the_load_fits_any_width(days: list[tuple[int, int, bool]], rate: float | None, width: int) -> None:
    coming = [
        DayLoad(made_up.TODAY + timedelta(days=at), tasks, ahead, working)
        for at, (tasks, ahead, working) in enumerate(days)
    ]
    load = Load(tuple(coming), rate, 7)
    assert cell_len("".join(text for text, _ in load_line(load, width))) == width
    if width >= 24:
        assert all(cell_len("".join(text for text, _ in line)) <= width for line in load_lines(load, width))


def test_a_load_of_nothing_but_days_off_is_its_heading() -> None:
    load = Load((DayLoad(made_up.TODAY, 0, 0, False),), None, 7)
    assert len(load_lines(load, 40)) == 1


def test_the_load_is_drawn_to_scale_and_says_what_is_too_much() -> None:
    days = [(12, 0, True), (3, 3, True), (0, 0, False), (0, 1, False), (0, 0, True)]
    coming = [DayLoad(made_up.TODAY + timedelta(days=at), *day) for at, day in enumerate(days)]
    load = Load(tuple(coming), 6.5, 100)
    assert shown(load_lines(load, 37)) == [
        "load  6.5 a day is usual",
        "today   ████████████████████  12 over",
        "Wed 25  █████░░░░░           3+3",
        "Fri 27  ░░                   0+1 off",
        "Sat 28                         0",
    ]
    assert "".join(text for text, _ in load_line(load, 60)).rstrip() == (
        " load 6.5 a day  █▄▁·  over: today 12, Fri 27 0+1"
    )
    assert "too few closes" in shown(load_lines(replace(load, rate=None), 37))[0]


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (10, 5), (40, 1)])
def test_a_card_without_room_is_cut_not_broken(size: tuple[int, int]) -> None:
    width, height = size
    assert len(card_lines(made_up.card(RECAP), width, height, made_up.MOMENT, 1)) <= height


@given(st.lists(st.integers(-200, 400), min_size=1, max_size=30).map(sorted), st.integers(1, 60), st.data())
def test_a_strip_fits_and_its_labels_stand_under_their_dots(
    days: list[int], width: int, data: st.DataObject
) -> None:
    steps = made_up.strip(data.draw(st.integers(1, len(days))), days)
    lines = ["".join(text for text, _ in line) for line in strip_lines(steps, width)]
    dots = [at for at, letter in enumerate(lines[0]) if letter in "●○◆◇"]
    assert len(lines[0]) <= width
    if len(lines) == 2:
        assert len(lines[1]) <= width
        assert len(dots) == len(days)
        assert [lines[1][at:].split()[0] for at in dots] == [str(day) for day in days]
    else:
        assert any(role == "accent" for _, role in strip_lines(steps, width)[0])


def test_strips_are_drawn_in_proportion() -> None:
    def strip(current: int, *days: int) -> list[str]:
        return ["".join(text for text, _ in line) for line in strip_lines(made_up.strip(current, days), 37)]

    assert strip(1, 0, 3, 7, 14, 21) == [
        "●───○────○─────────○─────────◇",
        "0   3    7         14        21 days",
    ]
    assert strip(3, 0, 3, 7, 14, 30) == [
        "●──●───●──────○───────────────◇",
        "0  3   7      14              30 days",
    ]
    assert strip(2, -90, -60, -30) == [
        "●─────────────●─────────────◇",
        "-90           -60           -30 days",
    ]
    assert strip(1, 90) == ["◆", "90 days"]
    assert strip_lines((), 37) == []


def test_history_words() -> None:
    assert touch_words(Channel.MAIL, Direction.OUT) == "mail out"
    assert touch_words(Channel.MEETING, Direction.OUT) == "met"
    assert touch_words(Channel.LINKEDIN, Direction.IN) == "lnkd in"
    assert touch_words(None, Direction.INTERNAL) == "note"
    assert touch_words(None, Direction.IN) == "reply"
    assert touch_words(Channel.MEETING, Direction.INTERNAL) == "meeting", "one that nobody came to"
    assert touch_words(Channel.CALL, Direction.INTERNAL) == "call"


def test_amounts() -> None:
    assert amount_words(4514, "USD") == "$4,514"
    assert amount_words(4514.5, "CHF") == "4,514.50 CHF"
    assert amount_words(None, "USD") == ""
    assert amount_words(float("nan"), "USD") == ""


def test_the_hint_says_what_n_does() -> None:
    text = "".join(part for part, _ in hint_spans(made_up.card(RECAP), 60))
    assert text == " n done, no reply → Call: open questions, Fri 27 Nov        "
    assert hint_spans(None, 5) == [("     ", "dim")]

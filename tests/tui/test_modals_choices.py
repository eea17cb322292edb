"""What the modals offer, without a screen: outcomes, days, people; and the card's rows."""

from __future__ import annotations

from datetime import date

import pytest
from rich.cells import cell_len

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.outcomes import DECISIONS, FIRST_LINE, MEETING_LINE, TABLE
from fu_tui.core.terms import Channel
from fu_tui.settings.actions import ACTIONS, IN_A_QUESTION
from fu_tui.settings.keymap import resolve
from fu_tui.settings.keys import written
from fu_tui.tui.modals.close_choices import CloseQuestion, choices, months_ahead, unlisted
from fu_tui.tui.modals.date_field import DateField, Days
from fu_tui.tui.modals.help import help_rows, here_rows
from fu_tui.tui.modals.offers import Offer, offer_rows
from fu_tui.tui.modals.pick import Item, Letter, Letters, PickList
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import (
    Row,
    bottom_line,
    columns,
    filled,
    grid,
    head_and_day,
    says,
    top_line,
    words,
)
from fu_tui.tui.modals.when import hide_limit, usual_days
from tests.tui.modal_world import DAYS, MOMENT, TUESDAY

QUESTION = CloseQuestion(1, "Send the recap", False, {"no_reply": "Call Ana, Fri 27 Nov"})
DECISION = CloseQuestion(1, "Decide", True, {})


def people(count: int = 0) -> PickList:
    known = [("dana", "Dana Okafor"), ("sam", "Sam Hill"), ("jose", "José Àlvarez"), ("jordan", "Kim O'Dana")]
    return PickList(
        [Item(key, name, key) for key, name in known] + [Item(str(n), f"P {n}") for n in range(count)]
    )


def plain(row: Row) -> str:
    return "".join(text for text, _ in row.spans).replace("\xa0", " ").rstrip()


def width_of(row: Row) -> int:
    return sum(cell_len(text) for text, _ in row.spans)


# Outcomes


def test_every_outcome_has_one_letter_of_its_own() -> None:
    for question in (QUESTION, DECISION):
        first, more = choices(question)
        letters = [letter.key for letter in (*first, *more, *unlisted(question))]
        assert len(letters) == len(set(letters))
        assert {letter.code for letter in (*first, *more, *unlisted(question))} == {row.code for row in TABLE}


def test_the_first_line_is_the_tables_and_says_what_follows() -> None:
    first, more = choices(QUESTION)
    assert tuple(letter.code for letter in first) == FIRST_LINE
    assert first[0].then == "Call Ana, Fri 27 Nov"
    assert [letter.then for letter in first if letter.code == "call_back"] == ["asks the day to call back"]
    assert not any(letter.why_not for letter in (*first, *more))


def test_a_decision_offers_its_answers_first_and_says_why_no_reply_is_none() -> None:
    first, more = choices(DECISION)
    assert tuple(letter.code for letter in first) == ("nurture", *DECISIONS, "no_reply")
    assert [letter.key for letter in first[:2]] == ["3", "6"], "nurture has its months"
    assert "decision" in first[-1].why_not
    assert not any(letter.why_not for letter in (*first[:-1], *more))
    assert {letter.code for letter in unlisted(DECISION)} == {
        "left_voicemail",
        "done",
        "acknowledged",
        "out_of_office",
        "no_show",
        "bounced",
        "wrong_person",
        "nurture",
        "start_again",
    }
    rested, _ = choices(CloseQuestion(1, "Decide", True, {}, after_nurture=True))
    assert rested[0].code == "start_again"


def test_a_question_has_the_keys_that_why_tells() -> None:
    first, _ = choices(DECISION)
    assert [letter.key for letter in first] == list("36elfn")


def test_a_voicemail_stands_first_where_somebody_might_have_picked_up() -> None:
    call, mail = (
        choices(CloseQuestion(1, "Ask Ana", False, {}, channel=channel))
        for channel in (Channel.CALL, Channel.MAIL)
    )
    assert ("v", "left a voicemail") in [(letter.key, letter.label) for letter in call[0]]
    assert ("v", "left a message") in [(letter.key, letter.label) for letter in mail[1]]
    own, _ = choices(CloseQuestion(1, "Inspect the doors", False, {}, reaches=False))
    assert [letter.label for letter in own[:2]] == ["done for now", "replied"]


def test_a_meeting_asks_first_whether_it_took_place() -> None:
    first, more = choices(CloseQuestion(1, "Meet Ana", False, {}, is_meeting=True))
    assert tuple(letter.code for letter in first) == MEETING_LINE
    assert "no_reply" in {letter.code for letter in more}


def test_without_a_deal_nothing_can_be_won_and_its_letter_says_why() -> None:
    question = CloseQuestion(1, "Call Ana", False, {}, has_deal=False)
    assert {letter.code for group in choices(question) for letter in group} & {"won", "lost"} == set()
    assert {letter.why_not for letter in unlisted(question) if letter.code == "won"} == {
        "There is no deal to win."
    }


def test_months_are_clamped_and_land_on_a_working_day() -> None:
    days = Days(date(2026, 11, 30), DAYS.now, WorkCalendar())
    assert months_ahead(days, "3") == date(2027, 3, 1)  # 28 February is a Sunday
    assert months_ahead(days, "6") == date(2027, 5, 31)


# Letters


def test_a_letter_that_cannot_be_chosen_says_why_and_the_cursor_passes_it_by() -> None:
    letters = Letters(
        [Letter("a", "a", "first"), Letter("b", "b", "second", why_not="No."), Letter("c", "c", "third")]
    )
    assert letters.enter() is None
    assert letters.press("b") is None
    assert letters.said == "No."
    letters.move(1)
    assert letters.at == "a"
    letters.move(1)
    assert letters.at == "c"
    letters.move(1)
    assert letters.at == "a"
    chosen = letters.enter()
    assert chosen is not None
    assert chosen.code == "a"
    assert letters.press("x") is None


# Days


def test_the_usual_days_around_a_holiday_and_a_weekend() -> None:
    days = {key: day for key, _, day in usual_days(DAYS)}
    assert days["t"] == date(2026, 11, 25)
    assert days["w"] == date(2026, 11, 30)
    assert days["m"] == date(2026, 12, 24)
    assert days["1"] == date(2026, 11, 25)
    assert days["2"] == date(2026, 11, 27)  # the 26th is a holiday
    assert days["9"] == date(2026, 12, 8)


def test_tomorrow_may_be_a_day_off_and_says_so() -> None:
    wednesday = Days(date(2026, 11, 25), DAYS.now, DAYS.calendar)
    assert wednesday.exact(usual_days(wednesday)[0][2]) == "Thu 26 Nov · Thanksgiving"
    assert DAYS.exact(date(2026, 11, 28)) == "Sat 28 Nov · day off"


def test_the_next_working_week_begins_after_its_holidays() -> None:
    calendar = WorkCalendar(holidays={date(2026, 11, 30): "", date(2026, 12, 1): ""})
    assert dict((key, day) for key, _, day in usual_days(Days(TUESDAY, DAYS.now, calendar)))["w"] == date(
        2026, 12, 2
    )


def test_what_is_overdue_is_hidden_until_tomorrow_at_most() -> None:
    late, coming = hide_limit(TUESDAY, overdue=True), hide_limit(TUESDAY, overdue=False)
    assert late(date(2026, 11, 25)) == ""
    assert "tomorrow at most" in late(date(2026, 11, 26))
    assert coming(date(2026, 12, 24)) == ""
    assert "later day" in coming(TUESDAY)


def test_a_day_in_words_is_understood_offered_or_refused() -> None:
    field = DateField(DAYS)
    assert field.enter() is None
    assert field.problem.startswith("Name a day")
    field.read("27 nov 14:00")
    assert field.rows(60)[0].spans[0][0] == "Fri 27 Nov 2026, 14:00, in 3 days"
    answer = field.enter()
    assert answer is not None
    assert (answer.day, answer.at and answer.at.hour) == (date(2026, 11, 27), 14)
    field.read("yesterday")
    assert field.enter() is None
    assert "past" in field.problem
    field.read("next week")
    field.move(2)
    answer = field.enter()
    assert answer is not None
    assert answer.day == date(2026, 12, 4)
    assert field.pick("Mon 30 Nov") is not None
    assert field.pick("Fri 1 Jan") is None


def test_offers_beyond_a_limit_are_not_made() -> None:
    field = DateField(DAYS, hide_limit(TUESDAY, overdue=True))
    field.read("next week")
    assert field.offers is None
    assert "tomorrow at most" in field.problem


def test_the_present_of_a_person_is_their_own_wall_clock() -> None:
    there = Days.of(MOMENT._replace(tz="America/New_York"), WorkCalendar())
    assert f"{there.now:%H:%M}" == "05:14"


# People


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["dana", "sam", "jose", "jordan"]),
        ("da", ["dana", "jordan"]),
        ("oka dan", ["dana"]),
        ("an", ["dana", "jordan"]),
        ("jose al", ["jose"]),
        ("JOSÉ", ["jose"]),
        ("hil", ["sam"]),
        ("zz", []),
    ],
)
def test_a_person_is_found_by_the_beginning_of_any_word(asked: str, found: list[str]) -> None:
    listed = people()
    listed.filter(asked)
    assert [item.key for item in listed.shown] == found


def test_a_beginning_comes_before_a_middle() -> None:
    listed = PickList([Item("1", "Johanna"), Item("2", "Anna")])
    listed.filter("an")
    assert [item.key for item in listed.shown] == ["2", "1"]


def test_a_country_s_own_code_comes_before_the_names_it_begins() -> None:
    listed = PickList(
        [Item("DK", "Denmark", "DK"), Item("DE", "Germany", "DE"), Item("BD", "Bangladesh", "BD")]
    )
    listed.filter("de")
    assert [item.key for item in listed.shown] == ["DE", "DK", "BD"]


def test_a_long_list_scrolls_with_its_cursor_and_says_how_much_is_below() -> None:
    listed = people(20)
    rows = listed.rows(40)
    assert len(rows) == listed.height
    assert "17 more ↓" in rows[-1].spans[-1][0]
    listed.move(100)
    rows = listed.rows(40)
    assert [row.ground for row in rows].index("selected") == listed.height - 2
    assert listed.here is not None
    assert listed.here.name == "P 19"
    listed.filter("nobody")
    assert listed.here is None
    assert listed.rows(40) == []


# Rows


@pytest.mark.parametrize("width", [0, 1, 2, 5, 12, 40, 76])
def test_lines_are_never_wider_than_asked(width: int) -> None:
    keys = [("enter", "save"), ("tab", "fields"), ("esc", "leave, the draft is kept")]
    hostile = "wide 漢字 and [b]markup[/b] \x1b]52;c;x\x07 " * 3
    for line in (top_line(hostile, width), bottom_line(keys, width)):
        assert sum(cell_len(text) for text, _ in line) == width
    assert sum(cell_len(text) for text, _ in filled([(hostile, "text")], width)) == width
    assert (
        sum(cell_len(text) for text, _ in columns([(hostile, "text")], ("12 today", "dim"), width)) == width
    )
    assert cell_len(words(hostile, "text", width)[0]) <= width
    assert cell_len(head_and_day(f"{hostile}, Fri 27 Nov", "dim", width)[0]) <= width
    for row in says(hostile, "text", width):
        assert width_of(row) <= width
        assert all(text.isprintable() for text, _ in row.spans)


def test_the_day_survives_where_an_action_is_cut() -> None:
    said, _ = head_and_day("Discuss the decision factors with procurement, Fri 27 Nov", "dim", 30)
    assert said == "Discuss the decis…, Fri 27 Nov"


def test_the_last_key_is_always_told_and_the_first_before_its_remark() -> None:
    keys = [("enter", "save"), ("tab", "fields"), ("esc", "leave, the draft is kept")]
    assert "".join(text for text, _ in bottom_line(keys, 60)).startswith(
        "╰ enter save · tab fields · esc leave, the draft is kept"
    )
    assert "".join(text for text, _ in bottom_line(keys, 34)) == "╰ enter save · esc leave ────────╯"
    keys = [("enter", "close, with or without a note"), ("esc", "leave")]
    assert "".join(text for text, _ in bottom_line(keys, 40)) == "╰ enter close · esc leave ─────────────╯"


def test_a_grid_is_filled_by_columns_and_each_cell_is_its_own_target() -> None:
    rows = grid([(str(n), [(f"cell {n}", "text")]) for n in range(5)], 30)
    assert ["".join(text for text, _ in row.spans).split() for row in rows] == [
        ["cell", "0", "cell", "2", "cell", "4"],
        ["cell", "1", "cell", "3"],
    ]
    assert [target.pick for target in rows[0].targets] == ["0", "2", "4"]
    assert rows[0].targets[1].start == 9


# Help


def test_the_help_names_every_action_with_the_key_in_force() -> None:
    effective = resolve({"task.no_reply": ("z",), "task.voicemail": ("none",)}).bindings
    lines = [list(row.spans) for row in help_rows(effective, 90)]
    questions = lines.index([("In a question", "strong")])
    told = {spans[0][0].strip(): spans[1][0] for spans in lines[:questions] if len(spans) > 1}
    tooltips = {action.id: action.tooltip for action in ACTIONS}
    assert told["z"] == tooltips["task.no_reply"]
    assert told["g q"] == tooltips["go.queue"]
    assert told["!"] == tooltips["task.priority"]
    assert tooltips["task.voicemail"] not in told.values()
    assert len(told) == len(ACTIONS) - 1
    assert [spans[0][0].strip() for spans in lines[questions + 1 :]] == [
        " ".join(map(written, key.keys)) for key in IN_A_QUESTION
    ]


def test_the_keys_of_every_question_are_those_it_hears() -> None:
    heard = {binding[0] for binding in Question.BINDINGS}
    assert {key for fixed in IN_A_QUESTION for key in fixed.keys} == heard


def test_the_help_begins_with_what_can_be_done_here() -> None:
    offers = [
        Offer("task.no_reply", "n", "no reply", "Call: open questions, Fri 27 Nov"),
        Offer("task.repeat", ".", "repeat", why_not="There is nothing to repeat."),
        Offer("task.hide", "", "hide…"),
        Offer("task.close", "d", "close…"),
    ]
    head, *rows = here_rows("Send [b]it[/b]", offers, 78)
    assert plain(head) == "Here: Send [b]it[/b]"
    assert [plain(row) for row in rows] == [
        "n  no reply  Call: open questions, Fri 27 Nov",
        ".  repeat    There is nothing to repeat.",
        "d  close…    Close with any outcome, and a note.",
        "",
    ]
    assert {role for _, role in rows[1].spans} == {"dim"}


def test_a_long_reason_stands_on_as_many_rows_as_it_needs() -> None:
    reason = "This step is a decision: choose nurture, extend, lost or close the file."
    rows = offer_rows([Offer("task.no_reply", "n", "no reply", why_not=reason)], 46)
    assert [plain(row) for row in rows] == [
        "n  no reply  This step is a decision: choose",
        "             nurture, extend, lost or close",
        "             the file.",
    ]
    narrow = offer_rows([Offer("task.no_reply", "n", "no reply", why_not=reason)], 30)
    assert [plain(row) for row in narrow][:2] == ["n  no reply", "   This step is a decision:"]
    assert all(target.pick == "task.no_reply" for row in rows for target in row.targets)

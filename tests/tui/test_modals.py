"""The modals on a terminal: a question, a few keys, one value; and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from fu_tui.core.terms import Channel
from fu_tui.settings.keymap import resolve
from fu_tui.tui.modals.ask import ChoiceModal, FilterModal, PromptModal
from fu_tui.tui.modals.capture import CaptureAnswer, CaptureModal
from fu_tui.tui.modals.close import CloseAnswer, CloseModal
from fu_tui.tui.modals.close_choices import CloseQuestion
from fu_tui.tui.modals.date_field import WhenAnswer
from fu_tui.tui.modals.help import HelpModal
from fu_tui.tui.modals.owner import OwnerAnswer, OwnerModal, ScopeModal
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.when import WhenModal
from tests.tui.modal_stage import Stage, shows
from tests.tui.modal_world import CALENDAR, MOMENT, PEOPLE, Memory

LINES = {"no_reply": "Call: open questions, Fri 27 Nov", "done": "asks the next step"}
WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
MARCH = date(2027, 3, 12)
Modal = Question[Any]


def close(*, day_first: bool = True, **changes: Any) -> CloseModal:
    asked = {"count": 1, "action": "Send the pricing recap", "is_decide": False, "lines": LINES, **changes}
    return CloseModal(CloseQuestion(**asked), moment=MOMENT, calendar=CALENDAR, day_first=day_first)


def when(**changes: Any) -> WhenModal:
    return WhenModal("Snooze", "Send the pricing recap", moment=MOMENT, calendar=CALENDAR, **changes)


def capture(text: str = "", memory: Memory | None = None) -> CaptureModal:
    memory = memory or Memory()
    return CaptureModal(
        text,
        look=memory.look,
        save=memory.save,
        note=memory.note,
        moment=MOMENT,
        calendar=CALENDAR,
        complete=memory.complete,
    )


async def asked(modal: Modal, *keys: str) -> object:
    """What the modal answers to `keys`; Ellipsis while it still asks."""
    app = Stage(modal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
    return app.answers[0] if app.answers else ...


@pytest.mark.parametrize(
    ("modal", "keys", "answer"),
    [
        (close, ["d", "enter"], CloseAnswer("done")),
        (close, ["n", *"left it", "enter"], CloseAnswer("no_reply", "left it")),
        (close, ["down", "down", "enter", "enter"], CloseAnswer("left_voicemail")),
        (close, ["3", "enter"], CloseAnswer("check_back", "", date(2027, 2, 24))),
        (close, ["c", *"next week", "down", "enter", "enter"], CloseAnswer("call_back", "", date(2026, 12, 2))),
        (close, ["o", *"xyz", "enter"], ...),
        (lambda: close(day_first=False), ["a", *"3/12", "enter", "enter"], CloseAnswer("check_back", "", MARCH)),
        (close, ["q", "t"], ...),
        (close, ["x", "x", "enter"], CloseAnswer("opted_out")),
        (close, ["x", "down", "down", "enter", "enter"], CloseAnswer("opted_out", channel=Channel.MAIL)),
        (close, ["m", *"fri 14:00", "enter", "enter"], CloseAnswer("meeting_booked", "", FRIDAY, time(14))),
        (close, ["m", *"fri", "enter", "enter"], ...),
        (close, ["m", *"next week", "enter", "enter"], ...),
        (close, ["w", *"yesterday", "enter", "enter"], CloseAnswer("won", "", date(2026, 11, 23))),
        (lambda: close(has_deal=False), ["w"], ...),
        (lambda: close(is_decide=True), ["x", "enter"], CloseAnswer("opted_out")),
        (close, ["c", *"fri 15:00", "enter", "enter"], CloseAnswer("call_back", "", FRIDAY, time(15))),
        (lambda: close(is_decide=True), ["6", "enter"], CloseAnswer("nurture", "", date(2027, 5, 24))),
        (lambda: close(is_decide=True, after_nurture=True), ["s", "enter"], CloseAnswer("start_again")),
        (lambda: close(is_meeting=True), ["down", "enter", "enter"], CloseAnswer("meeting_held")),
        (lambda: close(is_decide=True), ["n", "d", "t", "enter"], CloseAnswer("nurture")),
        (when, ["enter"], WhenAnswer(date(2026, 11, 25))),
        (when, ["2"], ...),
        (when, ["2", "enter"], WhenAnswer(date(2026, 11, 27))),
        (when, ["w", "enter"], WhenAnswer(date(2026, 11, 30))),
        (when, ["down", "enter"], WhenAnswer(date(2026, 11, 30))),
        (when, ["3", "down", "enter"], WhenAnswer(date(2026, 12, 1))),
        (when, ["t", "backspace", "m", "enter"], WhenAnswer(date(2026, 12, 24))),
        (lambda: when(any_day=True), ["enter"], WhenAnswer(date(2026, 11, 24))),
        (lambda: when(typed="fri"), ["enter"], WhenAnswer(date(2026, 11, 27))),
        (lambda: when(typed="fri"), ["t", "enter"], WhenAnswer(date(2026, 11, 25))),
        (when, [*"27 nov 14:00", "enter"], WhenAnswer(date(2026, 11, 27), time(14))),
        (when, ["slash", *"27 nov", "enter"], WhenAnswer(date(2026, 11, 27))),
        (when, [*"yesterday", "enter"], ...),
        (when, [*"3/12", "enter"], WhenAnswer(date(2026, 12, 3))),
        (lambda: when(day_first=False), [*"3/12", "enter"], WhenAnswer(MARCH)),
        (lambda: when(hides=True, overdue=True), ["w", "enter", "backspace", "t", "enter"], WhenAnswer(WEDNESDAY)),
        (lambda: OwnerModal(PEOPLE, allow_following=True), [*"sa", "enter"], OwnerAnswer("sam")),
        (lambda: OwnerModal(PEOPLE, allow_following=True), ["down", "tab"], OwnerAnswer("sam", following=True)),
        (lambda: OwnerModal(PEOPLE, allow_following=False), ["tab"], ...),
        (lambda: OwnerModal(PEOPLE, allow_following=True), [*"zz", "enter", "tab"], ...),
        (lambda: ScopeModal([("mine", "mine", 3), ("team", "team", 9)], "team"), ["enter"], "team"),
        (lambda: ChoiceModal("Changed since.", [("w", "withdraw", "withdraw it")]), ["x", "w"], "withdraw"),
        (lambda: PromptModal("No reply yet", text="left "), [*"it", "enter"], "left it"),
        (lambda: HelpModal(resolve({}).bindings), ["j", "pagedown", "q"], None),
    ],
)  # fmt: skip
async def test_a_few_keys_give_one_value(modal: Callable[[], Modal], keys: list[str], answer: object) -> None:
    assert await asked(modal(), *keys) == answer


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("15 jan", date(2027, 1, 15), None),
        ("+3d", date(2026, 11, 27), None),
        ("27.11.", date(2026, 11, 27), None),
        ("fri 15:00", date(2026, 11, 27), time(15)),
        ("2026-12-01", date(2026, 12, 1), None),
        ("thu", date(2026, 11, 26), None),
        ("mon", date(2026, 11, 30), None),
        ("wed", date(2026, 11, 25), None),
        ("dec 3", date(2026, 12, 3), None),
        ("3bd", date(2026, 11, 30), None),
    ],
)
@pytest.mark.parametrize("changes", [{}, {"hides": True}, {"any_day": True}])
async def test_a_day_typed_letter_by_letter_arrives(
    text: str, day: date, at: time | None, changes: dict[str, bool]
) -> None:
    """No digit or letter of it is taken for one of the usual days, and none falls through to the desk."""
    app = Stage(when(**changes))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*text)
        assert app.answers == []
        await pilot.press("enter")
        await pilot.pause()
    assert app.answers == [WhenAnswer(day, at)]
    assert app.leaked == 0


@pytest.mark.parametrize(
    "modal",
    [
        close,
        when,
        lambda: OwnerModal(PEOPLE, allow_following=True),
        lambda: ChoiceModal("Which?", [("a", "a", "one"), ("b", "b", "other")]),
        lambda: PromptModal("Note"),
        lambda: HelpModal(resolve({}).bindings),
    ],
)
async def test_escape_leaves_without_a_value_and_no_key_reaches_the_desk(modal: Callable[[], Modal]) -> None:
    app = Stage(modal())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "x", "escape")
        await pilot.pause()
    assert app.answers == [None]
    assert app.leaked == 0


@pytest.mark.parametrize(("size", "theme"), [((120, 40), "ansi"), ((40, 12), "night"), ((20, 4), "day")])
async def test_every_modal_holds_at_every_size(size: tuple[int, int], theme: str) -> None:
    modals: list[tuple[Callable[[], Modal], list[str]]] = [
        (close, ["down", "c", "s", "o", "o", "n"]),
        (when, [*"next week"]),
        (lambda: OwnerModal(PEOPLE, allow_following=True), ["down"]),
        (lambda: capture("Send it @dana next week"), ["ctrl+o", "tab"]),
        (lambda: HelpModal(resolve({}).bindings), ["pagedown"]),
    ]
    for make, keys in modals:
        app = Stage(make(), theme)
        async with app.run_test(size=size) as pilot:
            await pilot.press(*keys)
            await pilot.resize_terminal(80, 24)
            await shows(pilot, "esc leave")
            assert app.answers == []


async def test_a_terminal_of_one_cell_loses_nothing() -> None:
    app = Stage(capture("Send it @dana next week"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(80, 24)
        await shows(pilot, "Send it @dana next week")
        await shows(pilot, "names no day")


async def test_hostile_names_are_only_words() -> None:
    hostile = "[@click=app.bell]Acme[/] \x1b]52;c;eA==\x07[/]"
    app = Stage(OwnerModal([("x", hostile, 1)], allow_following=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "[@click=app.bell]Acme[/]")
        assert "\x1b" not in app.text
        line = next(y for y, text in enumerate(app.text.splitlines()) if "Acme" in text)
        await pilot.click(offset=(10, line))
        await pilot.pause()
        assert not app.bell_rung
    assert app.answers == [OwnerAnswer("x")]


async def test_a_click_chooses_as_its_letter_does() -> None:
    app = Stage(close())
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "check back in 6 months")
        lines = app.text.splitlines()
        y = next(y for y, text in enumerate(lines) if "check back in 6 months" in text)
        await pilot.click(offset=(lines[y].index("in 6"), y))
        await shows(pilot, "Mon 24 May 2027")
        await pilot.press("enter")
    assert app.answers == [CloseAnswer("check_back", "", date(2027, 5, 24))]


async def test_capture_saves_once_and_closes_only_then() -> None:
    memory = Memory(error="The disk is full. Make room, then press enter again.")
    app = Stage(capture(memory=memory))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*'Call @"Dana Reed" fri', "enter")
        await shows(pilot, "The disk is full")
        await shows(pilot, "Dana Reed · new contact")
        assert app.answers == []
        memory.error = ""
        await pilot.press("enter")
        await pilot.pause()
    assert memory.saved == [('Call @"Dana Reed" fri', True)]
    assert app.answers == [CaptureAnswer('Call @"Dana Reed" fri', saved=True)]


async def test_capture_replaces_vague_words_and_keeps_every_field_through_a_resize() -> None:
    memory = Memory()
    app = Stage(capture(memory=memory))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"Send it next week", "down")
        await shows(pilot, "names no day")
        await pilot.press("enter", "tab", *"dana")
        await pilot.resize_terminal(40, 24)
        await shows(pilot, "Send it Wed 2 Dec")
        await shows(pilot, "Wed 2 Dec 2026")
        await pilot.press("tab", "tab", *" now", "enter")
        await pilot.pause()
    assert memory.saved == [("Send it Wed 2 Dec now @dana", False)]


async def test_a_field_that_lost_the_focus_takes_it_back_with_the_next_letter() -> None:
    modal = capture("Call Dan")
    app = Stage(modal)
    async with app.run_test(size=(80, 24)) as pilot:
        modal.set_focus(None)
        await pilot.press("a", "escape")
    assert app.answers == [CaptureAnswer("Call Dana")]


async def test_the_desk_stays_in_sight_behind_the_card() -> None:
    app = Stage(close())
    async with app.run_test(size=(80, 32)) as pilot:
        await shows(pilot, "a desk behind")
        await shows(pilot, "Send the pricing recap")


async def test_leaving_capture_hands_the_draft_back() -> None:
    answer = await asked(capture("Call"), "tab", *"Dana Reed", "tab", *"3d", "escape")
    assert answer == CaptureAnswer('Call @"Dana Reed" on 2026-11-27', saved=False)
    assert await asked(capture("Call"), "tab", "tab", *"soon", "escape") == CaptureAnswer("Call on soon")


async def test_a_note_that_was_left_can_be_offered_again() -> None:
    modal = close()
    assert await asked(modal, "n", *"left it", "escape") is None
    assert modal.note == "left it"
    again = await asked(close(note=modal.note), "n", "!", "enter")
    assert again == CloseAnswer("no_reply", "left it!")


async def test_a_filter_is_heard_while_it_is_typed() -> None:
    heard: list[str] = []
    assert await asked(FilterModal("", live=heard.append), *"be", "enter") == "be"
    assert heard[-2:] == ["b", "be"]


async def test_the_end_of_a_long_line_is_in_view() -> None:
    app = Stage(
        capture("Call Dana about the third of the seven quotes that she asked for on the phone last fri")
    )
    async with app.run_test(size=(40, 24)) as pilot:
        await shows(pilot, "phone last fri")

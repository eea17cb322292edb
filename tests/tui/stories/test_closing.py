"""Closing: one key, and the next step stands on the right day in the right pane."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fu_tui.core.terms import Priority
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


def three_late(world: World) -> list[int]:
    """Three calls without a cadence, each about a contact of its own: one, two and three days late."""
    from fu_tui.services.spawn import Links

    return [
        world.make_task(
            f"Call {name} about the seats", due=NOV_24 - timedelta(days=late),
            links=Links(world.make_contact(f"{name} Rao"), None, world.account),
        )
        for name, late in (("Uma", 3), ("Vik", 2), ("Wen", 1))
    ]  # fmt: skip


async def test_n_closes_and_the_next_step_stands_on_its_day(world: World) -> None:
    """Anchored on Tuesday: the second step, three days after, falls on Friday (Thursday is a holiday anyway)."""
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        assert desk.pane("today").rows() == ["Introduce yourself and why you write"]
        assert "n done, no reply" in desk.card()
        assert "→ Ask one question about their plans, Fri 27 Nov" in " ".join(desk.card().split())
        await desk.press("task.no_reply")
        assert desk.pane("today").rows() == []
        assert "0 done" not in desk.header()
        assert "1 done" in desk.header()
        upcoming = desk.pane("upcoming").lines()
        assert upcoming[0].startswith("─ Upcoming 1 ·")
        assert upcoming[1].startswith("▌  Fri 27   Ask one question about their plans")
        assert desk.footer().startswith(
            " Introduce yourself and why you write: no reply yet → Ask one question about their plans, Fri 27 Nov"
        )
        assert desk.footer().endswith("u undo")


async def test_after_n_the_cursor_stays_at_its_place(world: World) -> None:
    three_late(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("cursor.down", "task.no_reply")
        assert desk.pane("overdue").rows() == ["Call Uma about the seats", "Call Wen about the seats"]
        assert desk.cursor() == "Call Wen about the seats"
        await desk.press("task.no_reply")
        assert desk.cursor() == "Call Uma about the seats", (
            "the last row is gone, the one above has the cursor"
        )
        await desk.press("task.no_reply")
        assert desk.cursor() == desk.pane("upcoming").rows()[0], "nothing is left here, so it goes on"
        assert desk.pane("overdue").title == "Overdue 0"
        assert desk.pane("upcoming").count == 3, "each try comes again"


async def test_n_on_marks_closes_them_in_one_undo(world: World) -> None:
    three_late(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.mark", "queue.mark")
        assert len(desk.marked()) == 2
        assert "✓ 2 marked" in desk.header()
        await desk.press("task.no_reply")
        assert desk.pane("overdue").rows() == ["Call Wen about the seats"]
        assert desk.marked() == []
        assert "2 tasks: no reply yet → 2 follow-ups spawned" in desk.footer()
        await desk.press("journal.undo")
        assert desk.pane("overdue").count == 3
        assert desk.pane("upcoming").count == 0


async def test_marks_of_a_pane_and_their_end(world: World) -> None:
    three_late(world)
    world.make_task("Send the price list", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.mark_pane")
        assert len(desk.marked()) == 3
        await desk.press("queue.mark_pane")
        assert desk.marked() == [], "once more takes them off"
        await desk.press("queue.mark", "pane.today", "queue.mark")
        assert "✓ 2 marked" in desk.header()
        await desk.press("queue.clear")
        assert desk.marked() == []
        assert "marked" not in desk.header()


async def test_a_pane_is_marked_to_its_last_row_whatever_is_loaded(world: World) -> None:
    for number in range(70):
        world.make_task(f"Call number {number:02}", due=NOV_24)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        await desk.press("queue.mark_pane")
        assert "✓ 70 marked" in desk.header()


async def test_on_a_decision_n_is_disabled_and_says_why(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    while not desk.cursor().startswith("Decide"):
        await desk.press("cursor.down")
    before = [desk.pane(name).rows() for name in ("overdue", "today", "upcoming")]
    assert "This step is a decision" in desk.card()
    await desk.press("task.no_reply")
    assert "This step is a decision. d: choose nurture, extend, lost or close the file." in desk.footer()
    await desk.press("task.voicemail", "task.no_reply_note")
    assert [desk.pane(name).rows() for name in ("overdue", "today", "upcoming")] == before
    await desk.press("task.close")
    first = desk.modal().splitlines()
    assert any(line.startswith("3  nurture") for line in first)
    assert "choose nurture" in desk.modal(), "n stands there with its reason"


async def test_n_with_a_note_of_ones_own(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply_note")
        assert "Call Ana about the seats" in desk.modal()
        await desk.type("left word with Kim")
        await desk.key("enter")
        assert "no reply yet" in desk.footer()
    assert world.task(task)["outcome_note"] == "left word with Kim"


async def test_a_note_that_was_left_is_offered_again(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply_note")
        await desk.type("left word")
        await desk.key("escape")
        assert desk.pane("today").count == 1
        await desk.press("task.close")
        await desk.key("n")
        assert "left word" in desk.modal()
        await desk.type(" with Kim")
        await desk.key("enter")
    assert world.task(task)["outcome_note"] == "left word with Kim"


async def test_voicemail_brings_the_next_step(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.voicemail")
        assert "left a voicemail → Call Ana about the seats, Fri 27 Nov" in desk.footer()
    assert world.task(task)["outcome"] == "left_voicemail"


async def test_replied_asks_the_next_step_in_a_capture_that_is_filled_in(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.replied")
        asked = desk.modal()
        assert asked.startswith("╭ What is the next step?")
        assert "Ana Ruiz · Betatech" in asked
        assert "Wed 25 Nov 2026, tomorrow" in asked
        assert " wed 25 nov" in asked, "the line says its day in words"
        await desk.key("enter")
        assert desk.modal() == ""
        assert "Added: " in desk.footer()
        assert "Wed 25 Nov" in desk.footer()
        assert desk.pane("upcoming").count == 1
        assert "no next step" not in desk.header()
    assert world.record("enrollment", 1)["end_reason"] == "replied"


@pytest.mark.parametrize("typed", ["Send the price list fri", "Send the price list @bo fri"])
async def test_a_line_typed_instead_keeps_whom_the_reply_was_from(world: World, typed: str) -> None:
    """Unless it names somebody itself."""
    bo = world.make_contact("Bo Lund")
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.replied")
        await desk.key("ctrl+u", "ctrl+k")
        await desk.type(typed)
        assert ("Ana Ruiz · Betatech · GTX Plus" in desk.modal()) == ("@" not in typed)
        await desk.key("enter")
        assert desk.modal() == ""
    [task] = world.open_tasks()
    linked = (bo, None) if "@" in typed else (world.contact, world.deal)
    assert (task["action"], task["contact_id"], task["deal_id"]) == ("Send the price list", *linked)


async def test_the_proposed_step_can_be_left_and_what_was_typed_is_kept(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.replied")
        await desk.key("escape")
        await desk.press("task.add")
        assert "what to do, verb first" in desk.modal(), "a proposal that was left is no draft"
        await desk.key("escape")
        await desk.press("journal.undo", "task.replied")
        await desk.key("home")
        await desk.type("Ring: ")
        await desk.key("escape")
        await desk.press("task.add")
        await desk.key("home")
        assert "ing: Offer Ana" in desk.modal()


async def test_a_contact_whose_name_two_people_have_is_proposed_by_number(world: World) -> None:
    twin = world.make_contact("Ana Ruiz")
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.replied")
        assert f"@{world.contact} " in desk.modal()
        await desk.key("enter")
        assert desk.modal() == ""
    assert [task["contact_id"] for task in world.open_tasks()] == [world.contact]
    assert twin != world.contact


FIRST_LINE = [
    ("n", "no reply yet", "no_reply"),
    ("v", "left a message", "left_voicemail"),
    ("d", "done", "done"),
    ("k", 'only "thanks"', "acknowledged"),
    ("f", "close the file", "close_file"),
    ("z", "not needed", "not_needed"),
]


@pytest.mark.parametrize(("letter", "label", "code"), FIRST_LINE)
async def test_d_and_a_letter_close_with_any_outcome(
    world: World, letter: str, label: str, code: str
) -> None:
    first = world.enroll("standard").task_id
    async with at_the_desk(world.path, world.clock) as desk:
        before = desk.keys_pressed
        await desk.press("task.close")
        assert f"{letter}  {label}" in desk.modal()
        await desk.key(letter, "enter")
        assert desk.keys_pressed - before == 3
        assert label in desk.footer()
    assert world.task(first)["outcome"] == code


async def test_d_d_is_done_and_asks_the_next_step(world: World) -> None:
    world.make_task("Send the price list", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("d", "enter")
        assert desk.modal().startswith("╭ What is the next step?")


async def test_a_note_that_was_left_is_kept_and_both_the_footer_and_the_card_say_so(world: World) -> None:
    world.make_task("Send the price list", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("escape")
        assert "kept" not in desk.footer(), "nothing was typed"
        await desk.press("task.close")
        await desk.key("v")
        await desk.type("Kim was out")
        await desk.key("escape")
        assert "Your note is kept: d offers it again." in desk.footer()
        await desk.press("task.close")
        assert desk.modal().startswith("╭ Close · with the note you left")
        await desk.key("v")
        assert "Kim was out" in desk.modal()
        assert "You left it here before; it is saved with the close." in desk.modal()
        await desk.type(" today")
        assert "You left it" not in desk.modal(), "it is being changed"
        await desk.key("enter")


async def test_out_of_office_asks_the_day_and_refuses_a_vague_one(world: World) -> None:
    """Back on Monday 14 December: the next step comes the working day after."""
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("o")
        assert "The day they return" in desk.modal()
        await desk.type("next week")
        assert "names no day" in desk.modal()
        assert desk.modal().count("in ") >= 3
        await desk.key("ctrl+u")
        await desk.type("14 dec")
        assert "Mon 14 Dec 2026, in 20 days" in desk.modal()
        await desk.key("enter")
        assert "Ask one question about their plans, Tue 15 Dec" in desk.modal(), "what follows is said before"
        await desk.key("enter")
        assert "Tue 15 Dec" in desk.footer()


async def test_a_vague_day_offers_three_exact_ones_and_takes_the_first(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("c")
        await desk.type("next week")
        await desk.key("enter", "enter")
        assert "call back" in desk.footer()
    after = next(one for one in world.open_tasks() if one["id"] != task)
    assert date(2026, 11, 30) <= date.fromisoformat(after["due_on"]) <= date(2026, 12, 4)


async def test_check_back_in_three_months_is_three_keys(world: World) -> None:
    world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("3", "enter")
        assert "check back later" in desk.footer()
    assert [task["due_on"] for task in world.open_tasks()] == ["2027-02-24"]


async def test_the_fourth_touch_without_a_reply_warns(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock, size=(200, 40)) as desk:
        for _ in range(3):
            await desk.press("task.no_reply")
            task = world.open_tasks()[-1]["id"]
            world.change_due(task, NOV_24)
            await desk.look_again()
        await desk.press("pane.today", "task.no_reply")
        assert "4 touches without a reply; at 5 you are asked what to do" in desk.footer()


async def test_a_high_row_keeps_its_mark_and_a_priority_is_changed_in_place(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.priority")
        assert desk.pane("today").lines()[1].startswith("▌!")
        assert "Call Ana about the seats: high priority" in desk.footer()
        await desk.press("task.priority")
        assert desk.pane("today").lines()[1].startswith("▌ ")
    assert world.task(task)["priority"] == Priority.NORMAL


async def test_every_outcome_stands_there_with_what_it_brings(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock, size=(120, 40)) as desk:
        await desk.press("task.close")
        asked = desk.modal()
        for said in (
            "asks the day and hour of the meeting", "Find a new address for Ana Ruiz, Wed 25 Nov",
            "Offer Ana Ruiz a new slot, Wed 25 Nov", "Send the summary and next steps, Wed 25 Nov",
            "Ask for feedback on the decision, Wed 25 Nov", "asks the day of delivery",
            "Wed 24 Feb 2027",
        ):  # fmt: skip
            assert said in asked
        await desk.key("escape")


async def test_a_meeting_is_booked_with_its_hour_and_then_held(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("m")
        await desk.type("tomorrow")
        await desk.key("enter")
        assert "its hour" in desk.modal()
        await desk.type(" 14:00")
        await desk.key("enter")
        assert "booked a meeting → Meet Ana Ruiz about GTX Plus, Wed 25 Nov 14:00" in desk.modal()
        await desk.key("enter")
        assert desk.pane("upcoming").rows() == ["Meet Ana Ruiz about GTX Plus"]
        await desk.press("task.close")
        assert desk.modal().splitlines()[3].startswith("h  held the meeting")
        await desk.key("h", "enter")
        assert "held the meeting → Send the summary and next steps" in desk.footer()


async def test_what_reaches_further_says_so_and_wants_enter(world: World) -> None:
    beside = world.make_task("Send the security sheet", due=NOV_24)
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        assert desk.pane("today").count == 2
        await desk.press("task.close")
        await desk.key("l")
        assert "The deal is lost, and everything open on it ends." in desk.modal()
        assert len(world.open_tasks()) == 2
        await desk.key("enter")
        assert desk.pane("today").rows() == [], "what is moot is gone from the screen too"
        await desk.press("journal.undo")
        assert desk.pane("today").count == 2
    assert {world.task(number)["status"] for number in (beside, task)} == {"open"}


async def test_a_channel_less_and_the_rest_goes_on(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("x")
        assert "everything" in desk.modal()
        await desk.key("m")
        assert "no more over mail" in desk.modal()
        await desk.key("enter")
        assert desk.pane("upcoming").rows() == ["Call with a different angle"]


async def test_a_call_back_stands_at_its_hour_and_keeps_it_when_it_is_put_off(world: World) -> None:
    world.make_task()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("c")
        await desk.type("fri 15:00")
        await desk.key("enter")
        assert "Fri 27 Nov 15:00" in desk.modal()
        await desk.key("enter")
        assert "Fri 27 Nov 15:00" in desk.footer()
        assert "15:00" in desk.pane("upcoming").lines()[1]
        await desk.press("pane.upcoming", "task.snooze")
        await desk.key("5", "enter")
        assert "Wed 2 Dec 15:00" in desk.footer()

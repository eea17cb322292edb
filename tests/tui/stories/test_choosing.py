"""What can be done here: help, a row's menu, two presses, and doing it again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.core.terms import Priority, TaskKind
from fu_tui.settings.config import parse
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


def two_calls(world: World) -> tuple[int, int]:
    return (
        world.make_task("Call Uma about the seats", due=NOV_24 - timedelta(days=2)),
        world.make_task("Call Vik about the seats", due=NOV_24 - timedelta(days=1)),
    )


# Two presses


async def test_g_shows_what_may_follow_and_q_goes_home(world: World) -> None:
    world.make_task("Ring the bank", due=NOV_24, owner=world.sam)
    world.make_task("Late", due=NOV_24 - timedelta(days=1))
    world.make_task("High", due=NOV_24, priority=Priority.HIGH)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.order", "queue.scope")
        await desk.type("everyone")
        await desk.key("enter")
        await desk.press("queue.mark")
        await desk.press("queue.filter")
        await desk.type("ring")
        await desk.key("enter")
        await desk.key("g")
        assert "q  queue" in desk.modal()
        await desk.key("q")
        assert desk.modal() == ""
        assert "· mine" in desk.header()
        assert "marked" not in desk.header()
        assert "/ ring" not in desk.header()
        assert desk.cursor() == "Late"
        assert desk.pane("today").rows() == ["High"]


async def test_two_presses_in_one_burst_and_what_is_typed_behind_them(world: World) -> None:
    """`g q` goes home and `j` is the desk's again; where the second press opens a question, it gets the letters."""
    settings, problems = parse('[keys]\n"task.add" = ["a", "g y"]\n')
    assert not problems
    two_calls(world)
    async with at_the_desk(world.path, world.clock, settings=settings) as desk:
        await desk.burst("g", "q", "j")
        assert desk.modal() == ""
        assert desk.cursor() == "Call Vik about the seats"
        await desk.burst("g", "y", *"Send it today")
        assert "Send it today" in desk.modal()
        await desk.burst("escape", "g", "escape", "k")
        assert desk.modal() == ""
        assert desk.cursor() == "Call Uma about the seats"
    assert len(world.open_tasks()) == 2


async def test_a_key_that_nothing_follows_is_told_and_does_nothing(world: World) -> None:
    task, _ = two_calls(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.burst("g", "z")
        assert "z does nothing here." in desk.modal()
        await desk.key("down", "enter")
        assert desk.modal() == "", "the arrows choose too"
    assert world.task(task)["status"] == "open"


async def test_what_follows_may_have_a_name(world: World) -> None:
    settings, problems = parse('[keys]\n"task.priority" = "z down"\n"queue.mark" = "z space"\n')
    assert not problems
    task, _ = two_calls(world)
    async with at_the_desk(world.path, world.clock, settings=settings) as desk:
        await desk.press("task.priority")
        assert desk.modal() == ""
        await desk.press("queue.mark")
        assert len(desk.marked()) == 1
    assert world.task(task)["priority"] == Priority.HIGH


@pytest.mark.parametrize("key", ["ctrl+c", "enter", "+", "tab x", "ctrl+n ctrl+z", "alt+x", "Z pgdn"])
async def test_every_key_that_is_accepted_is_heard(world: World, key: str) -> None:
    """Also those that the framework has for itself."""
    settings, problems = parse(
        f'[keys]\n"pane.next" = "none"\n"card.walk" = "none"\n"task.add" = "none"\n"task.priority" = "{key}"\n'
    )
    assert not problems
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock, settings=settings) as desk:
        await desk.press("task.priority")
    assert world.task(task)["priority"] == Priority.HIGH


# Again


async def test_the_dot_closes_the_next_row_with_the_same_outcome_and_note(world: World) -> None:
    first, second = two_calls(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("v")
        await desk.type("asked for the desk")
        await desk.key("enter")
        await desk.press("task.repeat")
        assert desk.footer().startswith(" Again: Call Vik about the seats: left a voicemail")
        assert desk.footer().endswith("u undo")
    for task in (first, second):
        assert world.task(task)["outcome"] == "left_voicemail"
        assert world.task(task)["outcome_note"] == "asked for the desk"


async def test_the_dot_repeats_a_day_an_owner_a_priority(world: World) -> None:
    first, second = two_calls(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.priority", "cursor.down", "task.repeat", "task.repeat")
        assert [world.task(task)["priority"] for task in (first, second)] == [Priority.HIGH] * 2, (
            "again is high, not the other way round"
        )
        await desk.press("task.snooze")
        await desk.key("3", "enter")
        await desk.press("cursor.top", "task.repeat")
        assert world.task(first)["due_on"] == world.task(second)["due_on"] == "2026-11-30"
        await desk.press("queue.mark_pane", "task.reassign")
        await desk.type("sam")
        await desk.key("enter")
        third = world.make_task("Ring the bank", due=NOV_24)
        await desk.look_again()
        await desk.press("task.repeat")
        assert {world.task(task)["owner_id"] for task in (first, second, third)} == {world.sam}


async def test_undo_and_capture_leave_what_is_repeated_as_it_was(world: World) -> None:
    first, second = two_calls(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply", "journal.undo", "task.add")
        await desk.type("Send the price list today")
        await desk.key("enter")
        assert desk.cursor() == "Call Vik about the seats"
        await desk.press("task.repeat")
    assert (world.task(first)["status"], world.task(second)["outcome"]) == ("open", "no_reply")


async def test_what_was_refused_is_not_repeated_and_nothing_is_told_why(world: World) -> None:
    task, _ = two_calls(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.repeat")
        assert desk.footer().startswith(" There is nothing to repeat: first close, move or give away a task.")
        with world.acting(world.sam):
            world.moves.priority([task], Priority.HIGH)
        await desk.press("task.no_reply")
        assert world.task(task)["status"] == "open", "somebody changed it since"
        await desk.press("task.repeat")
        assert "There is nothing to repeat" in desk.footer()
    assert len(world.open_tasks()) == 2


async def test_a_decision_is_not_closed_by_repeating_no_reply(world: World) -> None:
    world.make_task("Call Uma", due=NOV_24 - timedelta(days=1))
    world.make_task("Decide about Betatech", due=NOV_24, kind=TaskKind.DECIDE)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply", "pane.today", "task.repeat")
        assert desk.cursor() == "Decide about Betatech"
        assert "This step is a decision" in desk.footer() + " ".join(desk.toasts())


# Help and reasons


async def test_help_begins_with_the_row_and_what_each_key_would_bring(demo_desk: DeskDriver) -> None:
    await demo_desk.press("app.help")
    said = demo_desk.modal().splitlines()
    assert said[1].startswith("Here: ")
    assert any(
        line.startswith("n ") and "Share a resource on their question, Fri 27 Nov" in line for line in said
    )
    assert any(line.startswith(". ") and "There is nothing to repeat" in line for line in said)
    assert any(line.startswith("o ") and "now Dana Okafor's" in line for line in said)


async def test_help_says_why_a_decision_can_t_be_closed_with_n(world: World) -> None:
    world.make_task("Decide about Betatech", due=NOV_24, kind=TaskKind.DECIDE)
    async with at_the_desk(world.path, world.clock, size=(100, 120)) as desk:
        await desk.key("f1")
        said = desk.modal()
        assert "This step is a decision: choose nurture" in " ".join(said.split())
        assert "My own queue, due day first" in said
        assert "In a question" in said
        await desk.key("f1")
        assert desk.modal() == ""


async def test_without_a_row_the_help_is_that_of_the_keys(world: World) -> None:
    async with at_the_desk(world.path, world.clock, size=(120, 80)) as desk:
        await desk.press("app.help")
        assert "Here:" not in desk.modal()
        assert "Capture a follow-up" in desk.modal()


async def test_f1_in_a_question_tells_its_keys_and_keeps_what_was_typed(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.press("task.add")
    await desk.type("Send it @fay")
    await desk.key("f1")
    assert "Keys: Add" in desk.modal()
    assert "ctrl+o" in desk.modal()
    assert "To the next field" in desk.modal()
    await desk.key("escape")
    assert "Send it @fay" in desk.modal()


async def test_undo_is_dim_and_says_so_where_nothing_was_done(world: World) -> None:
    task = world.make_task("Call Uma", due=NOV_24)
    async with at_the_desk(world.path, world.clock, user="sam") as desk:
        await desk.press("journal.undo")
        assert desk.footer().startswith(" There is nothing to undo.")
        await desk.press("journal.redo")
        assert desk.footer().startswith(" There is nothing to redo.")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply", "journal.undo", "journal.redo")
        assert desk.footer().startswith(" Done again")
    assert world.task(task)["status"] == "done"


# The menu


async def test_the_menu_runs_an_action_by_its_key(demo: Path, clock: FixedClock) -> None:
    settings, problems = parse('[keys]\n"task.snooze" = "z"\n"task.hide" = "none"\n')
    assert not problems
    async with at_the_desk(demo, clock, settings=settings) as desk:
        first = desk.cursor()
        await desk.press("task.menu")
        said = desk.modal().splitlines()
        assert first in said[1]
        assert any(line.startswith("z ") and "snooze…" in line for line in said)
        assert any(line.lstrip().startswith("hide…") for line in said), "what has no key can still be chosen"
        await desk.key("z")
        assert "tomorrow" in desk.modal()
        before = desk.pane("overdue").count
        await desk.key("enter")
        assert desk.pane("overdue").count == before - 1
        assert desk.footer().startswith(f" {first} → Wed 25 Nov")


async def test_the_menu_says_why_not_and_stays(world: World) -> None:
    world.make_task("Call Uma", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.menu")
        await desk.key(".")
        assert desk.modal().count("There is nothing to repeat") == 2, "beside it, and now below"
        await desk.key("!")
        assert desk.modal() == ""
    assert [task["priority"] for task in world.open_tasks()] == [Priority.HIGH]

"""Undo and redo: over as many steps as one likes, and a question where something was changed since."""

from __future__ import annotations

from datetime import date

from fu_tui.core.terms import Priority
from tests.tui.driver import at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


async def test_everything_is_undone_in_turn_and_done_again(world: World) -> None:
    world.enroll("standard")
    world.make_task("Send the price list", due=NOV_24)
    world.make_task("Call the bank", due=NOV_24)
    before = world.dump()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply", "task.priority", "cursor.down", "task.snooze")
        await desk.key("enter")
        states = [[desk.pane(name).rows() for name in ("overdue", "today", "upcoming")]]
        for _ in range(3):
            await desk.press("journal.undo")
            assert desk.footer().startswith(" Undone: ")
            states.append([desk.pane(name).rows() for name in ("overdue", "today", "upcoming")])
        assert len(states[-1][1]) == 3
        kept = world.dump()
        assert kept["task"] == before["task"]
        assert kept["enrollment"] == before["enrollment"]
        await desk.press("journal.undo")
        assert len(desk.pane("today").rows()) == 2, (
            "what was made before the desk was opened is one's own too"
        )
        await desk.press("journal.redo")
        for wanted in reversed(states[:-1]):
            await desk.press("journal.redo")
            assert desk.footer().startswith(" Done again: ")
            assert [desk.pane(name).rows() for name in ("overdue", "today", "upcoming")] == wanted
        await desk.press("journal.redo")
        assert "There is nothing to redo." in desk.footer() + " ".join(desk.toasts())


async def test_where_there_is_nothing_to_undo_it_says_so(world: World) -> None:
    async with at_the_desk(world.path, world.clock, user="sam") as desk:
        await desk.press("journal.undo")
        assert "There is nothing to undo." in desk.footer() + " ".join(desk.toasts())


async def test_a_changed_follow_up_is_asked_about_withdraw(world: World) -> None:
    first = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply")
        spawned = next(task["id"] for task in world.open_tasks())
        with world.acting(world.sam):
            world.moves.priority([spawned], Priority.HIGH)
        await desk.press("journal.undo")
        assert "was changed since it was spawned" in " ".join(desk.modal().split())
        await desk.key("w")
        assert desk.pane("upcoming").rows() == []
        assert desk.pane("today").rows() == ["Call Ana about the seats"]
    assert [task["id"] for task in world.open_tasks()] == [first]


async def test_a_changed_follow_up_is_asked_about_keep_or_leave(world: World) -> None:
    world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply")
        spawned = next(task["id"] for task in world.open_tasks())
        with world.acting(world.sam):
            world.moves.priority([spawned], Priority.HIGH)
        await desk.press("journal.undo")
        await desk.key("escape")
        assert desk.pane("upcoming").count == 1, "escape leaves everything as it was"
        await desk.press("journal.undo")
        await desk.key("k")
        assert desk.pane("upcoming").count == 1
        assert desk.pane("today").count == 1


async def test_the_cursor_stays_where_the_work_is_after_an_undo(world: World) -> None:
    for number in range(3):
        world.make_task(f"Ring number {number}", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("cursor.down", "task.no_reply")
        assert desk.cursor() == "Ring number 2"
        await desk.press("journal.undo")
        assert desk.pane("today").rows() == ["Ring number 0", "Ring number 1", "Ring number 2"]
        assert desk.cursor() == "Ring number 2"


async def test_what_was_undone_names_the_key_that_does_it_again(world: World) -> None:
    world.make_task("Call the bank", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply")
        assert desk.footer().rstrip().endswith("u undo")
        await desk.press("journal.undo")
        assert desk.footer().rstrip().endswith("U redo")
        await desk.press("journal.redo")
        assert desk.footer().rstrip().endswith("u undo")

"""Keys that arrive in a bunch do what they would have done one by one."""

from __future__ import annotations

from datetime import date

from tests.tui.driver import at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


async def test_what_is_typed_ahead_is_for_the_question_that_opens(world: World) -> None:
    task = world.make_task(due=NOV_24)
    other = world.make_task("Send the price list", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.burst("d", "n", *"Kim knows", "enter", "j")
        assert desk.modal() == ""
    assert (world.task(task)["outcome"], world.task(task)["outcome_note"]) == ("no_reply", "Kim knows")
    assert world.task(other)["status"] == "open"


async def test_what_is_typed_after_the_answer_is_the_desks(world: World) -> None:
    """`s enter` moves a row to tomorrow; the `1` goes to a pane, and must not close the desk itself."""
    for number in range(3):
        world.make_task(f"Ring number {number}", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.burst("s", "enter", "1", "2", "n", "s", "t", "enter")
        assert desk.is_open
        assert desk.modal() == ""
        assert desk.pane("today").rows() == []
        assert desk.pane("upcoming").count == 3


async def test_a_whole_queue_is_worked_in_one_burst(world: World) -> None:
    for number in range(8):
        world.make_task(f"Ring number {number}", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.burst(*"n" * 8, *"u" * 8)
        assert len(desk.pane("today").rows()) == 8
    assert [task["status"] for task in world.open_tasks()] == ["open"] * 8


async def test_q_in_a_bunch_leaves_what_came_before_it_done(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.burst("n", "q", "n")
        assert not desk.is_open
    assert world.task(task)["status"] == "done"
    assert len(world.open_tasks()) == 1

"""What was typed into a question is offered again when it was refused: somebody else was first."""

from __future__ import annotations

from datetime import date

from fu_tui.services.moves import Moves
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

FRIDAY = date(2026, 11, 27)


def somebody_is_first(world: World, task: int) -> None:
    """Another process changes the task while the question is open."""
    with world.acting(world.sam):
        Moves(world.context).priority([task])


async def refused(desk: DeskDriver) -> None:
    """The verb was refused, and the desk shows the task as it is now."""
    assert desk.modal() == ""
    said = " ".join([desk.footer(), *desk.toasts()])
    assert "changed by someone" in said
    await desk.look_again()


async def test_a_note_and_its_outcomes_day(world: World) -> None:
    task = world.make_task()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("c")
        await desk.type("fri")
        await desk.key("enter")
        await desk.type("she is in a meeting")
        somebody_is_first(world, task)
        await desk.key("enter")
        await refused(desk)
        await desk.press("task.close")
        await desk.key("c")
        assert "Fri 27 Nov 2026" in desk.modal(), "the day is there"
        await desk.key("enter", "enter")
        assert desk.modal() == ""
        await desk.press("task.close")
        await desk.key("c")
        assert "Fri 27 Nov" not in desk.modal(), "it was written"
    assert world.task(task)["outcome_note"] == "she is in a meeting"


async def test_the_note_of_no_reply(world: World) -> None:
    task = world.make_task()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply_note")
        await desk.type("left it with her")
        somebody_is_first(world, task)
        await desk.key("enter")
        await refused(desk)
        await desk.press("task.no_reply_note")
        assert "left it with her" in desk.modal()
        await desk.key("enter")
    assert world.task(task)["outcome_note"] == "left it with her"


async def test_a_day_that_is_typed_at_once_is_another_day(world: World) -> None:
    """No letter of "fri" is lost, and none of them is a key of the desk."""
    task = world.make_task()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.snooze")
        await desk.type("fri")
        assert "Fri 27 Nov" in desk.modal()
        await desk.key("enter")
    assert world.task(task)["due_on"] == "2026-11-27"


async def test_the_day_of_a_snooze_waits_in_its_field(world: World) -> None:
    task = world.make_task()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.snooze")
        await desk.type("fri 14:00")
        somebody_is_first(world, task)
        await desk.key("enter")
        await refused(desk)
        await desk.press("task.snooze")
        assert "fri 14:00" in desk.modal()
        await desk.key("enter")
    assert world.task(task)["due_at"] == "2026-11-27T14:00:00Z"


async def test_a_day_that_was_left_gives_way_to_what_is_typed(world: World) -> None:
    task = world.make_task()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.hide")
        await desk.type("fr")
        await desk.key("escape")
        await desk.press("task.hide")
        assert "fr" in desk.modal()
        await desk.key("t", "enter")
    assert world.task(task)["hidden_until"] == "2026-11-25"


async def test_the_filter_of_an_owner_is_there_and_gives_way_to_what_is_typed(world: World) -> None:
    task = world.make_task()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.reassign")
        await desk.type("hil")
        somebody_is_first(world, task)
        await desk.key("enter")
        await refused(desk)
        await desk.press("task.reassign")
        assert "hil" in desk.modal().splitlines()[1]
        await desk.type("sam")
        await desk.key("enter")
    assert world.task(task)["owner_id"] == world.sam


async def test_a_capture_that_is_refused_at_the_last_moment(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Send the recap @ana #gtx ~proposal tomorrow")
        world.enroll("proposal")
        await desk.key("enter")
        assert "Leave the ~cadence out" in " ".join(desk.modal().split())
        assert "Send the recap @ana #gtx ~proposal tomorrow" in desk.modal()
        await desk.key("escape")
        await desk.press("task.add")
        assert "Send the recap @ana #gtx ~proposal tomorrow" in desk.modal()

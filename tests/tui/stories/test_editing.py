"""Editing a task on the card it was captured with."""

from __future__ import annotations

from datetime import date

from fu_tui.services.moves import Moves
from fu_tui.services.spawn import Links
from fu_tui.store.models import Task
from tests.tui.driver import at_the_desk
from tests.world import World

FRIDAY = date(2026, 11, 27)


async def test_the_card_says_what_the_task_says_and_enter_changes_nothing(world: World) -> None:
    task = world.make_task("Send the Friday deck @noon", body="net 60\nshe says", owner=world.dana)
    world.change(Task, task, priority=1)
    before = world.dump()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.edit")
        asked = desk.modal()
        assert "Edit" in asked
        assert "Ana Ruiz · Betatech · GTX Plus" in asked
        assert "as it is" in asked
        await desk.key("enter")
        assert desk.modal() == ""
        assert desk.footer().startswith(" Nothing was changed")
    assert world.dump() == before


async def test_every_field_is_changed_in_one_go_and_undone_in_one(world: World) -> None:
    world.make_task("Call Ana about the seats")
    before = world.dump()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.edit")
        await desk.key("ctrl+u")
        await desk.type("Send Ana the seat prices fri 14:00 !high +sam // net 60")
        await desk.key("enter")
        assert desk.modal() == ""
        assert "Changed: Send Ana the seat prices" in desk.footer()
        [task] = world.open_tasks()
        assert (task["action"], task["channel"]) == ("Send Ana the seat prices", "mail")
        assert (task["due_at"], task["moved_count"], task["priority"]) == ("2026-11-27T14:00:00Z", 1, 1)
        assert (task["owner_id"], task["body"], task["contact_id"]) == (world.sam, "net 60", world.contact)
        await desk.press("journal.undo")
        assert desk.pane("today").rows() == ["Call Ana about the seats"]
    assert world.dump() == before


async def test_a_field_behind_more_is_changed_alone(world: World) -> None:
    task = world.make_task("Call Ana about the seats", body="net 60")
    before = world.task(task)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.edit")
        await desk.key("ctrl+o", "tab", "tab", "tab")
        await desk.type(", she says")
        await desk.key("enter")
        assert "Changed: Call Ana about the seats, body" in desk.footer()
    after = world.task(task)
    assert {name for name in after if after[name] != before[name]} == {"body", "version"}
    assert after["body"] == "net 60, she says"


async def test_the_link_is_taken_off_and_put_on(world: World) -> None:
    task = world.make_task("Send the tender", links=Links(None, None, world.account))
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.edit")
        assert "Betatech" in desk.modal()
        await desk.key("tab", "ctrl+u")
        await desk.type("Ana")
        await desk.key("enter")
        assert world.task(task)["contact_id"] == world.contact
        await desk.press("task.edit")
        await desk.key("tab", "ctrl+u", "enter")
    assert [world.task(task)[f"{each}_id"] for each in ("contact", "deal", "account")] == [None, None, None]


async def test_what_somebody_else_changed_meanwhile_is_told_and_the_next_enter_writes(world: World) -> None:
    task = world.make_task("Call Ana about the seats")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.edit")
        await desk.key("ctrl+u")
        await desk.type("Send Ana the seat prices")
        with world.acting(world.sam):
            Moves(world.context).snooze([task], FRIDAY)
        await desk.key("enter")
        assert "Somebody changed it since you opened it" in desk.modal()
        assert "2026-11-27" in desk.modal()
        await desk.key("enter")
        assert desk.modal() == ""
    after = world.task(task)
    assert (after["action"], after["due_on"]) == ("Send Ana the seat prices", "2026-11-27")


async def test_what_was_typed_for_a_task_that_was_closed_is_not_lost_at_once(world: World) -> None:
    task = world.make_task("Call Ana about the seats")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.edit")
        await desk.key("ctrl+u")
        await desk.type("Send Ana the seat prices")
        with world.acting(world.sam):
            world.close([task], "not_needed")
        await desk.key("enter")
        assert "Task 1 is cancelled, not open" in " ".join(desk.modal().split())
        assert "Send Ana the seat prices" in desk.modal()
        await desk.key("escape")
        with world.acting(world.sam):
            world.journal.undo()
        await desk.look_again()
        await desk.press("task.edit")
        assert "Send Ana the seat prices" in desk.modal()


async def test_what_was_left_is_offered_again_and_never_as_a_new_follow_up(world: World) -> None:
    world.make_task("Call Ana about the seats")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.edit")
        await desk.type(" and more")
        await desk.key("escape")
        await desk.press("task.add")
        assert "and more" not in desk.modal()
        await desk.key("escape")
        await desk.press("task.edit")
        assert "Call Ana about the seats and more" in desk.modal()


async def test_a_wording_is_refused_and_a_hint_said_once(world: World) -> None:
    world.make_task("Call Ana about the seats")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.edit")
        await desk.key("ctrl+u")
        await desk.type("Follow up")
        await desk.key("enter")
        assert "says no action" in desk.modal()
        await desk.key("ctrl+u")
        await desk.type("The seats of Ana")
        await desk.key("enter")
        assert "Begin with a verb" in desk.modal()
        await desk.key("enter")
        assert desk.pane("today").rows() == ["The seats of Ana"]


async def test_a_step_keeps_whom_its_cadence_is_about(world: World) -> None:
    world.enroll("proposal")
    world.make_contact("Kim Long")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.edit")
        await desk.key("tab", "ctrl+u")
        await desk.type("Kim Long")
        await desk.key("enter")
        assert "a step of Proposal, which is about Ana Ruiz" in desk.modal()


async def test_one_row_at_a_time(world: World) -> None:
    world.make_task("Call Ana about the seats")
    world.make_task("Send Ana the recap")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.mark", "queue.mark", "task.edit")
        assert desk.modal() == ""
        assert "only one can be edited" in desk.footer()

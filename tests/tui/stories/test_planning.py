"""Another day, off the screen, another owner."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.tui.driver import at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)
USUAL = [
    ("", "Wed 25", "2026-11-25"),
    ("t", "Wed 25", "2026-11-25"),
    ("w", "Mon 30", "2026-11-30"),
    ("m", "", "2026-12-24"),
    ("3", "Mon 30", "2026-11-30"),
]
"""Thursday is a holiday, so the third working day from Tuesday is Monday."""


@pytest.mark.parametrize(("typed", "shown", "due"), USUAL)
async def test_one_key_and_enter_snooze(world: World, typed: str, shown: str, due: str) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.snooze")
        assert "Call Ana about the seats" in desk.modal()
        await desk.key(*typed, "enter")
        assert desk.modal() == ""
        assert desk.footer().startswith(" Call Ana about the seats → ")
        assert desk.pane("today").count == 0
        if shown:
            assert shown in desk.pane("upcoming").lines()[1]
        else:
            assert "+1 later" in desk.pane("upcoming").lines()[-1]
    assert world.task(task)["due_on"] == due


async def test_a_day_with_its_hour_is_typed(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.snooze")
        await desk.type("fri 14:00")
        assert "Fri 27 Nov 2026, 14:00, in 3 days" in desk.modal()
        await desk.key("enter")
        assert "14:00 Call Ana about the seats" in desk.pane("upcoming").lines()[1]
    assert world.task(task)["due_at"] == "2026-11-27T14:00:00Z"


async def test_what_is_typed_for_an_answer_is_not_the_desks_too(world: World) -> None:
    """`3` snoozes by three working days; on the desk it would go to Upcoming."""
    for number in range(3):
        world.make_task(f"Ring number {number}", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.snooze")
        await desk.key("3", "enter")
        assert desk.cursor() == "Ring number 1"


async def test_a_past_day_is_refused_where_it_is_typed(world: World) -> None:
    world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.snooze")
        await desk.type("2026-11-20")
        await desk.key("enter")
        assert "That day is past. Name one from today on." in desk.modal()
        assert "2026-11-20" in desk.modal(), "what was typed stays"
        await desk.key("escape")
        assert desk.pane("today").count == 1


async def test_snooze_acts_on_the_marks(world: World) -> None:
    for late in (1, 2):
        world.make_task(f"Ring number {late}", due=NOV_24 - timedelta(days=late))
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.mark_pane", "task.snooze")
        assert "2 tasks" in desk.modal()
        await desk.key("enter")
        assert desk.pane("upcoming").count == 2
        assert desk.marked() == [] or len(desk.marked()) == 2
        await desk.press("journal.undo")
        assert desk.pane("overdue").count == 2


async def test_a_row_is_hidden_and_counted(world: World) -> None:
    world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.hide")
        await desk.key("enter")
        assert desk.pane("today").rows() == []
        assert "1 hidden" in desk.header()
        assert "hidden until Wed 25 Nov" in desk.footer()
        world.clock.at += timedelta(days=1)
        await desk.look_again()
        assert desk.pane("overdue").rows() == ["Call Ana about the seats"], "its due day was not moved"


async def test_what_is_late_hides_until_tomorrow_at_most(world: World) -> None:
    world.make_task(due=NOV_24 - timedelta(days=1))
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.hide")
        await desk.key("w", "enter")
        assert "It is overdue, so it can be hidden until tomorrow at most." in " ".join(desk.modal().split())
        await desk.key("backspace", "enter")
        assert desk.pane("overdue").count == 0
        assert "1 hidden" in desk.header()


async def test_a_task_given_away_leaves_my_queue(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.reassign")
        assert "Sam Hill" in desk.modal()
        assert "tab" not in desk.modal(), "no step follows, so nothing can go with it"
        await desk.type("hi")
        await desk.key("enter")
        assert desk.pane("today").rows() == []
        assert "Call Ana about the seats → Sam Hill" in desk.footer()
    assert world.task(task)["owner_id"] == world.sam


async def test_tab_gives_the_steps_that_follow_too(world: World) -> None:
    first = world.enroll("standard").task_id
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.reassign")
        await desk.type("sam")
        await desk.key("tab")
        assert "and the steps that follow" in desk.footer()
    assert world.task(first)["owner_id"] == world.sam
    assert world.record("enrollment", 1)["assignee_id"] == world.sam


async def test_a_rep_can_not_take_from_others_and_is_told(world: World) -> None:
    world.make_task(due=NOV_24, owner=world.dana)
    async with at_the_desk(world.path, world.clock, user="sam") as desk:
        await desk.press("queue.scope")
        await desk.type("dana")
        await desk.key("enter")
        await desk.press("task.reassign")
        await desk.type("sam")
        await desk.key("enter")
        said = desk.footer() + " ".join(desk.toasts())
        assert "belongs to Dana Okafor" in said
        assert desk.pane("today").count == 1


async def test_marks_are_spent_by_what_is_done_to_them(world: World) -> None:
    for action in ("Call Ana", "Call the bank", "Call Li"):
        world.make_task(action, due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.mark", "queue.mark", "task.snooze")
        await desk.key("enter")
        assert desk.marked() == []
        await desk.press("task.no_reply")
        assert "Call Li" in desk.footer(), "the row that is looked at, not those that went"


async def test_a_colleague_who_is_not_there_yet_is_added_on_the_way(world: World) -> None:
    task = world.make_task()
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.reassign")
        await desk.type("Kim Berg")
        assert "add Kim Berg…" in desk.modal()
        await desk.key("enter", "enter")
        await desk.type("kim@betatech.example")
        await desk.key("enter")
        assert "Kim Berg" in desk.modal(), "the list begins with them"
        await desk.key("enter")
        assert "→ Kim Berg" in desk.footer()
        kim = world.db.row("SELECT id, email FROM user WHERE handle = 'kim'")
        assert kim == (world.task(task)["owner_id"], "kim@betatech.example")
        await desk.press("journal.undo", "journal.undo")
    assert world.db.value("SELECT 1 FROM user WHERE handle = 'kim' AND removed_by IS NULL") is None

"""The hour of a task that gets another day: one that a person set stays on the wall, a promise is off and says so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fu_tui.core.events import TaskMoved
from fu_tui.core.events_life import CadenceResumed
from fu_tui.core.say import say
from fu_tui.services.announce import announced
from fu_tui.services.following import Following
from fu_tui.store.models import User
from tests.world import World

FRIDAY = date(2026, 11, 27)
AT_THREE = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


def hour_of(world: World, task_id: int) -> str:
    """Day and hour of a task, UTC."""
    return str(world.task(task_id)["due_at"])


def promise(world: World) -> int:
    """A task within four working hours from now."""
    return world.enroll("inbound", contact=world.contact).task_id


@pytest.mark.parametrize("enrolled", [True, False])
def test_the_hour_to_call_back_at_is_that_of_the_task(world: World, enrolled: bool) -> None:
    task = world.enroll("proposal").task_id if enrolled else world.make_task()
    shown = announced(world.context, task, "call_back", FRIDAY, AT_THREE)
    again = world.spawn(task, "call_back", at=AT_THREE)
    assert isinstance(shown, Following)
    assert (again.due_on, again.due_at) == (FRIDAY, AT_THREE) == (shown.due.due_on, shown.due.due_at)
    assert say(again, today=world.today, tz="UTC").endswith("Fri 27 Nov 15:00")
    assert world.trace(again.task_id).lines[0].startswith("asked to be called back at 15:00")


def test_a_conversation_is_taken_up_again_at_its_hour(world: World) -> None:
    task = world.make_task()
    assert world.spawn(task, "check_back", at=AT_THREE).due_at == AT_THREE


def test_an_hour_stays_on_the_owners_wall_when_its_day_is_moved(world: World) -> None:
    world.change(User, world.dana, tz="Europe/Berlin")
    task = world.make_task(due=date(2027, 3, 26), due_at=datetime(2027, 3, 26, 14, 0, tzinfo=UTC))
    [moved] = world.moves.snooze([task], date(2027, 3, 29))  # the clocks went forward in between
    assert isinstance(moved, TaskMoved)
    assert moved.due_at == datetime(2027, 3, 29, 13, 0, tzinfo=UTC)
    assert say(moved, today=world.today, tz="Europe/Berlin").endswith("Mon 29 Mar 2027 15:00")


def test_a_typed_hour_counts_and_one_that_is_past_does_not(world: World) -> None:
    task = world.make_task(due=FRIDAY, due_at=AT_THREE)
    world.moves.snooze([task], FRIDAY, at=AT_THREE.replace(hour=9))
    assert world.task(task)["due_at"].startswith("2026-11-27T09:00")
    world.go_to(FRIDAY, hour=10)
    world.moves.snooze([task], FRIDAY)
    assert world.task(task)["due_at"] is None


def test_a_promise_by_the_hour_that_is_put_off_is_off_and_says_so(world: World) -> None:
    task = promise(world)
    assert world.task(task)["due_at"]
    world.moves.snooze([task], FRIDAY)
    assert world.task(task)["due_at"] is None
    assert "the promise of 4 hours is off" in world.trace(task).lines[0]


def test_an_hour_outlives_a_pause(world: World) -> None:
    begun = world.enroll("proposal")
    world.moves.snooze([begun.task_id], FRIDAY, at=AT_THREE)
    world.life.pause([begun.enrollment_id])
    world.go_to(date(2026, 12, 7))
    [resumed] = world.life.resume([begun.enrollment_id])
    assert isinstance(resumed, CadenceResumed)
    assert world.task(begun.task_id)["due_on"] == "2026-12-11"
    assert resumed.due_at == datetime(2026, 12, 11, 15, 0, tzinfo=UTC)
    assert say(resumed, today=world.today, tz="UTC").endswith("Fri 11 Dec 15:00")


def test_a_promise_does_not_outlive_a_pause(world: World) -> None:
    task = promise(world)
    [enrollment] = world.db.row("SELECT enrollment_id FROM task WHERE id = ?", (task,))
    world.life.pause([enrollment])
    world.go_to(date(2026, 12, 7))
    world.life.resume([enrollment])
    assert world.task(task)["due_at"] is None
    assert world.trace(task).lines[-1] == "the promise of 4 hours is off"


def test_an_hour_outlives_a_parked_deal_and_an_absence(world: World) -> None:
    parked = world.make_task(due=FRIDAY, due_at=AT_THREE)
    world.deals.park([world.deal], date(2026, 12, 7), "waits for the budget")
    world.go_to(date(2026, 12, 7))
    world.come_back()
    assert world.task(parked)["due_at"].startswith("2026-12-11T15:00")
    world.absences.add_absence("dana", date(2026, 12, 9), date(2026, 12, 18))
    world.go_to(date(2026, 12, 9))
    world.come_back()
    assert world.record("task", parked)["status"] == "held"
    world.go_to(date(2026, 12, 21))
    world.come_back()
    assert world.task(parked)["due_at"].startswith("2026-12-23T15:00")

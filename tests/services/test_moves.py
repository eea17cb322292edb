"""Moving tasks: another day, off the screen, another owner, another priority; what they say stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from fu_tui.core.errors import Conflict, NotFound, Refused
from fu_tui.core.events import PriorityChanged, TaskHidden, TaskMoved, TaskReassigned, TaskShown
from fu_tui.core.schedule import by_hand
from fu_tui.core.terms import Priority, Role
from fu_tui.services.moves import Moves
from fu_tui.store.models import Task, User
from tests.world import MONDAY, World

TODAY = MONDAY.date()
LATER = date(2026, 12, 14)


def changed(world: World, task_id: int, before: dict[str, object]) -> set[str]:
    after = world.task(task_id)
    return {column for column in after if after[column] != before[column]}


def test_a_snooze_moves_the_due_day_and_counts(world: World) -> None:
    task = world.make_task()
    before = world.task(task)
    (moved,) = world.moves.snooze([task], date(2026, 12, 5))
    assert moved == TaskMoved(task, "Call Ana about the seats", date(2026, 12, 5), None, 1)
    assert changed(world, task, before) == {"due_on", "moved_count", "trace", "version"}
    world.moves.snooze([task], LATER)
    row = world.task(task)
    assert (row["due_on"], row["moved_count"], row["first_due_on"]) == ("2026-12-14", 2, "2026-11-23")
    assert world.trace(task).lines == ("moved by Dana Okafor: Mon 14 Dec",)


def test_a_snooze_may_name_an_hour_and_another_one_keeps_it(world: World) -> None:
    task = world.make_task()
    at = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    world.moves.snooze([task], date(2026, 11, 24), at=at)
    assert world.task(task)["due_at"] == "2026-11-24T14:00:00Z"
    world.moves.snooze([task], LATER)
    assert world.task(task)["due_at"] == "2026-12-14T14:00:00Z"


def test_a_snooze_brings_a_hidden_row_back(world: World) -> None:
    task = world.make_task()
    world.moves.hide([task], LATER)
    world.moves.snooze([task], date(2026, 11, 25))
    assert world.task(task)["hidden_until"] is None


def test_a_snooze_goes_only_forward_from_today_in_the_owners_zone(world: World) -> None:
    task = world.make_task(owner=world.sam)
    world.change(User, world.sam, tz="Pacific/Auckland")
    world.clock.at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # Tuesday in Auckland
    with pytest.raises(Refused, match=r"Mon 23 Nov 2026 is past\. Name a day from today on"):
        world.moves.snooze([task], TODAY)
    world.moves.snooze([task], date(2026, 11, 24))


def test_a_hidden_row_keeps_its_due_day(world: World) -> None:
    task = world.make_task(due=LATER)
    before = world.task(task)
    (hidden,) = world.moves.hide([task], date(2026, 12, 1))
    assert hidden == TaskHidden(task, "Call Ana about the seats", date(2026, 12, 1))
    assert changed(world, task, before) == {"hidden_until", "version"}


def test_a_row_is_hidden_until_a_later_day(world: World) -> None:
    with pytest.raises(Refused, match="Mon 23 Nov 2026 is not after today"):
        world.moves.hide([world.make_task(due=LATER)], TODAY)


def test_what_is_overdue_is_hidden_until_tomorrow_at_most(world: World) -> None:
    late = world.make_task(due=date(2026, 11, 20))
    with pytest.raises(Refused, match="is overdue, so it can be hidden until tomorrow at most"):
        world.moves.hide([late], date(2026, 11, 25))
    world.moves.hide([late], date(2026, 11, 24))


def test_what_is_overdue_by_its_hour_is_hidden_until_tomorrow_at_most(world: World) -> None:
    at = MONDAY - timedelta(hours=1)
    task = world.make_task(due_at=at)
    with pytest.raises(Refused, match="is overdue"):
        world.moves.hide([task], date(2026, 11, 25))
    world.moves.hide([task], date(2026, 11, 24))


def test_an_hour_that_is_still_to_come_is_not_overdue(world: World) -> None:
    task = world.make_task(due_at=MONDAY + timedelta(hours=1))
    world.moves.hide([task], date(2026, 11, 25))


def test_a_hidden_row_comes_back_before_its_day(world: World) -> None:
    task = world.make_task(due=LATER)
    world.moves.hide([task], date(2026, 12, 1))
    before = world.task(task)
    assert world.moves.unhide([task]) == (TaskShown(task, "Call Ana about the seats"),)
    assert changed(world, task, before) == {"hidden_until", "version"}
    world.journal.undo()
    assert world.task(task)["hidden_until"] == "2026-12-01"


def test_what_is_on_the_desk_is_not_brought_back(world: World) -> None:
    task = world.make_task(due=LATER)
    with pytest.raises(Refused, match="is not hidden"):
        world.moves.unhide([task])
    world.moves.hide([task], date(2026, 11, 24))
    world.clock.at += timedelta(days=1)
    with pytest.raises(Refused, match="is not hidden"):
        world.moves.unhide([task])


def test_reassigning_moves_the_task_and_nothing_else(world: World) -> None:
    first = world.enroll("standard").task_id
    before = world.task(first)
    (given,) = world.moves.reassign([first], "sam")
    assert given == TaskReassigned(first, str(before["action"]), world.sam, "Sam Hill", False)
    assert changed(world, first, before) == {"owner_id", "queue_owner_id", "version"}
    assert world.spawn(first).owner_id == world.dana, "the steps that follow stay whose they are"


def test_with_one_more_key_the_steps_that_follow_go_along(world: World) -> None:
    first = world.enroll("standard").task_id
    world.moves.reassign([first], "Sam Hill", following=True)
    assert world.spawn(first).owner_id == world.sam
    assert world.record("deal", world.deal)["owner_id"] == world.dana, "the record stays untouched"


@pytest.mark.parametrize(
    ("role", "whose", "may"),
    [
        (Role.REP, "sam", True), (Role.REP, "dana", False), (Role.MANAGER, "dana", True), (Role.ADMIN, "dana", True),
    ],
)  # fmt: skip
def test_reps_hand_over_their_own_and_managers_and_admins_anybodys(
    world: World, role: Role, whose: str, may: bool
) -> None:
    world.change(User, world.sam, role=role)
    task = world.make_task(owner=world.sam if whose == "sam" else world.dana)
    world.act_as(world.sam)
    if may:
        world.moves.reassign([task], "dana")
    else:
        with pytest.raises(Refused, match=r"belongs to Dana Okafor\. Ask them, a manager or an admin"):
            world.moves.reassign([task], "sam")


def test_who_takes_over_has_to_be_known_and_active(world: World) -> None:
    task = world.make_task()
    with pytest.raises(NotFound, match='no user "kim"'):
        world.moves.reassign([task], "kim")
    world.change(User, world.sam, active=False)
    with pytest.raises(NotFound, match='no user "sam"'):
        world.moves.reassign([task], "sam")


def test_priority_toggles_or_is_set(world: World) -> None:
    task = world.make_task()
    assert world.moves.priority([task]) == (PriorityChanged(task, "Call Ana about the seats", Priority.HIGH),)
    world.moves.priority([task])
    assert world.task(task)["priority"] == Priority.NORMAL
    world.moves.priority([task], Priority.LOW)
    assert world.task(task)["priority"] == Priority.LOW
    world.moves.priority([task])
    assert world.task(task)["priority"] == Priority.HIGH


MOVES: dict[str, Callable[..., object]] = {
    "snooze": lambda moves, ids, **more: moves.snooze(ids, LATER, **more),
    "hide": lambda moves, ids, **more: moves.hide(ids, LATER, **more),
    "reassign": lambda moves, ids, **more: moves.reassign(ids, "sam", **more),
    "priority": lambda moves, ids, **more: moves.priority(ids, **more),
}


@pytest.mark.parametrize("move", MOVES)
def test_several_are_moved_as_one_or_not_at_all(world: World, move: str) -> None:
    tasks = [world.make_task(f"Call about matter {n}", due=LATER) for n in range(3)]
    moves, verb = Moves(world.context), MOVES[move]
    entries = len(world.journal.entries())
    verb(moves, tasks)
    assert len(world.journal.entries()) == entries + 1
    assert "3 tasks" in world.journal.entries(1)[0].summary
    world.close([tasks[2]], "not_needed")
    before = world.dump()
    with pytest.raises(Conflict, match=f"Task {tasks[2]} is cancelled, not open"):
        verb(moves, tasks)
    assert world.dump() == before


@pytest.mark.parametrize("move", MOVES)
def test_a_task_that_changed_since_it_was_shown_is_not_moved(world: World, move: str) -> None:
    task = world.make_task(due=LATER)
    shown = world.task(task)["version"]
    with world.acting(world.sam):
        world.moves.priority([task])
    with pytest.raises(Conflict, match="was changed by someone since it was shown"):
        MOVES[move](Moves(world.context), [task], versions={task: shown})
    MOVES[move](Moves(world.context), [task], versions={task: shown + 1})


@pytest.mark.parametrize("move", MOVES)
def test_nothing_to_move_is_refused_and_a_task_named_twice_is_moved_once(world: World, move: str) -> None:
    entries = len(world.journal.entries())
    with pytest.raises(Refused, match="Nothing is chosen"):
        MOVES[move](Moves(world.context), [])
    assert len(world.journal.entries()) == entries
    task = world.make_task(due=LATER)
    events = MOVES[move](Moves(world.context), [task, task])
    assert len(events) == 1  # type: ignore[arg-type]
    assert world.task(task)["version"] == 2


def test_a_made_up_due_day_explains_itself(world: World) -> None:
    day = by_hand(LATER)
    task = world.make_task(due=LATER)
    assert world.trace(task) == day.trace
    world.change(Task, task, due_on=LATER)
    assert world.trace(task).due_on == LATER


def test_a_rep_hands_over_what_follows_only_where_that_is_theirs(world: World) -> None:
    task = world.enroll("standard").task_id
    world.moves.reassign([task], "sam")
    with world.acting(world.sam):
        with pytest.raises(Refused, match=r"What follows .* belongs to Dana Okafor"):
            world.moves.reassign([task], "dana", following=True)
        world.moves.reassign([task], "dana")
    assert world.task(task)["owner_id"] == world.dana

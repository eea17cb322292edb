"""Spreading marked tasks over the days to come: what is shown is what is done, and one undo takes it back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from fu_tui.core.errors import Conflict, Refused
from fu_tui.core.events_life import TasksSpread
from fu_tui.core.schedule import recompute
from fu_tui.core.terms import Priority, TaskKind
from fu_tui.queries.doctor import examine
from fu_tui.queries.load import LEAST
from fu_tui.services.spreading import Spreading
from fu_tui.store.models import Task
from tests.world import World

MONDAY = date(2026, 11, 23)


def late(world: World, count: int, **more: object) -> list[int]:
    """Tasks that were due last Friday."""
    return [world.make_task(f"Call customer {n}", due=date(2026, 11, 20), **more) for n in range(count)]


def test_a_pile_goes_to_the_earliest_free_days_in_its_order(world: World) -> None:
    for n in range(4):
        world.make_task(f"Write offer {n}", due=date(2026, 11, 24))
    ids = late(world, 20)
    before = world.dump()
    plan = Spreading(world.context).spread_plan(ids)
    assert world.dump() == before, "a plan writes nothing"
    assert [(day.day, day.there, day.comes) for day in plan.days] == [
        (date(2026, 11, 23), 0, LEAST), (date(2026, 11, 24), 4, 6), (date(2026, 11, 25), 0, 4),
    ]  # fmt: skip
    [event] = Spreading(world.context).spread(ids)
    assert isinstance(event, TasksSpread)
    assert (event.days, event.stay, len(event.task_ids)) == (3, 0, 20)
    assert [(move.task_id, move.to.isoformat()) for move in plan.moves] == [
        (number, world.task(number)["due_on"]) for number in ids
    ]
    assert world.trace(ids[0]).lines == ("spread by Dana Okafor: Mon 23 Nov",)
    assert recompute(world.trace(ids[-1])) == date(2026, 11, 25)
    assert examine(world.db).violations == ()
    world.journal.undo()
    assert world.dump() == before


def test_what_was_agreed_with_somebody_stays_and_is_named(world: World) -> None:
    hour = world.make_task("Call at two", due=MONDAY, due_at=datetime(2026, 11, 23, 14, tzinfo=UTC))
    meeting = world.make_task("Meet Ana", due=MONDAY, kind=TaskKind.MEETING)
    back = world.make_task("Call Ana back", due=MONDAY, kind=TaskKind.CALLBACK)
    ids = [hour, meeting, back, *late(world, 12)]
    plan = Spreading(world.context).spread_plan(ids)
    assert [(stay.task_id, stay.why) for stay in plan.stays] == [
        (hour, "it has an hour"), (meeting, "a meeting"), (back, "a call back on a day that was agreed"),
    ]  # fmt: skip
    assert plan.days[0].there == 3
    [event] = Spreading(world.context).spread(ids)
    assert isinstance(event, TasksSpread)
    assert event.stay == 3
    assert world.task(hour)["due_on"] == world.task(meeting)["due_on"] == "2026-11-23"
    with pytest.raises(Refused, match="it has an hour"):
        Spreading(world.context).spread([hour])


def test_high_priority_comes_first_and_what_is_due_later_no_sooner(world: World) -> None:
    low, high = late(world, 1), late(world, 1, priority=Priority.HIGH)
    [friday] = [world.make_task("Send the minutes", due=date(2026, 11, 27))]
    plan = Spreading(world.context).spread_plan([*low, *high, friday])
    assert [move.task_id for move in plan.moves] == [*high, *low, friday]
    assert plan.moves[-1].to == date(2026, 11, 27)


def test_high_priority_comes_first_even_before_what_is_longer_late(world: World) -> None:
    longer = late(world, LEAST)
    high = world.make_task("Send the offer", due=MONDAY, priority=Priority.HIGH)
    plan = Spreading(world.context).spread_plan([*longer, high])
    assert [move.task_id for move in plan.moves] == [high, *longer]
    assert [(day.day, day.there, day.comes) for day in plan.days] == [
        (MONDAY, 0, LEAST), (date(2026, 11, 24), 0, 1),
    ]  # fmt: skip


def test_only_days_that_get_something_are_told(world: World) -> None:
    for n in range(LEAST):
        world.make_task(f"Write offer {n}", due=date(2026, 11, 24))
    plan = Spreading(world.context).spread_plan(late(world, LEAST + 1))
    assert [(day.day, day.comes) for day in plan.days] == [(MONDAY, LEAST), (date(2026, 11, 25), 1)]


def test_the_owners_own_rate_counts(world: World) -> None:
    for days in range(1, 21):
        world.go_to(MONDAY - timedelta(days=days))
        if world.today.weekday() < 5:
            for _ in range(2):
                world.close([world.make_task(due=world.today)], "not_needed")
                done = world.make_task(due=world.today)
                world.change(
                    Task, done, status="done", outcome="done", outcome_note="done", closed_at=world.clock.at,
                    closed_on=world.today, closed_by=world.dana,
                )  # fmt: skip
    world.go_to(MONDAY)
    plan = Spreading(world.context).spread_plan(late(world, 6))
    assert [(day.comes, day.rate) for day in plan.days] == [(2, 2)] * 3


def test_each_owner_has_days_of_their_own(world: World) -> None:
    ids = [*late(world, 12), *late(world, 3, owner=world.sam)]
    plan = Spreading(world.context).spread_plan(ids)
    assert [(day.owner, day.comes) for day in plan.days] == [
        ("Dana Okafor", LEAST), ("Dana Okafor", 2), ("Sam Hill", 3),
    ]  # fmt: skip


def test_over_days_that_were_named(world: World) -> None:
    ids = late(world, 6)
    [event] = Spreading(world.context).spread(ids, 3)
    assert isinstance(event, TasksSpread)
    assert (event.days, event.first, event.last) == (3, MONDAY, date(2026, 11, 25))


def test_what_changed_or_lies_well_is_refused(world: World) -> None:
    well = world.make_task(due=date(2026, 11, 25))
    with pytest.raises(Refused, match="free days as they are"):
        Spreading(world.context).spread([well])
    ids = late(world, 2)
    seen = {number: world.task(number)["version"] for number in ids}
    world.moves.priority([ids[1]])
    before = world.dump()
    with pytest.raises(Conflict):
        Spreading(world.context).spread(ids, versions=seen)
    assert world.dump() == before
    world.close([well], "done")
    with pytest.raises(Conflict):
        Spreading(world.context).spread_plan([well])


def test_days_on_which_the_owner_is_away_are_no_free_days(world: World) -> None:
    world.absences.add_absence("dana", date(2026, 11, 24), date(2026, 11, 27), cover="sam")
    plan = Spreading(world.context).spread_plan(late(world, 12))
    assert [(day.day, day.comes) for day in plan.days] == [(MONDAY, LEAST), (date(2026, 11, 30), 2)]

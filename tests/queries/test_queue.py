"""The panes: what SQL puts into them is what `bucket_at` says, whatever zone the work was dated in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from fu_tui.core.terms import Bucket
from fu_tui.queries.counts import counts, load_today
from fu_tui.queries.look import Look
from fu_tui.queries.queue import Order, bucket_of, count, page
from fu_tui.queries.scope import everyone
from fu_tui.services.spawn import Links
from fu_tui.store.lookup import person
from fu_tui.store.models import Task
from tests.queries.conftest import statements, view
from tests.world import World

PLACES = (Bucket.OVERDUE, Bucket.TODAY, Bucket.UPCOMING, Bucket.LATER, Bucket.HIDDEN)


def fill(world: World, random: Random) -> None:
    """Tasks around today and the horizon; the hours of some fall on another day than the viewer's."""
    for number in range(60):
        due = world.today + timedelta(days=random.choice([-3, -1, 0, 0, 1, 1, 2, 2, 3, 13, 14, 15, 16]))
        hours = random.choice([None, -80, -30, -1, 0, 1, 20, 50])
        at = None if hours is None else world.clock.now() + timedelta(hours=hours)
        hidden = random.choice([None, None, world.today, world.today + timedelta(days=1)])
        task = world.make_task(
            f"Call {number}", due=due, due_at=at, owner=random.choice([world.dana, world.sam])
        )
        world.change(Task, task, hidden_until=hidden)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("order", list(Order))
def test_the_pages_are_what_bucket_at_says(world: World, seed: int, order: Order) -> None:
    fill(world, Random(seed))
    mine = view(world, order=order)
    for look in (mine, replace(mine, scope=everyone(person(world.db, world.dana)))):
        open_ids = {
            task["id"] for task in world.open_tasks()
            if not look.scope.user_ids or task["owner_id"] in look.scope.user_ids
        }  # fmt: skip
        rows = {place: page(world.db, look, place, 100) for place in PLACES}
        ids = [row.id for place in PLACES for row in rows[place]]
        assert sorted(ids) == sorted(open_ids), "each stands in one pane, and only there"
        assert all(bucket_of(row, look) is place for place in PLACES for row in rows[place])
        said = counts(world.db, look)
        expected = tuple(len(rows[place]) for place in PLACES)
        assert (said.overdue, said.today, said.upcoming, said.later, said.hidden) == expected
        assert tuple(count(world.db, look, place) for place in PLACES) == expected


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("shown", [PLACES[:3], PLACES[:4], PLACES[2:4], PLACES[4:]])
def test_a_pane_of_several_buckets_is_paged_as_one(
    world: World, seed: int, order: Order, shown: tuple[Bucket, ...]
) -> None:
    fill(world, Random(seed))
    look = Look(world.db, person(world.db, world.dana), world.clock)
    look.choose(order=order)
    rows = look.rows_of(*shown)
    whole = [row for place in shown for row in page(world.db, look.view, place, 100)]
    assert list(rows.first(100)) == whole
    assert sorted(whole, key=look.key) == whole
    down, up = list(rows.first(4)), list(rows.last(4))
    while more := rows.page_after(down[-1], 4):
        down += more
    while more := rows.page_before(up[0], 4):
        up = [*more, *up]
    assert down == whole
    assert up == whole


def test_the_next_day_with_something_due_and_how_much(world: World) -> None:
    look = Look(world.db, person(world.db, world.dana), world.clock)
    assert look.next_day() is None
    for days in (40, 40, 40):
        world.make_task(f"Call number {days}", due=world.today + timedelta(days=days))
    assert look.next_day() == (world.today + timedelta(days=40), 3)
    world.make_task("Call soon", due=world.today + timedelta(days=2))
    world.make_task("Call today", due=world.today)
    assert look.next_day() == (world.today + timedelta(days=2), 1)


def test_an_hour_that_is_over_is_overdue_though_its_day_is_tomorrows_elsewhere(world: World) -> None:
    """It was promised in Auckland, where it is tomorrow already."""
    due, at = world.today + timedelta(days=1), world.clock.now() - timedelta(hours=1)
    task = world.make_task(due=due, due_at=at)
    assert [row.id for row in page(world.db, view(world), Bucket.OVERDUE, 9)] == [task]
    assert page(world.db, view(world), Bucket.UPCOMING, 9) == ()
    assert counts(world.db, view(world))[:3] == (1, 0, 0)
    world.change(Task, task, hidden_until=due)
    assert counts(world.db, view(world))[:5] == (0, 0, 0, 0, 1)


@pytest.mark.parametrize("place", PLACES[:4])
def test_a_pane_is_read_in_the_order_of_its_index(
    world: World, monkeypatch: pytest.MonkeyPatch, place: Bucket
) -> None:
    with statements(monkeypatch) as said:
        page(world.db, view(world), place, 50)
    sql = said[-1]
    plan = [row[3] for row in world.db.rows(f"EXPLAIN QUERY PLAN {sql}", [1] * sql.count("?"))]
    at = next(i for i, line in enumerate(plan) if "INDEX task_queue (queue_owner_id=? AND due_on" in line)
    sorts = [line for line in plan[at:] if line.startswith("USE TEMP B-TREE")]
    assert sorts[0] != "USE TEMP B-TREE FOR ORDER BY", "the index gives all but the last terms of the order"


def test_other_peoples_private_tasks_are_not_in_their_load(world: World) -> None:
    world.make_task(owner=world.sam)
    world.make_task("Water the plants", owner=world.sam, links=Links(), kind="private")
    world.make_task("Feed the cat", links=Links(), kind="private")
    me = person(world.db, world.dana)
    assert load_today(world.db, me, world.today) == {world.dana: 1, world.sam: 1}
    look = Look(world.db, me, world.clock)
    assert look.elsewhere() == (("Sam Hill", 1),)
    assert {who.handle: n for who, n in look.people()}["sam"] == 1

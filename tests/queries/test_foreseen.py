"""Foreseen steps among the tasks of Upcoming: whichever way they are paged, each stands once, in order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fu_tui.bootstrap import Desk
from fu_tui.core.terms import Bucket, Priority
from fu_tui.queries.queue import Order
from fu_tui.queries.rows import QueueRow
from fu_tui.services.spawn import Links
from tests.world import World


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("limit", [1, 2, 7, 100])
@pytest.mark.parametrize("words", ["", "dana"])
@pytest.mark.parametrize(
    "buckets", [(Bucket.UPCOMING,), (Bucket.OVERDUE, Bucket.TODAY, Bucket.UPCOMING, Bucket.LATER)]
)
def test_pages_in_both_directions_hold_every_row_once_and_in_order(
    world: World, order: Order, limit: int, words: str, buckets: tuple[Bucket, ...]
) -> None:
    for number in range(6):
        kim = world.make_contact(f"Kim {number}")
        world.enroll("standard", contact=kim)
    for number in range(20):
        world.make_task(
            f"Send part {number}", due=world.today + timedelta(days=number % 17 - 1),
            priority=Priority(1 + number % 3), links=Links(world.contact, None, None),
        )  # fmt: skip
    desk = Desk(world.context)
    look = desk.look()
    look.choose(order=order, words=words)
    look.foresee(desk.forecast(look).rows)
    tasks = look.rows_of(*buckets).first(100)
    assert len(look.forecast) > 10
    wanted = sorted([*tasks, *look.forecast], key=look.key)
    rows = look.shown_in(*buckets)
    down: list[QueueRow] = list(rows.first(limit))
    while len(down) <= len(wanted) and (more := rows.page_after(down[-1], limit)):
        down += more
    assert down == wanted
    up: list[QueueRow] = list(rows.last(limit))
    while len(up) <= len(wanted) and (more := rows.page_before(up[0], limit)):
        up[:0] = more
    assert up == wanted


def test_a_foreseen_step_stands_behind_the_tasks_of_its_day(world: World) -> None:
    world.enroll("standard")
    desk = Desk(world.context)
    look = desk.look()
    step = desk.forecast(look).rows[0]
    world.make_task("Send the tiers", due=step.due_on, priority=Priority.LOW)
    look.foresee([step])
    assert [row.is_forecast for row in look.shown_in(Bucket.UPCOMING).first(10)] == [False, True]


def test_the_words_of_a_filter_are_looked_for_in_them_too(world: World) -> None:
    world.enroll("standard")
    desk = Desk(world.context)
    look = desk.look()
    steps = desk.forecast(look).rows
    look.choose(words="ANGLE ruiz")
    look.foresee(steps)
    assert [step.action for step in look.forecast] == ["Call with a different angle"]


def test_what_is_due_today_for_the_viewer_is_not_foreseen(world: World) -> None:
    world.enroll("standard")
    desk = Desk(world.context)
    look = desk.look()
    first, *rest = desk.forecast(look).rows
    look.foresee([first._replace(due_on=world.today), *rest])
    assert look.forecast == tuple(rest)


def test_the_steps_before_a_row_are_counted_and_only_where_they_are_shown(world: World) -> None:
    world.enroll("standard")
    desk = Desk(world.context)
    look = desk.look()
    look.foresee(desk.forecast(look).rows)
    early, late = look.forecast[0], look.forecast[-1]
    number = world.make_task("Send the tiers", due=late.due_on, links=Links(world.contact, None, None))
    [row] = look.visible([number])
    assert look.foreseen_before(row) == len(look.forecast) - 1
    assert look.foreseen_before(row._replace(due_on=early.due_on)) == 0
    assert look.foreseen_in((Bucket.UPCOMING, Bucket.LATER)) == len(look.forecast)
    assert look.foreseen_in((Bucket.HIDDEN,)) == 0

"""Everything about a task: whatever its status, in the order asked for, with its last contact."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Bucket
from fu_tui.queries.details import birth, detail, details, plan_of_enrollment
from fu_tui.services.spawn import Links
from tests.world import World


def test_in_the_order_asked_for_without_what_is_gone(world: World) -> None:
    for _ in range(3):
        world.make_task()
    assert [task.id for task in details(world.db, [3, 99, 1])] == [3, 1]
    with pytest.raises(NotFound):
        detail(world.db, 99)


def test_a_withdrawn_successor_is_gone_and_not_pointed_to(world: World) -> None:
    world.make_task()
    spawned = world.spawn(1).task_id
    assert (detail(world.db, 1).spawned, detail(world.db, spawned).spawned_by) == (spawned, 1)
    world.journal.undo()
    assert detail(world.db, 1).spawned is None
    assert details(world.db, [spawned]) == ()


def test_bucket_and_lateness_are_the_viewers(world: World) -> None:
    world.make_task(due=date(2026, 11, 20))
    world.make_task(due=world.today, hidden_until=date(2026, 11, 24))
    late, hidden = details(world.db, [1, 2])
    now = world.clock.now()
    assert (late.bucket(world.today, now), late.overdue_days(world.today)) == (Bucket.OVERDUE, 3)
    assert hidden.bucket(world.today, now) is Bucket.HIDDEN
    world.close([1], "not_needed")
    closed = detail(world.db, 1)
    assert (closed.bucket(world.today, now), closed.overdue_days(world.today)) == (None, 0)


def test_the_last_contact_is_the_contacts_or_the_deals(world: World) -> None:
    world.make_task()
    world.make_task(links=Links(deal_id=world.deal))
    assert [task.last_contact_at for task in details(world.db, [1, 2])] == ["", ""]
    world.close([1], "replied")
    world.pass_days(2)
    world.close([2], "no_reply")
    mine, deals = details(world.db, [1, 2])
    assert (mine.last_contact_at, mine.last_channel, mine.last_direction) == (
        "2026-11-23T09:00:00Z",
        "call",
        "in",
    )
    assert (deals.last_contact_at, deals.last_direction) == ("2026-11-25T09:00:00Z", "out")


def test_what_brought_a_task(world: World) -> None:
    enrolled = world.enroll("proposal")
    made = birth(world.db, enrolled.task_id)
    assert made is not None
    assert (made.verb, made.actor, made.at) == ("enroll", "Dana Okafor", world.clock.now())
    assert birth(world.db, 99) is None


def test_the_plan_of_an_enrollment(world: World) -> None:
    plan = plan_of_enrollment(world.db, world.enroll("proposal").enrollment_id)
    assert (plan.anchor, [days for _, days in plan.offsets]) == ("planned", [0, 3, 7, 14, 21])

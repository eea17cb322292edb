"""Several processes at the same tasks at once: one wins, the others are told who, and there is one successor each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from fu_tui.core.terms import Channel, Direction, Lifecycle
from fu_tui.services.enroll import Target
from fu_tui.services.touches import log_touch
from fu_tui.store.models import Deal
from tests.faults.nursery import Nursery
from tests.world import World

PROCESSES = 8
TASKS = 300


def test_of_two_closers_one_wins_and_the_other_is_told_who(world: World, nursery: Nursery) -> None:
    task = world.enroll("standard").task_id
    world.db.close()
    nursery.order("close_all", world.path, count=2, people=[world.dana, world.sam], tasks=[task])
    said = list(nursery.lines())
    (won,) = [line for line in said if "spawned" in line]
    (lost,) = [line for line in said if "refused" in line]
    winner = world.db.value("SELECT name FROM user WHERE id = ?", (world.task(task)["closed_by_id"],))
    assert lost["refused"] == (
        f"Task {task} was closed by {winner} at 09:00, spawned #{won['spawned']}. Nothing was written."
    )
    assert lost["kind"] == "Conflict"
    assert [row["id"] for row in world.open_tasks()] == [won["spawned"]]


def test_many_closers_of_the_same_tasks_make_one_successor_each(world: World, nursery: Nursery) -> None:
    """Half of the tasks belong to a cadence, half are on their own."""
    with world.context.unit("setup"):
        deals = [world.make_deal(f"Deal {n}") for n in range(TASKS // 2)]
        tasks = [world.make_task(f"Call about matter {n}") for n in range(TASKS // 2)]
    enrolled = world.enrolling.enroll("standard", [Target(None, deal) for deal in deals])
    tasks += [event.task_id for event in enrolled]  # type: ignore[union-attr]
    world.db.close()
    nursery.order("close_all", world.path, count=PROCESSES, people=[world.dana, world.sam], tasks=tasks)
    said = list(nursery.lines())
    won = Counter(line["task"] for line in said if "spawned" in line)
    assert won == Counter(tasks), "each was closed by exactly one"
    lost = [line for line in said if "refused" in line]
    assert len(lost) == (PROCESSES - 1) * TASKS
    assert {line["kind"] for line in lost} == {"Conflict"}
    assert all(" was closed by " in line["refused"] for line in lost)
    successors = Counter(row["spawned_by_id"] for row in world.open_tasks())
    assert successors == Counter(tasks), "each has exactly one successor"


def test_several_ticks_at_once_make_everything_once(world: World, nursery: Nursery) -> None:
    """Domain §7.20: two desks and a cron job tick at the same moment."""
    contacts = [world.make_contact(f"Silent {number}", lifecycle=Lifecycle.LEAD) for number in range(6)]
    with world.context.unit("setup") as work:
        for contact in contacts:
            log_touch(
                work, channel=Channel.CALL, direction=Direction.OUT, contact_id=contact, deal_id=None,
                at=world.clock.at - timedelta(days=9),
            )  # fmt: skip
        deal = world.make_deal("Parked until today")
        work.update(Deal, deal, parked_until=world.today, park_reason="their budget")
    world.make_task("Call Ana about the seats")
    world.db.close()
    nursery.order("tick", world.path, count=PROCESSES, people=[world.dana, world.sam], times=3)
    said = list(nursery.lines())
    assert not [line for line in said if "crashed" in line]
    made = Counter(kind for line in said for kind in line["made"])
    assert made == {"DealUnparked": 1, "TaskAdded": 1, "Triggered": 6, "Noticed": 1}
    assert Counter(row["contact_id"] for row in world.open_tasks() if row["origin"] == "trigger") == Counter(
        [*contacts, None]
    )
    entries = world.db.rows(
        "SELECT verb, count(*) FROM journal_entry WHERE actor_id IS NULL AND verb <> 'init' GROUP BY verb"
    )
    assert sorted(entries) == [("tick", 1), ("unpark", 1)], "no empty entry stays"

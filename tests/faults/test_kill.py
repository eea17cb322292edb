"""Kill -9 in the middle of closes: what was acknowledged is there, nothing is there twice or half."""

from __future__ import annotations

from random import Random

from fu_tui.queries.doctor import examine
from fu_tui.store.database import open_existing
from tests.faults.nursery import Nursery
from tests.world import World

KILLS = 50
SEED = 881


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(world: World, nursery: Nursery) -> None:
    """A process closes on and on and says what it closed; it is killed at a random moment, fifty times."""
    random = Random(SEED)
    for number in range(4):
        world.make_task(f"Call about matter {number}")
    acknowledged: dict[int, int] = {}
    torn = 0
    for _ in range(KILLS):
        world.db.close()
        tasks = [row["id"] for row in world.open_tasks()]
        world.db.close()
        nursery.order("close_on", world.path, who=world.dana, tasks=tasks)
        for _ in range(random.randint(1, 6)):
            said = nursery.line()
            acknowledged[said["task"]] = said["spawned"]
        while not nursery.is_silent(random.random() * 0.004):
            said = nursery.line()
            acknowledged[said["task"]] = said["spawned"]
        nursery.kill()
        acknowledged |= {said["task"]: said["spawned"] for said in nursery.lines()}
        torn += world.path.with_name("fu.db-journal").exists()
        world.db = open_existing(world.path)
        world.act_as(world.dana)
        assert examine(world.db).violations == ()
        assert len(world.open_tasks()) == 4, "each conversation goes on once"
    done = {row[0]: row[1] for row in world.db.rows(
        "SELECT t.id, s.id FROM task t JOIN task s ON s.spawned_by_id = t.id WHERE t.status = 'done'"
    )}  # fmt: skip
    assert acknowledged.items() <= done.items()
    assert len(done) - len(acknowledged) <= KILLS, "at most one close a kill was done and not yet said"
    assert torn > 0, "some were killed in the middle of a transaction, or this proves nothing"

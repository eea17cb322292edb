"""What came back on a cadence, who runs on which version, and where they stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fu_tui.queries.cadence_rows import Response
from fu_tui.queries.cadences import cadences, responses, runs, sheet
from fu_tui.services.cadences import Cadences
from fu_tui.store.lookup import find_cadence
from fu_tui.store.plans import newest_version
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def close_on_its_day(world: World, task: int, outcome: str = "no_reply") -> int | None:
    """Close a task on its due day. Returns the next one."""
    world.go_to(max(world.today, world.clock.at.date().fromisoformat(world.task(task)["due_on"])))
    world.close([task], outcome)
    return world.db.value("SELECT id FROM task WHERE spawned_by_id = ? AND status = 'open'", (task,))


def test_an_answer_is_credited_to_the_last_touch_before_it(world: World) -> None:
    version = newest_version(world.db, find_cadence(world.db, "proposal").id)
    contacts = [world.make_contact(name) for name in ("Ben Ito", "Cy Doe", "Di Roe", "Ed Poe")]
    first = [world.enroll("proposal", contact=contact).task_id for contact in contacts]
    assert responses(world.db, version) == {}
    second = [close_on_its_day(world, task) for task in first]
    assert responses(world.db, version) == {1: Response(0, 0)}, "nobody answered, nobody waited it out"
    assert second[0]
    assert second[1]
    close_on_its_day(world, second[0], "replied")
    close_on_its_day(world, second[1])
    assert responses(world.db, version) == {1: Response(0, 2), 2: Response(1, 1)}
    assert second[2]
    world.close([second[2]], "not_needed")
    assert responses(world.db, version) == {1: Response(0, 3), 2: Response(1, 1)}
    row = next(row for row in cadences(world.db) if row.key == "proposal")
    assert row.response == Response(1, 2), "an enrollment counts once, when it is over"


def test_too_few_say_nothing() -> None:
    assert Response(5, 19).words == "too few (19)"
    assert Response(0, 0).words == ""
    assert Response(5, 20).words == "25 % of 20"


def test_who_runs_on_which_version(world: World) -> None:
    old = world.enroll("proposal")
    found = find_cadence(world.db, "proposal").id
    plan = sheet(world.db, found).plan
    Cadences(world.context).save_cadence(
        replace(plan, steps=(*plan.steps[:-1], replace(plan.steps[-1], offset_days=25)))
    )
    world.enroll("proposal", contact=world.make_contact("Ben Ito"))
    seen = sheet(world.db, found)
    assert (seen.plan.n, seen.running, seen.row.running) == (2, ((2, 1), (1, 1)), 2)
    who = runs(world.db, found)
    assert [(run.who, run.version, run.step, run.steps) for run in who] == [
        ("Ana Ruiz · GTX Plus · Betatech", 1, 1, 5), ("Ben Ito", 2, 1, 5),
    ]  # fmt: skip
    assert (who[0].enrollment_id, who[0].task_id) == (old.enrollment_id, old.task_id)
    world.close([old.task_id], "replied")
    assert [run.who for run in runs(world.db, found)] == ["Ben Ito"]


def test_the_retired_stand_last(world: World) -> None:
    Cadences(world.context).retire_cadence("inbound")
    assert [row.key for row in cadences(world.db)][-1] == "inbound"

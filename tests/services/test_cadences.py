"""Saving a cadence: versions, what runs on which, conflicts, retiring; each one undo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.errors import Conflict, Refused
from fu_tui.core.events import CadenceBack, CadenceRetired, CadenceSaved, CadenceUnchanged, NotEnrolled
from fu_tui.core.say import say
from fu_tui.services.brings import BEGINS
from fu_tui.services.cadences import Cadences
from fu_tui.services.enroll import Target
from fu_tui.store.lookup import find_cadence
from fu_tui.store.plans import newest_version, plan_of
from tests.world import World


def plan_of_key(world: World, key: str) -> CadencePlan:
    return plan_of(world.db, newest_version(world.db, find_cadence(world.db, key).id))


def later_second(plan: CadencePlan, day: int = 4) -> CadencePlan:
    first, second, *rest = plan.steps
    return replace(plan, steps=(first, replace(second, offset_days=day), *rest))


def save(world: World, plan: CadencePlan, based_on: int | None = None, new: bool = False) -> object:
    return Cadences(world.context).save_cadence(plan, based_on=based_on, new=new)[0]


def test_editing_makes_a_new_version_and_what_runs_keeps_its_own(world: World) -> None:
    """§7.13."""
    running = world.enroll("proposal")
    event = save(world, later_second(plan_of_key(world, "proposal")), 1)
    assert isinstance(event, CadenceSaved)
    assert (event.n, event.older) == (2, 1)
    assert (
        say(event, today=world.today)
        == "Proposal: version 2; 1 running goes on with the version it began with"
    )
    spawned = world.spawn(running.task_id)
    assert spawned.due_on.isoformat() == "2026-11-27", "three days, by the version it is pinned to"
    fresh = world.enroll("proposal", contact=world.make_contact("Ben Ito"))
    assert world.spawn(fresh.task_id).due_on.isoformat() == "2026-11-27", "four days"
    assert world.record("enrollment", fresh.enrollment_id)["version_id"] == event.version_id


def test_one_entry_and_one_undo(world: World) -> None:
    before = world.dump()
    save(world, later_second(plan_of_key(world, "proposal")))
    assert plan_of_key(world, "proposal").step(2).offset_days == 4  # type: ignore[union-attr]
    world.journal.undo()
    assert world.dump() == before
    assert plan_of_key(world, "proposal").n == 1
    event = save(world, later_second(plan_of_key(world, "proposal")))
    assert isinstance(event, CadenceSaved)
    assert event.n == 3, "a number is never used twice"
    world.journal.undo()
    world.journal.redo()
    assert plan_of_key(world, "proposal").n == 3


def test_an_undo_is_refused_while_somebody_runs_on_the_version(world: World) -> None:
    save(world, later_second(plan_of_key(world, "proposal")))
    with world.acting(world.sam):
        world.enroll("proposal", deal=world.make_deal("Sam's", owner=world.sam))
    with pytest.raises(Conflict):
        world.journal.undo()


def test_the_same_again_is_nothing_to_do(world: World) -> None:
    entries = len(world.journal.entries())
    event = save(world, plan_of_key(world, "proposal"))
    assert isinstance(event, CadenceUnchanged)
    assert "nothing to do" in say(event, today=world.today)
    assert len(world.journal.entries()) == entries


def test_another_name_is_no_other_version(world: World) -> None:
    world.enroll("proposal")
    event = save(world, replace(plan_of_key(world, "proposal"), name="Offer"))
    assert isinstance(event, CadenceSaved)
    assert event.n == 1
    assert plan_of_key(world, "proposal").name == "Offer"
    assert world.context.plan(event.version_id).name == "Offer", "what was read before is read anew"


def test_a_new_cadence_and_a_key_that_is_taken(world: World) -> None:
    plan = replace(plan_of_key(world, "chase"), key="chase-legal", name="Chase the lawyers")
    event = save(world, plan, new=True)
    assert isinstance(event, CadenceSaved)
    assert say(event, today=world.today) == "Chase the lawyers: a new cadence"
    assert plan_of_key(world, "chase-legal") == plan
    with pytest.raises(Refused, match="already"):
        save(world, replace(plan, name="Another"), new=True)


def test_who_comes_second_is_told(world: World) -> None:
    plan = plan_of_key(world, "proposal")
    with world.acting(world.sam):
        save(world, later_second(plan, 5), 1)
    with pytest.raises(Conflict, match="version 2 is the newest"):
        save(world, later_second(plan, 4), 1)


def test_what_breaks_a_rule_is_not_saved(world: World) -> None:
    with pytest.raises(Refused, match="Step 2: It is not after step 1"):
        save(world, later_second(plan_of_key(world, "proposal"), 0))
    assert plan_of_key(world, "proposal").n == 1


def test_a_retired_one_begins_nowhere_and_what_runs_goes_on(world: World) -> None:
    running = world.enroll("proposal")
    event = Cadences(world.context).retire_cadence("proposal")[0]
    assert event == CadenceRetired(
        "proposal", "Proposal", 1, ("the stage Proposal sent", "the trigger proposal-sent")
    )
    assert "1 running goes on" in say(event, today=world.today)
    with pytest.raises(Refused, match="Proposal is retired"):
        world.enrolling.enroll("proposal", [Target(world.make_contact("Ben Ito"), None)])
    assert world.spawn(running.task_id).action == "Call about open questions"
    with pytest.raises(Refused, match="already"):
        Cadences(world.context).retire_cadence("proposal")
    assert Cadences(world.context).revive_cadence("proposal") == (CadenceBack("proposal", "Proposal"),)
    with pytest.raises(Refused, match="not retired"):
        Cadences(world.context).revive_cadence("proposal")
    outcome = world.enrolling.enroll("proposal", [Target(world.make_contact("Cy Doe"), None)])[0]
    assert not isinstance(outcome, NotEnrolled)


def test_retiring_is_undone(world: World) -> None:
    before = world.dump()
    Cadences(world.context).retire_cadence("chase")
    world.journal.undo()
    assert world.dump() == before


@pytest.mark.parametrize("key", sorted(BEGINS.values()))
def test_what_closing_needs_stays(world: World, key: str) -> None:
    with pytest.raises(Refused, match="can't be retired"):
        Cadences(world.context).retire_cadence(key)

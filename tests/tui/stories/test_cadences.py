"""`g k`: a manager looks at a cadence, tries its days, changes it, and sees who runs on what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.clock import FixedClock
from fu_tui.core.terms import Channel
from fu_tui.services.cadences import Cadences
from fu_tui.store.lookup import find_cadence
from fu_tui.store.plans import newest_version, plan_of
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

PROPOSAL = ("down",) * 4


def plan_in(world: World, key: str) -> CadencePlan:
    return plan_of(world.db, newest_version(world.db, find_cadence(world.db, key).id))


async def open_proposal(desk: DeskDriver) -> None:
    await desk.press("go.cadences")
    await desk.key(*PROPOSAL, "enter")
    assert desk.modal().startswith("╭ Proposal ─")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(
    demo: Path, clock: FixedClock, golden: Callable[[str, str], None], size: tuple[int, int]
) -> None:
    name = f"{size[0]}x{size[1]}"
    async with at_the_desk(demo, clock, size=size) as desk:
        await desk.press("go.cadences")
        await desk.key(*PROPOSAL)
        golden(f"cadences-{name}", desk.seen())
        await desk.key("enter")
        golden(f"cadence-{name}", desk.seen())
        await desk.key("e")
        golden(f"cadence-edit-{name}", desk.seen())


async def test_the_days_from_any_start_while_it_is_typed(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        await desk.key("t")
        await desk.type("2026-11-23")
        assert "Thu 26 Nov is Thanksgiving" in desk.modal(), "the holiday that is passed over is named"
        await desk.key("enter", "t")
        await desk.type("10 dec")
        shown = desk.modal()
        days = ("Thu 10 Dec", "Mon 14 Dec", "Thu 17 Dec", "Thu 24 Dec", "Thu 31 Dec")
        assert [day for day in days if day in shown] == list(days), "as in the golden table"
        await desk.key("enter")
        assert "From  Thu 10 Dec 2026" in desk.modal()
        await desk.key("t", "escape")
        assert "From  Thu 10 Dec 2026" in desk.modal(), "escape changes nothing"


async def test_a_step_is_changed_and_saved_as_a_new_version_in_one_undo(world: World) -> None:
    """§7.13."""
    running = world.enroll("proposal")
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        await desk.key("e", "down", "+", "enter", "down", "down", "down", "down", "enter")
        assert "step 2 of 5" in desk.modal()
        await desk.key("down", "enter")
        desk.app.screen.field.value = ""
        await desk.type("Call and settle what is open")
        await desk.key("enter", "escape", "s")
        assert "Proposal: version 2 is saved. Who comes along?" in desk.modal()
        await desk.key("escape")
        assert "version 2 · 1 running on version 1" in desk.modal()
        assert "Call and settle what is open" in desk.modal()
        await desk.key("escape", "escape")
        assert "Proposal: version 2; 1 running goes on" in desk.footer()
        plan = plan_in(world, "proposal")
        assert [step.offset_days for step in plan.steps] == [0, 4, 8, 15, 22]
        assert plan.steps[1].channel is Channel.TEXT, "enter on a choice takes the next"
        await desk.press("journal.undo")
        assert plan_in(world, "proposal").n == 1
    assert world.record("enrollment", running.enrollment_id)["version_id"] == newest_version(
        world.db, find_cadence(world.db, "proposal").id
    )


async def test_who_runs_on_an_older_version_comes_along_once_the_days_were_shown(world: World) -> None:
    first = world.enroll("proposal")
    world.spawn(first.task_id)
    world.enroll("proposal", contact=world.make_contact("Ben Ito"))
    plan = plan_in(world, "proposal")
    second = replace(plan.steps[1], offset_days=5)
    Cadences(world.context).save_cadence(replace(plan, steps=(plan.steps[0], second, *plan.steps[2:])))
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        assert "m to version 2" in desk.modal()
        await desk.key("m")
        assert "Proposal: to version 2" in desk.modal()
        assert "bring 2 along" in desk.modal()
        assert "Fri 27 Nov → Mon 30 Nov" in desk.modal()
        await desk.key("a")
        assert "along" not in desk.modal()
        await desk.key("space", "enter")
        assert "2 running: 1 on version 2, 1 on version 1" in desk.modal()
        await desk.key("escape", "escape")
    due = {row["enrollment_id"]: row["due_on"] for row in world.open_tasks()}
    assert due[first.enrollment_id] == "2026-11-30"


async def test_those_who_run_come_along_right_after_the_save_and_one_undo_takes_them_back(
    world: World,
) -> None:
    """§7.13: the old and the new days are shown first."""
    first = world.enroll("proposal")
    second = world.spawn(first.task_id)
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        await desk.key("e", "down", "+", "+", "s")
        assert "Fri 27 Nov → Mon 30 Nov" in desk.modal()
        await desk.key("enter")
        assert "version 2 · 1 running" in desk.modal()
        await desk.key("escape", "escape")
        assert world.task(second.task_id)["due_on"] == "2026-11-30"
        await desk.press("journal.undo")
        assert world.task(second.task_id)["due_on"] == "2026-11-27"
        assert plan_in(world, "proposal").n == 2, "the save stands"


async def test_steps_are_added_moved_removed_and_taken_back(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        await desk.key("e", "a")
        await desk.type("Send a reference")
        await desk.key("enter", "escape")
        assert "Step 2: It has no purpose" in desk.modal()
        await desk.key("s")
        assert "It can't be saved yet." in desk.modal()
        await desk.key("u", "u")
        assert "Send a reference" not in desk.modal()
        await desk.key("U", "U")
        assert "Send a reference" in desk.modal()
        await desk.key("x")
        assert "Step 2 is removed" in desk.modal()
        await desk.key("J", "s")
        plan = plan_in(world, "proposal")
        assert [step.action for step in plan.steps[1:3]] == [
            "Ask about the timeline",
            "Call about open questions",
        ]
        assert [step.offset_days for step in plan.steps] == [0, 3, 7, 14, 21], "the days stay where they are"


async def test_what_was_left_unsaved_waits(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        await desk.key("e", "down", "+", "escape")
        assert "Changes to it wait to be saved" in desk.modal()
        await desk.key("escape", "escape")
        await open_proposal(desk)
        await desk.key("e")
        assert "4 days after the start" in desk.modal()
        await desk.key("u", "escape")
        assert "wait to be saved" not in desk.modal()
    assert plan_in(world, "proposal").n == 1


async def test_who_saves_second_is_told_and_keeps_their_draft(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        await desk.key("e", "down", "+")
        Cadences(world.context).save_cadence(replace(plan_in(world, "proposal"), max_unanswered=6))
        await desk.key("s")
        assert "version 2 is the newest" in desk.modal()
        await desk.key("escape", "e")
        assert "Proposal: version 2 was saved while your changes to version 1 waited." in desk.modal()
        await desk.key("m", "s")
        assert "version 3" in desk.modal()
    assert plan_in(world, "proposal").steps[1].offset_days == 4


async def test_a_new_one_and_a_copy(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.cadences")
        await desk.key("n")
        await desk.type("Trial users")
        await desk.key("enter")
        assert "No step yet" in desk.modal()
        await desk.key("enter")
        await desk.type("Ask what they tried first")
        await desk.key("enter", "down", "enter")
        await desk.type("Find what holds them up")
        await desk.key("enter", "escape", "s")
        assert "Trial users" in desk.modal()
        await desk.key(*PROPOSAL, "enter", "c", "enter", "s", "escape", "escape")
    assert plan_in(world, "trial-users").steps[0].purpose == "Find what holds them up"
    copy = plan_in(world, "proposal-2")
    assert copy.steps == plan_in(world, "proposal").steps
    assert copy.name == "Proposal 2"


async def test_who_is_enrolled_leads_to_their_task(world: World) -> None:
    world.make_task("Something else")
    world.enroll("proposal")
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        await desk.key("w")
        assert "Ana Ruiz · GTX Plus · Betatech" in desk.modal()
        assert "step 1/5" in desk.modal()
        await desk.key("enter")
        assert desk.modal() == ""
        assert desk.cursor() == "Send the proposal"


async def test_retired_and_taken_up_again(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        await desk.key("r")
        assert "retired" in desk.modal()
        await desk.key("escape")
        assert "Proposal (retired)" in desk.modal()
        await desk.key("enter", "r", "escape", "escape")
        assert "Proposal can begin again" in desk.footer()


async def test_fields_say_what_they_mean_and_what_they_may_be(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await open_proposal(desk)
        await desk.key("e", "end", *("up",) * 2)
        assert "Months until a conversation" in desk.modal()
        await desk.key("enter")
        desk.app.screen.field.value = "12"
        await desk.key("enter")
        assert "Nurture rests must be a whole number from 3 to 6." in desk.modal()
        await desk.key("escape", "up", "right")
        assert "nurture" in desk.modal()

"""The life of an enrollment: paused and resumed, a step skipped, stopped, replaced; and every verb taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from fu_tui.core.errors import Conflict, NotFound, Refused, UsageError
from fu_tui.core.events import Enrolled, FollowUpSpawned
from fu_tui.core.events_life import (
    CadencePaused,
    CadenceReplaced,
    CadenceResumed,
    CadenceStopped,
    StepSkipped,
)
from fu_tui.queries.doctor import examine
from fu_tui.services.journal import Journal
from fu_tui.store.models import Contact
from tests.world import World

RESUME = date(2026, 12, 14)


@pytest.fixture(autouse=True)
def sound(world: World) -> Iterator[None]:
    """After each story the file keeps its promises."""
    yield
    assert examine(world.db).violations == ()


def back_and_forth(world: World, do: Callable[[], object]) -> None:
    """Do something; undo has to restore everything, redo has to do it again."""
    before = world.dump()
    do()
    after = world.dump()
    Journal(world.context).undo()
    assert world.dump() == before
    Journal(world.context).redo()
    assert world.dump() == after


def test_a_pause_freezes_the_days_that_are_left_and_never_catches_up(world: World) -> None:
    begun = world.enroll("standard")
    world.change_due(begun.task_id, date(2026, 12, 1))
    world.go_to(date(2026, 11, 27))
    (paused,) = world.life.pause([begun.enrollment_id], reason="trade fair")
    assert paused == CadencePaused(
        begun.enrollment_id, "Standard outreach", "Ana Ruiz · GTX Plus · Betatech", (begun.task_id,), 4
    )
    assert (world.task(begun.task_id)["status"], world.open_tasks()) == ("held", [])
    assert examine(world.db).violations == ()
    with pytest.raises(Conflict, match=r"is held, not open\. It waits: resume its cadence"):
        world.close([begun.task_id], "no_reply")
    world.go_to(RESUME)
    (resumed,) = world.life.resume([begun.enrollment_id])
    assert isinstance(resumed, CadenceResumed)
    assert resumed.due_on == date(2026, 12, 18), "the golden example of docs/cadences.md"
    assert world.trace(begun.task_id).lines == (
        "waited from Fri 27 Nov, when it was due Tue 1 Dec: 4 days left",
        "4 days after resuming (Mon 14 Dec) → Fri 18 Dec",
    )


def test_what_was_late_when_it_was_paused_is_due_on_the_day_of_resuming(world: World) -> None:
    begun = world.enroll("standard")
    world.go_to(date(2026, 12, 4))
    world.life.pause([begun.enrollment_id])
    world.go_to(RESUME)
    (resumed,) = world.life.resume([begun.enrollment_id])
    assert isinstance(resumed, CadenceResumed)
    assert resumed.due_on == RESUME


def test_a_planned_cadence_moves_with_its_pause(world: World) -> None:
    begun = world.enroll("proposal")
    second = world.spawn(begun.task_id)
    assert second.due_on == date(2026, 11, 27)
    world.life.pause([begun.enrollment_id])
    world.go_to(RESUME)
    world.life.resume([begun.enrollment_id])
    third = world.spawn(second.task_id, on=None)
    # Due Fri 18 Dec, 21 days later than planned: day 7 of the plan is Mon 21 Dec.
    assert world.task(second.task_id)["due_on"] == "2026-12-18"
    assert third.due_on == date(2026, 12, 21)


def test_pause_and_resume_are_taken_back_and_done_again(world: World) -> None:
    begun = world.enroll("proposal")
    back_and_forth(world, lambda: world.life.pause([begun.enrollment_id]))
    world.go_to(RESUME)
    back_and_forth(world, lambda: world.life.resume([begun.enrollment_id]))


def test_resuming_after_a_bounce_spawns_the_step_again_and_ends_the_search(world: World) -> None:
    begun = world.enroll("standard")
    search = world.spawn(begun.task_id, "bounced").task_id
    back_and_forth(world, lambda: world.life.resume([begun.enrollment_id]))
    assert world.task(search)["status"] == "superseded"
    [again] = world.open_tasks()
    assert (again["step_no"], again["attempt"], again["due_on"]) == (1, 2, "2026-11-23")


def test_what_is_paused_or_runs_is_not_paused_or_resumed_again(world: World) -> None:
    begun = world.enroll("standard")
    with pytest.raises(Refused, match="is not paused"):
        world.life.resume([begun.enrollment_id])
    world.life.pause([begun.enrollment_id])
    with pytest.raises(Refused, match="is paused already"):
        world.life.pause([begun.enrollment_id])
    with pytest.raises(NotFound, match="There is no enrollment 99"):
        world.life.pause([99])


def test_a_paused_cadence_is_not_resumed_for_one_who_wants_no_contact(world: World) -> None:
    begun = world.enroll("standard")
    world.life.pause([begun.enrollment_id])
    world.change(Contact, world.contact, do_not_contact=True)
    with pytest.raises(Refused, match="asked not to be contacted"):
        world.life.resume([begun.enrollment_id])


# --- 7.6: skip this step, stop the cadence


def test_7_6_a_skipped_step_brings_the_next_and_does_not_count(world: World) -> None:
    begun = world.enroll("standard")
    events: list[object] = []
    back_and_forth(world, lambda: events.extend(world.life.skip([begun.task_id])))
    skipped, spawned = events
    assert skipped == StepSkipped(begun.task_id, begun.action)
    assert isinstance(spawned, FollowUpSpawned)
    assert spawned.due_on == date(2026, 11, 27), "the same arithmetic as after a close"
    assert world.task(begun.task_id)["status"] == "skipped"
    assert world.db.value("SELECT count(*) FROM activity") == 0, "nobody was contacted"


def test_7_6_a_decision_and_a_task_without_a_cadence_are_not_skipped(world: World) -> None:
    plain = world.make_task()
    with pytest.raises(Refused, match="belongs to no cadence"):
        world.life.skip([plain])
    begun = world.enroll("standard", from_step=5)
    with pytest.raises(Refused, match="is a decision"):
        world.life.skip([begun.task_id])


def test_7_6_the_last_step_that_is_skipped_ends_the_cadence(world: World) -> None:
    key = world.make_cadence("two", (0, 3), on_exhaust="complete")
    begun = world.enroll(key, from_step=2)
    world.life.skip([begun.task_id])
    assert world.record("enrollment", begun.enrollment_id)["end_reason"] == "completed"


def test_7_6_a_cadence_is_stopped_with_its_reason(world: World) -> None:
    begun = world.enroll("standard")
    with pytest.raises(Refused, match="Why is it stopped"):
        world.life.stop([begun.enrollment_id], " ")
    back_and_forth(world, lambda: world.life.stop([begun.enrollment_id], "bought elsewhere"))
    row = world.record("enrollment", begun.enrollment_id)
    assert (row["state"], row["end_reason"]) == ("ended", "stopped")
    assert world.task(begun.task_id)["status"] == "superseded"
    assert "bought elsewhere" in world.journal.entries(3)[2].summary
    with pytest.raises(Refused, match="has ended"):
        world.life.pause([begun.enrollment_id])


@pytest.mark.parametrize("paused", [False, True])
def test_7_6_the_open_task_of_a_stopped_cadence_can_stay(world: World, paused: bool) -> None:
    begun = world.enroll("standard")
    if paused:
        world.life.pause([begun.enrollment_id])
        world.go_to(RESUME)
    (stopped,) = world.life.stop([begun.enrollment_id], "by hand from here", keep=True)
    assert isinstance(stopped, CadenceStopped)
    assert stopped.kept
    task = world.task(begun.task_id)
    assert (task["status"], task["enrollment_id"], task["origin"]) == ("open", None, "user")
    assert world.spawn(begun.task_id).due_on, "it goes on as a task without a cadence"


# --- 7.7: exclusive and parallel


def test_7_7_another_cadence_takes_the_place_of_the_one_that_runs(world: World) -> None:
    begun = world.enroll("standard")
    events: list[object] = []
    back_and_forth(world, lambda: events.extend(world.life.replace([begun.enrollment_id], "inbound")))
    replaced, enrolled = events
    assert isinstance(replaced, CadenceReplaced)
    assert isinstance(enrolled, Enrolled)
    assert world.record("enrollment", begun.enrollment_id)["end_reason"] == "replaced"
    assert world.task(begun.task_id)["status"] == "superseded"
    assert [task["enrollment_id"] for task in world.open_tasks()] == [enrolled.enrollment_id]


def test_7_7_the_same_cadence_again_begins_with_its_first_step(world: World) -> None:
    begun = world.enroll("standard")
    world.spawn(begun.task_id)
    _, again = world.life.replace([begun.enrollment_id], "standard")
    assert isinstance(again, Enrolled)
    assert world.task(again.task_id)["step_no"] == 1


def test_7_7_a_second_outreach_to_a_contact_is_refused_and_what_ran_runs_on(world: World) -> None:
    other = world.make_deal("Other", world.account)
    world.enroll("standard")
    chase = world.enroll("chase", contact=world.contact, deal=other)
    with pytest.raises(Refused, match=r"only one outreach runs at a time.*runs on"):
        world.life.replace([chase.enrollment_id], "inbound")
    assert world.record("enrollment", chase.enrollment_id)["state"] == "active"
    with pytest.raises(UsageError, match="has 5 steps, not 9"):
        world.life.replace([chase.enrollment_id], "inbound", from_step=9)


# --- who may, and against what was shown


def test_reps_change_only_what_they_do_themselves(world: World) -> None:
    begun = world.enroll("standard")
    with world.acting(world.sam):
        for verb in (
            lambda: world.life.pause([begun.enrollment_id]),
            lambda: world.life.stop([begun.enrollment_id], "because"),
            lambda: world.life.replace([begun.enrollment_id], "chase"),
            lambda: world.life.skip([begun.task_id]),
        ):
            with pytest.raises(Refused, match="belongs to Dana Okafor"):
                verb()


def test_what_changed_since_it_was_shown_is_a_conflict(world: World) -> None:
    begun = world.enroll("standard")
    seen = {begun.task_id: world.task(begun.task_id)["version"]}
    world.moves.priority([begun.task_id])
    with pytest.raises(Conflict, match="was changed by someone"):
        world.life.skip([begun.task_id], versions=seen)
    with pytest.raises(Conflict, match="was changed by someone"):
        world.life.stop([begun.enrollment_id], "because", versions=seen)


def test_an_undo_of_a_skip_asks_where_the_next_step_was_changed(world: World) -> None:
    begun = world.enroll("standard")
    *_, spawned = world.life.skip([begun.task_id])
    assert isinstance(spawned, FollowUpSpawned)
    with world.acting(world.sam):
        world.moves.priority([spawned.task_id])
    with pytest.raises(Conflict, match="was changed since it was spawned"):
        world.journal.undo()


def test_what_is_kept_of_a_stopped_cadence_still_waits_with_its_deal(world: World) -> None:
    begun = world.enroll("standard")
    world.life.pause([begun.enrollment_id])
    world.deals.park([world.deal], RESUME, "budget")
    world.life.stop([begun.enrollment_id], "the budget is gone", keep=True)
    assert world.task(begun.task_id)["status"] == "held"
    world.deals.unpark([world.deal])
    assert (world.task(begun.task_id)["status"], world.task(begun.task_id)["enrollment_id"]) == ("open", None)

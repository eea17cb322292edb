"""What mends that which slips: an owner for a contact, a file laid aside, a stalled cadence that goes on."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.errors import NotFound, Refused
from fu_tui.core.events_life import CadenceResumed, ContactOwned, FileClosed
from fu_tui.core.say import say_all
from fu_tui.core.terms import Role
from fu_tui.queries.doctor import examine
from fu_tui.services.contacts import Contacts
from fu_tui.services.following import MAX_UNANSWERED
from fu_tui.store.models import Deal, Task, User
from tests.world import World


def codes(world: World) -> set[str]:
    """What the doctor counts; that nothing is broken is seen on the way."""
    report = examine(world.db)
    assert report.violations == ()
    return {finding.code for finding in report.lists}


def stalled(world: World, status: str = "cancelled", **more: object) -> int:
    """A running enrollment whose task is gone. Returns its id."""
    begun = world.enroll("standard")
    world.change(Task, begun.task_id, status=status, **more)
    assert "I4" in codes(world)
    return begun.enrollment_id


def resumed(world: World, enrollment: int) -> CadenceResumed:
    [event] = world.life.resume([enrollment])
    assert isinstance(event, CadenceResumed)
    assert "I4" not in codes(world)
    return event


# --- contacts


def test_a_contact_that_nobody_owns_is_taken_and_the_undo_gives_it_back(world: World) -> None:
    lou, ida = world.make_contact("Lost Lou", owner=None), world.make_contact("Ida Moe", owner=None)
    before = world.dump()
    events = Contacts(world.context).own([lou, ida, lou])
    assert events == (
        ContactOwned(lou, "Lost Lou", world.dana, "Dana Okafor"),
        ContactOwned(ida, "Ida Moe", world.dana, "Dana Okafor"),
    )
    assert say_all(events, today=world.today) == "2 contacts: Lost Lou → Dana Okafor, …"
    assert "I9" not in codes(world)
    world.journal.undo()
    assert world.dump() == before


def test_only_a_manager_gives_contacts_away(world: World) -> None:
    lou = world.make_contact("Lost Lou", owner=None)
    world.change(User, world.dana, role=Role.REP)
    world.act_as(world.dana)
    with pytest.raises(Refused, match="Only a manager or an admin"):
        Contacts(world.context).own([lou], "sam")
    world.change(User, world.dana, role=Role.MANAGER)
    world.act_as(world.dana)
    [event] = Contacts(world.context).own([lou], "sam")
    assert isinstance(event, ContactOwned)
    assert event.owner == "Sam Hill"


def test_an_owner_is_never_taken_away(world: World) -> None:
    lou = world.make_contact("Lost Lou", owner=None)
    before = world.dump()
    with pytest.raises(Refused, match="Ana Ruiz belongs to Dana Okafor"):
        Contacts(world.context).own([lou, world.contact])
    with pytest.raises(NotFound):
        Contacts(world.context).own([lou], "nobody")
    with pytest.raises(Refused, match="Nothing is chosen"):
        Contacts(world.context).own([])
    assert world.dump() == before, "all or none"


def test_a_file_is_laid_aside_unless_something_is_open(world: World) -> None:
    bo = world.make_contact("Bo Lund")
    before = world.dump()
    [event] = Contacts(world.context).lay_aside([bo])
    assert event == FileClosed(bo, "Bo Lund")
    assert world.record("contact", bo)["lifecycle"] == "closed_file"
    with pytest.raises(Refused, match="closed already"):
        Contacts(world.context).lay_aside([bo])
    world.journal.undo()
    assert world.dump() == before
    world.make_task("Call Ana")
    with pytest.raises(Refused, match='"Call Ana" is open with Ana Ruiz'):
        Contacts(world.context).lay_aside([world.contact])


def test_another_s_contact_is_not_laid_aside_by_a_rep(world: World) -> None:
    bo = world.make_contact("Bo Lund", owner=world.sam)
    world.change(User, world.dana, role=Role.REP)
    world.act_as(world.dana)
    with pytest.raises(Refused, match="belongs to Sam Hill"):
        Contacts(world.context).lay_aside([bo])


def test_a_file_is_not_closed_while_a_cadence_waits_or_stalls(world: World) -> None:
    stalled(world)
    with pytest.raises(Refused, match="Standard outreach has not ended with Ana Ruiz"):
        Contacts(world.context).lay_aside([world.contact])


# --- a stalled cadence


def test_a_step_that_was_not_done_comes_again(world: World) -> None:
    enrollment = stalled(world)
    before = world.dump()
    event = resumed(world, enrollment)
    task = world.task(event.task_id)
    assert (task["step_no"], task["attempt"], task["due_on"]) == (1, 2, world.today.isoformat())
    world.journal.undo()
    assert world.dump() == before
    world.journal.redo()
    assert world.task(event.task_id)["status"] == "open"


def test_after_a_step_that_was_done_the_next_one_comes(world: World) -> None:
    begun = world.enroll("standard")
    spawned = world.spawn(begun.task_id)
    world.change(Task, spawned.task_id, status="withdrawn")
    world.pass_days(9)
    first = resumed(world, begun.enrollment_id)
    assert world.task(first.task_id)["step_no"] == 2, "the second was not done"
    world.change(
        Task, first.task_id, status="done", outcome="done", outcome_note="x", closed_by=world.dana,
        closed_at=world.context.now(), closed_on=world.today,
    )  # fmt: skip
    assert world.task(resumed(world, begun.enrollment_id).task_id)["step_no"] == 3


def test_after_the_last_step_it_is_asked_what_to_do(world: World) -> None:
    key = world.make_cadence("short", [0])
    begun = world.enroll(key)
    world.change(
        Task, begun.task_id, status="done", outcome="done", outcome_note="x", closed_by=world.dana,
        closed_at=world.context.now(), closed_on=world.today,
    )  # fmt: skip
    task = world.task(resumed(world, begun.enrollment_id).task_id)
    assert (task["kind"], task["step_no"]) == ("decide", 2)


def test_a_planned_cadence_moves_with_the_step_that_stood_still(world: World) -> None:
    begun = world.enroll("proposal")
    world.change(Task, begun.task_id, status="cancelled")
    world.go_to(date(2026, 12, 3))
    event = resumed(world, begun.enrollment_id)
    assert event.due_on == date(2026, 12, 3)
    following = world.spawn(event.task_id)
    assert following.due_on == date(2026, 12, 7), "three days after, as planned, and a working day"


def test_it_keeps_its_distance_from_another_cadences_touch(world: World) -> None:
    enrollment = stalled(world)
    other = world.make_deal("Racks · Betatech", world.account)
    world.enroll("post-meeting", deal=other, contact=world.contact, start=date(2026, 11, 22))
    assert resumed(world, enrollment).due_on == date(2026, 11, 25), "Monday is taken, so Wednesday"


def test_after_too_many_tries_it_is_asked_what_to_do(world: World) -> None:
    begun = world.enroll("standard")
    for _ in range(MAX_UNANSWERED):
        world.close([world.make_task()], "no_reply")
    world.change(Task, begun.task_id, status="cancelled")
    task = world.task(resumed(world, begun.enrollment_id).task_id)
    assert (task["kind"], task["step_no"]) == ("decide", 5), "its own question, as after a close"


def test_what_stands_still_for_a_reason_is_not_taken_up(world: World) -> None:
    enrollment = stalled(world)
    world.change(Deal, world.deal, parked_until=date(2027, 1, 4), park_reason="budget")
    with pytest.raises(Refused, match="is parked until"):
        world.life.resume([enrollment])


def test_one_that_runs_is_not_resumed(world: World) -> None:
    begun = world.enroll("standard")
    with pytest.raises(Refused, match="is not paused"):
        world.life.resume([begun.enrollment_id])

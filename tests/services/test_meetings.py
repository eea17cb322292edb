"""A meeting that was held and logged by itself: the cadence that waited for them ends, what follows a meeting begins,
as it does where the open step is closed as held."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from fu_tui.core.errors import ColleagueReplied, TouchedSuccessor
from fu_tui.core.events import EnrollmentEnded, Event, KeptApart, NotTriggered, TasksMoot, Triggered
from fu_tui.core.schedule import recompute
from fu_tui.core.terms import Channel, TaskKind, Touched
from fu_tui.queries.doctor import examine
from fu_tui.queries.touches import unanswered
from fu_tui.services.cases import Cases
from fu_tui.services.logbook import Logbook
from fu_tui.services.spawn import Links
from fu_tui.services.triggers import Switching
from fu_tui.store.models import Contact, DealContact
from tests.world import World


def meet(world: World, contact: int | None = None, deal: int | None = None, **more: Any) -> tuple[Event, ...]:
    """Ana was met, or who is named."""
    whom = (contact, deal) if contact or deal else (world.contact, None)
    return Logbook(world.context).log("meeting", contact_id=whom[0], deal_id=whom[1], **more)


def brings(world: World, contact: int | None = None, deal: int | None = None) -> str:
    whom = (contact, deal) if contact or deal else (world.contact, None)
    return Logbook(world.context).meeting_brings(*whom)


def kinds(events: tuple[Event, ...]) -> list[str]:
    return [type(event).__name__ for event in events]


def enrollment(world: World, number: int = 1) -> tuple[str, str | None]:
    row = world.record("enrollment", number)
    return row["state"], row["end_reason"]


def made(events: tuple[Event, ...]) -> Triggered:
    assert isinstance(events[-1], Triggered), kinds(events)
    return events[-1]


def why_not(events: tuple[Event, ...]) -> str:
    assert isinstance(events[-1], NotTriggered), kinds(events)
    return events[-1].why


def speaks_for(world: World, deal: int, contact: int | None = None) -> None:
    with world.context.unit("setup") as work:
        work.insert(DealContact, deal=deal, contact=contact or world.contact)


def test_a_meeting_with_whom_an_outreach_writes_to_ends_it_and_its_summary_follows(world: World) -> None:
    first = world.enroll("standard", contact=world.contact).task_id
    follow = world.spawn(first).task_id
    world.go_to(date(2026, 11, 25))
    before = world.dump()
    assert brings(world) == "Standard outreach ends; Send the summary and next steps, Fri 27 Nov"
    assert world.dump() == before
    events = meet(world, text="Agreed on a pilot", at=world.clock.at - timedelta(hours=1))
    assert kinds(events) == ["Logged", "EnrollmentEnded", "TasksMoot", "Triggered"]
    assert world.task(follow)["status"] == "superseded"
    row = world.record("enrollment", 1)
    assert (row["state"], row["end_reason"], row["ended_at"]) == ("ended", "meeting", "2026-11-25T09:00:00Z")
    task = world.task(made(events).task_id)
    assert (task["action"], task["due_on"], task["origin"], task["spawned_by_id"]) == (
        "Send the summary and next steps", "2026-11-27", "trigger", follow,
    )  # fmt: skip
    assert recompute(world.trace(task["id"])) == date(2026, 11, 27)
    touch = world.record("activity", 2)
    assert (touch["direction"], touch["reply_class"], touch["event"], touch["task_id"]) == (
        "in", "substantive", "meeting_held", first,
    )  # fmt: skip
    assert unanswered(world.db, world.contact, None) == 0
    assert len(world.open_tasks()) == 1
    assert examine(world.db).violations == ()
    after = world.dump()
    world.journal.undo()
    assert world.dump() == before
    world.journal.redo()
    assert world.dump() == after


@pytest.mark.parametrize(
    "cadence", ["standard", "proposal", "negotiation", "post-meeting", "onboarding", "nurture"]
)
def test_logged_or_closed_as_held_it_comes_to_the_same(world: World, cadence: str) -> None:
    """What runs ends, whatever it is, and what follows a meeting begins, anew where it was running."""
    if cadence == "onboarding":
        world.deals.move_stage([world.deal], "Won")
        task = world.open_tasks()[0]
    else:
        deal = None if cadence in ("standard", "nurture") else world.deal
        task = world.task(world.enroll(cadence, deal=deal, contact=world.contact).task_id)
    contact, deal = task["contact_id"], task["deal_id"]

    def state() -> list[Any]:
        runs = world.db.rows(
            "SELECT cadence_id, contact_id, deal_id, state, end_reason, assignee_id, anchor_on FROM enrollment"
            " WHERE removed_by IS NULL"
        )
        tasks = world.db.rows(
            "SELECT action, due_on, contact_id, deal_id, owner_id, step_no FROM task WHERE status = 'open'"
            " AND removed_by IS NULL"
        )
        return [runs, tasks]

    world.close([task["id"]], "meeting_held")
    closed = state()
    assert len(closed[1]) == 1
    world.journal.undo()
    assert "Send the summary and next steps, Tue 24 Nov" in brings(world, contact, deal)
    meet(world, contact, deal)
    assert state() == closed
    assert examine(world.db).violations == ()


def test_whoever_has_the_conversation_goes_on_with_it(world: World) -> None:
    world.enroll("proposal", deal=world.deal, contact=world.contact, owner="sam")
    assert made(meet(world, world.contact, world.deal)).owner_id == world.sam


def test_the_deal_of_what_ended_is_the_one_that_goes_on(world: World) -> None:
    """Ana has two deals, and only about the second anything runs: nobody had to say which was meant."""
    other = world.make_deal("Second", world.account)
    speaks_for(world, world.deal)
    speaks_for(world, other)
    world.enroll("proposal", deal=other, contact=world.contact)
    assert brings(world) == "Proposal ends; Send the summary and next steps, Tue 24 Nov"
    event = made(meet(world))
    assert world.task(event.task_id)["deal_id"] == other


def test_a_meeting_about_one_deal_leaves_the_other_deals_cadence_alone(world: World) -> None:
    other = world.make_deal("Second", world.account)
    world.enroll("proposal", deal=world.deal, contact=world.contact)
    world.enroll("proposal", deal=other, contact=world.contact)
    event = made(meet(world, world.contact, other))
    assert (enrollment(world, 1)[0], enrollment(world, 2)) == ("active", ("ended", "meeting"))
    assert world.task(event.task_id)["deal_id"] == other
    assert examine(world.db).violations == ()


def test_a_task_by_hand_about_the_same_matter_covers_it(world: World) -> None:
    world.enroll("standard", contact=world.contact)
    task = world.make_task("Call Ana about the seats", links=Links(world.contact))
    assert brings(world) == 'Standard outreach ends; nothing begins: "Call Ana about the seats" is open'
    events = meet(world)
    assert enrollment(world) == ("ended", "meeting")
    assert why_not(events) == '"Call Ana about the seats" is open'
    assert [row["id"] for row in world.open_tasks()] == [task]


def test_switched_off_the_cadence_ends_all_the_same(world: World) -> None:
    world.enroll("standard", contact=world.contact)
    Switching(world.context).switch_trigger("meeting-held", False)
    assert brings(world) == "Standard outreach ends"
    assert kinds(meet(world)) == ["Logged", "EnrollmentEnded", "TasksMoot"]
    assert world.open_tasks() == []


def test_with_nobody_written_to_it_only_begins(world: World) -> None:
    assert brings(world) == "Send the summary and next steps, Tue 24 Nov"
    assert kinds(meet(world)) == ["Logged", "Triggered"]


def test_what_only_covers_it_is_not_told_beside_the_letter(world: World) -> None:
    """The line below the letters says that."""
    world.make_task("Call Ana about the seats", links=Links(world.contact))
    assert brings(world) == ""


def test_a_follow_up_that_was_changed_is_asked_about(world: World) -> None:
    follow = world.spawn(world.enroll("standard", contact=world.contact).task_id).task_id
    world.moves.snooze([follow], date(2026, 12, 14))
    before = world.dump()
    with pytest.raises(TouchedSuccessor, match="as you met"):
        meet(world)
    assert world.dump() == before


@pytest.mark.parametrize("touched", [Touched.KEEP, Touched.WITHDRAW])
def test_kept_it_is_what_follows_and_withdrawn_the_summary_is(world: World, touched: Touched) -> None:
    follow = world.spawn(world.enroll("standard", contact=world.contact).task_id).task_id
    world.moves.snooze([follow], date(2026, 12, 14))
    events = meet(world, touched=touched)
    keep = touched is Touched.KEEP
    assert enrollment(world) == ("ended", "meeting")
    assert any(isinstance(event, KeptApart) for event in events) is keep
    assert "is open" in why_not(events) if keep else made(events)
    assert len(world.open_tasks()) == 1
    assert examine(world.db).violations == ()


@pytest.mark.parametrize("by_deal", [True, False])
def test_a_colleague_who_was_met_asks_whether_it_ends_the_deals_cadence(world: World, by_deal: bool) -> None:
    ben = world.make_contact("Ben Ode")
    world.spawn(world.enroll("proposal", deal=world.deal, contact=world.contact).task_id)
    speaks_for(world, world.deal, ben)
    deal = world.deal if by_deal else None
    before = world.dump()
    with pytest.raises(ColleagueReplied, match="Ben Ode was met, and a cadence runs with Ana Ruiz"):
        meet(world, ben, deal)
    assert world.dump() == before
    events = meet(world, ben, deal, ends_deal=False)
    assert (enrollment(world)[0], "is open" in why_not(events)) == ("active", True)
    world.journal.undo()
    event = made(meet(world, ben, deal, ends_deal=True))
    assert enrollment(world) == ("ended", "meeting")
    task = world.task(event.task_id)
    assert (task["contact_id"], task["deal_id"]) == (ben, world.deal)
    assert examine(world.db).violations == ()


def test_a_search_for_an_address_is_over_once_they_were_met(world: World) -> None:
    search = world.spawn(world.enroll("standard", contact=world.contact).task_id, "bounced").task_id
    assert brings(world) == "Standard outreach ends; Send the summary and next steps, Tue 24 Nov"
    events = meet(world)
    assert [event.task_ids for event in events if isinstance(event, TasksMoot)] == [(search,)]
    assert [row["id"] for row in world.open_tasks()] == [made(events).task_id]


def test_what_was_paused_ends_too(world: World) -> None:
    begun = world.enroll("standard", contact=world.contact)
    world.life.pause([begun.enrollment_id])
    made(meet(world))
    assert enrollment(world) == ("ended", "meeting")
    assert world.task(begun.task_id)["status"] == "superseded"


def test_a_deal_that_rests_goes_on_resting(world: World) -> None:
    world.enroll("proposal", deal=world.deal, contact=world.contact)
    world.deals.park([world.deal], date(2027, 1, 4), "their budget")
    said = "the deal is parked until Mon 4 Jan 2027"
    assert brings(world, world.contact, world.deal) == f"Proposal ends; nothing begins: {said}"
    assert why_not(meet(world, world.contact, world.deal)) == said
    assert examine(world.db).violations == ()


def test_whoever_asked_not_to_be_contacted_is_not_written_to(world: World) -> None:
    world.enroll("standard", contact=world.contact)
    world.change(Contact, world.contact, do_not_contact=True)
    assert brings(world) == "Standard outreach ends; nothing begins: they asked not to be contacted"
    assert why_not(meet(world)) == "they asked not to be contacted"


def test_a_case_of_theirs_is_another_matter(world: World) -> None:
    world.enroll("standard", contact=world.contact)
    Cases(world.context).open_case("The export fails", contact_id=world.contact)
    assert isinstance(meet(world)[1], EnrollmentEnded)


def test_what_is_announced_is_what_the_log_then_does_beside_another_cadence(world: World) -> None:
    """A touch of another deal's cadence keeps the summary two working days away."""
    other = world.make_deal("Second", world.account)
    world.enroll("proposal", deal=other, contact=world.contact)
    world.enroll("negotiation", deal=world.deal, contact=world.contact)
    said = brings(world, world.contact, world.deal)
    event = made(meet(world, world.contact, world.deal))
    assert said == f"Negotiation ends; {event.action}, Wed 25 Nov"
    assert event.due_on == date(2026, 11, 25)


@pytest.mark.parametrize("outcome", ["no_reply", "no_show"])
def test_a_meeting_that_nobody_came_to_is_no_contact(world: World, outcome: str) -> None:
    first = world.make_task("Meet Ana about the pilot", kind=TaskKind.MEETING, channel=Channel.MEETING)
    world.close([first], outcome)
    touch = world.record("activity", 1)
    assert (touch["channel"], touch["direction"], touch["reply_class"]) == ("meeting", "internal", "none")
    assert world.record("contact", world.contact)["last_outbound_at"] is None
    assert unanswered(world.db, world.contact, None) == 1
    assert examine(world.db).violations == ()

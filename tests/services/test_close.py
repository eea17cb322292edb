"""Closing: each outcome has its effect, and there is exactly one successor or a reason why there is none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from fu_tui.core.errors import Conflict, NotFound, Refused, UsageError
from fu_tui.core.events import (
    Event,
    NextStepProposed,
    TaskClosed,
)
from fu_tui.core.terms import Channel, EndReason, Priority, TaskKind, Temperature
from fu_tui.queries.details import detail
from fu_tui.services.foretell import foretold
from fu_tui.services.spawn import Links
from fu_tui.store.models import Deal, User, WorkCalendar
from tests.world import MONDAY, World

LATER = date(2026, 12, 14)


def kinds(events: tuple[Event, ...]) -> list[str]:
    return [type(event).__name__ for event in events]


def one_open(world: World) -> dict[str, object]:
    (task,) = world.open_tasks()
    return task


def ended(world: World, enrollment: int = 1) -> tuple[str, str | None]:
    row = world.record("enrollment", enrollment)
    return row["state"], row["end_reason"]


def touches(world: World) -> list[tuple[str | None, str, str | None]]:
    return world.db.rows("SELECT channel, direction, reply_class FROM activity ORDER BY id")


# --- what goes on


@pytest.mark.parametrize(
    ("outcome", "reply"),
    [("no_reply", "none"), ("left_voicemail", "none"), ("acknowledged", "ack"), ("done", None)],
)
def test_a_cadence_goes_on_with_its_next_step(world: World, outcome: str, reply: str | None) -> None:
    first = world.enroll("standard")
    events = world.close([first.task_id], outcome)
    assert kinds(events) == ["TaskClosed", "FollowUpSpawned"]
    task = one_open(world)
    expected = {
        "action": "Ask one question about their plans", "step_no": 2, "attempt": 1, "enrollment_id": 1,
        "channel": "mail", "due_on": "2026-11-27", "spawned_by_id": first.task_id, "origin": "cadence",
        "owner_id": world.dana, "contact_id": world.contact, "deal_id": world.deal, "account_id": world.account,
        "first_due_on": "2026-11-27", "planned_on": "2026-11-26", "moved_count": 0, "kind": "follow_up",
    }  # fmt: skip
    assert {key: task[key] for key in expected} == expected
    assert ended(world) == ("active", None)
    assert world.record("enrollment", 1)["current_step"] == 2
    assert touches(world) == [("mail", "out", reply)]


def test_a_closed_task_says_what_when_by_whom_and_why(world: World) -> None:
    task_id = world.enroll("standard").task_id
    world.clock.at += timedelta(hours=3, minutes=7)
    (closed, _) = world.close([task_id], "no_reply", note="  Reached the assistant.  ")
    assert closed == TaskClosed(
        task_id, "Introduce yourself and why you write", "no_reply", "no reply yet", "Reached the assistant."
    )
    task = world.task(task_id)
    expected = {
        "status": "done", "outcome": "no_reply", "outcome_note": "Reached the assistant.",
        "closed_at": "2026-11-23T12:07:00Z", "closed_on": "2026-11-23", "closed_by_id": world.dana,
        "status_changed_at": "2026-11-23T12:07:00Z", "hidden_until": None,
    }  # fmt: skip
    assert {key: task[key] for key in expected} == expected
    touch = world.record("activity", 1)
    assert (touch["subject"], touch["body"], touch["task_id"]) == (
        "Introduce yourself and why you write", "Reached the assistant.", task_id,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "note"),
    [
        ("no_reply", "mail, try 2 of 5, no reply yet"), ("left_voicemail", "mail, try 2 of 5, left a message"),
        ("replied", "mail, try 2 of 5, replied"), ("not_needed", "mail, try 2 of 5, not needed"),
    ],
)  # fmt: skip
def test_a_note_is_made_from_the_facts_where_none_is_written(world: World, outcome: str, note: str) -> None:
    second = world.spawn(world.enroll("standard").task_id).task_id
    world.close([second], outcome)
    assert world.task(second)["outcome_note"] == note


def test_the_made_note_of_a_task_without_a_cadence_counts_its_tries(world: World) -> None:
    first = world.make_task()
    second = world.spawn(first).task_id
    world.close([second], "no_reply")
    plain = world.make_task(channel=None, links=Links())
    world.close([plain], "done")
    notes = [world.task(number)["outcome_note"] for number in (first, second, plain)]
    assert notes == ["call, no reply yet", "call, try 2, no reply yet", "done"]


@pytest.mark.parametrize(("stage", "due"), [("Qualified", "2026-11-27"), ("Proposal sent", "2026-11-30")])
def test_a_task_without_a_cadence_gets_its_next_try(world: World, stage: str, due: str) -> None:
    """Three days on; five where a proposal lies with them (both fall on days off here and roll)."""
    deal = world.make_deal("Seats", world.account, stage=stage)
    first = world.make_task(
        due=date(2026, 11, 20), priority=Priority.HIGH, body="She asked for net 60.",
        links=Links(world.contact, deal, world.account),
    )  # fmt: skip
    world.spawn(first)
    task = one_open(world)
    expected = {
        "action": "Call Ana about the seats", "attempt": 2, "due_on": due, "priority": 1, "channel": "call",
        "body": "She asked for net 60.", "deal_id": deal, "contact_id": world.contact, "spawned_by_id": first,
        "enrollment_id": None, "kind": "follow_up",
    }  # fmt: skip
    assert {key: task[key] for key in expected} == expected


def test_a_try_keeps_its_kind_but_a_callback_is_one_once(world: World) -> None:
    document = world.spawn(world.make_task("Send the contract", kind=TaskKind.DOCUMENT)).task_id
    assert world.task(document)["kind"] == "document"
    back = world.spawn(world.make_task(), "call_back", until=LATER).task_id
    assert world.task(back)["kind"] == "callback"
    world.go_to(LATER)
    assert world.task(world.spawn(back).task_id)["kind"] == "follow_up"


def test_done_without_a_cadence_asks_the_next_step_and_brings_nothing(world: World) -> None:
    task = world.make_task()
    closed, proposal = world.close([task], "done")
    assert isinstance(closed, TaskClosed)
    assert proposal == NextStepProposed(
        task, "", date(2026, 11, 24), world.contact, "Ana Ruiz", world.deal, "GTX Plus · Betatech",
        world.account, Priority.NORMAL,
    )  # fmt: skip
    assert world.open_tasks() == []


@pytest.mark.parametrize(
    ("warmth", "due"),
    [
        (Temperature.ACTIVE, date(2026, 11, 24)),
        (Temperature.WARM, date(2026, 11, 25)),
        (Temperature.SLOW, None),
    ],
)
def test_the_proposed_day_follows_the_leads_temperature(
    world: World, warmth: Temperature, due: date | None
) -> None:
    world.change(Deal, world.deal, temperature=warmth)
    (_, proposal) = world.close([world.make_task()], "done")
    assert isinstance(proposal, NextStepProposed)
    assert proposal.due_on == due


def test_no_proposal_is_made_where_none_is_wanted(world: World) -> None:
    assert kinds(world.close([world.make_task()], "done", propose=False)) == ["TaskClosed"]


# --- the same again


def test_call_back_makes_the_same_step_again_on_its_day_and_the_rest_waits(world: World) -> None:
    second = world.spawn(world.enroll("standard").task_id).task_id
    world.go_to(date(2026, 11, 27))
    again = world.spawn(second, "call_back", until=LATER)
    task = one_open(world)
    assert (task["id"], task["due_on"], task["step_no"], task["attempt"]) == (
        again.task_id,
        "2026-12-14",
        2,
        2,
    )
    assert world.trace(again.task_id).lines == ("asked to be called back: Mon 14 Dec",)
    world.go_to(LATER)
    third = world.spawn(again.task_id)
    assert world.task(third.task_id)["step_no"] == 3
    assert third.due_on == date(2026, 12, 18)


def test_the_told_owner_is_the_one_who_does_it(world: World) -> None:
    first = world.enroll("standard").task_id
    world.moves.reassign([first], "sam")
    again = world.spawn(first, "call_back", until=LATER)
    assert again.owner_id == world.task(again.task_id)["owner_id"] == world.dana


def test_call_back_on_a_weekend_stays_there(world: World) -> None:
    saturday = date(2026, 12, 5)
    task = world.task(world.spawn(world.make_task(), "call_back", until=saturday).task_id)
    assert (task["due_on"], task["kind"], task["attempt"]) == ("2026-12-05", "callback", 2)


@pytest.mark.parametrize("outcome", ["call_back", "out_of_office", "check_back"])
def test_an_outcome_that_needs_a_day_asks_for_it(world: World, outcome: str) -> None:
    task = world.make_task()
    with pytest.raises(UsageError, match=r"needs the day .*--until DATE"):
        world.close([task], outcome)
    with pytest.raises(Refused, match="Sun 22 Nov 2026 is past"):
        world.close([task], outcome, until=date(2026, 11, 22))
    assert len(world.open_tasks()) == 1


# --- the end


@pytest.mark.parametrize(
    ("outcome", "reason", "more"),
    [
        ("replied", "replied", ["NextStepProposed"]),
        ("check_back", "check_back", ["FollowUpSpawned"]),
        ("close_file", "closed_file", []),
        ("not_needed", "stopped", []),
    ],
)
def test_an_outcome_that_ends_a_cadence_gives_its_reason(
    world: World, outcome: str, reason: str, more: list[str]
) -> None:
    first = world.enroll("standard").task_id
    until = LATER if outcome == "check_back" else None
    events = world.close([first], outcome, until=until)
    assert kinds(events) == ["TaskClosed", "EnrollmentEnded", *more]
    assert ended(world) == ("ended", reason)
    assert world.record("enrollment", 1)["ended_at"] == "2026-11-23T09:00:00Z"
    assert len(world.open_tasks()) == (1 if outcome == "check_back" else 0)


def test_replied_logs_both_ways_and_asks_the_next_step(world: World) -> None:
    first = world.enroll("standard").task_id
    (_, _, proposal) = world.close([first], "replied", note="Wants twelve seats.")
    assert touches(world) == [("mail", "out", "substantive"), ("mail", "in", "substantive")]
    assert world.db.rows("SELECT direction, body FROM activity ORDER BY id") == [
        ("out", ""),
        ("in", "Wants twelve seats."),
    ]
    assert isinstance(proposal, NextStepProposed)
    assert (proposal.action, proposal.due_on) == ("Answer Ana Ruiz: wants twelve seats", date(2026, 11, 24))
    contact = world.record("contact", world.contact)
    assert (contact["last_inbound_at"], contact["last_outbound_at"]) == ("2026-11-23T09:00:00Z",) * 2
    assert world.record("deal", world.deal)["last_touch_at"] == "2026-11-23T09:00:00Z"


def test_check_back_makes_one_task_on_that_day(world: World) -> None:
    world.close([world.make_task()], "check_back", until=LATER)
    task = one_open(world)
    assert (task["action"], task["due_on"], task["attempt"], task["channel"]) == (
        "Reopen the conversation where it stopped", "2026-12-14", 1, "call",
    )  # fmt: skip


def test_close_file_marks_the_contact(world: World) -> None:
    world.close([world.make_task()], "close_file")
    assert world.record("contact", world.contact)["lifecycle"] == "closed_file"
    assert world.open_tasks() == []


def test_not_needed_is_no_touch_and_the_task_is_cancelled_not_done(world: World) -> None:
    task = world.make_task()
    world.close([task], "not_needed")
    assert world.task(task)["status"] == "cancelled"
    assert touches(world) == []
    assert world.record("contact", world.contact)["lifecycle"] == "lead"


def test_contact_needs_a_channel(world: World) -> None:
    world.close([world.make_task(channel=None)], "done")
    world.close([world.make_task(channel=None, links=Links(None, None, world.account))], "no_reply")
    assert touches(world) == []
    world.close([world.make_task(channel=None)], "no_reply")
    assert touches(world) == [(None, "internal", "none")]
    assert world.record("contact", world.contact)["last_outbound_at"] is None
    assert world.record("deal", world.deal)["last_touch_at"] is None


# --- days


def test_a_late_close_brings_one_successor_and_never_a_pile(world: World) -> None:
    first = world.enroll("standard").task_id
    world.go_to(date(2027, 3, 1))
    world.close([first], "no_reply")
    assert one_open(world)["due_on"] == "2027-03-04"


def test_an_early_close_goes_on_too(world: World) -> None:
    second = world.spawn(world.enroll("standard").task_id)
    third = world.spawn(second.task_id)
    assert third.due_on == date(2026, 11, 27), "closed on Monday, four days early; 4 days on"


def test_a_close_may_be_entered_for_an_earlier_day_but_not_before_the_task(world: World) -> None:
    world.go_to(date(2026, 11, 24))
    task = world.make_task(due=date(2026, 11, 27))
    world.go_to(date(2026, 11, 30))
    with pytest.raises(Refused, match="was created on Tue 24 Nov 2026, after Mon 23 Nov 2026"):
        world.close([task], "no_reply", on=date(2026, 11, 23))
    with pytest.raises(Refused, match="Tue 1 Dec 2026 is still to come"):
        world.close([task], "no_reply", on=date(2026, 12, 1))
    world.close([task], "no_reply", on=date(2026, 11, 27))
    assert world.task(task)["closed_on"] == "2026-11-27"
    assert world.task(task)["closed_at"] == "2026-11-30T10:00:00Z"
    assert one_open(world)["due_on"] == "2026-11-30"


def test_the_touch_of_an_earlier_day_is_logged_on_that_day(world: World) -> None:
    """ "I called on Friday" must not read as contact today."""
    task = world.make_task()
    world.go_to(date(2026, 11, 30))
    world.close([task], "no_reply", on=date(2026, 11, 27))
    assert world.record("activity", 1)["at"][:10] == "2026-11-27"
    assert world.record("contact", world.contact)["last_outbound_at"][:10] == "2026-11-27"


def test_a_touch_is_never_logged_before_its_task_was_made(world: World) -> None:
    world.clock.at = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    task = world.make_task()
    world.go_to(date(2026, 11, 30))
    world.close([task], "no_reply", on=date(2026, 11, 27))
    assert world.record("activity", 1)["at"] == "2026-11-27T23:30:00Z"


def test_the_owners_zone_says_on_which_day_a_task_was_closed(world: World) -> None:
    """At 23:30 UTC on Monday it is Tuesday in Berlin and still Monday in New York."""
    for zone, day, due in (
        ("Europe/Berlin", "2026-11-24", date(2026, 11, 27)),
        ("America/New_York", "2026-11-23", date(2026, 11, 27)),
    ):
        world.change(User, world.sam, tz=zone)
        task = world.make_task(owner=world.sam)
        world.clock.at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
        spawned = world.spawn(task)
        assert world.task(task)["closed_on"] == day
        assert spawned.due_on == due
        world.clock.at = MONDAY


def test_the_next_step_falls_on_a_working_day_of_whoever_does_it(world: World) -> None:
    """This task was given to Sam, who works Sunday to Thursday; the steps that follow are Dana's still."""
    with world.context.unit("setup") as work:
        calendar = work.insert(WorkCalendar, name="Sun–Thu", weekdays="01236")
    world.change(User, world.sam, calendar=calendar)
    first = world.enroll("standard").task_id
    world.moves.reassign([first], "sam")
    world.go_to(date(2026, 12, 3))
    spawned = world.spawn(first)
    assert spawned.owner_id == world.dana
    assert spawned.due_on == date(2026, 12, 7), "Sunday 6 December is a working day of Sam's, not of Dana's"


# --- who closes what


def test_of_two_closers_the_second_is_told_who_was_first(world: World) -> None:
    first = world.enroll("standard").task_id
    with world.acting(world.sam):
        world.clock.at = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
        spawned = world.spawn(first).task_id
    before = world.dump()
    with pytest.raises(Conflict) as told:
        world.close([first], "no_reply")
    assert str(told.value) == (
        f"Task {first} was closed by Sam Hill at 09:14, spawned #{spawned}. Nothing was written."
    )
    assert world.dump() == before


def test_a_task_that_changed_since_it_was_shown_is_not_closed(world: World) -> None:
    task = world.make_task()
    shown = world.task(task)["version"]
    with world.acting(world.sam):
        world.moves.snooze([task], LATER)
    with pytest.raises(Conflict, match=r"was changed by someone since it was shown\. Look again"):
        world.close([task], "no_reply", versions={task: shown})
    assert world.task(task)["status"] == "open"
    world.close([task], "no_reply", versions={task: shown + 1})


def test_a_command_closes_against_the_state(world: World) -> None:
    task = world.make_task()
    world.moves.snooze([task], LATER)
    assert len(world.close([task], "no_reply")) == 2


def test_what_was_superseded_is_named(world: World) -> None:
    from fu_tui.store.models import Task

    task = world.make_task()
    world.change(Task, task, status="superseded")
    with pytest.raises(Conflict, match=f"Task {task} is superseded, not open"):
        world.close([task], "no_reply")


def test_there_is_no_such_task_and_no_such_outcome(world: World) -> None:
    with pytest.raises(NotFound, match="There is no task 99"):
        world.close([99], "no_reply")
    with pytest.raises(UsageError, match=r'no outcome "maybe".*no_reply'):
        world.close([world.make_task()], "maybe")


def test_nothing_to_close_is_refused(world: World) -> None:
    entries = len(world.journal.entries())
    with pytest.raises(Refused, match="Nothing is chosen"):
        world.close([], "no_reply")
    assert len(world.journal.entries()) == entries


# --- many at once


def test_several_are_closed_as_one(world: World) -> None:
    tasks = [world.make_task(f"Call about matter {n}") for n in range(3)]
    entries = len(world.journal.entries())
    events = world.close(tasks, "no_reply")
    assert kinds(events) == ["TaskClosed", "FollowUpSpawned"] * 3
    assert len(world.journal.entries()) == entries + 1
    assert world.journal.entries(1)[0].summary == "closed 3 tasks: no reply yet"


def test_of_several_all_are_closed_or_none(world: World) -> None:
    tasks = [world.make_task(f"Call about matter {n}") for n in range(3)]
    with world.acting(world.sam):
        world.close([tasks[2]], "no_reply")
    before = world.dump()
    with pytest.raises(Conflict, match=f"Task {tasks[2]} was closed by Sam Hill"):
        world.close(tasks, "no_reply")
    assert world.dump() == before


def test_a_task_named_twice_is_closed_once(world: World) -> None:
    task = world.make_task()
    assert kinds(world.close([task, task], "no_reply")) == ["TaskClosed", "FollowUpSpawned"]


# --- decisions


@pytest.fixture
def decision(world: World) -> int:
    """The last step of the standard cadence: move to nurture?"""
    task = world.enroll("standard").task_id
    for _ in range(4):
        task = world.spawn(task).task_id
    assert world.task(task)["kind"] == "decide"
    return task


@pytest.mark.parametrize("outcome", ["no_reply", "left_voicemail", "done", "acknowledged", "out_of_office"])
def test_a_decision_is_not_answered_by_waiting(world: World, decision: int, outcome: str) -> None:
    before = world.dump()
    with pytest.raises(
        Refused, match="This step is a decision: choose nurture, extend, lost or close the file"
    ):
        world.close([decision], outcome, until=LATER if outcome == "out_of_office" else None)
    assert world.dump() == before


@pytest.mark.parametrize("outcome", ["nurture", "extend", "start_again"])
def test_a_decision_answers_only_a_question(world: World, outcome: str) -> None:
    with pytest.raises(Refused, match="answers a decision, and this task is none"):
        world.close([world.make_task()], outcome)


def test_nurture_starts_its_cadence_in_three_months(world: World, decision: int) -> None:
    world.go_to(date(2026, 11, 30))
    events = world.close([decision], "nurture")
    assert kinds(events) == ["TaskClosed", "EnrollmentEnded", "FollowUpSpawned"]
    assert ended(world) == ("ended", "exhausted_nurture")
    task = one_open(world)
    assert (task["due_on"], task["enrollment_id"], task["deal_id"]) == ("2027-03-01", 2, world.deal)
    assert world.task(decision)["outcome_note"] == "moved to nurture"
    assert "28 Feb" in " ".join(world.trace(int(str(task["id"]))).lines), (
        "30 Nov + 3 months, clamped and rolled"
    )


def test_a_colleague_may_decide_and_the_work_stays_whose_it_is(world: World, decision: int) -> None:
    """A rep can't begin cadences in another's name, but closing is anybody's, and this follows from it."""
    world.moves.reassign([decision], "sam")
    with world.acting(world.sam):
        world.close([decision], "nurture")
    assert world.record("enrollment", 2)["assignee_id"] == world.dana
    assert one_open(world)["owner_id"] == world.dana


def test_extend_makes_one_more_touch_and_then_asks_again(world: World, decision: int) -> None:
    spawned = world.spawn(decision, "extend")
    task = world.task(spawned.task_id)
    assert (task["step_no"], task["attempt"], task["kind"]) == (4, 2, "follow_up")
    assert ended(world) == ("active", None)
    again = world.spawn(spawned.task_id)
    assert (again.is_decide, world.task(again.task_id)["attempt"]) == (True, 2)


def test_lost_closes_the_deal_and_asks_for_feedback(world: World, decision: int) -> None:
    other = world.make_contact("Ben Ode")
    started = world.enroll("negotiation", deal=world.deal, contact=other)
    events = world.close([decision], "lost")
    assert kinds(events) == [
        "TaskClosed",
        "EnrollmentEnded",
        "EnrollmentEnded",
        "TasksMoot",
        "FollowUpSpawned",
    ]
    assert ended(world) == ended(world, started.enrollment_id) == ("ended", "deal_lost")
    assert world.task(started.task_id)["status"] == "superseded"
    deal = world.record("deal", world.deal)
    assert (deal["stage_id"], deal["closed_at"]) == (world.stage("Lost"), "2026-11-23T09:00:00Z")
    task = one_open(world)
    assert (task["action"], task["due_on"], task["deal_id"], task["contact_id"]) == (
        "Ask for feedback on the decision", "2026-11-24", None, world.contact,
    )  # fmt: skip


def test_after_the_feedback_nurture_begins(world: World, decision: int) -> None:
    world.close([decision], "lost")
    feedback = int(str(one_open(world)["id"]))
    events = world.close([feedback], "no_reply")
    assert kinds(events) == ["TaskClosed", "EnrollmentEnded", "FollowUpSpawned"]
    assert ended(world, 2) == ("ended", "exhausted_nurture")
    assert one_open(world)["due_on"] == "2027-02-23"


def test_a_lost_deal_that_nobody_speaks_for_is_asked_about_all_the_same(world: World) -> None:
    deal = world.make_deal("Alone")
    task = world.spawn(world.enroll(world.make_cadence("asks", (0,)), deal=deal).task_id).task_id
    world.close([task], "lost")
    assert world.record("deal", deal)["closed_at"] is not None
    assert [(task["deal_id"], task["action"]) for task in world.open_tasks()] == [
        (deal, "Ask for feedback on the decision")
    ]


def test_there_has_to_be_a_deal_to_lose(world: World) -> None:
    task = world.enroll(world.make_cadence("asks", (0,)), contact=world.contact).task_id
    with pytest.raises(Refused, match="There is no deal to lose"):
        world.close([world.spawn(task).task_id], "lost")


def test_close_file_answers_a_decision_too(world: World, decision: int) -> None:
    world.close([decision], "close_file")
    assert ended(world) == ("ended", "closed_file")
    assert world.record("contact", world.contact)["lifecycle"] == "closed_file"


@pytest.mark.parametrize("outcome", ["replied", "call_back", "check_back", "not_needed"])
def test_a_decision_may_be_overtaken_by_what_happened(world: World, decision: int, outcome: str) -> None:
    world.close([decision], outcome, until=LATER if outcome in ("call_back", "check_back") else None)
    assert world.task(decision)["status"] in ("done", "cancelled")


# --- how a cadence ends by itself


def test_a_cadence_whose_steps_are_the_goal_is_completed(world: World) -> None:
    second = world.spawn(world.enroll("onboarding").task_id).task_id
    events = world.close([second], "done")
    assert kinds(events) == ["TaskClosed", "EnrollmentEnded", "NextStepProposed"]
    assert ended(world) == ("ended", EndReason.COMPLETED.value)


def test_a_cadence_that_asks_makes_one_question_beyond_its_last_step(world: World) -> None:
    task = world.enroll("post-meeting").task_id
    for _ in range(3):
        task = world.spawn(task).task_id
    row = world.task(task)
    assert (row["action"], row["kind"], row["step_no"], row["due_on"]) == (
        "Decide how to go on", "decide", 4, "2026-11-24",
    )  # fmt: skip
    spawned = world.spawn(task, "extend")
    assert world.task(spawned.task_id)["step_no"] == 3


@pytest.mark.parametrize(
    ("how", "reason"), [("close_file", "exhausted_closed"), ("nurture", "exhausted_nurture")]
)
def test_a_cadence_ends_the_way_its_plan_says(world: World, how: str, reason: str) -> None:
    task = world.enroll(world.make_cadence("ends", (0,), on_exhaust=how)).task_id
    world.close([task], "no_reply")
    assert ended(world) == ("ended", reason)
    assert world.record("contact", world.contact)["lifecycle"] == (
        "closed_file" if how == "close_file" else "lead"
    )


def test_a_step_that_repeats_follows_itself(world: World) -> None:
    task = world.enroll("negotiation").task_id
    for attempt in (2, 3, 4):
        task = world.spawn(task, "done").task_id
        assert (world.task(task)["step_no"], world.task(task)["attempt"]) == (1, attempt)


def test_contact_channels_are_kept(world: World) -> None:
    task = world.make_task(channel=Channel.LINKEDIN)
    assert world.task(world.spawn(task).task_id)["channel"] == "linkedin"


def test_where_nobody_could_reply_it_is_done_for_now(world: World) -> None:
    own = world.make_task("Inspect the fire doors", links=Links(), channel=None)
    closed = next(event for event in world.close([own], "no_reply") if isinstance(event, TaskClosed))
    assert (closed.label, closed.note) == ("done for now", "done for now")
    mail = world.make_task("Send the recap")
    assert (
        next(event for event in world.close([mail], "no_reply") if isinstance(event, TaskClosed)).label
        == "no reply yet"
    )


def test_what_is_offered_first_is_what_why_lists(world: World) -> None:
    """One list for both, months and keys included."""
    keys = {}
    for channel in (Channel.CALL, Channel.MAIL):
        task = world.make_task("Ask about the seats", channel=channel)
        keys[channel] = [one.key for one in foretold(world.context, detail(world.db, task))]
    assert keys == {Channel.CALL: list("nvrmcd"), Channel.MAIL: list("nrmcd")}
    asked = world.make_task("Decide how to go on", kind=TaskKind.DECIDE)
    said = foretold(world.context, detail(world.db, asked))
    assert [one.key for one in said] == list("36elfn")
    assert [one.then for one in said[:2]] == [
        "Send something new worth their time, Tue 23 Feb 2027",
        "Send something new worth their time, Mon 24 May 2027",
    ]

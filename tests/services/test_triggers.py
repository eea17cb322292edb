"""Triggers: what is logged starts what belongs to it, once, where nothing open covers it; each can be switched off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.events import Event, Logged, NotTriggered, TaskAdded, Triggered
from fu_tui.core.lint import check
from fu_tui.core.schedule import recompute
from fu_tui.core.terms import Channel, Priority
from fu_tui.queries.doctor import examine
from fu_tui.queries.triggers import rules, table
from fu_tui.services.cases import Cases
from fu_tui.services.logbook import Logbook
from fu_tui.services.triggers import Matter, Switching, fire
from fu_tui.store.models import Contact, Deal, DealContact, Task
from tests.world import World


def log(world: World, code: str, **more: Any) -> tuple[Event, ...]:
    where = {"contact_id": world.contact, "deal_id": world.deal} | more
    return Logbook(world.context).log(code, **where)


def made(events: tuple[Event, ...]) -> Triggered:
    (found,) = [event for event in events if isinstance(event, Triggered)]
    return found


def why_not(events: tuple[Event, ...]) -> str:
    assert not [event for event in events if isinstance(event, Triggered)]
    (found,) = [event for event in events if isinstance(event, NotTriggered)]
    return found.why


def switch(world: World, key: str, on: bool) -> None:
    Switching(world.context).switch_trigger(key, on)


LOGGED = {
    "inquiry": ("inquiry", "inbound", 1, "2026-11-23"),
    "meeting": ("meeting-held", "post-meeting", 1, "2026-11-24"),
    "proposal": ("proposal-sent", "proposal", 2, "2026-11-27"),
    "delivery": ("delivered", "onboarding", 1, "2026-11-30"),
}


@pytest.mark.parametrize("code", LOGGED)
def test_what_is_logged_starts_its_cadence_with_origin_and_trace(world: World, code: str) -> None:
    key, cadence, step, due = LOGGED[code]
    event = made(log(world, code))
    task = world.task(event.task_id)
    assert (task["origin"], task["step_no"], task["due_on"]) == ("trigger", step, due)
    row = world.record("enrollment", task["enrollment_id"])
    assert world.db.value("SELECT key FROM cadence WHERE id = ?", (row["cadence_id"],)) == cadence
    trace = world.trace(event.task_id)
    assert trace.lines[0].startswith(f"the trigger {key} started it")
    assert recompute(trace).isoformat() == due
    assert examine(world.db).violations == ()


@pytest.mark.parametrize("code", LOGGED)
def test_switched_off_it_starts_nothing(world: World, code: str) -> None:
    switch(world, LOGGED[code][0], False)
    (event,) = log(world, code)
    assert isinstance(event, Logged)
    assert world.open_tasks() == []
    switch(world, LOGGED[code][0], True)
    assert made(log(world, code))


@pytest.mark.parametrize("code", [code for code in LOGGED if code != "inquiry"])
def test_what_something_open_covers_starts_nothing_and_says_why(world: World, code: str) -> None:
    world.make_task("Call Ana about the seats")
    assert why_not(log(world, code)) == '"Call Ana about the seats" is open'


def test_a_running_cadence_and_a_park_cover_it_too(world: World) -> None:
    task = world.task(world.enroll("negotiation", deal=world.deal).task_id)
    assert why_not(log(world, "proposal")) == f'"{task["action"]}" is open'
    world.change(Task, task["id"], status="skipped")
    assert why_not(log(world, "proposal")) == "Negotiation is running"
    other = world.make_deal("Other · Betatech")
    world.change(Deal, other, parked_until=date(2027, 1, 4), park_reason="their budget")
    assert (
        why_not(log(world, "meeting", contact_id=None, deal_id=other))
        == "the deal is parked until Mon 4 Jan 2027"
    )


def test_another_deal_of_the_same_contact_does_not_cover_it(world: World) -> None:
    other = world.make_deal("Other · Betatech")
    world.make_task("Call Ana about the other deal")
    assert made(log(world, "meeting", deal_id=other))


def test_a_second_proposal_starts_nothing_twice(world: World) -> None:
    made(log(world, "proposal"))
    assert "is open" in why_not(log(world, "proposal"))
    assert len(world.open_tasks()) == 1


def test_an_inquiry_is_answered_within_four_working_hours_of_when_it_came(world: World) -> None:
    event = made(log(world, "inquiry", at=datetime(2026, 11, 23, 8, 30, tzinfo=UTC)))
    assert event.due_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def test_what_was_logged_late_is_due_today_at_the_earliest(world: World) -> None:
    event = made(log(world, "inquiry", at=datetime(2026, 11, 17, 9, 0, tzinfo=UTC)))
    assert (event.due_on, event.due_at) == (date(2026, 11, 23), None)


def test_a_mail_outside_a_cadence_is_asked_about_after_three_days(world: World) -> None:
    world.go_to(date(2026, 11, 24))
    event = made(log(world, "mail", text="The numbers they asked for"))
    assert (event.action, event.due_on) == ("Ask one question on the last mail", date(2026, 11, 27))
    trace = world.trace(event.task_id)
    assert (trace.rule, trace.lines) == ("trigger", ("3 days after the mail (Tue 24 Nov) → Fri 27 Nov",))
    assert recompute(trace) == date(2026, 11, 27)


def test_a_mail_within_a_cadence_is_only_logged(world: World) -> None:
    world.enroll("standard")
    (event,) = log(world, "mail")
    assert isinstance(event, Logged)


def test_a_contact_who_asked_not_to_be_contacted_is_left_alone(world: World) -> None:
    world.change(Contact, world.contact, do_not_contact=True)
    assert why_not(log(world, "meeting")) == "they asked not to be contacted"


def test_a_channel_that_is_shut_is_not_used(world: World) -> None:
    world.change(Contact, world.contact, opted_out=("mail",))
    (event,) = log(world, "mail")
    assert isinstance(event, Logged)


def test_undo_of_a_log_takes_back_what_it_started(world: World) -> None:
    before = world.dump()
    log(world, "delivery", text="All boxes are there")
    world.journal.undo()
    assert world.dump() == before
    world.journal.redo()
    (task,) = world.open_tasks()
    assert task["origin"] == "trigger"


def test_a_colleague_s_matter_gets_its_task_whoever_logs_it(world: World) -> None:
    with world.acting(world.sam):
        event = made(log(world, "meeting"))
    assert event.owner_id == world.dana


def test_a_contact_s_only_open_deal_is_meant(world: World) -> None:
    with world.context.unit("setup") as work:
        work.insert(DealContact, deal=world.deal, contact=world.contact)
    event = made(log(world, "meeting", deal_id=None))
    assert world.task(event.task_id)["deal_id"] == world.deal


@pytest.mark.parametrize(
    ("code", "more", "refusal", "words"),
    [
        ("shout", {}, UsageError, 'There is no "shout" to log.'),
        ("note", {"text": " "}, UsageError, "The note says nothing."),
        ("call", {"contact_id": None, "deal_id": None}, Refused, "Nobody is named."),
        ("call", {"at": datetime(2026, 11, 24, 9, tzinfo=UTC)}, Refused, "is still to come."),
        ("call", {"contact_id": 99}, NotFound, "There is no contact 99."),
        ("delivery", {"deal_id": None}, Refused, "A delivery belongs to a deal."),
    ],
)
def test_what_can_t_be_logged_says_why(
    world: World, code: str, more: dict[str, Any], refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words.replace(".", r"\.")):
        log(world, code, **more)
    assert world.db.value("SELECT count(*) FROM activity") == 0


def test_a_backdated_call_is_the_last_contact_of_its_day(world: World) -> None:
    at = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    log(world, "call", text="They wait for the quote", at=at)
    assert world.record("contact", world.contact)["last_outbound_at"] == "2026-11-20T15:00:00Z"


def test_one_occasion_is_acted_about_once_whatever_became_of_it(world: World) -> None:
    rule = next(rule for rule, _ in rules(world.db) if rule.key == "silent")
    matter = Matter("contact:1", world.clock.at, world.contact)
    with world.context.unit("setup") as work:
        first = fire(world.context, work, rule, matter)
    assert isinstance(first, Triggered)
    world.close([first.task_id], "not_needed")
    with world.context.unit("setup") as work:
        assert fire(world.context, work, rule, matter) == NotTriggered(
            "Silence", "it did so on Mon 23 Nov already"
        )


# --- cases


def test_an_urgent_case_has_a_task_at_once_even_where_a_deal_has_one(world: World) -> None:
    world.make_task("Call Ana about the seats")
    events = Cases(world.context).open_case(
        "The export fails", contact_id=world.contact, priority=Priority.HIGH
    )
    task = world.task(made(events).task_id)
    assert (task["due_on"], task["priority"], task["body"]) == ("2026-11-23", 1, "The export fails")
    assert task["case_id"] == 1


def test_a_case_of_normal_priority_has_none(world: World) -> None:
    Cases(world.context).open_case("A question about the bill", contact_id=world.contact)
    assert world.open_tasks() == []
    Cases(world.context).close_case(1)
    with pytest.raises(Refused, match="closed already"):
        Cases(world.context).close_case(1)


# --- the table


def test_each_trigger_says_what_it_does_and_what_it_makes_passes_the_wording_rules(world: World) -> None:
    rows = table(world.db)
    assert [row.rule.key for row in rows] == [
        "inquiry", "meeting-held", "proposal-sent", "mail-unanswered", "proposal-unanswered", "delivered", "renewal",
        "silent", "high-case", "deal-stale", "stage-late",
    ]  # fmt: skip
    for row in rows:
        assert row.sentence.endswith(".")
        if row.rule.action:
            assert check(row.rule.action) == check("Call Ana about the quote"), row.rule.action
    assert rows[2].sentence == (
        "When a proposal is logged, Proposal begins with step 2; not where something open covers it."
    )


def test_a_rep_can_t_switch_what_acts_for_everybody(world: World) -> None:
    with world.acting(world.sam), pytest.raises(Refused, match="Triggers act for everybody"):
        switch(world, "silent", False)
    with pytest.raises(NotFound, match='no trigger "silence"'):
        switch(world, "silence", False)


def test_switching_is_one_undo(world: World) -> None:
    before = world.dump()
    switch(world, "silent", False)
    assert [rule.key for rule, _ in rules(world.db) if not rule.enabled] == ["silent"]
    world.journal.undo()
    assert world.dump() == before


def test_a_day_later_is_another_occasion(world: World) -> None:
    first = made(log(world, "mail"))
    world.close([first.task_id], "not_needed")
    world.clock.at += timedelta(days=1)
    assert made(log(world, "mail")).task_id != first.task_id


# --- a reply, and an inquiry that is one


def test_a_reply_that_is_logged_ends_what_waited_for_it(world: World) -> None:
    begun = world.enroll("standard")
    events = log(world, "reply", text="What does it cost for 40?")
    assert [type(event).__name__ for event in events] == [
        "ReplyLogged", "EnrollmentEnded", "TasksMoot", "TaskAdded",
    ]  # fmt: skip
    assert world.task(begun.task_id)["status"] == "superseded"


def test_an_inquiry_of_one_whom_a_cadence_writes_to_ends_it_and_is_answered_in_four_hours(
    world: World,
) -> None:
    world.enroll("standard")
    events = log(world, "inquiry", text="Can you send us an offer?")
    answer = events[-1]
    assert isinstance(answer, TaskAdded)
    assert answer.due_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert world.record("enrollment", 1)["end_reason"] == "replied"


def test_an_inquiry_into_open_work_is_answered_as_a_reply_is_and_once(world: World) -> None:
    world.make_task("Send Ana the brochure", due=date(2026, 12, 1))
    (answer,) = [event for event in log(world, "inquiry") if isinstance(event, TaskAdded)]
    assert answer.due_at == world.clock.at + timedelta(hours=4)
    assert why_not(log(world, "inquiry")) == f'"{answer.action}" is open'


@pytest.mark.parametrize("named", [True, False], ids=["with the contact", "about the deal alone"])
def test_an_inquiry_ends_the_only_cadence_that_runs_with_them(world: World, named: bool) -> None:
    """Nobody said about which deal, and nothing was sent yet: still it is what waits for them."""
    with world.context.unit("setup") as work:
        work.insert(DealContact, deal=world.deal, contact=world.contact)
    world.enroll("proposal", deal=world.deal, contact=world.contact if named else None, from_step=2)
    events = log(world, "inquiry", deal_id=None, text="Can it be 40 seats?")
    assert isinstance(events[-1], TaskAdded)
    assert events[-1].due_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert world.record("enrollment", 1)["end_reason"] == "replied"


def test_a_reply_leaves_alone_what_of_several_cadences_it_may_not_mean(world: World) -> None:
    world.enroll("proposal", contact=world.contact, deal=world.deal)
    world.enroll("proposal", contact=world.contact, deal=world.make_deal("Second", world.account))
    log(world, "reply", deal_id=None, text="Thank you")
    assert [world.record("enrollment", number)["state"] for number in (1, 2)] == ["active", "active"]


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize("channel", [None, Channel.CALL])
def test_an_inquiry_came_by_mail_unless_told(world: World, channel: Channel | None, running: bool) -> None:
    if running:
        world.spawn(world.enroll("standard", contact=world.contact).task_id)
    Logbook(world.context).log("inquiry", contact_id=world.contact, text="What for 40?", channel=channel)
    touch = world.db.row("SELECT channel, direction, body FROM activity ORDER BY id DESC LIMIT 1")
    assert touch == ((channel or Channel.MAIL).value, "in", "What for 40?")


def test_what_has_its_channel_takes_no_other(world: World) -> None:
    with pytest.raises(UsageError, match="has its channel"):
        Logbook(world.context).log("call", contact_id=world.contact, channel=Channel.MAIL)

"""Every outcome, in and out of a cadence: what it brings, what it ends, and that an undo and a redo know all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fu_tui.core.errors import Refused, UsageError
from fu_tui.core.events import (
    EnrollmentEnded,
    Event,
    FollowUpSpawned,
    KeptApart,
    NextStepProposed,
    NotEnrolled,
    TasksMoot,
)
from fu_tui.core.outcomes import BY_CODE, TABLE, Outcome
from fu_tui.core.terms import Channel, TaskKind
from fu_tui.queries.doctor import examine
from fu_tui.queries.touches import unanswered
from fu_tui.services.announce import announced
from fu_tui.services.following import Following
from fu_tui.services.spawn import Links
from fu_tui.store.models import Cadence, CadenceVersion, Contact, Deal
from tests.world import World

LATER = date(2026, 12, 14)
AT = datetime(2026, 12, 3, 14, 0, tzinfo=UTC)


def answers(row: Outcome) -> dict[str, Any]:
    """What a close with this outcome has to be told."""
    if row.asks_hour:
        return {"at": AT}
    return {"until": LATER} if row.asks else {}


def spawned(events: tuple[Event, ...]) -> list[FollowUpSpawned]:
    return [event for event in events if isinstance(event, FollowUpSpawned)]


def ends(events: tuple[Event, ...]) -> list[EnrollmentEnded]:
    return [event for event in events if isinstance(event, EnrollmentEnded)]


def open_of(world: World, **columns: object) -> list[dict[str, Any]]:
    return [task for task in world.open_tasks() if all(task[key] == value for key, value in columns.items())]


def enrollment(world: World, number: int = 1) -> tuple[str, str | None]:
    row = world.record("enrollment", number)
    return row["state"], row["end_reason"]


def sound(world: World) -> None:
    assert examine(world.db).violations == ()


def decision(world: World, cadence: str = "standard") -> int:
    """The question at a cadence's end."""
    task = world.enroll(cadence).task_id
    while world.task(task)["kind"] != "decide":
        task = world.spawn(task).task_id
    return task


def rested(world: World) -> int:
    """The question after months of nurture."""
    world.close([decision(world)], "nurture")
    (task,) = world.open_tasks()
    world.go_to(date.fromisoformat(task["due_on"]))
    return world.spawn(task["id"]).task_id


def to_close(world: World, row: Outcome, where: str) -> int:
    """A task that can be closed with this outcome."""
    if row.code == "start_again":
        return rested(world)
    if row.decides and where == "in a cadence":
        return decision(world)
    if where == "in a cadence":
        return world.enroll("standard").task_id
    return world.make_task(kind=TaskKind.DECIDE if row.decides else TaskKind.FOLLOW_UP)


@pytest.mark.parametrize("where", ["in a cadence", "alone"])
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.code)
def test_whatever_the_outcome_the_conversation_goes_on_or_ends_with_a_reason(
    world: World, row: Outcome, where: str
) -> None:
    task = to_close(world, row, where)
    held = world.task(task)["enrollment_id"]
    before = world.dump()
    said = announced(world.context, task, row.code, **answers(row))
    events = world.close([task], row.code, **answers(row))
    after = world.dump()
    new = spawned(events)
    assert {event.task_id for event in new} == {one["id"] for one in world.open_tasks()}
    assert len(new) <= 1
    if held:
        state, reason = enrollment(world, held)
        if row.code in ("bounced", "wrong_person"):
            assert (state, reason, len(new)) == ("paused", None, 1)
        elif state == "active":
            assert [one["enrollment_id"] for one in world.open_tasks()] == [held]
        else:
            assert (reason, [event.reason for event in ends(events)]) == (
                row.end and row.end.value,
                [row.end],
            )
    if isinstance(said, Following):
        assert (said.action, said.due.due_on, said.due.due_at) == (
            new[0].action,
            new[0].due_on,
            new[0].due_at,
        )
    sound(world)
    world.journal.undo()
    assert world.dump() == before
    world.journal.redo()
    assert world.dump() == after
    sound(world)


@pytest.mark.parametrize("row", [row for row in TABLE if row.asks], ids=lambda row: row.code)
def test_what_an_outcome_needs_is_asked_for_and_announced_as_asked(world: World, row: Outcome) -> None:
    task = world.make_task()
    assert announced(world.context, task, row.code) == f"asks {row.asks}"
    with pytest.raises(UsageError, match=f"needs {row.asks}"):
        world.close([task], row.code)
    assert len(world.open_tasks()) == 1


@pytest.mark.parametrize("code", [row.code for row in TABLE if not row.answers_decision])
def test_a_decision_is_not_answered_by_waiting(world: World, code: str) -> None:
    task = world.make_task(kind=TaskKind.DECIDE)
    with pytest.raises(Refused, match="This step is a decision"):
        world.close([task], code, until=LATER)


# --- meetings


def test_a_booked_meeting_stands_at_its_hour_and_ends_the_cadence(world: World) -> None:
    first = world.enroll("standard").task_id
    world.moves.reassign([first], "sam")
    events = world.close([first], "meeting_booked", at=AT)
    (task,) = world.open_tasks()
    expected = {
        "action": "Meet Ana Ruiz about GTX Plus", "kind": "meeting", "channel": "meeting", "due_on": "2026-12-03",
        "due_at": "2026-12-03T14:00:00Z", "enrollment_id": None, "owner_id": world.dana, "spawned_by_id": first,
    }  # fmt: skip
    assert {key: task[key] for key in expected} == expected
    assert enrollment(world) == ("ended", "meeting")
    assert not any(isinstance(event, NextStepProposed) for event in events)
    assert world.trace(task["id"]).lines == ("the meeting: Thu 3 Dec",)


def test_a_meetings_day_is_that_of_whoever_holds_it(world: World) -> None:
    from fu_tui.store.models import User

    world.change(User, world.dana, tz="Asia/Tokyo")
    world.act_as(world.dana)
    late = datetime(2026, 12, 3, 16, 0, tzinfo=UTC)
    assert world.spawn(world.make_task(), "meeting_booked", at=late).due_on == date(2026, 12, 4)


def test_a_meeting_is_not_booked_in_the_past(world: World) -> None:
    task = world.make_task()
    with pytest.raises(Refused, match="Mon 23 Nov 2026 08:00 is past"):
        world.close([task], "meeting_booked", at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


def test_a_long_name_leaves_the_matter_out_of_a_meetings_words(world: World) -> None:
    deal = world.make_deal("A very long name of a product that nobody remembers · Betatech", world.account)
    task = world.make_task(links=Links(world.contact, deal, world.account))
    assert world.spawn(task, "meeting_booked", at=AT).action == "Meet Ana Ruiz"


def test_a_meeting_that_was_held_begins_what_follows_a_meeting(world: World) -> None:
    meeting = world.spawn(world.enroll("standard").task_id, "meeting_booked", at=AT).task_id
    world.go_to(AT.date(), hour=16)
    follow = world.spawn(meeting, "meeting_held")
    assert (follow.action, follow.due_on) == ("Send the summary and next steps", date(2026, 12, 4))
    assert world.record("enrollment", 2)["deal_id"] == world.deal
    assert world.record("contact", world.contact)["last_inbound_at"][:10] == "2026-12-03"


def test_a_meeting_held_with_nobody_known_asks_the_next_step(world: World) -> None:
    task = world.make_task(links=Links(None, None, world.account))
    events = world.close([task], "meeting_held")
    assert isinstance(events[-1], NextStepProposed)


def test_a_no_show_offers_a_new_slot_on_the_next_working_day_and_counts(world: World) -> None:
    meeting = world.spawn(world.make_task(), "meeting_booked", at=AT).task_id
    world.go_to(AT.date(), hour=16)
    slot = world.spawn(meeting, "no_show")
    task = world.task(slot.task_id)
    assert (slot.action, slot.due_on, task["kind"], task["channel"]) == (
        "Offer Ana Ruiz a new slot", date(2026, 12, 4), "follow_up", "mail",
    )  # fmt: skip
    assert unanswered(world.db, world.contact, None) == 1


def test_a_no_show_in_a_cadence_repeats_its_step_and_the_rest_waits(world: World) -> None:
    first = world.enroll("standard").task_id
    slot = world.task(world.spawn(first, "no_show").task_id)
    assert (slot["action"], slot["step_no"], slot["attempt"]) == ("Offer Ana Ruiz a new slot", 1, 2)
    assert world.task(world.spawn(slot["id"]).task_id)["step_no"] == 2


def test_the_fifth_no_show_is_a_question(world: World) -> None:
    for _ in range(4):
        world.close([world.spawn(world.make_task()).task_id], "not_needed")
    assert world.spawn(world.enroll("negotiation").task_id, "no_show").is_decide


# --- the deal


def test_won_begins_onboarding_from_the_delivery(world: World) -> None:
    other = world.make_contact("Ben Ode")
    beside = world.enroll("negotiation", deal=world.deal, contact=other)
    by_hand = world.make_task("Collect the signed order")
    tried = world.spawn(world.make_task("Ask about the budget")).task_id
    task = world.enroll("proposal").task_id
    events = world.close([task], "won", until=LATER)
    assert {event.reason.value for event in ends(events)} == {"deal_won"}
    assert len(ends(events)) == 2
    assert [event.task_ids for event in events if isinstance(event, TasksMoot)] == [(beside.task_id, tried)]
    deal = world.record("deal", world.deal)
    assert (deal["stage_id"], deal["delivered_on"], deal["closed_at"]) == (
        world.stage("Won"), "2026-12-14", "2026-11-23T09:00:00Z",
    )  # fmt: skip
    assert world.record("contact", world.contact)["lifecycle"] == "customer"
    assert (spawned(events)[0].action, spawned(events)[0].due_on) == (
        "Ask how the first week went", date(2026, 12, 21),
    )  # fmt: skip
    assert {task["id"] for task in world.open_tasks()} == {by_hand, spawned(events)[0].task_id}
    sound(world)


def test_what_was_delivered_already_may_be_won(world: World) -> None:
    world.go_to(date(2026, 11, 30))
    won = world.spawn(world.make_task(), "won", until=date(2026, 11, 20))
    assert won.due_on == date(2026, 11, 30), "a week after delivery is past, so today"


def test_a_parked_deal_that_is_won_is_parked_no_longer(world: World) -> None:
    world.change(Deal, world.deal, parked_until=date(2027, 2, 1), park_reason="budget")
    world.close([world.make_task()], "won", until=LATER)
    deal = world.record("deal", world.deal)
    assert (deal["parked_until"], deal["park_reason"]) == (None, None)
    assert len(open_of(world, enrollment_id=1)) == 1


@pytest.mark.parametrize(("code", "why"), [("won", "no deal to win"), ("lost", "no deal to lose")])
def test_without_a_deal_nothing_is_won_or_lost(world: World, code: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        world.close([world.make_task(links=Links(world.contact))], code, until=LATER)


def test_a_deal_is_lost_from_any_task_of_it(world: World) -> None:
    events = world.close([world.make_task()], "lost", note="went to the cheaper one")
    assert world.record("deal", world.deal)["lost_reason"] == "went to the cheaper one"
    assert spawned(events)[0].action == "Ask for feedback on the decision"


def test_after_the_feedback_on_a_lost_deal_comes_nurture(world: World) -> None:
    task = world.spawn(world.make_task(), "lost").task_id
    world.go_to(date(2026, 11, 24))
    nurture = world.spawn(task)
    assert (nurture.action, nurture.due_on) == ("Send something new worth their time", date(2027, 2, 24))


# --- where nobody was reached


@pytest.mark.parametrize(
    ("code", "channel", "action"),
    [
        ("bounced", Channel.MAIL, "Find a new address for Ana Ruiz"),
        ("bounced", Channel.CALL, "Find a new number for Ana Ruiz"),
        ("wrong_person", Channel.MAIL, "Find the right person in place of Ana Ruiz"),
    ],
)
def test_what_did_not_get_through_is_searched_for(
    world: World, code: str, channel: Channel, action: str
) -> None:
    search = world.spawn(world.make_task(channel=channel), code)
    task = world.task(search.task_id)
    assert (task["action"], task["due_on"], task["channel"]) == (action, "2026-11-24", None)
    assert unanswered(world.db, world.contact, None) == 0, "nobody was reached, so nobody was silent"
    assert world.record("contact", world.contact)["last_outbound_at"] is None


def test_the_step_comes_again_when_the_address_is_found(world: World) -> None:
    second = world.spawn(world.enroll("standard").task_id).task_id
    world.go_to(date(2026, 11, 27))
    search = world.spawn(second, "bounced")
    assert search.why == "Standard outreach waits for it"
    row = world.record("enrollment", 1)
    assert (row["state"], row["paused_on"], row["remaining_days"]) == ("paused", "2026-11-27", 0)
    world.go_to(date(2026, 11, 30))
    again = world.spawn(search.task_id, "done")
    task = world.task(again.task_id)
    assert (task["action"], task["step_no"], task["attempt"], task["due_on"], task["enrollment_id"]) == (
        "Ask one question about their plans", 2, 2, "2026-11-30", 1,
    )  # fmt: skip
    assert again.why == "Standard outreach goes on"
    row = world.record("enrollment", 1)
    assert (row["state"], row["paused_on"], row["remaining_days"]) == ("active", None, None)
    world.close([again.task_id], "no_reply")
    assert open_of(world, step_no=3)
    sound(world)


def test_a_search_that_ended_and_its_step_are_taken_back_and_done_again(world: World) -> None:
    search = world.spawn(world.enroll("standard").task_id, "bounced").task_id
    before = world.dump()
    again = world.spawn(search, "done").task_id
    after = world.dump()
    world.journal.undo()
    assert world.dump() == before
    assert (enrollment(world)[0], world.task(search)["status"]) == ("paused", "open")
    world.journal.redo()
    assert world.dump() == after
    world.journal.undo()
    world.life.resume([1])
    assert world.task(search)["status"] == "superseded"
    assert [task["step_no"] for task in world.open_tasks()] == [1]
    assert world.task(again)["status"] == "withdrawn"
    sound(world)


def test_a_plan_with_days_of_its_own_moves_with_the_search(world: World) -> None:
    second = world.spawn(world.enroll("proposal").task_id).task_id
    search = world.spawn(second, "bounced").task_id
    world.go_to(date(2026, 12, 7))
    again = world.spawn(search, "done")
    assert again.due_on == date(2026, 12, 11), "four days were left of it"
    world.go_to(again.due_on)
    third = world.spawn(again.task_id)
    assert third.due_on == date(2026, 12, 14), "30 Nov was its day, and the plan is 14 days late"


def test_a_search_may_take_several_tries_and_none_is_a_try_to_the_contact(world: World) -> None:
    search = world.spawn(world.enroll("standard").task_id, "bounced").task_id
    for _ in range(2):
        search = world.spawn(search, "no_reply").task_id
    search = world.spawn(search, "call_back", until=LATER).task_id
    assert unanswered(world.db, world.contact, None) == 0
    assert enrollment(world)[0] == "paused"
    assert world.task(world.spawn(search, "done").task_id)["step_no"] == 1
    sound(world)


def test_what_follows_the_end_of_a_search_is_none(world: World) -> None:
    search = world.spawn(world.make_task(), "bounced").task_id
    later = world.spawn(search, "check_back", until=LATER).task_id
    assert isinstance(world.close([later], "done")[-1], NextStepProposed)


def test_a_search_that_nobody_came_to_is_still_one(world: World) -> None:
    search = world.spawn(world.make_task(), "bounced").task_id
    assert world.spawn(search, "no_show").action == "Find a new number for Ana Ruiz"


def test_an_address_that_bounces_too_is_searched_for_again(world: World) -> None:
    search = world.spawn(world.enroll("standard").task_id, "bounced").task_id
    again = world.spawn(search, "wrong_person").task_id
    assert world.task(world.spawn(again, "done").task_id)["enrollment_id"] == 1


@pytest.mark.parametrize(("code", "reason"), [("not_needed", "stopped"), ("close_file", "closed_file")])
def test_a_search_that_is_given_up_ends_what_waited_for_it(world: World, code: str, reason: str) -> None:
    search = world.spawn(world.enroll("standard").task_id, "bounced").task_id
    world.close([search], code)
    assert enrollment(world) == ("ended", reason)
    assert world.open_tasks() == []


def test_a_found_address_brings_back_what_no_cadence_carries(world: World) -> None:
    search = world.spawn(world.make_task(), "bounced").task_id
    again = world.task(world.spawn(search, "done").task_id)
    assert (again["action"], again["attempt"], again["channel"]) == ("Call Ana about the seats", 2, "call")
    events = world.close([again["id"]], "done")
    assert isinstance(events[-1], NextStepProposed), "the search is over, so nothing is searched for any more"


def test_a_channel_that_was_closed_during_the_search_is_passed_over(world: World) -> None:
    search = world.spawn(world.enroll("standard").task_id, "bounced").task_id
    world.change(Contact, world.contact, opted_out=("mail",))
    assert world.task(world.spawn(search, "done").task_id)["channel"] == "call"


# --- who wants no more


def test_who_opts_out_is_left_alone_everywhere(world: World) -> None:
    other = world.make_deal("Second", world.account)
    world.enroll("proposal", deal=other, contact=world.contact)
    document = world.make_task("Send the contract", kind=TaskKind.DOCUMENT)
    talk = world.make_task("Call Ana about the audit")
    first = world.enroll("standard").task_id
    events = world.close([first], "opted_out")
    assert {event.reason.value for event in ends(events)} == {"opted_out"}
    assert len(ends(events)) == 2
    assert world.record("contact", world.contact)["do_not_contact"] == 1
    assert [task["id"] for task in world.open_tasks()] == [document]
    assert world.task(talk)["status"] == "superseded"
    with pytest.raises(Refused, match="asked not to be contacted"):
        world.enroll("standard")
    sound(world)


def test_a_channel_that_is_closed_passes_over_its_steps_everywhere(world: World) -> None:
    other = world.make_deal("Second", world.account)
    beside = world.enroll("post-meeting", deal=other, contact=world.contact)
    first = world.enroll("standard").task_id
    events = world.close([first], "opted_out", channel=Channel.MAIL)
    assert ends(events) == []
    assert world.record("contact", world.contact)["opted_out"] == '["mail"]'
    assert world.record("contact", world.contact)["do_not_contact"] == 0
    assert world.task(beside.task_id)["status"] == "skipped"
    assert {task["channel"] for task in world.open_tasks()} == {"call"}
    assert len(world.open_tasks()) == 2
    assert "opted out of mail" in world.open_tasks()[0]["trace"]
    sound(world)


@pytest.mark.parametrize("held", ["pause", "park", "absence"])
def test_a_channel_that_is_closed_passes_over_what_waits_there_too(world: World, held: str) -> None:
    began = world.enroll("standard")
    with world.acting(world.sam):
        task = world.make_task(owner=world.sam, links=Links(world.contact), channel=Channel.MAIL)
    wait = {
        "pause": lambda: world.life.pause([began.enrollment_id]),
        "park": lambda: world.deals.park([world.deal], LATER, "budget"),
        "absence": lambda: world.absences.add_absence("dana", world.today, date(2026, 12, 13)),
    }
    wait[held]()
    before = world.dump()
    with world.acting(world.sam):
        [brought] = spawned(world.close([task], "opted_out", channel=Channel.MAIL))
        changed = world.dump()
        world.journal.undo()
        assert world.dump() == before
        world.journal.redo()
        assert world.dump() == changed
    assert "it waits" in brought.why
    step = world.task(brought.task_id)
    assert (step["status"], step["channel"], step["step_no"]) == ("held", "call", 3)
    world.go_to(LATER)
    if held == "pause":
        world.life.resume([began.enrollment_id])
    world.come_back()
    assert [(row["id"], row["channel"]) for row in world.open_tasks()] == [(brought.task_id, "call")]
    sound(world)


def test_an_extension_goes_over_a_channel_that_is_left_or_is_none(world: World) -> None:
    task = world.enroll("standard").task_id
    for _ in range(4):
        task = world.spawn(task, "acknowledged").task_id
    world.change(Contact, world.contact, opted_out=("mail", "call"))
    assert announced(world.context, task, "extend") == "They opted out of every channel of its steps."
    with pytest.raises(Refused, match="opted out of every channel"):
        world.close([task], "extend")
    world.change(Contact, world.contact, opted_out=("mail",))
    hint = announced(world.context, task, "extend")
    [more] = spawned(world.close([task], "extend"))
    assert isinstance(hint, Following)
    assert (hint.action, hint.due.due_on) == (more.action, more.due_on)
    assert (world.task(more.task_id)["channel"], world.task(more.task_id)["step_no"]) == ("call", 3)
    sound(world)


def test_nobody_opts_out_where_nobody_is_known(world: World) -> None:
    with pytest.raises(Refused, match="about no contact"):
        world.close([world.make_task(links=Links(None, world.deal))], "opted_out")


# --- rest, and again


@pytest.mark.parametrize(("months", "due"), [(3, date(2027, 2, 23)), (6, date(2027, 5, 24))])
def test_nurture_rests_as_many_months_as_the_ended_cadence_says(world: World, months: int, due: date) -> None:
    task = decision(world)
    world.change(CadenceVersion, world.record("enrollment", 1)["version_id"], nurture_months=months)
    world.act_as(world.dana)
    rest = world.spawn(task, "nurture")
    assert rest.due_on == due
    assert f"{months} months" in " ".join(world.trace(rest.task_id).lines)


def test_nurture_may_begin_on_a_day_of_ones_own(world: World) -> None:
    assert world.spawn(decision(world), "nurture", until=date(2027, 5, 3)).due_on == date(2027, 5, 3)


def test_after_months_of_rest_outreach_starts_again_from_its_first_step(world: World) -> None:
    task = rested(world)
    assert world.task(task)["kind"] == "decide"
    events = world.close([task], "start_again")
    assert [event.reason.value for event in ends(events)] == ["replaced"]
    (first,) = world.open_tasks()
    assert (first["action"], first["step_no"], first["enrollment_id"]) == (
        "Introduce yourself and why you write",
        1,
        3,
    )
    assert unanswered(world.db, world.contact, None) == 0, "it counts anew"
    assert not world.spawn(first["id"]).is_decide


def test_outreach_does_not_start_again_without_a_rest(world: World) -> None:
    with pytest.raises(Refused, match="after months of rest: choose nurture first"):
        world.close([decision(world)], "start_again")


def test_where_another_outreach_runs_by_then_it_is_said(world: World) -> None:
    task = rested(world)
    other = world.make_deal("Second", world.account)
    world.enroll("standard", deal=other, contact=world.contact)
    events = world.close([task], "start_again")
    assert isinstance(events[-1], NotEnrolled)
    sound(world)


# --- a reply beside a cadence


def test_a_reply_to_a_task_of_its_own_ends_the_cadence_beside_it(world: World) -> None:
    follow = world.spawn(world.enroll("standard").task_id)
    events = world.close([world.make_task("Answer Ana about the audit")], "replied")
    assert enrollment(world) == ("ended", "replied")
    assert world.task(follow.task_id)["status"] == "superseded"
    assert [event.task_ids for event in events if isinstance(event, TasksMoot)] == [(follow.task_id,)]
    sound(world)


def test_a_follow_up_that_was_changed_stays_by_itself(world: World) -> None:
    follow = world.spawn(world.enroll("standard").task_id).task_id
    world.moves.snooze([follow], LATER)
    events = world.close([world.make_task("Answer Ana about the audit")], "replied")
    assert enrollment(world) == ("ended", "replied")
    task = world.task(follow)
    assert (task["status"], task["enrollment_id"], task["due_on"]) == ("open", None, "2026-12-14")
    assert KeptApart(follow, task["action"]) in events
    sound(world)


def test_a_private_task_is_nobodys_reply(world: World) -> None:
    world.enroll("standard")
    world.close([world.make_task("Ask HR about the pay", kind=TaskKind.PRIVATE)], "replied")
    assert enrollment(world) == ("active", None)


# --- what would begin beside what runs


def beside(world: World) -> None:
    """A second outreach to Ana, about another deal."""
    world.enroll("standard", deal=world.make_deal("Second", world.account), contact=world.contact)


@pytest.mark.parametrize(
    ("code", "prepare", "why"),
    [
        ("start_again", beside, "Standard outreach is running, and only one outreach runs at a time"),
        ("start_again", lambda w: w.change(Contact, w.contact, do_not_contact=True), "asked not to be contacted"),
        (
            "lost",
            lambda w: w.change(Contact, w.contact, opted_out=("mail",)),
            "they opted out of every channel of its steps",
        ),
        ("start_again", lambda w: w.change(Cadence, 1, retired=True), "Standard outreach is retired"),
        ("won", lambda w: w.change(Deal, w.deal, parked_until=LATER, park_reason="budget"), ""),
        ("lost", beside, ""),
        ("start_again", lambda w: None, ""),
    ],
)  # fmt: skip
def test_it_is_foreseen_why_a_cadence_would_not_begin(
    world: World, code: str, prepare: Callable[[World], object], why: str
) -> None:
    task = rested(world)
    prepare(world)
    told = announced(world.context, task, code, **answers(BY_CODE[code]))
    (refused,) = [
        event.why
        for event in world.close([task], code, **answers(BY_CODE[code]))
        if isinstance(event, NotEnrolled)
    ] or [""]
    assert refused == why, "what the close says"
    assert told == f"nothing begins: {why}" if why else isinstance(told, Following)
    sound(world)


def test_a_meeting_beside_a_cadence_ends_it_and_begins_what_follows(world: World) -> None:
    world.enroll("proposal")
    task = world.make_task("Meet Ana", kind=TaskKind.MEETING)
    told = announced(world.context, task, "meeting_held")
    assert isinstance(told, Following)
    assert world.spawn(task, "meeting_held").action == told.action


def test_one_more_try_is_foreseen_as_it_comes(world: World) -> None:
    task = decision(world)
    told = announced(world.context, task, "extend")
    assert isinstance(told, Following)
    events = world.close([task], "extend")
    assert events[0].label == "extended by one more try"  # type: ignore[union-attr]
    (more,) = spawned(events)
    assert (more.action, more.due_on) == (told.action, told.due.due_on)


def test_one_more_try_without_a_cadence_is_foreseen_too(world: World) -> None:
    task = world.make_task()
    for _ in range(5):
        task = world.spawn(task).task_id
    assert world.task(task)["kind"] == "decide"
    told = announced(world.context, task, "extend")
    assert isinstance(told, Following)
    assert (told.action, told.due.due_on) == world.spawn(task, "extend")[1:3]


def test_the_channel_that_they_want_no_more_of_is_told(world: World) -> None:
    events = world.close([world.enroll("standard").task_id], "opted_out", channel=Channel.MAIL)
    assert events[0].label == "wants no more of it by mail"  # type: ignore[union-attr]

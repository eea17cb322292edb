"""A reply that comes by itself, before or after the next step was made: what waited for it ends, its answer is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fu_tui.core.errors import ColleagueReplied, Refused, TouchedSuccessor
from fu_tui.core.events import EnrollmentEnded, Event, KeptApart, ReplyLogged, TaskAdded, TasksMoot
from fu_tui.core.terms import Channel, Touched
from fu_tui.queries.doctor import examine
from fu_tui.queries.touches import unanswered
from fu_tui.services.replies import Replies
from fu_tui.services.spawn import Links
from fu_tui.store.models import DealContact, User
from tests.services.test_migrating import new_version
from tests.world import World

LATER = date(2026, 12, 14)


def reply(
    world: World, contact: int | None = None, deal: int | None = None, **more: Any
) -> tuple[Event, ...]:
    """Ana replies, or who is named."""
    whom = (contact, deal) if contact or deal else (world.contact, None)
    return Replies(world.context).replied(*whom, **more)


def kinds(events: tuple[Event, ...]) -> list[str]:
    return [type(event).__name__ for event in events]


def enrollment(world: World, number: int = 1) -> tuple[str, str | None]:
    row = world.record("enrollment", number)
    return row["state"], row["end_reason"]


def answer(events: tuple[Event, ...]) -> TaskAdded:
    assert isinstance(events[-1], TaskAdded)
    return events[-1]


def test_a_reply_after_the_successor_was_made_supersedes_it(world: World) -> None:
    first = world.enroll("standard").task_id
    follow = world.spawn(first).task_id
    came = world.clock.at + timedelta(hours=2)
    world.go_to(date(2026, 11, 25))
    before = world.dump()
    events = reply(world, at=came, channel=Channel.MAIL, body="wants twelve seats")
    assert kinds(events) == ["ReplyLogged", "EnrollmentEnded", "TasksMoot", "TaskAdded"]
    assert world.task(follow)["status"] == "superseded"
    row = world.record("enrollment", 1)
    assert (row["state"], row["end_reason"], row["ended_at"]) == ("ended", "replied", "2026-11-23T11:00:00Z")
    task = world.task(answer(events).task_id)
    assert (task["action"], task["due_on"], task["kind"], task["body"], task["owner_id"], task["spawned_by_id"]) == (
        "Answer Ana Ruiz: wants twelve seats", "2026-11-27", "reply", "wants twelve seats", world.dana, follow,
    )  # fmt: skip
    touch = world.record("activity", 2)
    assert (touch["direction"], touch["reply_class"], touch["task_id"], touch["at"]) == (
        "in", "substantive", first, "2026-11-23T11:00:00Z",
    )  # fmt: skip
    assert unanswered(world.db, world.contact, None) == 0
    after = world.dump()
    assert examine(world.db).violations == ()
    world.journal.undo()
    assert world.dump() == before
    world.journal.redo()
    assert world.dump() == after


def test_a_reply_is_credited_to_the_last_touch_before_it(world: World) -> None:
    first = world.enroll("standard").task_id
    second = world.spawn(first).task_id
    world.go_to(date(2026, 11, 27))
    world.close([second], "no_reply")
    (logged, *_) = reply(world, at=datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    assert isinstance(logged, ReplyLogged)
    assert logged.credited_to == first, "the second touch came after it"
    (logged, *_) = reply(world)
    assert isinstance(logged, ReplyLogged)
    assert logged.credited_to == second


def test_a_successor_that_was_changed_is_asked_about(world: World) -> None:
    follow = world.spawn(world.enroll("standard").task_id).task_id
    world.moves.snooze([follow], LATER)
    before = world.dump()
    with pytest.raises(TouchedSuccessor, match=f"Task {follow} .* was changed since it was spawned") as asked:
        reply(world)
    assert asked.value.task_id == follow
    assert world.dump() == before


@pytest.mark.parametrize(("touched", "status"), [(Touched.KEEP, "open"), (Touched.WITHDRAW, "superseded")])
def test_what_becomes_of_a_changed_successor_is_said(world: World, touched: Touched, status: str) -> None:
    follow = world.spawn(world.enroll("standard").task_id).task_id
    world.moves.snooze([follow], LATER)
    events = reply(world, touched=touched)
    assert world.task(follow)["status"] == status
    assert enrollment(world) == ("ended", "replied")
    assert any(isinstance(event, KeptApart) for event in events) is (touched is Touched.KEEP)
    assert (world.task(follow)["enrollment_id"] is None) is (touched is Touched.KEEP)
    assert examine(world.db).violations == ()


def test_a_change_that_was_undone_is_none(world: World) -> None:
    follow = world.spawn(world.enroll("standard").task_id).task_id
    world.moves.snooze([follow], LATER)
    world.journal.undo()
    reply(world)
    assert world.task(follow)["status"] == "superseded"


def test_an_inquiry_is_answered_within_four_working_hours(world: World) -> None:
    added = answer(reply(world, inquiry=True, body="what does it cost"))
    assert (added.due_on, added.due_at) == (date(2026, 11, 23), datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
    assert world.task(added.task_id)["priority"] == 1


def test_an_inquiry_late_in_the_day_is_answered_on_the_next_one(world: World) -> None:
    world.go_to(date(2026, 11, 25), hour=16)
    added = answer(reply(world, inquiry=True))
    assert added.due_at == datetime(2026, 11, 27, 11, 30, tzinfo=UTC), "Thursday is a holiday"


def test_an_inquiry_that_lay_for_days_is_due_today(world: World) -> None:
    came = world.clock.at
    world.go_to(date(2026, 11, 27))
    added = answer(reply(world, inquiry=True, at=came))
    assert (added.due_on, added.due_at) == (date(2026, 11, 27), None)


def test_a_reply_about_one_deal_leaves_the_other_deals_cadence_alone(world: World) -> None:
    other = world.make_deal("Second", world.account)
    world.enroll("proposal")
    world.enroll("proposal", deal=other, contact=world.contact)
    reply(world, world.contact, other)
    assert (enrollment(world, 1)[0], enrollment(world, 2)) == ("active", ("ended", "replied"))


def test_a_reply_about_nothing_in_particular_ends_what_it_answers_and_any_outreach(world: World) -> None:
    other, third = world.make_deal("Second", world.account), world.make_deal("Third", world.account)
    world.enroll("proposal")
    touched = world.enroll("negotiation", deal=other, contact=world.contact).task_id
    world.enroll("standard", deal=third, contact=world.contact)
    world.close([touched], "no_reply")
    events = reply(world)
    assert [event.enrollment_id for event in events if isinstance(event, EnrollmentEnded)] == [2, 3]
    assert enrollment(world, 1)[0] == "active"


def test_somebody_of_a_deal_without_a_contact_replies(world: World) -> None:
    deal = world.make_deal("Alone")
    world.enroll("negotiation", deal=deal)
    added = answer(reply(world, None, deal))
    assert enrollment(world) == ("ended", "replied")
    assert added.action == "Settle the open point with Alone"


@pytest.mark.parametrize("by_deal", [True, False])
def test_a_colleagues_reply_asks_whether_it_ends_the_deals_cadence(world: World, by_deal: bool) -> None:
    ben = world.make_contact("Ben Ode")
    world.spawn(world.enroll("proposal").task_id)
    deal = world.deal if by_deal else None
    before = world.dump()
    with pytest.raises(ColleagueReplied, match="Ben Ode replied, and a cadence runs with Ana Ruiz"):
        reply(world, ben, deal)
    assert world.dump() == before
    events = reply(world, ben, deal, ends_deal=False)
    assert (kinds(events), enrollment(world)[0]) == (["ReplyLogged", "TaskAdded"], "active")
    world.journal.undo()
    events = reply(world, ben, deal, ends_deal=True)
    assert enrollment(world) == ("ended", "replied")
    assert isinstance(events[0], ReplyLogged)
    assert events[0].credited_to == 1
    assert world.task(answer(events).task_id)["contact_id"] == ben
    assert examine(world.db).violations == ()


def test_who_is_named_on_a_deal_of_another_account_is_a_colleague_too(world: World) -> None:
    kim = world.make_contact("Kim Moe", account=None)
    with world.context.unit("setup") as work:
        work.insert(DealContact, deal=world.deal, contact=kim)
    world.enroll("proposal")
    with pytest.raises(ColleagueReplied):
        reply(world, kim)


def test_a_stranger_is_nobodys_colleague(world: World) -> None:
    kim = world.make_contact("Kim Moe", account=None)
    world.enroll("proposal")
    assert kinds(reply(world, kim)) == ["ReplyLogged", "TaskAdded"]


def test_a_reply_ends_a_cadence_that_waits_for_an_address_and_its_search(world: World) -> None:
    search = world.spawn(world.enroll("standard").task_id, "bounced").task_id
    search = world.spawn(search, "no_reply").task_id
    events = reply(world)
    assert enrollment(world) == ("ended", "replied")
    assert [event.task_ids for event in events if isinstance(event, TasksMoot)] == [(search,)]
    assert [task["id"] for task in world.open_tasks()] == [answer(events).task_id]


def test_whoever_is_gone_answers_nothing(world: World) -> None:
    kim = world.make_contact("Kim Moe", owner=world.sam)
    world.change(User, world.sam, active=False)
    assert answer(reply(world, kim)).owner_id == world.dana


def test_the_owner_of_the_deal_answers(world: World) -> None:
    deal = world.make_deal("Second", world.account, owner=world.sam)
    assert answer(reply(world, world.contact, deal)).owner_id == world.sam


def test_the_answers_words_may_be_ones_own(world: World) -> None:
    assert answer(reply(world, action="Send Ana the annual price")).action == "Send Ana the annual price"
    with pytest.raises(Refused, match="says no action"):
        reply(world, action="Follow up")


def test_what_has_not_come_yet_and_nobody_are_refused(world: World) -> None:
    with pytest.raises(Refused, match="still to come"):
        reply(world, at=world.clock.at + timedelta(days=1))
    with pytest.raises(Refused, match="Nobody is named"):
        Replies(world.context).replied()


def test_what_is_open_without_a_cadence_stays(world: World) -> None:
    task = world.make_task(links=Links(world.contact, world.deal))
    reply(world)
    assert world.task(task)["status"] == "open"


def test_a_follow_up_that_only_went_along_was_not_changed_by_anybody(world: World) -> None:
    """Whoever hands a deal over, or brings a cadence to its new version, says nothing about each task."""
    key = world.make_cadence("own", (0, 3, 7))
    begun = world.enroll(key)
    new_version(world, key, (0, 10, 20))
    world.migrating.migrate(key)
    world.handing.handoff("deal", world.deal, "sam", "Wants a quote by March")
    assert world.task(begun.task_id)["owner_id"] == world.sam
    reply(world)
    assert world.task(begun.task_id)["status"] == "superseded"


def test_a_follow_up_that_only_waited_was_not_changed_by_anybody(world: World) -> None:
    begun = world.enroll("standard")
    world.life.pause([begun.enrollment_id])
    world.life.resume([begun.enrollment_id])
    reply(world)
    assert world.task(begun.task_id)["status"] == "superseded"

"""Enrolling: a cadence is born with its first task, once for each conversation; who is passed over is told why."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.events import Enrolled, NotEnrolled
from fu_tui.core.terms import Role
from fu_tui.services.enroll import Target
from fu_tui.store.models import Contact, Deal, User
from tests.world import World


def enroll(world: World, cadence: str, *targets: Target, **more: object) -> list[Enrolled | NotEnrolled]:
    return list(world.enrolling.enroll(cadence, targets, **more))  # type: ignore[arg-type]


def both(world: World) -> Target:
    return Target(world.contact, world.deal)


def test_an_enrollment_is_born_with_its_first_task(world: World) -> None:
    (event,) = enroll(world, "standard", both(world))
    assert event == Enrolled(
        1, "Standard outreach", "Ana Ruiz · GTX Plus · Betatech", 1, "Introduce yourself and why you write",
        date(2026, 11, 23), None, world.dana,
    )  # fmt: skip
    row = world.record("enrollment", 1)
    expected = {
        "contact_id": world.contact, "deal_id": world.deal, "assignee_id": world.dana, "state": "active",
        "current_step": 1, "anchor_on": "2026-11-23", "exclusive": 1, "started_at": "2026-11-23T09:00:00Z",
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected
    (task,) = world.open_tasks()
    assert (task["enrollment_id"], task["step_no"], task["attempt"], task["assigner_id"]) == (
        1,
        1,
        1,
        world.dana,
    )


def test_the_cadence_may_be_named_by_its_name(world: World) -> None:
    assert world.enroll("Negotiation").cadence == "Negotiation"
    with pytest.raises(NotFound, match='no cadence "stadnard"'):
        world.enroll("stadnard")


def test_it_may_begin_later_and_further_on(world: World) -> None:
    started = world.enroll("proposal", start=date(2026, 12, 10), from_step=2)
    assert (started.action, started.due_on) == ("Call about open questions", date(2026, 12, 14))
    assert world.record("enrollment", 1)["current_step"] == 2
    with pytest.raises(UsageError, match="Proposal has 5 steps, not 6"):
        world.enroll("proposal", from_step=6)


def test_a_plan_that_began_in_the_past_starts_today(world: World) -> None:
    assert world.enroll("proposal", start=date(2026, 11, 2)).due_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("hour", "due", "at"),
    [
        (9, date(2026, 11, 23), datetime(2026, 11, 23, 13, 0, tzinfo=UTC)),
        (16, date(2026, 11, 24), datetime(2026, 11, 24, 11, 30, tzinfo=UTC)),
        (22, date(2026, 11, 24), datetime(2026, 11, 24, 13, 0, tzinfo=UTC)),
    ],
)
def test_an_inquiry_is_answered_within_four_working_hours(
    world: World, hour: int, due: date, at: datetime
) -> None:
    world.go_to(date(2026, 11, 23), hour)
    started = world.enroll("inbound")
    assert (started.due_on, started.due_at) == (due, at)
    assert world.task(started.task_id)["priority"] == 1


def test_many_are_spread_evenly_over_working_days_and_undone_as_one(world: World) -> None:
    """Thursday 26 is a holiday, then a weekend."""
    deals = [world.make_deal(f"Deal {n}") for n in range(7)]
    world.go_to(date(2026, 11, 25))
    before = world.dump()
    events = enroll(world, "proposal", *[Target(None, deal) for deal in deals], spread=3)
    days = [event.due_on.day for event in events if isinstance(event, Enrolled)]
    assert days == [25, 25, 25, 27, 27, 30, 30]
    assert [world.record("enrollment", n)["anchor_on"][-2:] for n in (1, 4, 7)] == ["25", "27", "30"]
    assert world.journal.entries(1)[0].summary == "enrolled 7 conversations in Proposal"
    world.journal.undo()
    assert world.dump() == before


def test_each_person_has_an_even_share_of_what_is_spread(world: World) -> None:
    """However the deals are ordered: one after the other, all of one person's would begin on the first days."""
    dana = [world.make_deal(f"Deal {n}") for n in range(4)]
    sam = [world.make_deal(f"Deal {n}", owner=world.sam) for n in range(4, 8)]
    world.go_to(date(2026, 11, 30))
    events = enroll(world, "proposal", *[Target(None, deal) for deal in dana + sam], spread=4)
    begun = [(event.owner_id, event.due_on.day) for event in events if isinstance(event, Enrolled)]
    assert begun == [(who, day) for who in (world.dana, world.sam) for day in (30, 1, 2, 3)]


def test_the_work_is_the_deals_owners_unless_told(world: World) -> None:
    deal = world.make_deal("Sams deal", owner=world.sam)
    assert world.enroll("proposal", deal=deal).owner_id == world.sam
    assert world.enroll("proposal", owner="sam").owner_id == world.sam
    kim = world.make_contact("Kim Moe", owner=world.sam)
    assert world.enroll("standard", contact=kim).owner_id == world.sam


def test_a_rep_does_not_begin_work_in_anothers_name(world: World) -> None:
    world.act_as(world.sam)
    with pytest.raises(Refused, match=r"belongs to Dana Okafor\. Ask them, a manager or an admin"):
        world.enroll("standard")
    world.act_as(world.dana)
    world.change(User, world.sam, role=Role.MANAGER)
    world.act_as(world.sam)
    assert world.enroll("standard").owner_id == world.dana


# --- who is passed over


def passed_over(world: World, cadence: str, target: Target) -> str:
    other = Target(None, world.make_deal("Another deal"))
    refused, enrolled = enroll(world, cadence, target, other)
    assert isinstance(refused, NotEnrolled)
    assert isinstance(enrolled, Enrolled), "the others are enrolled"
    return refused.why


def test_the_same_cadence_does_not_run_twice_at_once(world: World) -> None:
    started = world.enroll("proposal")
    assert passed_over(world, "proposal", both(world)) == "Proposal is running already"
    world.close([started.task_id], "replied")
    again = world.enroll("proposal")
    assert world.task(again.task_id)["attempt"] == 1, "again is a new enrollment, from step 1"


def test_one_cadence_runs_at_a_time_for_a_contact_and_deal(world: World) -> None:
    world.enroll("negotiation")
    why = "Negotiation is running, and one cadence runs at a time"
    assert passed_over(world, "proposal", both(world)) == why
    assert isinstance(enroll(world, "proposal", Target(world.contact, None))[0], Enrolled)


def test_one_outreach_runs_at_a_time_for_a_contact(world: World) -> None:
    world.enroll("standard")
    other_deal = world.make_deal("Other")
    assert passed_over(world, "inbound", Target(world.contact, other_deal)) == (
        "Standard outreach is running, and only one outreach runs at a time"
    )
    assert isinstance(enroll(world, "proposal", Target(world.contact, other_deal))[0], Enrolled)


def test_one_outreach_runs_at_a_time_for_a_deal_without_a_contact(world: World) -> None:
    deal = world.make_deal("Alone")
    world.enroll("standard", deal=deal)
    assert "running" in passed_over(world, "inbound", Target(None, deal))


@pytest.mark.parametrize("with_contact_first", [True, False])
def test_one_outreach_runs_at_a_time_for_a_deal_whoever_it_is_written_to(
    world: World, with_contact_first: bool
) -> None:
    deal = world.make_deal("Shared")
    kim = world.make_contact("Kim Moe")
    first, then = (kim, None) if with_contact_first else (None, kim)
    world.enroll("standard", contact=first, deal=deal)
    why = "Standard outreach is running, and only one outreach runs at a time"
    assert passed_over(world, "inbound", Target(then, deal)) == why
    assert passed_over(world, "standard", Target(world.contact, deal)) == why
    assert isinstance(enroll(world, "proposal", Target(world.contact, deal))[0], Enrolled)


def test_two_targets_of_one_call_count_too(world: World) -> None:
    first, second = enroll(world, "standard", both(world), Target(world.contact, None))
    assert isinstance(first, Enrolled)
    assert isinstance(second, NotEnrolled)


@pytest.mark.parametrize(("stage", "why"), [("Won", "the deal is won"), ("Lost", "the deal is lost")])
def test_a_deal_that_is_over_is_passed_over(world: World, stage: str, why: str) -> None:
    assert passed_over(world, "proposal", Target(None, world.make_deal("Over", stage=stage))) == why


def test_a_parked_deal_is_passed_over(world: World) -> None:
    world.change(Deal, world.deal, parked_until=date(2027, 1, 4), park_reason="budget")
    assert passed_over(world, "proposal", both(world)) == "the deal is parked until Mon 4 Jan 2027"


def test_who_asked_not_to_be_contacted_is_passed_over(world: World) -> None:
    world.change(Contact, world.contact, do_not_contact=True)
    assert passed_over(world, "standard", both(world)) == "asked not to be contacted"


@pytest.mark.parametrize("gone", ["contact", "deal"])
def test_a_record_that_is_gone_is_passed_over(world: World, gone: str) -> None:
    if gone == "contact":
        with world.context.unit("add") as work:
            target = Target(work.insert(Contact, name="Kim Moe", owner=world.dana), world.deal)
    else:
        target = Target(world.contact, world.make_deal("Taken back"))
    world.journal.undo()
    assert passed_over(world, "standard", target) == f"there is no such {gone}"
    assert passed_over(world, "standard", Target(*(999 if of else None for of in target))).startswith(
        "there is no"
    )


def test_work_does_not_go_to_somebody_who_left(world: World) -> None:
    deal = world.make_deal("Left behind", owner=world.sam)
    world.change(User, world.sam, active=False)
    assert passed_over(world, "proposal", Target(None, deal)) == "its owner, Sam Hill, is not active"


def test_where_all_are_passed_over_nothing_is_written(world: World) -> None:
    world.enroll("standard")
    entries = len(world.journal.entries())
    with pytest.raises(
        Refused, match=r"Nobody was enrolled: Ana Ruiz .*: Standard outreach is running already"
    ):
        enroll(world, "standard", both(world))
    with pytest.raises(Refused, match="There is nobody to enroll"):
        enroll(world, "standard")
    assert len(world.journal.entries()) == entries

"""The worked examples of the due days (docs/cadences.md), through the real verbs: enroll, close, add."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fu_tui.core.capture import Draft
from fu_tui.core.terms import Temperature
from fu_tui.services.capturing import Capturing
from fu_tui.services.resolving import Resolving
from fu_tui.store.models import Deal
from tests.world import World


def nov(day: int) -> date:
    return date(2026, 11, day)


def dec(day: int) -> date:
    return date(2026, 12, day)


def on_time(world: World, cadence: str, closes: int) -> list[date]:
    """The due days of a cadence begun today, each step closed on its due day."""
    started = world.enroll(cadence)
    task, days = started.task_id, [started.due_on]
    for _ in range(closes):
        world.go_to(days[-1])
        spawned = world.spawn(task)
        task, days = spawned.task_id, [*days, spawned.due_on]
    return days


@pytest.mark.parametrize(
    ("anchor", "days"),
    [
        ("completion", [nov(23), nov(27), dec(1), dec(8), dec(24)]),
        ("planned", [nov(23), nov(27), nov(30), dec(7), dec(23)]),
    ],
)
def test_standard_outreach_on_time(world: World, anchor: str, days: list[date]) -> None:
    cadence = world.make_cadence("like-standard", (0, 3, 7, 14, 30), anchor=anchor)
    assert on_time(world, cadence, 4) == days


def test_the_shipped_standard_is_the_completion_column(world: World) -> None:
    assert on_time(world, "standard", 4) == [nov(23), nov(27), dec(1), dec(8), dec(24)]


@pytest.mark.parametrize(
    ("closed_on", "completion", "planned"),
    [
        (dec(3), dec(7), dec(7)),  # six days late: the plan's Mon 30 Nov becomes Sun 6 Dec
        (nov(24), nov(30), nov(30)),  # early: Sat 28 Nov rolls
        (nov(28), dec(2), dec(1)),  # on a Saturday, one day late
    ],
)
def test_the_second_step_late_and_early(
    world: World, closed_on: date, completion: date, planned: date
) -> None:
    for anchor, expected in (("completion", completion), ("planned", planned)):
        cadence = world.make_cadence(f"like-standard-{anchor}", (0, 3, 7, 14, 30), anchor=anchor)
        deal = world.make_deal(f"Deal {anchor}")
        world.go_to(nov(23))
        second = world.spawn(world.enroll(cadence, deal=deal).task_id)
        assert second.due_on == nov(27)
        world.go_to(closed_on)
        assert world.spawn(second.task_id).due_on == expected


@pytest.mark.parametrize(
    ("anchor", "days"),
    [
        ("completion", [dec(10), dec(14), dec(18), dec(28), date(2027, 1, 4)]),
        ("planned", [dec(10), dec(14), dec(17), dec(24), dec(31)]),
    ],
)
def test_a_proposal_on_time(world: World, anchor: str, days: list[date]) -> None:
    world.go_to(dec(10))
    cadence = world.make_cadence("like-proposal", (0, 3, 7, 14, 21), anchor=anchor)
    assert on_time(world, cadence, 4) == days


def test_the_shipped_proposal_is_the_planned_column(world: World) -> None:
    world.go_to(dec(10))
    assert on_time(world, "proposal", 4) == [dec(10), dec(14), dec(17), dec(24), dec(31)]


@pytest.mark.parametrize("anchor", ["completion", "planned"])
def test_a_proposals_third_step_six_days_late(world: World, anchor: str) -> None:
    world.go_to(dec(10))
    cadence = world.make_cadence("like-proposal", (0, 3, 7, 14, 21), anchor=anchor)
    third = world.spawn(world.enroll(cadence, from_step=2).task_id)
    world.change_due(third.task_id, dec(17))
    world.go_to(dec(23))
    assert world.spawn(third.task_id).due_on == dec(30)
    enrollment = world.record("enrollment", 1)
    assert enrollment["anchor_on"] == ("2026-12-16" if anchor == "planned" else "2026-12-10")


def test_a_task_without_a_cadence_waits_three_days(world: World) -> None:
    world.go_to(dec(4))
    assert world.spawn(world.make_task()).due_on == dec(7)


def test_out_of_office_waits_for_the_first_working_day_after_the_return(world: World) -> None:
    second = world.spawn(world.enroll("standard").task_id)
    world.go_to(dec(1))
    third = world.spawn(second.task_id, "out_of_office", until=dec(14))
    assert third.due_on == dec(15)
    world.journal.undo()
    assert world.spawn(second.task_id, "acknowledged").due_on == dec(7), "without it, the normal wait"


@pytest.mark.parametrize("ends", [date(2027, 3, 31), date(2027, 4, 1)])
def test_a_renewal_starts_ninety_days_before_the_end_and_rolls_back(world: World, ends: date) -> None:
    assert world.enroll("renewal", start=ends).due_on == dec(31)


def test_a_warm_prospect_has_a_window(world: World) -> None:
    world.go_to(nov(25))
    world.change(Deal, world.deal, temperature=Temperature.WARM)
    capturing = Capturing(world.context)
    draft = Draft("Call about the seats", contact="Ana", link=str(world.deal))
    capturing.add(Resolving(world.context).resolve(draft))
    (task,) = world.open_tasks()
    assert (task["due_on"], task["window_end_on"]) == ("2026-11-30", "2026-12-01")


def test_every_day_explains_itself(world: World) -> None:
    """The stored trace gives the day again, and says why it is that day."""
    second = world.spawn(world.enroll("standard").task_id)
    trace = world.trace(second.task_id)
    assert trace.due_on == second.due_on == nov(27)
    assert trace.lines == (
        "3 days after closing (Mon 23 Nov) → Thu 26 Nov",
        "Thu 26 Nov is Thanksgiving → Fri 27 Nov",
    )
    assert trace.inputs["anchor_on"] == "2026-11-23"
    assert set(trace.off) == {nov(26)}


def test_a_close_that_is_entered_later_counts_from_its_day_but_brings_nothing_past(world: World) -> None:
    """I called on Friday: allowed, and the step after it is due today at the earliest."""
    task = world.make_task()
    world.go_to(nov(30))
    assert world.spawn(task, on=nov(24)).due_on == nov(30)
    again = world.make_task()
    world.go_to(dec(2))
    assert world.spawn(again, on=dec(1)).due_on == dec(4)


@pytest.mark.parametrize("outcome", ["no_reply", "left_voicemail", "acknowledged", "done"])
def test_no_way_of_closing_brings_a_day_before_today(world: World, outcome: str) -> None:
    for anchor in ("completion", "planned"):
        cadence = world.make_cadence(f"c-{anchor}", (0, 1, 2), anchor=anchor)
        world.go_to(nov(23))
        task = world.enroll(cadence, deal=world.make_deal(f"Deal {anchor}")).task_id
        world.go_to(nov(23) + timedelta(days=40))
        spawned = world.spawn(task, outcome, on=nov(23))
        assert spawned.due_on == world.today + timedelta(days=2), "2 Jan is a Saturday"

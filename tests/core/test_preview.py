"""A cadence's days before anybody is enrolled: the rows of docs/cadences.md in which every step is on time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.preview import preview
from fu_tui.core.terms import Anchor, CadenceKind, Roll

CALENDAR = WorkCalendar(
    holidays={
        date(2026, 11, 26): "Thanksgiving",
        date(2026, 12, 25): "Christmas Day",
        date(2027, 1, 1): "New Year's Day",
    }
)
STANDARD, PROPOSAL = (0, 3, 7, 14, 30), (0, 3, 7, 14, 21)
COMPLETION, PLANNED = Anchor.COMPLETION, Anchor.PLANNED
MON_23_NOV, THU_10_DEC = date(2026, 11, 23), date(2026, 12, 10)


def plan(offsets: tuple[int, ...], anchor: Anchor, roll: Roll = Roll.FORWARD) -> CadencePlan:
    steps = tuple(Step(no, days, f"Step {no}", "a reason") for no, days in enumerate(offsets, 1))
    return CadencePlan("plan", "Plan", CadenceKind.OUTREACH, anchor, steps, roll=roll)


def days(
    plan: CadencePlan, start: date, today: date | None = None, from_step: int = 1
) -> list[tuple[int, int]]:
    """The (month, day) of each step."""
    dated = preview(plan, start=start, today=today or start, calendar=CALENDAR, from_step=from_step)
    return [(item.due.due_on.month, item.due.due_on.day) for item in dated]


@pytest.mark.parametrize(
    ("offsets", "anchor", "start", "expected"),
    [
        (STANDARD, COMPLETION, MON_23_NOV, [(11, 23), (11, 27), (12, 1), (12, 8), (12, 24)]),
        (STANDARD, PLANNED, MON_23_NOV, [(11, 23), (11, 27), (11, 30), (12, 7), (12, 23)]),
        (PROPOSAL, COMPLETION, THU_10_DEC, [(12, 10), (12, 14), (12, 18), (12, 28), (1, 4)]),
        (PROPOSAL, PLANNED, THU_10_DEC, [(12, 10), (12, 14), (12, 17), (12, 24), (12, 31)]),
    ],
)
def test_every_step_on_time(
    offsets: tuple[int, ...], anchor: Anchor, start: date, expected: list[tuple[int, int]]
) -> None:
    assert days(plan(offsets, anchor), start) == expected


@pytest.mark.parametrize("end", [date(2027, 3, 31), date(2027, 4, 1)])
def test_a_plan_that_counts_back_from_an_end(end: date) -> None:
    renewal = plan((-90, -60, -30), PLANNED, Roll.BACKWARD)
    assert days(renewal, end, today=MON_23_NOV)[0] == (12, 31)


def test_what_is_past_begins_today() -> None:
    assert days(plan(PROPOSAL, PLANNED), THU_10_DEC, today=date(2026, 12, 19)) == [
        (12, 21), (12, 22), (12, 23), (12, 24), (12, 31),
    ]  # fmt: skip


def test_a_plan_joined_on_the_way() -> None:
    assert days(plan(PROPOSAL, PLANNED), THU_10_DEC, from_step=3) == [(12, 17), (12, 24), (12, 31)]


def test_a_step_that_repeats_stands_once() -> None:
    again = CadencePlan(
        "n", "N", CadenceKind.DEAL, COMPLETION, (Step(1, 3, "Move on", "a reason", repeats=True),)
    )
    assert days(again, MON_23_NOV) == [(11, 27)]


@pytest.mark.parametrize(
    ("start", "now", "falls"),
    [
        (date(2026, 11, 25), time(22, 50), (date(2026, 11, 27), time(13, 0))),  # on the eve of a holiday
        (date(2026, 11, 25), time(10, 0), (date(2026, 11, 25), time(14, 0))),
        (
            date(2026, 11, 27),
            None,
            (date(2026, 11, 27), time(13, 0)),
        ),  # a day ahead begins with the work on it
    ],
)
def test_a_promise_by_the_hour_falls_where_enrolling_would_have_it(
    start: date, now: time | None, falls: tuple[date, time]
) -> None:
    inquiry = plan((0, 2), COMPLETION)
    first = replace(inquiry.steps[0], within_hours=4)
    inquiry = replace(inquiry, steps=(first, *inquiry.steps[1:]))
    step = preview(inquiry, start=start, today=date(2026, 11, 25), calendar=CALENDAR, now=now)[0]
    assert (step.due.due_on, step.at) == falls

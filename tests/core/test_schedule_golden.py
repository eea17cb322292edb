"""The worked examples of docs/cadences.md, both anchors. One rule: a date that changes here changes for every user."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.schedule import (
    Due,
    by_temperature,
    first_due,
    next_due,
    next_try,
    recompute,
    remaining_days,
    resumed,
)
from fu_tui.core.terms import Anchor, CadenceKind, Count, Roll, Temperature
from fu_tui.core.trace import Trace

CALENDAR = WorkCalendar(
    holidays={
        date(2026, 11, 26): "Thanksgiving",
        date(2026, 12, 25): "Christmas Day",
        date(2027, 1, 1): "New Year's Day",
    }
)
STANDARD = (0, 3, 7, 14, 30)
PROPOSAL = (0, 3, 7, 14, 21)
COMPLETION, PLANNED = Anchor.COMPLETION, Anchor.PLANNED
MON_23_NOV, THU_10_DEC = date(2026, 11, 23), date(2026, 12, 10)


def plan(
    offsets: tuple[int, ...], anchor: Anchor, roll: Roll = Roll.FORWARD, count: Count = Count.CALENDAR
) -> CadencePlan:
    steps = tuple(Step(no, days, f"Step {no}", "a reason") for no, days in enumerate(offsets, 1))
    return CadencePlan("plan", "Plan", CadenceKind.OUTREACH, anchor, steps, roll=roll, count=count)


def walk(plan: CadencePlan, anchor_on: date) -> Iterator[date]:
    """The due days when each step is closed on its due day."""
    due = first_due(plan, anchor_on=anchor_on, today=anchor_on, calendar=CALENDAR)
    yield checked(due)
    for step in plan.steps[1:]:
        due = next_due(
            plan,
            step_no=step.no,
            anchor_on=due.anchor_on or anchor_on,
            due_on=due.due_on,
            closed_on=due.due_on,
            today=due.due_on,
            calendar=CALENDAR,
        )
        yield checked(due)


def closed(
    plan: CadencePlan,
    *,
    anchor_on: date,
    step_no: int,
    due_on: date,
    closed_on: date,
    back_on: date | None = None,
) -> date:
    """The due day that follows when step `step_no`, due on `due_on`, is closed on `closed_on`."""
    return checked(
        next_due(
            plan,
            step_no=step_no + 1,
            anchor_on=anchor_on,
            due_on=due_on,
            closed_on=closed_on,
            today=closed_on,
            calendar=CALENDAR,
            not_before=back_on,
        )
    )


def checked(due: Due) -> date:
    """The due day, after its trace has shown that it recomputes from what is stored."""
    assert recompute(Trace.from_json(due.trace.to_json())) == due.due_on == due.trace.due_on
    return due.due_on


@pytest.mark.parametrize(
    ("offsets", "anchor", "anchor_on", "days"),
    [
        pytest.param(
            STANDARD,
            COMPLETION,
            MON_23_NOV,
            [
                date(2026, 11, 23),
                date(2026, 11, 27),
                date(2026, 12, 1),
                date(2026, 12, 8),
                date(2026, 12, 24),
            ],
            id="standard-on-time-completion",
        ),
        pytest.param(
            STANDARD,
            PLANNED,
            MON_23_NOV,
            [
                date(2026, 11, 23),
                date(2026, 11, 27),
                date(2026, 11, 30),
                date(2026, 12, 7),
                date(2026, 12, 23),
            ],
            id="standard-on-time-planned",
        ),
        pytest.param(
            PROPOSAL,
            COMPLETION,
            THU_10_DEC,
            [THU_10_DEC, date(2026, 12, 14), date(2026, 12, 18), date(2026, 12, 28), date(2027, 1, 4)],
            id="proposal-on-time-completion",
        ),
        pytest.param(
            PROPOSAL,
            PLANNED,
            THU_10_DEC,
            [THU_10_DEC, date(2026, 12, 14), date(2026, 12, 17), date(2026, 12, 24), date(2026, 12, 31)],
            id="proposal-on-time-planned",
        ),
    ],
)
def test_a_cadence_closed_on_time(
    offsets: tuple[int, ...], anchor: Anchor, anchor_on: date, days: list[date]
) -> None:
    assert list(walk(plan(offsets, anchor), anchor_on)) == days


@pytest.mark.parametrize(
    ("anchor", "closed_on", "expected"),
    [
        pytest.param(COMPLETION, date(2026, 12, 3), date(2026, 12, 7), id="closed-late-completion"),
        pytest.param(PLANNED, date(2026, 12, 3), date(2026, 12, 7), id="closed-6-late-planned"),
        pytest.param(COMPLETION, date(2026, 11, 24), date(2026, 11, 30), id="closed-early-completion"),
        pytest.param(PLANNED, date(2026, 11, 24), date(2026, 11, 30), id="closed-early-planned"),
        pytest.param(COMPLETION, date(2026, 11, 28), date(2026, 12, 2), id="closed-on-saturday-completion"),
        pytest.param(PLANNED, date(2026, 11, 28), date(2026, 12, 1), id="closed-on-saturday-1-late-planned"),
    ],
)
def test_the_second_standard_step_due_on_friday_27_november(
    anchor: Anchor, closed_on: date, expected: date
) -> None:
    got = closed(
        plan(STANDARD, anchor),
        anchor_on=MON_23_NOV,
        step_no=2,
        due_on=date(2026, 11, 27),
        closed_on=closed_on,
    )
    assert got == expected


@pytest.mark.parametrize("anchor", [COMPLETION, PLANNED])
def test_the_third_proposal_step_closed_six_days_late(anchor: Anchor) -> None:
    got = closed(
        plan(PROPOSAL, anchor),
        anchor_on=THU_10_DEC,
        step_no=3,
        due_on=date(2026, 12, 17),
        closed_on=date(2026, 12, 23),
    )
    assert got == date(2026, 12, 30)


def test_a_gap_of_three_days_from_a_friday() -> None:
    friday = date(2026, 12, 4)
    got = closed(plan((0, 3), COMPLETION), anchor_on=friday, step_no=1, due_on=friday, closed_on=friday)
    assert got == date(2026, 12, 7)
    tried_again = next_try(wait_days=3, closed_on=friday, today=friday, calendar=CALENDAR)
    assert checked(tried_again) == date(2026, 12, 7)


def test_out_of_office_waits_for_the_first_working_day_after_the_return() -> None:
    tuesday = date(2026, 12, 1)
    second = {"anchor_on": MON_23_NOV, "step_no": 2, "due_on": tuesday, "closed_on": tuesday}
    standard = plan(STANDARD, COMPLETION)
    assert closed(standard, **second) == date(2026, 12, 7)
    assert closed(standard, **second, back_on=date(2026, 12, 14)) == date(2026, 12, 15)


def test_a_pause_freezes_the_days_that_are_left() -> None:
    left = remaining_days(date(2026, 12, 1), date(2026, 11, 27))
    assert left == 4
    assert checked(resumed(left, date(2026, 12, 14), CALENDAR)) == date(2026, 12, 18)


@pytest.mark.parametrize("ends_on", [date(2027, 3, 31), date(2027, 4, 1)], ids=["31-mar", "1-apr"])
def test_a_renewal_starts_ninety_days_before_the_end_and_rolls_backward(ends_on: date) -> None:
    renewal = plan((-90, -60, -30), PLANNED, Roll.BACKWARD)
    started = first_due(renewal, anchor_on=ends_on, today=MON_23_NOV, calendar=CALENDAR)
    assert checked(started) == date(2026, 12, 31)


def test_a_warm_prospect_captured_on_the_eve_of_a_holiday() -> None:
    due = by_temperature(Temperature.WARM, today=date(2026, 11, 25), calendar=CALENDAR)
    assert due is not None
    assert checked(due) == date(2026, 11, 30)
    assert due.window_end_on == date(2026, 12, 1)


def test_the_trace_tells_a_late_close_in_words() -> None:
    due = next_due(
        plan(STANDARD, PLANNED),
        step_no=3,
        anchor_on=MON_23_NOV,
        due_on=date(2026, 11, 27),
        closed_on=date(2026, 12, 3),
        today=date(2026, 12, 3),
        calendar=CALENDAR,
    )
    assert due.trace.lines == (
        "closed 6 days late: the plan moves by 6 days",
        "7 days after the plan's start (Sun 29 Nov) → Sun 6 Dec",
        "Sun 6 Dec is not a working day → Mon 7 Dec",
    )
    assert (due.anchor_on, due.planned_on) == (date(2026, 11, 29), date(2026, 12, 6))


def test_the_trace_tells_a_holiday_in_words() -> None:
    due = next_due(
        plan(STANDARD, COMPLETION),
        step_no=2,
        anchor_on=MON_23_NOV,
        due_on=MON_23_NOV,
        closed_on=MON_23_NOV,
        today=MON_23_NOV,
        calendar=CALENDAR,
    )
    assert due.trace.lines == (
        "3 days after closing (Mon 23 Nov) → Thu 26 Nov",
        "Thu 26 Nov is Thanksgiving → Fri 27 Nov",
    )
    assert due.trace.off == {date(2026, 11, 26): "Thanksgiving"}

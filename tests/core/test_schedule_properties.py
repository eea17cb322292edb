"""What holds for every due day, over random calendars, plans and days, against a reckoning of its own.

The oracle below lists the working days of a few years and looks things up in that list; it shares no line with
the module it checks.
"""

from __future__ import annotations

import calendar as months_of_the_year
from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.schedule import (
    Due,
    by_hand,
    by_temperature,
    first_due,
    next_due,
    next_try,
    recompute,
    remaining_days,
    resumed,
    spread,
)
from fu_tui.core.terms import Anchor, CadenceKind, Count, Roll, Temperature
from fu_tui.core.trace import Trace

START, END = date(2020, 1, 1), date(2036, 1, 1)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
waits = st.integers(0, 120)
weeks = st.frozensets(st.integers(0, 6), min_size=1)
holidays = st.dictionaries(days, st.sampled_from(["Thanksgiving", "Bank holiday", ""]), max_size=40)
calendars = st.builds(WorkCalendar, weekdays=weeks, holidays=holidays)
steps = st.builds(
    Step,
    no=st.just(0),
    offset_days=st.integers(-90, 90),
    offset_months=st.sampled_from([0, 0, 0, 1, 3, 6]),
    action=st.just("Call"),
    purpose=st.just("a reason"),
    window_days=st.integers(0, 3),
)


@st.composite
def plans(draw: st.DrawFn, **fixed: object) -> CadencePlan:
    drawn = draw(st.lists(steps, min_size=2, max_size=4))
    plan = CadencePlan(
        key="plan",
        name="Plan",
        kind=CadenceKind.OUTREACH,
        anchor=draw(st.sampled_from(Anchor)),
        steps=tuple(replace(step, no=no) for no, step in enumerate(drawn, 1)),
        count=draw(st.sampled_from(Count)),
        roll=draw(st.sampled_from(Roll)),
        min_gap_days=draw(st.integers(0, 4)),
    )
    return replace(plan, **fixed)  # type: ignore[arg-type]


class Closing(NamedTuple):
    """One closing."""

    anchor_on: date
    due_on: date
    closed_on: date
    today: date


class Oracle:
    """A calendar as one sorted list of working days."""

    def __init__(self, calendar: WorkCalendar) -> None:
        every = [START + timedelta(days=n) for n in range((END - START).days)]
        self.working = [d for d in every if d.weekday() in calendar.weekdays and d not in calendar.holidays]

    def after(self, day: date, n: int) -> date:
        """The n-th working day after (before) `day`, or the nearest from `day` on for 0."""
        if n > 0:
            return self.working[bisect_right(self.working, day) + n - 1]
        return self.working[bisect_left(self.working, day) + n]

    def between(self, after: date, until: date) -> int:
        return max(0, bisect_right(self.working, until) - bisect_right(self.working, after))

    def roll(self, day: date, how: Roll) -> date:
        if how is Roll.NONE:
            return day
        return (
            self.after(day, 0) if how is Roll.FORWARD else self.working[bisect_right(self.working, day) - 1]
        )

    def shift(self, day: date, months: int, n: int, count: Count) -> date:
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = months_of_the_year.monthrange(year, month + 1)[1]
        moved = date(year, month + 1, min(day.day, last))
        if count is Count.CALENDAR or n == 0:
            return moved + timedelta(days=n)
        return self.after(moved, n)

    def next_due(self, plan: CadencePlan, no: int, closed_no: int, on: Closing, back: date | None) -> date:
        step, closed = plan.steps[no - 1], plan.steps[closed_no - 1]
        if plan.anchor is Anchor.COMPLETION:
            months, n = step.offset_months - closed.offset_months, step.offset_days - closed.offset_days
            raw = self.shift(on.closed_on, months, n, plan.count)
        else:
            anchor = self.moved_anchor(plan, on)
            raw = self.shift(anchor, step.offset_months, step.offset_days, plan.count)
        floors = [self.after(on.closed_on, plan.min_gap_days), self.after(on.today, 0)]
        if back is not None:
            floors.append(self.after(back, 1))
        return max(self.roll(raw, plan.roll), *floors)

    def moved_anchor(self, plan: CadencePlan, on: Closing) -> date:
        if plan.count is Count.CALENDAR:
            return on.anchor_on + timedelta(days=max(0, (on.closed_on - on.due_on).days))
        late = self.between(on.due_on, on.closed_on)
        return self.after(on.anchor_on, late) if late else on.anchor_on


@st.composite
def closings(draw: st.DrawFn) -> Closing:
    closed_on = draw(days)
    anchor_on = closed_on - timedelta(days=draw(st.integers(-100, 200)))
    due_on = closed_on + timedelta(days=draw(st.integers(-40, 40)))
    backdated = draw(st.sampled_from([0, 0, 0, 1, 3, 12]))
    return Closing(anchor_on, due_on, closed_on, closed_on + timedelta(days=backdated))


def follow(
    plan: CadencePlan, on: Closing, calendar: WorkCalendar, back: date | None = None, no: int = 2
) -> Due:
    return next_due(
        plan,
        step_no=no,
        anchor_on=on.anchor_on,
        due_on=on.due_on,
        closed_on=on.closed_on,
        today=on.today,
        calendar=calendar,
        not_before=back,
    )


def explained(due: Due, calendar: WorkCalendar) -> None:
    """The trace survives storage, recomputes, and speaks the truth about the days that were off."""
    stored = Trace.from_json(due.trace.to_json())
    assert stored == due.trace
    assert recompute(stored) == stored.due_on == due.due_on
    assert all(calendar.why_off(day) == why for day, why in stored.off.items())
    assert list(stored.off) == sorted(stored.off)
    assert stored.lines


@settings(deadline=None)
@given(plans(), closings(), calendars, st.none() | days)
def test_the_next_due_day_is_what_the_rule_says(
    plan: CadencePlan, on: Closing, calendar: WorkCalendar, back: date | None
) -> None:
    due = follow(plan, on, calendar, back)
    oracle = Oracle(calendar)
    assert due.due_on == oracle.next_due(plan, 2, 1, on, back)
    assert due.anchor_on == (
        on.anchor_on if plan.anchor is Anchor.COMPLETION else oracle.moved_anchor(plan, on)
    )
    window = plan.steps[1].window_days
    assert due.window_end_on == (oracle.after(due.due_on, window) if window else None)


@settings(deadline=None)
@given(plans(), days, days, calendars)
def test_the_first_due_day_is_what_the_rule_says(
    plan: CadencePlan, anchor_on: date, today: date, calendar: WorkCalendar
) -> None:
    oracle = Oracle(calendar)
    for step in plan.steps:
        due = first_due(plan, anchor_on=anchor_on, today=today, calendar=calendar, step_no=step.no)
        raw = oracle.shift(anchor_on, step.offset_months, step.offset_days, plan.count)
        assert due.due_on == max(oracle.roll(raw, plan.roll), oracle.after(today, 0))
        assert (due.planned_on, due.anchor_on) == (raw, anchor_on)
        explained(due, calendar)


@settings(deadline=None)
@given(plans(roll=Roll.FORWARD) | plans(roll=Roll.BACKWARD), closings(), calendars, st.none() | days)
def test_a_generated_day_is_a_working_day_not_before_today_and_after_the_gap(
    plan: CadencePlan, on: Closing, calendar: WorkCalendar, back: date | None
) -> None:
    due = follow(plan, on, calendar, back).due_on
    assert calendar.is_working(due)
    assert due >= on.today
    assert due >= on.closed_on
    assert calendar.working_days_between(on.closed_on, due) >= plan.min_gap_days
    assert back is None or due > back


@settings(deadline=None)
@given(plans(), closings(), calendars, st.none() | days)
def test_every_next_due_day_recomputes(
    plan: CadencePlan, on: Closing, calendar: WorkCalendar, back: date | None
) -> None:
    explained(follow(plan, on, calendar, back), calendar)


@settings(deadline=None)
@given(waits, closings(), calendars, st.integers(0, 3), days, st.sampled_from(Temperature))
def test_every_other_due_day_recomputes_and_is_a_working_day(
    wait: int, on: Closing, calendar: WorkCalendar, gap: int, day: date, temperature: Temperature
) -> None:
    made = [
        next_try(wait_days=wait, closed_on=on.closed_on, today=on.today, calendar=calendar, min_gap_days=gap),
        resumed(wait, day, calendar),
    ]
    if by_heat := by_temperature(temperature, today=day, calendar=calendar):
        made.append(by_heat)
        assert by_heat.due_on > day
    for due in made:
        explained(due, calendar)
        assert calendar.is_working(due.due_on)
    again, later, *_ = made
    assert again.due_on >= on.today
    assert later.due_on >= day


@settings(deadline=None)
@given(days, calendars)
def test_a_day_set_by_hand_stays_where_it_was_put(day: date, calendar: WorkCalendar) -> None:
    due = by_hand(day, reason="asked for by Dana {or so}")
    assert due.due_on == day
    explained(due, calendar)
    assert "asked for by Dana {or so}" in due.trace.lines[0]


@settings(deadline=None)
@given(plans(), closings(), calendars, st.integers(1, 30))
def test_closing_later_never_brings_the_next_step_earlier(
    plan: CadencePlan, on: Closing, calendar: WorkCalendar, delay: int
) -> None:
    wait = timedelta(days=delay)
    later = on._replace(closed_on=on.closed_on + wait, today=on.today + wait)
    assert follow(plan, later, calendar).due_on >= follow(plan, on, calendar).due_on


@settings(deadline=None)
@given(plans(anchor=Anchor.PLANNED, count=Count.CALENDAR), closings(), calendars)
def test_a_plan_moves_by_what_was_late_and_never_by_what_was_early(
    plan: CadencePlan, on: Closing, calendar: WorkCalendar
) -> None:
    late = max(0, (on.closed_on - on.due_on).days)
    assert follow(plan, on, calendar).anchor_on == on.anchor_on + timedelta(days=late)


@settings(deadline=None)
@given(plans(anchor=Anchor.COMPLETION), closings(), calendars, st.integers(-30, 30))
def test_completion_knows_no_lateness(
    plan: CadencePlan, on: Closing, calendar: WorkCalendar, other: int
) -> None:
    moved = on._replace(due_on=on.due_on + timedelta(days=other))
    assert follow(plan, on, calendar).due_on == follow(plan, moved, calendar).due_on
    assert follow(plan, on, calendar).anchor_on == on.anchor_on


@settings(deadline=None)
@given(plans(), closings(), calendars)
def test_a_repeating_step_waits_its_own_offset_from_the_day_of_closing(
    plan: CadencePlan, on: Closing, calendar: WorkCalendar
) -> None:
    again = next_due(
        plan,
        step_no=1,
        closed_step_no=1,
        anchor_on=on.anchor_on,
        due_on=on.due_on,
        closed_on=on.closed_on,
        today=on.today,
        calendar=calendar,
    )
    step = plan.steps[0]
    oracle = Oracle(calendar)
    raw = oracle.shift(on.closed_on, step.offset_months, step.offset_days, plan.count)
    floors = (oracle.after(on.closed_on, plan.min_gap_days), oracle.after(on.today, 0))
    assert again.due_on == max(oracle.roll(raw, plan.roll), *floors)
    explained(again, calendar)


@settings(deadline=None)
@given(plans(), closings(), calendars)
def test_a_step_that_is_skipped_leaves_its_wait_in_the_plan(
    plan: CadencePlan, on: Closing, calendar: WorkCalendar
) -> None:
    last = len(plan.steps)
    due = next_due(
        plan,
        step_no=last,
        closed_step_no=1,
        anchor_on=on.anchor_on,
        due_on=on.due_on,
        closed_on=on.closed_on,
        today=on.today,
        calendar=calendar,
    )
    assert due.due_on == Oracle(calendar).next_due(plan, last, 1, on, None)


@settings(deadline=None)
@given(days, days, calendars)
def test_a_pause_never_shortens_what_was_left(due_on: date, paused_on: date, calendar: WorkCalendar) -> None:
    left = remaining_days(due_on, paused_on)
    assert left >= 0
    assert resumed(left, paused_on, calendar).due_on >= max(due_on, paused_on)


@settings(deadline=None)
@given(days, st.integers(0, 250), st.integers(1, 30), calendars)
def test_spreading_is_even_in_order_and_on_working_days(
    anchor: date, n: int, over: int, calendar: WorkCalendar
) -> None:
    anchors = spread(anchor, n, over, calendar)
    oracle = Oracle(calendar)
    window = [oracle.after(oracle.after(anchor, 0), k) for k in range(over)]
    assert len(anchors) == n
    assert list(anchors) == sorted(anchors)
    loads = [anchors.count(day) for day in window]
    assert sum(loads) == n
    assert max(loads) - min(loads) <= 1
    assert n == 0 or anchors[0] == window[0]

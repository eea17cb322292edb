"""Due days: which day the next step falls on, and why (docs/cadences.md).

One rule: a due day is computed from the inputs of its trace and from nothing else, so every day can be
computed again. `today` and `closed_on` are civil days in the assignee's zone; what is stored never moves with a
zone. Only hour promises have an instant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import to_utc, to_zone, utc_text
from fu_tui.core.errors import Refused
from fu_tui.core.reckon import Inputs, pushing, reckon
from fu_tui.core.terms import Anchor, Count, Roll, Temperature
from fu_tui.core.trace import Trace

APART_DAYS = 2
"""Working days between touches to one contact by different cadences: after one on Monday the next is on Wednesday."""
_NEVER_MOVED = frozenset({"by_hand", "hours", "temperature"})
"""Rules whose day a person named or accepted, or that was promised by the hour."""


@dataclass(frozen=True, slots=True)
class Due:
    """One due day with its explanation."""

    due_on: date
    trace: Trace
    planned_on: date | None = None
    """The day the plan names, before rolling and before any "not before"."""
    window_end_on: date | None = None
    """The last day of the window, where there is one; due is its first day."""
    due_at: datetime | None = None
    """UTC; only hour promises and days set by hand have one."""
    anchor_on: date | None = None
    """The plan's anchor from now on: a late close has moved it (planned anchors only)."""


def first_due(
    plan: CadencePlan, *, anchor_on: date, today: date, calendar: WorkCalendar, step_no: int = 1
) -> Due:
    """The due day of the step an enrollment starts with (R18, R88).

    `step_no` is later than 1 where a plan is joined on the way. Raises ValueError for a step the plan lacks.
    """
    step = _step(plan, step_no)
    inputs: Inputs = {
        **_plan_inputs(plan, step_no, today),
        "anchor_on": anchor_on.isoformat(),
        "offset_months": step.offset_months,
        "offset_days": step.offset_days,
    }
    return _due("first", inputs, calendar, window_days=step.window_days)


def next_due(
    plan: CadencePlan,
    *,
    step_no: int,
    anchor_on: date,
    due_on: date,
    closed_on: date,
    today: date,
    calendar: WorkCalendar,
    not_before: date | None = None,
    closed_step_no: int | None = None,
) -> Due:
    """The due day of step `step_no` after another step, due on `due_on`, was closed on `closed_on` (R96, R99).

    `closed_step_no` is the step that was closed: `step_no` - 1 unless told. When it is `step_no` itself the step
    repeats, and its own offset is the gap from the day of closing, whatever the plan's anchor.
    `not_before` is a day of return: the step waits for the first working day after it.
    Raises ValueError for a step the plan lacks.
    """
    closed_no = step_no - 1 if closed_step_no is None else closed_step_no
    step, closed = _step(plan, step_no), _step(plan, closed_no)
    again = closed_no == step_no
    inputs: Inputs = {
        **_plan_inputs(plan, step_no, today),
        "anchor_on": anchor_on.isoformat(),
        "closed_on": closed_on.isoformat(),
        "min_gap_days": plan.min_gap_days,
        "not_before": not_before.isoformat() if not_before else None,
    }
    if again or plan.anchor is Anchor.COMPLETION:
        gap: Inputs = {
            "gap_months": step.offset_months - (0 if again else closed.offset_months),
            "gap_days": step.offset_days - (0 if again else closed.offset_days),
        }
        return _due("completion", {**inputs, **gap}, calendar, window_days=step.window_days)
    place: Inputs = {
        "due_on": due_on.isoformat(),
        "offset_months": step.offset_months,
        "offset_days": step.offset_days,
    }
    return _due("planned", {**inputs, **place}, calendar, window_days=step.window_days)


def next_try(
    *,
    wait_days: int,
    closed_on: date,
    today: date,
    calendar: WorkCalendar,
    min_gap_days: int = 1,
    not_before: date | None = None,
) -> Due:
    """The due day of the next try of a task without a cadence, `wait_days` calendar days on (R125, R126).

    `not_before` is a day of return: the try waits for the first working day after it.
    """
    inputs: Inputs = {
        "closed_on": closed_on.isoformat(),
        "gap_months": 0,
        "gap_days": wait_days,
        "min_gap_days": min_gap_days,
        "not_before": not_before.isoformat() if not_before else None,
        "today": today.isoformat(),
        "count": Count.CALENDAR.value,
        "roll": Roll.FORWARD.value,
        "anchor_on": None,
    }
    return _due("completion", inputs, calendar)


def by_hand(day: date, *, at: datetime | None = None, reason: str = "set by hand") -> Due:
    """The day a person chose; it is never rolled, and its trace gives the `reason` (R18).

    `at` is the UTC instant on that day, where an hour was given.
    """
    inputs: Inputs = {
        "day": day.isoformat(),
        "at": utc_text(at) if at else None,
        "reason": reason,
    }
    return _due("by_hand", inputs, WorkCalendar(), due_at=at)


def by_trigger(
    trigger: str, event: str, *, event_on: date, delay: int, count: Count, today: date, calendar: WorkCalendar
) -> Due:
    """The due day of what a trigger makes, `delay` days after an event; not before today (R122–R132).

    trigger: its key. event: the event in words, as the trace says it: "the last mail".
    """
    inputs: Inputs = {
        "trigger": trigger,
        "event": event,
        "event_on": event_on.isoformat(),
        "delay": delay,
        "count": count.value,
        "today": today.isoformat(),
    }
    return _due("trigger", inputs, calendar)


def by_series(rhythm: str, occurrence_on: date, *, today: date, calendar: WorkCalendar) -> Due:
    """The due day of one occurrence of a series: the working day it rolls to, not before today (R115).

    rhythm: the rule in words, as the trace says it.
    """
    inputs: Inputs = {
        "rhythm": rhythm,
        "occurrence_on": occurrence_on.isoformat(),
        "today": today.isoformat(),
    }
    return _due("series", inputs, calendar)


def remaining_days(due_on: date, paused_on: date) -> int:
    """The calendar days a pause freezes; 0 for what was due already."""
    return max(0, (due_on - paused_on).days)


def resumed(
    remaining_days: int,
    resume_on: date,
    calendar: WorkCalendar,
    *,
    after: str = "resuming",
    was_due: date | None = None,
    held_on: date | None = None,
) -> Due:
    """The due day after a pause: what was left, counted from the day of resuming. It never catches up.

    after: what ended, as the trace says it: "Sam Hill's return". was_due, held_on: when it was due, and the day it
    was held on; the trace tells them.
    """
    inputs: Inputs = {
        "resume_on": resume_on.isoformat(),
        "remaining_days": remaining_days,
        "after": after,
        "was_due": was_due.isoformat() if was_due else None,
        "held_on": held_on.isoformat() if held_on and was_due else None,
    }
    return _due("resumed", inputs, calendar)


def spaced(due: Due, others: Iterable[date], calendar: WorkCalendar) -> Due:
    """`due`, moved on until it lies `APART_DAYS` working days from other touches to the contact (domain of spacing).

    others: the days of touches by other cadences. What a person dated, and a promise by the hour, stays. Only the day
    and its window move, not the plan: what follows keeps its place.
    """
    if not others or due.trace.rule in _NEVER_MOVED:
        return due
    near = pushing(due.due_on, others, APART_DAYS, calendar)
    if not near:
        return due
    inputs: Inputs = {
        **due.trace.inputs,
        "apart_days": APART_DAYS,
        "others": " ".join(day.isoformat() for day in near),
    }
    moved, run = reckon(due.trace.rule, inputs, calendar)
    said = due.trace.lines[: len(due.trace.lines) - (len(run.lines) - len(near))]
    window = due.window_end_on and calendar.add_working_days(
        moved, calendar.working_days_between(due.due_on, due.window_end_on)
    )
    trace = Trace(due.trace.rule, inputs, dict(sorted(run.off.items())), (*said, *run.lines), moved)
    return replace(due, due_on=moved, window_end_on=window, trace=trace)


def too_near(day: date, others: Iterable[date], calendar: WorkCalendar) -> date | None:
    """The first of the `others` that lies less than `APART_DAYS` working days from a day; None where none does."""
    return next((other for other in sorted(others) if pushing(day, [other], APART_DAYS, calendar)), None)


_TEMPERATURES = {Temperature.ACTIVE: (1, 0), Temperature.WARM: (2, 1)}
"""Working days until due, and working days of window after it."""


def by_temperature(temperature: Temperature, *, today: date, calendar: WorkCalendar) -> Due | None:
    """The due day a lead's temperature asks for; None for a slow one, whose exact day a person names.

    Active: the next working day (R119). Warm: 2 working days, with a window to the third (R120). Slow: R121.
    """
    if temperature not in _TEMPERATURES:
        return None
    days, window_days = _TEMPERATURES[temperature]
    inputs: Inputs = {
        "temperature": temperature.value,
        "working_days": days,
        "today": today.isoformat(),
    }
    return _due("temperature", inputs, calendar, window_days=window_days)


def working_days_on(days: int, *, today: date, calendar: WorkCalendar) -> Due:
    """The day that lies so many working days after today: 1 is the next working day."""
    return _due("temperature", {"working_days": days, "today": today.isoformat()}, calendar)


def within_hours(hours: int, *, asked_at: datetime, calendar: WorkCalendar, tz: str) -> Due:
    """A promise of `hours` working hours from the instant `asked_at`, as worked in zone `tz` (R95, R97).

    `due_at` is its UTC instant, `due_on` the civil day of that in `tz`. The trace keeps the wall-clock time, so
    that it recomputes to the same day wherever the machine is by then.
    """
    inputs: Inputs = {
        "asked_at": utc_text(asked_at),
        "zone": tz,
        "asked_wall": to_zone(asked_at, tz).replace(tzinfo=None).isoformat(timespec="seconds"),
        "hours": hours,
        "work_start": calendar.work_start.isoformat(),
        "work_end": calendar.work_end.isoformat(),
    }
    due = _due("hours", inputs, calendar, tz=tz)
    # The wall shows an hour twice when the clocks go back: a promise is never due before it was asked.
    return replace(due, due_at=max(due.due_at, asked_at)) if due.due_at else due


def spread(
    anchor: date, n_items: int, over_days: int, calendar: WorkCalendar, *, first: int = 0
) -> tuple[date, ...]:
    """One anchor day for each of `n_items`, in order, evenly over `over_days` working days from `anchor` on.

    first: the day, counted from 0, that has one more where they do not come out even; so that several spreads over
    the same days do not all have it on the first. Raises Refused when there is less than one day to spread over.
    """
    if over_days < 1:
        raise Refused(f"Nothing can be spread over {over_days} days.", "Name one working day or more.")
    days = [calendar.roll(anchor, Roll.FORWARD)]
    while len(days) < over_days:
        days.append(calendar.add_working_days(days[-1], 1))
    return tuple(sorted(days[(first + item * over_days // n_items) % over_days] for item in range(n_items)))


def recompute(trace: Trace) -> date:
    """The due day again, from the trace's inputs and the days it passed over, in a calendar of just those.

    Raises ValueError when the trace names no rule known here or lacks an input.
    """
    calendar = WorkCalendar(weekdays=frozenset(range(7)), holidays=trace.off)
    try:
        return reckon(trace.rule, trace.inputs, calendar)[0]
    except KeyError as error:
        raise ValueError(f"the trace of a due day lacks the rule or the input {error}") from error


def _due(
    rule: str,
    inputs: Inputs,
    calendar: WorkCalendar,
    *,
    window_days: int = 0,
    due_at: datetime | None = None,
    tz: str | None = None,
) -> Due:
    """What `rule` makes of `inputs`, with its trace; a window ends `window_days` working days after the due day."""
    due_on, run = reckon(rule, inputs, calendar)
    if tz is not None and run.wall_at is not None:
        due_at = to_utc(run.wall_at.date(), run.wall_at.time(), tz)
    return Due(
        due_on=due_on,
        trace=Trace(rule, inputs, dict(sorted(run.off.items())), tuple(run.lines), due_on),
        planned_on=run.planned_on,
        window_end_on=calendar.add_working_days(due_on, window_days) if window_days else None,
        due_at=due_at,
        anchor_on=run.anchor_on,
    )


def _step(plan: CadencePlan, no: int) -> Step:
    step = plan.step(no)
    if step is None:
        raise ValueError(f"cadence {plan.key} has no step {no}")
    return step


def _plan_inputs(plan: CadencePlan, step_no: int, today: date) -> Inputs:
    return {
        "cadence": plan.key,
        "version": plan.n,
        "step_no": step_no,
        "today": today.isoformat(),
        "count": plan.count.value,
        "roll": plan.roll.value,
    }

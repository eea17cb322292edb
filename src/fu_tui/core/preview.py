"""A cadence's days before anybody is enrolled. One rule: the same arithmetic that dates a real step, walked through as
if every step were closed on its due day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.schedule import Due, first_due, next_due, within_hours


@dataclass(frozen=True, slots=True)
class DatedStep:
    """One step on its day."""

    step: Step
    due: Due
    at: time | None = None
    """The hour on the wall, of a promise by the hour that begins the plan."""


def preview(
    plan: CadencePlan,
    *,
    start: date,
    today: date,
    calendar: WorkCalendar,
    now: time | None = None,
    from_step: int = 1,
) -> tuple[DatedStep, ...]:
    """Every step from `from_step` on with its due day (R96, R99); a step that repeats stands once.

    start: the plan's anchor, a civil day; it may be past, and then the first step is due today at the earliest.
    now: the hour on the wall at which it begins, for a promise by the hour; the day's first working hour unless told.
    Raises ValueError for a step the plan lacks.
    """
    first = plan.step(from_step)
    if first and first.within_hours and start >= today:
        # On the wall of no zone in particular: hours run on it, and nothing else of it is looked at.
        asked = datetime.combine(start, now or calendar.work_start, UTC)
        due = within_hours(first.within_hours, asked_at=asked, calendar=calendar, tz="UTC")
    else:
        due = first_due(plan, anchor_on=start, today=today, calendar=calendar, step_no=from_step)
    dated = [DatedStep(plan.steps[from_step - 1], due, due.due_at.time() if due.due_at else None)]
    for step in plan.steps[from_step:]:
        closed_on = max(due.due_on, today)
        due = next_due(
            plan, step_no=step.no, anchor_on=due.anchor_on or start, due_on=due.due_on, closed_on=closed_on,
            today=closed_on, calendar=calendar,
        )  # fmt: skip
        dated.append(DatedStep(step, due))
    return tuple(dated)

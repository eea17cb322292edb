"""A cadence's days before anybody is enrolled. One rule: the same arithmetic that dates a real step, walked through as
if every step were closed on its due day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.schedule import Due, first_due, next_due


@dataclass(frozen=True, slots=True)
class DatedStep:
    """One step on its day."""

    step: Step
    due: Due


def preview(
    plan: CadencePlan, *, start: date, today: date, calendar: WorkCalendar, from_step: int = 1
) -> tuple[DatedStep, ...]:
    """Every step from `from_step` on with its due day (R96, R99); a step that repeats stands once.

    start: the plan's anchor, a civil day; it may be past, and then the first step is due today at the earliest.
    Raises ValueError for a step the plan lacks.
    """
    due = first_due(plan, anchor_on=start, today=today, calendar=calendar, step_no=from_step)
    dated = [DatedStep(plan.steps[from_step - 1], due)]
    for step in plan.steps[from_step:]:
        closed_on = max(due.due_on, today)
        due = next_due(
            plan, step_no=step.no, anchor_on=due.anchor_on or start, due_on=due.due_on, closed_on=closed_on,
            today=closed_on, calendar=calendar,
        )  # fmt: skip
        dated.append(DatedStep(step, due))
    return tuple(dated)

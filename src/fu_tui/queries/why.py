"""Why a task is due on its day: read, and put into sentences. One rule: the command line and the card say the same
words, and the day is computed again from its trace each time."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import day_words
from fu_tui.core.schedule import recompute
from fu_tui.core.terms import Anchor
from fu_tui.core.trace import Trace, distance_text
from fu_tui.queries.details import Birth, Plan, TaskDetail, birth, detail, plan_of_enrollment
from fu_tui.queries.rows import Why
from fu_tui.store.database import Database


class Grounds(NamedTuple):
    """What is known about a task's day and where the task comes from."""

    task: TaskDetail
    before: TaskDetail | None
    """The task that it follows."""
    made: Birth | None
    plan: Plan | None
    again: date | None
    """The due day as its trace makes it; None where the trace can't be read."""

    @property
    def agrees(self) -> bool:
        """Whether the trace makes the day that is stored."""
        return self.again is not None and self.again.isoformat() == self.task.due_on


def grounds(db: Database, task_id: int) -> Grounds:
    """Everything that `words` tells. Raises NotFound."""
    task = detail(db, task_id)
    try:
        again = recompute(Trace.from_json(task.trace))
    except ValueError:
        again = None
    return Grounds(
        task,
        detail(db, task.spawned_by) if task.spawned_by else None,
        birth(db, task_id),
        plan_of_enrollment(db, task.enrollment_id) if task.enrollment_id else None,
        again,
    )


def words(found: Grounds, tz: str) -> Why:
    """In sentences; `tz` is the reader's zone."""
    return Why(found.task.reasons, _verdict(found), tuple(_origin(found, tz)))


def _verdict(found: Grounds) -> str:
    if found.again is None:
        return "VIOLATION: the trace of this day can't be read; run `fu doctor`."
    if not found.agrees:
        return f"VIOLATION: computed again it is {day_words(found.again)}; run `fu doctor`."
    return "Computed again: the same day."


def _origin(found: Grounds, tz: str) -> list[str]:
    task, plan = found.task, found.plan
    lines = []
    if task.cadence and plan and task.anchor_on:
        place = (
            f"step {task.step_no} of {task.steps}"
            if (task.step_no or 0) <= len(plan.offsets)
            else "after its last step"
        )
        lines.append(f"{task.cadence}, {place}, try {task.attempt} of it (enrollment {task.enrollment_id})")
        start = day_words(date.fromisoformat(task.anchor_on))
        counted = (
            f"counts from the day a step is closed (start {start})"
            if plan.anchor == Anchor.COMPLETION.value
            else f"counts from the plan's start, {start}"
        )
        lines.append(f"{counted}; its steps: {_offsets(plan)}")
    if found.before:
        closed = (
            f", closed as {found.before.outcome} by {found.before.closed_by_name}"
            if found.before.outcome
            else ""
        )
        lines.append(f'follows #{found.before.id} "{found.before.action}"{closed}')
    if found.made:
        at = to_zone(found.made.at, tz)
        lines.append(
            f"made by {found.made.actor}, {at:%Y-%m-%d %H:%M} ({found.made.verb}, journal entry {found.made.seq})"
        )
    return lines or [f"origin: {task.origin}"]


def _offsets(plan: Plan) -> str:
    """ "0, 3, 7, 14, 30 days"; with months each distance in words."""
    if any(months for months, _ in plan.offsets):
        return ", ".join(distance_text(months, days, "day", "the start") for months, days in plan.offsets)
    return f"{', '.join(str(days) for _, days in plan.offsets)} days"

"""Tasks that wait. One rule: a task is held while its enrollment is paused, its deal parked, or its owner away with
everything waiting, and by nothing else; what was left of its days is frozen and never catches up (domain of pauses).

So nobody has to remember who held a task: what ends lets go of whatever nothing else holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from fu_tui.core import schedule
from fu_tui.core.clock import civil_day
from fu_tui.core.dates_words import day_words
from fu_tui.core.schedule import Due
from fu_tui.core.terms import EnrollmentState, TaskKind, TaskStatus
from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.services.context import Context
from fu_tui.services.following import doer_of, moved_anchor
from fu_tui.services.hours import kept_hour, promised
from fu_tui.services.spacing import others
from fu_tui.services.standin import NEVER_HELD, away
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.unit import Unit


def hold(work: Unit, task_ids: Iterable[int]) -> tuple[int, ...]:
    """Take open tasks off every queue. Returns their ids."""
    held = tuple(task_ids)
    for task_id in held:
        work.update(Task, task_id, status=TaskStatus.HELD, status_changed_at=work.at, hidden_until=None)
    return held


def why_held(context: Context, task: Task, owner_id: int | None = None) -> str:
    """What holds a task apart from its enrollment's pause, in words with the remedy; empty where nothing does.

    owner_id: whose it is to be, where that is not its owner.
    """
    parked = context.db.row(
        "SELECT title, parked_until FROM deal WHERE id = ? AND parked_until IS NOT NULL", (task.deal,)
    )
    if parked:
        return f"{parked[0]} is parked until {day_words(date.fromisoformat(parked[1]))}. Unpark it first."
    owner, _, today = context.desk_of(owner_id or task.owner)
    absence = away(context.db, owner.id, today)
    if absence and absence.policy is AbsencePolicy.PAUSE and task.kind not in NEVER_HELD:
        until = day_words(absence.to_on)
        return f"{owner.name} is away until {until}, and their tasks wait. End the absence, or hand it over."
    return ""


def let_go(context: Context, work: Unit, task_id: int, after: str) -> bool:
    """Open a held task again, the rest of its days counted from today; False where something still holds it.

    A planned cadence moves with it, so that what follows keeps its gaps. after: what ended, for the trace.
    """
    task = work.load(Task, task_id)
    enrollment = work.load(Enrollment, task.enrollment) if task.enrollment is not None else None
    if enrollment is not None and enrollment.state is EnrollmentState.PAUSED:
        return False
    if why_held(context, task):
        return False
    open_again(context, work, task, after)
    return True


def open_again(context: Context, work: Unit, task: Task, after: str) -> Due:
    """Open a held task, whatever else would hold it. Returns its new due day, with the hour that a person set.

    after: what ended, as the trace says it: "the pause".
    """
    doer = context.desk_of(doer_of(work.db, task))
    who, calendar, today = doer
    held_on = civil_day(task.status_changed_at, who.tz)
    left = schedule.remaining_days(task.due_on, held_on)
    due = schedule.resumed(left, today, calendar, after=after, was_due=task.due_on, held_on=held_on)
    shift = max(0, (due.due_on - task.due_on).days)
    first_due_on = task.first_due_on + timedelta(days=shift)
    if task.enrollment is not None and task.kind is not TaskKind.DECIDE and task.channel is not None:
        spaced = schedule.spaced(due, others(work.db, task.contact, [task.enrollment], doer), calendar)
        first_due_on += spaced.due_on - due.due_on
        due = spaced
    promise = promised(task)
    if promise:
        due = replace(due, trace=replace(due.trace, lines=(*due.trace.lines, f"{promise} is off")))
    due = replace(due, due_at=kept_hour(task, due.due_on, who.tz, work.at))
    window = task.window_end_on and calendar.add_working_days(
        due.due_on, calendar.working_days_between(task.due_on, task.window_end_on)
    )
    work.update(
        Task, task.id, status=TaskStatus.OPEN, status_changed_at=work.at, due_on=due.due_on, due_at=due.due_at,
        window_end_on=window, first_due_on=first_due_on, trace=due.trace.to_json(),
    )  # fmt: skip
    if task.enrollment is not None:
        enrollment = work.load(Enrollment, task.enrollment)
        moved = moved_anchor(context.plan(enrollment.version), enrollment.anchor_on, shift)
        if moved is not None:
            work.update(Enrollment, enrollment.id, anchor_on=moved)
    return due

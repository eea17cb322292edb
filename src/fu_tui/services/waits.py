"""A cadence that waits for an address: a mail bounced, or reached the wrong one. One rule: while it waits, one task
says what it waits for, and closing that one brings the same step again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fu_tui.core import schedule
from fu_tui.core.events import Event
from fu_tui.core.next_step import DECIDE_ACTION, reachable
from fu_tui.core.outcomes import FAILED, SEARCHES_ON
from fu_tui.core.terms import EnrollmentState, StepKind, TaskKind
from fu_tui.services import brings
from fu_tui.services.context import Context
from fu_tui.services.following import Following, When, closed_channels, moved_anchor, soon, with_skipped
from fu_tui.services.spacing import others
from fu_tui.services.spawn import make_step
from fu_tui.services.successor import copy_task, public_kind, told, when_of
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.unit import Unit, load

if TYPE_CHECKING:
    from fu_tui.services.close import Closed


def search_for(work: Unit | Context, task: Task) -> Task | None:
    """The task that did not get through and for whose address this one searches; None where it searches for none.

    A search that is put off, tried again, or led to a wrong address, is still the same search; one that was closed as
    done is over.
    """
    found = task
    while found.enrollment is None and found.spawned_by is not None:
        found = load(work.db, Task, found.spawned_by)
        if found.outcome in FAILED:
            return search_for(work, found) or found
        if found.outcome not in SEARCHES_ON:
            return None
    return None


def begin(context: Context, work: Unit, closed: Closed) -> list[Event]:
    """The enrollment waits, and the task that it waits for is due on the next working day."""
    task = closed.task
    why = ""
    if task.enrollment is not None:
        left = schedule.remaining_days(task.due_on, closed.today)
        work.update(
            Enrollment,
            task.enrollment,
            state=EnrollmentState.PAUSED,
            paused_on=closed.today,
            remaining_days=left,
        )
        why = f"{context.plan(work.load(Enrollment, task.enrollment).version).name} waits for it"
    following = replace(brings.address(work.db, task, closed.row, when_of(closed)), why=why)
    task_id = copy_task(
        work, closed, task, following.due, owner_id=closed.doer.id, action=following.action,
        kind=public_kind(task), channel=None, attempt=1, body="",
    )  # fmt: skip
    return [told(closed, task_id, following, closed.doer.id)]


def over(context: Context, work: Unit, closed: Closed, failed: Task) -> list[Event]:
    """The address is found: what did not get through is tried again. Empty where its cadence waits no longer."""
    if failed.enrollment is None:
        due = soon(when_of(closed))
        task_id = copy_task(
            work,
            closed,
            failed,
            due,
            owner_id=closed.doer.id,
            attempt=failed.attempt + 1,
            priority=failed.priority,
        )
        return [told(closed, task_id, Following(failed.action, due), closed.doer.id)]
    enrollment = work.load(Enrollment, failed.enrollment)
    if enrollment.state is not EnrollmentState.PAUSED:
        return []
    following = again(context, failed, enrollment)
    work.update(Enrollment, enrollment.id, state=EnrollmentState.ACTIVE, paused_on=None, remaining_days=None)
    task_id = make_step(
        work, enrollment.id, following.step_no or 1, step=following.step, due=following.due, action=following.action,
        spawned_by=closed.task.id,
    )  # fmt: skip
    return [told(closed, task_id, following, enrollment.assignee)]


def again(context: Context, failed: Task, enrollment: Enrollment) -> Following:
    """The step that did not get through, once more, after the days that were left of it."""
    plan = context.plan(enrollment.version)
    shut = closed_channels(context.db, enrollment.contact)
    wanted = plan.step(failed.step_no or 1)
    step, skipped = reachable(plan, wanted, shut)
    doer = context.desk_of(enrollment.assignee)
    _, calendar, today = doer
    due = schedule.resumed(
        enrollment.remaining_days or 0,
        today,
        calendar,
        was_due=failed.due_on,
        held_on=enrollment.paused_on,
    )
    late = (due.due_on - failed.first_due_on).days
    when = When(today, today, calendar, others=others(context.db, enrollment.contact, [enrollment.id], doer))
    moved = moved_anchor(plan, enrollment.anchor_on, late)
    due = replace(with_skipped(when.apart(due, step), skipped), anchor_on=moved)
    if step is None:
        return Following(
            DECIDE_ACTION, due, len(plan.steps) + 1, None, True, "no channel is left to reach them"
        )
    same = wanted is not None and step.no == wanted.no
    decides = step.kind is StepKind.DECIDE
    return Following(
        failed.action if same else step.action, due, step.no, step, decides, f"{plan.name} goes on"
    )


def is_search(context: Context, task: Task) -> bool:
    """Whether a task searches for an address: its tries are none to the contact."""
    return (
        task.enrollment is None and task.kind is not TaskKind.DECIDE and search_for(context, task) is not None
    )

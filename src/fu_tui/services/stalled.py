"""A running enrollment that lost its task. One rule: it goes on where it stood, from today, and catches nothing up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from fu_tui.core import schedule
from fu_tui.core.cadence import CadencePlan
from fu_tui.core.errors import Refused
from fu_tui.core.events import Event
from fu_tui.core.events_life import CadenceResumed
from fu_tui.core.next_step import DECIDE_ACTION, reachable
from fu_tui.core.terms import StepKind, TaskStatus
from fu_tui.queries.touches import unanswered
from fu_tui.services.context import Context
from fu_tui.services.following import When, closed_channels, moved_anchor, with_skipped
from fu_tui.services.holding import why_held
from fu_tui.services.spacing import others
from fu_tui.services.spawn import make_step
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.unit import Unit

PASSED = (TaskStatus.DONE, TaskStatus.SKIPPED)
"""A step that was closed so is over; any other that is not open comes again."""


def go_on(context: Context, work: Unit, enrollment: Enrollment, plan: CadencePlan, who: str) -> list[Event]:
    """Give a stalled enrollment its task: the step after the last one that was done, else that one again.

    Where it was tried often enough without a reply, the owner is asked, as after a close. Raises Refused where its
    deal is parked or its owner away.
    """
    last = work.db.value("SELECT max(id) FROM task WHERE enrollment_id = ?", (enrollment.id,))
    no = enrollment.current_step
    if last is not None:
        task = work.load(Task, last)
        why = why_held(context, task, enrollment.assignee)
        if why:
            raise Refused(why)
        passed = plan.step(task.step_no or no)
        again = task.status not in PASSED or (passed is not None and passed.repeats)
        no = (task.step_no or no) + (not again)
    step, skipped = reachable(plan, plan.step(no), closed_channels(context.db, enrollment.contact))
    count = unanswered(work.db, enrollment.contact, enrollment.deal)
    if step is not None and step.kind is StepKind.TOUCH and count >= plan.max_unanswered:
        step = next((each for each in plan.steps[step.no :] if each.kind is StepKind.DECIDE), None)
    doer = context.desk_of(enrollment.assignee)
    _, calendar, today = doer
    when = When(today, today, calendar, others=others(work.db, enrollment.contact, [enrollment.id], doer))
    due = when.apart(with_skipped(schedule.resumed(0, today, calendar), skipped), step)
    if step is not None:
        planned_on = enrollment.anchor_on + timedelta(days=step.offset_days)
        late = max(0, (due.due_on - planned_on).days)
        due = replace(due, anchor_on=moved_anchor(plan, enrollment.anchor_on, late))
        no, action = step.no, step.action
    else:
        no, action = max(no, len(plan.steps) + 1), DECIDE_ACTION
    task_id = make_step(work, enrollment.id, no, step=step, due=due, action=action)
    return [CadenceResumed(enrollment.id, plan.name, who, task_id, action, due.due_on)]

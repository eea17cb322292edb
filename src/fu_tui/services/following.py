"""What would follow a task, worked out and not yet written. One rule: the close that writes it and the screen that
announces it ("n → Call about open questions, Fri 27 Nov") ask the same functions."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from fu_tui.core import schedule
from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import to_zone
from fu_tui.core.next_step import DECIDE_ACTION, Ask, Exhausted, extension, next_step, retry_days
from fu_tui.core.outcomes import AGAIN, Outcome, why_not
from fu_tui.core.schedule import Due
from fu_tui.core.terms import Anchor, CadenceKind, Channel, OnExhaust, ReplyClass, StepKind, TaskKind
from fu_tui.queries.touches import unanswered
from fu_tui.services.context import Context
from fu_tui.store.database import Database
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.unit import load

MAX_UNANSWERED = 5
WARN_AT = 4
"""For tasks that no cadence carries: the same numbers as a cadence's own (R100, R103)."""
APART = f"{schedule.APART_DAYS} working days from another cadence"
"""Why a day is later than the plan alone would have it."""
SOON = 1
"""A question is due on the next working day."""


@dataclass(frozen=True, slots=True)
class When:
    """The days a successor is reckoned from."""

    closed_on: date
    today: date
    calendar: WorkCalendar
    not_before: date | None = None
    others: tuple[date, ...] = ()
    """The days on which other cadences touch the contact; a touch keeps its distance from them."""

    def apart(self, due: Due, step: Step | None) -> Due:
        """The day of a step, far enough from the other touches where it is one itself."""
        touches = step is not None and step.kind is StepKind.TOUCH and step.channel is not None
        return schedule.spaced(due, self.others, self.calendar) if touches else due


class Closing(Protocol):
    """What is asked of the step that is closed, whether it is a task yet or only foreseen."""

    step_no: Any
    first_due_on: Any


@dataclass(frozen=True, slots=True)
class Following:
    """The successor of a task."""

    action: str
    due: Due
    step_no: int | None = None
    """Its place in the cadence; None without one."""
    step: Step | None = None
    decides: bool = False
    why: str = ""


def in_cadence(
    plan: CadencePlan, task: Closing, anchor_on: date, count: int, when: When, shut: frozenset[Channel]
) -> Following | OnExhaust:
    """What follows a cadence's task with `count` touches unanswered; or how the cadence ends.

    shut: the channels the contact opted out of.
    """
    closed_no = task.step_no or 1
    answer = next_step(plan, closed_no, count, shut)
    if isinstance(answer, Exhausted):
        return answer.how
    if isinstance(answer, Ask):
        return Following(
            answer.action, soon(when), answer.step_no, plan.step(answer.step_no), True, answer.why
        )
    step = answer.step
    # Late is what came after the day the plan gave: a step that was moved by hand moves the rest of the plan.
    due = schedule.next_due(
        plan, step_no=step.no, closed_step_no=closed_no, anchor_on=anchor_on, due_on=task.first_due_on,
        closed_on=when.closed_on, today=when.today, calendar=when.calendar, not_before=when.not_before,
    )  # fmt: skip
    apart = when.apart(due, step)
    why = APART if apart.due_on != due.due_on else ""
    decides = step.kind is StepKind.DECIDE
    return Following(step.action, with_skipped(apart, answer.skipped), step.no, step, decides, why)


def with_skipped(due: Due, skipped: tuple[Step, ...]) -> Due:
    """The same day, its trace telling which steps were passed over for an opt-out."""
    lines = tuple(f"step {step.no} is skipped: they opted out of {step.channel}" for step in skipped)
    return replace(due, trace=replace(due.trace, lines=lines + due.trace.lines)) if lines else due


def moved_anchor(plan: CadencePlan, anchor_on: date, days: int) -> date | None:
    """The anchor of a planned cadence after a step was put off by `days`; None where the plan counts from closing."""
    return anchor_on + timedelta(days=max(0, days)) if plan.anchor is Anchor.PLANNED else None


def tries(db: Database, task: Task, more: int = 0) -> int:
    """Touches without a reply: of the contact, else the deal (plus `more` that are not logged yet); of a task that is
    linked to neither, its own tries."""
    if task.contact is None and task.deal is None:
        return int(task.attempt)
    return unanswered(db, task.contact, task.deal) + more


def closed_channels(db: Database, contact_id: int | None) -> frozenset[Channel]:
    """The channels a contact opted out of (R111)."""
    found = db.value("SELECT opted_out FROM contact WHERE id = ?", (contact_id,))
    return frozenset(Channel(name) for name in json.loads(found or "[]"))


def without_cadence(task: Task, stage: str, count: int, when: When) -> Following:
    """The next try of a task that no cadence carries, or the question after too many (R100, R125, R126)."""
    if count >= MAX_UNANSWERED and task.kind is not TaskKind.PRIVATE:
        return Following(DECIDE_ACTION, soon(when), decides=True, why=f"{count} touches without a reply")
    due = schedule.next_try(
        wait_days=retry_days(stage), closed_on=when.closed_on, today=when.today, calendar=when.calendar,
        not_before=when.not_before,
    )  # fmt: skip
    return Following(task.action, due)


def extended(
    plan: CadencePlan, last_touch_no: int, anchor_on: date, when: When, shut: frozenset[Channel]
) -> Following:
    """One more touch after a decision to go on; a planned plan moves with it, so that what follows keeps its gap.

    shut: the channels the contact opted out of; that another is left was asked before (`why_task_cannot`).
    """
    step, gap = extension(plan, last_touch_no, shut)
    due = schedule.next_try(wait_days=gap, closed_on=when.closed_on, today=when.today, calendar=when.calendar)
    planned_on = anchor_on + timedelta(days=step.offset_days)
    due = replace(due, anchor_on=moved_anchor(plan, anchor_on, (due.due_on - planned_on).days))
    return Following(step.action, when.apart(due, step), step.no, step)


def last_touch_no(db: Database, enrollment_id: int) -> int:
    """The number of the last step of an enrollment that was done and no decision: the one that is extended."""
    return int(
        db.value(
            "SELECT ifnull(max(step_no), 1) FROM task WHERE enrollment_id = ? AND kind <> ? AND status = 'done'",
            (enrollment_id, TaskKind.DECIDE.value),
        )
    )


def asked_about(db: Database, decision: Task) -> Task:
    """The try that led to a decision, however often that was put off."""
    task = decision
    while task.kind is TaskKind.DECIDE and task.spawned_by is not None:
        task = load(db, Task, task.spawned_by)
    return task


def called_back(day: date, at: datetime | None, tz: str) -> Due:
    """The day that somebody asked to be called back on; at: the hour (UTC) where they named one, told in zone `tz`."""
    hour = f" at {to_zone(at, tz):%H:%M}" if at else ""
    return schedule.by_hand(day, at=at, reason=f"asked to be called back{hour}")


def soon(when: When) -> Due:
    """The day of a question to the owner."""
    return schedule.next_try(
        wait_days=SOON, closed_on=when.closed_on, today=when.today, calendar=when.calendar
    )


def stage_of(context: Context, task: Task) -> str:
    """The name of the stage that the task's deal is in; empty without a deal."""
    found = context.db.value(
        "SELECT s.name FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = ?", (task.deal,)
    )
    return str(found or "")


def doer_of(db: Database, task: Task) -> int:
    """Who does what follows a task: the assignee of its enrollment (a handed over task is one task), else its owner."""
    found = db.value("SELECT assignee_id FROM enrollment WHERE id = ?", (task.enrollment,))
    return int(found or task.owner)


def why_task_cannot(db: Database, task: Task, row: Outcome) -> str:
    """Why a task can't be closed with an outcome; empty where it can."""
    kind = row.code == AGAIN and db.value(
        "SELECT c.kind FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE e.id = ?",
        (task.enrollment,),
    )
    if row.code == "extend" and task.enrollment is not None and not _may_be_touched(db, task):
        return "They opted out of every channel of its steps."
    return why_not(
        row,
        is_decide=task.kind is TaskKind.DECIDE,
        has_deal=task.deal is not None,
        after_nurture=kind == CadenceKind.NURTURE.value,
    )


def _may_be_touched(db: Database, task: Task) -> bool:
    """Whether a touch of the task's cadence goes over a channel that its contact did not opt out of."""
    return bool(
        db.value(
            "SELECT 1 FROM enrollment e JOIN cadence_step s ON s.version_id = e.version_id AND s.kind = 'touch'"
            " LEFT JOIN contact c ON c.id = e.contact_id WHERE e.id = ? AND (c.id IS NULL OR s.channel IS NULL"
            " OR NOT EXISTS (SELECT 1 FROM json_each(c.opted_out) o WHERE o.value = s.channel)) LIMIT 1",
            (task.enrollment,),
        )
    )


def after(
    context: Context, task: Task, row: Outcome, when: When, enrollment: Enrollment | None
) -> Following | str:
    """What closing a task with an outcome that goes on would bring; or, as a sentence, how its cadence ends.

    enrollment: the task's own. Nothing is written.
    """
    count = tries(context.db, task, 1 if row.reply is ReplyClass.NONE else 0)
    if enrollment is None:
        return without_cadence(task, stage_of(context, task), count, when)
    plan, shut = context.plan(enrollment.version), closed_channels(context.db, task.contact)
    found = in_cadence(plan, task, enrollment.anchor_on, count, when, shut)
    return found if isinstance(found, Following) else ENDS[found].format(cadence=plan.name)


ENDS = {
    OnExhaust.ASK: "{cadence} ends, and asks what to do",
    OnExhaust.NURTURE: "{cadence} ends, nurture begins",
    OnExhaust.CLOSE_FILE: "{cadence} ends, the file is closed",
    OnExhaust.COMPLETE: "{cadence} is complete; the next step is asked",
}

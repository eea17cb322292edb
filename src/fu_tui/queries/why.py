"""Why a task is due on its day: read, and put into sentences. One rule: the command line and the card say the same
words, and the day is computed again from its trace each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from fu_tui.core.clock import from_utc_text
from fu_tui.core.dates_words import day_words, moment_words
from fu_tui.core.say import ENDS
from fu_tui.core.schedule import recompute
from fu_tui.core.terms import Anchor, EndReason, Origin, TaskStatus
from fu_tui.core.trace import Trace, day_text, distance_text, later_text
from fu_tui.core.trigger_rules import Rule, sentence
from fu_tui.queries.details import Birth, Plan, TaskDetail, birth, detail, plan_of_enrollment
from fu_tui.queries.rows import Why
from fu_tui.queries.task_story import Absent, Story, absent, story
from fu_tui.queries.triggers import rule_called
from fu_tui.store.database import Database

_TOLD = frozenset({"close", "add", "enroll", "skip"})
"""Verbs whose summary says what stands beside it already."""


class Grounds(NamedTuple):
    """What is known about a task's day and where the task comes from."""

    task: TaskDetail
    before: TaskDetail | None
    """The task that it follows."""
    made: Birth | None
    plan: Plan | None
    again: date | None
    """The due day as its trace makes it; None where the trace can't be read."""
    story: Story
    absent: Absent | None
    """The absence of its owner that the day lies in."""
    trigger: Rule | None
    """What made it by itself."""
    brought: TaskDetail | None
    """What its closing brought."""

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
        story(db, task_id),
        absent(db, task_id),
        _trigger(db, task),
        detail(db, task.spawned) if task.spawned else None,
    )


def _trigger(db: Database, task: TaskDetail) -> Rule | None:
    if task.origin != Origin.TRIGGER.value:
        return None
    key = db.value(
        "SELECT r.key FROM firing f JOIN trigger_rule r ON r.id = f.trigger_id WHERE f.task_id = ?"
        " AND f.removed_by IS NULL AND r.removed_by IS NULL",
        (task.id,),
    )
    return rule_called(db, key) if key else None


def words(found: Grounds, tz: str, near: Sequence[str] = (), *, numbers: bool = False) -> Why:
    """In sentences; `tz` is the reader's zone. near: what is to be said of other touches close to the day.

    numbers: with those of the enrollment and the journal entry, as commands take them.
    """
    absent = (found.absent.words(),) if found.absent else ()
    return Why(
        (*found.task.reasons, *near, *absent),
        _verdict(found),
        tuple(_origin(found, tz, numbers)),
        history=tuple(_history(found, tz)),
    )


def _verdict(found: Grounds) -> str:
    if found.again is None:
        return "VIOLATION: the trace of this day can't be read; run `fu doctor`."
    if not found.agrees:
        return f"VIOLATION: computed again it is {day_words(found.again)}; run `fu doctor`."
    return f"computed again: {day_text(found.again)} ✓"


def _origin(found: Grounds, tz: str, numbers: bool) -> list[str]:
    task, plan = found.task, found.plan
    lines = []
    if task.cadence and plan and task.anchor_on:
        place = (
            f"step {task.step_no} of {task.steps}"
            if (task.step_no or 0) <= len(plan.offsets)
            else "after its last step"
        )
        version = f" version {plan.version}" if plan.version > 1 else ""
        again = f", attempt {task.attempt}" if task.attempt > 1 else ""
        number = f" (enrollment {task.enrollment_id})" if numbers else ""
        lines.append(f"{task.cadence}{version}, {place}{again}{number}")
        start = day_words(date.fromisoformat(task.anchor_on))
        counted = (
            f"counts from the day a step is closed (start {start})"
            if plan.anchor == Anchor.COMPLETION.value
            else f"counts from the plan's start, {start}"
        )
        lines.append(f"{counted}; its steps: {_offsets(plan)}")
    if found.before:
        closed = (
            f", closed as {found.before.outcome_label} by {found.before.closed_by_name}"
            if found.before.outcome
            else ""
        )
        lines.append(f'follows #{found.before.id} "{found.before.action}"{closed}')
    if found.trigger:
        lines.append(f"the trigger {found.trigger.key}: {sentence(found.trigger)}")
    if found.made:
        told = "" if found.made.verb in _TOLD else f": {found.made.summary}"
        made = f"made by {found.made.actor}, {moment_words(found.made.at, tz)}"
        number = f" ({found.made.verb}, journal entry {found.made.seq})" if numbers else ""
        lines.append(f"{made}{number}{told}")
    return lines or [f"origin: {task.origin}"]


def _history(found: Grounds, tz: str) -> list[str]:
    """What was done to the task, oldest first, and what became of it."""
    lines = []
    if found.story.first:
        first = found.story.first
        lines.append(f"at first due {day_text(first.due_on)}: {'; '.join(first.lines)}")
    lines += [f"{one.what}, by {one.actor}, {moment_words(one.at, tz)}" for one in found.story.happened]
    return [*lines, *_end(found, tz)]


def _end(found: Grounds, tz: str) -> list[str]:
    """What became of a task that is open no more."""
    task, end = found.task, found.story.end
    if task.status in (TaskStatus.OPEN.value, TaskStatus.HELD.value):
        return []
    lines = []
    if task.outcome and task.closed_at:
        note = f": {task.outcome_note}" if task.outcome_note else ""
        at = moment_words(from_utc_text(task.closed_at), tz)
        lines.append(f"closed as {task.outcome_label} by {task.closed_by_name}, {at}{note}")
    elif end:
        lines.append(f"{end.what}, by {end.actor}, {moment_words(end.at, tz)}")
    if found.brought:
        day = day_words(date.fromisoformat(found.brought.due_on))
        lines.append(f'brought #{found.brought.id} "{found.brought.action}", {day}')
    elif found.plan and found.plan.end_reason:
        lines.append(f"{task.cadence} has ended: {ENDS[EndReason(found.plan.end_reason)]}")
    return lines


def _gaps(plan: Plan) -> str:
    gaps = [(months - m, days - d) for (m, d), (months, days) in pairwise(plan.offsets)]
    if not gaps:
        return "one"
    if any(months for months, _ in gaps):
        return f"the first, then {', '.join(later_text(months, days, 'day') for months, days in gaps)}"
    return f"the first, then {', '.join(str(days) for _, days in gaps)} days later"


def _offsets(plan: Plan) -> str:
    """ "0, 3, 7, 14, 30 days", with months each distance in words; "the first, then 3, 4, 7, 16 days later" where each
    counts from the one before."""
    if plan.anchor == Anchor.COMPLETION.value:
        return _gaps(plan)
    if any(months for months, _ in plan.offsets):
        return ", ".join(distance_text(months, days, "day", "the start") for months, days in plan.offsets)
    return f"{', '.join(str(days) for _, days in plan.offsets)} days"

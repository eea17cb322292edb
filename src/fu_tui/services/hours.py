"""The hour of a task that gets another day. One rule: an hour that was agreed or typed by a person stays on the wall;
one that was promised within so many hours is off once the task is put off, and its trace says so."""

from __future__ import annotations

from datetime import date, datetime

from fu_tui.core.clock import to_utc, to_zone
from fu_tui.core.trace import Trace, amount_text
from fu_tui.store.models import Task


def promised(task: Task) -> str:
    """The promise that a task's hour is, in words: "the promise of 4 hours"; empty where it is none."""
    trace = Trace.from_json(task.trace) if task.due_at is not None else None
    if trace is None or trace.rule != "hours":
        return ""
    return f"the promise of {amount_text(int(trace.inputs['hours'] or 0), 'hour')}"


def kept_hour(task: Task, day: date, tz: str, now: datetime) -> datetime | None:
    """The instant (UTC) of the task's hour on another day, by the clock on the wall in zone `tz`.

    None where it has no hour of a person's, or where that is past on the day.
    """
    if task.due_at is None or promised(task):
        return None
    at = to_utc(day, to_zone(task.due_at, tz).time(), tz)
    return at if at > now else None

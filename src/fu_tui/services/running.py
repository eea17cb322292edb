"""Enrollments that run, and their end. One rule: an ended enrollment has its reason and no open task (I6)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from fu_tui.core.events import EnrollmentEnded, Event, TasksMoot
from fu_tui.core.terms import EndReason, EnrollmentState, TaskStatus
from fu_tui.store.database import Database
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.unit import Unit


class Running(NamedTuple):
    """An enrollment that has not ended."""

    id: int
    version: int
    task_id: int | None
    """Its open or held task."""


def running(db: Database, where: str, *values: object) -> list[Running]:
    """The enrollments that have not ended, of those that `where` (over e) names, oldest first."""
    rows = db.rows(
        "SELECT e.id, e.version_id, (SELECT t.id FROM task t WHERE t.enrollment_id = e.id"
        " AND t.status IN ('open', 'held')) FROM enrollment e"
        f" WHERE e.state <> 'ended' AND e.removed_by IS NULL AND ({where}) ORDER BY e.id",
        values,
    )
    return [Running(*row) for row in rows]


def end_enrollment(
    work: Unit, enrollment_id: int, name: str, reason: EndReason, at: datetime | None = None
) -> list[Event]:
    """End an enrollment at an instant (now unless told); a task it still has open is moot. name: its cadence's."""
    gone = moot(work, "enrollment_id = ?", enrollment_id)
    work.update(
        Enrollment, enrollment_id, state=EnrollmentState.ENDED, end_reason=reason, ended_at=at or work.at,
        paused_on=None, remaining_days=None,
    )  # fmt: skip
    return [EnrollmentEnded(enrollment_id, name, reason), *gone]


def moot(work: Unit, where: str, *values: object) -> list[Event]:
    """Supersede the open tasks that `where` names; the event that tells which, none where there are none."""
    rows = work.db.rows(
        f"SELECT id FROM task WHERE status IN ('open', 'held') AND removed_by IS NULL AND {where} ORDER BY id",
        values,
    )
    for (task_id,) in rows:
        work.update(Task, task_id, status=TaskStatus.SUPERSEDED, status_changed_at=work.at)
    return [TasksMoot(tuple(row[0] for row in rows))] if rows else []

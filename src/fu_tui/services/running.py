"""Enrollments that run, and their end. One rule: an ended enrollment has its reason and no open task (I6)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple

from fu_tui.core.events import EnrollmentEnded, Event, KeptApart, TasksMoot
from fu_tui.core.outcomes import FAILED, SEARCHES_ON
from fu_tui.core.terms import EndReason, EnrollmentState, Origin, TaskStatus
from fu_tui.store.database import Database
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.unit import Unit

_SEARCHES = (
    "WITH RECURSIVE search(id) AS (SELECT s.id FROM task s JOIN task f ON f.id = s.spawned_by_id"
    " WHERE f.enrollment_id = ? AND f.outcome IN (SELECT value FROM json_each(?)) AND s.enrollment_id IS NULL"
    " UNION SELECT s.id FROM task s JOIN search p ON s.spawned_by_id = p.id JOIN task f ON f.id = p.id"
    " WHERE s.enrollment_id IS NULL AND f.outcome IN (SELECT value FROM json_each(?)))"
    " SELECT id FROM search"
)
"""The searches for an address that an enrollment waits for."""

_WAITED = (
    "'undo', 'redo', 'pause', 'resume', 'park', 'unpark', 'absence', 'move', 'close', 'handoff', 'migrate'"
)
"""Verbs that say nothing about a task by itself: it is held by them or let go, goes along with its deal, its contact or
its owner's leaving, or with its whole cadence."""


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
    if work.load(Enrollment, enrollment_id).state is EnrollmentState.PAUSED:
        gone += end_searches(work, enrollment_id)
    work.update(
        Enrollment, enrollment_id, state=EnrollmentState.ENDED, end_reason=reason, ended_at=at or work.at,
        paused_on=None, remaining_days=None,
    )  # fmt: skip
    return [EnrollmentEnded(enrollment_id, name, reason), *gone]


def end_for_reply(
    work: Unit, one: Running, name: str, *, reason: EndReason = EndReason.REPLIED, at: datetime | None = None
) -> list[Event]:
    """End an enrollment as its contact replied (R107): its open task is moot, but what a person changed stays."""
    kept: list[Event] = []
    if one.task_id is not None and is_touched(work.db, one.task_id):
        task = work.load(Task, one.task_id)
        # What was held comes back: nothing would ever bring it out again.
        status = (
            {}
            if task.status is TaskStatus.OPEN
            else {"status": TaskStatus.OPEN, "status_changed_at": work.at}
        )
        work.update(Task, task.id, enrollment=None, step_no=None, origin=Origin.USER, **status)
        kept = [KeptApart(task.id, task.action)]
    return [*end_enrollment(work, one.id, name, reason, at), *kept]


def end_searches(work: Unit, enrollment_id: int) -> list[Event]:
    """Nothing waits for the address any more: who searches for it need not go on."""
    return moot(work, f"id IN ({_SEARCHES})", *_search_of(enrollment_id))


def searches(db: Database, enrollment_id: int) -> list[int]:
    """The tasks, open or closed, that search the address which an enrollment waits for."""
    return [row[0] for row in db.rows(_SEARCHES, _search_of(enrollment_id))]


def _search_of(enrollment_id: int) -> tuple[int, str, str]:
    return enrollment_id, json.dumps(FAILED), json.dumps((*FAILED, *SEARCHES_ON))


def moot(work: Unit, where: str, *values: object) -> list[Event]:
    """Supersede the open tasks that `where` names; the event that tells which, none where there are none."""
    rows = work.db.rows(
        f"SELECT id, action FROM task WHERE status IN ('open', 'held') AND removed_by IS NULL AND {where} ORDER BY id",
        values,
    )
    for task_id, _ in rows:
        work.update(Task, task_id, status=TaskStatus.SUPERSEDED, status_changed_at=work.at)
    return [TasksMoot(tuple(row[0] for row in rows), tuple(row[1] for row in rows))] if rows else []


def is_touched(db: Database, task_id: int) -> bool:
    """Whether a person changed a task since it was made, and that still stands; that it waited changes nothing."""
    return bool(
        db.value(
            "SELECT 1 FROM change c JOIN journal_entry j ON j.seq = c.entry_id WHERE c.entity = 'task'"
            " AND c.entity_id = ? AND c.before IS NOT NULL AND j.actor_id IS NOT NULL AND j.undone_by IS NULL"
            f" AND j.verb NOT IN ({_WAITED}) LIMIT 1",
            (task_id,),
        )
    )

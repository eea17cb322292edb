"""Everything about some tasks at once, whatever their status: what JSON answers and `fu show` prints. One rule: one
statement, however many tasks, in the order they were asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from fu_tui.core.clock import from_utc_text
from fu_tui.core.errors import NotFound
from fu_tui.core.outcomes import BY_CODE, subject
from fu_tui.core.terms import Bucket, Channel, Priority, TaskKind, TaskStatus
from fu_tui.queries.queue import LAST_CONTACT, bucket_at
from fu_tui.store.database import Database


class TaskDetail(NamedTuple):
    """A task with the names of everything it points to. Days are ISO dates and instants ISO UTC, as stored."""

    id: int
    action: str
    body: str
    status: str
    priority: int
    kind: str
    due_on: str
    due_at: str | None
    window_end_on: str | None
    hidden_until: str | None
    channel: str | None
    note: str
    origin: str
    owner: str
    """A handle, as every other person here."""
    owner_name: str
    acting_owner: str | None
    assigner: str | None
    contact_id: int | None
    contact: str | None
    account_id: int | None
    account: str | None
    deal_id: int | None
    deal: str | None
    stage: str | None
    enrollment_id: int | None
    cadence_key: str | None
    cadence: str | None
    step_no: int | None
    steps: int | None
    anchor_on: str | None
    attempt: int
    outcome: str | None
    outcome_note: str | None
    closed_at: str | None
    closed_by: str | None
    closed_by_name: str | None
    spawned_by: int | None
    spawned: int | None
    """The newest follow-up that its closing brought."""
    moved_count: int
    version: int
    trace: str
    """As stored; Trace.from_json reads it."""
    last_contact_at: str
    """Empty where there was none."""
    last_channel: str | None
    last_direction: str | None

    def bucket(self, today: date, now: datetime) -> Bucket | None:
        """The pane it stands in; None unless it is open."""
        if self.status != TaskStatus.OPEN.value:
            return None
        hidden = date.fromisoformat(self.hidden_until) if self.hidden_until else None
        due_at = from_utc_text(self.due_at) if self.due_at else None
        return bucket_at(date.fromisoformat(self.due_on), due_at, hidden, today, now)

    def overdue_days(self, today: date) -> int:
        """Whole days that an open task is late."""
        late = (today - date.fromisoformat(self.due_on)).days
        return max(0, late) if self.status == TaskStatus.OPEN.value else 0

    @property
    def priority_label(self) -> str:
        """high, normal or low."""
        return Priority(self.priority).label

    @property
    def outcome_label(self) -> str:
        """What it was closed as, in words; empty where it was not."""
        row = BY_CODE.get(self.outcome or "")
        if row is None:
            return self.outcome or ""
        channel = Channel(self.channel) if self.channel else None
        return row.label_for(subject(TaskKind(self.kind), channel, self.contact_id, self.deal_id))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why its due day is that day: the lines of its trace."""
        return tuple(map(str, json.loads(self.trace)["lines"]))


_SELECT = f"""
SELECT t.id, t.action, t.body, t.status, t.priority, t.kind, t.due_on, t.due_at, t.window_end_on, t.hidden_until,
       t.channel, t.note, t.origin, o.handle, o.name, ao.handle, g.handle,
       t.contact_id, c.name, a.id, a.name, t.deal_id, d.title, s.name,
       t.enrollment_id, k.key, k.name, t.step_no,
       (SELECT count(*) FROM cadence_step p WHERE p.version_id = e.version_id), e.anchor_on,
       t.attempt, t.outcome, t.outcome_note, t.closed_at, z.handle, z.name, t.spawned_by_id,
       (SELECT max(n.id) FROM task n WHERE n.spawned_by_id = t.id AND n.removed_by IS NULL),
       t.moved_count, t.version, t.trace, {LAST_CONTACT}, l.channel, l.direction
FROM json_each(?) wanted
CROSS JOIN task t ON t.id = wanted.value AND t.removed_by IS NULL
JOIN user o ON o.id = t.owner_id
LEFT JOIN user ao ON ao.id = t.acting_owner_id
LEFT JOIN user g ON g.id = t.assigner_id
LEFT JOIN user z ON z.id = t.closed_by_id
LEFT JOIN contact c ON c.id = t.contact_id
LEFT JOIN deal d ON d.id = t.deal_id
LEFT JOIN stage s ON s.id = d.stage_id
LEFT JOIN account a ON a.id = coalesce(t.account_id, c.account_id, d.account_id)
LEFT JOIN enrollment e ON e.id = t.enrollment_id
LEFT JOIN cadence k ON k.id = e.cadence_id
LEFT JOIN activity l ON l.id = CASE WHEN t.contact_id IS NOT NULL THEN
    (SELECT max(id) FROM activity WHERE contact_id = t.contact_id AND direction <> 'internal' AND removed_by IS NULL)
    ELSE (SELECT max(id) FROM activity WHERE deal_id = t.deal_id AND direction <> 'internal' AND removed_by IS NULL)
    END
ORDER BY wanted.key
"""


def details(db: Database, ids: Sequence[int]) -> tuple[TaskDetail, ...]:
    """The tasks with these ids, in that order; one that is gone is left out."""
    return tuple(map(TaskDetail._make, db.rows(_SELECT, (json.dumps(list(ids)),))))


def detail(db: Database, task_id: int) -> TaskDetail:
    """One task. Raises NotFound."""
    found = details(db, [task_id])
    if not found:
        raise NotFound(f"There is no task {task_id}.", "`fu list all` shows the open ones.")
    return found[0]


class Birth(NamedTuple):
    """What brought a task into being."""

    seq: int
    verb: str
    at: datetime
    actor: str
    summary: str
    """What that did, as the journal says it."""


def birth(db: Database, task_id: int) -> Birth | None:
    """The journal entry that made a task; None where the journal does not know it."""
    row: tuple[Any, ...] | None = db.row(
        "SELECT j.seq, j.verb, j.at, ifnull(u.name, 'fu-tui'), j.summary FROM change g"
        " JOIN journal_entry j ON j.seq = g.entry_id LEFT JOIN user u ON u.id = j.actor_id"
        " WHERE g.entity = 'task' AND g.entity_id = ? AND g.before IS NULL",
        (task_id,),
    )
    return Birth(row[0], row[1], from_utc_text(row[2]), row[3], row[4]) if row else None


class Plan(NamedTuple):
    """The offsets of the cadence that a task is a step of."""

    version: int
    """Which version of it."""
    anchor: str
    """completion or planned."""
    offsets: tuple[tuple[int, int], ...]
    """(months, days) of each step, in order."""
    end_reason: str | None = None
    """Why the enrollment ended; None while it runs."""


def plan_of_enrollment(db: Database, enrollment_id: int) -> Plan:
    """What the steps of an enrollment's version are counted from, and how far."""
    rows = db.rows(
        "SELECT v.n, v.anchor, e.end_reason, s.offset_months, s.offset_days FROM enrollment e"
        " JOIN cadence_version v ON v.id = e.version_id JOIN cadence_step s ON s.version_id = v.id"
        " WHERE e.id = ? ORDER BY s.no",
        (enrollment_id,),
    )
    version, anchor, end_reason = rows[0][:3]
    return Plan(version, anchor, tuple((months, days) for *_, months, days in rows), end_reason)

"""What slips through: the lists that are empty at the end of a day that is done (R21, R84, R172, R196). One rule: what
puts something on a list is said here once, so that the desk, the command line and the doctor count alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from fu_tui.core.clock import to_utc, utc_text
from fu_tui.queries.matching import matching
from fu_tui.queries.queue import View
from fu_tui.queries.records import contacts_where
from fu_tui.queries.rows import Left
from fu_tui.queries.running import running
from fu_tui.queries.scope import Scope
from fu_tui.queries.slip_rows import ContactRow, Resting
from fu_tui.store.database import Database
from fu_tui.store.lookup import person

TRIAGE_DAYS = 14
"""So long without a change of status, and a task wants a decision instead of another nudge (R84)."""


UNLINKED = (
    "t.status = 'open' AND t.kind <> 'private'"
    " AND coalesce(t.contact_id, t.deal_id, t.account_id, t.case_id) IS NULL"
)
"""Open tasks about nobody (R21)."""
AGED = "t.status = 'open' AND t.first_due_on <= ? AND t.status_changed_at < ?"
"""Open tasks that nothing happened to since both; moving one changes neither."""
NO_NEXT_STEP = """
FROM deal d JOIN stage s ON s.id = d.stage_id AND s.kind = 'open'
WHERE d.removed_by IS NULL AND d.closed_at IS NULL AND d.parked_until IS NULL AND {owner}
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.deal_id = d.id AND t.status IN ('open', 'held'))
  AND NOT EXISTS (SELECT 1 FROM enrollment e WHERE e.deal_id = d.id AND e.state <> 'ended'
                  AND e.removed_by IS NULL)
"""
"""Open deals nobody works on (I8)."""
LEFT_OPEN = """
FROM contact c
WHERE c.removed_by IS NULL AND c.do_not_contact = 0 AND c.lifecycle IN ('lead', 'active', 'warm')
  AND coalesce(c.last_inbound_at, c.last_outbound_at) IS NOT NULL AND {owner}
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.contact_id = c.id AND t.status IN ('open', 'held'))
  AND NOT EXISTS (SELECT 1 FROM enrollment e WHERE e.contact_id = c.id AND e.state <> 'ended'
                  AND e.removed_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM deal_contact x JOIN deal d ON d.id = x.deal_id AND d.removed_by IS NULL
                  WHERE x.contact_id = c.id AND x.removed_by IS NULL)
"""
"""Contacts one has talked with and nothing follows; whoever has a deal is looked after by it."""
STALLED = (
    "FROM enrollment e WHERE e.state = 'active' AND e.removed_by IS NULL AND {owner} AND NOT EXISTS"
    " (SELECT 1 FROM task t WHERE t.enrollment_id = e.id AND t.status IN ('open', 'held'))"
)
"""Running cadences without a task to go on with (I4)."""
UNOWNED = "FROM contact c WHERE c.owner_id IS NULL AND c.removed_by IS NULL"
"""Contacts without an owner, which are everybody's business (I9)."""


def in_triage(db: Database, view: View) -> tuple[str, list[Any]]:
    """A statement for the ids of the tasks that want a decision, with its parameters.

    The days count from the first due day or the last change of status, whichever is later; both are days in the
    viewer's zone.
    """
    owner, ids = view.scope.where()
    seen, more = view.scope.sees("t.kind = 'private'", "t.queue_owner_id")
    since = view.today - timedelta(days=TRIAGE_DAYS)
    zone = person(db, view.scope.viewer_id).tz
    until = utc_text(to_utc(since + timedelta(days=1), time.min, zone))
    return (
        f"SELECT t.id FROM task t INDEXED BY task_aged WHERE {AGED} AND {owner} AND {seen}"
        f" UNION SELECT t.id FROM task t WHERE {UNLINKED} AND {owner}",
        [since.isoformat(), until, *ids, *more, *ids],
    )


def left(db: Database, view: View) -> Left:
    """How long the lists are that a done day leaves empty, of those who are looked at: one statement.

    It looks through indexes of the few that can be meant, so that it may follow every change.
    """
    tasks, values = in_triage(db, view)
    deals, ids = view.scope.where("d.owner_id")
    people, _ = view.scope.where("c.owner_id")
    runs, _ = view.scope.where("e.assignee_id")
    found = db.row(
        f"SELECT (SELECT count(*) FROM ({tasks})), (SELECT count(*) {NO_NEXT_STEP.format(owner=deals)}),"
        f" (SELECT count(*) {LEFT_OPEN.format(owner=people)}), (SELECT count(*) {STALLED.format(owner=runs)}),"
        f" (SELECT count(*) {UNOWNED})",
        [*values, *ids, *ids, *ids],
    ) or (0, 0, 0, 0, 0)
    return Left(*found)


def slips_now(db: Database, contact_id: int | None, deal_id: int | None) -> bool:
    """Whether the conversation with a contact, or about a deal where there is one, has no next step."""
    found = NO_NEXT_STEP.format(owner="d.id = ?") if deal_id else LEFT_OPEN.format(owner="c.id = ?")
    return bool(db.value(f"SELECT EXISTS (SELECT 1 {found})", (deal_id or contact_id,)))


def left_open(db: Database, scope: Scope, words: str = "", limit: int = -1) -> tuple[ContactRow, ...]:
    """Contacts that were talked with and have no next step, those first who have waited longest (R196)."""
    owner, ids = scope.where("c.owner_id")
    condition = f"c.id IN (SELECT c.id {LEFT_OPEN.format(owner=owner)})"
    last = "max(ifnull(c.last_inbound_at, ''), ifnull(c.last_outbound_at, ''))"
    return contacts_where(db, condition, ids, words, limit, last)


def unowned(db: Database, words: str = "", limit: int = -1) -> tuple[ContactRow, ...]:
    """Contacts without an owner, by name (R172)."""
    return contacts_where(db, f"c.id IN (SELECT c.id {UNOWNED})", (), words, limit)


def unchanged_since(db: Database, task_ids: Sequence[int]) -> dict[int, date]:
    """The day since when nothing happened to each of these tasks: its first due day, or that of its status (UTC)."""
    rows = db.rows(
        "SELECT id, max(first_due_on, substr(status_changed_at, 1, 10)) FROM task"
        f" WHERE id IN ({', '.join('?' * len(task_ids))})",
        task_ids,
    )
    return {task_id: date.fromisoformat(day) for task_id, day in rows}


def parked(db: Database, scope: Scope) -> int:
    """How many deals are parked and cadences paused."""
    deals, ids = scope.where("owner_id")
    runs, _ = scope.where("assignee_id")
    return int(
        db.value(
            "SELECT (SELECT count(*) FROM deal WHERE parked_until IS NOT NULL AND removed_by IS NULL"
            f" AND {deals}) + (SELECT count(*) FROM enrollment WHERE state = 'paused' AND removed_by IS NULL"
            f" AND {runs})",
            [*ids, *ids],
        )
    )


def resting(db: Database, scope: Scope, words: str = "", limit: int = -1) -> tuple[Resting, ...]:
    """Parked deals, the first to return first, then paused cadences, the longest first."""
    owner, ids = scope.where("d.owner_id")
    condition, values = matching(words, ("d.title", "d.park_reason", "u.name"))
    parked = db.rows(
        "SELECT 'deal', d.id, d.title, d.park_reason, NULL, d.parked_until, u.handle FROM deal d"
        " JOIN user u ON u.id = d.owner_id WHERE d.parked_until IS NOT NULL AND d.removed_by IS NULL"
        f" AND {owner} AND {condition} ORDER BY d.parked_until, d.id LIMIT ?",
        [*ids, *values, limit],
    )
    found = [Resting._make(row) for row in parked]
    if limit < 0 or len(found) < limit:
        found += [
            Resting("enrollment", row.enrollment, row.who, row.cadence, row.paused_on, None, row.assignee)
            for row in running(db, scope, words, limit - len(found) if limit >= 0 else -1, paused=True)
        ]
    return tuple(found)

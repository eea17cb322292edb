"""The enrollments that run or are paused, as a list to take numbers from."""

from __future__ import annotations

from typing import NamedTuple

from fu_tui.queries.matching import matching
from fu_tui.queries.scope import Scope
from fu_tui.store.database import Database

RUNS_WITH = (
    "e.id IN (SELECT id FROM enrollment WHERE contact_id = ?1 AND state <> 'ended'"
    " UNION ALL SELECT id FROM enrollment WHERE deal_id = ?2 AND state <> 'ended')"
)
"""What has not ended with a contact (?1) or about a deal (?2). Asked with OR, SQLite reads everything that runs."""


class RunningRow(NamedTuple):
    """An enrollment that has not ended. Days are ISO dates, as stored."""

    enrollment: int
    cadence_key: str
    cadence: str
    version: int
    contact_id: int | None
    contact: str | None
    deal_id: int | None
    deal: str | None
    assignee: str
    """A handle."""
    state: str
    """active or paused."""
    step: int
    steps: int
    task_id: int | None
    """Its open or held task."""
    action: str | None
    due_on: str | None
    paused_on: str | None
    remaining_days: int | None

    @property
    def who(self) -> str:
        """Whom it is about."""
        return " · ".join(name for name in (self.contact, self.deal) if name)


SELECT = (
    "SELECT e.id, k.key, k.name, v.n, e.contact_id, c.name, e.deal_id, d.title, u.handle, e.state, e.current_step,"
    " (SELECT count(*) FROM cadence_step s WHERE s.version_id = e.version_id AND s.removed_by IS NULL),"
    " t.id, t.action, t.due_on, e.paused_on, e.remaining_days FROM enrollment e JOIN cadence k ON k.id = e.cadence_id"
    " JOIN cadence_version v ON v.id = e.version_id JOIN user u ON u.id = e.assignee_id"
    " LEFT JOIN contact c ON c.id = e.contact_id LEFT JOIN deal d ON d.id = e.deal_id"
    " LEFT JOIN task t ON t.enrollment_id = e.id AND t.status IN ('open', 'held')"
    " WHERE e.state <> 'ended' AND e.removed_by IS NULL"
)


def running(
    db: Database, scope: Scope, words: str = "", limit: int = -1, *, paused: bool = False
) -> tuple[RunningRow, ...]:
    """What runs, the next due first; with `paused` what waits alone, the longest first."""
    owner, ids = scope.where("e.assignee_id")
    condition, values = matching(words, ("k.name", "c.name", "d.title", "u.name"))
    only = " AND e.state = 'paused'" if paused else ""
    rows = db.rows(
        f"{SELECT} AND {owner} AND {condition}{only}"
        f" ORDER BY {'e.paused_on' if paused else 't.due_on IS NULL, t.due_on'}, e.id LIMIT ?",
        [*ids, *values, limit],
    )
    return tuple(map(RunningRow._make, rows))


def running_for(db: Database, contact_id: int | None, deal_id: int | None) -> tuple[RunningRow, ...]:
    """What runs for a deal, or for a contact over all its deals."""
    column, value = ("e.deal_id", deal_id) if deal_id is not None else ("e.contact_id", contact_id)
    return tuple(map(RunningRow._make, db.rows(f"{SELECT} AND {column} = ? ORDER BY e.id", (value,))))


def one_running(db: Database, enrollment_id: int) -> RunningRow | None:
    """The enrollment of that number, unless it has ended."""
    row = db.row(f"{SELECT} AND e.id = ?", (enrollment_id,))
    return RunningRow._make(row) if row else None

"""Series as a list, and those that lack their open task. One rule: reads only."""

from __future__ import annotations

from datetime import date

from fu_tui.core.errors import NotFound
from fu_tui.core.repeats import parse_rrule
from fu_tui.core.repeats_words import repeat_words
from fu_tui.core.terms import CadenceKind, StageKind
from fu_tui.queries.running import RUNS_WITH
from fu_tui.queries.scope import Scope
from fu_tui.queries.series_rows import SeriesRow
from fu_tui.store.database import Database

_SELECT = (
    "SELECT s.id, s.action, s.rule, s.start_on, s.kind, s.state, s.contact_id, c.name, s.deal_id, d.title,"
    " s.account_id, a.name, u.handle, u.name, t.id, t.status, t.due_on, t.occurrence_on,"
    # The second condition names the index: without it every task would be read for each series.
    " (SELECT count(*) FROM task x WHERE x.series_id = s.id AND x.status = 'done' AND x.status <> 'withdrawn'),"
    " s.priority, s.body FROM series s"
    " JOIN user u ON u.id = s.owner_id LEFT JOIN contact c ON c.id = s.contact_id"
    " LEFT JOIN deal d ON d.id = s.deal_id LEFT JOIN account a ON a.id = s.account_id"
    " LEFT JOIN task t ON t.series_id = s.id AND t.status IN ('open', 'held') WHERE s.removed_by IS NULL"
)
SALES = (CadenceKind.OUTREACH, CadenceKind.MEETING, CadenceKind.PROPOSAL, CadenceKind.DEAL)
"""Kinds of cadences that are a sales conversation."""


def series(db: Database, scope: Scope, *, ended: bool = False) -> tuple[SeriesRow, ...]:
    """The series of a scope, the next due first; with `ended` also those that are over, last."""
    owner, ids = scope.where("s.owner_id")
    active = "" if ended else " AND s.state = 'active'"
    rows = db.rows(
        f"{_SELECT} AND {owner}{active} ORDER BY s.state = 'ended', t.due_on IS NULL, t.due_on, s.id", ids
    )
    return tuple(_row(row) for row in rows)


def one_series(db: Database, series_id: int) -> SeriesRow:
    """One series. Raises NotFound."""
    row = db.row(f"{_SELECT} AND s.id = ?", (series_id,))
    if row is None:
        raise NotFound(f"There is no series {series_id}.", "`fu series list` shows them.")
    return _row(row)


def without_task(db: Database) -> list[int]:
    """The active series that have no open or held task, but for those whose deal is parked."""
    rows = db.rows(
        "SELECT s.id FROM series s WHERE s.state = 'active' AND s.removed_by IS NULL AND NOT EXISTS (SELECT 1"
        " FROM task t WHERE t.series_id = s.id AND t.status IN ('open', 'held')) AND NOT EXISTS (SELECT 1"
        " FROM deal d WHERE d.id = s.deal_id AND d.parked_until IS NOT NULL) ORDER BY s.id"
    )
    return [row[0] for row in rows]


def sales_conversation(db: Database, contact_id: int | None, deal_id: int | None) -> str:
    """What makes a contact or a deal a sales conversation, in which nothing repeats (R116, R118); else empty."""
    deal = db.value(
        "SELECT d.title FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = ? AND s.kind = ?",
        (deal_id, StageKind.OPEN.value),
    )
    if deal:
        return f"{deal} is an open deal"
    kinds = ", ".join(f"'{kind.value}'" for kind in SALES)
    row = db.row(
        "SELECT k.name, ifnull(c.name, d.title) FROM enrollment e JOIN cadence k ON k.id = e.cadence_id"
        " LEFT JOIN contact c ON c.id = e.contact_id LEFT JOIN deal d ON d.id = e.deal_id"
        f" WHERE {RUNS_WITH} AND e.removed_by IS NULL AND k.kind IN ({kinds}) LIMIT 1",
        (contact_id, deal_id),
    )
    return f"{row[0]} runs for {row[1]}" if row else ""


def _row(values: tuple[object, ...]) -> SeriesRow:
    row = SeriesRow(*values, "")  # type: ignore[arg-type, call-arg]  # the columns, then the rhythm
    return row._replace(words=repeat_words(parse_rrule(row.rule), date.fromisoformat(row.start_on)))

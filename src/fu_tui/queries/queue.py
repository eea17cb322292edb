"""The panes' rows, a page at a time. One rule: one statement a page, in the order of an index, from a row on (never by
counting off), so that a page costs the same in a queue of fifty and of a million."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from fu_tui.core.clock import from_utc_text, utc_text
from fu_tui.core.terms import Bucket, Channel, Priority, TaskKind
from fu_tui.queries.rows import QueueRow
from fu_tui.queries.scope import Scope
from fu_tui.store.database import Database
from fu_tui.store.search import PLACED

UPCOMING_DAYS = 14
ZONES_APART = 2
"""Days by which the civil day of an hour that is over may lie ahead of the viewer's, if it was set in another zone."""
ONE_DAY = timedelta(days=1)


class Order(StrEnum):
    """What comes first within a pane (R57, R58)."""

    DUE = "due"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that filter a view, each of which begins one of the action, the contact, the account, the deal, the owner
    or the channel. Made by hits.seek."""

    typed: str
    terms: tuple[str, ...]
    """What the index is asked for each; none where only signs were typed, which filter nothing."""


NOTHING = Sought("", ())


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: whose queue, on which day, in which order, filtered by which words."""

    scope: Scope
    today: date
    """The civil day in the viewer's zone."""
    now: datetime
    order: Order = Order.DUE
    on: date | None = None
    """Only what is due on this day; None for any day."""
    sought: Sought = NOTHING

    @property
    def words(self) -> str:
        """What was typed to filter it."""
        return self.sought.typed


LAST_CONTACT = (
    "CASE WHEN t.contact_id IS NULL THEN ifnull(d.last_touch_at, '')"
    " ELSE max(ifnull(c.last_inbound_at, ''), ifnull(c.last_outbound_at, '')) END"
)
COLUMNS = """
SELECT t.id, t.version, t.action, t.due_on, t.due_at, t.window_end_on, t.hidden_until, t.priority, t.kind,
       t.channel, t.contact_id, c.name, a.name, t.deal_id, d.title, t.queue_owner_id, u.name,
       t.enrollment_id, t.step_no,
       (SELECT count(*) FROM cadence_step s WHERE s.version_id = e.version_id),
       t.attempt, t.moved_count"""
JOINS = """
LEFT JOIN contact c ON c.id = t.contact_id
LEFT JOIN deal d ON d.id = t.deal_id
LEFT JOIN account a ON a.id = coalesce(t.account_id, c.account_id, d.account_id)
LEFT JOIN enrollment e ON e.id = t.enrollment_id
LEFT JOIN user u ON u.id = t.queue_owner_id"""
SELECT = f"{COLUMNS}, {LAST_CONTACT} FROM task t {JOINS}\n"

PLACE = {Order.DUE: "t.due_on, t.due_key, t.priority", Order.PRIORITY: "t.priority, t.due_on, t.due_key"}
"""What an index has in order. Among equals the longest time since the last contact goes first, then the number."""
LAST = (
    "ifnull(CASE WHEN t.contact_id IS NULL THEN (SELECT last_touch_at FROM deal WHERE id = t.deal_id) ELSE"
    " (SELECT max(ifnull(last_inbound_at, ''), ifnull(last_outbound_at, '')) FROM contact WHERE id = t.contact_id)"
    " END, '')"
)
"""LAST_CONTACT without its joins: a page sorts by it before anything else is looked up."""


def page(
    db: Database, view: View, bucket: Bucket, limit: int, *, after: QueueRow | None = None,
    before: QueueRow | None = None, from_end: bool = False,
) -> tuple[QueueRow, ...]:  # fmt: skip
    """Up to `limit` rows of a bucket in the view's order.

    after, before: the rows next to this one on that side. from_end: the last rows. The result is always in
    the view's order.
    """
    if view.sought.terms and bucket is not Bucket.HIDDEN:
        from fu_tui.queries import hits

        return hits.page(db, view, bucket, limit, after=after, before=before, from_end=from_end)
    backwards = from_end or before is not None
    conditions, params = conditions_of(view, bucket, after=after, before=before)
    order = f"{PLACE[view.order]}, last, t.id"
    if backwards:
        order = order.replace(",", " DESC,") + " DESC"
    rows = db.rows(
        f"{COLUMNS}, p.last FROM (SELECT t.id, {LAST} AS last FROM {_source(view, bucket)}"
        f" WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ?) p"
        f" CROSS JOIN task t ON t.id = p.id {JOINS} ORDER BY {order}",
        [*params, limit],
    )
    return tuple(map(to_row, reversed(rows) if backwards else rows))


def rows_by_id(db: Database, ids: Iterable[int]) -> tuple[QueueRow, ...]:
    """The rows of these tasks that are open, whatever pane they stand in."""
    wanted = list(ids)
    marks = ", ".join("?" * len(wanted))
    return tuple(map(to_row, db.rows(f"{SELECT} WHERE t.id IN ({marks}) AND t.status = 'open'", wanted)))


def count(db: Database, view: View, bucket: Bucket, *, before: QueueRow | None = None) -> int:
    """How many rows a bucket has, or has before this one; reads them all, so only for a filtered view and for a row of
    which nothing is known but itself."""
    conditions, params = conditions_of(view, bucket, before=before)
    sql = f"SELECT count(*) FROM {_source(view, bucket)} WHERE {' AND '.join(conditions)}"
    return int(db.value(sql, params))


def bucket_of(row: QueueRow, view: View) -> Bucket:
    """The pane a row stands in for this viewer, now."""
    return bucket_at(row.due_on, row.due_at, row.hidden_until, view.today, view.now)


def bucket_at(
    due_on: date, due_at: datetime | None, hidden_until: date | None, today: date, now: datetime
) -> Bucket:
    """The pane of an open task, for a viewer whose civil day is `today`; `due_at` and `now` are instants."""
    if hidden_until is not None and hidden_until > today:
        return Bucket.HIDDEN
    if due_on < today or (due_at is not None and due_at < now and due_on <= furthest(today)):
        return Bucket.OVERDUE
    if due_on == today:
        return Bucket.TODAY
    return Bucket.UPCOMING if due_on <= horizon(today) else Bucket.LATER


def horizon(today: date) -> date:
    """The last day that Upcoming shows."""
    return today + timedelta(days=UPCOMING_DAYS)


def furthest(today: date) -> date:
    """The last day that can bear an hour which is over; later ones needn't be searched for it."""
    return today + timedelta(days=ZONES_APART)


def sort_key(row: QueueRow, order: Order) -> tuple[Any, ...]:
    """The values by which a row has its place, as they are stored."""
    due = (row.due_on.isoformat(), utc_text(row.due_at) if row.due_at else "9")
    rest = (utc_text(row.last_contact_at) if row.last_contact_at else "", row.id)
    if order is Order.PRIORITY:
        return (int(row.priority), *due, *rest)
    return (*due, int(row.priority), *rest)


def _source(view: View, bucket: Bucket) -> str:
    """Where a bucket's tasks are looked for: along the index that has them in order, whatever SQLite would guess.

    Only one person's queue has one for priorities.
    """
    if bucket is Bucket.HIDDEN:
        return "task t"
    if view.order is Order.PRIORITY:
        return f"task t {'INDEXED BY task_priority_queue' if view.scope.is_one else ''}"
    return f"task t INDEXED BY {'task_queue' if view.scope.is_one else 'task_team_queue'}"


def conditions_of(
    view: View, bucket: Bucket, *, after: QueueRow | None = None, before: QueueRow | None = None
) -> tuple[list[str], list[Any]]:
    """The WHERE of a bucket, or of its rows on one side of one. The status is a literal: only then do the partial
    indexes serve it."""
    owner, params = view.scope.where()
    seen, more = view.scope.sees("t.kind = 'private'", "t.queue_owner_id")
    today, now = view.today, utc_text(view.now)
    away = "t.hidden_until > ?" if bucket is Bucket.HIDDEN else "ifnull(t.hidden_until, '') <= ?"
    conditions: list[str] = ["t.status = 'open'", owner, seen, away]
    values: list[Any] = [*params, *more, today.isoformat()]
    if bucket is Bucket.OVERDUE:
        conditions.append("(t.due_on < ? OR t.due_key < ?)")
        values += [today.isoformat(), now]
    elif bucket is Bucket.TODAY:
        conditions.append("t.due_key >= ?")
        values.append(now)
    elif bucket is Bucket.UPCOMING:
        conditions.append("(t.due_key >= ? OR t.due_on > ?)")
        values += [now, furthest(today).isoformat()]
    since, until = days(view, bucket)
    edge = after or before
    if edge is not None:
        than = ">" if after else "<"
        *place, last, number = sort_key(edge, view.order)
        columns = PLACE[view.order]
        conditions.append(
            f"({columns}) {than}= (?, ?, ?) AND (({columns}) {than} (?, ?, ?) OR ({LAST}, t.id) {than} (?, ?))"
        )
        values += [*place, *place, last, number]
        if view.order is Order.DUE:
            since, until = (max(since, edge.due_on), until) if after else (since, min(until, edge.due_on))
    conditions.append("t.due_on BETWEEN ? AND ?")
    values += [since.isoformat(), until.isoformat()]
    found, sought = found_by(view)
    return [*conditions, found], [*values, *sought]


def found_by(view: View) -> tuple[str, list[str]]:
    """A condition that the view's words find a task, with its parameters; for lists in an order of their own."""
    if not view.sought.terms:
        return "1", []
    sql = f"t.id IN (SELECT rowid & {(1 << PLACED) - 1} FROM task_search WHERE task_search MATCH ?)"
    return sql, [" AND ".join(view.sought.terms)]


def days(view: View, bucket: Bucket) -> tuple[date, date]:
    """The first and the last due day that a bucket's tasks may have."""
    today, end = view.today, horizon(view.today)
    since, until = {
        Bucket.OVERDUE: (date.min, furthest(today)),
        Bucket.TODAY: (today, today),
        Bucket.UPCOMING: (today + ONE_DAY, end),
        Bucket.LATER: (end + ONE_DAY, date.max),
        Bucket.HIDDEN: (date.min, date.max),
    }[bucket]
    return (since, until) if view.on is None else (max(since, view.on), min(until, view.on))


def to_row(row: tuple[Any, ...]) -> QueueRow:
    """A row of SELECT with its types."""
    values = list(row)
    values[3] = date.fromisoformat(row[3])
    if row[4]:
        values[4] = from_utc_text(row[4])
    if row[5]:
        values[5] = date.fromisoformat(row[5])
    if row[6]:
        values[6] = date.fromisoformat(row[6])
    values[7] = PRIORITIES[row[7]]
    values[8] = KINDS[row[8]]
    values[9] = CHANNELS[row[9]]
    values[19] = row[19] or None
    values[22] = from_utc_text(row[22]) if row[22] else None
    return QueueRow._make(values)


PRIORITIES = {term.value: term for term in Priority}
KINDS = {term.value: term for term in TaskKind}
CHANNELS: dict[str | None, Channel | None] = {None: None} | {term.value: term for term in Channel}

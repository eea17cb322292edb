"""The rows of a filtered view. One rule: hits come from the index in the order of their places, a few hundred at most,
so that a letter costs the same in a queue of a hundred and of a million.

Among tasks of one day, minute and priority the number decides, not the time since the last contact: that would want
all of them read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from fu_tui.core.spoken import spoken
from fu_tui.core.terms import Bucket, Priority
from fu_tui.queries.queue import (
    COLUMNS,
    JOINS,
    LAST,
    NOTHING,
    Order,
    Sought,
    View,
    conditions_of,
    days,
    to_row,
)
from fu_tui.queries.rows import QueueRow
from fu_tui.queries.scope import everyone
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person
from fu_tui.store.search import PLACED, any_of, beginning, owners

MOST = 100
"""Hits that are counted; a count that reaches it says that there are as many at least."""
DAY, MINUTE, PRIORITY = PLACED + 15, PLACED + 2, PLACED
"""Bits of a place below its day, its minute and its priority."""
NO_HOUR = 8191
EARLIEST = 2880
"""Minutes of a place are counted from two days before its day."""
FEW = 20
"""Owners whose work is looked for by name; more are left to the tasks themselves."""
Range = tuple[int, int]


def seek(db: Database, typed: str) -> Sought:
    """What was typed as a filter, as the index is asked for it at this moment (it knows the words there are)."""
    terms = []
    for word in spoken(typed):
        theirs = any_of(f"o{number}" for number in owners(db, word))
        terms.append(f"({beginning(db, 'task', word)}{' OR ' if theirs else ''}{theirs})")
    return Sought(typed, tuple(terms)) if typed else NOTHING


def anywhere(db: Database, me: Person, typed: str, limit: int) -> tuple[QueueRow, ...]:
    """Open tasks that what was typed finds, in anybody's queue: the viewer's own first, each in their order."""
    terms = " AND ".join(seek(db, typed).terms)
    if not terms:
        return ()
    seen, ids = everyone(me).sees("t.kind = 'private'", "t.queue_owner_id")
    own = any_of([f"o{me.id}"])
    part = (
        f"SELECT * FROM (SELECT t.id, {LAST} AS last, {{rank}} AS rank, s.rowid AS place FROM task_search s"
        f" CROSS JOIN task t ON t.id = s.rowid & {(1 << PLACED) - 1} WHERE s.task_search MATCH ? AND {seen}"
        " ORDER BY s.rowid LIMIT ?)"
    )
    rows = db.rows(
        f"{COLUMNS}, p.last FROM ({part.format(rank=0)} UNION ALL {part.format(rank=1)} LIMIT ?) p"
        f" CROSS JOIN task t ON t.id = p.id {JOINS} ORDER BY p.rank, p.place",
        [f"{terms} AND {own}", *ids, limit, f"({terms}) NOT {own}", *ids, limit, limit],
    )
    return tuple(map(to_row, rows))


def page(
    db: Database, view: View, bucket: Bucket, limit: int, *, after: QueueRow | None = None,
    before: QueueRow | None = None, from_end: bool = False,
) -> tuple[QueueRow, ...]:  # fmt: skip
    """As queue.page, of the rows that the view's words find."""
    backwards = from_end or before is not None
    direction = "DESC" if backwards else "ASC"
    parts, values = list[str](), list[Any]()
    for priority, (low, high) in _parts(view, bucket, after, before, backwards):
        source, params = _source(view, bucket, low, high, priority)
        parts.append(
            f"SELECT * FROM (SELECT t.id, {LAST} AS last, {priority or 0} AS rank, s.rowid AS place FROM {source}"
            f" ORDER BY s.rowid {direction} LIMIT ?)"
        )
        values += [*params, limit]
    if not parts:
        return ()
    rows = db.rows(
        f"{COLUMNS}, p.last FROM (SELECT * FROM ({' UNION ALL '.join(parts)}) LIMIT ?) p"
        f" CROSS JOIN task t ON t.id = p.id {JOINS} ORDER BY p.rank {direction}, p.place {direction}",
        [*values, limit],
    )
    return tuple(map(to_row, reversed(rows) if backwards else rows))


def count(
    db: Database, view: View, bucket: Bucket, *, before: QueueRow | None = None, most: int = MOST
) -> int:
    """How many rows of a bucket are found, or are found before this one: up to `most`."""
    parts, values = list[str](), list[Any]()
    for priority, (low, high) in _parts(view, bucket, None, before, backwards=False):
        source, params = _source(view, bucket, low, high, priority)
        parts.append(f"SELECT * FROM (SELECT 1 FROM {source} LIMIT ?)")
        values += [*params, most]
    if not parts:
        return 0
    return int(
        db.value(
            f"SELECT count(*) FROM (SELECT * FROM ({' UNION ALL '.join(parts)}) LIMIT ?)", [*values, most]
        )
    )


def is_hit(db: Database, view: View, row: QueueRow) -> bool:
    """Whether the view's words find this task."""
    at = place(row)
    sql = "SELECT 1 FROM task_search WHERE task_search MATCH ? AND rowid = ?"
    return bool(db.value(sql, (_asked(view), at)))


def place(row: QueueRow) -> int:
    """A task's number in its index, as migrations/0002_search.py makes it; a foreseen step stands behind its equals."""
    minute = NO_HOUR if row.due_at is None else _minute(row.due_on, row.due_at)
    number = (1 << PLACED) - 1 if row.is_forecast else row.id
    return _day(row.due_on) | minute << MINUTE | int(row.priority) << PRIORITY | number


def _asked(view: View, priority: int | None = None) -> str:
    """What the index is asked: each word, one of the scope's owners, the priority."""
    terms = [*view.sought.terms]
    if 0 < len(view.scope.user_ids) <= FEW:
        terms.append(f"({any_of(f'o{number}' for number in view.scope.user_ids)})")
    if priority is not None:
        terms.append(any_of([f"p{priority}"]))
    return " AND ".join(terms)


def _source(view: View, bucket: Bucket, low: int, high: int, priority: int | None) -> tuple[str, list[Any]]:
    """Where the hits between two places come from, with the bucket's own conditions."""
    conditions, params = conditions_of(replace(view, sought=NOTHING), bucket)
    sql = (
        f"task_search s CROSS JOIN task t ON t.id = s.rowid & {(1 << PLACED) - 1} WHERE s.task_search MATCH ?"
        f" AND s.rowid BETWEEN ? AND ? AND {' AND '.join(conditions)}"
    )
    return sql, [_asked(view, priority), low, high, *params]


def _parts(
    view: View, bucket: Bucket, after: QueueRow | None, before: QueueRow | None, backwards: bool
) -> Iterator[tuple[int | None, Range]]:
    """The stretches of places that a bucket lies on, in the view's order, from one row or up to one."""
    ranks = [int(rank) for rank in sorted(Priority)] if view.order is Order.PRIORITY else [None]
    edge = after or before
    for rank in reversed(ranks) if backwards else ranks:
        low, high = 0, (1 << 63) - 1
        if edge is not None and (rank is None or rank == edge.priority):
            low, high = (place(edge) + 1, high) if after else (low, place(edge) - 1)
        elif edge is not None and rank is not None and (rank < edge.priority) == (after is not None):
            continue
        ranges = _ranges(view, bucket)
        for start, end in reversed(ranges) if backwards else ranges:
            if max(low, start) <= min(high, end):
                yield rank, (max(low, start), min(high, end))


def _ranges(view: View, bucket: Bucket) -> list[Range]:
    """The stretches of places between a bucket's first and last day. Of the days on which only an hour can be over,
    those without one are left out: they may be very many."""
    since, until = days(view, bucket)
    if bucket is Bucket.OVERDUE and until >= view.today:
        late = [
            (max(since, view.today) + timedelta(days=n))
            for n in range((until - max(since, view.today)).days + 1)
        ]
        whole = [(_day(since), _day(view.today) - 1)] if since < view.today else []
        return [*whole, *((_day(day), _day(day) | (_minute(day, view.now) + 1) << MINUTE) for day in late)]
    return [(_day(since), _day(until) + (1 << DAY) - 1)] if since <= until else []


def _day(day: date) -> int:
    return (day.toordinal() - 1) << DAY


def _minute(day: date, instant: datetime) -> int:
    minutes = int((instant - datetime.combine(day, time.min, UTC)).total_seconds()) // 60
    return min(max(minutes + EARLIEST, 0), NO_HOUR - 1)

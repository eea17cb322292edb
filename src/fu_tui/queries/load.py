"""What lies on which day, and what was done on which. One rule: one statement each; open work is never counted by its
rows but read from the table that triggers keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from fu_tui.core.load import WEEKS_BACK, daily_rate
from fu_tui.queries.queue import View, horizon
from fu_tui.store.database import Database

if TYPE_CHECKING:
    from fu_tui.core.calendar import WorkCalendar

LEAST = 10
"""Tasks a day of somebody who closed too few for a rate."""


def due_by_day(db: Database, view: View) -> dict[date, int]:
    """Open tasks on each day up to the horizon; what is late counts for today."""
    owner, ids = view.scope.where("user_id")
    seen, more = view.scope.sees("private", "user_id")
    rows = db.rows(
        f"SELECT max(due_on, ?), sum(n) FROM open_load WHERE due_on <= ? AND {owner} AND {seen} GROUP BY 1",
        [view.today.isoformat(), horizon(view.today).isoformat(), *ids, *more],
    )
    return {date.fromisoformat(day): n for day, n in rows if n}


def closed_by_day(db: Database, view: View) -> dict[date, int]:
    """Tasks that were done on each of the last weeks' days by those whose queue is looked at."""
    owner, ids = view.scope.where("t.closed_by_id")
    return _closes(db, owner, ids, view.today)


def day_of(db: Database, user_id: int, calendar: WorkCalendar, today: date) -> int:
    """Tasks that make a day's load for a user: what they get done on one, and never less than a few."""
    return max(LEAST, ceil(rate_of(db, user_id, calendar, today) or 0))


def rate_of(db: Database, user_id: int, calendar: WorkCalendar, today: date) -> float | None:
    """Tasks that a user gets done on a working day; None where they closed too few to say."""
    return daily_rate(_closes(db, "t.closed_by_id = ?", (user_id,), today), calendar, today)[0]


def _closes(db: Database, whose: str, values: Sequence[object], today: date) -> dict[date, int]:
    since = today - timedelta(days=7 * WEEKS_BACK)
    rows = db.rows(
        "SELECT t.closed_on, count(*) FROM task t INDEXED BY task_done WHERE t.status = 'done'"
        f" AND t.removed_by IS NULL AND t.closed_on BETWEEN ? AND ? AND {whose} GROUP BY 1",
        [since.isoformat(), today.isoformat(), *values],
    )
    return {date.fromisoformat(day): n for day, n in rows}


def lying_on_days(db: Database, user_id: int, today: date) -> dict[date, int]:
    """Open tasks of one user on each day; what is late counts for today."""
    rows = db.rows(
        "SELECT max(due_on, ?), sum(n) FROM open_load WHERE user_id = ? GROUP BY 1",
        [today.isoformat(), user_id],
    )
    return {date.fromisoformat(day): n for day, n in rows if n}

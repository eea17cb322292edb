"""How much somebody gets done in a day. One rule: it is counted from what they closed, and is never less than a few, so
that a newcomer's day is not empty."""

from __future__ import annotations

from datetime import date, timedelta

from fu_tui.store.database import Database

LOOKED_BACK = 28
LEAST = 10
"""Tasks a day of somebody who closed fewer, or none yet."""


def daily_rate(db: Database, user_id: int, today: date) -> int:
    """Tasks that a user closes on a day on which they close any, over the last four weeks; at least ten."""
    done, days = db.row(
        "SELECT count(*), count(DISTINCT closed_on) FROM task INDEXED BY task_done WHERE status = 'done'"
        " AND removed_by IS NULL AND closed_on >= ? AND closed_on < ? AND closed_by_id = ?",
        ((today - timedelta(days=LOOKED_BACK)).isoformat(), today.isoformat(), user_id),
    ) or (0, 0)
    return max(LEAST, -(-done // days)) if days else LEAST

"""One's own notices. One rule: the newest first, and only those that are one's own."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from fu_tui.core.clock import from_utc_text
from fu_tui.store.database import Database


class NoticeRow(NamedTuple):
    """A notice."""

    id: int
    kind: str
    text: str
    at: datetime
    is_read: bool
    task_id: int | None
    """A task that is still open."""
    deal_id: int | None


def notices(db: Database, user_id: int, *, read: bool = False, limit: int = -1) -> tuple[NoticeRow, ...]:
    """A user's unread notices, or all of them."""
    which = "1" if read else "n.read_at IS NULL"
    rows = db.rows(
        "SELECT n.id, n.kind, n.text, n.at, n.read_at IS NOT NULL, t.id, n.deal_id FROM notification n"
        " LEFT JOIN task t ON t.id = n.task_id AND t.status = 'open'"
        f" WHERE n.user_id = ? AND n.removed_by IS NULL AND {which} ORDER BY n.id DESC LIMIT ?",
        (user_id, limit),
    )
    return tuple(
        NoticeRow(number, kind, text, from_utc_text(at), bool(is_read), task, deal)
        for number, kind, text, at, is_read, task, deal in rows
    )


def unread(db: Database, user_id: int) -> int:
    """How many notices a user has not read; served by an index."""
    return int(db.value(
        "SELECT count(*) FROM notification WHERE user_id = ? AND read_at IS NULL AND removed_by IS NULL", (user_id,)
    ))  # fmt: skip

"""What is there already where something new is about to be captured (R54). One rule: only what one contact, deal or
account has is read, so it costs the same in a file of any size."""

from __future__ import annotations

from collections.abc import Sequence

from fu_tui.queries.queue import SELECT, to_row
from fu_tui.queries.rows import QueueRow
from fu_tui.store.database import Database
from fu_tui.store.lookup import Found, like

MOST = 50
"""Open tasks of one contact or deal that are looked through."""
_OFFERED = 5


def open_about(
    db: Database, me: int, contact_id: int | None, deal_id: int | None, account_id: int | None
) -> Sequence[QueueRow]:
    """The open tasks about a contact or a deal, whoever owns them, the ones due first; other people's private ones are
    left out (R51). Where neither is known those of an account: of its contacts and deals, and its own."""
    if contact_id is None and deal_id is None:
        if account_id is None:
            return ()
        which, links = (
            "t.contact_id IN (SELECT id FROM contact WHERE account_id = ?1)"
            " OR t.deal_id IN (SELECT id FROM deal WHERE account_id = ?1)"
            " OR (t.contact_id IS NULL AND t.deal_id IS NULL AND t.account_id = ?1)",
            [account_id],
        )
    else:
        named = [("contact_id", contact_id), ("deal_id", deal_id)]
        known = [(column, value) for column, value in named if value is not None]
        which = " OR ".join(f"t.{column} = ?{n}" for n, (column, _) in enumerate(known, 1))
        links = [value for _, value in known]
    rows = db.rows(
        f"{SELECT} WHERE ({which}) AND t.status = 'open' AND (t.kind <> 'private' OR t.owner_id = ?{len(links) + 1})"
        f" ORDER BY t.due_on, t.id LIMIT {MOST}",
        [*links, me],
    )
    return tuple(map(to_row, rows))


def deals_of(db: Database, account_id: int, typed: str) -> list[Found]:
    """The open deals of an account in whose title a word starts with `typed` (all, for nothing typed), by title."""
    start = like(typed.strip())
    rows = db.rows(
        "SELECT d.id, d.title, a.name FROM deal d JOIN account a ON a.id = d.account_id WHERE d.account_id = ?"
        " AND d.removed_by IS NULL AND d.closed_at IS NULL"
        " AND (d.title LIKE ? ESCAPE '|' OR d.title LIKE ? ESCAPE '|') ORDER BY d.title COLLATE NOCASE LIMIT ?",
        (account_id, f"{start}%", f"% {start}%", _OFFERED),
    )
    return [Found(*row) for row in rows]

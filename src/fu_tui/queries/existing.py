"""What stands open already where something new is about to be captured (R54)."""

from __future__ import annotations

from fu_tui.queries.queue import SELECT, to_row
from fu_tui.queries.rows import QueueRow
from fu_tui.store.database import Database


def next_of_contact(db: Database, contact_id: int) -> QueueRow | None:
    """The open task of a contact that is due first, whoever owns it; private ones are left out (R51)."""
    row = db.row(
        f"{SELECT} WHERE t.contact_id = ? AND t.status = 'open' AND t.kind <> 'private'"
        " ORDER BY t.due_on, t.id LIMIT 1",
        (contact_id,),
    )
    return to_row(row) if row else None

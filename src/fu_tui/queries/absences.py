"""Who is away, and what their cover has to know."""

from __future__ import annotations

from datetime import date

from fu_tui.core.errors import NotFound
from fu_tui.queries.queue import SELECT, to_row
from fu_tui.queries.rows import QueueRow
from fu_tui.queries.working_rows import AbsenceRow
from fu_tui.store.database import Database

_SELECT = (
    "SELECT a.id, u.handle, u.name, a.from_on, a.to_on, a.policy, c.handle, c.name, a.note, a.auto_reply FROM absence a"
    " JOIN user u ON u.id = a.user_id LEFT JOIN user c ON c.id = a.cover_user_id WHERE a.removed_by IS NULL"
)


def absences(db: Database, since: date | None) -> tuple[AbsenceRow, ...]:
    """Absences that end on a day or later, the first first; all of them without one."""
    rows = db.rows(
        f"{_SELECT} AND a.to_on >= ? ORDER BY a.from_on, a.id", (since.isoformat() if since else "",)
    )
    return tuple(map(AbsenceRow._make, rows))


def absence(db: Database, absence_id: int) -> AbsenceRow:
    """One absence. Raises NotFound."""
    row = db.row(f"{_SELECT} AND a.id = ?", (absence_id,))
    if row is None:
        raise NotFound(f"There is no absence {absence_id}.", "`fu absence list` shows them.")
    return AbsenceRow._make(row)


def brief(db: Database, absence_id: int) -> tuple[QueueRow, ...]:
    """What is due until the absence ends, the most urgent first: for whoever covers (R182). Private tasks are not."""
    rows = db.rows(
        f"{SELECT} JOIN absence x ON x.id = ? AND x.user_id = t.owner_id WHERE t.status = 'open'"
        " AND t.kind <> 'private' AND t.due_on <= x.to_on ORDER BY t.priority, t.due_on, t.due_key, t.id",
        (absence_id,),
    )
    return tuple(map(to_row, rows))

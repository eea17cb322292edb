"""When somebody works, as a screen and a command show it."""

from __future__ import annotations

from datetime import date

from fu_tui.queries.working_rows import CalendarSheet, DayOff
from fu_tui.store.database import Database
from fu_tui.store.lookup import person
from fu_tui.store.plans import calendar_of


def due_on(db: Database, user_id: int, day: date) -> tuple[int, ...]:
    """The open tasks of a user that are due on a day."""
    rows = db.rows(
        "SELECT id FROM task WHERE owner_id = ? AND status = 'open' AND due_on = ? ORDER BY id",
        (user_id, day.isoformat()),
    )
    return tuple(row[0] for row in rows)


def calendar_sheet(db: Database, user_id: int, today: date) -> CalendarSheet:
    """The calendar of a user, with its days off from a day on. Raises NotFound."""
    user = person(db, user_id)
    [(country, part)] = db.rows(
        "SELECT country, subdivision FROM work_calendar WHERE id = ?", (user.calendar_id,)
    )
    others = db.rows(
        "SELECT name FROM user WHERE calendar_id = ? AND id <> ? AND active AND removed_by IS NULL"
        " ORDER BY name COLLATE NOCASE",
        (user.calendar_id, user_id),
    )
    days = db.rows(
        "SELECT h.on_date, h.name, h.own, (SELECT count(*) FROM task t WHERE t.owner_id = ?1 AND t.status = 'open'"
        " AND t.due_on = h.on_date) FROM holiday h WHERE h.calendar_id = ?2 AND h.removed_by IS NULL"
        " AND h.on_date >= ?3 ORDER BY h.on_date",
        (user_id, user.calendar_id, today.isoformat()),
    )
    return CalendarSheet(
        user.handle, user.name, user.tz, calendar_of(db, user.calendar_id), country, part,
        tuple(row[0] for row in others),
        tuple(DayOff(date.fromisoformat(day), title, bool(own), due) for day, title, own, due in days),
    )  # fmt: skip

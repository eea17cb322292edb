"""When somebody works, as a screen and a command show it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fu_tui.core.calendar import WorkCalendar
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person, person
from fu_tui.store.plans import calendar_of


class DayOff(NamedTuple):
    """A day off beside the weekly ones."""

    on: date
    name: str
    own: bool
    """Entered by somebody, not the country's."""
    due: int
    """How many open tasks of the user are due on it."""


class CalendarSheet(NamedTuple):
    """A user's calendar."""

    user: Person
    id: int
    name: str
    calendar: WorkCalendar
    country: str | None
    subdivision: str | None
    shared_with: tuple[str, ...]
    """The names of the other active users."""
    days_off: tuple[DayOff, ...]
    """From today on, the first first."""


def calendar_sheet(db: Database, user_id: int, today: date) -> CalendarSheet:
    """The calendar of a user, with its days off from a day on. Raises NotFound."""
    user = person(db, user_id)
    [(name, country, part)] = db.rows(
        "SELECT name, country, subdivision FROM work_calendar WHERE id = ?", (user.calendar_id,)
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
        user, user.calendar_id, name, calendar_of(db, user.calendar_id), country, part,
        tuple(row[0] for row in others),
        tuple(DayOff(date.fromisoformat(day), title, bool(own), due) for day, title, own, due in days),
    )  # fmt: skip

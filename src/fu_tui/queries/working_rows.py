"""What comes back about when people work, and when they are away: frozen, plain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fu_tui.core.calendar import WorkCalendar


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

    user: str
    """A handle."""
    name: str
    """The user's."""
    tz: str
    calendar: WorkCalendar
    country: str | None
    subdivision: str | None
    shared_with: tuple[str, ...]
    """The names of the other active users."""
    days_off: tuple[DayOff, ...]
    """From today on, the first first."""


class AbsenceRow(NamedTuple):
    """An absence. Days are ISO dates, as stored."""

    id: int
    user: str
    """A handle, as the cover's."""
    name: str
    from_on: str
    to_on: str
    policy: str
    cover: str | None
    cover_name: str | None
    note: str
    auto_reply: str

"""Until when a stage expects something of a deal (R137–R144). One rule: hours run in working hours, days are calendar
days whose last rolls to a working day; both in the owner's zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from fu_tui.core.calendar import WorkCalendar, add_days
from fu_tui.core.clock import civil_day
from fu_tui.core.terms import Roll


class Expected(NamedTuple):
    """The end of a stage's clock."""

    on: date
    at: datetime | None = None
    """UTC, where the stage counts hours."""

    def is_late(self, now: datetime, today: date) -> bool:
        """Whether that has passed: the hour, or the whole day."""
        return self.at < now if self.at is not None else self.on < today


def expected(
    started_at: datetime, *, hours: int | None, days: int | None, calendar: WorkCalendar, tz: str
) -> Expected | None:
    """The end of a clock that began at `started_at` (UTC); None where the stage has none."""
    if hours is not None:
        at = calendar.add_working_hours(started_at, hours, tz)
        return Expected(civil_day(at, tz), at)
    if days is not None:
        return Expected(calendar.roll(add_days(civil_day(started_at, tz), days), Roll.FORWARD))
    return None

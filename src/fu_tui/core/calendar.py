"""Working days and working hours. One rule: which days are off is data handed in; no holiday is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from fu_tui.core.clock import to_utc, to_zone
from fu_tui.core.dates_words import WEEKDAYS
from fu_tui.core.errors import Refused
from fu_tui.core.terms import Roll

HORIZON_DAYS = 3 * 366
"""So far a working day is looked for; holidays are known about as far ahead."""


def add_days(day: date, days: int) -> date:
    """`day` moved by calendar days. Raises Refused when that lies outside the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise Refused(
            f"{day} moved by {days} days lies outside the years 1 to 9999.", "Choose a nearer day."
        ) from error


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days and hours somebody works.

    The methods that search take `passed`, a dict they add every off day to that they stepped over, with the
    reason: a trace keeps it. They raise Refused when the calendar has no working day within three years.
    """

    weekdays: frozenset[int] = frozenset(range(5))
    """Working weekdays, Monday = 0."""
    holidays: Mapping[date, str] = field(default_factory=dict)
    """Days off beside the weekly ones, with their names."""
    work_start: time = time(9)
    work_end: time = time(17, 30)

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def why_off(self, day: date) -> str | None:
        """Why `day` is off ("Sat", or the holiday's name), or None on a working day."""
        weekday = day.weekday()
        if weekday not in self.weekdays:
            return WEEKDAYS[weekday]
        if day in self.holidays:
            return self.holidays[day] or "a holiday"
        return None

    def roll(self, day: date, how: Roll, passed: dict[date, str] | None = None) -> date:
        """`day` if it is a working day, else the nearest one after (or before) it; Roll.NONE leaves it alone."""
        if how is Roll.NONE:
            return day
        return self._seek(day, -1 if how is Roll.BACKWARD else 1, passed)

    def add_working_days(self, day: date, n: int, passed: dict[date, str] | None = None) -> date:
        """The n-th working day after `day`; n = 0 rolls forward, a negative n counts back."""
        if n == 0:
            return self._seek(day, 1, passed)
        step = 1 if n > 0 else -1
        for _ in range(abs(n)):
            day = self._seek(add_days(day, step), step, passed)
        return day

    def working_days_between(self, after: date, until: date, passed: dict[date, str] | None = None) -> int:
        """How many working days follow `after`, up to and with `until`; 0 when `until` is not later."""
        count = 0
        for ahead in range(1, (until - after).days + 1):
            day = after + timedelta(days=ahead)
            why = self.why_off(day)
            if why is None:
                count += 1
            elif passed is not None:
                passed[day] = why
        return count

    def add_working_hours(self, instant: datetime, hours: int, tz: str) -> datetime:
        """The UTC instant `hours` working hours after `instant`, as worked in zone `tz` (R95, R97)."""
        wall = self.add_wall_hours(to_zone(instant, tz).replace(tzinfo=None), hours)
        # The wall shows an hour twice when the clocks go back: never end before `instant`.
        return max(to_utc(wall.date(), wall.time(), tz), instant)

    def add_wall_hours(self, wall: datetime, hours: int, passed: dict[date, str] | None = None) -> datetime:
        """`hours` working hours after the naive wall-clock time `wall`, again on the wall.

        Hours run on the wall: a change of the clocks inside working hours neither adds nor takes any.
        Raises Refused when work ends before it starts, ValueError for negative hours.
        """
        if hours < 0:
            raise ValueError(f"working hours can't be negative: {hours}")
        if self.work_end <= self.work_start:
            raise Refused(
                f"The calendar's work ends at {self.work_end:%H:%M} but starts at {self.work_start:%H:%M}.",
                "Set an end that is later than the start.",
            )
        left = timedelta(hours=hours)
        day = self._seek(wall.date(), 1, passed)
        while True:
            at = max(wall, datetime.combine(day, self.work_start))
            closes = datetime.combine(day, self.work_end)
            if at + left <= closes:
                return at + left
            left -= max(closes - at, timedelta())
            day = self.add_working_days(day, 1, passed)

    def _seek(self, day: date, step: int, passed: dict[date, str] | None) -> date:
        """The first working day from `day` on in the direction of `step`, `day` itself included."""
        start = day
        for _ in range(HORIZON_DAYS):
            why = self.why_off(day)
            if why is None:
                return day
            if passed is not None:
                passed[day] = why
            day = add_days(day, step)
        if self.weekdays.isdisjoint(range(7)):
            raise Refused("This calendar has no working weekday.", "Give it at least one.")
        raise Refused(
            f"This calendar has no working day within 3 years of {start}.", "Check its weekdays and holidays."
        )

"""How much a day holds beside how much gets done on one. Pure. One rule: a figure from too few closes is none.

The screen knows it from the start, so nothing heavy is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fu_tui.core.calendar import WorkCalendar

WEEKS_BACK = 4
ENOUGH = 20
"""Closes below which a rate says nothing."""


@dataclass(frozen=True, slots=True)
class DayLoad:
    """One day."""

    day: date
    tasks: int
    """Open tasks due on it; today also what is late."""
    forecast: int
    """Steps that come by then if nobody replies."""
    working: bool

    @property
    def whole(self) -> int:
        """Tasks and forecast."""
        return self.tasks + self.forecast


@dataclass(frozen=True, slots=True)
class Load:
    """The coming days of one queue."""

    days: tuple[DayLoad, ...]
    """From today on."""
    rate: float | None
    """Closes on a usual working day; None where there are too few to say."""
    closes: int
    """From how many closes the rate is."""

    def is_over(self, day: DayLoad) -> bool:
        """Whether a day holds more than usually gets done, or anything at all where nobody works."""
        if not day.working:
            return day.whole > 0
        return self.rate is not None and day.whole > self.rate


def daily_rate(closes: Mapping[date, int], calendar: WorkCalendar, today: date) -> tuple[float | None, int]:
    """The median of closes per working day of the last weeks, today left out, and how many closes there were.

    None where there were fewer than `ENOUGH`. A working day on which nothing was closed counts as one.
    """
    days = [today - timedelta(days=ago) for ago in range(1, 7 * WEEKS_BACK + 1)]
    n = sum(closes.get(day, 0) for day in days)
    counts = sorted(closes.get(day, 0) for day in days if calendar.is_working(day))
    if n < ENOUGH or not counts:
        return None, n
    half = len(counts) // 2
    return (counts[half] + counts[~half]) / 2, n


def loads(
    tasks: Mapping[date, int],
    forecast: Mapping[date, int],
    closes: Mapping[date, int],
    calendar: WorkCalendar,
    today: date,
    days: int,
) -> Load:
    """Today and the `days` after it."""
    rate, n = daily_rate(closes, calendar, today)
    coming = [today + timedelta(days=ahead) for ahead in range(days + 1)]
    return Load(
        tuple(
            DayLoad(day, tasks.get(day, 0), forecast.get(day, 0), calendar.is_working(day)) for day in coming
        ),
        rate,
        n,
    )

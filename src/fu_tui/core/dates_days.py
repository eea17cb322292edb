"""Reckoning with civil days for dates in words. One rule: `fu add` waits for this, so standard library only."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from fu_tui.core.dates_terms import BadDate, Working
from fu_tui.core.dates_words import MONTHS

_LOOK_AHEAD_DAYS = 370
FRIDAY = 4


def make_day(year: int, month: int, day: int, phrase: str, with_year: bool = True) -> date:
    """That day. Raises BadDate naming what does not exist; `phrase` is what was typed."""
    if not 1 <= month <= 12:
        raise BadDate(
            f'There is no month {month} ("{phrase}").', "Months run from 1 to 12; 2026-11-27 is 27 Nov."
        )
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return date(year, month, day)
    name = MONTHS[month - 1]
    said = f"{day} {name} {year}" if with_year or month == 2 else f"{day} {name}"
    raise BadDate(f"There is no {said}; the month has {last} days.", f"Its last day is {last} {name}.")


def coming(month: int, day: int, today: date, phrase: str) -> date:
    """The next time that day of the year comes, today included. Raises BadDate where that year has none."""
    year = today.year + ((month, day) < (today.month, today.day))
    return make_day(year, month, day, phrase, with_year=False)


def coming_day_of_month(day: int, today: date, phrase: str) -> date:
    """The next "27th", today included. Raises BadDate where that month has none."""
    ahead = add_months(today.replace(day=1), 1) if day < today.day else today
    return make_day(ahead.year, ahead.month, day, phrase, with_year=False)


def coming_weekday(weekday: int, start: date) -> date:
    """The first such weekday from `start` on, `start` included."""
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def monday_of(day: date, weeks: int = 0) -> date:
    """The Monday of that day's week, `weeks` later."""
    return day + timedelta(days=7 * weeks - day.weekday())


def add_months(day: date, months: int) -> date:
    """The same day of the month later, clamped to the month's end: 31 Jan + 1 month is 28 Feb (R101).

    Written out because `months.add_months` loads pendulum, which a captured line must not wait for.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def month_end(day: date) -> date:
    """The last day of that day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def quarter_start(day: date) -> date:
    """The first day of that day's calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_end(day: date) -> date:
    """The last day of that day's calendar quarter."""
    return month_end(add_months(quarter_start(day), 2))


def working_from(day: date, is_working: Working, step: int = 1) -> date:
    """The nearest working day from `day` on (step −1: back from it); `day` itself in a year without any."""
    seen = day
    for _ in range(_LOOK_AHEAD_DAYS):
        if is_working(seen):
            return seen
        seen += timedelta(days=step)
    return day


def add_working_days(day: date, count: int, is_working: Working) -> date:
    """The count-th working day after `day`."""
    for _ in range(count):
        day = working_from(day + timedelta(days=1), is_working)
    return day

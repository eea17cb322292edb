"""Working weekdays and hours in words, both ways: "mon-fri", "9:00-17:30". One rule: what it says it reads again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from fu_tui.core.dates_words import LONG_WEEKDAYS, WEEKDAYS
from fu_tui.core.errors import UsageError

_HYPHENS = str.maketrans("–—−", "---")
_HOUR = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")


def parse_weekdays(text: str) -> frozenset[int]:
    """The weekdays of "mon-fri", "sun-thu", "mon,wed,fri" or, Monday being 1, "12345"; Monday = 0.

    Raises UsageError for what names none.
    """
    said = text.strip().lower().translate(_HYPHENS)
    if said and not set(said) - set("1234567"):
        return frozenset(int(digit) - 1 for digit in said)
    found: set[int] = set()
    for part in re.split(r"[\s,]+", re.sub(r"\s*-\s*", "-", said)):
        first, dash, last = part.partition("-")
        days = [_weekday(name) for name in ((first, last) if dash else (first,))]
        if None in days:
            raise UsageError(f'"{text}" names no weekdays.', 'Write "mon-fri", "sun-thu" or "mon,wed,fri".')
        start, end = days[0] or 0, days[-1] or 0
        found |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
    return frozenset(found)


def _weekday(name: str) -> int | None:
    """A weekday by its first letters, at least two: tu, tue, tues, tuesday."""
    known = [n for n, full in enumerate(LONG_WEEKDAYS) if len(name) > 1 and full.lower().startswith(name)]
    return known[0] if len(known) == 1 else None


def weekday_words(weekdays: Iterable[int]) -> str:
    """Weekdays in few words: "Mon–Fri", "Mon, Wed, Fri", "Sun–Thu", "every day"."""
    days = frozenset(weekdays)
    if len(days) == 7:
        return "every day"
    # A stretch may lie across the weekend, so begin after a day off.
    start = next((day for day in range(7) if day in days and (day - 1) % 7 not in days), 0)
    stretches: list[list[int]] = []
    for day in ((start + n) % 7 for n in range(7)):
        if day in days and stretches and (stretches[-1][-1] + 1) % 7 == day:
            stretches[-1].append(day)
        elif day in days:
            stretches.append([day])
    return ", ".join(
        f"{WEEKDAYS[days[0]]}–{WEEKDAYS[days[-1]]}"
        if len(days) > 2
        else ", ".join(WEEKDAYS[day] for day in days)
        for days in stretches
    )


def parse_hours(text: str) -> tuple[time, time]:
    """The hours of "9:00-17:30", "8-17" or "9am-5pm". Raises UsageError for no span, or a backward one."""
    ends = [_HOUR.fullmatch(part.strip()) for part in text.lower().translate(_HYPHENS).split("-")]
    hours = [_hour(*found.groups()) for found in ends if found]
    if len(ends) != 2 or len(hours) != 2 or None in hours:
        raise UsageError(f'"{text}" is no span of hours.', 'Write "9:00-17:30".')
    start, end = (hour or time() for hour in hours)
    if end <= start:
        raise UsageError(
            f"Work would end at {end:%H:%M} but start at {start:%H:%M}.",
            "Name an end that is later than the start, on the same day.",
        )
    return start, end


def _hour(hour: str, minute: str | None, half: str | None) -> time | None:
    number, minutes = int(hour), int(minute or 0)
    if half and not 1 <= number <= 12:
        return None
    if half:
        number = number % 12 + (12 if half == "pm" else 0)
    return time(number, minutes) if number < 24 and minutes < 60 else None


def hours_words(start: time, end: time) -> str:
    """The span: 09:00–17:30."""
    return f"{start:%H:%M}–{end:%H:%M}"

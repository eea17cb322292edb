"""Days in words, for the screen and the answers. One rule: the same English words on every machine, no locale.

This is loaded before the first paint; it reads nothing but the standard library.
"""

from __future__ import annotations

from datetime import date, datetime, time

from fu_tui.core.clock import to_zone

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> str:
    """The day without any relation to today: "Fri 27 Nov 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(at: datetime, tz: str) -> str:
    """An instant in full, as `tz` has it: "Fri 27 Nov 2026 14:05"."""
    there = to_zone(at, tz)
    return f"{day_words(there.date())} {there:%H:%M}"


def say_when(day: date, at: time | None, today: date) -> str:
    """What was understood, in full: "Fri 27 Nov 2026, 14:00, in 3 days". `at` is wall-clock time."""
    hour = f" {at:%H:%M}," if at else ""
    return f"{day_words(day)},{hour} {away_words(day, today)}"


def away_words(day: date, today: date) -> str:
    """How far `day` is from today: "today", "tomorrow", "in 3 days", "yesterday", "3 days ago"."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return ("today", "tomorrow", "yesterday")[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def short_day(day: date, today: date) -> str:
    """The day as a row shows it: "today"; "Wed 25" in the coming six days; "1 Dec"; "1 Jan 2027" in another year."""
    days = (day - today).days
    if days == 0:
        return "today"
    if 0 < days <= 6:
        return f"{WEEKDAYS[day.weekday()]} {day.day}"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def late_words(due_on: date, due_at: datetime | None, today: date, now: datetime) -> str:
    """How late a task is: "3d late"; on its own day "1h late" or "20m late"; "" when it is not late.

    `due_on` and `today` are civil days of the viewer, `due_at` (hour promises only) and `now` instants.
    """
    days = (today - due_on).days
    if days > 0:
        return f"{days}d late"
    if due_at is None or due_at >= now:
        return ""
    minutes = int((now - due_at).total_seconds()) // 60
    return f"{minutes // 60}h late" if minutes >= 60 else f"{max(minutes, 1)}m late"


def exact_day(day: date, at: datetime | None = None, *, today: date, tz: str = "local") -> str:
    """An exact day in few words: "today 14:00", "Fri 27 Nov", "Mon 4 Jan 2027"."""
    name = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    name = "today" if day == today else name if day.year == today.year else f"{name} {day.year}"
    return f"{name} {to_zone(at, tz):%H:%M}" if at else name

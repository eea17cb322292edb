"""What happened to calendars. One rule: that of `events`: a frozen fact in the past tense."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple


class CalendarParted(NamedTuple):
    """Somebody who shared a calendar has one of their own now."""

    calendar_id: int
    who: str
    others: int
    """How many go on with the one that was shared."""


class CalendarJoined(NamedTuple):
    """Somebody works by the calendar of a colleague."""

    calendar_id: int
    who: str
    whose: str


class DaysOffAdded(NamedTuple):
    calendar_id: int
    whose: str
    """A name; "everybody" and who it is for a shared calendar."""
    days: tuple[date, ...]
    name: str


class DaysOffRemoved(NamedTuple):
    calendar_id: int
    whose: str
    days: tuple[date, ...]
    name: str
    """Of the day, where it is one."""


class HoursSet(NamedTuple):
    calendar_id: int
    whose: str
    start: time
    end: time


class WeekdaysSet(NamedTuple):
    calendar_id: int
    whose: str
    weekdays: tuple[int, ...]


class CountrySet(NamedTuple):
    calendar_id: int
    whose: str
    place: str
    """The country's name and its part's code; empty for none."""
    days: int
    """How many public holidays are off from today on."""


class ZoneSet(NamedTuple):
    """Somebody lives in another time zone from now on; no due day moves by it."""

    who: str
    tz: str
    """An IANA name, or local: that of the machine."""
    at: datetime
    """When it was set, UTC: what the clock there says tells whether the right zone was meant."""


class DueOnDaysOff(NamedTuple):
    """Open tasks that are due on days which became off; due days are exact, so they stay until somebody moves them."""

    task_ids: tuple[int, ...]
    days: tuple[date, ...]
    """On which days they are due."""
    to: tuple[date, ...]
    """To which days they would go."""


class MovedOffDay(NamedTuple):
    """A task went from a day off to its owner's next working day."""

    task_id: int
    action: str
    due_on: date


CalendarEvent = (
    CalendarParted | CalendarJoined | DaysOffAdded | DaysOffRemoved | HoursSet | WeekdaysSet | CountrySet | ZoneSet
    | DueOnDaysOff | MovedOffDay
)  # fmt: skip

"""The events of `events_calendar` in words. One rule: that of `say`, which calls this: one event, one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import exact_day
from fu_tui.core.events_calendar import (
    CalendarEvent,
    CalendarJoined,
    CalendarParted,
    CountrySet,
    DaysOffAdded,
    DaysOffRemoved,
    DueOnDaysOff,
    HoursSet,
    MovedOffDay,
    WeekdaysSet,
    ZoneSet,
)
from fu_tui.core.work_words import hours_words, weekday_words


def say_calendar(event: CalendarEvent, *, today: date) -> str:
    """One event as a sentence without its full stop. `today` is the reader's civil day."""
    match event:
        case CalendarParted(who=who, others=others):
            stay = "1 colleague keeps" if others == 1 else f"{others} colleagues keep"
            return f"{who} has a calendar of their own now; {stay} the one that was shared"
        case CalendarJoined(who=who, whose=whose):
            return f"{who} works by the calendar of {whose} now"
        case DaysOffAdded(whose=whose, days=days, name=name):
            return f"Off for {whose}: {days_words(days, today)}{f' ({name})' if name else ''}"
        case DaysOffRemoved(whose=whose, days=days, name=name):
            return f"Off no longer for {whose}: {days_words(days, today)}{f' ({name})' if name else ''}"
        case HoursSet(whose=whose, start=start, end=end):
            return f"Working hours of {whose}: {hours_words(start, end)}"
        case WeekdaysSet(whose=whose, weekdays=weekdays):
            return f"Working days of {whose}: {weekday_words(weekdays)}"
        case CountrySet(whose=whose, place=place, days=days):
            return (
                f"Public holidays of {place} are off for {whose}: {days} ahead"
                if place
                else f"No public holidays are off for {whose}"
            )
        case ZoneSet(who=who, tz=tz, at=at):
            wall = to_zone(at, tz)
            where = "that of the machine" if tz == "local" else tz
            return (
                f"Zone of {who}: {where}, {exact_day(wall.date(), today=today)} {wall:%H:%M} now; due days stay,"
                " and are late by the days there"
            )
        case DueOnDaysOff(task_ids=tasks, days=days):
            when = exact_day(days[0], today=today) if len(days) == 1 else "on these days"
            return f"{'1 task is' if len(tasks) == 1 else f'{len(tasks)} tasks are'} due {when} all the same"
        case MovedOffDay(action=action, due_on=day):
            return f"{action} → {exact_day(day, today=today)}"
    raise AssertionError(event)


def days_words(days: Sequence[date], today: date) -> str:
    """Days in few words: one, or from the first to the last with their number."""
    first = exact_day(days[0], today=today)
    if len(days) == 1:
        return first
    return f"{first} to {exact_day(days[-1], today=today)}, {len(days)} working days"

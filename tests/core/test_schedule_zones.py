"""Hour promises in every IANA zone, and days that no zone may move."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import LOCAL, civil_day, to_zone
from fu_tui.core.schedule import Due, next_try, recompute, within_hours
from fu_tui.core.trace import Trace
from tests.bench.zones import DAYS, ZONES, prove

CALENDAR = WorkCalendar(holidays={date(2026, 11, 26): "Thanksgiving", date(2027, 1, 1): "New Year's Day"})
SAMPLE = [
    datetime(2026, 3, 6, 23, 59, tzinfo=UTC),  # the weekend of the North American change
    datetime(2026, 3, 29, 0, 30, tzinfo=UTC),  # the hour of the European change
    datetime(2026, 4, 3, 12, tzinfo=UTC),  # the weekend of the southern changes
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 11, 25, 16, tzinfo=UTC),
    datetime(2026, 12, 31, 22, tzinfo=UTC),
]
instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)


def worked(since: datetime, until: datetime, zone: str) -> timedelta:
    """The working time between two instants, as the wall clock of `zone` shows it, minute by day."""
    start, end = (to_zone(at, zone).replace(tzinfo=None) for at in (since, until))
    total, day = timedelta(), start.date()
    while day <= end.date():
        if CALENDAR.is_working(day):
            opens, closes = datetime.combine(day, time(9)), datetime.combine(day, time(17, 30))
            total += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total


def kept(due: Due, asked_at: datetime, hours: int, zone: str) -> None:
    assert due.due_at is not None
    assert due.due_at.tzinfo is UTC
    assert due.due_at >= asked_at
    assert due.due_on == civil_day(due.due_at, zone)
    assert CALENDAR.is_working(due.due_on)
    assert time(9) <= to_zone(due.due_at, zone).time() <= time(17, 30)
    assert worked(asked_at, due.due_at, zone) == timedelta(hours=hours)
    assert recompute(Trace.from_json(due.trace.to_json())) == due.due_on


def test_no_zone_moves_a_due_day_and_no_change_of_the_clocks_an_hour_promise() -> None:
    """A sample of `python -m tests.bench zones`, which holds every zone on each of two years' days."""
    odd = [
        "Africa/Cairo",
        "America/Havana",
        "Antarctica/Troll",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Europe/Berlin",
    ]
    for zone in odd:
        assert prove([zone], DAYS[:365]).changes in (0, 2)
    assert prove(ZONES, DAYS[80:620:180]).promises >= 2 * 3 * len(ZONES)


def test_an_hour_that_comes_twice_is_no_promise_before_it_was_asked() -> None:
    nights = WorkCalendar(work_start=time(0), work_end=time(6))
    asked_at = datetime(2026, 10, 26, 1, 30, tzinfo=UTC) - timedelta(
        days=1
    )  # Troll's clocks went back two hours
    every_day = WorkCalendar(weekdays=frozenset(range(7)), work_start=time(0), work_end=time(6))
    due = within_hours(0, asked_at=asked_at, calendar=every_day, tz="Antarctica/Troll")
    assert due.due_at == asked_at
    assert every_day.add_working_hours(asked_at, 0, "Antarctica/Troll") == asked_at
    assert nights.add_working_hours(asked_at, 0, "Antarctica/Troll") > asked_at, "that was a Sunday"


@pytest.mark.parametrize("asked_at", SAMPLE, ids=str)
def test_four_working_hours_in_every_zone(asked_at: datetime) -> None:
    for zone in ZONES:
        due = within_hours(4, asked_at=asked_at, calendar=CALENDAR, tz=zone)
        kept(due, asked_at, 4, zone)


@settings(deadline=None)
@given(instants, st.integers(0, 40), st.sampled_from(ZONES))
def test_any_hours_from_any_instant(asked_at: datetime, hours: int, zone: str) -> None:
    due = within_hours(hours, asked_at=asked_at, calendar=CALENDAR, tz=zone)
    kept(due, asked_at, hours, zone)
    assert due.due_at == CALENDAR.add_working_hours(asked_at, hours, zone)


@settings(deadline=None)
@given(instants, st.integers(0, 20), st.sampled_from(ZONES), st.integers(0, 90_000), st.integers(0, 5))
def test_asking_later_or_for_longer_is_never_due_earlier(
    asked_at: datetime, hours: int, zone: str, seconds: int, more: int
) -> None:
    soon = CALENDAR.add_working_hours(asked_at, hours, zone)
    later = CALENDAR.add_working_hours(asked_at + timedelta(seconds=seconds), hours + more, zone)
    assert later >= soon


def test_a_promise_made_in_the_machine_s_zone_recomputes_after_a_journey() -> None:
    asked_at = datetime(2026, 11, 24, 22, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 11, 24, 22, tzinfo=ZoneInfo("America/Chicago"))):
        made = within_hours(4, asked_at=asked_at, calendar=CALENDAR, tz=LOCAL)
    assert (made.due_on, made.due_at) == (date(2026, 11, 25), datetime(2026, 11, 25, 17, 30, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Asia/Tokyo"))):
        assert recompute(Trace.from_json(made.trace.to_json())) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("zone", "closed_on", "due_on"),
    [
        ("America/Chicago", date(2026, 11, 24), date(2026, 11, 27)),
        ("Asia/Tokyo", date(2026, 11, 25), date(2026, 11, 30)),
    ],
)
def test_the_assignee_s_zone_decides_the_day_of_closing(zone: str, closed_on: date, due_on: date) -> None:
    closed_at = datetime(2026, 11, 24, 20, tzinfo=UTC)
    assert civil_day(closed_at, zone) == closed_on
    due = next_try(wait_days=3, closed_on=closed_on, today=closed_on, calendar=CALENDAR)
    assert due.due_on == due_on
    assert due.due_at is None


def test_the_trace_of_an_hour_promise_in_words() -> None:
    asked_at = datetime(2026, 11, 25, 22, tzinfo=UTC)
    due = within_hours(4, asked_at=asked_at, calendar=CALENDAR, tz="America/Chicago")
    assert due.trace.lines == (
        "4 working hours after Wed 25 Nov 16:00, past Thanksgiving → Fri 27 Nov 11:30",
    )
    assert due.trace.off == {date(2026, 11, 26): "Thanksgiving"}


def test_a_promise_recomputes_in_the_work_hours_it_was_made_in() -> None:
    mornings = WorkCalendar(work_start=time(6), work_end=time(10))
    asked_at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    due = within_hours(8, asked_at=asked_at, calendar=mornings, tz="UTC")
    assert due.due_at == datetime(2026, 11, 26, 8, tzinfo=UTC)
    assert recompute(Trace.from_json(due.trace.to_json())) == date(2026, 11, 26)

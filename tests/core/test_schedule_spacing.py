"""The arithmetic of spacing (7.11): a day that is apart from the other touches, and the nearest such."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.calendar import WorkCalendar, add_days
from fu_tui.core.schedule import (
    APART_DAYS,
    by_hand,
    by_temperature,
    by_trigger,
    recompute,
    spaced,
    too_near,
    within_hours,
)
from fu_tui.core.terms import Count, Temperature
from fu_tui.core.trace import Trace

CALENDAR = WorkCalendar(
    holidays={
        date(2026, 11, 26): "Thanksgiving",
        date(2026, 12, 25): "Christmas",
        date(2027, 1, 1): "New Year",
    }
)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@given(
    days=st.lists(st.dates(date(2026, 11, 1), date(2027, 1, 31)), max_size=6),
    anchor=st.dates(date(2026, 11, 1), date(2027, 1, 20)),
)
def test_a_spaced_day_is_apart_from_all_later_and_the_nearest_such(days: list[date], anchor: date) -> None:
    plain = by_trigger(
        "x", "it", event_on=anchor, delay=0, count=Count.CALENDAR, today=anchor, calendar=CALENDAR
    )
    moved = spaced(plain, days, CALENDAR)
    assert too_near(moved.due_on, days, CALENDAR) is None
    assert moved.due_on >= plain.due_on
    assert recompute(moved.trace) == moved.due_on == moved.trace.due_on
    assert recompute(Trace.from_json(moved.trace.to_json())) == moved.due_on
    if moved.due_on != plain.due_on:
        assert CALENDAR.is_working(moved.due_on)
        before = plain.due_on
        while before < moved.due_on:
            assert too_near(before, days, CALENDAR) or not CALENDAR.is_working(before)
            before = add_days(before, 1)
    assert spaced(moved, days, CALENDAR) == moved, "twice is once"


def test_what_a_person_dated_or_was_promised_never_moves() -> None:
    monday = MONDAY.date()
    warm = by_temperature(Temperature.WARM, today=date(2026, 11, 19), calendar=CALENDAR)
    hours = within_hours(4, asked_at=MONDAY, calendar=CALENDAR, tz="UTC")
    assert warm is not None
    for fixed in (by_hand(monday), hours, warm):
        assert spaced(fixed, [monday], CALENDAR) is fixed
    assert APART_DAYS == 2

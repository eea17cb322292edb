"""The load of the coming days: what a usual day is, and when a day is too full."""

from __future__ import annotations

from datetime import date, timedelta

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.load import daily_rate, loads

TUESDAY = date(2026, 11, 24)
CALENDAR = WorkCalendar(holidays={date(2026, 11, 26): "Thanksgiving"})


def closes(per_day: int, days: int = 28) -> dict[date, int]:
    return {TUESDAY - timedelta(days=ago): per_day for ago in range(1, days + 1)}


def test_the_rate_is_the_median_of_working_days() -> None:
    done = closes(6)
    done[TUESDAY - timedelta(days=1)] = 60
    assert daily_rate(done, CALENDAR, TUESDAY) == (6.0, sum(done.values()))


def test_what_was_done_today_does_not_count_yet() -> None:
    assert daily_rate({TUESDAY: 50}, CALENDAR, TUESDAY) == (None, 0)


def test_a_working_day_without_a_close_counts() -> None:
    assert daily_rate({TUESDAY - timedelta(days=1): 30}, CALENDAR, TUESDAY) == (0.0, 30)


def test_too_few_closes_make_no_rate() -> None:
    assert daily_rate(closes(1, 19), CALENDAR, TUESDAY) == (None, 19)
    assert daily_rate(closes(1, 20), CALENDAR, TUESDAY)[0] is not None


def test_a_day_is_over_beyond_the_rate_and_a_day_off_with_anything() -> None:
    wednesday, thursday, friday = (TUESDAY + timedelta(days=ahead) for ahead in (1, 2, 3))
    found = loads(
        {TUESDAY: 6, wednesday: 5, thursday: 1}, {wednesday: 2, friday: 1}, closes(6), CALENDAR, TUESDAY, 14
    )
    over = [day.day for day in found.days if found.is_over(day)]
    assert over == [wednesday, thursday], "5 + 2 is more than 6, and Thursday is a holiday"
    assert len(found.days) == 15


def test_without_a_rate_only_days_off_are_marked() -> None:
    found = loads({TUESDAY: 99, date(2026, 11, 28): 1}, {}, {}, CALENDAR, TUESDAY, 14)
    assert [day.day for day in found.days if found.is_over(day)] == [date(2026, 11, 28)]

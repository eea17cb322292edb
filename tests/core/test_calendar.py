"""Working days, working hours and months: the cases a person would check by hand."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.errors import Refused
from fu_tui.core.months import add_months
from fu_tui.core.terms import Roll

THANKSGIVING = date(2026, 11, 26)
CALENDAR = WorkCalendar(holidays={THANKSGIVING: "Thanksgiving", date(2026, 12, 25): "Christmas Day"})
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, 27) + timedelta(days=n) for n in range(4))


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "why"),
    [(FRIDAY, None), (SATURDAY, "Sat"), (SUNDAY, "Sun"), (THANKSGIVING, "Thanksgiving")],
)
def test_a_day_says_why_it_is_off(day: date, why: str | None) -> None:
    assert CALENDAR.why_off(day) == why
    assert CALENDAR.is_working(day) is (why is None)


def test_a_holiday_without_a_name_is_still_a_holiday() -> None:
    assert WorkCalendar(holidays={FRIDAY: ""}).why_off(FRIDAY) == "a holiday"


@pytest.mark.parametrize(
    ("day", "how", "landed"),
    [
        (FRIDAY, Roll.FORWARD, FRIDAY),
        (SATURDAY, Roll.FORWARD, MONDAY),
        (SATURDAY, Roll.BACKWARD, FRIDAY),
        (SATURDAY, Roll.NONE, SATURDAY),
        (THANKSGIVING, Roll.FORWARD, FRIDAY),
        (THANKSGIVING, Roll.BACKWARD, date(2026, 11, 25)),
        (date(2026, 12, 25), Roll.FORWARD, date(2026, 12, 28)),
    ],
)
def test_rolling(day: date, how: Roll, landed: date) -> None:
    assert CALENDAR.roll(day, how) == landed


@pytest.mark.parametrize(
    ("day", "n", "landed"),
    [
        (date(2026, 11, 25), 1, FRIDAY),
        (date(2026, 11, 25), 2, MONDAY),
        (SATURDAY, 0, MONDAY),
        (SATURDAY, 1, MONDAY),
        (FRIDAY, 0, FRIDAY),
        (MONDAY, -1, FRIDAY),
        (MONDAY, -2, date(2026, 11, 25)),
    ],
)
def test_adding_working_days(day: date, n: int, landed: date) -> None:
    assert CALENDAR.add_working_days(day, n) == landed


def test_what_was_passed_over_is_told() -> None:
    passed: dict[date, str] = {}
    CALENDAR.add_working_days(date(2026, 11, 25), 2, passed)
    assert passed == {THANKSGIVING: "Thanksgiving", SATURDAY: "Sat", SUNDAY: "Sun"}


def test_counting_working_days_leaves_out_the_first_day_and_takes_the_last() -> None:
    assert CALENDAR.working_days_between(date(2026, 11, 25), MONDAY) == 2
    assert CALENDAR.working_days_between(FRIDAY, FRIDAY) == 0
    assert CALENDAR.working_days_between(MONDAY, FRIDAY) == 0


@pytest.mark.parametrize("how", [Roll.FORWARD, Roll.BACKWARD])
def test_a_calendar_without_a_weekday_is_refused_in_words(how: Roll) -> None:
    with pytest.raises(Refused, match="no working weekday"):
        WorkCalendar(weekdays=frozenset()).roll(FRIDAY, how)


def test_three_years_of_holidays_are_refused_in_words() -> None:
    holidays = {FRIDAY + timedelta(days=n): "strike" for n in range(4 * 366)}
    with pytest.raises(Refused, match="no working day within 3 years of 2026-11-28"):
        WorkCalendar(holidays=holidays).add_working_days(FRIDAY, 1)


def test_a_week_may_lie_across_the_weekend() -> None:
    sunday_to_thursday = WorkCalendar(weekdays=frozenset({6, 0, 1, 2, 3}))
    assert sunday_to_thursday.roll(FRIDAY, Roll.FORWARD) == SUNDAY
    assert sunday_to_thursday.why_off(FRIDAY) == "Fri"


@pytest.mark.parametrize("days", [1, 30])
def test_the_end_of_time_is_refused_in_words(days: int) -> None:
    with pytest.raises(Refused, match="years 1 to 9999"):
        CALENDAR.add_working_days(date(9999, 12, 31), days)


@pytest.mark.parametrize(
    ("asked", "hours", "due"),
    [
        pytest.param(utc(24, 16), 4, utc(24, 20), id="within-the-day"),
        pytest.param(utc(24, 19, 30), 4, utc(24, 23, 30), id="up-to-the-closing-minute"),
        pytest.param(utc(24, 19, 31), 4, utc(25, 15, 1), id="one-minute-over"),
        pytest.param(utc(24, 11), 4, utc(24, 19), id="asked-before-work"),
        pytest.param(utc(25, 2), 4, utc(25, 19), id="asked-in-the-evening-of-the-day-before"),
        pytest.param(utc(25, 22), 4, utc(27, 17, 30), id="over-a-holiday"),
        pytest.param(utc(28, 18), 4, utc(30, 19), id="on-a-saturday"),
        pytest.param(utc(23, 15), 17, utc(24, 23, 30), id="two-whole-days"),
        pytest.param(utc(28, 18), 0, utc(30, 15), id="at-once-is-the-next-opening"),
    ],
)
def test_working_hours_in_chicago(asked: datetime, hours: int, due: datetime) -> None:
    assert CALENDAR.add_working_hours(asked, hours, "America/Chicago") == due


def test_working_hours_keep_to_the_wall_when_the_clocks_change() -> None:
    friday_before = datetime(2026, 10, 30, 21, tzinfo=UTC)  # 16:00 in Chicago, summer time
    monday_after = datetime(2026, 11, 2, 17, 30, tzinfo=UTC)  # 11:30 in Chicago, winter time
    assert CALENDAR.add_working_hours(friday_before, 4, "America/Chicago") == monday_after


def test_hours_that_end_before_they_start_are_refused_in_words() -> None:
    night_shift = WorkCalendar(work_start=time(22), work_end=time(6))
    with pytest.raises(Refused, match="ends at 06:00 but starts at 22:00"):
        night_shift.add_working_hours(utc(24, 16), 4, "UTC")


def test_negative_hours_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_working_hours(utc(24, 16), -1, "UTC")


@pytest.mark.parametrize(
    ("day", "months", "landed"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 11, 30), 6, date(2027, 5, 30)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2026, 11, 30), 0, date(2026, 11, 30)),
    ],
)
def test_months_clamp_to_the_end_of_the_month(day: date, months: int, landed: date) -> None:
    moved = add_months(day, months)
    assert (moved, type(moved)) == (landed, date)


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(9999, 12, 1), 3), (date(1, 1, 1), -1), (date(2026, 1, 1), 10**9), (date(2026, 1, 1), 10**12)],
)
def test_months_beyond_the_end_of_time_are_refused_in_words(day: date, months: int) -> None:
    with pytest.raises(Refused, match="years 1 to 9999"):
        add_months(day, months)


def test_pendulum_is_loaded_by_months_and_by_nothing_else_here() -> None:
    script = (
        "import sys, datetime as d\n"
        "from fu_tui.core.schedule import next_try\n"
        "from fu_tui.core.calendar import WorkCalendar\n"
        "from fu_tui.core.months import add_months\n"
        "day = d.date(2026, 11, 27)\n"
        "next_try(wait_days=3, closed_on=day, today=day, calendar=WorkCalendar())\n"
        "before = 'pendulum' in sys.modules\n"
        "add_months(day, 3)\n"
        "print(before, 'pendulum' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]

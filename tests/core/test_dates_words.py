"""Days in words, as the screen and the answers say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from fu_tui.core.dates_words import away_words, late_words, say_when, short_day

TUE = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 10, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        (date(2026, 11, 27), time(14), "Fri 27 Nov 2026, 14:00, in 3 days"),
        (date(2026, 11, 27), None, "Fri 27 Nov 2026, in 3 days"),
        (TUE, time(9, 5), "Tue 24 Nov 2026, 09:05, today"),
        (TUE, time(0), "Tue 24 Nov 2026, 00:00, today"),
        (date(2026, 11, 25), None, "Wed 25 Nov 2026, tomorrow"),
        (date(2026, 11, 23), None, "Mon 23 Nov 2026, yesterday"),
        (date(2026, 11, 20), None, "Fri 20 Nov 2026, 4 days ago"),
        (date(2027, 1, 4), None, "Mon 4 Jan 2027, in 41 days"),
    ],
)
def test_what_was_understood_is_said_in_full(day: date, at: time | None, said: str) -> None:
    assert say_when(day, at, TUE) == said


@pytest.mark.parametrize(
    ("day", "short"),
    [
        (TUE, "today"),
        (date(2026, 11, 25), "Wed 25"),
        (date(2026, 11, 30), "Mon 30"),
        (date(2026, 12, 1), "1 Dec"),
        (date(2027, 1, 1), "1 Jan 2027"),
        (date(2026, 11, 23), "23 Nov"),
    ],
)
def test_a_row_shows_the_day_short(day: date, short: str) -> None:
    assert short_day(day, TUE) == short


@pytest.mark.parametrize(
    ("due_on", "due_at", "late"),
    [
        (date(2026, 11, 21), None, "3d late"),
        (TUE, None, ""),
        (date(2026, 11, 25), None, ""),
        (TUE, NOW - timedelta(minutes=60), "1h late"),
        (TUE, NOW - timedelta(minutes=59), "59m late"),
        (TUE, NOW - timedelta(seconds=20), "1m late"),
        (TUE, NOW, ""),
        (TUE, NOW + timedelta(hours=1), ""),
        (date(2026, 11, 23), NOW - timedelta(hours=23), "1d late"),
    ],
)
def test_lateness_is_said_in_words(due_on: date, due_at: datetime | None, late: str) -> None:
    assert late_words(due_on, due_at, TUE, NOW) == late


def test_tomorrow_is_a_day_away_not_days() -> None:
    assert away_words(date(2026, 11, 26), TUE) == "in 2 days"

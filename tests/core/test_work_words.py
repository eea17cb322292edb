"""Working weekdays and hours as people write them."""

from __future__ import annotations

from datetime import time
from itertools import combinations

import pytest

from fu_tui.core.errors import UsageError
from fu_tui.core.work_words import hours_words, parse_hours, parse_weekdays, weekday_words


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("Sun – Thu", {6, 0, 1, 2, 3}),
        ("mon, wed,fri", {0, 2, 4}),
        ("mon-thu,sat", {0, 1, 2, 3, 5}),
        ("tu th", {1, 3}),
        ("Saturday", {5}),
        ("12345", {0, 1, 2, 3, 4}),
        ("771", {6, 0}),
    ],
)
def test_weekdays_are_read(said: str, days: set[int]) -> None:
    assert parse_weekdays(said) == days


@pytest.mark.parametrize(
    "said", ["", "never", "t", "mon-", "-fri", "mon-tue-wed", "0", "128", "mon;tue", "1-5x"]
)
def test_no_weekdays_are_told_with_an_example(said: str) -> None:
    with pytest.raises(UsageError, match="mon-fri"):
        parse_weekdays(said)


def test_what_is_said_of_weekdays_is_read_again() -> None:
    for count in range(1, 8):
        for days in combinations(range(7), count):
            said = "mon-sun" if count == 7 else weekday_words(days)
            assert parse_weekdays(said) == set(days), said


def test_weekdays_are_said_shortly() -> None:
    assert weekday_words(range(5)) == "Mon–Fri"
    assert weekday_words({6, 0, 1, 2, 3}) == "Sun–Thu"
    assert weekday_words({0, 1, 3}) == "Mon, Tue, Thu"
    assert weekday_words(range(7)) == "every day"


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("9:00-17:30", time(9), time(17, 30)),
        ("8–16", time(8), time(16)),
        ("9am - 5pm", time(9), time(17)),
        ("7.30-15.45", time(7, 30), time(15, 45)),
        ("12am-12pm", time(0), time(12)),
    ],
)
def test_hours_are_read_and_said(said: str, start: time, end: time) -> None:
    assert parse_hours(said) == (start, end)
    assert parse_hours(hours_words(start, end)) == (start, end)


@pytest.mark.parametrize("said", ["", "9", "9-", "9-25", "9-17-18", "9:60-17", "13pm-14", "nine-five", "-17"])
def test_no_span_of_hours_is_told_with_an_example(said: str) -> None:
    with pytest.raises(UsageError, match="9:00-17:30"):
        parse_hours(said)


@pytest.mark.parametrize("said", ["17-9", "9-9", "9pm-5am"])
def test_hours_that_end_before_they_start_are_told(said: str) -> None:
    with pytest.raises(UsageError, match="later than the start"):
        parse_hours(said)

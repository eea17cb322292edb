"""When something was: the words of a day to come, read backwards."""

from __future__ import annotations

from datetime import date, time

import pytest

from fu_tui.core.dates import BadDate
from fu_tui.core.dates_past import parse_past

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("9:30", date(2026, 11, 24), time(9, 30)),
        ("today", date(2026, 11, 24), None),
        ("yesterday 14:00", date(2026, 11, 23), time(14)),
        ("fri", date(2026, 11, 20), None),
        ("fri 15:00", date(2026, 11, 20), time(15)),
        ("20 nov", date(2026, 11, 20), None),
        ("2026-11-02", date(2026, 11, 2), None),
        ("2 days ago", date(2026, 11, 22), None),
        ("1 week ago 9:00", date(2026, 11, 17), time(9)),
    ],
)
def test_the_last_such_day_is_meant(text: str, day: date, at: time | None) -> None:
    found = parse_past(text, today=TUESDAY, now=time(10, 14))
    assert (found.day, found.at) == (day, at)


@pytest.mark.parametrize("text", ["11:00", "tomorrow", "2027-01-01", "+3d", "in 2 weeks", "whenever"])
def test_what_is_to_come_or_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        parse_past(text, today=TUESDAY, now=time(10, 14))

"""Phrases that name no day are refused with three working days (R18). Today is Tue 24 Nov 2026."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.dates import VagueDate, find_when, monday_to_friday, parse_when

TUE = date(2026, 11, 24)
NOW = time(10, 14)


def refused(line: str, today: date = TUE, off: Iterable[date] = ()) -> VagueDate:
    """The refusal of a line."""
    closed = set(off)
    with pytest.raises(VagueDate) as refusal:
        find_when(line, today=today, now=NOW, is_working=lambda d: d.weekday() < 5 and d not in closed)
    return refusal.value


def offered(line: str, today: date = TUE) -> list[str]:
    return [words for words, _ in refused(line, today).offers]


@pytest.mark.parametrize(
    ("phrase", "offers"),
    [
        ("next week", ["Mon 30 Nov", "Wed 2 Dec", "Fri 4 Dec"]),
        ("this week", ["Tue 24 Nov", "Wed 25 Nov", "Fri 27 Nov"]),
        ("later this week", ["Tue 24 Nov", "Wed 25 Nov", "Fri 27 Nov"]),
        ("early next week", ["Mon 30 Nov", "Tue 1 Dec", "Wed 2 Dec"]),
        ("sometime next week", ["Mon 30 Nov", "Wed 2 Dec", "Fri 4 Dec"]),
        ("the week after next", ["Mon 7 Dec", "Wed 9 Dec", "Fri 11 Dec"]),
        ("this weekend", ["Fri 27 Nov", "Mon 30 Nov", "Tue 1 Dec"]),
        ("next month", ["Tue 1 Dec", "Wed 16 Dec", "Thu 31 Dec"]),
        ("this month", ["Tue 24 Nov", "Fri 27 Nov", "Mon 30 Nov"]),
        ("late next month", ["Mon 21 Dec", "Mon 28 Dec", "Thu 31 Dec"]),
        ("in the middle of next month", ["Fri 11 Dec", "Wed 16 Dec", "Mon 21 Dec"]),
        ("next quarter", ["Fri 1 Jan 2027", "Mon 15 Feb 2027", "Wed 31 Mar 2027"]),
        ("in the new year", ["Fri 1 Jan 2027", "Mon 11 Jan 2027", "Thu 21 Jan 2027"]),
        ("in december", ["Tue 1 Dec", "Wed 16 Dec", "Thu 31 Dec"]),
        ("by december", ["Tue 1 Dec", "Wed 16 Dec", "Thu 31 Dec"]),
        ("mid january 2028", ["Tue 11 Jan 2028", "Mon 17 Jan 2028", "Fri 21 Jan 2028"]),
        ("sometime in march", ["Mon 1 Mar 2027", "Tue 16 Mar 2027", "Wed 31 Mar 2027"]),
        ("asap", ["Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov"]),
        ("as soon as possible", ["Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov"]),
        ("when possible", ["Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov"]),
        ("soon", ["Thu 26 Nov", "Fri 27 Nov", "Tue 1 Dec"]),
        ("shortly", ["Thu 26 Nov", "Fri 27 Nov", "Tue 1 Dec"]),
        ("in a few days", ["Thu 26 Nov", "Fri 27 Nov", "Tue 1 Dec"]),
        ("later", ["Tue 1 Dec", "Tue 8 Dec", "Thu 24 Dec"]),
        ("sometime", ["Tue 1 Dec", "Tue 8 Dec", "Thu 24 Dec"]),
        ("in a while", ["Tue 1 Dec", "Tue 8 Dec", "Thu 24 Dec"]),
        ("in a couple of weeks", ["Tue 1 Dec", "Tue 8 Dec", "Thu 24 Dec"]),
        ("someday", ["Thu 24 Dec", "Wed 24 Feb 2027", "Mon 24 May 2027"]),
        ("eventually", ["Thu 24 Dec", "Wed 24 Feb 2027", "Mon 24 May 2027"]),
        ("in 2-3 weeks", ["Tue 8 Dec", "Fri 11 Dec", "Tue 15 Dec"]),
        ("in two or three weeks", ["Tue 8 Dec", "Fri 11 Dec", "Tue 15 Dec"]),
        ("in 2 to 3 days", ["Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov"]),
        ("before fri", ["Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov"]),
        ("after fri", ["Mon 30 Nov", "Tue 1 Dec", "Wed 2 Dec"]),
        ("around 2 dec", ["Tue 1 Dec", "Wed 2 Dec", "Thu 3 Dec"]),
    ],
)
def test_a_vague_phrase_is_refused_with_three_days(phrase: str, offers: list[str]) -> None:
    refusal = refused(f"Call Dana {phrase}, she asked")
    assert refusal.phrase == phrase
    assert refusal.message == f'"{phrase}" names no day.'
    assert [words for words, _ in refusal.offers] == offers
    assert all(words in refusal.remedy for words in offers)


@pytest.mark.parametrize("text", ["next week", "soon", "in a few days", "ASAP", "in december"])
def test_a_whole_text_is_refused_the_same_way(text: str) -> None:
    with pytest.raises(VagueDate):
        parse_when(text, today=TUE, now=NOW)


def test_offers_skip_days_off() -> None:
    offers = refused("next week", off=[date(2026, 11, 30), date(2026, 12, 4)]).offers
    assert [day for _, day in offers] == [date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)]


def test_late_in_the_week_this_week_offers_what_comes_next_too() -> None:
    assert offered("this week", date(2026, 11, 27)) == ["Fri 27 Nov", "Mon 30 Nov", "Tue 1 Dec"]
    assert offered("this week", date(2026, 11, 28)) == ["Mon 30 Nov", "Tue 1 Dec", "Wed 2 Dec"]


@pytest.mark.parametrize(
    "line",
    [
        "Ask how soon they start",
        "Send it sooner or later",
        "Review the next quarter forecast",
        "Ask about next week",
        "Approve next month's budget",
        "This may take a while",
        "Get it signed by April",
        "Write to Early Bird Ltd",
        "March in the parade",
        "Send the later version",
        "Send the later",
        'Play "later"',
        "Hire in march order",
    ],
)
def test_words_about_something_else_are_left_alone(line: str) -> None:
    assert find_when(line, today=TUE, now=NOW) is None


def test_an_exact_date_wins_over_vague_words_beside_it() -> None:
    when = find_when("Call Dana fri, send details later", today=TUE, now=NOW)
    assert when is not None
    assert when.day == date(2026, 11, 27)


PHRASES = (
    "next week;this week;early next week;this weekend;next month;late this month;next quarter;this year;soon;asap;"
    "later;someday;in a few months;in december;mid january;in 2-3 days;in 5-9 months;before fri;after eom;around 1st;"
    "in the new year;the week after next;by november"
)


@given(
    st.sampled_from(PHRASES.split(";")),
    st.dates(date(1990, 1, 1), date(2140, 1, 1)),
    st.sets(st.integers(0, 60)),
)
def test_offers_are_three_different_working_days_that_can_be_typed(
    phrase: str, today: date, off: set[int]
) -> None:
    closed = {date.fromordinal(today.toordinal() + n) for n in off}
    offers = refused(f"Call Dana {phrase}", today, closed).offers
    days = [day for _, day in offers]
    assert len(set(days)) == 3
    assert days == sorted(days)
    for words, day in offers:
        assert day >= today
        assert monday_to_friday(day)
        assert day not in closed
        assert parse_when(words, today=today, now=NOW).day == day

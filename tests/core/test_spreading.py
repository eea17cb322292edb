"""Spreading: nothing is lost, order is kept, no day is over its rate while another is free."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.errors import Refused
from fu_tui.core.spreading import place

MONDAY = date(2026, 11, 23)
CALENDAR = WorkCalendar(holidays={date(2026, 11, 26): "Thanksgiving"})


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def spread(due: list[date], there: dict[date, int], rate: int = 2, **more: int) -> tuple[date, ...]:
    return place(due, there, rate=rate, today=MONDAY, calendar=CALENDAR, **more)


def test_the_earliest_free_days_are_filled_past_what_lies_there_and_days_off() -> None:
    late = [day(-3)] * 6
    assert spread(late, {day(0): 2, day(1): 1}) == (day(1), day(2), day(2), day(4), day(4), day(7))


def test_who_comes_first_chooses_first() -> None:
    assert spread([day(1), day(-3), day(-3), day(-3)], {}) == (day(1), day(0), day(0), day(1))
    assert spread([day(0), day(-3), day(-3)], {}) == (day(0), day(0), day(1))


def test_nothing_comes_before_its_own_day() -> None:
    assert spread([day(0), day(2), day(2), day(2)], {}) == (day(0), day(2), day(2), day(4))


def test_over_so_many_days_they_are_filled_evenly_even_beyond_the_rate() -> None:
    assert spread([day(-1)] * 6, {day(0): 3}, over=2) == (day(0), day(0), *[day(1)] * 4)
    assert spread([day(-1)] * 6, {}, over=3) == (day(0), day(0), day(1), day(1), day(2), day(2))
    assert spread([day(-1), day(30)], {}, over=2) == (day(0), day(30)), "what is due later stays"


@pytest.mark.parametrize("over", [0, -1, 10_000])
def test_no_days_and_too_many_are_refused(over: int) -> None:
    with pytest.raises(Refused):
        spread([day(0)], {}, over=over)


def test_more_than_a_year_takes_is_refused() -> None:
    with pytest.raises(Refused, match="no room"):
        spread([day(0)] * 600, {})


offsets = st.lists(st.integers(-30, 40), min_size=1, max_size=60)
loads = st.dictionaries(st.integers(0, 40).map(day), st.integers(0, 15), max_size=30)


@given(offsets, loads, st.integers(1, 12), st.integers(0, 13))
def test_spreading(asked: list[int], there: dict[date, int], rate: int, now: int) -> None:
    today, due = day(now), sorted(day(offset) for offset in asked)
    placed = place(due, there, rate=rate, today=today, calendar=CALENDAR)
    assert len(placed) == len(due), "nothing is lost"
    assert list(placed) == sorted(placed), "the order is kept"
    for own, to in zip(due, placed, strict=True):
        assert to >= max(own, today)
        assert CALENDAR.is_working(to)
    for to in set(placed):
        assert there.get(to, 0) + placed.count(to) <= rate, "no day is over its rate"
    for own, to in zip(due, placed, strict=True):
        between = [own + timedelta(days=n) for n in range((to - own).days)]
        for free in between:
            if free >= today and CALENDAR.is_working(free):
                taken = there.get(free, 0) + placed.count(free)
                later = any(other > free for other in placed[: placed.index(to)])
                assert taken >= rate or later, f"{free} was free before {to}"


@given(offsets, loads, st.integers(1, 20))
def test_spreading_evenly(asked: list[int], there: dict[date, int], over: int) -> None:
    due = sorted(day(offset) for offset in asked)
    placed = place(due, there, rate=1, today=MONDAY, calendar=CALENDAR, over=over)
    assert list(placed) == sorted(placed)
    assert all(to >= max(own, MONDAY) for own, to in zip(due, placed, strict=True))
    near = [to for own, to in zip(due, placed, strict=True) if to != own or own <= MONDAY]
    assert len(set(near)) <= max(over, 1) + 1

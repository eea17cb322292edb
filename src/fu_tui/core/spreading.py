"""Spreading tasks over free working days. Pure. One rule: one after the other, each gets the earliest day with room,
none before its own day or today."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.errors import Refused
from fu_tui.core.terms import Roll

MOST_DAYS = 260
"""Working days of a year: nothing is spread over more."""


def place(
    due: Sequence[date],
    there: Mapping[date, int],
    *,
    rate: int,
    today: date,
    calendar: WorkCalendar,
    over: int | None = None,
) -> tuple[date, ...]:
    """The day of each task; `due` are their own days, in the order in which they choose theirs.

    One that is due after all of these days keeps its own. there: how much lies on each day besides them. rate: how
    much a day takes, 1 at least. over: how many working days to use; then they are filled evenly, beyond the rate if
    need be. Raises Refused where there are too many for a year.
    """
    if over is not None and not 1 <= over <= MOST_DAYS:
        raise Refused(f"Nothing can be spread over {over} days.", f"Name 1 to {MOST_DAYS} working days.")
    days = _working(today, calendar, over or MOST_DAYS)
    last = len(days) - 1
    near = sum(own <= days[last] for own in due)
    takes = rate if over is None else _level([there.get(day, 0) for day in days], near)
    load = Counter(there)
    full = 0  # days from the first on that have no room
    placed: list[date] = []
    for own in due:
        if own > days[last]:
            placed.append(own)
            continue
        while full < last and load[days[full]] >= takes:
            full += 1
        at = max(full, bisect_left(days, own))
        while at < last and load[days[at]] >= takes:
            at += 1
        if over is None and load[days[at]] >= takes:
            raise Refused("There is no room for so many within a year.", "Spread fewer at once.")
        placed.append(days[at])
        load[days[at]] += 1
    return tuple(placed)


def _working(today: date, calendar: WorkCalendar, count: int) -> list[date]:
    days = [calendar.roll(today, Roll.FORWARD)]
    while len(days) < count:
        days.append(calendar.add_working_days(days[-1], 1))
    return days


def _level(there: Sequence[int], count: int) -> int:
    """How high each day is filled when `count` more are spread evenly over days that hold something already."""
    low, high = 1, max(there) + count
    while low < high:
        middle = (low + high) // 2
        if sum(max(0, middle - n) for n in there) >= count:
            high = middle
        else:
            low = middle + 1
    return low

"""The closed grammar of days: which rule reads a phrase. One rule: every phrase is one of these, or only words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from fu_tui.core.capture_words import Word, low_at
from fu_tui.core.dates_clock import hour_follows, stands, time_at
from fu_tui.core.dates_context import led, line_ends, line_goes_on
from fu_tui.core.dates_days import (
    FRIDAY,
    add_months,
    coming_day_of_month,
    coming_weekday,
    monday_of,
    month_end,
    quarter_end,
)
from fu_tui.core.dates_numbers import DIGITS, Found, calendar_date, distance, month_first, year_at
from fu_tui.core.dates_terms import Asked, BadDate
from fu_tui.core.dates_vocabulary import (
    MONTHS,
    NAMELIKE_DAYS,
    STRICT_DAYS,
    WEEKDAYS,
)
from fu_tui.core.dates_words import LONG_WEEKDAYS, day_words

Rule = Callable[[list[Word], int, Asked], Found | None]

_ENDS = {"day": "d", "week": "w", "month": "m", "quarter": "q", "year": "y"}


def day_at(words: list[Word], i: int, asked: Asked) -> Found | None:
    """The day said by the words from `i` on. Raises BadDate for a date that can't be."""
    low = words[i].low
    if low[0] in FIGURES:
        return calendar_date(words, i, asked) or distance(words, i, asked)
    rule = _RULES.get(low)
    return rule(words, i, asked) if rule else None


def _in(words: list[Word], i: int, asked: Asked) -> Found | None:
    return distance(words, i + 1, asked) if low_at(words, i + 1) else None


def _weekday(words: list[Word], i: int, asked: Asked) -> Found | None:
    """fri; fri 27 nov and fri 27, which must agree; fri next week; fri week (a week after fri)."""
    name = words[i].low
    weekday = WEEKDAYS[name]
    of = i + 2 if low_at(words, i + 1) == "of" else i + 1
    if low_at(words, of + 1) == "week" and low_at(words, of) in ("next", "this"):
        return _day_of_week(weekday, low_at(words, of), asked), None, of + 2
    if low_at(words, i + 1) == "of":  # "the first Monday of December"
        return None
    if low_at(words, i + 1) == "week":
        return coming_weekday(weekday, asked.today) + timedelta(days=7), None, i + 2
    beside = _beside_weekday(words, i + 1, asked)
    if beside is not None:
        day, _, j = beside
        if day.weekday() != weekday:
            raise BadDate(
                f'"{asked.phrase(words, i, j)}" contradicts itself: {day_words(day)[4:]} is a '
                f"{LONG_WEEKDAYS[day.weekday()]}.",
                f'Write {day_words(day)[:-5]}, or an hour as "{name} at 9".',
            )
        return beside
    j = i + 1
    if name in STRICT_DAYS:
        if not (line_ends(words, j) or led(words, i, asked) or hour_follows(words, j, asked)):
            return None
    elif name in NAMELIKE_DAYS and not stands(words, i, j, asked):
        return None
    return coming_weekday(weekday, asked.today), None, j


def _beside_weekday(words: list[Word], k: int, asked: Asked) -> Found | None:
    """The date or the day of the month that follows a weekday, after a comma too."""
    low = low_at(words, k, loose=True)
    if low == "the":
        k, low = k + 1, low_at(words, k + 1)
    if not low or time_at(words, k, asked) is not None:
        return None
    if low[0] in DIGITS or low in MONTHS:
        found = calendar_date(words, k, asked)
        if found or words[k].opens:
            return found
    if re.fullmatch(r"[0-9]{1,2}", low) and 1 <= int(low) <= 31 and line_goes_on(words, k + 1):
        return coming_day_of_month(int(low), asked.today, asked.phrase(words, k - 1, k + 1)), None, k + 1
    return None


def _this_or_next(words: list[Word], i: int, asked: Asked) -> Found | None:
    """this fri, next tue (never today), next week tue; "last fri" only where a whole text is a date."""
    which, after = words[i].low, low_at(words, i + 1)
    if after == "week" and which in ("this", "next"):
        k = i + 3 if low_at(words, i + 2) == "on" else i + 2
        if low_at(words, k) not in WEEKDAYS:
            return None
        return _day_of_week(WEEKDAYS[low_at(words, k)], which, asked), None, k + 1
    if after not in WEEKDAYS:
        return None
    if which == "last":
        if not asked.whole:
            return None
        return coming_weekday(WEEKDAYS[after], asked.today - timedelta(days=7)), None, i + 2
    full = _weekday(words, i + 1, asked)
    if full and full[2] > i + 2:
        return full
    start = asked.today + timedelta(days=which == "next")
    return coming_weekday(WEEKDAYS[after], start), None, i + 2


def _day_of_week(weekday: int, which: str, asked: Asked) -> date:
    """That weekday of this week or the next; weeks begin on Monday."""
    return monday_of(asked.today, weeks=which == "next") + timedelta(days=weekday)


def _the(words: list[Word], i: int, asked: Asked) -> Found | None:
    """the 27th, the day after tomorrow, the end of the month, the coming friday."""
    after = low_at(words, i + 1)
    if after in ("day", "end", "coming", "next") or re.fullmatch(r"[0-9]{1,2}(st|nd|rd|th)", after):
        return day_at(words, i + 1, asked)
    return None


def _plain(words: list[Word], i: int, asked: Asked) -> Found | None:
    """today, tomorrow; "yesterday" only where a whole text is a date."""
    days = {"today": 0, "tomorrow": 1, "tmr": 1, "tmrw": 1, "yesterday": -1}[words[i].low]
    if days < 0 and not asked.whole:
        return None
    return asked.today + timedelta(days=days), None, i + 1


def _day_after(words: list[Word], i: int, asked: Asked) -> Found | None:
    if low_at(words, i + 1) == "after" and low_at(words, i + 2) in ("tomorrow", "tmr", "tmrw"):
        return asked.today + timedelta(days=2), None, i + 3
    return None


def _end(words: list[Word], i: int, asked: Asked) -> Found | None:
    """end of month, end of the week, end of next quarter, end of november 2026; also eom, eow, eoq, eoy, eod."""
    low = words[i].low
    if low != "end":
        return (
            _end_of_day(words, i + 1, asked) if low == "eod" else (_end_of(asked.today, low[-1]), None, i + 1)
        )
    if low_at(words, i + 1) != "of":
        return None
    k = i + 2
    which = low_at(words, k)
    if which in MONTHS:
        year = year_at(words, k + 1)
        first = asked.today.replace(month=MONTHS[which], day=1)
        first = first.replace(year=year or asked.today.year + (MONTHS[which] < asked.today.month))
        return month_end(first), None, k + 1 + (year is not None)
    if which in ("the", "this", "next"):
        k += 1
    unit = _ENDS.get(low_at(words, k))
    if unit is None or (which == "next" and unit == "d"):
        return None
    if unit == "d":
        return _end_of_day(words, k + 1, asked)
    return _end_of(asked.today, unit, ahead=which == "next"), None, k + 1


def _end_of_day(words: list[Word], j: int, asked: Asked) -> Found:
    """Today, or the day that follows: eod fri."""
    return (day_at(words, j, asked) if low_at(words, j) else None) or (asked.today, None, j)


def _end_of(today: date, unit: str, ahead: bool = False) -> date:
    """The last day of the unit; a week ends on Friday, on a weekend it is the coming one's."""
    match unit:
        case "w":
            return monday_of(today, 1) + timedelta(days=FRIDAY) if ahead else coming_weekday(FRIDAY, today)
        case "m":
            return month_end(add_months(today.replace(day=1), int(ahead)))
        case "q":
            return quarter_end(add_months(today.replace(day=1), 3 * ahead))
        case _:
            return date(today.year + ahead, 12, 31)


_RULES: dict[str, Rule] = {
    **dict.fromkeys(WEEKDAYS, _weekday),
    **dict.fromkeys(MONTHS, month_first),
    **dict.fromkeys(("today", "tomorrow", "tmr", "tmrw", "yesterday"), _plain),
    **dict.fromkeys(("this", "next", "coming", "last"), _this_or_next),
    **dict.fromkeys(("end", "eod", "eow", "eom", "eoq", "eoy"), _end),
    "day": _day_after,
    "the": _the,
    "in": _in,
}

STARTS = _RULES.keys() | {"at", "noon"}
"""The words a date or an hour can begin with, beside figures."""
FIGURES = f"{DIGITS}+"

"""Dates with figures in them: 27 nov, 2026-11-27, 27/11, 27th, +3d. One rule: a bare number is never one."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from fu_tui.core.capture_words import Word, low_at
from fu_tui.core.dates_clock import hour_follows, stands
from fu_tui.core.dates_context import before_at, led, line_ends, line_goes_on
from fu_tui.core.dates_days import add_months, add_working_days, coming, coming_day_of_month, make_day
from fu_tui.core.dates_terms import Asked, BadDate
from fu_tui.core.dates_vocabulary import GOES_ON, LABELS, LEADS, MONTHS, NAMELIKE_MONTHS, NUMBERS, UNITS

Found = tuple[date, time | None, int]
"""The day, the hour if the phrase itself says one ("in 2 hours"), and the index of the word after it."""

DIGITS = "0123456789"
_MOST_WORKING_DAYS = 50 * 261
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
_YEARS = range(1900, 2200)


def calendar_date(words: list[Word], i: int, asked: Asked) -> Found | None:
    """27 nov, 27th of November 2026, 27th, 2026-11-27, 27.11.2026, 27.11., 27/11."""
    low = words[i].low
    if low.isalpha():
        return month_first(words, i, asked) if low in MONTHS else None
    if match := re.fullmatch(r"([0-9]{1,2})(st|nd|rd|th)?", low):
        return _day_first(words, i, int(match[1]), bool(match[2]), asked)
    if match := re.fullmatch(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})(?:t(.*))?", low):
        return _iso(int(match[1]), int(match[3]), int(match[4]), match[5], low, i)
    if match := re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.((?:19|20|21)[0-9]{2}|[0-9]{2})", low):
        # Two figures of a year are too few to tell 2.1.26 from a version.
        if len(match[3]) == 4 or asked.whole:
            return make_day(_year(match[3]), int(match[2]), int(match[1]), low), None, i + 1
        return None
    if asked.whole and (match := re.fullmatch(r"([0-9]{1,2})\.(0?[1-9]|1[0-2])", low)):
        # In a line it may be a price or an hour; where nothing but a date can be, it is the day, then the month.
        return coming(int(match[2]), int(match[1]), asked.today, low), None, i + 1
    if match := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})(?:/((?:19|20|21)[0-9]{2}|[0-9]{2}))?", low):
        return _slashed(words, i, int(match[1]), int(match[2]), match[3], asked)
    return None


def _iso(year: int, month: int, day: int, clock: str | None, low: str, i: int) -> Found | None:
    """2026-11-27, and 2026-11-27T14:00 as other programs write it; with a zone it is not understood."""
    if year not in _YEARS or (clock is not None and not re.fullmatch(_CLOCK, clock)):
        return None
    at = time.fromisoformat(clock).replace(second=0) if clock else None
    return make_day(year, month, day, low), at, i + 1


def _slashed(words: list[Word], i: int, a: int, b: int, year: str | None, asked: Asked) -> Found | None:
    low = words[i].low
    if not year:
        if not asked.whole and (before_at(words, i) in LABELS or low == "24/7"):
            return None
        if not (i == 0 or words[i].opens or stands(words, i, i + 1, asked)):
            return None
    day, month = (a, b) if asked.day_first else (b, a)
    if month > 12 >= day:
        day, month = month, day
    if month > 12:
        if not year and not asked.whole:
            return None
        raise BadDate(
            f'"{low}" is no date: neither {a} nor {b} is a month.', "Write it like 27/11 or 27 nov."
        )
    if year:
        return make_day(_year(year), month, day, low), None, i + 1
    return coming(month, day, asked.today, low), None, i + 1


def _year(figures: str) -> int:
    return int(figures) + (2000 if len(figures) == 2 else 0)


def year_at(words: list[Word], k: int) -> int | None:
    low = low_at(words, k, loose=True)
    return int(low) if len(low) == 4 and low.isascii() and low.isdigit() and int(low) in _YEARS else None


def _day_first(words: list[Word], i: int, day: int, ordinal: bool, asked: Asked) -> Found | None:
    """27 nov, 27th of November 2026; alone only the 27th."""
    k = i + 2 if low_at(words, i + 1) == "of" else i + 1
    name = low_at(words, k)
    if name in MONTHS:
        return _named(words, i, k + 1, day, name, asked)
    if not ordinal:
        return None
    before = before_at(words, i)
    announced = led(words, i, asked) or (before == "the" and before_at(words, i - 1) in LEADS)
    ends = line_ends(words, i + 1) and before != "the" and before not in GOES_ON
    if not (ends or (announced and line_goes_on(words, i + 1)) or hour_follows(words, i + 1, asked)):
        return None
    return coming_day_of_month(day, asked.today, asked.phrase(words, i, i + 1)), None, i + 1


def month_first(words: list[Word], i: int, asked: Asked) -> Found | None:
    """nov 27, November 27th, 2026."""
    match = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?", low_at(words, i + 1))
    if match is None or (match[0] == match[1] and low_at(words, i + 2) in ("am", "pm")):
        return None
    return _named(words, i, i + 2, int(match[1]), words[i].low, asked)


def _named(words: list[Word], i: int, j: int, day: int, name: str, asked: Asked) -> Found | None:
    """The date of words i to j with its month's name, and the year that may follow."""
    year = year_at(words, j)
    end = j if year is None else j + 1
    phrase = asked.phrase(words, i, end)
    if year is not None:
        return make_day(year, MONTHS[name], day, phrase), None, end
    starts = i == 0 or words[i].opens
    if name in NAMELIKE_MONTHS and not starts and not stands(words, i, j, asked):
        return None
    return coming(MONTHS[name], day, asked.today, phrase), None, end


def distance(words: list[Word], i: int, asked: Asked) -> Found | None:
    """+3d, +2 weeks, 3bd; after "in" also 3d, 2 weeks, a month."""
    low = words[i].low
    free = low[0] == "+" or before_at(words, i) == "in"
    if match := re.fullmatch(r"\+?([0-9]{1,5})([a-z]+)", low):
        unit = UNITS.get(match[2])
        if unit is None or (not free and unit != "wd"):
            return None
        return _ahead(int(match[1]), unit, asked.phrase(words, i, i + 1), asked, i + 1)
    if not free:
        return None
    match = re.fullmatch(r"\+?([0-9]{1,5})", low)
    count = int(match[1]) if match else NUMBERS.get(low)
    k = i + 1
    working = low_at(words, k) in ("working", "business") and UNITS.get(low_at(words, k + 1)) == "d"
    unit = "wd" if working else UNITS.get(low_at(words, k))
    k += 2 if working else 1
    if count is None or unit is None:
        return None
    return _ahead(count, unit, asked.phrase(words, i, k), asked, k)


def _ahead(count: int, unit: str, phrase: str, asked: Asked, j: int) -> Found:
    """`count` units from now."""
    today = asked.today
    try:
        if unit in ("h", "min"):
            then = datetime.combine(today, asked.now.replace(second=0, microsecond=0)) + timedelta(
                minutes=count * (60 if unit == "h" else 1)
            )
            return then.date(), then.time(), j
        if unit == "wd":
            if count > _MOST_WORKING_DAYS:
                raise BadDate(f'"{phrase}" is more than 50 years away.', "Choose a nearer day.")
            return add_working_days(today, count, asked.is_working), None, j
        if unit in ("d", "w"):
            return today + timedelta(days=count * (7 if unit == "w" else 1)), None, j
        return add_months(today, count * {"m": 1, "q": 3, "y": 12}[unit]), None, j
    except (OverflowError, ValueError) as error:
        raise BadDate(f'"{phrase}" lies beyond the year 9999.', "Choose a nearer day.") from error

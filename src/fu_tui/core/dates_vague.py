"""Phrases that sound like a date and name no day (R18). One rule: each is answered with three working days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from fu_tui.core.capture_words import Word, low_at
from fu_tui.core.dates_context import belongs, line_goes_on
from fu_tui.core.dates_days import (
    FRIDAY,
    add_months,
    add_working_days,
    monday_of,
    month_end,
    quarter_end,
    quarter_start,
    working_from,
)
from fu_tui.core.dates_terms import Asked, VagueDate
from fu_tui.core.dates_vocabulary import MONTHS, NAMELIKE_MONTHS, NUMBERS, UNITS
from fu_tui.core.dates_words import MONTHS as MONTH_NAMES
from fu_tui.core.dates_words import WEEKDAYS as WEEKDAY_NAMES

Span = tuple[date, date]
"""A first and a last day."""
Targets = Iterable[date]

_WHEREVER = {
    "at once": "asap;as soon as possible;as soon as you can;when possible;whenever possible;when you can",
    "soon": "soon;shortly;in a few days;in some days;in several days;in a couple of days;in the next few days;"
    "in the coming days;over the next few days;one of these days",
    "weeks": "in a few weeks;in some weeks;in several weeks;in a couple of weeks;in the next few weeks;"
    "in the coming weeks;over the next few weeks;in a while;later;sometime;some time;at some point",
    "months": "in a few months;in some months;in several months;in a couple of months;in the coming months;"
    "someday;some day;eventually",
}
_PHRASES = sorted(
    (tuple(phrase.split()), how) for how, phrases in _WHEREVER.items() for phrase in phrases.split(";")
)
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _phrase, _how in reversed(_PHRASES):  # the longest of a first word comes first
    _BY_FIRST.setdefault(_phrase[0], []).append((_phrase, _how))

_LOOSELY = frozenset({"sometime", "later", "around"})
_RANGE_LEADS = frozenset({"in", "during", "by", "until", "till"})
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2}
_STARTS = _BY_FIRST.keys() | _LOOSELY | _RANGE_LEADS | _PARTS.keys() | {"this", "next", "coming", "the"}
"""The words a vague phrase can begin with; all others are passed over at once."""
_NOT_A_WISH = frozenset({"as", "how", "so", "too", "no", "or", "and"})
"""Before "soon" and "later" these make something else of it: "how soon", "sooner or later"."""


def find_vague(words: list[Word], asked: Asked) -> VagueDate | None:
    """The refusal of the first phrase in the line that names no day, or None."""
    for i, word in enumerate(words):
        if word.low not in _STARTS or word.kind != "word" or belongs(words, i):
            continue
        found = _range_at(words, i, asked) or _words_at(words, i, asked)
        if found is not None:
            targets, j = found
            return VagueDate(asked.phrase(words, i, j), _offers(targets, asked))
    return None


def vague_beside(words: list[Word], i: int, j: int, day: date, asked: Asked) -> VagueDate:
    """The refusal of "before fri", "after 27 nov", "around the 3rd": words i to j, the first of them the vague one."""
    back = day
    if words[i].low == "before":
        for _ in range(3):
            back = working_from(back - timedelta(days=1), asked.is_working, -1)
    elif words[i].low == "after":
        back = day + timedelta(days=1)
    else:
        back = working_from(day - timedelta(days=1), asked.is_working, -1)
    return VagueDate(asked.phrase(words, i, j), _offers((back, back, back), asked))


def _words_at(words: list[Word], i: int, asked: Asked) -> tuple[Targets, int] | None:
    low = words[i].low
    if low == "in" and (between := _between(words, i, asked)):
        return between
    for phrase, how in _BY_FIRST.get(low, ()):
        if all(low_at(words, i + n) == part for n, part in enumerate(phrase) if n):
            if len(phrase) == 1 and low_at(words, i - 1, loose=True) in _NOT_A_WISH:
                return None
            return _somewhere(how, asked), i + len(phrase)
    return None


def _somewhere(how: str, asked: Asked) -> Targets:
    """The days that a phrase without any number may mean."""
    today = asked.today
    if how == "at once":
        return today, today, today
    if how == "soon":
        return [add_working_days(today, n, asked.is_working) for n in (2, 3, 5)]
    if how == "weeks":
        return today + timedelta(days=7), today + timedelta(days=14), add_months(today, 1)
    return add_months(today, 1), add_months(today, 3), add_months(today, 6)


def _between(words: list[Word], i: int, asked: Asked) -> tuple[Targets, int] | None:
    """in 2-3 weeks, in 2 or 3 days, in two to four weeks."""
    first = low_at(words, i + 1)
    match = re.fullmatch(r"([0-9]{1,3})[-–]([0-9]{1,3})", first)
    if match:
        low, high, k = int(match[1]), int(match[2]), i + 2
    elif low_at(words, i + 2) in ("or", "to"):
        low, high, k = _number(first), _number(low_at(words, i + 3)), i + 4
    else:
        return None
    unit = UNITS.get(low_at(words, k))
    if unit not in ("d", "wd", "w", "m", "q", "y") or not low < high:
        return None
    months = {"m": 1, "q": 3, "y": 12}.get(unit)
    if months:
        span = add_months(asked.today, low * months), add_months(asked.today, high * months)
    else:
        days = 7 if unit == "w" else 1
        span = asked.today + timedelta(days=low * days), asked.today + timedelta(days=high * days)
    return _spread(span, asked), k + 1


def _number(low: str) -> int:
    return int(low) if re.fullmatch(r"[0-9]{1,3}", low) else NUMBERS.get(low, 0)


def _range_at(words: list[Word], i: int, asked: Asked) -> tuple[Targets, int] | None:
    """next week, later this week, early next month, sometime in december, beginning of january 2027."""
    k, part, lead = i, None, ""
    if words[k].low in _LOOSELY:
        k += 1
    if low_at(words, k, loose=k == i) in _RANGE_LEADS:
        lead = words[k].low
        k += 1
    at = k + 1 if low_at(words, k) == "the" and low_at(words, k + 1) in _PARTS else k
    if (name := low_at(words, at, loose=at == i)) in _PARTS:
        part = _PARTS[name]
        k = at + 2 if low_at(words, at + 1) == "of" else at + 1
    if not low_at(words, k, loose=k == i):
        return None
    found = _span_at(words, k, asked) or (_month_at(words, k, lead, asked) if k > i else None)
    if found is None:
        return None
    span, j = found
    return _spread(_part(span, part), asked), j


def _span_at(words: list[Word], k: int, asked: Asked) -> tuple[Span, int] | None:
    low, after = words[k].low, low_at(words, k + 1)
    if low in ("this", "next", "coming") and after in _SPANS:
        return _SPANS[after](asked.today, int(low != "this")), k + 2
    if low != "the":
        return None
    rest = (after, low_at(words, k + 2), low_at(words, k + 3))
    if rest[:2] == ("new", "year"):
        january = date(asked.today.year + 1, 1, 1)
        return (january, january + timedelta(days=20)), k + 3
    if rest == ("week", "after", "next"):
        return _week(asked.today, 2), k + 4
    return None


def _month_at(words: list[Word], k: int, lead: str, asked: Asked) -> tuple[Span, int] | None:
    """The month that something before it ("in", "late") makes a time. "By April" may well be a person's work."""
    name, year = words[k].low, low_at(words, k + 1)
    if name not in MONTHS or (name in NAMELIKE_MONTHS and lead not in ("", "in", "during")):
        return None
    said = re.fullmatch(r"(?:19|20|21)[0-9]{2}", year)
    j = k + 2 if said else k + 1
    if not line_goes_on(words, j):
        return None
    first = date(
        int(year) if said else asked.today.year + (MONTHS[name] < asked.today.month), MONTHS[name], 1
    )
    return (first, month_end(first)), j


def _week(today: date, ahead: int) -> Span:
    monday = monday_of(today, ahead)
    return monday, monday + timedelta(days=6)


def _weekend(today: date, ahead: int) -> Span:
    friday = monday_of(today, ahead) + timedelta(days=FRIDAY)
    return friday, friday + timedelta(days=3)


def _month(today: date, ahead: int) -> Span:
    first = add_months(today.replace(day=1), ahead)
    return first, month_end(first)


def _quarter(today: date, ahead: int) -> Span:
    first = add_months(quarter_start(today), 3 * ahead)
    return first, quarter_end(first)


def _year(today: date, ahead: int) -> Span:
    return date(today.year + ahead, 1, 1), date(today.year + ahead, 12, 31)


_SPANS: dict[str, Callable[[date, int], Span]] = {
    "week": _week,
    "weekend": _weekend,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
}


def _part(span: Span, part: int | None) -> Span:
    """The first, middle or last third of a span."""
    if part is None:
        return span
    first, last = span
    third = (last - first) // 3
    return first + part * third, last if part == 2 else first + (part + 1) * third


def _spread(span: Span, asked: Asked) -> Targets:
    """The first, the middle and the last working day of the span from today on, or its first three days."""
    first = working_from(max(span[0], asked.today), asked.is_working)
    last = working_from(span[1], asked.is_working, -1)
    middle = working_from(first + (last - first) // 2, asked.is_working)
    return (first, middle, last) if first < middle < last else (first, first, first)


def _offers(targets: Targets, asked: Asked) -> tuple[tuple[str, date], ...]:
    """Three different working days from today on, near the targets, each in words that are read as that day."""
    offers: list[tuple[str, date]] = []
    earliest = asked.today
    for target in targets:
        day = working_from(max(target, earliest), asked.is_working)
        offers.append((_offer_words(day, asked.today), day))
        earliest = day + timedelta(days=1)
    return tuple(offers)


def _offer_words(day: date, today: date) -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{WEEKDAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]}{year}"

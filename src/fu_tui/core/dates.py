"""Due dates in words: a closed grammar (R18, R19). One rule: a text means exactly one day, or it is refused.

What counts as a date stands in `dates_grammar`, what is refused as vague in `dates_vague`. An exact date in a
line wins over vague words beside it, which then stay words ("send next week's plan fri" is due on Friday).
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import NamedTuple

from fu_tui.core.capture_words import Word, low_at, split
from fu_tui.core.dates_clock import time_at
from fu_tui.core.dates_context import before_at, belongs
from fu_tui.core.dates_grammar import FIGURES, STARTS, day_at
from fu_tui.core.dates_terms import Asked, BadDate, VagueDate, When, Working
from fu_tui.core.dates_vague import find_vague, vague_beside
from fu_tui.core.dates_vocabulary import AROUND, LEADS

__all__ = ["BadDate", "VagueDate", "When", "find_in", "find_when", "monday_to_friday", "parse_when"]

_FARTHEST_YEARS = 50
"""A day farther away is a slip of the finger (2206 for 2026)."""
_HOW = 'Write it like "fri", "27 nov", "+3d", "in 2 weeks" or "2026-11-27".'


class _Hit(NamedTuple):
    """A date found in the words i to j."""

    day: date | None
    at: time | None
    i: int
    j: int
    hour_first: bool = False


def monday_to_friday(day: date) -> bool:
    """Whether `day` is a working day where no calendar says otherwise."""
    return day.weekday() < 5


def parse_when(
    text: str,
    *,
    today: date,
    now: time,
    day_first: bool = True,
    is_working: Working = monday_to_friday,
) -> When:
    """The day (and hour) that the whole of `text` names; for prompts and options.

    `today` and `now` are the wall clock of the user's zone. Besides what counts in a line, "3d", "2 weeks",
    "yesterday", "last fri" and 27.11.26 are understood. Past days are not refused here: who asks knows whether
    they are meant. Raises VagueDate or BadDate.
    """
    for said, shift in ((text, 0), (f"in {text}", 3)):
        words = split(said)
        asked = Asked(said, today, now, day_first, is_working, whole=True)
        first = 0
        while first + 1 < len(words) and low_at(words, first) in LEADS:
            first += 1
        hit = _hit_at(words, first, asked) if words and words[first].kind == "word" else None
        if hit is not None and hit.j == len(words):
            when = _finish(hit._replace(i=0), words, asked)
            return When(when.day, when.at, max(when.start - shift, 0), when.end - shift)
        if shift == 0 and (vague := find_vague(words, asked)):
            raise vague
    raise BadDate(f'"{text.strip()}" is no date I know.' if text.strip() else "The date is empty.", _HOW)


def find_when(
    text: str,
    *,
    today: date,
    now: time,
    day_first: bool = True,
    is_working: Working = monday_to_friday,
) -> When | None:
    """The one date that stands anywhere in a captured line, or None.

    `today` and `now` are the wall clock of the user's zone. Raises VagueDate where only a vague phrase stands,
    BadDate for a date that can't be, for two of them, and for an hour that is past today.
    """
    return find_in(split(text), Asked(text, today, now, day_first, is_working, whole=False))


def find_in(words: list[Word], asked: Asked) -> When | None:
    """`find_when` for a line that is already cut into words."""
    hits: list[_Hit] = []
    i = 0
    while i < len(words):
        hit = _hit_at(words, i, asked) if words[i].kind == "word" else None
        if hit is None:
            i += 1
            continue
        hits.append(_with_leads(hit, words, asked, hits[-1].j if hits else 0))
        if len(hits) > 1:
            raise _two(hits, words, asked)
        i = hit.j
    if not hits:
        if vague := find_vague(words, asked):
            raise vague
        return None
    return _finish(hits[0], words, asked)


def _hit_at(words: list[Word], i: int, asked: Asked) -> _Hit | None:
    """The day, the hour, or both beside each other, that begin at word i."""
    low = words[i].low
    if low not in STARTS and low[0] not in FIGURES:
        return None
    if not asked.whole and belongs(words, i):
        return None
    if found := day_at(words, i, asked):
        day, at, j = found
        j = _skip_end_of_day(words, j)
        if at is None and j < len(words) and (hour := time_at(words, j, asked, beside_day=True)):
            at, j = hour
        return _Hit(day, at, i, _skip_same_day(words, j, day, asked))
    if hour := time_at(words, i, asked):
        at, j = hour
        k = j + 1 if low_at(words, j) == "on" else j
        if low_at(words, k, loose=True) and (found := day_at(words, k, asked._replace(hour_before=True))):
            return _Hit(found[0], at, i, found[2], hour_first=True)
        return _Hit(None, at, i, j, hour_first=True)
    return None


def _skip_end_of_day(words: list[Word], j: int) -> int:
    """Past "eod" after a day: that day is meant, no second one."""
    if low_at(words, j) == "eod":
        return j + 1
    return j + 3 if [low_at(words, j + n) for n in range(3)] == ["end", "of", "day"] else j


def _skip_same_day(words: list[Word], j: int, day: date, asked: Asked) -> int:
    """Past the same day said again, as the answers say it: "Fri 27 Nov 2026, 14:00, in 3 days"."""
    again = day_at(words, j, asked) if low_at(words, j, loose=True) else None
    return again[2] if again and again[:2] == (day, None) else j


def _with_leads(hit: _Hit, words: list[Word], asked: Asked, floor: int) -> _Hit:
    """The hit with the "by", "on" or "no later than" before it. Raises for "before", "after" and "around"."""
    i = hit.i
    swallowed = LEADS | {"before"} if hit.hour_first else LEADS
    while i > floor and before_at(words, i) in swallowed:
        i -= 1
    if i - 2 > floor and [w.low for w in words[i - 3 : i]] == ["no", "later", "than"]:
        i -= 3
    if i > floor and before_at(words, i) in AROUND:
        if hit.day and not hit.hour_first:
            raise vague_beside(words, i - 1, hit.j, hit.day, asked)
        phrase = asked.phrase(words, i - 1, hit.j)
        raise BadDate(f'"{phrase}" is no exact hour.', f"Write the hour itself: {hit.at:%H:%M}.")
    return hit._replace(i=i)


def _finish(hit: _Hit, words: list[Word], asked: Asked) -> When:
    """The hit as a result; an hour alone is today's. Raises BadDate where that is past, or the day too far away."""
    phrase = asked.phrase(words, hit.i, hit.j)
    if hit.day is None and hit.at is not None and hit.at < asked.now.replace(second=0, microsecond=0):
        raise BadDate(
            f"{hit.at:%H:%M} today is past; it is {asked.now:%H:%M}.",
            f"Write tomorrow {hit.at:%H:%M}, or a later hour.",
        )
    day = hit.day or asked.today
    if day - asked.today > timedelta(days=366 * _FARTHEST_YEARS):
        raise BadDate(f'"{phrase}" is {day.year - asked.today.year} years away.', "Check the year.")
    return When(day, hit.at, words[hit.i].start, words[hit.j - 1].end)


def _two(hits: list[_Hit], words: list[Word], asked: Asked) -> BadDate:
    one, other = (asked.phrase(words, hit.i, hit.j) for hit in hits)
    if (hits[0].day is None) != (hits[1].day is None) and None in (hits[0].at, hits[1].at):
        day, hour = (one, other) if hits[0].day else (other, one)
        return BadDate(
            f'The day "{day}" and the hour "{hour}" stand apart.', f"Write them together: {day} {hour}."
        )
    return BadDate(
        f'Two dates stand in the line: "{one}" and "{other}".',
        f'Keep one; where the other is only words, put it in quotes: "{one}".',
    )

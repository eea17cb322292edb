"""Hours in a captured line. One rule: an hour that could be morning or afternoon is asked for, never guessed."""

from __future__ import annotations

import re
from datetime import time

from fu_tui.core.capture_words import Word, low_at
from fu_tui.core.dates_context import led, line_goes_on
from fu_tui.core.dates_terms import Asked, BadDate
from fu_tui.core.dates_vocabulary import WEEKDAYS

_HALVES = {"am": "am", "a.m": "am", "pm": "pm", "p.m": "pm"}
_DAY_FOLLOWS = frozenset({"today", "tomorrow", "tmr", "next", "this"} | WEEKDAYS.keys())
_AMBIGUOUS = range(1, 7)


def time_at(words: list[Word], i: int, asked: Asked, beside_day: bool = False) -> tuple[time, int] | None:
    """The time said by the words from `i` on, and where it ends; None where there is none.

    14:00, 2pm, 2:30 pm and noon count anywhere, a bare hour only after "at". Raises BadDate for "2:30", which
    could be either half of the day, and for hours that no clock shows, once it is sure that an hour is meant.
    """
    k = i + 1 if words[i].low == "at" else i
    low = low_at(words, k, loose=k == i)
    if not low or words[k].kind != "word":
        return None
    sure = k > i or beside_day or asked.whole
    if low == "noon":
        return (time(12), k + 1) if sure or _hour_stands(words, k + 1) else None
    if low[0] not in "0123456789":
        return None
    match = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))?(am|pm)?", low)
    if match is None:
        return None
    hour, minute, half, end = match[1], match[2], match[3], k + 1
    after = low_at(words, end)
    if not half and after in _HALVES:
        half, end = _HALVES[after], end + 1
    elif not half and not minute and after in ("o'clock", "o’clock", "noon"):
        minute, end = "00", end + 1
        hour = "12" if after == "noon" else hour
    elif not half and not minute and (k == i or not _hour_stands(words, end)):
        return None
    phrase = asked.phrase(words, i, end)
    if half:
        return _twelve(int(hour), int(minute or 0), half, phrase), end
    if int(hour) > 23 or int(minute or 0) > 59:
        if sure and minute:
            raise BadDate(f'No clock shows "{phrase}".', "Hours run from 0:00 to 23:59.")
        return None
    if len(hour) == 1 and int(hour) in _AMBIGUOUS:
        if sure or line_goes_on(words, end):
            said = f"{hour}:{minute or '00'}"
            raise BadDate(
                f'"{phrase}" could be morning or afternoon.',
                f"Write {said}pm or 0{said}, or \\{low} to keep it.",
            )
        return None
    return time(int(hour), int(minute or 0)), end


def hour_follows(words: list[Word], j: int, asked: Asked) -> bool:
    """Whether an hour stands at word `j`, after a day."""
    return j < len(words) and time_at(words, j, asked, beside_day=True) is not None


def stands(words: list[Word], i: int, j: int, asked: Asked) -> bool:
    """Whether the words i to j stand like a date."""
    return led(words, i, asked) or line_goes_on(words, j) or hour_follows(words, j, asked)


def _hour_stands(words: list[Word], j: int) -> bool:
    """Whether the bare hour before word `j` is one: "at 9 tomorrow", but not "at 9 sites"."""
    return line_goes_on(words, j) or low_at(words, j) in _DAY_FOLLOWS


def _twelve(hour: int, minute: int, half: str, phrase: str) -> time:
    if not 1 <= hour <= 12 or minute > 59:
        raise BadDate(f'No clock shows "{phrase}".', "With am or pm, hours run from 1:00 to 12:59.")
    return time(hour % 12 + (12 if half == "pm" else 0), minute)

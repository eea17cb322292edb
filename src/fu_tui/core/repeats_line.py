"""The rhythm in a typed line: "Inspect the doors every month on the 1st @betatech". One rule: the longest words that
are a rhythm are it, the last ones where there are several; what a sigil marks is no part of it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fu_tui.core.capture_words import Word, split
from fu_tui.core.dates_vocabulary import WEEKDAYS
from fu_tui.core.errors import UsageError
from fu_tui.core.repeats_words import ADVERBS, read_repeat

_PLURALS = frozenset(f"{day}s" for day in WEEKDAYS if day.endswith("day"))

_LONGEST, _MOST_TRIED = 20, 20
"""Words of a rhythm, and places where one may begin: a line of thousands of words costs no more."""


class Rhythm(NamedTuple):
    """The words that are the rhythm, and the line without them."""

    every: str
    rest: str


def find_rhythm(text: str, today: date) -> Rhythm | None:
    """The rhythm that a line names; None where it names none."""
    words, found, at, tried = split(text), None, 0, 0
    while at < len(words) and tried < _MOST_TRIED:
        tried += _begins(words[at])
        end = _longest(text, words, at, today) if _begins(words[at]) else None
        if end is not None:
            first = at - 1 if at and words[at].low in _PLURALS and words[at - 1].low == "on" else at
            found, at = (words[first].start, words[end].end), end
        at += 1
    if found is None:
        return None
    start, stop = found
    return Rhythm(text[start:stop], f"{text[:start].rstrip()} {text[stop:].lstrip(' ,;')}".strip())


def _begins(word: Word) -> bool:
    return word.kind == "word" and (
        word.low in ("every", "each") or word.low in ADVERBS or word.low in _PLURALS
    )


def _longest(text: str, words: list[Word], at: int, today: date) -> int | None:
    """The last word of the longest rhythm that begins with a word."""
    end = at
    while end + 1 < min(len(words), at + _LONGEST) and words[end + 1].kind == "word":
        end += 1
    for last in range(end, at - 1, -1):
        try:
            read_repeat(text[words[at].start : words[last].end], today=today)
        except UsageError:
            continue
        return last
    return None

"""What a date in words is read into, and how it is refused. One rule: a refusal names the way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from fu_tui.core.capture_words import Word
from fu_tui.core.errors import UsageError

Working = Callable[[date], bool]
"""Whether a day is a working day."""


@dataclass(frozen=True, slots=True)
class When:
    """An exact day, perhaps with an hour, and where it was said."""

    day: date
    at: time | None
    """Wall-clock time in the user's zone."""
    start: int
    end: int
    """The span in the text, `end` exclusive, with the "by" or "on" before it."""


class BadDate(UsageError):
    """A date that does not exist, contradicts itself, or can't be told from another."""


class VagueDate(UsageError):
    """A phrase that names no day ("next week", R18). Exactly three working days are offered instead."""

    def __init__(self, phrase: str, offers: tuple[tuple[str, date], ...]) -> None:
        first, second, third = (words for words, _ in offers)
        super().__init__(f'"{phrase}" names no day.', f"Say which: {first}, {second} or {third}.")
        self.phrase = phrase
        self.offers = offers
        """(words, day) in their order; the words are understood as that day when typed."""


class Asked(NamedTuple):
    """What a text is read against."""

    text: str
    today: date
    now: time
    """Wall clock, like `today` in the user's zone."""
    day_first: bool
    """How 3/4 is read: 3 April, or 4 March."""
    is_working: Working
    whole: bool
    """The whole text is meant to be a date, so a word needs nothing around it to count as one."""
    hour_before: bool = False
    """An hour was just read, which announces a day."""

    def phrase(self, words: list[Word], i: int, j: int) -> str:
        """Words i to j (exclusive) as they were typed."""
        return self.text[words[i].start : words[j - 1].end]

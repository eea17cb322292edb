"""Single cells to values: amounts, phones, e-mails, consent, priorities. One rule: nothing is lost in silence.

A cell that makes its row unusable raises BadCell; what can be left out comes back beside what was kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from fu_tui.core.terms import Channel, Priority

_NOTHING = frozenset({"", "-", "–", "—", "?", "n/a", "na", "none", "null", "tbd"})
_SEVEN_DIGITS = re.compile(r"(?:\d[\s().\-/]*){7}")
_EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;.]+(?:\.[^@\s<>\"(),:;.]+)+")
_CURRENCY = r"(?:[A-Z]{3}|[A-Z]{0,2}[$€£¥₹₩₽₺₪₫₴₦฿]|kr\.?|zł|Kč|Ft|lei|Fr\.?)"
_AMOUNT = re.compile(
    rf"(?P<less>[-−]?)\s*(?P<before>{_CURRENCY}?)\s*(?P<number>\d+(?:[.,'’\s]\d+)*)\s*(?P<after>{_CURRENCY}?)"
)
_GROUPS = re.compile(r"\d+|\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}")
"""Digits before the decimal mark; groups of two are how lakhs and crores are written."""
_YES = frozenset({"yes", "y", "true", "1", "x", "on", "✓"})
_NO = frozenset({"", "no", "n", "false", "0", "off", "-"})
_PRIORITIES = {
    Priority.HIGH: ("high", "highest", "urgent", "hot", "important", "critical", "!", "!!", "1", "a"),
    Priority.NORMAL: ("", "normal", "medium", "med", "standard", "2", "b"),
    Priority.LOW: ("low", "lowest", "minor", "3", "c"),
}
_CHANNELS = {
    Channel.MAIL: ("mail", "email", "e-mail"),
    Channel.CALL: ("call", "phone", "phone call", "telephone"),
    Channel.TEXT: ("text", "sms", "text message"),
    Channel.LINKEDIN: ("linkedin",),
    Channel.MEETING: ("meeting", "demo", "visit", "appointment"),
}
_PRIORITY_OF = {word: priority for priority, words in _PRIORITIES.items() for word in words}
_CHANNEL_OF = {word: channel for channel, words in _CHANNELS.items() for word in words}


class BadCell(ValueError):
    """A cell that makes its row unusable. The text is the reason that a person reads."""


class Kept(NamedTuple):
    """What was kept of a cell, and what was left out of it."""

    kept: tuple[str, ...]
    dropped: tuple[str, ...]


NO_CELLS = Kept((), ())


def phones(cells: Iterable[str]) -> Kept:
    """The phone numbers as written; what has fewer than seven digits in a row ("-2237") is left out.

    Several in one cell are parted by ";", "," or a line break.
    """
    return _sort(_parts(cells), lambda part: bool(_SEVEN_DIGITS.search(part)))


def emails(cells: Iterable[str]) -> Kept:
    """The e-mail addresses; what isn't one is left out. "Dana Reed <dana@example.com>" gives the address."""
    bare = (part.rpartition("<")[2].rstrip("> ").removeprefix("mailto:") for part in _parts(cells))
    return _sort(bare, lambda part: bool(_EMAIL.fullmatch(part)))


def _parts(cells: Iterable[str]) -> Iterable[str]:
    return (part.strip() for cell in cells if cell for part in re.split(r"[;,\n]", cell))


def _sort(parts: Iterable[str], is_good: Callable[[str], bool]) -> Kept:
    filled = [part for part in dict.fromkeys(parts) if part.lower() not in _NOTHING]
    return Kept(tuple(filter(is_good, filled)), tuple(part for part in filled if not is_good(part)))


def yes(cell: str) -> bool:
    """Whether a cell says yes; empty is no. Raises BadCell for what is neither: consent is not guessed (R111)."""
    word = cell.lower()
    if word not in _YES and word not in _NO:
        raise BadCell(f"“{cell}” is neither yes nor no")
    return word in _YES


def priority(cell: str) -> Priority | None:
    """The priority a word means ("urgent", "medium", "!"); empty is normal, an unknown word None."""
    return _PRIORITY_OF.get(cell.lower())


def channel(cell: str) -> Channel | None:
    """The channel a word means ("phone", "e-mail"), or None."""
    return _CHANNEL_OF.get(cell.lower())


class Amounts(dict[str, tuple[Decimal | None, str]]):
    """The amounts of one column, by cell, with the currency that stands beside them as written ("$", "EUR").

    The decimal mark is taken from all cells of the column. A cell that shows its own is read by it ("1.054,50"),
    else by the column's. A single group of three ("1,054") in a column without any evidence is thousands. A cell
    that is no amount raises BadCell, and so does such a group where the column is written in both ways.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        super().__init__()
        marks = {mark for cell in set(cells) if (mark := _mark_of(cell))}
        self._mark = marks.pop() if len(marks) == 1 else ""
        self._mixed = bool(marks)

    def __missing__(self, cell: str) -> tuple[Decimal | None, str]:
        self[cell] = amount = self._parse(cell)
        return amount

    def _parse(self, cell: str) -> tuple[Decimal | None, str]:
        if cell.lower() in _NOTHING:
            return None, ""
        found = _AMOUNT.fullmatch(cell)
        if not found:
            raise BadCell(f"“{cell}” is no amount")
        number = re.sub(r"['’\s]", "", found["number"])
        own = _mark_of(cell)
        if not own and self._mixed and re.search("[.,]", number):
            raise BadCell(
                f"“{cell}” can be read in two ways: the column has decimal points and decimal commas"
            )
        mark = own or self._mark
        whole, part = number.rsplit(mark, 1) if mark and mark in number else (number, "")
        if not _GROUPS.fullmatch(whole):
            raise BadCell(f"“{cell}” is no amount: its digits are not in groups of three")
        value = Decimal(re.sub("[.,]", "", whole) + (f".{part}" if part else ""))
        return (-value if found["less"] else value), found["before"] or found["after"]


def _mark_of(cell: str) -> str:
    """The decimal mark that an amount shows by itself: "." or ",", or "" where it shows none."""
    found = _AMOUNT.fullmatch(cell)
    if not found:
        return ""
    number = re.sub(r"['’\s]", "", found["number"])
    marks: list[str] = re.findall("[.,]", number)
    if not marks:
        return ""
    other = {".": ",", ",": "."}
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return other[marks[0]]
    whole, _, part = number.partition(marks[0])
    is_group = len(part) == 3 and len(whole) <= 3 and whole != "0"
    return "" if is_group else marks[0]

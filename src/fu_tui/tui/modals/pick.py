"""Lists to choose from, without a screen. One rule: a list knows what it holds and where its cursor is, and draws rows.

`Letters` is chosen from by one key each; `PickList` by moving, and by typing what its lines begin with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.tui.modals.rows import Line, Row, choice, columns, head_and_day, says, words
from fu_tui.tui.present.cells import fit

_LEAST = 24
"""Cells that what follows a choice needs to be worth reading."""


class Letter(NamedTuple):
    """A choice with its key."""

    key: str
    code: str
    """What choosing it means."""
    label: str
    then: str = ""
    """What follows, in words."""
    why_not: str = ""
    """Why it can't be chosen; empty where it can."""
    short: str = ""
    """The label where it is narrow; empty where it is the same."""


class Letters:
    """Choices of one key each; ↓ and ↑ go over those that can be chosen."""

    def __init__(self, choices: Sequence[Letter]) -> None:
        self.choices = tuple(choices)
        self.at = ""
        """The key under the cursor; empty until it is moved."""
        self.said = ""
        """Why the key that was pressed last chose nothing."""

    def press(self, key: str) -> Letter | None:
        """The choice of `key`; None where there is none, or `said` tells why it can't be chosen."""
        found = next((letter for letter in self.choices if letter.key == key), None)
        self.said = found.why_not if found else ""
        return None if found is None or found.why_not else found

    def enter(self) -> Letter | None:
        """The choice under the cursor."""
        return self.press(self.at) if self.at else None

    def move(self, by: int) -> None:
        """The cursor to the next choice; from nowhere to the first, upwards to the last."""
        keys = [letter.key for letter in self.choices if not letter.why_not]
        if keys:
            start = keys.index(self.at) + by if self.at in keys else (0 if by > 0 else -1)
            self.at = keys[start % len(keys) if abs(by) == 1 else min(max(start, 0), len(keys) - 1)]

    def row(self, letter: Letter, width: int, label_width: int, *, brief: bool = False) -> list[Row]:
        """One choice; what follows, or why not, stands beside its label, or below it where there is no room; where
        it is `brief`, below the one under the cursor alone."""
        key, name = ("dim", "dim") if letter.why_not else ("accent", "text")
        then = f"→ {letter.then}" if letter.then else letter.why_not
        spans: Line = [(f"{letter.key}  ", key), words(letter.label, name, width)]
        room = width - label_width - 5
        selected = letter.key == self.at
        if not then:
            return [choice(letter.key, spans, width, selected=selected)]
        if room < min(_LEAST, cell_len(then)) or (letter.why_not and cell_len(then) > room):
            below = (
                []
                if brief and not selected
                else [
                    choice(letter.key, [("  ", "dim"), *row.spans], width, selected=selected)
                    for row in says(then, "dim", width - 2)
                ]
            )
            return [choice(letter.key, spans, width, selected=selected), *below]
        spans = [spans[0], (fit(letter.label, label_width + 2), name), head_and_day(then, "dim", room)]
        return [choice(letter.key, spans, width, selected=selected)]


class Item(NamedTuple):
    """One line of a list."""

    key: str
    name: str
    aside: str = ""
    """Behind the name, quieter; found by typing too."""
    note: str = ""
    """At the right edge."""


class PickList:
    """Lines with a cursor. What is typed leaves those of which a word begins with it, then those that hold it."""

    def __init__(self, items: Sequence[Item], height: int = 8) -> None:
        self.items = tuple(items)
        self.height = height
        self.shown = self.items
        self.at = 0
        self._top = 0
        self._folded: dict[str, tuple[str, ...]] = {}

    @property
    def here(self) -> Item | None:
        """The line under the cursor."""
        return self.shown[self.at] if self.shown else None

    def move(self, by: int) -> None:
        """The cursor down by so many lines, up where negative; it stops at the ends."""
        self.at = min(max(self.at + by, 0), max(len(self.shown) - 1, 0))

    def go(self, key: str) -> None:
        """The cursor to the line with `key`, if it is shown."""
        self.at = next((at for at, item in enumerate(self.shown) if item.key == key), self.at)

    def filter(self, text: str) -> None:
        """Show what matches every word of `text`; the cursor goes to the best."""
        asked = fold(text).split()
        ranked = [(rank, item) for item in self.items if (rank := self._rank(item, asked)) is not None]
        self.shown = tuple(item for _, item in sorted(ranked, key=lambda pair: pair[0]))
        self.at = self._top = 0

    def rows(self, width: int, *, here: bool = True) -> list[Row]:
        """As many lines as its height allows, the one under the cursor among them; `here`: whether that is shown."""
        cut = len(self.shown) > self.height
        room = self.height - 1 if cut else self.height
        self._top = max(min(self._top, self.at, len(self.shown) - room), self.at - room + 1, 0)
        rows = []
        for at, item in enumerate(self.shown[self._top : self._top + room], self._top):
            left = [words(item.name, "text", width), (f"  {words(item.aside, 'dim', width)[0]}", "dim")]
            line = columns(left, (item.note, "dim"), width)
            rows.append(choice(item.key, line, width, selected=here and at == self.at))
        if cut:
            below = len(self.shown) - self._top - room
            rows.append(Row(columns([], (f"{below} more ↓" if below else "the end", "dim"), width)))
        return rows

    def _rank(self, item: Item, asked: Sequence[str]) -> int | None:
        """0 where it is what stands behind the name (a country's code), 1 where each asked word begins one of the
        line's words, 2 where it stands somewhere in it, else None."""
        known = self._folded.get(item.key)
        if known is None:
            text = fold(f"{item.name} {item.aside}")
            known = self._folded[item.key] = (text, *re.split(r"[\W_]+", text))
        if item.aside and [fold(item.aside)] == list(asked):
            return 0
        if all(any(word.startswith(ask) for word in known[1:]) for ask in asked):
            return 1
        return 2 if all(ask in known[0] for ask in asked) else None


def fold(text: str) -> str:
    """`text` for comparing: small letters, no accents."""
    if text.isascii():
        return text.casefold()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))

"""Which rows a pane shows on the lines it has. One rule: pure numbers, no rows and no widgets."""

from __future__ import annotations

from typing import NamedTuple

_FEW = 3
"""Lines below the title that are too few to give one away."""


class View(NamedTuple):
    """A pane's lines: the title is line 0, rows follow, then perhaps one line that counts what isn't shown."""

    top: int
    """The number of the first row shown, from 0."""
    shown: int
    """How many rows are shown."""
    tail: int | None
    """The line of "+12 later" and "3 more ↓", or None: then the title counts what is below."""

    def line_of(self, index: int) -> int | None:
        """The line on which row number `index` stands, or None when it is scrolled out."""
        at = index - self.top
        return 1 + at if 0 <= at < self.shown else None

    def index_at(self, line: int) -> int | None:
        """The number of the row on `line`, or None."""
        return self.top + line - 1 if 1 <= line <= self.shown else None


def need(total: int, later: bool) -> int:
    """Lines that `total` rows want: title, rows or the sentence of an empty pane, "+12 later"."""
    return 1 + max(1, total) + later


def view(height: int, total: int, later: bool, top: int, cursor: int | None, *, loose: bool = False) -> View:
    """How `height` lines show `total` rows, as near to `top` as the cursor allows.

    The cursor's row (its number, or None) has a row of context on either side where there is one. A pane that is
    cut gives its last line to saying so, unless it has few rows; then its title does. loose: lines below the last
    row may stay blank, so that rows which went move nothing that stands above them.
    """
    body = max(0, height - 1)
    shown, tail = (body - 1, height - 1) if body > _FEW or (later and body > 1) else (body, None)
    context = 1 if shown >= 3 else 0
    if cursor is not None:
        top = max(0, min(top, cursor - context))
    if total + later <= body and not (loose and top < total):
        top = 0
    left = total - top
    if left + later <= body and (loose or not top):
        used = max(1, left)
        return View(top, left, used + 1 if later and body > used else None)
    if cursor is not None and shown:
        top = max(top, cursor + context - shown + 1)
    return View(max(0, min(top, total - shown)), min(shown, total), tail)

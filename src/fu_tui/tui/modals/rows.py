"""What a card over the desk is drawn from: rows of inked words in a frame. One rule: pure, and as wide as asked.

User text enters a row through `words` only, which makes it harmless and measures it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.tui.present.cells import clip, fit, wrap
from fu_tui.tui.present.row import Span

Line = list[Span]
Key = tuple[str, str]
"""A key as people press it, and what it does in a word or two."""

GROUND = "bar"
SELECTED = "selected"
SIDES = 4
"""Cells that the frame takes: a line and a blank on both sides."""
_BETWEEN = 3


class Target(NamedTuple):
    """Where a click chooses something."""

    start: int
    end: int
    """Cells from the row's left edge, `end` exclusive."""
    pick: str


class Row(NamedTuple):
    """One line inside the frame."""

    spans: Sequence[Span] = ()
    ground: str = GROUND
    targets: tuple[Target, ...] = ()
    field_at: int | None = None
    """The cell from which the text field lies on this row; None on every other row."""
    field_width: int = 0
    """How many cells the field takes; 0: all to the right edge."""


def head_and_day(text: str, role: str, width: int) -> Span:
    """`words` for a sentence that ends in ", Fri 27 Nov": the day stays whole, what stands before it gives way."""
    head, comma, day = text.rpartition(", ")
    if not comma or cell_len(text) <= width or width - len(day) < 10:
        return words(text, role, width)
    return f"{clip(head, width - len(day) - 2)}, {clip(day, width)}", role


def words(text: str, role: str, width: int) -> Span:
    """User text as one harmless span of at most `width` cells."""
    return clip(text, width), role


def says(text: str, role: str, width: int, most: int = 3) -> list[Row]:
    """User text or a sentence on as many rows as it needs, `most` at most; none for an empty text."""
    return [Row([(line, role)]) for line in wrap(text, width, most)]


def choice(pick: str, spans: Sequence[Span], width: int, *, selected: bool) -> Row:
    """A row that a click chooses; the one under the cursor has a ground of its own, and the card's bar before it."""
    return Row(spans, SELECTED if selected else GROUND, (Target(0, width, pick),))


def grid(cells: Sequence[tuple[str, Sequence[Span]]], width: int) -> list[Row]:
    """Cells of (what a click on it chooses, its spans), filled column by column in as many columns as fit."""
    if not cells:
        return []
    cell = max(_length(spans) for _, spans in cells) + _BETWEEN
    height = -(-len(cells) // max(1, (width + _BETWEEN) // cell))
    rows = []
    for y in range(height):
        spans: Line = []
        targets = []
        for x, (pick, told) in enumerate(cells[y::height]):
            spans += filled(told, min(cell, width - x * cell))
            targets.append(Target(x * cell, (x + 1) * cell, pick))
        rows.append(Row(spans, GROUND, tuple(targets)))
    return rows


def filled(spans: Sequence[Span], width: int) -> Line:
    """`spans` cut or filled to exactly `width` cells."""
    line: Line = []
    for text, role in spans:
        text = clip(text, width)
        width -= cell_len(text)
        if text:
            line.append((text, role))
    return [*line, (" " * width, "text")] if width > 0 else line


def columns(left: Sequence[Span], right: Span, width: int) -> Line:
    """`left` at the left edge, `right` at the right one; `left` gives way, `right` goes where nothing is left."""
    text = clip(right[0], width)
    room = width - cell_len(text) - 1
    return [*filled(left, room), (f" {text}", right[1])] if room >= 8 else filled(left, width)


def top_line(title: str, width: int) -> Line:
    """`╭ Add ────╮`"""
    if width < 2:
        return [("─" * width, "faint")]
    name = clip(title, width - 4)
    if not name:
        return [("╭" + "─" * (width - 2) + "╮", "faint")]
    return [("╭ ", "faint"), (name, "accent"), (" " + "─" * (width - 4 - cell_len(name)) + "╮", "faint")]


def bottom_line(keys: Sequence[Key], width: int) -> Line:
    """`╰ enter save · esc leave ────╯`: as many keys from the left as fit, and always the last; the first
    and the last with only their verb, where that helps."""
    if width < 2:
        return [("─" * width, "faint")]
    *others, last = keys
    room = width - 4
    if others and _cells(last) + 3 + _cells(others[0]) > room:
        last = (last[0], last[1].split(",")[0])
    if others and _cells(last) + 3 + _cells(others[0]) > room:
        others[0] = (others[0][0], others[0][1].split(",")[0])
    shown: list[Key] = []
    room -= _cells(last)
    for key in others:
        room -= _cells(key) + 3
        if room < 0:
            break
        shown.append(key)
    line: Line = [("╰ ", "faint")]
    for at, (name, does) in enumerate([*shown, last]):
        line += [(" · " if at else "", "dim"), (name, "accent"), (f" {does}", "dim")]
    used = _length(line)
    if used + 2 > width:
        return [("╰" + "─" * (width - 2) + "╯", "faint")]
    return [*line, (" " + "─" * (width - used - 2) + "╯", "faint")]


def _length(spans: Sequence[Span]) -> int:
    return sum(cell_len(text) for text, _ in spans)


def _cells(key: Key) -> int:
    return cell_len(key[0]) + 1 + cell_len(key[1])


def label(text: str, width: int, *, here: bool = False) -> Span:
    """A field's name before it; the one that is typed into is inked."""
    return fit(text, width), "accent" if here else "dim"

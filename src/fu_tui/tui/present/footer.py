"""The last line: the keys that work here. One rule: what doesn't fit is dropped from the right, `? help` never."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from fu_tui.tui.present.cells import clip, fit
from fu_tui.tui.present.row import Span

Key = tuple[str, str, bool]
"""The key as people press it, what it does in a word or two, whether it can be pressed now."""

HELP_KEY = "?"
UNDO_LABEL = "undo"
_BETWEEN = 3
_NARROW = 50
"""Below this many columns blanks and the … of a label are saved for one more key."""
_LEAST_SAID = 24
"""Below this many cells the sentence takes the whole line."""


def footer_spans(keys: Sequence[Key], width: int) -> list[Span]:
    """The footer, exactly `width` cells. A key that can't be pressed now is dim as its label is."""
    between = _BETWEEN
    if width < _NARROW:
        between, keys = 2, [(name, label.rstrip("…"), enabled) for name, label, enabled in keys]
    help_ = next((key for key in keys if key[0] == HELP_KEY), (HELP_KEY, "help", True))
    room = width - 1 - _cells(help_)
    shown = []
    for key in keys:
        if key[0] == HELP_KEY:
            continue
        room -= _cells(key) + between
        if room < 0:
            break
        shown.append(key)
    spans: list[Span] = [(" ", "text")]
    used = 1
    for at, (name, label, enabled) in enumerate([*shown, help_]):
        gap = " " * between if at else ""
        spans += [(gap + name, "accent" if enabled else "dim"), (f" {label}", "text" if enabled else "dim")]
        used += len(gap) + _cells((name, label, enabled))
    if used > width:
        return [(clip(f" {HELP_KEY} help", width).ljust(width), "accent")]
    return [*spans, (" " * (width - used), "text")]


def said_spans(sentence: str, short: str, undo: str, width: int) -> list[Span]:
    """What just happened, in the footer's place, exactly `width` cells: the sentence, or its short form where that
    is all there is room for, and on the right the key that takes it back, if one does (`undo`)."""
    tail: list[Span] = (
        [("   ", "text"), (undo, "accent"), (f" {UNDO_LABEL} ", "text")] if undo else [(" ", "text")]
    )
    room = width - 1 - sum(cell_len(text) for text, _ in tail)
    if room < _LEAST_SAID:
        tail, room = [], width - 1
    words = sentence if cell_len(sentence) <= room else clip(short, room)
    return [(" ", "text"), (fit(words, room), "strong"), *tail]


def _cells(key: Key) -> int:
    return cell_len(key[0]) + 1 + cell_len(key[1])

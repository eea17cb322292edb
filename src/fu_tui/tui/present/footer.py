"""The last line: the keys that work here. One rule: what doesn't fit is dropped from the right, the help never."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.tui.present.cells import clip, fit
from fu_tui.tui.present.parts import Part, spans_of
from fu_tui.tui.present.row import Span


class Key(NamedTuple):
    """One key of the footer."""

    name: str
    """As people press it."""
    label: str
    """What it does in a word or two."""
    enabled: bool
    """Whether it can be pressed now."""
    action_id: str = ""
    """What a click on it runs."""


HELP = "app.help"
_BETWEEN = 3
_NARROW = 50
"""Below this many columns blanks and the … of a label are saved for one more key."""
_LEAST_SAID = 24
"""Below this many cells the sentence takes the whole line."""


def footer_spans(keys: Sequence[Key], width: int) -> list[Span]:
    """The footer, exactly `width` cells. A key that can't be pressed now is dim as its label is."""
    return spans_of(footer_parts(keys, width))


def footer_parts(keys: Sequence[Key], width: int) -> list[Part]:
    """The footer with what a click on each of its cells runs."""
    between = _BETWEEN
    if width < _NARROW:
        between, keys = 2, [key._replace(label=key.label.rstrip("…")) for key in keys]
    kept = [key for key in keys if key.action_id == HELP]
    room = width - 1 - sum(map(_cells, kept)) + (0 if kept else between)
    shown = []
    for key in keys:
        if key in kept:
            continue
        room -= _cells(key) + between
        if room < 0:
            break
        shown.append(key)
    parts = [Part(" ", "text")]
    used = 1
    for at, key in enumerate([*shown, *kept]):
        gap = " " * between if at else ""
        parts += [
            Part(gap, "text"),
            Part(key.name, "accent" if key.enabled else "dim", key.action_id),
            Part(f" {key.label}", "text" if key.enabled else "dim", key.action_id),
        ]
        used += len(gap) + _cells(key)
    if used > width:
        words = "".join(f" {key.name} {key.label}" for key in kept)
        return [Part(clip(words, width).ljust(width), "accent", HELP if kept else "")]
    return [*(part for part in parts if part.text), Part(" " * (width - used), "text")]


def said_parts(sentence: str, short: str, back: Key | None, width: int) -> list[Part]:
    """What just happened, in the footer's place, exactly `width` cells: the sentence, or its short form where that
    is all there is room for, and on the right the key that takes it back, if one does."""
    tail = (
        [
            Part("   ", "text"),
            Part(back.name, "accent", back.action_id),
            Part(f" {back.label} ", "text", back.action_id),
        ]
        if back
        else [Part(" ", "text")]
    )
    room = width - 1 - sum(cell_len(part.text) for part in tail)
    if room < _LEAST_SAID:
        tail, room = [], width - 1
    words = sentence if cell_len(sentence) <= room else clip(short, room)
    return [Part(" ", "text"), Part(fit(words, room), "strong"), *tail]


def _cells(key: Key) -> int:
    return cell_len(key.name) + 1 + cell_len(key.label)

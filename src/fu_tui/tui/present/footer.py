"""The last line: the keys that work here. One rule: what doesn't fit is dropped from the right, `? help` never."""

from __future__ import annotations

from collections.abc import Iterable
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
HELP_KEY = Key("?", "help", True, HELP)
UNDO = "journal.undo"
UNDO_LABEL = "undo"
_BETWEEN = 3
_LEAST_SAID = 24
"""Below this many cells the sentence takes the whole line."""


def footer_spans(keys: Iterable[Key], width: int) -> list[Span]:
    """The footer, exactly `width` cells. A key that can't be pressed now is dim as its label is."""
    return spans_of(footer_parts(keys, width))


def footer_parts(keys: Iterable[Key], width: int) -> list[Part]:
    """The footer with what a click on each of its cells runs."""
    keys = [Key(*key) for key in keys]
    help_ = next((key for key in keys if key.action_id == HELP or key.name == HELP_KEY.name), HELP_KEY)
    room = width - 1 - _cells(help_)
    shown = []
    for key in keys:
        if key == help_:
            continue
        room -= _cells(key) + _BETWEEN
        if room < 0:
            break
        shown.append(key)
    parts = [Part(" ", "text")]
    used = 1
    for at, key in enumerate([*shown, help_]):
        gap = " " * _BETWEEN if at else ""
        parts += [
            Part(gap, "text"),
            Part(key.name, "accent" if key.enabled else "dim", key.action_id),
            Part(f" {key.label}", "text" if key.enabled else "dim", key.action_id),
        ]
        used += len(gap) + _cells(key)
    if used > width:
        return [Part(clip(f" {help_.name} {help_.label}", width).ljust(width), "accent", help_.action_id)]
    return [*(part for part in parts if part.text), Part(" " * (width - used), "text")]


def said_spans(sentence: str, short: str, undo: str, width: int) -> list[Span]:
    """What just happened, as `said_parts` says it."""
    return spans_of(said_parts(sentence, short, undo, width))


def said_parts(sentence: str, short: str, undo: str, width: int) -> list[Part]:
    """What just happened, in the footer's place, exactly `width` cells: the sentence, or its short form where that
    is all there is room for, and on the right the key that takes it back, if one does (`undo`)."""
    tail = (
        [Part("   ", "text"), Part(undo, "accent", UNDO), Part(f" {UNDO_LABEL} ", "text", UNDO)]
        if undo
        else [Part(" ", "text")]
    )
    room = width - 1 - sum(cell_len(part.text) for part in tail)
    if room < _LEAST_SAID:
        tail, room = [], width - 1
    words = sentence if cell_len(sentence) <= room else clip(short, room)
    return [Part(" ", "text"), Part(fit(words, room), "strong"), *tail]


def _cells(key: Key) -> int:
    return cell_len(key.name) + 1 + cell_len(key.label)

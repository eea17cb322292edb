"""The first line: whose queue it is, what was done, what is hidden, what has no next step, what day it is.

One rule: on a narrow screen what is least needed goes first; whose queue it is stays.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.queries.rows import Counts
from fu_tui.tui.present.cells import clip
from fu_tui.tui.present.row import Span

_LEAST_LEFT = 12
"""Cells for whose queue it is; an offer leaves it so many."""


class HeaderFacts(NamedTuple):
    """What the header says."""

    who: str
    """The viewer's name."""
    scope: str
    """mine, team, or the name of a person."""
    counts: Counts
    day: str
    """`Tue 24 Nov`."""
    hour: str
    """`10:14`, as of the last change on the screen: no clock runs here."""
    badge: str = ""
    """`DEMO` on sample data."""
    filter: str = ""
    """What is typed behind `/`."""
    marked: int = 0
    walk: str = ""
    """`3 of 16 · Due today`: where the walk through the queue is."""
    back_key: str = ""
    """The key that ends the walk."""
    add_key: str = ""
    """The key that captures, where the footer has no room to offer it."""


def header_spans(facts: HeaderFacts, width: int) -> list[Span]:
    """The header, exactly `width` cells."""
    counts = facts.counts
    # From the right; the number says what goes first when the line gets narrow.
    right: list[tuple[int, str, str]] = [
        (4, facts.day, "text"),
        (1, f" {facts.hour}", "dim"),
    ]
    notes = [
        (3, f"{counts.done_today:,} done", "dim"),
        (2, f"{counts.hidden:,} hidden" if counts.hidden else "", "dim"),
        (5, f"{counts.no_next_step:,} no next step" if counts.no_next_step else "", "text"),
    ]
    left: list[Span] = [(" fu ", "accent")]
    if facts.walk:
        left.append((clip(facts.walk, max(8, width - 6)), "strong"))
        if facts.back_key:
            left += [(f"   {facts.back_key}", "accent"), (" back", "dim")]
    else:
        left.append((clip(facts.who, max(8, width // 3)), "strong"))
        left.append((f" · {clip(facts.scope, max(8, width // 5))}", "dim"))
    if facts.badge:
        left.append((f"  {facts.badge}", "today"))
    if facts.marked:
        left.append((f"  ✓ {facts.marked:,} marked", "mark"))
    if facts.filter:
        left.append((f"  / {clip(facts.filter, max(8, width // 4))}", "text"))
    if facts.add_key:
        return _offering(left, [(facts.add_key, "accent"), (" add ", "text")], width)
    room = width - _width(left) - 1
    for least in range(7):
        spans = _right([n for n in notes if n[0] >= least and n[1]], [r for r in right if r[0] >= least])
        if _width(spans) + 2 <= room:
            blanks = room - _width(spans)
            return [*left, (" " * blanks, "dim"), *spans, (" ", "dim")]
    return _cut(left, width)


def _offering(left: list[Span], offer: list[Span], width: int) -> list[Span]:
    """`left` as far as there is room, and what is offered at the right edge."""
    room = width - _width(offer) - 1
    if room < _LEAST_LEFT:
        return _cut(left, width)
    return [*_cut(left, room), (" ", "dim"), *offer]


def _right(notes: list[tuple[int, str, str]], when: list[tuple[int, str, str]]) -> list[Span]:
    spans: list[Span] = []
    for _, text, role in notes:
        spans += [(" · ", "dim"), (text, role)] if spans else [(text, role)]
    if notes and when:
        spans.append(("   ", "dim"))
    return spans + [(text, role) for _, text, role in when]


def _width(spans: list[Span]) -> int:
    return sum(cell_len(text) for text, _ in spans)


def _cut(spans: list[Span], width: int) -> list[Span]:
    kept: list[Span] = []
    for text, role in spans:
        text = clip(text, width)
        width -= cell_len(text)
        if text:
            kept.append((text, role))
    return [*kept, (" " * width, "dim")] if width else kept

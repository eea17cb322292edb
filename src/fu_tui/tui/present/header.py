"""The first line: whose queue it is, what was done, what is hidden, what has no next step, what day it is.

One rule: on a narrow screen what is least needed goes first; whose queue it is stays.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.queries.rows import Counts
from fu_tui.tui.present.cells import clip
from fu_tui.tui.present.parts import Part, spans_of
from fu_tui.tui.present.row import Span

_NEWS_FROM = 60
"""Cells from which there is room for how many notices wait."""
_LEAST_LEFT = 12
"""Cells for whose queue it is; an offer leaves it so many."""


class HeaderFacts(NamedTuple):
    """What the header says."""

    who: str
    """The viewer's name."""
    scope: str
    """mine, team, or the name of a person; empty for somebody who works alone."""
    counts: Counts
    day: str
    """`Tue 24 Nov`."""
    hour: str
    """`10:14`, as of the last change on the screen: no clock runs here."""
    badge: str = ""
    """`DEMO` on sample data."""
    filter: str = ""
    """What is typed behind `/`."""
    notices: int = 0
    """That were not read."""
    marked: int = 0
    walk: str = ""
    """`3 of 16 · Due today`: where the walk through the queue is."""
    back_key: str = ""
    """The key that ends the walk."""
    add_key: str = ""
    """The key that captures, where the footer has no room to offer it."""


def header_spans(facts: HeaderFacts, width: int) -> list[Span]:
    """The header, exactly `width` cells."""
    return spans_of(header_parts(facts, width))


def header_parts(facts: HeaderFacts, width: int) -> list[Part]:
    """The header with what a click on each of its cells runs."""
    counts = facts.counts
    # From the right; the number says what goes first when the line gets narrow.
    right: list[tuple[int, str, str]] = [
        (4, facts.day, "text"),
        (1, f" {facts.hour}", "dim"),
    ]
    triage, no_next_step = counts.left.triage, counts.left.no_next_step
    notes = [
        (3, f"{counts.done_today:,} done", "dim", ""),
        (2, f"{counts.hidden:,} hidden" if counts.hidden else "", "dim", "queue.hidden"),
        (4, f"{triage:,} to decide" if triage else "", "text", "go.triage"),
        (5, f"{no_next_step:,} no next step" if no_next_step else "", "text", "go.no_next_step"),
    ]
    left = [Part(" fu ", "accent", "app.help")]
    if facts.walk:
        left.append(Part(clip(facts.walk, max(8, width - 6)), "strong"))
        if facts.back_key:
            left += [Part(f"   {facts.back_key}", "accent", "card.walk"), Part(" back", "dim", "card.walk")]
    else:
        whose = "queue.scope" if facts.scope else ""
        left.append(Part(clip(facts.who, max(8, width // 3)), "strong", whose))
        if facts.scope:
            left.append(Part(f" · {clip(facts.scope, max(8, width // 5))}", "dim", whose))
    if facts.badge:
        left.append(Part(f"  {facts.badge}", "today"))
    if facts.notices and width >= _NEWS_FROM:
        words = "1 notice" if facts.notices == 1 else f"{facts.notices:,} notices"
        left.append(Part(f"  {words}", "accent", "go.notices"))
    if facts.marked:
        left.append(Part(f"  ✓ {facts.marked:,} marked", "mark", "queue.clear"))
    if facts.filter:
        left.append(Part(f"  / {clip(facts.filter, max(8, width // 4))}", "text", "queue.filter"))
    if facts.add_key:
        offer = [Part(facts.add_key, "accent", "task.add"), Part(" add ", "text", "task.add")]
        return _offering(left, offer, width)
    room = width - _width(left) - 1
    for least in range(7):
        parts = _right([n for n in notes if n[0] >= least and n[1]], [r for r in right if r[0] >= least])
        if _width(parts) + 2 <= room:
            blanks = room - _width(parts)
            return [*left, Part(" " * blanks, "dim"), *parts, Part(" ", "dim")]
    return _cut(left, width)


def _offering(left: list[Part], offer: list[Part], width: int) -> list[Part]:
    """`left` as far as there is room, and what is offered at the right edge."""
    room = width - _width(offer) - 1
    if room < _LEAST_LEFT:
        return _cut(left, width)
    return [*_cut(left, room), Part(" ", "dim"), *offer]


def _right(notes: list[tuple[int, str, str, str]], when: list[tuple[int, str, str]]) -> list[Part]:
    parts: list[Part] = []
    for _, text, role, action_id in notes:
        part = Part(text, role, action_id)
        parts += [Part(" · ", "dim"), part] if parts else [part]
    if notes and when:
        parts.append(Part("   ", "dim"))
    return parts + [Part(text, role) for _, text, role in when]


def _width(parts: list[Part]) -> int:
    return sum(cell_len(part.text) for part in parts)


def _cut(parts: list[Part], width: int) -> list[Part]:
    kept: list[Part] = []
    for part in parts:
        text = clip(part.text, width)
        width -= cell_len(text)
        if text:
            kept.append(part._replace(text=text))
    return [*kept, Part(" " * width, "dim")] if width else kept

"""The line under the panes that says what `n` would do, where there is no card to say it."""

from __future__ import annotations

from typing import NamedTuple

from fu_tui.core.terms import TaskKind
from fu_tui.queries.rows import Card
from fu_tui.tui.present.cells import clip, fit
from fu_tui.tui.present.row import Span

LEAD = "done, no reply → "


class CloseKeys(NamedTuple):
    """The keys that close, as people press them; empty where one is unbound."""

    no_reply: str = "n"
    replied: str = "r"


DEFAULT_KEYS = CloseKeys()


def hint_spans(card: Card | None, width: int, key: str = "n") -> list[Span]:
    """`n done, no reply → Call: open questions, Fri 27 Nov`, exactly `width` cells; blank without a task."""
    if card is None or width < 4:
        return [(" " * width, "dim")]
    asked = card.row.kind is TaskKind.DECIDE
    lead = clip(f" {key} ", width)
    return [(lead, "dim" if asked else "accent"), (fit(LEAD + card.after_no_reply, width - len(lead)), "dim")]

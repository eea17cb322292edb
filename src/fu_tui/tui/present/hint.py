"""The line under the panes that says what `n` would do, where there is no card to say it."""

from __future__ import annotations

from fu_tui.core.terms import TaskKind
from fu_tui.queries.rows import Card
from fu_tui.tui.present.cells import fit
from fu_tui.tui.present.row import Span

LEAD = "done, no reply → "


def hint_spans(card: Card | None, width: int) -> list[Span]:
    """`n done, no reply → Call: open questions, Fri 27 Nov`, exactly `width` cells; blank without a task."""
    if card is None or width < 4:
        return [(" " * width, "dim")]
    asked = card.row.kind is TaskKind.DECIDE
    return [(" n ", "dim" if asked else "accent"), (fit(LEAD + card.after_no_reply, width - 3), "dim")]

"""The line under the panes where the card is folded away. Shows what `n` would do, and under the one list, whose rows
name nobody, whom the task is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.hint import DEFAULT_KEYS, hint_spans, who_spans

if TYPE_CHECKING:
    from fu_tui.queries.rows import Card
    from fu_tui.tui.present.row import Span


class HintLine(LineWidget):
    """`n done, no reply → …` for the task under the cursor."""

    keys = DEFAULT_KEYS
    card: Card | None = None
    show_owner = False

    def show(self, card: Card | None, *, show_owner: bool = False) -> None:
        """Say what `n` would do to the task of `card`; show_owner: whose it is, too."""
        if (card, show_owner) != (self.card, self.show_owner):
            self.card, self.show_owner = card, show_owner
            self.refresh()

    def line_spans(self, y: int) -> list[Span]:
        """What n would do, on the last line; above it, where there are two, whom the task is about."""
        width, height = self.size
        if y == height - 1:
            return hint_spans(self.card, width, self.keys.no_reply)
        return who_spans(self.card, width, show_owner=self.show_owner) if y == height - 2 else []

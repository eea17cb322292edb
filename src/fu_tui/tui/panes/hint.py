"""The line under the panes where the card is folded away. Shows what `n` would do, and the load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.hint import DEFAULT_KEYS, hint_spans
from fu_tui.tui.present.load import load_line

if TYPE_CHECKING:
    from fu_tui.core.load import Load
    from fu_tui.queries.rows import Card
    from fu_tui.tui.present.row import Span


class HintLine(LineWidget):
    """`n done, no reply → …` for the task under the cursor."""

    keys = DEFAULT_KEYS
    card: Card | None = None
    load: Load | None = None

    def show(self, card: Card | None) -> None:
        """Say what `n` would do to the task of `card`."""
        if card != self.card:
            self.card = card
            self.refresh()

    def show_load(self, load: Load | None) -> None:
        """Say on a second line how full the coming days are; None for no second line."""
        if load != self.load:
            self.load = load
            self.refresh()

    def line_spans(self, y: int) -> list[Span]:
        """What `n` does; below it the load, where it is wanted."""
        if y == 1 and self.load:
            return load_line(self.load, self.size.width)
        return hint_spans(self.card, self.size.width, self.keys.no_reply) if y == 0 else []

"""The line under the panes where the card is folded away. Shows what `n` would do, and under the one list, whose rows
name nobody, whom the task is about; below it the load, where it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.hint import DEFAULT_KEYS, hint_spans, who_spans
from fu_tui.tui.present.load import load_line

if TYPE_CHECKING:
    from fu_tui.core.load import Load
    from fu_tui.queries.rows import Card
    from fu_tui.tui.present.row import Span


class HintLine(LineWidget):
    """`n done, no reply → …` for the task under the cursor."""

    keys = DEFAULT_KEYS
    card: Card | None = None
    show_owner = False
    load: Load | None = None

    def show(self, card: Card | None, *, show_owner: bool = False) -> None:
        """Say what `n` would do to the task of `card`; show_owner: whose it is, too."""
        if (card, show_owner) != (self.card, self.show_owner):
            self.card, self.show_owner = card, show_owner
            self.refresh()

    def show_load(self, load: Load | None) -> None:
        """Say on a line of its own how full the coming days are; None takes it away."""
        if load != self.load:
            self.load = load
            self.refresh()

    def line_spans(self, y: int) -> list[Span]:
        """From the bottom: the load, where it is wanted; what n would do; where there is room, whom the task is
        about."""
        width, height = self.size
        above = height - 1 - y
        if self.load:
            if above == 0:
                return load_line(self.load, width)
            above -= 1
        if above == 0:
            return hint_spans(self.card, width, self.keys.no_reply)
        return who_spans(self.card, width, show_owner=self.show_owner) if above == 1 else []

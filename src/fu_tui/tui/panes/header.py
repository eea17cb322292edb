"""The desk's first line. Shows the facts it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.header import HeaderFacts, header_spans

if TYPE_CHECKING:
    from fu_tui.tui.present.row import Span


class DeskHeader(LineWidget):
    """Whose queue, what was done, what day."""

    facts: HeaderFacts | None = None

    def show(self, facts: HeaderFacts) -> None:
        """Say `facts`; repaints only when they differ."""
        if facts != self.facts:
            self.facts = facts
            self.refresh()

    def line_spans(self, y: int) -> list[Span]:
        """The one line."""
        return header_spans(self.facts, self.size.width) if self.facts and y == 0 else []

"""The desk's first line. Shows the facts it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.cells import fit
from fu_tui.tui.present.header import HeaderFacts, header_parts, header_spans
from fu_tui.tui.present.parts import action_at

if TYPE_CHECKING:
    from textual import events

    from fu_tui.tui.present.row import Span


class DeskHeader(LineWidget):
    """Whose queue, what was done, what day."""

    facts: HeaderFacts | None = None
    needs = ""
    """What size the desk needs, where the screen is too small for it: then nothing else is said."""

    def show(self, facts: HeaderFacts) -> None:
        """Say `facts`; repaints only when they differ."""
        if facts != self.facts:
            self.facts = facts
            self.refresh()

    def line_spans(self, y: int) -> list[Span]:
        """The one line."""
        if self.needs:
            return [(fit(self.needs, self.size.width), "dim")] if y == 0 else []
        return header_spans(self.facts, self.size.width) if self.facts and y == 0 else []

    def on_click(self, event: events.Click) -> None:
        """A click on a fact runs what changes it."""
        event.stop()
        action_id = action_at(header_parts(self.facts, self.size.width), event.x) if self.facts else ""
        if action_id:
            self.post_message(self.Clicked(action_id))

"""The card beside the panes. Shows one task; knows nothing of where it came from."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.geometry import Region

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.card import blank_lines, card_lines
from fu_tui.tui.present.hint import DEFAULT_KEYS

if TYPE_CHECKING:
    from fu_tui.queries.rows import Card
    from fu_tui.tui.present.moment import Moment
    from fu_tui.tui.present.row import Span

NOTHING = "No task under the cursor."


class CardView(LineWidget):
    """Everything about the task under the cursor."""

    keys = DEFAULT_KEYS

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[Card, Moment, int | None] | None = None
        self._lines: list[list[Span]] | None = None

    def show(self, card: Card | None, moment: Moment, me: int | None) -> None:
        """Show `card` as it stands at `moment` to the user with the id `me`; None empties it."""
        shown = None if card is None else (card, moment, me)
        if shown == self._shown:
            return
        before, self._shown = self._lines, shown
        self._lines = None
        if before is None or not self.size:
            self.refresh()
            return
        lines, width = self._laid_out(), self.size.width
        pairs = zip_longest(before, lines)
        changed = [y for y, (was, now) in enumerate(pairs) if was != now]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def forget_lines(self) -> None:
        """Lay the card out anew at the next paint."""
        self._lines = None

    def on_resize(self) -> None:
        """Another width wraps other lines."""
        self._lines = None
        self.refresh()

    def line_spans(self, y: int) -> list[Span]:
        """Line `y`; below the card's words only its frame."""
        lines = self._laid_out()
        return lines[y] if y < len(lines) else [("│", "faint")]

    def _laid_out(self) -> list[list[Span]]:
        if self._lines is None:
            width, height = self.size
            if self._shown is None:
                self._lines = blank_lines(NOTHING, width, height)
            else:
                card, moment, me = self._shown
                self._lines = card_lines(card, width, height, moment, me, self.keys)
        return self._lines

"""The card beside the panes. Shows one task; knows nothing of where it came from."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.geometry import Region, Size

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.card import NOTHING, blank_lines, card_body, furthest, scrolled
from fu_tui.tui.present.hint import DEFAULT_KEYS
from fu_tui.tui.present.load import load_line, load_lines

if TYPE_CHECKING:
    from textual import events

    from fu_tui.core.load import Load
    from fu_tui.queries.rows import Card
    from fu_tui.tui.present.moment import Moment
    from fu_tui.tui.present.row import Span

FRAME = "│ "
LEAST_LOAD = 16
"""Columns from which the load is worth showing."""
LEAST_ABOVE = 20
"""Lines that the card keeps above the bars of the load."""
WHEEL = 3
"""Lines that a notch of the wheel scrolls."""


class CardView(LineWidget):
    """Everything about the task under the cursor."""

    keys = DEFAULT_KEYS

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[Card, Moment, int | None] | None = None
        self._body: list[list[Span]] = []
        """The whole card, of which `_lines` are shown."""
        self._lines: list[list[Span]] | None = None
        self._top = 0
        self._load: Load | None = None
        self._block: list[list[Span]] = []
        """The lines of the load."""
        self._laid_for = Size()

    def show(self, card: Card | None, moment: Moment, me: int | None) -> None:
        """Show `card` as it stands at `moment` to the user with the id `me`; None empties it."""
        shown = None if card is None else (card, moment, me)
        if shown == self._shown:
            return
        if shown is None or self._shown is None or shown[0].row.id != self._shown[0].row.id:
            self._top = 0
        before, self._shown = self._lines, shown
        self._lines = None
        self._repaint(before)

    def show_load(self, load: Load | None) -> None:
        """Show the coming days at the card's bottom; None takes them away."""
        if load != self._load:
            self._load, before, self._lines = load, self._lines, None
            self._repaint(before)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines, up where negative; a card that fits stays."""
        self._laid_out()
        top = max(0, min(self._top + lines, furthest(self._body, self._room)))
        if top != self._top:
            self._top, before, self._lines = top, self._lines, None
            self._repaint(before)

    def _repaint(self, before: list[list[Span]] | None) -> None:
        """Paint the lines that differ from those that were laid out before."""
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
        if (
            self._lines is None or self._laid_for != self.size
        ):  # the first paint in a new size comes before on_resize
            self._laid_for, self._block = self.size, self._load_block()
            width, height = self.size.width, self._room
            if self._shown is None:
                self._lines = self._body = blank_lines(NOTHING, width, height)
            else:
                card, moment, me = self._shown
                self._body = card_body(card, width, height, moment, me, self.keys)
                self._lines = scrolled(self._body, width, height, self._top)
            if self._block:  # at the very bottom
                blank: list[list[Span]] = [[("│", "faint")]] * (height - len(self._lines))
                self._lines = [*self._lines, *blank, *self._block]
        return self._lines

    @property
    def _room(self) -> int:
        """Lines of the card itself."""
        return self.size.height - len(self._block)

    def _load_block(self) -> list[list[Span]]:
        """The coming days: a line each where the card keeps enough for itself, else all on one."""
        width, height = self.size
        if self._load is None or width < LEAST_LOAD:
            return []
        lines = load_lines(self._load, width - len(FRAME))
        if height - len(lines) < LEAST_ABOVE:
            lines = [load_line(self._load, width - len(FRAME))]
        return [[("├" + "─" * (width - 1), "faint")], *([(FRAME, "faint"), *line] for line in lines)]

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls a card that is longer than the screen."""
        event.stop()
        self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls back."""
        event.stop()
        self.scroll_lines(-WHEEL)

"""The desk's last line. Shows the keys it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.footer import Key, footer_spans, said_spans
from fu_tui.tui.safe import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fu_tui.tui.present.row import Span


class DeskFooter(LineWidget):
    """The keys that work now."""

    GROUND = "bar"
    keys: tuple[Key, ...] = ()
    _said: tuple[str, str] = ("", "")
    _warns = False

    def show(self, keys: Sequence[Key]) -> None:
        """Offer `keys`, the most wanted first; repaints only when they differ."""
        if tuple(keys) != self.keys:
            self.keys = tuple(keys)
            self.refresh()

    def say(self, sentence: str, short: str = "", *, warns: bool = False) -> None:
        """Show what just happened in place of the keys; an empty sentence brings the keys back.

        warns: it says why something did not happen, so there is nothing to take back.

        One line that is there anyway: a window over the desk would cover rows and cost a layout at every key.
        """
        self._said, self._warns = (plain(sentence), plain(short or sentence)), warns
        self.refresh()

    def line_spans(self, y: int) -> list[Span]:
        """The one line."""
        if y:
            return []
        if self._said[0]:
            keys = () if self._warns else self.keys
            return said_spans(*self._said, keys, self.size.width, "today" if self._warns else "strong")
        return footer_spans(self.keys, self.size.width)

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
    _said: tuple[str, str, str] = ("", "", "")

    def show(self, keys: Sequence[Key]) -> None:
        """Offer `keys`, the most wanted first; repaints only when they differ."""
        if tuple(keys) != self.keys:
            self.keys = tuple(keys)
            self.refresh()

    def say(self, sentence: str, short: str = "", undo: str = "") -> None:
        """Show what just happened in place of the keys, and the key that takes it back, if one does.

        One line that is there anyway: a window over the desk would cover rows and cost a layout at every key.
        """
        self._said = plain(sentence), plain(short or sentence), undo
        self.refresh()

    def fall_silent(self) -> None:
        """Show the keys again."""
        self.say("")

    def line_spans(self, y: int) -> list[Span]:
        """The one line."""
        if y:
            return []
        if self._said[0]:
            return said_spans(*self._said, self.size.width)
        return footer_spans(self.keys, self.size.width)

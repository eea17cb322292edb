"""The desk's last line. Shows the keys it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.footer import Key, footer_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fu_tui.tui.present.row import Span


class DeskFooter(LineWidget):
    """The keys that work now."""

    GROUND = "bar"
    keys: tuple[Key, ...] = ()

    def show(self, keys: Sequence[Key]) -> None:
        """Offer `keys`, the most wanted first; repaints only when they differ."""
        if tuple(keys) != self.keys:
            self.keys = tuple(keys)
            self.refresh()

    def line_spans(self, y: int) -> list[Span]:
        """The one line."""
        return footer_spans(self.keys, self.size.width) if y == 0 else []

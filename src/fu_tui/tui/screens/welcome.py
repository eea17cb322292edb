"""What stands behind the first questions, before there is a desk. One rule: it hears nothing."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from textual.screen import Screen

from fu_tui.tui.panes.lines import LineWidget

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from fu_tui.tui.present.row import Span


class WelcomeLine(LineWidget):
    """The first line, as the desk has it."""

    def line_spans(self, y: int) -> list[Span]:
        """Who this is."""
        return [(" fu ", "accent"), ("the first start", "dim")] if y == 0 else []


class Welcome(Screen[None]):
    """An empty desk."""

    def compose(self) -> ComposeResult:
        """The line, and nothing below it."""
        yield WelcomeLine()

    def on_mount(self) -> None:
        """It is painted: from now on memory is looked through as usual."""
        gc.enable()

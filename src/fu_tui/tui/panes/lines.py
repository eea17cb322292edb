"""What every part of the desk stands on: lines of inked spans, drawn one at a time. One rule: no markup anywhere.

A part answers `line_spans(y)`; this class turns roles into styles and keeps them until the theme changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from fu_tui.tui.inks import Inks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fu_tui.tui.present.row import Span


class LineWidget(Widget):
    """A widget whose lines are spans of (harmless text, role)."""

    class Clicked(Message):
        """Something that stands for an action was clicked."""

        def __init__(self, action_id: str) -> None:
            super().__init__()
            self.action_id = action_id

    ALLOW_SELECT = False
    auto_links = False
    GROUND = "background"
    """The role behind its lines."""

    _inks: Inks | None = None

    @property
    def inks(self) -> Inks:
        """The styles of the theme in use."""
        if self._inks is None:
            self._inks = Inks.of(self.app.theme_variables)
        return self._inks

    def on_mount(self) -> None:
        """A theme's colours are kept until another theme comes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: object) -> None:
        self._inks = None
        self.forget_lines()
        self.refresh()

    def forget_lines(self) -> None:
        """Drop strips that were kept."""

    def line_spans(self, y: int) -> list[Span]:
        """Line `y` of the widget, as wide as it or less."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Line `y` as the terminal gets it."""
        return self.strip(self.line_spans(y), self.GROUND)

    def strip(self, spans: Iterable[Span], ground: str) -> Strip:
        """`spans` on `ground`, filled up to the widget's width."""
        style = self.inks.style
        line = Strip([Segment(text, style(role, ground)) for text, role in spans if text])
        return line.adjust_cell_length(self.size.width, style("text", ground))

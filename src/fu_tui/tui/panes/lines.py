"""What every part of the desk stands on: lines of inked spans, drawn one at a time. One rule: no markup anywhere.

A part answers `line_spans(y)`; this class turns roles into styles and keeps them until the theme changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from fu_tui.tui.inks import Inks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.geometry import Region

    from fu_tui.tui.present.row import Span


class _Lines(StylesCache):
    """The lines of a widget that has nothing around and over them: no border, padding, outline or tint.

    The framework asks for all lines of whatever lies between the first and the last that changed. With its own cache
    looking for frames and passing each line through the filters every time, that is a third of a key.
    """

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines of `crop`, drawn and filtered where they changed."""
        width = widget.size.width
        if width != self._width:
            self.clear()
            self._width = width
        changed = [y for y in crop.line_range if y not in self._cache or y in self._dirty_lines]
        if changed:
            filters, (_, background) = widget.get_line_filters(), widget.background_colors
            for y in changed:
                line = widget.render_line(y)
                for each in filters:
                    line = line.apply_filter(each, background)
                self._cache[y] = line
            self._dirty_lines.difference_update(changed)
        lines = [self._cache[y] for y in crop.line_range]
        if crop.column_span == (0, width):
            return lines
        return [line.crop(*crop.column_span) for line in lines]


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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._styles_cache = _Lines()

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
        style, width = self.inks.style, self.size.width
        line = [Segment(text, style(role, ground)) for text, role in spans if text]
        room = width - sum(cell_len(text) for text, _, _ in line)
        if room < 0:
            return Strip(line, width - room).adjust_cell_length(width)
        if room:
            line.append(Segment(" " * room, style("text", ground)))
        return Strip(line, width)

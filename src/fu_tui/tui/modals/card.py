"""The two widgets of every modal: a framed card of rows, and the one text field that lies on it. One rule: they draw
what they are given; the question behind them decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from fu_tui.tui.modals.rows import GROUND, SELECTED, SIDES, Key, Row, bottom_line, filled, top_line
from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.row import BAR

if TYPE_CHECKING:
    from textual import events

MOST_PASTED = 100_000
"""Letters that are pasted at once."""


class Field(Input, inherit_css=False):
    """One line of text. Its looks stand in modals.tcss alone: none of the framework's are inherited."""

    COMPONENT_CLASSES: ClassVar[set[str]] = Input.COMPONENT_CLASSES

    def __init__(self, text: str) -> None:
        super().__init__(text, select_on_focus=False)
        self.cursor_blink = False
        self.takes: Callable[[Sequence[str]], None] | None = None
        """Takes lines that are pasted at once."""

    def hold(self, text: str, cursor: int | None = None) -> None:
        """Hold `text`, the cursor before its letter number `cursor`, else at its end."""
        self.value = text
        self.cursor_position = len(text) if cursor is None else cursor

    def on_paste(self, event: events.Paste) -> None:
        """One line goes in as if it were typed; the question says what becomes of several. A whole file is refused: it
        was hardly meant, and every later key would wait for it."""
        lines = event.text.splitlines()
        if len(event.text) > MOST_PASTED:
            event.stop()
            event.prevent_default()
            said = f"{len(event.text):,} letters are too many to paste at once; {MOST_PASTED:,} fit."
            self.app.notify(f"{said} Nothing was pasted.", severity="warning", markup=False)
        elif len(lines) > 1 and self.takes is not None:
            event.stop()
            event.prevent_default()
            self.takes(lines)

    def on_resize(self) -> None:
        """Keep the cursor in view: a text may be there before the field has a width."""
        at = self.cursor_screen_offset.x - self.content_region.x + self.scroll_offset.x
        self.scroll_to_region(Region(at, 0, 1, 1), force=True, animate=False)


class Card(LineWidget):
    """Rows in a frame, with a title above and the keys below. Higher than the screen, it shows a part of its rows."""

    GROUND = GROUND

    class Picked(Message):
        """A choice was clicked."""

        def __init__(self, pick: str) -> None:
            super().__init__()
            self.pick = pick

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._keys: Sequence[Key] = ()
        self._rows: Sequence[Row] = ()
        self.top = 0
        """The first of the rows that is shown."""

    def show(self, title: str, rows: Sequence[Row], keys: Sequence[Key]) -> None:
        """Draw these; only the lines that differ are painted anew."""
        old = self._rows
        if (title, keys, len(rows)) != (self._title, self._keys, len(old)):
            self.refresh()
        else:
            width = self.size.width
            changed = [y for y, (row, was) in enumerate(zip(rows, old, strict=True)) if row != was]
            if changed:
                self.refresh(*(Region(0, y - self.top + 1, width, 1) for y in changed))
        self._title, self._rows, self._keys = title, rows, keys

    def scroll_rows(self, top: int) -> None:
        """Show the rows from number `top` on."""
        if top != self.top:
            self.top = top
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line `y`: the frame's top or bottom, or a row between its sides."""
        width, height = self.size
        if y == 0:
            return self.strip(top_line(self._title, width), GROUND)
        if y == height - 1:
            return self.strip(bottom_line(self._keys, width), GROUND)
        at = y - 1 + self.top
        row = self._rows[at] if at < len(self._rows) else Row()
        style = self.inks.style
        inner = filled(row.spans, max(width - SIDES, 0))
        side = style("faint", GROUND)
        return Strip(
            [
                Segment("│", side),
                Segment(BAR if row.ground == SELECTED else " ", style("accent", row.ground)),
                *(Segment(text, style(role, row.ground)) for text, role in inner),
                Segment(" │", side),
            ]
        ).adjust_cell_length(width, side)

    def on_click(self, event: events.Click) -> None:
        """A click on a choice is told by what it chooses."""
        at, x = event.y - 1 + self.top, event.x - SIDES // 2
        if 0 < event.y < self.size.height - 1 and at < len(self._rows):
            for start, end, pick in self._rows[at].targets:
                if start <= x < end:
                    self.post_message(self.Picked(pick))

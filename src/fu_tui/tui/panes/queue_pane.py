"""One pane of the queue: a title and lines of tasks. One rule: it draws a window of rows and posts what was clicked.

It calls no service. A row is one line, drawn when the terminal needs it and kept by (row, width, state); a move of the
cursor repaints two lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.message import Message

from fu_tui.core.errors import StorageBusy
from fu_tui.core.terms import Bucket
from fu_tui.tui.panes.clicks import LATER, Place, click_action, place_at
from fu_tui.tui.panes.facts import bucket_of, on_rows, says_day, sentence, tail, title
from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.panes.view import View, need, view
from fu_tui.tui.present.columns import columns
from fu_tui.tui.present.row import RowState, row_spans

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.panes.arrangement import Buckets
    from fu_tui.tui.panes.facts import PaneFacts
    from fu_tui.tui.panes.window import Key, Window

_KEPT_STRIPS = 250
_WHEEL = 3
"""Rows that a notch of the wheel scrolls."""


class QueuePane(LineWidget):
    """Overdue, Due today or Upcoming."""

    class RowClicked(Message):
        """A row was clicked: the task with the id `task_id`, in the pane of `bucket`; `action_id` is what the kind of
        click asks for, empty where it only chooses the row."""

        def __init__(self, bucket: Bucket, task_id: int, action_id: str = "") -> None:
            super().__init__()
            self.bucket = bucket
            self.task_id = task_id
            self.action_id = action_id

    class Starved(Message):
        """Rows that the pane shows could not be read: another process holds the file."""

    def __init__(self, bucket: Bucket, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.bucket = bucket
        self.window: Window | None = None
        self._facts: PaneFacts | None = None
        self._cursor: int | None = None
        self._here = False
        self._marks: frozenset[int] = frozenset()
        self._top = 0
        self._strips: dict[tuple[QueueRow, int, RowState], Strip] = {}

    # What the screen asks

    @property
    def need(self) -> int:
        """Lines it could fill, for sharing the height."""
        return need(self.total, bool(self._later))

    @property
    def shows(self) -> Buckets:
        """The buckets whose rows it shows."""
        return (self._facts and self._facts.shows) or (self.bucket,)

    @property
    def total(self) -> int:
        """How many rows it has, loaded or not."""
        return self.window.total if self.window else 0

    @property
    def visible_count(self) -> int:
        """How many rows are on the screen."""
        return self._view().shown

    @property
    def cursor_index(self) -> int | None:
        """The number of the row under the cursor, from 0; None where the cursor is in another pane."""
        if self._cursor is None or self.window is None:
            return None
        return self.window.index_of(self._cursor)

    def row_at(self, index: int) -> QueueRow | None:
        """Row number `index`, loaded if need be; None past the ends."""
        if self.window is None:
            return None
        self._load(index, index + 1)
        return self.window.row(index)

    # What the screen tells

    def show(
        self, window: Window, facts: PaneFacts, cursor: int | None = None, marks: frozenset[int] = frozenset()
    ) -> None:
        """Show `window`, the cursor on the task with the id `cursor`, `marks` on those ids; all drawn anew."""
        self.window, self._facts, self._cursor, self._marks = window, facts, cursor, marks
        self._here = cursor is not None
        self.forget_lines()
        self._settle(loose=False)
        self.refresh()

    def set_facts(self, facts: PaneFacts) -> None:
        """Other words around the same rows: a new minute, another count of hidden ones. Repaints what they change."""
        before, self._facts = self._facts, facts
        if (
            before is None
            or on_rows(before, self.shows) != on_rows(facts, self.shows)
            or bool(before.later) != bool(facts.later)
        ):
            self.forget_lines()
            self._settle()
            self.refresh()
        elif before != facts:
            self._refresh_words()

    def move_cursor(self, task_id: int | None, here: bool | None = None) -> None:
        """Put the cursor on a task, or with None take it away; scrolls just as far as it must.

        `here` keeps the bar in a pane that has no row for it (default: where there is a `task_id`).
        """
        before, self._cursor = self._cursor, task_id
        here_before, self._here = self._here, task_id is not None if here is None else here
        if self._settle() or not self.total:
            if task_id != before or here_before != self._here:
                self.refresh()
            return
        self._refresh_rows(before, task_id)

    def set_marks(self, marks: frozenset[int]) -> None:
        """Mark exactly the tasks with these ids."""
        changed = self._marks ^ marks
        self._marks = marks
        self._refresh_rows(*changed)

    def drop_row(self, task_id: int) -> bool:
        """Take a task's row out, the rows below move up. False where the row is not loaded: then nothing changes."""
        before = self._view()
        index = self.window.drop(task_id) if self.window else None
        if index is None:
            return False
        if index < self._top:
            self._top -= 1
        self._rows_moved(index, before)
        return True

    def insert_row(self, row: QueueRow, key: Key) -> bool:
        """Put a row where `key` wants it. False where that place is not loaded: then it is only counted."""
        if self.window is None:
            return False
        before, first = self._view(), self.window.first_index
        index = self.window.insert(row, key)
        if index is not None and index < self._top:
            self._top += 1
        above = self.window.first_index != first
        self._rows_moved(index if index is not None else 0 if above else self.total, before)
        return index is not None

    def replace_row(self, row: QueueRow) -> bool:
        """Show a newer state of a row that keeps its place. False where it is not loaded."""
        if self.window is None or self.window.replace(row) is None:
            return False
        self._refresh_rows(row.id)
        return True

    def scroll_rows(self, rows: int) -> None:
        """Scroll without moving the cursor: `rows` down, or up where negative."""
        top = self._top
        self._top = max(0, top + rows)
        self._settle(follow=False, loose=False)
        if self._top != top:
            self.refresh()

    def tighten(self) -> None:
        """Take back blank lines that rows left which went."""
        if self._settle(loose=False):
            self.refresh()

    # Drawing

    def forget_lines(self) -> None:
        """Drop the kept strips: another theme, another minute, other rows."""
        self._strips.clear()

    def on_resize(self) -> None:
        """Other rows in view."""
        self._settle(loose=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line `y`: the title, a row, or what is said instead of rows."""
        facts, window = self._facts, self.window
        if facts is None or window is None:
            return self.strip([], "background")
        shown, (width, height) = self._view(), self.size
        if y == 0:
            return self.strip(title(facts, self.shows, window, shown, width), "background")
        index = shown.index_at(y)
        if index is not None:
            return self._row_strip(window, facts, index, index == shown.top)
        if y == shown.tail:
            return self.strip(tail(facts, window, shown, width), "background")
        if window.total:
            return self.strip([], "background")
        lines = 1 if shown.tail else height - 1
        return self.strip(sentence(facts, y, lines, width, focused=self._here), "background")

    def _row_strip(self, window: Window, facts: PaneFacts, index: int, topmost: bool) -> Strip:
        row = window.row(index)
        if row is None:
            return self.strip([(" …", "dim")], "background")
        above = None if topmost else window.row(index - 1)
        bucket = bucket_of(row, facts, self.shows)
        state = RowState(
            selected=row.id == self._cursor,
            marked=row.id in self._marks,
            first_of_day=says_day(row, above, bucket, self.shows),
        )
        width = self.size.width
        strip = self._strips.get((row, width, state))
        if strip is None:
            if len(self._strips) >= _KEPT_STRIPS:
                self._strips.clear()
            cols = columns(width, facts.show_owner)
            strip = self.strip(row_spans(row, cols, bucket, facts.moment, state), state.ground)
            self._strips[row, width, state] = strip
        return strip

    # Keeping the view right

    @property
    def _later(self) -> int:
        return self._facts.later if self._facts else 0

    def _view(self, cursor: int | None = None, *, loose: bool = True) -> View:
        return view(self.size.height, self.total, bool(self._later), self._top, cursor, loose=loose)

    def _settle(self, follow: bool = True, *, loose: bool = True) -> bool:
        """Bring the view to the cursor (if it is to `follow` it) and load what it shows. True if it scrolled.

        loose: lines that rows left which went may stay blank.
        """
        if self.window is None:
            return False
        before = self._top
        shown = self._view(self.cursor_index if follow else None, loose=loose)
        self._load(shown.top, shown.top + shown.shown)
        self._top = self._view(self.cursor_index if follow else None, loose=loose).top
        return self._top != before

    def _load(self, start: int, stop: int) -> None:
        """Have rows `start` up to `stop`; those that can't be read now are drawn as … and asked for again."""
        try:
            if self.window is not None:
                self.window.ensure(start, stop)
        except StorageBusy:
            self.post_message(self.Starved())

    def _rows_moved(self, index: int, before: View) -> None:
        """After a row came or went as number `index`: repaint the title and what lies below.

        before: how the pane stood until then.
        """
        scrolled = self._settle()
        shown = self._view()
        line = shown.line_of(index)
        if scrolled or (line is None and (shown != before or index < shown.top)):
            self.refresh()
        elif line is None:
            self._refresh_words()
        else:
            width, height = self.size
            self.refresh(Region(0, 0, width, 1), Region(0, max(1, line - 1), width, height))

    def _refresh_words(self) -> None:
        """Repaint what is said around the rows."""
        tail = self._view().tail or 1
        lines = 1 if self.total else max(1, self.size.height - 1)  # an empty pane's sentence may take several
        self.refresh(Region(0, 0, self.size.width, 1), Region(0, tail, self.size.width, lines))

    def _refresh_rows(self, *task_ids: int | None) -> None:
        shown = self._view()
        lines = []
        for task_id in task_ids:
            index = self.window.index_of(task_id) if self.window and task_id is not None else None
            line = None if index is None else shown.line_of(index)
            if line is not None:
                lines.append(Region(0, line, self.size.width, 1))
        if lines:
            self.refresh(*lines)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click on a row is told by its task's id; one on what stands around the rows goes there."""
        event.stop()
        shown = self._view()
        index = shown.index_at(event.y)
        row = self.window.row(index) if self.window and index is not None else None
        if row is not None:
            if not row.is_forecast:
                self.post_message(self.RowClicked(self.bucket, row.id, click_action(event)))
            return
        place = place_at(event.x, event.y, shown, self.total, self._later, self.size.width)
        if place in (Place.ABOVE, Place.BELOW):
            self.scroll_rows(max(1, shown.shown - 1) * (1 if place is Place.BELOW else -1))
        elif place is Place.LATER:
            self.post_message(self.Clicked(LATER))
        elif place is Place.PANE:
            self.post_message(self.Clicked(f"pane.{self.bucket.value}"))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the rows, not the cursor."""
        event.stop()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the rows, not the cursor."""
        event.stop()
        self.scroll_rows(-_WHEEL)

"""Where the cursor is and where a key takes it. One rule: it is remembered as a task, and as a place in a pane for when
that task is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.core.terms import Bucket

if TYPE_CHECKING:
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.panes.queue_pane import QueuePane
    from fu_tui.tui.screens.desk import DeskScreen


class Moving:
    """The cursor of a desk."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self._pane = 0
        self._index = 0
        self.row: QueueRow | None = None
        """The row under the cursor; None in an empty pane."""
        self._fresh = True

    @property
    def pane(self) -> QueuePane:
        """The pane that the cursor is in."""
        return self._screen.panes[self._pane]

    def do(self, action_id: str) -> bool:
        """Run a moving action. False where it is none."""
        steps = {
            "cursor.down": 1, "cursor.up": -1,
            "cursor.page_down": self._page(), "cursor.page_up": -self._page(),
            "cursor.half_down": max(1, self._page() // 2), "cursor.half_up": -max(1, self._page() // 2),
        }  # fmt: skip
        panes = {"pane.overdue": 0, "pane.today": 1, "pane.upcoming": 2,
                 "pane.next": (self._pane + 1) % 3, "pane.previous": (self._pane - 1) % 3}  # fmt: skip
        if action_id in steps:
            self.by(steps[action_id])
        elif action_id in panes:
            self.to(panes[action_id], 0)
        elif action_id == "cursor.top":
            self.to(self._pane, 0)
        elif action_id == "cursor.bottom":
            self.to(self._pane, self.pane.total - 1, -1)
        else:
            return False
        return True

    def by(self, rows: int) -> None:
        """Move by rows; a single step crosses into the next pane that has any, a page stops at the pane's end.

        Foreseen steps are passed over; where only they are left, they are scrolled into view.
        """
        way = 1 if rows > 0 else -1
        wanted = self._task_near(self.pane, min(max(self._index + rows, 0), self.pane.total - 1), way)
        if self.pane.tasks and (wanted - self._index) * way > 0:
            self.to(self._pane, wanted, way)
            return
        for number in range(self._pane + 1, 3) if rows > 0 else range(self._pane - 1, -1, -1):
            pane = self._screen.panes[number]
            if pane.tasks:
                self.to(number, 0 if rows > 0 else pane.total - 1, way)
                return
        if self._index < self.pane.total - 1:
            self.pane.scroll_rows(way)

    def to(self, pane: int, index: int, way: int = 1) -> None:
        """Put the cursor on a row of a pane; an empty pane can have it too.

        way: in which direction a task is looked for where that row is a foreseen step.
        """
        left = self.pane
        self._take(pane, index, way)
        if left is not self.pane:
            left.move_cursor(None)
        self.pane.move_cursor(self.row.id if self.row else None, True)
        self._screen.around.refresh_card()

    def _take(self, pane: int, index: int, way: int) -> None:
        self._pane = pane
        self._index = self._task_near(self.pane, max(0, min(index, self.pane.total - 1)), way)
        row = self.pane.row_at(self._index)
        self.row = None if row is None or row.is_forecast else row

    @staticmethod
    def _task_near(pane: QueuePane, index: int, way: int) -> int:
        """The number of the nearest task from row `index` on, in the direction `way`, else in the other."""
        if pane.tasks < pane.total:
            for step in (way, -way):
                at = index
                while 0 <= at < pane.total:
                    row = pane.row_at(at)
                    if row is None or not row.is_forecast:
                        return at
                    at += step
        return index

    def to_task(self, bucket: Bucket, task_id: int) -> None:
        """Put the cursor on a task's row, where it is loaded."""
        for number, pane in enumerate(self._screen.panes):
            index = pane.window.index_of(task_id) if pane.bucket is bucket and pane.window else None
            if index is not None:
                self.to(number, index)

    def settle_before(self, totals: tuple[int, int, int]) -> None:
        """Before the first rows: the cursor starts in the first pane that has any."""
        if self._fresh:
            self._fresh = False
            self._pane = next((number for number, total in enumerate(totals) if total), 0)

    def settle(self, *, follow: bool = False) -> None:
        """After rows came or went: back to the same task, else to the same place, else to the nearest row.

        follow: whether to go with the task into another pane; else the cursor stays where the work is.
        """
        found = self._find(self.row.id, follow) if self.row is not None else None
        if found is not None:
            self._place(*found)
            return
        order = sorted(range(3), key=lambda number: (number - self._pane) % 3)
        number = next((number for number in order if self._screen.panes[number].tasks), self._pane)
        self._place(number, self._index if number == self._pane else 0)

    def _find(self, task_id: int, follow: bool) -> tuple[int, int] | None:
        """The pane and the number of a task's row, loaded if need be; None where it is not to be found."""
        panes = self._screen.panes
        for number in range(3) if follow else (self._pane,):
            window = panes[number].window
            index = window.index_of(task_id) if window else None
            if index is not None:
                return number, index
        if all(pane.window is None or len(pane.window.rows) >= pane.total for pane in panes):
            return None
        view = self._screen.view
        for row in view.visible([task_id]):
            for number in range(3) if follow else (self._pane,):
                window = panes[number].window
                if window is not None and view.bucket_of(row) is panes[number].bucket:
                    near = view.rows_before(row)
                    window.ensure(near, near + 1)
                    index = window.index_of(task_id)
                    return None if index is None else (number, index)
        return None

    def _place(self, pane: int, index: int) -> None:
        for other in self._screen.panes:
            if other is not self._screen.panes[pane]:
                other.move_cursor(None)
        self._take(pane, index, 1)
        self.pane.move_cursor(self.row.id if self.row else None, True)

    def _page(self) -> int:
        return max(1, self.pane.visible_count - 1)

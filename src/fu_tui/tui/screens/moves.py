"""Where the cursor is and where a key takes it. One rule: it is remembered as a task, and as a place in a pane for when
that task is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.core.terms import Bucket
from fu_tui.tui.panes.arrangement import count_of
from fu_tui.tui.screens.scan import Scan

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
        self.scan = Scan()

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
        parts = {"pane.overdue": 0, "pane.today": 1, "pane.upcoming": -1}
        if action_id in steps:
            self.by(steps[action_id])
        elif action_id in parts:
            self.to(*self._parts()[parts[action_id]])
        elif action_id in ("pane.next", "pane.previous"):
            self.to(*self._part_from_here(1 if action_id == "pane.next" else -1))
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
        screen, way = self._screen, 1 if rows > 0 else -1
        wanted = _task_near(self.pane, min(max(self._index + rows, 0), self.pane.total - 1), way)
        if screen.tasks_in(self.pane) and (wanted - self._index) * way > 0:
            self.to(self._pane, wanted, way)
            return
        for number in range(self._pane + way, len(screen.panes) if rows > 0 else -1, way):
            pane = screen.panes[number]
            if screen.tasks_in(pane):
                self.to(number, 0 if rows > 0 else pane.total - 1, way)
                return
        if screen.view.foreseen_in(self.pane.shows):
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
        self._watch()

    def _take(self, pane: int, index: int, way: int) -> None:
        self._pane = pane
        self._index = _task_near(self.pane, max(0, min(index, self.pane.total - 1)), way)
        row = self.pane.row_at(self._index)
        self.row = None if row is None or row.is_forecast else row

    def _watch(self) -> None:
        """Time the scan."""
        screen = self._screen
        said = self.scan.at(self._number(), self._due(), screen.desk.context.clock.now())
        if said:
            screen.say(said)

    def to_bucket(self, bucket: Bucket) -> None:
        """Put the cursor on the first row of a bucket, where a pane shows it."""
        for number, pane in enumerate(self._screen.panes):
            if bucket in pane.shows:
                self.to(number, self._start(pane, bucket))

    def back_to(self, task_id: int) -> None:
        """Put the cursor on a task, wherever it is now; it stays where that is not to be found."""
        found = self._find(task_id, True)
        if found is not None:
            self.to(*found)

    def place(self) -> tuple[int, int]:
        """Which row the cursor is on, from 1, and of how many: late and due today count as one queue."""
        number, many = self._number(), self._due()
        if number <= many:
            return number, many
        return number - many, sum(map(self._screen.tasks_in, self._screen.panes)) - many

    def _number(self) -> int:
        """The number of the cursor's task among all on the desk, from 1."""
        screen = self._screen
        above = sum(map(screen.tasks_in, screen.panes[: self._pane])) + self._index
        if self.row is not None and screen.view.foreseen_in(self.pane.shows):
            above -= screen.view.foreseen_before(self.row)
        return above + 1

    def _due(self) -> int:
        """How many of the rows on the desk are late or due today."""
        counts = self._screen.counts
        shown = Bucket.TODAY in self._screen.stack.arrangement.shown
        return counts.overdue + counts.today if shown else 0

    def to_first(self) -> None:
        """Put the cursor on the first row of the first pane that has any."""
        with_tasks = (n for n, pane in enumerate(self._screen.panes) if self._screen.tasks_in(pane))
        self.to(next(with_tasks, 0), 0)

    def to_task(self, bucket: Bucket, task_id: int) -> None:
        """Put the cursor on a task's row, where it is loaded."""
        for number, pane in enumerate(self._screen.panes):
            index = pane.window.index_of(task_id) if pane.bucket is bucket and pane.window else None
            if index is not None:
                self.to(number, index)

    def find(self, row: QueueRow) -> bool:
        """Put the cursor on a task's row, loaded if need be. False where no pane has it."""
        found = self._find(row.id, True)
        if found is not None:
            self._place(*found)
            self._screen.around.refresh_card()
        return found is not None

    def settle_before(self, totals: tuple[int, ...]) -> None:
        """Before the first rows: the cursor starts in the first pane that has any."""
        if self._fresh:
            self._fresh = False
            self._pane = next((number for number, total in enumerate(totals) if total), 0)
            self.scan.at(1, 0, self._screen.view.view.now)

    def settle(self, *, follow: bool = False) -> None:
        """After rows came or went: back to the same task, else to the same place, else to the nearest row.

        follow: whether to go with the task into another bucket; else the cursor stays where the work is.
        """
        many = len(self._screen.panes)
        self._pane = min(self._pane, many - 1)
        found = self._find(self.row.id, follow) if self.row is not None else None
        if found is not None and not follow and self._has_left(*found):
            self._index += found[1] <= self._index  # its place is one further down, if it went up
            found = None
        if found is not None:
            self._place(*found)
            return
        order = sorted(range(many), key=lambda number: (number - self._pane) % many)
        with_tasks = (n for n in order if self._screen.tasks_in(self._screen.panes[n]))
        number = next(with_tasks, self._pane)
        self._place(number, self._index if number == self._pane else 0)

    def _has_left(self, pane: int, index: int) -> bool:
        """Whether the row under the cursor is in another bucket than it was, though in the same pane."""
        now = self._screen.panes[pane].row_at(index)
        bucket_of = self._screen.view.bucket_of
        return self.row is not None and now is not None and bucket_of(now) is not bucket_of(self.row)

    def _find(self, task_id: int, follow: bool) -> tuple[int, int] | None:
        """The pane and the number of a task's row, loaded if need be; None where it is not to be found."""
        panes = self._screen.panes
        numbers = range(len(panes)) if follow else (self._pane,)
        for number in numbers:
            window = panes[number].window
            index = window.index_of(task_id) if window else None
            if index is not None:
                return number, index
        if all(pane.window is None or len(pane.window.rows) >= pane.total for pane in panes):
            return None
        view = self._screen.view
        for row in view.visible([task_id]):
            bucket = view.bucket_of(row)
            for number in numbers:
                window = panes[number].window
                if window is not None and bucket in panes[number].shows:
                    before = view.rows_before(row)
                    if before is None:
                        return None
                    near = self._start(panes[number], bucket) + before
                    near += view.foreseen_before(row) if bucket is Bucket.UPCOMING else 0
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

    def _start(self, pane: QueuePane, bucket: Bucket) -> int:
        """The number of the first row of `bucket` in a pane that shows it."""
        above = pane.shows[: pane.shows.index(bucket)]
        tasks = sum(count_of(self._screen.counts, each) for each in above)
        return tasks + self._screen.view.foreseen_in(above)

    def _parts(self) -> list[tuple[int, int]]:
        """Where Overdue, Due today and Upcoming begin, as pane and row; the one list has them one below the other."""
        panes = self._screen.panes
        if len(panes) > 1:
            return [(number, 0) for number in range(len(panes))]
        shows = panes[0].shows
        if len(shows) == 1:
            return [(0, 0)] * 3
        return [(0, self._start(panes[0], bucket)) for bucket in shows[:3]]

    def _part_from_here(self, by: int) -> tuple[int, int]:
        """Where the next part begins, or the one before it; round and round."""
        parts = [(number, self._lands(number, index)) for number, index in self._parts()]
        here = max((at for at, part in enumerate(parts) if part <= (self._pane, self._index)), default=0)
        return parts[(here + by) % len(parts)]

    def _lands(self, pane: int, index: int) -> int:
        """The row that the cursor comes to: a part of the one list may have no task of its own."""
        there = self._screen.panes[pane]
        return _task_near(there, max(0, min(index, there.total - 1)), 1)

    def _page(self) -> int:
        return max(1, self.pane.visible_count - 1)


def _task_near(pane: QueuePane, index: int, way: int) -> int:
    """The number of the nearest task from row `index` on, in the direction `way`, else in the other."""
    for step in (way, -way):
        at = index
        while 0 <= at < pane.total:
            row = pane.row_at(at)
            if row is None or not row.is_forecast:
                return at
            at += step
    return index

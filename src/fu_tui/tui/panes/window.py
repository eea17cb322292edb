"""The loaded part of a pane's rows. One rule: a pane of a hundred thousand rows holds a few hundred of them.

Rows are fetched by the row they follow or precede (keyset), never by a number; `total` comes from the counts and is
set right whenever a fetch meets an end. Pure: whoever owns the window says how rows are fetched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from fu_tui.queries.rows import QueueRow

PAGE = 50
"""Rows of one fetch."""
MOST = 400
"""Rows kept; beyond it the end farther from what is looked at is let go."""

Key = Callable[[QueueRow], Any]
"""A row's place in its pane's order, comparable."""


class Fetch(Protocol):
    """Where a pane's rows come from, in the pane's order. Each answers at most `limit` rows, in that order."""

    def first(self, limit: int) -> Sequence[QueueRow]:
        """The first rows."""
        ...

    def last(self, limit: int) -> Sequence[QueueRow]:
        """The last rows."""
        ...

    def page_after(self, row: QueueRow, limit: int) -> Sequence[QueueRow]:
        """The rows right after `row`."""
        ...

    def page_before(self, row: QueueRow, limit: int) -> Sequence[QueueRow]:
        """The rows right before `row`."""
        ...


class Window:
    """A run of rows, the number of the first of them, and how many the pane has in all."""

    def __init__(
        self, fetch: Fetch, total: int, rows: Sequence[QueueRow] = (), *, at_least: bool = False
    ) -> None:
        """at_least: whether `total` was only counted so far, and more rows may follow."""
        self._fetch = fetch
        self.at_least = at_least
        """Whether more rows than `total` may follow."""
        self.rows = list(rows)
        """The loaded rows, in the pane's order."""
        self.first_index = 0
        """The number of `rows[0]` in the pane, from 0."""
        self.total = max(total, len(self.rows))
        """How many rows the pane has."""

    @property
    def end(self) -> int:
        """The number after that of the last loaded row."""
        return self.first_index + len(self.rows)

    def row(self, index: int) -> QueueRow | None:
        """Row number `index`, or None where it is not loaded."""
        at = index - self.first_index
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def index_of(self, task_id: int) -> int | None:
        """The number of that task's row, or None where it is not loaded."""
        for at, row in enumerate(self.rows):
            if row.id == task_id:
                return self.first_index + at
        return None

    def ensure(self, start: int, stop: int) -> None:
        """Load rows `start` up to `stop` (cut to the pane), walking there from whichever end is nearer."""
        self._load(max(0, start), min(stop, self.total))
        if self.at_least and stop >= self.total and self.end >= self.total:
            self._grow_down(PAGE)  # so that the cursor never stands on a last row that is none

    def _load(self, start: int, stop: int) -> None:
        if start >= stop or (self.first_index <= start and stop <= self.end):
            return
        self._jump(start, stop)
        while self.rows and min(stop, self.total) > self.end and self._grow_down(stop - self.end):
            pass
        while self.rows and start < self.first_index and self._grow_up(self.first_index - start):
            pass
        self._trim(start, stop)

    def _jump(self, start: int, stop: int) -> None:
        """Begin anew at an end of the pane where that is much nearer than what is loaded."""
        from_top, from_bottom = start, self.total - stop
        away = max(start - self.end, self.first_index - stop, 0) if self.rows else self.total + PAGE
        if away < PAGE:
            return
        if from_top <= from_bottom and from_top < away:
            wanted = max(PAGE, stop)
            self.rows, self.first_index = list(self._fetch.first(wanted)), 0
            self._met_end(len(self.rows) < wanted)
        elif from_bottom < away and not self.at_least:
            wanted = max(PAGE, self.total - start)
            self.rows = list(self._fetch.last(wanted))
            self.total = len(self.rows) if len(self.rows) < wanted else max(self.total, wanted)
            self.first_index = self.total - len(self.rows)

    def _grow_down(self, wanted: int) -> bool:
        limit = max(PAGE, wanted)
        more = self._fetch.page_after(self.rows[-1], limit)
        self.rows += more
        self._met_end(len(more) < limit)
        return bool(more)

    def _grow_up(self, wanted: int) -> bool:
        limit = max(PAGE, wanted)
        more = self._fetch.page_before(self.rows[0], limit)
        self.rows[:0] = more
        before = self.first_index - len(more)
        if len(more) < limit or before < 0:
            # The top was met, or passed: there are fewer or more rows above than were counted.
            self.total -= before
            before = 0
        self.first_index = before
        return bool(more)

    def _met_end(self, met: bool) -> None:
        """After rows were added below: nothing follows them, or at least they themselves exist."""
        self.total = self.end if met else max(self.total, self.end)
        self.at_least = self.at_least and not met

    def _trim(self, start: int, stop: int) -> None:
        """Let go of what lies farthest from `start` up to `stop`."""
        over = len(self.rows) - MOST
        if over <= 0:
            return
        above, below = max(0, start - self.first_index), max(0, self.end - stop)
        if above >= below:
            above = min(over, above)
            below = min(over - above, below)
        else:
            below = min(over, below)
            above = min(over - below, above)
        self.rows = self.rows[above : len(self.rows) - below]
        self.first_index += above

    def drop(self, task_id: int) -> int | None:
        """Take a row out. Answers the number it had, or None where it is not loaded (then nothing changes)."""
        index = self.index_of(task_id)
        if index is not None:
            del self.rows[index - self.first_index]
            self.total -= 1
        return index

    def insert(self, row: QueueRow, key: Key) -> int | None:
        """Count `row` in, at its place by `key`. Answers its number, or None where that place is not loaded."""
        at = bisect_left(self.rows, key(row), key=key)
        before_all = at == 0 and self.first_index > 0
        after_all = at == len(self.rows) and self.end < self.total
        self.total += 1
        if before_all:
            self.first_index += 1
        elif not after_all:
            self.rows.insert(at, row)
            return self.first_index + at
        return None

    def replace(self, row: QueueRow) -> int | None:
        """Put a newer state of a row in its place (its order has not changed). Answers its number, or None."""
        index = self.index_of(row.id)
        if index is not None:
            self.rows[index - self.first_index] = row
        return index

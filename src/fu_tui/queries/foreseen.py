"""A pane's rows with foreseen steps among them. One rule: both are sorted by one key, so a page ends where it would
if every foreseen step were a task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import merge
from typing import Any, Protocol

from fu_tui.queries.rows import QueueRow


class _Rows(Protocol):
    """Where the tasks' rows come from."""

    def first(self, limit: int) -> Sequence[QueueRow]: ...
    def last(self, limit: int) -> Sequence[QueueRow]: ...
    def page_after(self, row: QueueRow, limit: int) -> Sequence[QueueRow]: ...
    def page_before(self, row: QueueRow, limit: int) -> Sequence[QueueRow]: ...


class Foreseen:
    """The rows of one pane and the steps that are foreseen for its days."""

    def __init__(
        self, tasks: _Rows, steps: Iterable[QueueRow], key: Callable[[QueueRow], tuple[Any, ...]]
    ) -> None:
        """key: a row's place in the pane's order, in which the `steps` stand already."""
        self._tasks, self._key = tasks, key
        self._steps = tuple(steps)

    def first(self, limit: int) -> Sequence[QueueRow]:
        """The first rows, in order."""
        return self._both(self._tasks.first(limit), self._steps)[:limit]

    def last(self, limit: int) -> Sequence[QueueRow]:
        """The last rows, in order."""
        return self._both(self._tasks.last(limit), self._steps)[-limit:]

    def page_after(self, row: QueueRow, limit: int) -> Sequence[QueueRow]:
        """The rows right after `row`, which may be a foreseen step itself."""
        edge = self._key(row)
        after = [step for step in self._steps if self._key(step) > edge]
        return self._both(self._tasks.page_after(row, limit), after)[:limit]

    def page_before(self, row: QueueRow, limit: int) -> Sequence[QueueRow]:
        """The rows right before `row`, which may be a foreseen step itself."""
        edge = self._key(row)
        before = [step for step in self._steps if self._key(step) < edge]
        return self._both(self._tasks.page_before(row, limit), before)[-limit:]

    def _both(self, tasks: Iterable[QueueRow], steps: Iterable[QueueRow]) -> list[QueueRow]:
        return list(merge(tasks, steps, key=self._key))

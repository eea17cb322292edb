"""A change of tasks that can be made again, to other tasks, with the same answers (`.`). One rule: it holds what was
answered, and nothing of the tasks it was answered for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fu_tui.bootstrap import Desk
from fu_tui.core.terms import Priority

if TYPE_CHECKING:
    from fu_tui.core.events import Event
    from fu_tui.queries.rows import QueueRow

Verb = Callable[[Desk], "tuple[Event, ...]"]
Change = Callable[[Desk, "list[int]", "dict[int, int]"], "tuple[Event, ...]"]


class Deed(NamedTuple):
    """What a verb did, to be done again."""

    action_id: str
    words: str
    """What it does, as the help says it: `left a voicemail, "call after three"`."""
    change: Change
    """The verb, from the tasks' ids and the versions that the screen showed."""
    outcome: str = ""
    """The outcome it closes with; empty where it closes nothing."""

    def to(self, rows: Sequence[QueueRow]) -> Verb:
        """The verb on these rows, as the screen shows them."""
        who, seen = ids(rows), versions(rows)
        return lambda desk: self.change(desk, who, seen)


def ids(rows: Sequence[QueueRow]) -> list[int]:
    """The tasks' ids."""
    return [row.id for row in rows]


def versions(rows: Sequence[QueueRow]) -> dict[int, int]:
    """The versions that the screen showed, against which a verb runs."""
    return {row.id: row.version for row in rows}


def with_note(words: str, note: str) -> str:
    """`words` and what was written beside them."""
    return f'{words}, "{note}"' if note else words


def same_priority(rows: Sequence[QueueRow]) -> Priority | None:
    """What `!` makes of these rows; None where it makes some of them high and some normal."""
    high = {row.priority is Priority.HIGH for row in rows}
    return None if len(high) != 1 else Priority.NORMAL if high == {True} else Priority.HIGH

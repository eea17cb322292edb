"""Which rows the panes show. One rule: pure; a pane is a run of buckets, so every way to show the queue is one table.

Wide screens have three panes. Where there is no room for three, one list has all of them, the late ones first. What
lies beyond the fourteen days, or is hidden, is shown in Upcoming's place while it is asked for.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from fu_tui.core.terms import Bucket
from fu_tui.queries.rows import Counts

Buckets = tuple[Bucket, ...]


class Lowest(StrEnum):
    """What the lowest pane shows."""

    SOON = "soon"
    """The next fourteen days."""
    ALL = "all"
    """Every day to come."""
    HIDDEN = "hidden"
    """What is off the screen until its day."""


_LOWEST: dict[Lowest, Buckets] = {
    Lowest.SOON: (Bucket.UPCOMING,),
    Lowest.ALL: (Bucket.UPCOMING, Bucket.LATER),
    Lowest.HIDDEN: (Bucket.HIDDEN,),
}


class Arrangement(NamedTuple):
    """How the queue is laid out."""

    one_list: bool = False
    """One list instead of three panes."""
    lowest: Lowest = Lowest.SOON

    @property
    def panes(self) -> tuple[Buckets, ...]:
        """What each pane shows, from the top."""
        lowest = _LOWEST[self.lowest]
        if not self.one_list:
            return (Bucket.OVERDUE,), (Bucket.TODAY,), lowest
        if self.lowest is Lowest.HIDDEN:
            return (lowest,)
        return ((Bucket.OVERDUE, Bucket.TODAY, *lowest),)

    @property
    def shown(self) -> Buckets:
        """Every bucket that is shown, from the top."""
        return tuple(bucket for pane in self.panes for bucket in pane)

    def totals(self, counts: Counts) -> tuple[int, ...]:
        """How many rows each pane has."""
        return tuple(sum(count_of(counts, bucket) for bucket in buckets) for buckets in self.panes)


def count_of(counts: Counts, bucket: Bucket) -> int:
    """How many rows a bucket has."""
    return int(getattr(counts, bucket.value))

"""What is out of sight: the days beyond the next fourteen, and the hidden rows. One rule: the key that opens them folds
them away again, and the cursor is back where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.core.terms import Bucket
from fu_tui.tui.panes.arrangement import Lowest, count_of
from fu_tui.tui.present.title import UPCOMING_DAYS

if TYPE_CHECKING:
    from fu_tui.tui.screens.desk import DeskScreen

_BUCKET = {Lowest.ALL: Bucket.LATER, Lowest.HIDDEN: Bucket.HIDDEN}
_NOTHING = {
    Lowest.ALL: f"Nothing lies beyond the next {UPCOMING_DAYS} days.",
    Lowest.HIDDEN: "Nothing is hidden.",
}


class Beyond:
    """Opens and folds what the lowest pane shows."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self._came_from: int | None = None

    def toggle(self, lowest: Lowest) -> None:
        """Show all days, or the hidden rows; again, and the next fourteen days are back."""
        screen, stack = self._screen, self._screen.stack
        if stack.arrangement.lowest is lowest:
            self._fold()
            return
        if not count_of(screen.counts, _BUCKET[lowest]):
            screen.say(_NOTHING[lowest])
            return
        if stack.arrangement.lowest is Lowest.SOON and screen.moving.row:
            self._came_from = screen.moving.row.id
        stack.arrangement = stack.arrangement._replace(lowest=lowest)
        screen.reload()
        screen.moving.to_bucket(_BUCKET[lowest])

    def open_for(self, bucket: Bucket) -> None:
        """Have the lowest pane show what a bucket is in, if it is out of sight; the caller reads the panes anew."""
        lowest = next((lowest for lowest, of in _BUCKET.items() if of is bucket), None)
        if lowest and bucket not in self._screen.stack.arrangement.shown:
            self._screen.stack.arrangement = self._screen.stack.arrangement._replace(lowest=lowest)

    def _fold(self) -> None:
        """The next fourteen days again; the cursor stays on a task that they show, else goes back."""
        screen, stack = self._screen, self._screen.stack
        here = screen.moving.row
        stack.arrangement = stack.arrangement._replace(lowest=Lowest.SOON)
        screen.reload()
        now = screen.moving.row
        if self._came_from is not None and (here is None or now is None or here.id != now.id):
            screen.moving.back_to(self._came_from)
        self._came_from = None

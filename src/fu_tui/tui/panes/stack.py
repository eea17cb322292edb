"""The panes, one above the other. One rule: their heights follow what they hold, in the same layout pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region
from textual.layout import Layout, WidgetPlacement
from textual.widget import Widget

from fu_tui.core.terms import Bucket
from fu_tui.tui.panes.arrangement import Arrangement, Lowest
from fu_tui.tui.panes.heights import Stand, settle
from fu_tui.tui.panes.queue_pane import QueuePane

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.layout import ArrangeResult


class _Shared(Layout):
    """Heights by need, as `heights.settle` says."""

    name = "shared"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Place the panes of `parent` from the top."""
        placements = []
        y = 0
        heights = parent.heights(size.height) if isinstance(parent, PaneStack) else ()
        for child, height in zip(children, heights, strict=False):
            region = Region(0, y, size.width, height)
            placements.append(WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child))
            y += height
        return placements


_SHARED = _Shared()


class PaneStack(Widget):
    """Overdue over Due today over Upcoming; or one list of them all, where there is no room for three."""

    BLANK = True
    """The panes cover it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.overdue = QueuePane(Bucket.OVERDUE, id="overdue")
        self.today = QueuePane(Bucket.TODAY, id="today")
        self.upcoming = QueuePane(Bucket.UPCOMING, id="upcoming")
        self.arrangement = Arrangement()
        self._stand: Stand | None = None

    @property
    def panes(self) -> tuple[QueuePane, ...]:
        """Those that are shown, from the top; the one list lies in the uppermost."""
        if self.arrangement.one_list:
            return (self.overdue,)
        return self.overdue, self.today, self.upcoming

    @property
    def layout(self) -> Layout:
        """Its own, whatever a stylesheet says."""
        return _SHARED

    def compose(self) -> ComposeResult:
        """The panes."""
        yield from (self.overdue, self.today, self.upcoming)

    def heights(self, height: int) -> tuple[int, ...]:
        """The lines of each pane on a screen that has `height` for them: where they are now, if that will do."""
        if self.arrangement.one_list:
            return (height,)
        opened = self.arrangement.lowest is not Lowest.SOON
        overdue, today, upcoming = (pane.need for pane in self.panes)
        stand = settle(self._stand, height, (overdue, today, upcoming), opened=opened)
        self._stand = stand if all(pane.window for pane in self.panes) else None
        return stand.heights

    def fit(self, *, anew: bool = False) -> None:
        """After rows came or went: share the height, only where that changes something.

        anew: as if nothing stood on the screen yet, because other rows are looked at or nobody is looking.
        """
        if anew:
            self._stand = None
            for pane in self.panes:
                pane.tighten()
        if self.heights(self.size.height) != tuple(pane.size.height for pane in self.panes):
            # Asked by a child: a widget that asks keeps its own arrangement, and only its ancestors make a new one.
            self.overdue.refresh(layout=True, repaint=False)

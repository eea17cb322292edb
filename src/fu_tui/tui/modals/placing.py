"""Where a card lies. One rule: its top stays where it is while it grows, as long as the screen has room below."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import Layout, WidgetPlacement

if TYPE_CHECKING:
    from textual.layout import ArrangeResult
    from textual.widget import Widget

    from fu_tui.tui.modals.question import Question

FRAME = 2
"""Lines that the frame takes."""
_NARROW = 60
"""Below this many columns a card takes the whole width."""


def card_region(size: Size, rows: int, widest: int, *, low: bool = False) -> Region:
    """The card of so many rows, at most `widest` columns wide, on a screen of `size`.

    low: whether it stands on the last line but one.
    """
    width = size.width if size.width < _NARROW else min(widest, size.width - 2)
    height = min(rows + FRAME, size.height)
    y = max(0, size.height - height - 1 if low else min(size.height // 8, size.height - height))
    return Region((size.width - width) // 2, y, width, height)


class Placed(Layout):
    """Every child where its question says."""

    name = "placed"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """The card, and the field over it."""
        question = cast("Question[object]", parent)
        return [
            WidgetPlacement(question.region_of(child, size), NULL_OFFSET, NULL_SPACING, child, order)
            for order, child in enumerate(children)
        ]


PLACED = Placed()

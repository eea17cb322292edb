"""What a click on a pane means. One rule: pure; it answers what was hit and which action is asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from rich.cells import cell_len

from fu_tui.tui.present.title import later_words

if TYPE_CHECKING:
    from textual import events

    from fu_tui.tui.panes.view import View

RIGHT = 3
"""The number of the right button."""
LATER = "queue.later"
"""The action behind "+12 later"."""


class Place(StrEnum):
    """What is not a row."""

    PANE = "pane"
    """The title, or the sentence of an empty pane."""
    ABOVE = "above"
    """"3 more ↑"."""
    BELOW = "below"
    """"3 more ↓"."""
    LATER = "later"
    """"+12 later"."""


def click_action(event: events.Click) -> str:
    """The action that a click on a row asks for, beside choosing it; empty where it asks for none."""
    if event.button == RIGHT:
        return "task.menu"
    if event.ctrl or event.shift:
        return "queue.mark"
    return "task.close" if event.chain == 2 else ""


def place_at(x: int, y: int, shown: View, total: int, later: int, width: int) -> Place | None:
    """What stands at a cell of a pane that is no row; None where nothing does.

    x, y: the cell, from the pane's corner. shown, total, later: what the pane shows.
    """
    if y == 0:
        return Place.ABOVE if shown.top and x >= width - len(f"{shown.top:,} more ↑") - 2 else Place.PANE
    if y == shown.tail:
        if later and x < cell_len(later_words(later)):
            return Place.LATER
        return Place.BELOW if total > shown.top + shown.shown else None
    return Place.PANE if y == 1 and not total else None

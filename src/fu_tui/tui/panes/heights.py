"""Who of the three panes gets how many lines. One rule: Overdue and Today fill before Upcoming.

All three are on the screen at 80×24 too: no pane falls below three lines (its title and two rows) while the
screen has nine for them. What two panes want and can't both have is shared evenly.
"""

from __future__ import annotations

CARD_FROM = 110
"""Columns from which the card stands beside the panes."""
CARD_WIDTH = 40
LEAST = 3
"""Lines of a pane, its title among them, as long as the screen has that many for each."""
_KEPT = 4
"""A pane that is cut keeps two rows beside its title and its "3 more ↓"."""


def share(height: int, overdue: int, today: int, upcoming: int) -> tuple[int, int, int]:
    """The lines of each pane, `height` in all, from the lines each needs (title and "+12 later" included).

    Upcoming gets what is left over, even more than it needs: the blank lines lie at the bottom.
    """
    if height < 3 * LEAST:
        return _squeeze(max(0, height))
    roomy = height >= 3 * _KEPT

    def floor(need: int) -> int:
        return max(LEAST, min(need, _KEPT if roomy else LEAST))

    room = height - floor(upcoming)
    first, second = max(overdue, LEAST), max(today, LEAST)
    if first + second > room:
        half = room // 2
        if first <= half:
            second = room - first
        elif second <= half:
            first = room - second
        else:
            first, second = room - half, half
    return first, second, height - first - second


def _squeeze(height: int) -> tuple[int, int, int]:
    """Fewer than nine lines: as even as can be, the odd ones to Overdue, then Today."""
    each, odd = divmod(height, 3)
    return each + (odd > 0), each + (odd > 1), each

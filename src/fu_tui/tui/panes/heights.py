"""Who of the three panes gets how many lines. Two rules: Overdue and Today fill before Upcoming; and what stands on the
screen stays where it is, until a pane really needs the lines.

All three are on the screen at 80×15 too: no pane falls below three lines (its title and two rows) while the
screen has nine for them. What two panes want and can't both have is shared evenly.
"""

from __future__ import annotations

LEAST = 3
"""Lines of a pane, its title among them, as long as the screen has that many for each."""
_KEPT = 4
"""A pane that is cut keeps two rows beside its title and its "3 more ↓"."""

Heights = tuple[int, int, int]


def share(height: int, overdue: int, today: int, upcoming: int, *, opened: bool = False) -> Heights:
    """The lines of each pane, `height` in all, from the lines each needs (title and "+12 later" included).

    Upcoming gets what is left over, even more than it needs: the blank lines lie at the bottom. opened: what it shows
    was asked for (all days, the hidden rows), so it may have half the height.
    """
    if height < 3 * LEAST:
        return _squeeze(max(0, height))
    room = height - _floor(height, upcoming, opened=opened)
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


def settle(
    before: Heights | None, height: int, overdue: int, today: int, upcoming: int, *, opened: bool = False
) -> Heights:
    """The lines of each pane, given those that they have now: as few titles as can be move.

    Rows that went leave their line blank, so that nothing jumps under the eye. Only where Overdue or Today lacks
    lines that `share` would give it, they are taken: from blank ones next to it, else from Upcoming.
    """
    ideal = share(height, overdue, today, upcoming, opened=opened)
    if before is None or sum(before) != height or height < 3 * LEAST:
        return ideal
    first, second, third = before
    lacking = min(overdue, ideal[0]) - first
    if lacking > 0:
        blank = min(lacking, max(0, second - max(today, LEAST)))
        first, second, third = first + lacking, second - blank, third - (lacking - blank)
    lacking = min(today, ideal[1]) - second
    if lacking > 0:
        spare = max(0, third - _floor(height, upcoming, opened=opened))
        blank = min(max(0, lacking - spare), max(0, first - max(overdue, LEAST)))
        first, second, third = first - blank, second + lacking, third - (lacking - blank)
    return (first, second, third) if third >= _floor(height, upcoming, opened=opened) else ideal


def _floor(height: int, upcoming: int, *, opened: bool) -> int:
    """The lines that Upcoming keeps."""
    least = _KEPT if height >= 3 * _KEPT else LEAST
    if opened:
        least = max(least, min(height // 2, height - 2 * least))
    return max(LEAST, min(upcoming, least))


def _squeeze(height: int) -> Heights:
    """Fewer than nine lines: as even as can be, the odd ones to Overdue, then Today."""
    each, odd = divmod(height, 3)
    return each + (odd > 0), each + (odd > 1), each

"""Who of the three panes gets how many lines. Two rules: Overdue and Today fill before Upcoming; and what stands on the
screen stays where it is, until a pane really needs the lines.

All three are on the screen at 80×15 too: no pane falls below three lines (its title and two rows) while the
screen has nine for them. What two panes want and can't both have is shared evenly.
"""

from __future__ import annotations

from typing import NamedTuple

LEAST = 3
"""Lines of a pane, its title among them, as long as the screen has that many for each."""
_KEPT = 4
"""A pane that is cut keeps two rows beside its title and its "3 more ↓"."""

Heights = tuple[int, int, int]


class Stand(NamedTuple):
    """How the panes stand on the screen."""

    heights: Heights
    most: Heights
    """The most lines that each has needed since they were shared anew: a row that an undo brings back is no growth."""


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


def settle(before: Stand | None, height: int, needs: Heights, *, opened: bool = False) -> Stand:
    """How the panes stand now, given how they stood and what they need: as few titles as can be move.

    Rows that went leave their line blank, so that nothing jumps under the eye, and no other pane takes it at once.
    Only where Overdue or Today has grown are lines moved that `share` would give it: blank ones of the pane next to
    it, else those of Upcoming.
    """
    ideal = share(height, *needs, opened=opened)
    if before is None or sum(before.heights) != height or height < 3 * LEAST:
        return Stand(ideal, needs)
    (first, second, third), most = before
    least = min(third, _floor(height, needs[2], opened=opened))
    lacking = min(needs[0], ideal[0], first + needs[0] - most[0]) - first
    if lacking > 0:
        blank = min(lacking, max(0, second - max(needs[1], LEAST)))
        first, second, third = first + lacking, second - blank, third - (lacking - blank)
    lacking = min(needs[1], ideal[1], second + needs[1] - most[1]) - second
    if lacking > 0:
        blank = min(max(0, lacking - max(0, third - least)), max(0, first - max(needs[0], LEAST)))
        first, second, third = first - blank, second + lacking, third - (lacking - blank)
    if third < least:
        return Stand(ideal, needs)
    overdue, today, upcoming = (max(pair) for pair in zip(most, needs, strict=True))
    return Stand((first, second, third), (overdue, today, upcoming))


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

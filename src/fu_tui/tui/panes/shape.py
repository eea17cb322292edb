"""What the desk shows on a screen of a given size. One rule: pure; what is least needed gives way first.

Narrow: the card, then channel and steps, then the three panes become one list. Low: the line of the load, then that of
what `n` does, then the three panes. The header and the footer stay: they say whose queue it is, and what just happened.
"""

from __future__ import annotations

from typing import NamedTuple

CARD_FROM = 110
"""Columns from which the card stands beside the panes."""
BESIDE_FROM = 76
"""Columns from which a card that is asked for leaves room for the panes; on fewer it takes their place."""
WIDE_FROM = 140
WIDEST_FROM = 160
"""Columns from which the card has more of them."""
LIST_BELOW = 50
"""Columns below which there is one list: a telephone."""
_LEAST_WIDTH, _LEAST_HEIGHT = 20, 4
_BARS = 2
"""Lines of the header and the footer."""
_PANES = 9
"""Lines from which three panes have three each."""
_LIST_AND_HINT = 12
"""Lines of the screen from which the one list leaves two for the task under the cursor."""


class Shape(NamedTuple):
    """What is shown, and how."""

    tiny: bool = False
    """Too small for anything: the first line says what is needed."""
    one_list: bool = False
    card: bool = False
    """The card is shown."""
    full: bool = False
    """It takes the panes' place."""
    wide: bool = False
    widest: bool = False
    """It has more columns than usual."""
    no_hint: bool = False
    """There is no line for what `n` does."""
    load: bool = False
    """There is a line for how full the days are, under what `n` does."""

    @property
    def card_width(self) -> int:
        """Columns of the card beside the panes; desk.tcss says the same."""
        return 56 if self.widest else 48 if self.wide else 40


def shape(
    width: int, height: int, card: bool | None, *, by_itself: bool = True, walking: bool = False,
    load: bool = False,
) -> Shape:  # fmt: skip
    """What a screen of `width` by `height` shows.

    card: whether `i` chose it, None where the width decides; by_itself: whether it is shown where there is room.
    walking: the card alone, one task after the other. load: whether the days' load is wanted; the card has it itself.
    """
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        return Shape(tiny=True)
    one_list = width < LIST_BELOW or height < _PANES + _BARS
    shown = walking or (has_room(width, by_itself=by_itself) if card is None else card)
    lines = _LIST_AND_HINT if one_list else _PANES + _BARS + 1
    return Shape(
        one_list=one_list, card=shown, full=shown and (walking or width < BESIDE_FROM),
        wide=width >= WIDE_FROM, widest=width >= WIDEST_FROM, no_hint=height < lines,
        load=load and not shown and height > lines,
    )  # fmt: skip


def has_room(width: int, *, by_itself: bool) -> bool:
    """Whether the card is shown where nobody chose."""
    return by_itself and width >= CARD_FROM


def needed() -> str:
    """What a screen that is too small says."""
    return f"{_LEAST_WIDTH}×{_LEAST_HEIGHT} please"

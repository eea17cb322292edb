"""How wide each column of a row is. One rule: the columns and the blanks between them fill the width exactly.

The action is the row: beside the card on a 120-column screen it has 44 cells. What a wider screen adds goes to the
contact, to longer words for channel and owner, to the action, and past that to the contact again, so that the eye has
no desert to cross. On a narrower one the contact gives way first, then channel and steps, never the action.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

GUTTER = 3
"""The cursor's bar, the mark or priority, and a blank that the two share."""
DUE = 8
"""Fits "12d late", "Wed 25", "11:00"."""
_ACTION = 44
_ACTION_WIDE = 72
_CONTACT = 13
_CONTACT_LEAST = 10
_CONTACT_ALONE = 12
"""Where it is all that stands beside the action."""
_CONTACT_WIDE = 30
_CHANNEL = 4
_CHANNEL_WIDE = 8
_STEPS = 3
_OWNER = 8
_OWNER_WIDE = 18
_ROOM_FOR_CHANNEL = 52
_ROOM_FOR_CONTACT = 36
_ROOM_FOR_CONTACT_ALONE = 42
"""Cells beside Due from which there is room for them."""


class Columns(NamedTuple):
    """Widths in cells; 0 leaves a column out, with the blank before it."""

    due: int
    action: int
    contact: int
    owner: int
    channel: int
    steps: int
    margin: int
    """Blank cells at the right end."""


@lru_cache(maxsize=64)
def columns(width: int, show_owner: bool) -> Columns:
    """The columns of a row `width` cells wide, `show_owner` outside one's own queue."""
    if width < 24:
        return Columns(0, max(0, width - GUTTER), 0, 0, 0, 0, 0)
    margin = 1
    room = width - GUTTER - DUE - 1 - margin
    steps = channel = owner = contact = 0
    if room >= _ROOM_FOR_CHANNEL:
        steps, channel = _STEPS, _CHANNEL
        room -= steps + channel + 2
    if show_owner and room >= 30:
        owner = _OWNER
        room -= owner + 1
    if room >= (_ROOM_FOR_CONTACT if channel else _ROOM_FOR_CONTACT_ALONE):
        least = _CONTACT_LEAST if channel else _CONTACT_ALONE
        contact = min(_CONTACT, max(least, room - 1 - _ACTION))
        room -= contact + 1
    action = min(room, _ACTION)
    spare = room - action
    if contact:
        more = min(spare, _CONTACT_WIDE - contact)
        contact, spare = contact + more, spare - more
    # Longer words only when they fit whole; until then the contact has their cells, so that the action never shrinks.
    for_channel = min(spare, _CHANNEL_WIDE - channel) if channel else 0
    for_owner = min(spare - for_channel, _OWNER_WIDE - owner) if owner else 0
    spare -= for_channel + for_owner
    if for_channel == _CHANNEL_WIDE - channel:
        channel, for_channel = _CHANNEL_WIDE, 0
    if for_owner == _OWNER_WIDE - owner:
        owner, for_owner = _OWNER_WIDE, 0
    contact += for_channel + for_owner
    more = min(spare, _ACTION_WIDE - action)
    return Columns(DUE, action + more, contact + spare - more, owner, channel, steps, margin)

"""What a line of history was, in a word or two. One rule: the screen and the command line say the same."""

from __future__ import annotations

from fu_tui.core.terms import Channel, Direction


def touch_words(channel: Channel | None, direction: Direction | None, name: str = "") -> str:
    """ "mail out", "call in", "met", "note"; "reply" for what they said over a channel that is not known.

    name: the channel in fewer letters, where there is little room. What reached nobody has no direction.
    """
    if channel is None:
        return "reply" if direction is Direction.IN else "note"
    if direction is None or direction is Direction.INTERNAL:
        return channel.value
    return "met" if channel is Channel.MEETING else f"{name or channel.value} {direction.value}"

"""What can have happened with a contact, as the log takes it (R159, R160). One rule: every fact about a kind of entry
stands in its row: its letter, its channel, whether it counts as a touch, and the event that triggers hear."""

from __future__ import annotations

from typing import NamedTuple

from fu_tui.core.errors import UsageError
from fu_tui.core.terms import Channel, Direction, ReplyClass
from fu_tui.core.terms_automation import TriggerEvent

INQUIRY_HOURS = 4
"""Working hours in which an inquiry is answered (R95)."""


class Happening(NamedTuple):
    """One kind of entry."""

    code: str
    key: str
    """Its letter on the screen."""
    label: str
    """After "Logged ": "the call"."""
    channel: Channel | None
    """Of an inquiry only unless another is told."""
    direction: Direction
    reply: ReplyClass | None = None
    event: TriggerEvent | None = None
    wants_words: bool = False
    """Whether it says nothing without a line of text."""


TABLE: tuple[Happening, ...] = (
    Happening("call", "c", "the call", Channel.CALL, Direction.OUT),
    Happening(
        "mail", "m", "the mail", Channel.MAIL, Direction.OUT, ReplyClass.NONE, TriggerEvent.MAIL_UNANSWERED
    ),
    Happening("text", "t", "the text message", Channel.TEXT, Direction.OUT, ReplyClass.NONE),
    Happening("linkedin", "k", "the message on LinkedIn", Channel.LINKEDIN, Direction.OUT, ReplyClass.NONE),
    Happening(
        "meeting", "h", "the meeting", Channel.MEETING, Direction.IN, ReplyClass.SUBSTANTIVE,
        TriggerEvent.MEETING_HELD,
    ),
    Happening("reply", "r", "the reply", None, Direction.IN, ReplyClass.SUBSTANTIVE),
    Happening("inquiry", "i", "the inquiry", Channel.MAIL, Direction.IN, ReplyClass.SUBSTANTIVE, TriggerEvent.INQUIRY),
    Happening(
        "proposal", "p", "the proposal", Channel.MAIL, Direction.OUT, ReplyClass.NONE, TriggerEvent.PROPOSAL_SENT
    ),
    Happening("delivery", "d", "the delivery", None, Direction.INTERNAL, None, TriggerEvent.DELIVERED),
    Happening("note", "n", "the note", None, Direction.INTERNAL, wants_words=True),
)  # fmt: skip
ANY_CHANNEL = ("reply", "inquiry")
"""What may have come by any channel."""
BY_CODE: dict[str, Happening] = {row.code: row for row in TABLE}


def happening(code: str) -> Happening:
    """The row of `code`. Raises UsageError naming what there is."""
    row = BY_CODE.get(code.strip().lower())
    if row is None:
        raise UsageError(f'There is no "{code}" to log.', f"Use one of: {', '.join(BY_CODE)}.")
    return row

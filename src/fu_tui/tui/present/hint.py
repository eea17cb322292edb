"""The line under the panes that says what `n` would do, where there is no card to say it."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.core import outcomes
from fu_tui.core.outcomes import subject
from fu_tui.core.terms import TaskKind
from fu_tui.queries.rows import Card, QueueRow
from fu_tui.tui.present.cells import clip, fit
from fu_tui.tui.present.row import Span
from fu_tui.tui.present.words import link_words

SHORT_LEAD = "→ "
NO_BREAK = "\u00a0"
"""What holds the words of a day together."""


class CloseKeys(NamedTuple):
    """The keys that close, as people press them; empty where one is unbound."""

    no_reply: str = "n"
    replied: str = "r"


DEFAULT_KEYS = CloseKeys()


def hint_spans(card: Card | None, width: int, key: str = "n") -> list[Span]:
    """`n done, no reply → Call: open questions, Fri 27 Nov`, exactly `width` cells; blank without a task."""
    if card is None or width < 4:
        return [(" " * width, "dim")]
    asked = card.row.kind is TaskKind.DECIDE
    lead = clip(f" {key} ", width)
    room = width - len(lead)
    return [(lead, "dim" if asked else "accent"), (fit(_then(card, room), room), "dim")]


def done_words(row: QueueRow) -> str:
    """What `n` says of a task."""
    return outcomes.done_words(subject(row.kind, row.channel, row.contact_id, row.deal_id))


def _then(card: Card, room: int) -> str:
    """What `n` does in `room` cells: where they are few, the day stays and the words before it are cut."""
    lead, after = f"{done_words(card.row)} {SHORT_LEAD}", card.after_no_reply
    if cell_len(lead + after) <= room:
        return lead + after
    words, comma, day = after.rpartition(", ")
    least = SHORT_LEAD + clip(words, max(0, room - cell_len(SHORT_LEAD + comma + day))) + comma + day
    return least if comma and NO_BREAK in day else SHORT_LEAD + after


def who_spans(card: Card | None, width: int, *, show_owner: bool = False) -> list[Span]:
    """` Dana Reed · Isdom · call`, exactly `width` cells; blank without a task. show_owner: whose it is goes first."""
    if card is None:
        return [(" " * width, "dim")]
    who, account = link_words(card.row)
    channel = card.row.channel.value if card.row.channel else ""
    rest = "".join(f" · {clip(part, width)}" for part in (account, channel) if part)
    owner = f"{clip(card.row.owner, width // 2)}: " if show_owner else ""
    who = clip(f" {owner}{clip(who, width)}", width)
    return [(who, "text"), (fit(rest, width - cell_len(who)), "dim")]

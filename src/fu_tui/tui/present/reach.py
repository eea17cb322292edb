"""How to reach a person: their numbers and addresses, the best first. One rule: one order for the card, the copy and
the mail, so that the first thing read is the first thing taken."""

from __future__ import annotations

from typing import NamedTuple

from fu_tui.core.terms import Channel
from fu_tui.queries.rows import Card

_BY_PHONE = frozenset({Channel.CALL, Channel.TEXT})
PREFERRED = "preferred"


class Way(NamedTuple):
    """One number or address."""

    channel: Channel
    """CALL for a number, MAIL for an address."""
    text: str
    note: str = ""
    """`preferred`, or what the contact does not want."""


def ways(card: Card) -> tuple[Way, ...]:
    """Every way that is known, the preferred one first, then that of this step; what was opted out of goes last."""
    found = [Way(Channel.CALL, text, _note(card, _BY_PHONE)) for text in card.phones]
    found += [Way(Channel.MAIL, text, _note(card, frozenset({Channel.MAIL}))) for text in card.emails]
    return tuple(sorted(found, key=lambda way: _rank(card, way)))


def missing(card: Card) -> str:
    """What this step needs and nobody wrote down; empty where nothing is missing."""
    if card.row.contact is None:
        return ""
    if card.row.channel in _BY_PHONE and not card.phones:
        return "no phone number known"
    return "no e-mail address known" if card.row.channel is Channel.MAIL and not card.emails else ""


def prefers(card: Card) -> str:
    """A preferred channel that has neither number nor address."""
    return f"prefers {card.preferred}" if card.preferred in (Channel.LINKEDIN, Channel.MEETING) else ""


def _channels(way: Way) -> frozenset[Channel]:
    return _BY_PHONE if way.channel is Channel.CALL else frozenset({Channel.MAIL})


def _note(card: Card, channels: frozenset[Channel]) -> str:
    shut = channels & card.opted_out
    if shut == channels:
        return "opted out"
    if shut:
        return "no calls" if Channel.CALL in shut else "no texts"
    return PREFERRED if card.preferred in channels else ""


def _rank(card: Card, way: Way) -> int:
    channels = _channels(way)
    if channels <= card.opted_out:
        return 3
    return 0 if card.preferred in channels else 1 if card.row.channel in channels else 2

"""A proposed next step as the line that a capture starts with. One rule: what the line means is what was proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.core.capture_words import QUOTES

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import NextStepProposed


def proposed_line(desk: Desk, proposal: NextStepProposed) -> str:
    """`Answer Ana @"Ana Ruiz" #"GTX Plus · Betatech" 2026-11-27 `.

    It ends with a blank, so that what is typed on stands apart; without an action it begins with one.
    """
    words = [proposal.action]
    if proposal.contact_id is not None:
        words.append("@" + reference(desk, "contact", proposal.contact_id, proposal.contact))
    if proposal.deal_id is not None:
        words.append("#" + reference(desk, "link", proposal.deal_id, proposal.deal))
    if proposal.due_on:
        words.append(proposal.due_on.isoformat())
    return " ".join([*words, ""])


def reference(desk: Desk, kind: str, record_id: int, name: str) -> str:
    """A record's name, or its number where the name is not its own or can't stand in quotes."""
    same = [found for found in desk.suggest(kind, name) if found.name.casefold() == name.casefold()]
    if len(same) != 1 or any(quote in name for quote in QUOTES):
        return str(record_id)
    return f'"{name}"'

"""A proposed next step as the line that a capture starts with. One rule: what the line means is what was proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.core.capture_keep import keep
from fu_tui.core.dates_words import exact_day
from fu_tui.tui.modals.capture_line import mark
from fu_tui.tui.screens.understanding import named

if TYPE_CHECKING:
    from datetime import date

    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import NextStepProposed


def proposed_line(desk: Desk, proposal: NextStepProposed, today: date) -> str:
    """`Answer Ana @"Ana Ruiz" #"GTX Plus · Betatech" fri 27 nov `.

    It ends with a blank, so that what is typed on stands apart; without an action it begins with one. An account stands
    in it where it is the only link.
    """
    words = [keep(proposal.action)]
    if proposal.contact_id is not None:
        words.append(mark("@", named(desk, "contact", proposal.contact_id, proposal.contact)))
    if proposal.deal_id is not None:
        words.append(mark("#", named(desk, "link", proposal.deal_id, proposal.deal)))
    if proposal.account and proposal.account_id is not None:
        words.append(mark("@", named(desk, "account", proposal.account_id, proposal.account)))
    if proposal.due_on:
        words.append(exact_day(proposal.due_on, today=today).lower())
    return " ".join([words[0], *filter(None, words[1:]), ""])

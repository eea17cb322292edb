"""What is proposed after a reply obeys the wording rules, and says more than "Answer X" where more is known."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.lint import MAX_WORDS, check
from fu_tui.core.proposing import Reply, proposed_action
from fu_tui.core.terms import CadenceKind, Channel

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("reply", "action"),
    [
        (Reply("Ana Ruiz", "Wants twelve seats."), "Answer Ana Ruiz: wants twelve seats"),
        (Reply("Ana Ruiz", "Asks for net 60. Also the DPA."), "Answer Ana Ruiz: asks for net 60"),
        (Reply("Ana Ruiz", "NDA is missing"), "Answer Ana Ruiz: NDA is missing"),
        (Reply("Ana Ruiz", action="Call Ana about the seats"), "Answer Ana Ruiz about the seats"),
        (Reply("Ana Ruiz", cadence=CadenceKind.OUTREACH), "Offer Ana Ruiz two times to talk"),
        (Reply("Ana Ruiz", cadence=CadenceKind.PROPOSAL), "Answer Ana Ruiz on the proposal"),
        (Reply("Ana Ruiz", cadence=CadenceKind.PROPOSAL, channel=Channel.CALL),
         "Send Ana Ruiz what you agreed by phone"),
        (Reply("Ana Ruiz", stage="Negotiation"), "Settle the open point with Ana Ruiz"),
        (Reply("Ana Ruiz", stage="Piloting", deal="GTX Plus · Betatech"), "Answer Ana Ruiz about GTX Plus"),
        (Reply("Ana Ruiz"), "Answer Ana Ruiz"),
        (Reply(""), "Answer them"),
    ],
)  # fmt: skip
def test_the_best_that_is_known_is_said(reply: Reply, action: str) -> None:
    assert proposed_action(reply, TODAY) == action


@pytest.mark.parametrize(
    "words",
    [
        "wants a call on friday", "send the quote and call the lawyer", "ask @ben", "#gtx is too dear", "is it dear?",
        "they would like to see what the whole thing costs with support for three years", "!high", "   ", "“”",
    ],
)  # fmt: skip
def test_words_that_a_line_would_read_otherwise_are_left_out(words: str) -> None:
    action = proposed_action(Reply("Ana Ruiz", words, stage="Proposal sent"), TODAY)
    assert action == "Answer Ana Ruiz on the proposal"


@pytest.mark.parametrize("kind", CadenceKind)
def test_every_wording_obeys_the_rules(kind: CadenceKind) -> None:
    for reply in (Reply("Ana Ruiz", cadence=kind), Reply("Ana Ruiz", cadence=kind, channel=Channel.CALL)):
        action = proposed_action(reply, TODAY)
        assert action != "Answer Ana Ruiz"
        assert (check(action).refused, check(action).hints, len(action.split()) <= MAX_WORDS) == (
            "",
            (),
            True,
        )

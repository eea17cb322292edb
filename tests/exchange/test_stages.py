"""Words for stages find the shipped stages, or become stages of their own."""

from __future__ import annotations

import pytest

from fu_tui.core.terms import StageKind
from fu_tui.exchange.cells import BadCell
from fu_tui.exchange.stages import Stages


@pytest.mark.parametrize(
    ("word", "name", "kind"),
    [
        ("New Lead", "New lead", StageKind.OPEN),
        ("qualified", "Qualified", StageKind.OPEN),
        ("Proposal Sent", "Proposal sent", StageKind.OPEN),
        ("Proposal/Price Quote", "Proposal sent", StageKind.OPEN),
        ("Negotiation/Review", "Negotiation", StageKind.OPEN),
        ("Closed Won", "Won", StageKind.WON),
        ("closedwon", "Won", StageKind.WON),
        ("closedlost", "Lost", StageKind.LOST),
        ("Closed - Lost", "Lost", StageKind.LOST),
        ("Disqualified", "Disqualified", StageKind.LOST),
        ("Lost to competitor", "Lost to competitor", StageKind.LOST),
        ("Closed - Not Converted", "Closed - Not Converted", StageKind.LOST),
        ("Closed - Converted", "Closed - Converted", StageKind.WON),
        ("On Hold", "On Hold", StageKind.OPEN),
        ("Re-engagement", "Re-engagement", StageKind.OPEN),
        ("Wonderful", "Wonderful", StageKind.OPEN),
        ("契約", "契約", StageKind.OPEN),
        ("★", "★", StageKind.OPEN),
    ],
)
def test_words(word: str, name: str, kind: StageKind) -> None:
    assert Stages().read(word)[:2] == (name, kind)


def test_the_order_goes_from_first_contact_to_lost() -> None:
    stages = Stages()
    words = ("Lost", "Pilot", "Disqualified", "On Hold", "Negotiation", "Won", "Prospecting", "Security review",
             "Qualified", "New Lead", "Engaging")  # fmt: skip
    deals = {stages.read(word)[0]: 1 for word in words}
    assert [stage.name for stage in stages.records(deals)] == [
        "Prospecting", "New lead", "Engaging", "Qualified", "Negotiation", "Pilot", "Security review", "On Hold",
        "Won", "Lost", "Disqualified",
    ]  # fmt: skip


def test_spellings_of_one_stage_are_one_and_stages_without_deals_are_none() -> None:
    stages = Stages()
    for word in ("Pilot", "pilot", "Closed Won", "won", "Dropped"):
        stages.read(word)
    found = stages.records({"Pilot": 3, "Won": 2})
    assert [(stage.name, stage.words, stage.deals) for stage in found] == [
        ("Pilot", ("Pilot", "pilot"), 3),
        ("Won", ("Closed Won", "won"), 2),
    ]


@pytest.mark.parametrize(("word", "reason"), [("", "no stage"), ("Closed", "says neither won nor lost")])
def test_what_is_no_stage_says_why(word: str, reason: str) -> None:
    with pytest.raises(BadCell, match=reason):
        Stages().read(word)

"""A narrow line says what comes next before it says anything else."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.events import (
    Enrolled,
    EnrollmentEnded,
    Event,
    FollowUpSpawned,
    ReplyLogged,
    TaskAdded,
    TasksMoot,
)
from fu_tui.core.events_life import (
    CadenceReplaced,
    CadenceResumed,
    DealMoved,
    Migrated,
    NotMigrated,
    StepSkipped,
)
from fu_tui.core.say import say_all, say_short
from fu_tui.core.terms import EndReason

TODAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
BEGUN = Enrolled(2, "Onboarding", "Ana Ruiz · GTX Plus", 9, "Ask how it goes", FRIDAY, None, 1)
ANSWER = TaskAdded(9, "Answer Ana", FRIDAY, None, 1, "Dana")
ENDED = EnrollmentEnded(1, "Proposal", EndReason.DEAL_WON)


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (
            (ReplyLogged(4, "Ana Ruiz", 2), ENDED, TasksMoot((3,)), ANSWER),
            "Ana Ruiz replied → Fri 27 Nov: Answer Ana",
        ),
        ((DealMoved(1, "GTX Plus", "Won", False, ()), ENDED, BEGUN), "GTX Plus: Won → Fri 27 Nov: Ask how it goes"),
        ((CadenceReplaced(1, "Proposal", "Ana", (3,)), BEGUN), "Proposal is replaced → Fri 27 Nov: Ask how it goes"),
        (
            (CadenceResumed(1, "Proposal", "Ana Ruiz · GTX Plus", 3, "Send it", FRIDAY),),
            "Proposal goes on → Fri 27 Nov: Send it",
        ),
        (
            (StepSkipped(3, "Send it"), FollowUpSpawned(4, "Call Ana", FRIDAY, None, 1, 3)),
            "skipped → Fri 27 Nov: Call Ana",
        ),
        ((DealMoved(1, "GTX Plus", "Qualified", False, ()),), "GTX Plus: Qualified"),
    ],
)  # fmt: skip
def test_it_says_what_was_done_and_what_comes_next(events: tuple[Event, ...], told: str) -> None:
    assert say_short(events, today=TODAY, tz="UTC") == told


def test_many_who_come_along_are_counted() -> None:
    came = [Migrated(n, "Proposal", 2, f"Ana {n}", n, "Send it", FRIDAY) for n in (1, 2)]
    assert say_all(came, today=TODAY) == "2 conversations: Proposal version 2"
    some = [*came, NotMigrated(3, "Ben", "version 2 has no step 6")]
    assert say_all(some, today=TODAY) == "2 conversations: Proposal version 2, 1 stays as it was"

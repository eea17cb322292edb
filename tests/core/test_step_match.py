"""Which step of a newer version is which: by what it says and why, then by where it stands."""

from __future__ import annotations

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.step_match import same_steps, standing_at
from fu_tui.core.terms import Anchor, CadenceKind, Channel, StepKind


def plan(*steps: tuple[str, str, int] | str) -> CadencePlan:
    """Steps as (action, purpose, day), all by mail; a text alone is a decision."""
    made = [
        Step(no, 30, step, "The owner decides", StepKind.DECIDE)
        if isinstance(step, str)
        else Step(no, step[2], step[0], step[1], channel=Channel.MAIL)
        for no, step in enumerate(steps, start=1)
    ]
    return CadencePlan("own", "Own", CadenceKind.DEAL, Anchor.COMPLETION, tuple(made))


A, B, C = ("a", "for a", 0), ("b", "for b", 3), ("c", "for c", 7)


def test_steps_are_known_by_action_then_purpose_then_place() -> None:
    new = plan(("x", "for x", 1), ("other words", "for b", 9), ("a", "another reason", 5), ("d", "for d", 7))
    assert same_steps(plan(A, B, C), new) == {1: 3, 2: 2, 3: 4}


def test_alike_steps_are_paired_in_their_order() -> None:
    again = ("again", "for a", 3)
    assert same_steps(plan(again, again, C), plan(again, B, again)) == {1: 1, 2: 3}


def test_a_decision_is_the_decision() -> None:
    new = plan(A, B, C, "Ask the owner")
    assert same_steps(plan(A, "Decide how to go on"), new) == {1: 1, 2: 4}


def test_a_dropped_step_stands_at_the_first_that_was_not_done() -> None:
    old = plan(A, B, C)
    assert standing_at(old, plan(A, C), 2) == 2
    assert standing_at(old, plan(B, ("x", "for x", 1), A), 3) == 2
    assert standing_at(old, plan(A, B), 3) is None
    assert standing_at(old, plan(A, B), 4) == 3

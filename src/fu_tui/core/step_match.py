"""Which step of a cadence's newer version is which of the older one. One rule: a step is known by what it says and
why, not by its number, so that a step put in before it sends nobody back to what they have done."""

from __future__ import annotations

from collections.abc import Callable

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.terms import StepKind

_SAME: tuple[Callable[[Step], object], ...] = (
    lambda step: (step.kind, step.action, step.purpose),
    lambda step: (step.kind, step.action),
    lambda step: step.purpose,
    lambda step: (step.kind, step.channel, step.offset_months, step.offset_days),
    lambda step: step.kind if step.kind is StepKind.DECIDE else None,
)
"""What makes two steps the same one, the surest first; None is nobody's mark."""


def same_steps(old: CadencePlan, new: CadencePlan) -> dict[int, int]:
    """The number in `old` → that in `new`, of every step that is in both; alike ones are paired in their order."""
    paired: dict[int, int] = {}
    for mark in _SAME:
        for step in old.steps:
            wanted = mark(step) if step.no not in paired else None
            if wanted is None:
                continue
            taken = set(paired.values())
            twins = (each.no for each in new.steps if each.no not in taken and mark(each) == wanted)
            found = next(twins, None)
            if found is not None:
                paired[step.no] = found
    return paired


def standing_at(old: CadencePlan, new: CadencePlan, no: int) -> int | None:
    """The number that step `no` of `old` has in `new`; None where it was dropped and nothing is left after it.

    Of a dropped one it is the first after what came before it that was not done already. Beyond the last step (the
    question that a plan without one of its own ends with) it is beyond the last step still.
    """
    if no > len(old.steps):
        return len(new.steps) + 1
    paired = same_steps(old, new)
    if no in paired:
        return paired[no]
    done = {paired[each] for each in range(1, no) if each in paired}
    before = next((paired[each] for each in range(no - 1, 0, -1) if each in paired), 0)
    return next((each for each in range(before + 1, len(new.steps) + 1) if each not in done), None)

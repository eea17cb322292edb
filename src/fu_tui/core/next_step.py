"""What follows a closed cadence step: pure, in the open. One rule: always exactly one answer (R99, R110)."""

from __future__ import annotations

from dataclasses import dataclass

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.terms import Channel, OnExhaust, StepKind

DECIDE_ACTION = "Decide how to go on"
RETRY_DAYS = 3
"""Days until the next try of a task that no cadence carries (R125)."""
RETRY_PROPOSAL_DAYS = 5
"""... where a proposal lies with the contact (R126)."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Spawn this step."""

    step: Step
    skipped: tuple[Step, ...] = ()
    """Steps passed over, as the contact opted out of their channel."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Spawn a decide task; `step_no` is its place in the plan, beyond the last step where the plan has none."""

    step_no: int
    action: str
    why: str


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Nothing is left to do: the enrollment ends the way the plan says."""

    how: OnExhaust


Next = Continue | Ask | Exhausted


def reachable(
    plan: CadencePlan, step: Step | None, shut: frozenset[Channel]
) -> tuple[Step | None, tuple[Step, ...]]:
    """`step`, or the next one over a channel that is open to the contact; and those passed over on the way (R111)."""
    skipped: list[Step] = []
    while step is not None and step.kind is StepKind.TOUCH and step.channel in shut:
        skipped.append(step)
        step = plan.step(step.no + 1)
    return step, tuple(skipped)


def next_step(
    plan: CadencePlan, step_no: int, unanswered: int, shut: frozenset[Channel] = frozenset()
) -> Next:
    """What follows step `step_no` (from 1) when it was closed and the cadence goes on.

    unanswered: touches to the contact since the last reply, this one included. At the plan's maximum the owner
    is asked, whatever steps are left (R100, R103). shut: the channels the contact opted out of.
    """
    closed = plan.step(step_no)
    if closed and closed.repeats:
        following: Step | None = closed
    else:
        following = plan.step(step_no + 1)
    following, skipped = reachable(plan, following, shut)
    if following and (following.kind is StepKind.DECIDE or unanswered < plan.max_unanswered):
        return Continue(following, skipped)
    if plan.on_exhaust is not OnExhaust.ASK and not (following and plan.on_exhaust is OnExhaust.COMPLETE):
        return Exhausted(plan.on_exhaust)
    why = f"{unanswered} touches without a reply" if following else "every step is done"
    own = next((step for step in plan.steps[step_no:] if step.kind is StepKind.DECIDE), None)
    if own:
        return Ask(own.no, own.action, why)
    return Ask(len(plan.steps) + 1, DECIDE_ACTION, why)


def extension(
    plan: CadencePlan, last_touch_no: int, shut: frozenset[Channel] = frozenset()
) -> tuple[Step, int]:
    """The touch that an extension adds after the last one made, and its gap in days.

    The plan's next touch where one is left, else the last one again after the wait it had before. shut: the channels
    the contact opted out of; raises IndexError where no other is left.
    """
    touches = [step for step in plan.steps if step.kind is StepKind.TOUCH and step.channel not in shut]
    ahead = [step for step in touches if step.no > last_touch_no]
    if ahead:
        before = plan.step(last_touch_no)
        return ahead[0], max(1, ahead[0].offset_days - (before.offset_days if before else 0))
    last = touches[-1]
    before = touches[-2] if len(touches) > 1 else None
    return last, max(1, last.offset_days - (before.offset_days if before else 0)) if before else RETRY_DAYS


def retry_days(stage: str) -> int:
    """Days until the next try of a task without a cadence; longer where the deal's stage is a proposal."""
    return RETRY_PROPOSAL_DAYS if "proposal" in stage.casefold() else RETRY_DAYS

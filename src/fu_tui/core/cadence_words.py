"""A cadence in words: how its days are found, where a step stands, what is different. One rule: the screen and the
command line say the same."""

from __future__ import annotations

from collections.abc import Iterator

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.cadence_fields import HEADER, STEP
from fu_tui.core.terms import Anchor, Count, OnExhaust, Roll, StepKind
from fu_tui.core.trace import distance_text, later_text

AT_THE_END = {
    OnExhaust.NURTURE: "nurture begins",
    OnExhaust.CLOSE_FILE: "the file is closed",
    OnExhaust.COMPLETE: "it is complete, and the next step is asked",
}
REPEATS = "repeats until the stage changes"


def rules_of(plan: CadencePlan) -> list[str]:
    """How the days of a plan are found and where it ends, a sentence or three each."""
    counted = (
        "Each step counts from the day the one before was closed."
        if plan.anchor is Anchor.COMPLETION
        else "Each step counts from the plan's start; closing late moves the rest."
    )
    unit = " Only working days count." if plan.count is Count.BUSINESS else ""
    roll = {Roll.FORWARD: "moves to the next working day", Roll.BACKWARD: "moves to the working day before"}
    lands = f" A day off {roll[plan.roll]}." if plan.roll in roll else ""
    alone = ["Only one of its kind runs for a contact at a time."] if plan.exclusive else []
    stop = f"After {plan.max_unanswered} touches without a reply"
    end = AT_THE_END.get(plan.on_exhaust)
    stop += (
        f" you are asked how to go on; at the end {end}."
        if end
        else ", or at the end, you are asked how to go on."
    )
    return [counted + unit + lands, *alone, stop]


def distance_of(plan: CadencePlan, step: Step) -> str:
    """Where a step stands: "3 days after the start", "within 4 working hours", "on the first day".

    Where each step counts from the day the one before was closed, it is the distance from that: "4 days later".
    """
    if step.within_hours:
        return f"within {step.within_hours} working hours"
    unit = "working day" if plan.count is Count.BUSINESS else "day"
    gap = gap_of(plan, step)
    if gap:
        return later_text(*gap, unit)
    if not (step.offset_days or step.offset_months):
        return "on the first day"
    before = step.offset_days < 0 or step.offset_months < 0
    return distance_text(step.offset_months, step.offset_days, unit, "the end" if before else "the start")


def short_distance(plan: CadencePlan, step: Step) -> str:
    """Where a step stands, where there is little room: "at once", "in 3 d", "+ 4 d", "4 h"."""
    if step.within_hours:
        return f"{step.within_hours} h"
    gap = gap_of(plan, step)
    months, days = gap or (step.offset_months, step.offset_days)
    if not (months or days):
        return "same day" if gap else "at once"
    before = not gap and (months < 0 or days < 0)
    said = " ".join(f"{abs(n)} {unit}" for n, unit in ((months, "mo"), (days, "d")) if n)
    return f"{said} before" if before else f"{'+' if gap else 'in'} {said}"


def gap_of(plan: CadencePlan, step: Step) -> tuple[int, int] | None:
    """The months and days from the step before, where it is closed on its day; None where that is not what counts."""
    before = plan.step(step.no - 1)
    if plan.anchor is not Anchor.COMPLETION or before is None:
        return None
    months, days = step.offset_months - before.offset_months, step.offset_days - before.offset_days
    return (months, days) if months >= 0 and days >= 0 else None


def means_of(step: Step) -> str:
    """How a step is done: its channel, or that it is a decision; empty for work of one's own."""
    return step.channel.value if step.channel else "decide" if step.kind is StepKind.DECIDE else ""


def differences(old: CadencePlan, new: CadencePlan) -> tuple[str, ...]:
    """What `new` says otherwise than `old`, a line each; none where they say the same."""
    return tuple(_differences(old, new))


def _differences(old: CadencePlan, new: CadencePlan) -> Iterator[str]:
    for field in HEADER:
        was, now = (field.shown(getattr(plan, field.attribute)) for plan in (old, new))
        if was != now:
            yield f"{field.label}: {was} → {now}"
    for no in range(1, max(len(old.steps), len(new.steps)) + 1):
        before, after = old.step(no), new.step(no)
        if before is None and after is not None:
            yield f"step {no}: new, {distance_of(new, after)}: {after.action}"
        elif before is not None and after is None:
            yield f"step {no}: gone: {before.action}"
        elif before is not None and after is not None:
            for field in STEP:
                was, now = (field.shown(getattr(step, field.attribute)) for step in (before, after))
                if was != now:
                    yield f"step {no}, {field.label}: {was or 'none'} → {now or 'none'}"

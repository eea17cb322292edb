"""What a cadence must be before anybody runs on it. One rule: each refusal says where it is, why, and what to do.

A file that is imported, the editor of the desk and the verb that saves ask the same function.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count, pairwise
from typing import NamedTuple

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.lint import check
from fu_tui.core.terms import Anchor, CadenceKind, OnExhaust, Roll, StepKind

KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_KEY = 40
MOST_STEPS = 50
LEAST_TOUCHES = 4
"""Of an outreach before it gives up (R103)."""


class Remark(NamedTuple):
    """Something about one place of a cadence."""

    place: str
    """A field's name; "steps.2" or "steps.2.day" for a step; empty for the whole."""
    text: str

    @property
    def step(self) -> int:
        """The number of the step it is about; 0 for none."""
        parts = self.place.split(".")
        return int(parts[1]) if parts[0] == "steps" and len(parts) > 1 else 0

    def __str__(self) -> str:
        return f"Step {self.step}: {self.text}" if self.step else self.text


def problems(plan: CadencePlan) -> tuple[Remark, ...]:
    """Why a plan can't be saved; none where it can."""
    return (*_of_the_whole(plan), *(remark for step in plan.steps for remark in _of_a_step(plan, step)))


def hints(plan: CadencePlan) -> tuple[Remark, ...]:
    """What could be better, and is saved all the same."""
    return tuple(_hints(plan))


def why_no_key(key: str) -> str:
    """Why a cadence can't have this key; empty where it can."""
    if KEY.fullmatch(key) and len(key) <= LONGEST_KEY:
        return ""
    return f'"{key}" can\'t be a key: use small letters, digits and dashes, a letter first, such as "trial-users".'


def key_for(name: str, taken: Collection[str]) -> str:
    """A free key for a name: "Trial users" becomes trial-users, then trial-users-2."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-0123456789")[: LONGEST_KEY - 4].strip("-")
    key = words or "cadence"
    return next(free for n in count(1) if (free := key if n == 1 else f"{key}-{n}") not in taken)


def _of_the_whole(plan: CadencePlan) -> Iterator[Remark]:
    if why := why_no_key(plan.key):
        yield Remark("key", why)
    if not plan.name:
        yield Remark("name", "It has no name: say what people see.")
    if not any(step.kind is StepKind.TOUCH for step in plan.steps):
        yield Remark("steps", "Nothing is done in it: add a step that is a touch.")
    if len(plan.steps) > MOST_STEPS:
        yield Remark("steps", f"It has {len(plan.steps)} steps, and {MOST_STEPS} are the most: split it.")
    if plan.kind is CadenceKind.OUTREACH and not plan.exclusive:
        yield Remark(
            "exclusive",
            "Only one outreach runs for a contact at a time: say so (exclusive), or choose another kind.",
        )
    if plan.warn_at > plan.max_unanswered:
        yield Remark(
            "warn_at",
            f"The warning at {plan.warn_at} comes after the question at {plan.max_unanswered}: warn earlier.",
        )
    before = next((step for step in plan.steps if step.reach < 0), None)
    if before and plan.anchor is not Anchor.PLANNED:
        yield Remark(
            "anchor",
            f"Step {before.no} lies before the end it counts back from: let it count from what is planned (anchor).",
        )
    if before and plan.roll is Roll.FORWARD:
        yield Remark(
            "roll",
            f"Step {before.no} lies before an end and must not slip past it: roll backward, or none.",
        )
    yield from _order(plan)


def _order(plan: CadencePlan) -> Iterator[Remark]:
    for earlier, later in pairwise(plan.steps):
        if later.reach <= earlier.reach:
            yield Remark(
                f"steps.{later.no}.day",
                f"It is not after step {earlier.no}: a later step needs a later day.",
            )
        if earlier.kind is StepKind.DECIDE:
            yield Remark(f"steps.{earlier.no}.kind", "Only the last step may be a decision: move it there.")
        if earlier.repeats and later.kind is not StepKind.DECIDE:
            yield Remark(
                f"steps.{earlier.no}.repeats", f"It repeats, so step {later.no} would never come: remove one."
            )
    purposes: dict[str, int] = {}
    for step in plan.steps:
        first = purposes.setdefault(step.purpose.casefold(), step.no)
        if step.purpose and first != step.no:
            yield Remark(
                f"steps.{step.no}.purpose",
                f"It has the purpose of step {first}: say what this one brings them.",
            )


def _of_a_step(plan: CadencePlan, step: Step) -> Iterator[Remark]:
    place = f"steps.{step.no}"
    if refused := check(step.action).refused:
        yield Remark(f"{place}.action", refused)
    if not step.purpose:
        yield Remark(f"{place}.purpose", "It has no purpose: say why it is worth their time.")
    elif check(step.purpose).refused:
        yield Remark(
            f"{place}.purpose",
            f'"{step.purpose}" is no purpose: say what it brings them, such as "A result like theirs".',
        )
    if step.kind is StepKind.DECIDE and (step.channel or step.template):
        yield Remark(f"{place}.channel", "A decision is yours: it has no channel and no template.")
    if step.repeats and (step.kind is StepKind.DECIDE or step.reach <= 0):
        yield Remark(
            f"{place}.repeats", "Only a touch repeats, and it needs a distance of a day or more to itself."
        )
    if step.within_hours and (step.no > 1 or step.reach or step.kind is StepKind.DECIDE):
        yield Remark(
            f"{place}.within_hours",
            "Hours run from the start, so only a first step on day 0 has them: name a day instead.",
        )


def _hints(plan: CadencePlan) -> Iterator[Remark]:
    touches = sum(step.kind is StepKind.TOUCH for step in plan.steps)
    if plan.kind is CadenceKind.OUTREACH and touches < LEAST_TOUCHES:
        yield Remark(
            "steps", f"It gives up after {touches} touches: most answers come at the fourth or later."
        )
    if plan.on_exhaust is OnExhaust.COMPLETE and plan.steps and plan.steps[-1].kind is StepKind.DECIDE:
        yield Remark("on_exhaust", "Its last step asks how to go on, so it rarely is complete by itself.")
    for step in plan.steps:
        for hint in check(step.action).hints:
            better = f' Better: "{hint.better}".' if isinstance(hint.better, str) and hint.better else ""
            yield Remark(f"steps.{step.no}.action", f"{hint.text}{better}")

"""A cadence while it is edited: every change is a plan of its own, so undo is going back. One rule: nothing is checked
here; what is wrong is told by the rules, and a draft may be wrong until it is saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.cadence_fields import OF_HEADER, OF_STEP
from fu_tui.core.terms import StepKind

GAP = 3
"""Days from a step to one that is added behind it, where there is room for them."""


class CadenceDraft:
    """What a person makes of a plan."""

    def __init__(self, plan: CadencePlan, *, new: bool = False) -> None:
        """new: there is no cadence of this key yet."""
        self.plan = plan
        self.new = new
        self.origin = plan
        """What the changes began with; its `n` is the version they are based on."""
        self._past: list[CadencePlan] = []
        self._future: list[CadencePlan] = []

    @property
    def changed(self) -> bool:
        """Whether it says anything else than what it began with."""
        return self.new or self.plan != self.origin

    def value(self, name: str, step: int = 0) -> Any:
        """What a field says, of the cadence or of step number `step`."""
        home = self.plan.step(step) if step else self.plan
        return getattr(home, (OF_STEP if step else OF_HEADER)[name].attribute)

    def set(self, name: str, value: Any, step: int = 0) -> None:
        """Have a field say something else."""
        if not step:
            self._become(replace(self.plan, **{OF_HEADER[name].attribute: value}))
            return
        changed = replace(self.plan.steps[step - 1], **{OF_STEP[name].attribute: value})
        self._put([changed if each.no == step else each for each in self.plan.steps])

    def add(self, after: int) -> int:
        """Put a new, empty step behind step `after` (0: first), but never behind the decision. Returns its number."""
        steps = list(self.plan.steps)
        if steps and after == len(steps) and steps[-1].kind is StepKind.DECIDE:
            after -= 1
        before, behind = self.plan.step(after), self.plan.step(after + 1)
        day = before.offset_days + GAP if before else 0
        if (
            before
            and behind
            and behind.offset_days <= day
            and not (before.offset_months or behind.offset_months)
        ):
            day = max(before.offset_days + 1, (before.offset_days + behind.offset_days) // 2)
        new = Step(0, day, "", "", offset_months=before.offset_months if before else 0)
        self._put([*steps[:after], new, *steps[after:]])
        return after + 1

    def remove(self, no: int) -> None:
        """Take a step out."""
        self._put([step for step in self.plan.steps if step.no != no])

    def shift(self, no: int, days: int) -> None:
        """Move a step, and all that follow it, by so many days."""
        self._put(
            [
                replace(step, offset_days=step.offset_days + days) if step.no >= no else step
                for step in self.plan.steps
            ]
        )

    def swap(self, no: int, by: int) -> int:
        """Have a step and its neighbour change places; the days stay where they are. Returns its new number."""
        other = no + by
        here, there = self.plan.step(no), self.plan.step(other)
        if here is None or there is None:
            return no
        steps = list(self.plan.steps)
        steps[other - 1] = replace(here, offset_days=there.offset_days, offset_months=there.offset_months)
        steps[no - 1] = replace(there, offset_days=here.offset_days, offset_months=here.offset_months)
        self._put(steps)
        return other

    def undo(self) -> bool:
        """Back by one change; False where there is none."""
        return self._step_to(self._past, self._future)

    def redo(self) -> bool:
        """Forward again; False where nothing was undone."""
        return self._step_to(self._future, self._past)

    def _step_to(self, source: list[CadencePlan], other: list[CadencePlan]) -> bool:
        if not source:
            return False
        other.append(self.plan)
        self.plan = source.pop()
        return True

    def _put(self, steps: Sequence[Step]) -> None:
        self._become(
            replace(self.plan, steps=tuple(replace(step, no=no) for no, step in enumerate(steps, start=1)))
        )

    def _become(self, plan: CadencePlan) -> None:
        if plan != self.plan:
            self._past.append(self.plan)
            self._future.clear()
            self.plan = plan

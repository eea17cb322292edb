"""What a cadence is: steps with offsets and purposes, and the rules that date them. Plain values, no storage."""

from __future__ import annotations

from dataclasses import dataclass

from fu_tui.core.terms import Anchor, CadenceKind, Channel, Count, OnExhaust, Priority, Roll, StepKind


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `no` counts from 1."""

    no: int
    offset_days: int
    """Days from the plan's anchor: "Day 1" of a written cadence is 0, "Day N" is N (R88)."""
    action: str
    purpose: str
    """Why this touch is worth the contact's time (R93, R151)."""
    kind: StepKind = StepKind.TOUCH
    channel: Channel | None = None
    offset_months: int = 0
    """Months added before the days, clamped to the month's end."""
    within_hours: int | None = None
    """A promise in working hours from the anchor instant ("within 4 hours"); the step then has a due_at."""
    repeats: bool = False
    """The step follows itself until the stage changes."""
    priority: Priority = Priority.NORMAL
    window_days: int = 0
    """Working days of slack after the due day (0: none)."""
    template: str | None = None
    """The name of the template it is written with."""

    @property
    def reach(self) -> float:
        """How far from the start it stands, in days; a month counts as a twelfth of a year."""
        return self.offset_months * 365.25 / 12 + self.offset_days


@dataclass(frozen=True, slots=True)
class CadencePlan:
    """One version of a cadence. A running enrollment is pinned to its version."""

    key: str
    name: str
    kind: CadenceKind
    anchor: Anchor
    steps: tuple[Step, ...]
    exclusive: bool = False
    count: Count = Count.CALENDAR
    roll: Roll = Roll.FORWARD
    min_gap_days: int = 1
    """Working days that at least lie between closing a step and the next one."""
    max_unanswered: int = 5
    """At this many touches without a reply the owner is asked what to do (R100)."""
    warn_at: int = 4
    on_exhaust: OnExhaust = OnExhaust.ASK
    nurture_months: int = 3
    n: int = 1
    """The version's number."""

    def step(self, no: int) -> Step | None:
        """Step number `no` (from 1), or None past the end."""
        return self.steps[no - 1] if 1 <= no <= len(self.steps) else None

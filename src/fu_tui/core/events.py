"""What happened, in the past tense: frozen facts that services return and the screen and the command line tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fu_tui.core.terms import EndReason, Priority


@dataclass(frozen=True, slots=True)
class TaskClosed:
    task_id: int
    action: str
    outcome: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class FollowUpSpawned:
    """The successor that a close brought."""

    task_id: int
    action: str
    due_on: date
    due_at: datetime | None
    owner_id: int
    of_task: int
    is_decide: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class EnrollmentEnded:
    enrollment_id: int
    cadence: str
    reason: EndReason


@dataclass(frozen=True, slots=True)
class UnansweredWarning:
    """One touch before the question (R100)."""

    count: int
    maximum: int
    who: str


@dataclass(frozen=True, slots=True)
class NextStepProposed:
    """What the next step could be; the person says what it is."""

    of_task: int
    action: str
    due_on: date | None
    contact_id: int | None
    contact: str
    deal_id: int | None
    deal: str
    account_id: int | None
    priority: Priority


@dataclass(frozen=True, slots=True)
class TaskAdded:
    task_id: int
    action: str
    due_on: date
    due_at: datetime | None
    owner_id: int
    owner: str
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactAdded:
    contact_id: int
    name: str


@dataclass(frozen=True, slots=True)
class TaskMoved:
    """Snoozed: the due day changed."""

    task_id: int
    action: str
    due_on: date
    due_at: datetime | None
    moved_count: int


@dataclass(frozen=True, slots=True)
class TaskHidden:
    task_id: int
    action: str
    until: date


@dataclass(frozen=True, slots=True)
class TaskReassigned:
    task_id: int
    action: str
    owner_id: int
    owner: str
    following: bool


@dataclass(frozen=True, slots=True)
class PriorityChanged:
    task_id: int
    action: str
    priority: Priority


@dataclass(frozen=True, slots=True)
class Enrolled:
    enrollment_id: int
    cadence: str
    who: str
    task_id: int
    action: str
    due_on: date
    due_at: datetime | None
    owner_id: int


@dataclass(frozen=True, slots=True)
class NotEnrolled:
    """Passed over, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Undone:
    entry: int
    summary: str
    task_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Redone:
    entry: int
    summary: str
    task_ids: tuple[int, ...]


Event = (
    TaskClosed | FollowUpSpawned | EnrollmentEnded | UnansweredWarning | NextStepProposed | TaskAdded
    | ContactAdded | TaskMoved | TaskHidden | TaskReassigned | PriorityChanged | Enrolled | NotEnrolled
    | Undone | Redone
)  # fmt: skip

"""What happened, in the past tense: frozen facts that services return and the screen and the command line tell.

Named tuples, as every command loads them and a frozen dataclass takes four times as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from fu_tui.core.events_calendar import CalendarEvent
from fu_tui.core.events_life import LifeEvent
from fu_tui.core.terms import EndReason, Priority


class TaskClosed(NamedTuple):
    task_id: int
    action: str
    outcome: str
    label: str
    note: str


class FollowUpSpawned(NamedTuple):
    """The successor that a close brought."""

    task_id: int
    action: str
    due_on: date
    due_at: datetime | None
    owner_id: int
    of_task: int
    is_decide: bool = False
    why: str = ""


class EnrollmentEnded(NamedTuple):
    enrollment_id: int
    cadence: str
    reason: EndReason


class TasksMoot(NamedTuple):
    """Open tasks beside the closed one that what happened made pointless."""

    task_ids: tuple[int, ...]
    actions: tuple[str, ...] = ()
    """What they said, in the same order."""


class KeptApart(NamedTuple):
    """A follow-up that somebody had changed: its cadence ended, and it stays open without it."""

    task_id: int
    action: str


class ReplyLogged(NamedTuple):
    """A contact wrote or called by themselves."""

    activity_id: int
    who: str
    credited_to: int | None
    """The task whose touch they answered; None where none was made before."""


@dataclass(frozen=True, slots=True)
class UnansweredWarning:
    """One touch before the question (R100)."""

    count: int
    maximum: int
    who: str


class TouchesClose(NamedTuple):
    """A day that a person named, or an answer, lies close to a touch by another cadence; nothing was moved."""

    task_id: int
    action: str
    who: str
    other_on: date


class NextStepProposed(NamedTuple):
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
    account: str = ""
    """Its name, where it is the only link."""


class TaskAdded(NamedTuple):
    task_id: int
    action: str
    due_on: date
    due_at: datetime | None
    owner_id: int
    owner: str
    hints: tuple[str, ...] = ()


class ContactAdded(NamedTuple):
    contact_id: int
    name: str


class AccountAdded(NamedTuple):
    account_id: int
    name: str


class DealAdded(NamedTuple):
    deal_id: int
    title: str


class NoteAdded(NamedTuple):
    note_id: int
    text: str
    about: str
    """Whom or what it is about."""


class TaskEdited(NamedTuple):
    """What a task says was changed."""

    task_id: int
    action: str
    changed: tuple[str, ...]
    """What is different now, in words: "due Fri 27 Nov", "owner Sam Hill"."""


class TaskMoved(NamedTuple):
    """Snoozed: the due day changed."""

    task_id: int
    action: str
    due_on: date
    due_at: datetime | None
    moved_count: int


class TaskHidden(NamedTuple):
    task_id: int
    action: str
    until: date


class TaskShown(NamedTuple):
    task_id: int
    action: str


class TaskReassigned(NamedTuple):
    task_id: int
    action: str
    owner_id: int
    owner: str
    following: bool


class PriorityChanged(NamedTuple):
    task_id: int
    action: str
    priority: Priority


class Enrolled(NamedTuple):
    enrollment_id: int
    cadence: str
    who: str
    task_id: int
    action: str
    due_on: date
    due_at: datetime | None
    owner_id: int


class NotEnrolled(NamedTuple):
    """Passed over, and why."""

    who: str
    why: str


class Logged(NamedTuple):
    """Something that happened is in the log."""

    activity_id: int
    label: str
    """the meeting"""
    who: str
    text: str


class Triggered(NamedTuple):
    """What a trigger made."""

    trigger: str
    """After a meeting"""
    who: str
    task_id: int
    action: str
    due_on: date
    due_at: datetime | None
    owner_id: int
    enrollment_id: int | None = None
    cadence: str = ""


class NotTriggered(NamedTuple):
    """A trigger heard it and started nothing."""

    trigger: str
    why: str


class TriggerSwitched(NamedTuple):
    key: str
    name: str
    on: bool
    sentence: str


class CaseOpened(NamedTuple):
    case_id: int
    title: str
    priority: Priority


class CaseClosed(NamedTuple):
    case_id: int
    title: str


class Noticed(NamedTuple):
    """A notice was made for somebody."""

    notice_id: int
    user_id: int
    kind: str
    text: str


class HolidaysAdded(NamedTuple):
    calendar: str
    days: int


class CadenceSaved(NamedTuple):
    """A new cadence, or a new version of one."""

    cadence_id: int
    key: str
    name: str
    n: int
    """The number of the version that counts from now on."""
    version_id: int
    older: int
    """Enrollments that go on with an older version."""


class CadenceUnchanged(NamedTuple):
    """What was to be saved is there already."""

    key: str
    name: str
    n: int


class CadenceRetired(NamedTuple):
    """Nobody begins it any more."""

    key: str
    name: str
    running: int
    named_by: tuple[str, ...]
    """Stages and triggers that would begin it."""


class CadenceBack(NamedTuple):
    """A retired one may begin again."""

    key: str
    name: str


class Undone(NamedTuple):
    entry: int
    summary: str
    task_ids: tuple[int, ...]


class Redone(NamedTuple):
    entry: int
    summary: str
    task_ids: tuple[int, ...]


Event = (
    TaskClosed | FollowUpSpawned | EnrollmentEnded | UnansweredWarning | NextStepProposed | TaskAdded
    | ContactAdded | AccountAdded | DealAdded | NoteAdded | TaskEdited | TaskMoved | TaskHidden | TaskShown
    | TaskReassigned | PriorityChanged | Enrolled | NotEnrolled | Undone | Redone | TasksMoot | KeptApart
    | ReplyLogged | LifeEvent
    | Logged | Triggered | NotTriggered | TriggerSwitched | CaseOpened | CaseClosed | Noticed | HolidaysAdded
    | CadenceSaved | CadenceUnchanged | CadenceRetired | CadenceBack | CalendarEvent
    | TouchesClose
)  # fmt: skip

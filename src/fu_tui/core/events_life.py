"""What happened to enrollments, deals and owners: the events of `events` that no close brings. One rule: as there, a
frozen fact in the past tense; apart from those, as few commands need them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple


class CadencePaused(NamedTuple):
    """Its task is held, what was left of its days is frozen."""

    enrollment_id: int
    cadence: str
    who: str
    task_ids: tuple[int, ...]
    remaining_days: int | None
    """None where no task was open."""


class CadenceResumed(NamedTuple):
    enrollment_id: int
    cadence: str
    who: str
    task_id: int
    action: str
    due_on: date
    due_at: datetime | None = None
    """UTC; the hour that a person set."""


class StepSkipped(NamedTuple):
    task_id: int
    action: str


class CadenceStopped(NamedTuple):
    enrollment_id: int
    cadence: str
    who: str
    task_ids: tuple[int, ...]
    kept: str = ""
    """The action that stays open without its cadence; empty where it is moot."""


class CadenceReplaced(NamedTuple):
    """What follows it is told by the Enrolled beside it."""

    enrollment_id: int
    cadence: str
    who: str
    task_ids: tuple[int, ...]


class Migrated(NamedTuple):
    """An enrollment is pinned to another version."""

    enrollment_id: int
    cadence: str
    version: int
    who: str
    task_id: int | None
    action: str
    due_on: date | None


class NotMigrated(NamedTuple):
    enrollment_id: int
    who: str
    why: str


class DealMoved(NamedTuple):
    """To another stage; reopened where it was won or lost before."""

    deal_id: int
    title: str
    stage: str
    reopened: bool
    task_ids: tuple[int, ...] = ()
    """Whose deal it is, and which this made moot."""


class DealParked(NamedTuple):
    deal_id: int
    title: str
    until: date
    task_ids: tuple[int, ...]


class DealUnparked(NamedTuple):
    deal_id: int
    title: str
    task_ids: tuple[int, ...]


class HandedOver(NamedTuple):
    """A contact or a deal has another owner, with its open tasks and what runs."""

    kind: str
    """contact or deal."""
    record_id: int
    name: str
    owner_id: int
    owner: str
    task_ids: tuple[int, ...]
    """That went with it, the new owner's first one last."""
    action: str
    due_on: date
    """What the new owner does first, and when."""


class ContactOwned(NamedTuple):
    """A contact that nobody owned has an owner."""

    contact_id: int
    name: str
    owner_id: int
    owner: str


class FileClosed(NamedTuple):
    """Nobody asks this contact again, until they ask."""

    contact_id: int
    name: str


class AbsenceAdded(NamedTuple):
    absence_id: int
    who: str
    from_on: date
    to_on: date
    cover: str
    """Empty where nobody covers."""
    policy: str


class AbsenceRemoved(NamedTuple):
    absence_id: int
    who: str
    from_on: date
    to_on: date


class Covered(NamedTuple):
    """Tasks of one who is away stand in another's queue; in nobody's own where nobody covers."""

    who: str
    cover: str
    task_ids: tuple[int, ...]


class HeldForAbsence(NamedTuple):
    who: str
    task_ids: tuple[int, ...]


class GivenBack(NamedTuple):
    """Tasks that were covered or held for an absence are their owner's again."""

    who: str
    task_ids: tuple[int, ...]


class UserLeft(NamedTuple):
    """A user is not active any more; everything that was theirs is another's."""

    user_id: int
    name: str
    to: str
    task_ids: tuple[int, ...]
    contacts: int
    deals: int


class UserJoined(NamedTuple):
    """A colleague works with the file from now on."""

    user_id: int
    name: str
    handle: str
    back: bool
    """Whether they had left."""


class SeriesAdded(NamedTuple):
    """A fixed recurrence, and its first task."""

    series_id: int
    action: str
    rhythm: str
    """every 3 months on the 1st"""
    task_id: int
    due_on: date
    owner: str


class SeriesEdited(NamedTuple):
    series_id: int
    action: str
    changed: tuple[str, ...]
    """What is different now, in words."""
    task_ids: tuple[int, ...]


class SeriesEnded(NamedTuple):
    series_id: int
    action: str
    why: str
    task_ids: tuple[int, ...]


class OccurrenceMade(NamedTuple):
    """A series that had no open task got its next one."""

    series_id: int
    task_id: int
    action: str
    due_on: date


class TasksSpread(NamedTuple):
    """Tasks were moved to free days."""

    task_ids: tuple[int, ...]
    first: date
    last: date
    days: int
    stay: int
    """How many of those that were chosen stay where they are, as that was agreed with somebody."""


LifeEvent = (
    CadencePaused | CadenceResumed | StepSkipped | CadenceStopped | CadenceReplaced | Migrated | NotMigrated
    | DealMoved | DealParked | DealUnparked | HandedOver | AbsenceAdded | AbsenceRemoved | Covered
    | HeldForAbsence | GivenBack | UserLeft | UserJoined | ContactOwned | FileClosed
    | SeriesAdded | SeriesEdited | SeriesEnded | OccurrenceMade | TasksSpread
)  # fmt: skip

"""Who does what is due while its owner is away (R180–R183). One rule: what becomes of a task in an absence is decided
here alone, by the absence and the task; one that is made meanwhile is born so, any other is brought in line by a tick.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from fu_tui.core.calendar import add_days
from fu_tui.core.clock import civil_day
from fu_tui.core.terms import Priority, TaskKind, TaskStatus
from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.core.trace import day_text
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person, person

NEVER_HELD = (TaskKind.MEETING, TaskKind.PRIVATE)
"""An hour that was agreed with somebody, and what is nobody else's business, go on whoever waits."""


class Away(NamedTuple):
    """An absence: under way, or to come."""

    id: int
    from_on: date
    to_on: date
    policy: AbsencePolicy
    cover_id: int | None
    """Whoever covers; None where nobody does, or they have left."""
    cover: str
    """Their name; empty without one."""

    def waits(self, kind: TaskKind, due_on: date) -> bool:
        """Whether such a task is held until the return."""
        return self.policy is AbsencePolicy.PAUSE and kind not in NEVER_HELD and due_on <= self.to_on

    def is_covered(
        self, kind: TaskKind, due_on: date, due_at: datetime | str | None, priority: int, today: date
    ) -> bool:
        """Whether the cover does such a task: all that is due meanwhile, or what of it is late, high or has an hour."""
        if self.policy is AbsencePolicy.PAUSE or kind is TaskKind.PRIVATE or due_on > self.to_on:
            return False
        urgent = due_on < today or due_at is not None or priority == Priority.HIGH
        return self.policy is AbsencePolicy.COVER_ALL or urgent


def absences_of(db: Database, user_id: int, since: date) -> tuple[Away, ...]:
    """The absences of a user that were not over on a civil day, the one that lasts longest first."""
    rows = db.rows(
        "SELECT a.id, a.from_on, a.to_on, a.policy, c.id, ifnull(c.name, '') FROM absence a LEFT JOIN user c"
        " ON c.id = a.cover_user_id AND c.active WHERE a.user_id = ? AND a.removed_by IS NULL AND a.to_on >= ?"
        " ORDER BY a.to_on DESC, a.id",
        (user_id, since.isoformat()),
    )
    return tuple(
        Away(number, date.fromisoformat(first), date.fromisoformat(last), AbsencePolicy(policy), cover, name)
        for number, first, last, policy, cover, name in rows
    )


def away(db: Database, user_id: int, day: date) -> Away | None:
    """The absence that a user is in on a civil day; of several the one that lasts longest."""
    return next((each for each in absences_of(db, user_id, day) if each.from_on <= day), None)


def away_now(db: Database, user_id: int, at: datetime) -> Away | None:
    """The absence that a user is in at an instant (UTC), by the day it is where they are."""
    possible = absences_of(db, user_id, add_days(at.date(), -1))
    if not possible:
        return None
    day = civil_day(at, person(db, user_id).tz)
    return next((each for each in possible if each.from_on <= day <= each.to_on), None)


def cover_of(db: Database, absence: Away, at: datetime) -> Person | None:
    """Who covers; None where nobody does, or whoever should is away as well, or has left."""
    if absence.cover_id is None:
        return None
    cover = person(db, absence.cover_id)
    return cover if cover.active and away_now(db, cover.id, at) is None else None


def at_birth(
    db: Database,
    at: datetime,
    *,
    owner_id: int,
    kind: TaskKind,
    due_on: date,
    due_at: datetime | None,
    priority: Priority,
) -> dict[str, object]:
    """The columns of a task that is made while its owner is away; none where they are here."""
    absence = away_now(db, owner_id, at)
    if absence is None:
        return {}
    if absence.waits(kind, due_on):
        return {"status": TaskStatus.HELD}
    today = civil_day(at, person(db, owner_id).tz)
    cover = cover_of(db, absence, at)
    covered = cover is not None and absence.is_covered(kind, due_on, due_at, priority, today)
    return {"acting_owner": cover.id} if cover and covered else {}


def told(db: Database, task_id: int, at: datetime) -> str:
    """What an absence makes of a task, in words; empty where its owner is here or it is due after the return."""
    row = db.row(
        "SELECT t.owner_id, o.name, t.status, a.name FROM task t JOIN user o ON o.id = t.owner_id"
        " LEFT JOIN user a ON a.id = t.acting_owner_id WHERE t.id = ?",
        (task_id,),
    )
    absence = away_now(db, row[0], at) if row else None
    if row is None or absence is None:
        return ""
    _, owner, status, acting = row
    until = f"{owner} is away until {day_text(absence.to_on, at.date())}"
    if status == TaskStatus.HELD.value and absence.policy is AbsencePolicy.PAUSE:
        return f"it waits, as {until}"
    return f"{acting} does it, as {until}" if acting else ""

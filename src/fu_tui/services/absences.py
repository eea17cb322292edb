"""Absences: who is away, who covers, and what waits (R180–R183). One rule: an absence writes `acting_owner` or holds,
never the owner (I12), and what stands today follows from the absences alone: so applying it twice changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import Refused
from fu_tui.core.events import Event
from fu_tui.core.events_life import AbsenceAdded, AbsenceRemoved, Covered, GivenBack, HeldForAbsence
from fu_tui.core.terms import TaskKind
from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.services.context import Context
from fu_tui.services.holding import hold, let_go
from fu_tui.services.standin import NEVER_HELD, Away, away, cover_of
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person, find_person, person
from fu_tui.store.models import Absence, Notification, Task, User
from fu_tui.store.unit import Unit

_OPEN_OF = (
    "SELECT id FROM task WHERE queue_owner_id = ?1 AND owner_id = ?1 AND status = 'open' AND due_on <= ?2"
    " UNION ALL SELECT id FROM task INDEXED BY task_acting WHERE owner_id = ?1 AND acting_owner_id IS NOT NULL"
    " AND status IN ('open', 'held') AND status = 'open' AND due_on <= ?2"
)
"""The open tasks of an owner (?1) until a day (?2): those of their own queue, and those that somebody does for them."""


class Absences:
    """The verbs `add_absence` and `remove_absence`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add_absence(
        self,
        who: str,
        from_on: date,
        to_on: date,
        *,
        cover: str | None = None,
        policy: AbsencePolicy | None = None,
        note: str = "",
        auto_reply: str | None = None,
    ) -> tuple[Event, ...]:
        """Say that a user is away from a day to a day, both included; what it means for today happens at once.

        policy: who does what is due meanwhile; the cover all of it where one is named, else it waits. auto_reply: what
        their mail answers; a text is made unless told. Reps say it of themselves, managers and admins of anybody.
        Raises Refused, NotFound.
        """
        context = self._context
        user = find_person(context.db, who)
        substitute = find_person(context.db, cover) if cover else None
        policy = policy or (AbsencePolicy.COVER_ALL if substitute else AbsencePolicy.PAUSE)
        context.may_touch(user.id, f"The absence of {user.name}")
        if to_on < from_on:
            raise Refused(f"{day_words(to_on)} is before {day_words(from_on)}.", "Name the first day first.")
        today = context.desk_of(user.id)[2]
        if to_on < today:
            raise Refused(f"{day_words(to_on)} is past.", "Name days from today on.")
        if substitute and substitute.id == user.id:
            raise Refused(f"{user.name} can't cover for themselves.", "Name somebody else.")
        with context.unit("absence") as work:
            self._refuse_overlap(work.db, user, from_on, to_on)
            absence_id = work.insert(
                Absence, user=user.id, from_on=from_on, to_on=to_on, policy=policy, note=note.strip(),
                cover_user=substitute.id if substitute else None,
                auto_reply=auto_reply if auto_reply is not None else reply_text(work.db, to_on, substitute),
            )  # fmt: skip
            added = AbsenceAdded(
                absence_id, user.name, from_on, to_on, substitute.name if substitute else "", policy.value
            )
            applied = apply(context, work, [user.id])
            work.summary = f"{user.name} is away {day_words(from_on)} to {day_words(to_on)}"
        return (added, *applied)

    def remove_absence(self, absence_id: int) -> tuple[Event, ...]:
        """Take an absence back, or end it early: what was covered or held is its owner's again. Raises NotFound."""
        context = self._context
        with context.unit("absence") as work:
            absence = work.load(Absence, absence_id)
            user = person(work.db, absence.user)
            context.may_touch(user.id, f"The absence of {user.name}")
            work.update(Absence, absence_id, removed_by=work.entry)
            removed = AbsenceRemoved(absence_id, user.name, absence.from_on, absence.to_on)
            applied = apply(context, work, [user.id])
            work.summary = (
                f"{user.name} is not away {day_words(absence.from_on)} to {day_words(absence.to_on)}"
            )
        return (removed, *applied)

    def _refuse_overlap(self, db: Database, user: Person, from_on: date, to_on: date) -> None:
        row = db.row(
            "SELECT id, from_on, to_on FROM absence WHERE user_id = ? AND removed_by IS NULL AND from_on <= ?"
            " AND to_on >= ?",
            (user.id, to_on.isoformat(), from_on.isoformat()),
        )
        if row:
            first, last = (day_words(date.fromisoformat(day)) for day in row[1:])
            raise Refused(
                f"{user.name} is away {first} to {last} already.",
                f"Remove that first: fu absence remove {row[0]}",
            )


def reply_text(db: Database, to_on: date, cover: Person | None) -> str:
    """What the mail of one who is away answers, with whom to ask instead (R181)."""
    until = f"I am away until {day_words(to_on)} and will answer when I am back."
    if cover is None:
        return until
    mail = db.value("SELECT email FROM user WHERE id = ?", (cover.id,))
    return f"{until} Until then please write to {cover.name}{f' ({mail})' if mail else ''}."


def apply(
    context: Context, work: Unit, user_ids: Iterable[int], among: Collection[int] | None = None
) -> list[Event]:
    """Bring the tasks of users in line with who is away today, inside an open transaction. Idempotent.

    among: these tasks alone, where they were just given to a user; the rest of theirs is left to the next tick.
    """
    events: list[Event] = []
    for user_id in user_ids:
        user, _, today = context.desk_of(user_id)
        absence = away(work.db, user_id, today)
        if absence is None or absence.policy is AbsencePolicy.PAUSE:
            events += _give_back(context, work, user, among)
        if absence is not None and absence.policy is AbsencePolicy.PAUSE:
            events += _hold(work, user, absence, among)
        elif absence is not None:
            events += _let_go(context, work, user, among)
            events += _cover(context, work, user, absence, today, among)
    return events


def differing(context: Context) -> list[int]:
    """The users whose tasks are not as their absences say; read before a transaction is opened for them."""
    db = context.db
    some = db.rows(
        "SELECT user_id FROM absence WHERE removed_by IS NULL UNION SELECT owner_id FROM task INDEXED BY task_acting"
        " WHERE acting_owner_id IS NOT NULL AND status IN ('open', 'held') UNION SELECT owner_id FROM task"
        " WHERE status = 'held'"
    )
    return [user_id for (user_id,) in some if _differs(context, user_id)]


def _differs(context: Context, user_id: int) -> bool:
    user, _, today = context.desk_of(user_id)
    absence = away(context.db, user_id, today)
    if absence is not None and absence.policy is AbsencePolicy.PAUSE:
        return bool(_to_hold(context.db, user, absence)) or bool(_given_away(context.db, user))
    if _may_come_back(context.db, user):
        return True
    if absence is None:
        return bool(_given_away(context.db, user))
    cover = cover_of(context.db, absence, context.now())
    if cover is None:
        return _unannounced(context.db, user, absence) or bool(_given_away(context.db, user))
    return bool(_to_cover(context.db, user, absence, today, cover.id))


def _cover(
    context: Context, work: Unit, user: Person, absence: Away, today: date, among: Collection[int] | None
) -> list[Event]:
    cover = cover_of(context.db, absence, context.now())
    if cover is None:
        back = _give_back(context, work, user, among)
        _tell_manager(work, user, absence)
        return back
    tasks = tuple(_only(among, _to_cover(work.db, user, absence, today, cover.id)))
    for task_id in tasks:
        work.update(Task, task_id, acting_owner=cover.id)
    return [Covered(user.name, cover.name, tasks)] if tasks else []


def _to_cover(db: Database, user: Person, absence: Away, today: date, cover_id: int) -> tuple[int, ...]:
    """What the cover is to do and does not yet (R180)."""
    rows = db.rows(
        f"SELECT id, kind, due_on, due_at, priority FROM task WHERE id IN ({_OPEN_OF}) AND acting_owner_id IS NOT ?3"
        " ORDER BY id",
        (user.id, absence.to_on.isoformat(), cover_id),
    )
    return tuple(
        task_id
        for task_id, kind, due_on, due_at, priority in rows
        if absence.is_covered(TaskKind(kind), date.fromisoformat(due_on), due_at, priority, today)
    )


def _hold(work: Unit, user: Person, absence: Away, among: Collection[int] | None) -> list[Event]:
    held = hold(work, _only(among, _to_hold(work.db, user, absence)))
    return [HeldForAbsence(user.name, held)] if held else []


def _to_hold(db: Database, user: Person, absence: Away) -> list[int]:
    never = ", ".join(f"'{kind.value}'" for kind in NEVER_HELD)
    rows = db.rows(
        f"SELECT id FROM task WHERE id IN ({_OPEN_OF}) AND kind NOT IN ({never}) ORDER BY id",
        (user.id, absence.to_on.isoformat()),
    )
    return [row[0] for row in rows]


def _give_back(context: Context, work: Unit, user: Person, among: Collection[int] | None) -> list[Event]:
    """Nobody acts for them, and what only an absence held is open again."""
    tasks = _only(among, _given_away(work.db, user))
    for task_id in tasks:
        work.update(Task, task_id, acting_owner=None)
    back = {*tasks, *(task for event in _let_go(context, work, user, among) for task in event.task_ids)}
    return [GivenBack(user.name, tuple(sorted(back)))] if back else []


def _let_go(context: Context, work: Unit, user: Person, among: Collection[int] | None) -> list[GivenBack]:
    after = f"{user.name}'s return" if among is None else f"{user.name} took it over"
    back = tuple(
        task_id
        for task_id in _only(among, _may_come_back(work.db, user))
        if let_go(context, work, task_id, after)
    )
    return [GivenBack(user.name, back)] if back else []


def _only(among: Collection[int] | None, task_ids: Iterable[int]) -> list[int]:
    return [task_id for task_id in task_ids if among is None or task_id in among]


def _given_away(db: Database, user: Person) -> list[int]:
    rows = db.rows(
        "SELECT id FROM task WHERE acting_owner_id IS NOT NULL AND owner_id = ? AND status IN ('open', 'held')"
        " ORDER BY id",
        (user.id,),
    )
    return [row[0] for row in rows]


def _may_come_back(db: Database, user: Person) -> list[int]:
    """Held tasks that neither a pause nor a park holds."""
    rows = db.rows(
        "SELECT t.id FROM task t LEFT JOIN enrollment e ON e.id = t.enrollment_id LEFT JOIN deal d ON d.id = t.deal_id"
        " WHERE t.status = 'held' AND t.owner_id = ? AND ifnull(e.state, '') <> 'paused' AND d.parked_until IS NULL"
        " ORDER BY t.id",
        (user.id,),
    )
    return [row[0] for row in rows]


def _unannounced(db: Database, user: Person, absence: Away) -> bool:
    """Whether the manager has not been told yet that nobody covers."""
    manager = db.value("SELECT manager_id FROM user WHERE id = ?", (user.id,))
    key = _key(absence)
    told = "SELECT 1 FROM notification WHERE user_id = ? AND dedup_key = ? AND removed_by IS NULL"
    return manager is not None and not db.value(told, (manager, key))


def _tell_manager(work: Unit, user: Person, absence: Away) -> None:
    """A notice, once: what is due meanwhile is in nobody's queue but their own (R183)."""
    if not _unannounced(work.db, user, absence):
        return
    manager = work.load(User, user.id).manager
    work.insert(
        Notification, user=manager, kind="uncovered", dedup_key=_key(absence), at=work.at,
        text=f"{user.name} is away until {day_words(absence.to_on)}, and nobody covers.",
    )  # fmt: skip


def _key(absence: Away) -> str:
    return f"uncovered:{absence.id}"

"""One change of a calendar under way. One rule: whoever shares a calendar gets a copy to change, unless it is changed
for all; and what is due on days that became off by it is found, not moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fu_tui.core.calendar import WorkCalendar as Reckoned
from fu_tui.core.events import Event
from fu_tui.core.events_calendar import CalendarParted, DueOnDaysOff
from fu_tui.core.terms import Roll
from fu_tui.core.trace import amount_text
from fu_tui.core.work_words import weekday_words
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person
from fu_tui.store.models import Holiday, User, WorkCalendar
from fu_tui.store.plans import calendar_of
from fu_tui.store.unit import Unit


class Change:
    """The calendar of a user inside an open transaction, theirs alone unless it is changed for all."""

    def __init__(self, work: Unit, user: Person, *, shared: bool) -> None:
        self._work = work
        self.before = calendar_of(work.db, user.calendar_id)
        self.calendar_id, self.whose = user.calendar_id, user.name
        self._parted: tuple[CalendarParted, ...] = ()
        self._users = sharing(work.db, user.calendar_id)
        others = [each for each in self._users if each != user.id]
        if others and shared:
            self.whose = f"{user.name} and {amount_text(len(others), 'other')}"
        elif others:
            self.calendar_id = copy_of(work, user)
            self._users = [user.id]
            self._parted = (CalendarParted(self.calendar_id, user.name, len(others)),)

    def done(self, summary: str, event: Event, today: date) -> tuple[Event, ...]:
        """What was done, with what is due on days that became off by it."""
        self._work.summary = summary
        after = calendar_of(self._work.db, self.calendar_id)
        due = due_on_days_off(self._work.db, self._users, self.before, after, today)
        return (event, *self._parted, *due)


def sharing(db: Database, calendar_id: int) -> list[int]:
    """The active users of a calendar."""
    rows = db.rows(
        "SELECT id FROM user WHERE calendar_id = ? AND active AND removed_by IS NULL ORDER BY id",
        (calendar_id,),
    )
    return [row[0] for row in rows]


def copy_of(work: Unit, user: Person) -> int:
    """Give a user a copy of their calendar, with its days off. Returns its id."""
    row = work.load(WorkCalendar, user.calendar_id)
    copied = work.insert(
        WorkCalendar, name=user.name, weekdays=row.weekdays, work_start=row.work_start, work_end=row.work_end,
        country=row.country, subdivision=row.subdivision,
    )  # fmt: skip
    days = work.db.rows(
        "SELECT on_date, name, own FROM holiday WHERE calendar_id = ? AND removed_by IS NULL ORDER BY on_date",
        (user.calendar_id,),
    )
    for day, name, own in days:
        work.insert(Holiday, calendar=copied, on_date=date.fromisoformat(day), name=name, own=bool(own))
    work.update(User, user.id, calendar=copied)
    return copied


def set_weekdays(work: Unit, calendar_id: int, weekdays: Iterable[int]) -> None:
    """Set the working weekdays, Monday is 0; a calendar that is called by them is called by the new ones."""
    row, days = work.load(WorkCalendar, calendar_id), sorted(set(weekdays))
    called = row.name == weekday_words(map(int, row.weekdays))
    work.update(
        WorkCalendar, calendar_id, weekdays="".join(map(str, days)),
        name=weekday_words(days) if called else row.name,
    )  # fmt: skip


def due_on_days_off(
    db: Database, users: Sequence[int], before: Reckoned, after: Reckoned, today: date
) -> tuple[DueOnDaysOff, ...]:
    """The open tasks of users that are due on days which became off, if there are any."""
    marks = ", ".join("?" * len(users))
    rows = db.rows(
        f"SELECT id, due_on FROM task WHERE owner_id IN ({marks}) AND status = 'open' AND due_on >= ?"
        " ORDER BY due_on, id",
        (*users, today.isoformat()),
    )
    due = [(task, date.fromisoformat(day)) for task, day in rows]
    hit = [(task, day) for task, day in due if before.is_working(day) and not after.is_working(day)]
    if not hit:
        return ()
    days = dict.fromkeys(day for _, day in hit)
    to = dict.fromkeys(after.roll(day, Roll.FORWARD) for day in days)
    return (DueOnDaysOff(tuple(task for task, _ in hit), tuple(days), tuple(to)),)

"""When somebody works: days off, hours, weekdays, country. One rule: a change is one's own. Who shares a calendar gets
a copy to change, unless a manager changes it for all; and no due day moves by it: that is said (domain §1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from fu_tui.core import schedule
from fu_tui.core.calendar import WorkCalendar as Reckoned
from fu_tui.core.clock import to_utc, to_zone
from fu_tui.core.dates_words import LONG_WEEKDAYS, day_words
from fu_tui.core.errors import Refused
from fu_tui.core.events import Event
from fu_tui.core.events_calendar import (
    CalendarJoined,
    CountrySet,
    DaysOffAdded,
    DaysOffRemoved,
    HoursSet,
    MovedOffDay,
    WeekdaysSet,
    ZoneSet,
)
from fu_tui.core.terms import Role, Roll
from fu_tui.core.trace import amount_text
from fu_tui.core.work_words import hours_words, weekday_words
from fu_tui.services.calendar_change import Change, due_on_days_off, set_weekdays
from fu_tui.services.context import Context
from fu_tui.services.holiday_years import fill_holidays, place_words
from fu_tui.services.setup import zone
from fu_tui.store.lookup import Person, find_person, person
from fu_tui.store.models import Holiday, Task, User, WorkCalendar
from fu_tui.store.plans import calendar_of
from fu_tui.store.unit import Unit

MOST_DAYS = 366
"""Days that are made off at once: more is a change of weekdays, or a slip of the pen."""


class Calendars:
    """The verbs of a calendar.

    who: a user by handle, name or id; None is oneself. shared: change it for all who share it, which managers and
    admins may. Reps change their own calendar, managers and admins anybody's. All raise Refused and NotFound.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    def add_days_off(
        self,
        first: date,
        last: date | None = None,
        name: str = "",
        *,
        who: str | None = None,
        shared: bool = False,
    ) -> tuple[Event, ...]:
        """Make a day, or every working day from one to another (both included), off: a day of one's own.

        Raises Refused for days that are past or off already.
        """
        user, until = self._whose(who), last or first
        if until < first:
            raise Refused(f"{day_words(until)} is before {day_words(first)}.", "Name the first day first.")
        if first < self._today(user):
            raise Refused(f"{day_words(first)} is past.", "Name days from today on.")
        if (until - first).days >= MOST_DAYS:
            raise Refused("That is more than a year.", "Name fewer days at once.")
        with self._context.unit("calendar") as work:
            change = Change(work, user, shared=self._for_all(shared))
            days = [day for day in _days(first, until) if change.before.is_working(day)]
            if not days:
                why = change.before.why_off(first) if until == first else ""
                raise Refused(f"{_span(first, until)} is off already{f' ({why})' if why else ''}.")
            name = " ".join(name.split())
            for day in days:
                work.insert(Holiday, calendar=change.calendar_id, on_date=day, name=name, own=True)
            event = DaysOffAdded(change.calendar_id, change.whose, tuple(days), name)
            return change.done(f"{change.whose}: off {_span(days[0], days[-1])}", event, self._today(user))

    def remove_days_off(
        self, first: date, last: date | None = None, *, who: str | None = None, shared: bool = False
    ) -> tuple[Event, ...]:
        """Work on a day, or on days from one to another, again: days of one's own, and public holidays too.

        Raises Refused where none of them is such a day.
        """
        user, until = self._whose(who), last or first
        with self._context.unit("calendar") as work:
            change = Change(work, user, shared=self._for_all(shared))
            rows = work.db.rows(
                "SELECT id, on_date, name FROM holiday WHERE calendar_id = ? AND removed_by IS NULL"
                " AND on_date BETWEEN ? AND ? ORDER BY on_date",
                (change.calendar_id, first.isoformat(), until.isoformat()),
            )
            if not rows:
                weekly = first == until and change.before.why_off(first)
                raise Refused(
                    f"{user.name} never works on {LONG_WEEKDAYS[first.weekday()]}s." if weekly
                    else f"{_span(first, until)} is no day off of {user.name}.",
                    "`fu calendar days mon-sat` sets the working weekdays." if weekly
                    else "`fu calendar show` lists the days off.",
                )  # fmt: skip
            for row, _, _ in rows:
                work.update(Holiday, row, removed_by=work.entry)
            days = tuple(date.fromisoformat(day) for _, day, _ in rows)
            event = DaysOffRemoved(
                change.calendar_id, change.whose, days, rows[0][2] if len(rows) == 1 else ""
            )
            summary = f"{change.whose}: {_span(days[0], days[-1])} no longer off"
            return change.done(summary, event, self._today(user))

    def set_hours(
        self, start: time, end: time, *, who: str | None = None, shared: bool = False
    ) -> tuple[Event, ...]:
        """Set from when to when work is, on the wall; hours promised so far stay. Raises Refused for no span."""
        user = self._whose(who)
        if end <= start:
            raise Refused(f"Work would end at {end:%H:%M} but start at {start:%H:%M}.", "Name a later end.")
        with self._context.unit("calendar") as work:
            change = Change(work, user, shared=self._for_all(shared))
            work.update(
                WorkCalendar, change.calendar_id, work_start=f"{start:%H:%M}", work_end=f"{end:%H:%M}"
            )
            event = HoursSet(change.calendar_id, change.whose, start, end)
            return change.done(f"{change.whose}: works {hours_words(start, end)}", event, self._today(user))

    def set_weekdays(
        self, weekdays: Iterable[int], *, who: str | None = None, shared: bool = False
    ) -> tuple[Event, ...]:
        """Set on which weekdays work is; Monday is 0. Raises Refused for none."""
        user, days = self._whose(who), tuple(sorted(set(weekdays)))
        if not days:
            raise Refused("A calendar needs a working weekday.", "Name at least one.")
        with self._context.unit("calendar") as work:
            change = Change(work, user, shared=self._for_all(shared))
            set_weekdays(work, change.calendar_id, days)
            event = WeekdaysSet(change.calendar_id, change.whose, days)
            return change.done(f"{change.whose}: works {weekday_words(days)}", event, self._today(user))

    def set_country(
        self,
        country: str | None,
        subdivision: str | None = None,
        *,
        who: str | None = None,
        shared: bool = False,
    ) -> tuple[Event, ...]:
        """Take the public holidays of a country, or of a part of it, as days off; None: of no country. Own days stay.

        Raises UsageError for a country or a part that is not known.
        """
        user = self._whose(who)
        with self._context.unit("calendar") as work:
            change = Change(work, user, shared=self._for_all(shared))
            count = fill_holidays(work, change.calendar_id, country, subdivision, self._today(user))
            row = work.load(WorkCalendar, change.calendar_id)
            place = place_words(row.country, row.subdivision)
            event = CountrySet(change.calendar_id, change.whose, place, count)
            summary = f"{change.whose}: public holidays of {place or 'no country'}"
            return change.done(summary, event, self._today(user))

    def join_calendar(self, whose: str, *, who: str | None = None) -> tuple[Event, ...]:
        """Work by the calendar of a colleague from now on, and share it. Raises Refused where that is so already."""
        user, other = self._whose(who), find_person(self._context.db, whose)
        if user.calendar_id == other.calendar_id:
            raise Refused(f"{user.name} works by the calendar of {other.name} already.")
        with self._context.unit("calendar") as work:
            before = calendar_of(work.db, user.calendar_id)
            work.update(User, user.id, calendar=other.calendar_id)
            work.summary = f"{user.name} works by the calendar of {other.name}"
            after = calendar_of(work.db, other.calendar_id)
            due = due_on_days_off(work.db, [user.id], before, after, self._today(user))
            return (CalendarJoined(other.calendar_id, user.name, other.name), *due)

    def set_zone(self, tz: str, *, who: str | None = None) -> tuple[Event, ...]:
        """Say in which time zone a user lives: an IANA name, or local for the machine's. No due day moves by it.

        Raises Refused where it is so already, UsageError for a zone that is not known.
        """
        user, name = self._whose(who), zone(tz.strip())
        if user.tz == name:
            raise Refused(f"{user.name} lives in {name} already.")
        with self._context.unit("calendar") as work:
            work.update(User, user.id, tz=name)
            work.summary = f"{user.name}: zone {name}"
            return (ZoneSet(user.name, name, work.at),)

    def move_off(self, task_ids: Sequence[int]) -> tuple[Event, ...]:
        """Move tasks that are due on a day off of their owner to the next working day; an hour stays on the wall.

        It does not count as moved: nobody put it off. Raises Refused for one that is due on a working day.
        """
        context = self._context
        events: list[Event] = []
        with context.unit("calendar") as work:
            for task_id in context.chosen(task_ids):
                work.claim_open(task_id, None)
                task = work.load(Task, task_id)
                context.may_touch(task.owner, f'"{task.action}"')
                owner, calendar, _ = context.desk_of(task.owner)
                why = calendar.why_off(task.due_on)
                if why is None:
                    raise Refused(f'"{task.action}" is due on a working day of {owner.name}.', "Snooze it.")
                _move(work, task, owner, calendar, why)
                events.append(MovedOffDay(task.id, task.action, calendar.roll(task.due_on, Roll.FORWARD)))
            work.summary = f"moved {amount_text(len(events), 'task')} off days off"
        return tuple(events)

    def _whose(self, who: str | None) -> Person:
        context = self._context
        user = find_person(context.db, who) if who else person(context.db, context.me.id)
        context.may_touch(user.id, f"The calendar of {user.name}")
        return user

    def _today(self, user: Person) -> date:
        return self._context.desk_of(user.id)[2]

    def _for_all(self, shared: bool) -> bool:
        if shared and self._context.me.role is Role.REP:
            raise Refused(
                "A calendar that is shared is changed by managers and admins.",
                "Leave --shared out: then you get one of your own.",
            )
        return shared


def _move(work: Unit, task: Task, owner: Person, calendar: Reckoned, why: str) -> None:
    day = calendar.roll(task.due_on, Roll.FORWARD)
    wall = to_zone(task.due_at, owner.tz).time() if task.due_at else None
    at = to_utc(day, wall, owner.tz) if wall else None
    window = task.window_end_on and calendar.add_working_days(
        day, calendar.working_days_between(task.due_on, task.window_end_on)
    )
    due = schedule.by_hand(
        day, at=at, reason=f"{day_words(task.due_on)} is off ({why}), so the next working day"
    )
    work.update(
        Task,
        task.id,
        due_on=day,
        due_at=at,
        window_end_on=window,
        hidden_until=None,
        trace=due.trace.to_json(),
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _span(first: date, last: date) -> str:
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"

"""Moving a task: another day, off the screen for a while, another owner, another priority. One rule: a move never
touches what the task says or whom it is about (R173, R174)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from fu_tui.core import schedule
from fu_tui.core.clock import civil_day
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import Refused
from fu_tui.core.events import Event, PriorityChanged, TaskHidden, TaskMoved, TaskReassigned, TaskShown
from fu_tui.core.terms import Priority
from fu_tui.services.absences import apply
from fu_tui.services.context import Context
from fu_tui.services.hours import kept_hour, promised
from fu_tui.services.spacing import close_touches
from fu_tui.store.lookup import find_person
from fu_tui.store.models import Enrollment, Series, Task
from fu_tui.store.unit import Unit

Versions = Mapping[int, int]


class Moves:
    """The verbs `snooze`, `hide`, `unhide`, `reassign` and `priority`. Each takes many tasks: all or none, one undo."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def snooze(
        self,
        task_ids: Sequence[int],
        day: date,
        *,
        at: datetime | None = None,
        versions: Versions | None = None,
    ) -> tuple[Event, ...]:
        """Move the due day to `day` (a civil day, never rolled), with a UTC instant `at` where an hour is meant.

        Without one, an hour that a person set stays on the owner's wall. Raises Refused for a day that is past.
        """
        events: list[Event] = []
        with self._context.unit("snooze") as work:
            for task in self._open(work, task_ids, versions):
                owner, _, today = self._context.desk_of(task.owner)
                then = at or kept_hour(task, day, owner.tz, work.at)
                move_due(work, task, day, then, today=today, by=self._context.me.name)
                events.append(TaskMoved(task.id, task.action, day, then, task.moved_count + 1))
            work.summary = f"moved {_what(events)} to {day_words(day)}"
            events += close_touches(self._context, task_ids)
        return tuple(events)

    def hide(
        self, task_ids: Sequence[int], until: date, *, versions: Versions | None = None
    ) -> tuple[Event, ...]:
        """Take rows off the screen until a day, their due days unmoved; what is overdue till tomorrow at most.

        Raises Refused for a longer hide of what is late, or for a day that is not after today (R61).
        """
        events: list[Event] = []
        with self._context.unit("hide") as work:
            for task in self._open(work, task_ids, versions):
                today = self._today(task)
                if until <= today:
                    raise Refused(f"{day_words(until)} is not after today.", "Name a later day.")
                late = task.due_on < today or (task.due_at is not None and task.due_at < work.at)
                if late and until > today + timedelta(days=1):
                    raise Refused(
                        f'"{task.action}" is overdue, so it can be hidden until tomorrow at most.',
                        "Snooze it, if it has to wait longer.",
                    )
                work.update(Task, task.id, hidden_until=until)
                events.append(TaskHidden(task.id, task.action, until))
            work.summary = f"hid {_what(events)} until {day_words(until)}"
        return tuple(events)

    def unhide(self, task_ids: Sequence[int], *, versions: Versions | None = None) -> tuple[Event, ...]:
        """Bring hidden rows back before their day. Raises Refused for one that is not hidden."""
        events: list[Event] = []
        with self._context.unit("unhide") as work:
            for task in self._open(work, task_ids, versions):
                if task.hidden_until is None or task.hidden_until <= self._today(task):
                    raise Refused(f'"{task.action}" is not hidden.', "It is on the desk.")
                work.update(Task, task.id, hidden_until=None)
                events.append(TaskShown(task.id, task.action))
            work.summary = f"brought {_what(events)} back"
        return tuple(events)

    def reassign(
        self, task_ids: Sequence[int], to: str, *, following: bool = False, versions: Versions | None = None
    ) -> tuple[Event, ...]:
        """Give tasks to another owner; with `following` the steps that come after them too.

        Where that one is away, they are the cover's at once, or wait. Reps hand over their own tasks, managers and
        admins anybody's (R184). Raises Refused, NotFound.
        """
        owner = find_person(self._context.db, to)
        events: list[Event] = []
        with self._context.unit("reassign") as work:
            for task in self._open(work, task_ids, versions):
                self._context.may_touch(task.owner, f'"{task.action}"')
                work.update(Task, task.id, owner=owner.id, acting_owner=None, assigner=work.actor_id)
                if following and task.enrollment is not None:
                    assignee = work.load(Enrollment, task.enrollment).assignee
                    self._context.may_touch(assignee, f'What follows "{task.action}"')
                    work.update(Enrollment, task.enrollment, assignee=owner.id)
                if following and task.series is not None:
                    self._context.may_touch(work.load(Series, task.series).owner, f'"{task.action}"')
                    work.update(Series, task.series, owner=owner.id)
                events.append(TaskReassigned(task.id, task.action, owner.id, owner.name, following))
            work.summary = f"gave {_what(events)} to {owner.name}"
            events += apply(self._context, work, [owner.id], set(task_ids))
        return tuple(events)

    def priority(
        self, task_ids: Sequence[int], priority: Priority | None = None, *, versions: Versions | None = None
    ) -> tuple[Event, ...]:
        """Set the priority; without one, high becomes normal and everything else high."""
        events: list[Event] = []
        with self._context.unit("priority") as work:
            for task in self._open(work, task_ids, versions):
                toggled = Priority.NORMAL if task.priority is Priority.HIGH else Priority.HIGH
                work.update(Task, task.id, priority=priority or toggled)
                events.append(PriorityChanged(task.id, task.action, priority or toggled))
            work.summary = f"changed the priority of {_what(events)}"
        return tuple(events)

    def _open(self, work: Unit, task_ids: Sequence[int], versions: Versions | None) -> list[Task]:
        chosen = self._context.chosen(task_ids)
        for task_id in chosen:
            work.claim_open(task_id, (versions or {}).get(task_id))
        return [work.load(Task, task_id) for task_id in chosen]

    def _today(self, task: Task) -> date:
        return today_of(self._context, task)


def today_of(context: Context, task: Task) -> date:
    """The civil day it is now for the owner of a task."""
    tz = context.db.value("SELECT tz FROM user WHERE id = ?", (task.owner,))
    return civil_day(context.now(), tz)


def move_due(
    work: Unit, task: Task, day: date, at: datetime | None, *, today: date, by: str, how: str = "moved"
) -> None:
    """Give a task another due day by hand: it counts as moved, shows again, and its trace says who did it.

    today: the owner's. by: the name of who moves it. how: what they did, as the trace says it; it also says what a
    promise by the hour has become.
    Raises Refused for a day that is past.
    """
    if day < today:
        raise Refused(f"{day_words(day)} is past.", "Name a day from today on.")
    promise = promised(task)
    off = f", {promise} is off" if promise else ""
    due = schedule.by_hand(day, at=at, reason=f"{how} by {by}{off}")
    work.update(
        Task, task.id, due_on=day, due_at=at, window_end_on=None, moved_count=task.moved_count + 1,
        hidden_until=None, trace=due.trace.to_json(),
    )  # fmt: skip


def _what(events: Sequence[Event]) -> str:
    if len(events) == 1:
        return f'"{getattr(events[0], "action", "")}"'
    return f"{len(events)} tasks"

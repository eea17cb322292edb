"""Changing what a task says. One rule: only what differs is written, each part by the rule of its own verb: another day
is a move, another owner is handed over, a cadence stays with whom it is about (R86)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from fu_tui.core.channels import channel_of
from fu_tui.core.dates_words import exact_day
from fu_tui.core.errors import NotFound, Refused
from fu_tui.core.events import Event, TaskEdited
from fu_tui.core.lint import check
from fu_tui.core.terms import Priority, TaskKind
from fu_tui.services.absences import apply
from fu_tui.services.context import Context
from fu_tui.services.following import closed_channels
from fu_tui.services.moves import move_due, today_of
from fu_tui.services.newcomers import Newcomers
from fu_tui.services.resolving import Resolved
from fu_tui.services.spacing import close_touches
from fu_tui.store.lookup import find_person
from fu_tui.store.models import Task
from fu_tui.store.unit import Unit, load


class Day(NamedTuple):
    """A due day, with its UTC instant where an hour is meant."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edit says; None: that stays as it is."""

    action: str | None = None
    body: str | None = None
    note: str | None = None
    priority: Priority | None = None
    due: Day | None = None
    owner: str | None = None
    """A handle, a name, an e-mail address or an id."""
    about: Resolved | None = None
    """A draft whose contact, deal and account the task is to have; nobody where it names nobody."""
    private: bool | None = None

    @classmethod
    def between(cls, before: Resolved, now: Resolved) -> Changes:
        """What a person changed in a line that stands for a task; a line without a day leaves the day as it is."""
        same = _about(before) == _about(now) and not now.new
        return cls(
            action=now.action if now.action != before.action else None,
            body=now.body if now.body != before.body else None,
            priority=now.priority if now.priority is not before.priority else None,
            due=Day(now.due.due_on, now.due.due_at) if now.due and now.dated else None,
            owner=str(now.owner.id) if now.owner.id != before.owner.id else None,
            about=None if same else now,
            private=now.private if now.private != before.private else None,
        )


def _about(resolved: Resolved) -> tuple[int | None, ...]:
    named = (resolved.contact, resolved.deal, resolved.account)
    return tuple(each.id if each else None for each in named)


class Editing:
    """The verbs `edit` and `rewrite`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def edit(
        self,
        task_id: int,
        changes: Changes,
        *,
        version: int | None = None,
        create: bool = False,
        force: bool = False,
    ) -> tuple[Event, ...]:
        """Change an open task; what is new beside it (a contact, a deal) is made where `create` allows it.

        version: the one that was shown, against which it is changed. force: save a wording that is refused otherwise.
        Returns no event where nothing would differ; then nothing is written. Raises Refused, NotFound, Conflict.
        """
        writing = _Edit(self._context, load(self._context.db, Task, task_id), changes)
        if not writing.differs:
            return ()
        writing.check(create, force)
        events = list[Event]()
        with self._context.unit("edit") as work:
            work.claim_open(task_id, version)
            edit = _Edit(self._context, work.load(Task, task_id), changes)
            edit.write(work, events)
            events.append(TaskEdited(task_id, edit.action, tuple(edit.changed)))
            work.summary = f'changed "{edit.action}"'
        return tuple(events)

    def rewrite(
        self,
        task_id: int,
        before: Resolved,
        now: Resolved,
        *,
        version: int | None = None,
        create: bool = False,
    ) -> tuple[Event, ...]:
        """`edit` by what differs between two lines: what the task said when it was shown, and what it is to say now.

        Raises what is wrong with the line, and Refused for one that starts a cadence.
        """
        for problem in now.problems:
            raise problem
        if now.cadence:
            raise Refused(
                "A cadence starts with a new follow-up.",
                "Leave the ~cadence out, or start it with fu enroll.",
            )
        return self.edit(task_id, Changes.between(before, now), version=version, create=create)


class _Edit:
    """The changes of one task, against what it says now."""

    def __init__(self, context: Context, task: Task, changes: Changes) -> None:
        self._context, self._task, self._new = context, task, changes
        owner = find_person(context.db, changes.owner) if changes.owner else None
        self._owner = owner if owner and owner.id != task.owner else None
        self.changed: list[str] = []
        """What was written, in words."""

    @property
    def action(self) -> str:
        """What the task says in the end."""
        return self._task.action if self._new.action is None else self._new.action

    @property
    def differs(self) -> bool:
        """Whether anything would be written."""
        return bool(self._plain()) or any((self._moves, self._relinks, self._owner, self._shields))

    @property
    def _moves(self) -> bool:
        due = self._new.due
        return due is not None and due != (self._task.due_on, self._task.due_at)

    @property
    def _relinks(self) -> bool:
        about, task = self._new.about, self._task
        if about is None:
            return False
        contact, deal, account = _about(about)
        if (task.contact, task.deal) == (contact, deal):
            # A task that only its contact or deal leads to an account is about that account as well.
            return bool(about.new) or (contact is None and deal is None and task.account != account)
        return True

    @property
    def _shields(self) -> bool:
        return self._new.private is not None and self._new.private != (self._task.kind is TaskKind.PRIVATE)

    def _plain(self) -> dict[str, Any]:
        """Column → its new value, of those that need no rule."""
        asked = {"action": self._new.action, "body": self._new.body, "note": self._new.note,
                 "priority": self._new.priority}  # fmt: skip
        return {
            name: value
            for name, value in asked.items()
            if value is not None and value != getattr(self._task, name)
        }

    def check(self, create: bool, force: bool) -> None:
        """Raises what is wrong with the changes before anything is written."""
        task, about = self._task, self._new.about
        if "action" in self._plain():
            refused = check(self.action).refused
            if refused and not (force and self.action):
                raise Refused(refused, "Save it as it is with --force." if self.action else "")
            channel = channel_of(self.action)
            if task.enrollment is not None and channel in closed_channels(self._context.db, task.contact):
                raise Refused(f"They opted out of {channel}.", "Word it for another way to reach them.")
        if self._owner or self._shields:
            self._context.may_touch(task.owner, f'"{task.action}"')
        if task.enrollment is not None and (self._relinks or self._shields):
            raise self._bound()
        if self._shields and task.kind is TaskKind.DECIDE:
            raise Refused("A decision is nobody's private reminder.", "Close it with what was decided.")
        if about and self._relinks:
            for problem in about.problems:
                raise problem
            if about.new and not create:
                raise NotFound(f"There is no {about.new[0]}.", "Add it with --create, or name another one.")

    def _bound(self) -> Refused:
        [(cadence, who)] = self._context.db.rows(
            "SELECT k.name, ifnull(c.name, d.title) FROM enrollment e JOIN cadence k ON k.id = e.cadence_id"
            " LEFT JOIN contact c ON c.id = e.contact_id LEFT JOIN deal d ON d.id = e.deal_id WHERE e.id = ?",
            (self._task.enrollment,),
        )
        return Refused(
            f"This is a step of {cadence}, which is about {who}.",
            "Close it as not needed to end the cadence, and add the follow-up anew.",
        )

    def write(self, work: Unit, events: list[Event]) -> None:
        """Write what differs, and remember it in words."""
        parts: list[tuple[object, Callable[[], str]]] = [
            (self._plain(), lambda: self._write_plain(work)),
            (self._moves, lambda: self._move(work)),
            (self._relinks, lambda: self._relink(work, events)),
            (self._shields, lambda: self._shield(work)),
            (self._owner, lambda: self._give(work, events)),
        ]
        self.changed = [said for differs, write in parts if differs and (said := write())]
        if self._moves:
            events += close_touches(self._context, [self._task.id])

    def _write_plain(self, work: Unit) -> str:
        values = self._plain()
        if "action" in values:
            values["channel"] = channel_of(self.action) or self._task.channel
            values["lint_override"] = bool(check(self.action).refused)
        work.update(Task, self._task.id, **values)
        said = [name for name in ("body", "note") if name in values]
        priority = values.get("priority")
        return ", ".join([*([f"{priority.label} priority"] if priority else []), *said])

    def _move(self, work: Unit) -> str:
        day, at = self._new.due or Day(self._task.due_on)
        today = today_of(self._context, self._task)
        move_due(work, self._task, day, at, today=today, by=self._context.me.name)
        return exact_day(day, at, today=today, tz=self._context.me.tz)

    def _relink(self, work: Unit, events: list[Event]) -> str:
        about = self._new.about
        if about is None:
            return ""
        links = Newcomers(work, events).links(about)
        work.update(
            Task, self._task.id, contact=links.contact_id, deal=links.deal_id, account=links.account_id
        )
        named = (about.contact, about.account, about.deal)
        said = [about.new_contact, *(each.name for each in named if each), about.new_deal]
        return " · ".join(filter(None, said)) or "about nobody"

    def _shield(self, work: Unit) -> str:
        kind = TaskKind.PRIVATE if self._new.private else TaskKind.FOLLOW_UP
        work.update(Task, self._task.id, kind=kind)
        return "private" if self._new.private else "no longer private"

    def _give(self, work: Unit, events: list[Event]) -> str:
        if self._owner is None:
            return ""
        work.verb = "reassign"
        work.update(Task, self._task.id, owner=self._owner.id, acting_owner=None, assigner=work.actor_id)
        events += apply(self._context, work, [self._owner.id], [self._task.id])
        return self._owner.name

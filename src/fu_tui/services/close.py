"""Closing: the verb everything else exists for. One rule: the close, the touch, the successor and the journal entry
are one transaction, and there is exactly one successor or a reason why there is none (R96, R99, R110)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import civil_day, from_utc_text, to_utc, to_zone
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import Conflict, Refused, UsageError
from fu_tui.core.events import Event, NextStepProposed, TaskClosed
from fu_tui.core.outcomes import AGAIN, Effect, Outcome, outcome, subject
from fu_tui.core.terms import Channel, Direction, ReplyClass, TaskKind, TaskStatus
from fu_tui.services.aftermath import Aftermath
from fu_tui.services.context import Context
from fu_tui.services.following import doer_of, why_task_cannot
from fu_tui.services.touches import log_touch
from fu_tui.services.waits import is_search
from fu_tui.store.lookup import Person, person
from fu_tui.store.models import Task
from fu_tui.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Closed:
    """What the aftermath needs to know about a task that was just closed."""

    task: Task
    row: Outcome
    closed_on: date
    """In the zone of the task's owner, or the day the person says it was."""
    until: date | None
    doer: Person
    """Who does what follows: the enrollment's assignee, else the task's owner."""
    calendar: WorkCalendar
    """The doer's, as is `today`."""
    today: date
    note: str = ""
    """What the person wrote; empty where the note was made."""
    at: datetime | None = None
    """The instant (UTC) of the meeting that was booked, or on which to call or check back."""
    channel: Channel | None = None
    """The one channel that was opted out of; None where it is every one."""


class Said(NamedTuple):
    """What the person said about all the tasks they close at once."""

    row: Outcome
    note: str
    on: date | None
    until: date | None
    at: datetime | None
    channel: Channel | None


class Closing:
    """The verb `close`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._aftermath = Aftermath(context)

    def close(
        self,
        task_ids: Sequence[int],
        code: str,
        *,
        note: str = "",
        on: date | None = None,
        until: date | None = None,
        at: datetime | None = None,
        channel: Channel | None = None,
        versions: Mapping[int, int] | None = None,
        propose: bool = True,
    ) -> tuple[Event, ...]:
        """Close tasks with an outcome; all or none, one journal entry.

        on: the civil day it was done (today in the owner's zone unless told; not before the task existed).
        until: the day an outcome asks for (back from leave, call back, check back, delivery), or the day nurture is
        to begin on. at: the instant (UTC) of a meeting that was booked, or to call or check back at; its day is that
        of whoever does it.
        channel: the one channel that was opted out of; without it, it is every one.
        versions: the versions that were shown, by task id; a task that changed since is a Conflict.
        propose: whether a next step is proposed where the outcome ends the cadence.
        Raises Refused, UsageError, NotFound or Conflict; then nothing was written.
        """
        row = outcome(code)
        if row.asks_hour and at is None:
            raise UsageError(
                f'"{row.label}" needs {row.asks}.', "Name both with --at, as in --at 'fri 14:00'."
            )
        if row.asks and until is None and not (row.asks_hour or (at and row.may_have_hour)):
            raise UsageError(f'"{row.label}" needs {row.asks}.', "Name it with --until DATE.")
        said = Said(row, note.strip(), on, until, at, channel)
        chosen = self._context.chosen(task_ids)
        events: list[Event] = []
        with self._context.unit("close") as work:
            for task_id in chosen:
                events += self._close_one(work, task_id, said, (versions or {}).get(task_id))
            first = next(event for event in events if isinstance(event, TaskClosed))
            what = f'"{first.action}"' if len(chosen) == 1 else f"{len(chosen)} tasks"
            work.summary = f"closed {what}: {first.label}"
        return tuple(event for event in events if propose or not isinstance(event, NextStepProposed))

    def _close_one(self, work: Unit, task_id: int, said: Said, version: int | None) -> list[Event]:
        context, row = self._context, said.row
        try:
            work.claim_open(task_id, version)
        except Conflict as conflict:
            raise self._who_was_first(task_id) or conflict from None
        task = work.load(Task, task_id)
        owner = person(work.db, task.owner)
        today = civil_day(work.at, owner.tz)
        self._check(work, task, said, today, owner)
        closed_on = said.on or today
        words = said.note or made_note(work, task, row)
        not_needed = row.code == "not_needed"
        work.update(
            Task, task_id, status=TaskStatus.CANCELLED if not_needed else TaskStatus.DONE, outcome=row.code,
            outcome_note=words, closed_at=work.at, closed_on=closed_on, closed_by=work.actor_id,
            status_changed_at=work.at, hidden_until=None,
        )  # fmt: skip
        self._log(work, task, row, said.note, _touched_at(work, task, closed_on, today, owner))
        label = row.told(subject(task.kind, task.channel, task.contact, task.deal))
        told = f"{label} by {said.channel}" if said.channel else label
        events: list[Event] = [TaskClosed(task_id, task.action, row.code, told, words)]
        doer, calendar, doers_today = context.desk_of(doer_of(work.db, task))
        until = civil_day(said.at, doer.tz) if said.at else said.until
        closed = Closed(
            task, row, closed_on, until, doer, calendar, doers_today, said.note, said.at, said.channel
        )
        return events + self._aftermath.of(work, closed)

    def _check(self, work: Unit, task: Task, said: Said, today: date, owner: Person) -> None:
        row, on, until = said.row, said.on, said.until
        why = why_task_cannot(work.db, task, row)
        if why:
            raise Refused(why, "Choose another outcome: `fu close --help` lists them.")
        if on is not None:
            created = civil_day(task.created_at, owner.tz)
            if on > today:
                raise Refused(f"{day_words(on)} is still to come.", "Close it on the day it is done.")
            if on < created:
                raise Refused(
                    f"The task was created on {day_words(created)}, after {day_words(on)}.",
                    "Name a day since then.",
                )
        if until is not None and until < today and not row.may_be_past:
            asked = row.asks or "the day to begin on"
            raise Refused(f"{day_words(until)} is past.", f"Name a day from today on: {asked}.")
        if said.at is not None and said.at < work.at:
            wall = to_zone(said.at, owner.tz)
            raise Refused(
                f"{day_words(wall.date())} {wall:%H:%M} is past.",
                "Name an hour to come, or close it as held." if row.asks_hour else "Name an hour to come.",
            )

    def _log(self, work: Unit, task: Task, row: Outcome, note: str, at: datetime) -> None:
        """The touch; one that reached nobody is no contact, but it counts as unanswered all the same."""
        linked = task.contact is not None or task.deal is not None
        tried = row.reply is ReplyClass.NONE and linked
        written = "" if row.heard and linked else note  # what they said stands once, with their own words
        if row.touch and (task.channel is not None or tried) and not is_search(self._context, task):
            log_touch(
                work, channel=task.channel, direction=_way(task, row),
                contact_id=task.contact, deal_id=task.deal, task_id=task.id, subject=task.action, body=written,
                reply=row.reply, at=at,
            )  # fmt: skip
        if linked and (row.effect is Effect.WAIT or row.code == AGAIN):
            log_touch(
                work, channel=task.channel, direction=Direction.INTERNAL, contact_id=task.contact, deal_id=task.deal,
                task_id=task.id, subject=row.label, body=note, reply=row.reply, at=at,
            )  # fmt: skip
        if row.heard and linked:
            log_touch(
                work, channel=task.channel, direction=Direction.IN, contact_id=task.contact, deal_id=task.deal,
                task_id=task.id, subject=row.label, body=note, reply=row.reply, at=at,
            )  # fmt: skip

    def _who_was_first(self, task_id: int) -> Conflict | None:
        """Who closed the task, when, and what that brought; None where it is only a changed one (R75)."""
        found = self._context.db.row(
            "SELECT u.name, t.closed_at, (SELECT id FROM task WHERE spawned_by_id = t.id AND removed_by IS NULL"
            " ORDER BY id DESC LIMIT 1) FROM task t JOIN user u ON u.id = t.closed_by_id"
            " WHERE t.id = ? AND t.status <> 'open'",
            (task_id,),
        )
        if found is None:
            return None
        name, at, spawned = found
        wall = to_zone(from_utc_text(at), self._context.me.tz)
        brought = f", spawned #{spawned}" if spawned else ""
        return Conflict(
            f"Task {task_id} was closed by {name} at {wall:%H:%M}{brought}.", "Nothing was written."
        )


def _way(task: Task, row: Outcome) -> Direction:
    """Whether they were reached: not over a channel that nobody knows, nor by a meeting they did not come to."""
    missed = task.channel is Channel.MEETING and row.reply is ReplyClass.NONE
    return Direction.INTERNAL if task.channel is None or missed else Direction.OUT


def _touched_at(work: Unit, task: Task, closed_on: date, today: date, owner: Person) -> datetime:
    """When the touch was: now; at noon of an earlier day that a person names, but not before the task was made."""
    return work.at if closed_on == today else max(task.created_at, to_utc(closed_on, time(12), owner.tz))


def made_note(work: Unit, task: Task, row: Outcome) -> str:
    """The note of a close where the person wrote none, from the facts: "mail, try 2 of 5, no reply yet" (R79)."""
    words = [str(task.channel)] if task.channel else []
    if task.enrollment is not None and task.kind is not TaskKind.DECIDE:
        steps = work.db.value(
            "SELECT count(*) FROM cadence_step WHERE version_id ="
            " (SELECT version_id FROM enrollment WHERE id = ?)",
            (task.enrollment,),
        )
        words.append(f"try {task.step_no} of {steps}")
    elif task.attempt > 1:
        words.append(f"try {task.attempt}")
    return ", ".join([*words, row.note_for(subject(task.kind, task.channel, task.contact, task.deal))])

"""Closing: the verb everything else exists for. One rule: the close, the touch, the successor and the journal entry
are one transaction, and there is exactly one successor or a reason why there is none (R96, R99, R110)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import civil_day, from_utc_text, to_utc, to_zone
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import Conflict, Refused, UsageError
from fu_tui.core.events import Event, NextStepProposed, TaskClosed
from fu_tui.core.outcomes import Outcome, outcome, why_not
from fu_tui.core.terms import Direction, ReplyClass, TaskKind, TaskStatus
from fu_tui.services.aftermath import Aftermath
from fu_tui.services.context import Context
from fu_tui.services.following import doer_of
from fu_tui.services.touches import log_touch
from fu_tui.store.lookup import Person, person
from fu_tui.store.models import Task
from fu_tui.store.unit import Unit

TOUCHES = frozenset(
    {"no_reply", "left_voicemail", "replied", "call_back", "done", "acknowledged", "out_of_office"}
)
"""Outcomes that say the contact was really written to or called."""


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
        versions: Mapping[int, int] | None = None,
        propose: bool = True,
    ) -> tuple[Event, ...]:
        """Close tasks with an outcome; all or none, one journal entry.

        on: the civil day it was done (today in the owner's zone unless told; not before the task existed).
        until: the day an outcome asks for (back from leave, call back, check back).
        versions: the versions that were shown, by task id; a task that changed since is a Conflict.
        propose: whether a next step is proposed where the outcome ends the cadence.
        Raises Refused, UsageError, NotFound or Conflict; then nothing was written.
        """
        row = outcome(code)
        if row.asks and until is None:
            raise UsageError(f'"{row.label}" needs {row.asks}.', "Name it with --until DATE.")
        chosen = self._context.chosen(task_ids)
        events: list[Event] = []
        with self._context.unit("close") as work:
            for task_id in chosen:
                closed = self._close_one(work, task_id, row, note, on, until, (versions or {}).get(task_id))
                events += closed
            first = next(event for event in events if isinstance(event, TaskClosed))
            what = f'"{first.action}"' if len(chosen) == 1 else f"{len(chosen)} tasks"
            work.summary = f"closed {what}: {row.label}"
        return tuple(event for event in events if propose or not isinstance(event, NextStepProposed))

    def _close_one(
        self,
        work: Unit,
        task_id: int,
        row: Outcome,
        note: str,
        on: date | None,
        until: date | None,
        version: int | None,
    ) -> list[Event]:
        context = self._context
        try:
            work.claim_open(task_id, version)
        except Conflict as conflict:
            raise self._who_was_first(task_id) or conflict from None
        task = work.load(Task, task_id)
        owner = person(work.db, task.owner)
        today = civil_day(work.at, owner.tz)
        self._check(task, row, on, until, today, owner)
        closed_on = on or today
        words = note.strip() or made_note(work, task, row)
        not_needed = row.code == "not_needed"
        work.update(
            Task, task_id, status=TaskStatus.CANCELLED if not_needed else TaskStatus.DONE, outcome=row.code,
            outcome_note=words, closed_at=work.at, closed_on=closed_on, closed_by=work.actor_id,
            status_changed_at=work.at, hidden_until=None,
        )  # fmt: skip
        self._log(work, task, row, note.strip(), _touched_at(work, task, closed_on, today, owner))
        events: list[Event] = [TaskClosed(task_id, task.action, row.code, row.label, words)]
        doer, calendar, doers_today = context.desk_of(doer_of(work.db, task))
        closed = Closed(task, row, closed_on, until, doer, calendar, doers_today, note.strip())
        return events + self._aftermath.of(work, closed)

    def _check(
        self, task: Task, row: Outcome, on: date | None, until: date | None, today: date, owner: Person
    ) -> None:
        why = why_not(row, is_decide=task.kind is TaskKind.DECIDE)
        if why:
            raise Refused(why)
        if on is not None:
            created = civil_day(task.created_at, owner.tz)
            if on > today:
                raise Refused(f"{day_words(on)} is still to come.", "Close it on the day it is done.")
            if on < created:
                raise Refused(
                    f"The task was created on {day_words(created)}, after {day_words(on)}.",
                    "Name a day since then.",
                )
        if until is not None and until < today:
            raise Refused(f"{day_words(until)} is past.", f"Name a day from today on: {row.asks}.")

    def _log(self, work: Unit, task: Task, row: Outcome, note: str, at: datetime) -> None:
        """The touch; a try over no known channel is no contact, but it counts as unanswered all the same."""
        linked = task.contact is not None or task.deal is not None
        tried = row.reply is ReplyClass.NONE and linked
        if row.code in TOUCHES and (task.channel is not None or tried):
            log_touch(
                work, channel=task.channel, direction=Direction.OUT if task.channel else Direction.INTERNAL,
                contact_id=task.contact, deal_id=task.deal, task_id=task.id, subject=task.action, body=note,
                reply=row.reply, at=at,
            )  # fmt: skip
        if row.reply is ReplyClass.SUBSTANTIVE and linked:
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
    return ", ".join([*words, row.note])

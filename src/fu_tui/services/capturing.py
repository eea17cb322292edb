"""From resolved lines to tasks. One rule: all of them or none, in one transaction; a refusal names its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from typing import Any

from fu_tui.core.errors import FuError, NotFound, Refused, StorageError, UsageError
from fu_tui.core.events import Enrolled, Event, NoteAdded, NotEnrolled, TaskAdded
from fu_tui.core.months import add_months
from fu_tui.core.terms import Origin, Priority, TaskKind
from fu_tui.services.context import Context
from fu_tui.services.enroll import Start, Target, start_enrollment
from fu_tui.services.newcomers import Newcomers
from fu_tui.services.resolving import Resolved
from fu_tui.services.spacing import close_touches
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.models import Note
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit

WHEN = "Add an exact day: today, fri, +3d, 27 nov, 2026-11-27."


class Capturing:
    """The verbs `add`, `add_all` and `note`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, resolved: Resolved, *, create: bool = False, force: bool = False) -> tuple[Event, ...]:
        """Write the task of a resolved draft, with its new contact, account and deal where `create` allows it.

        force: save a wording that is refused otherwise; the task keeps the mark (R4, R5).
        Raises Refused, NotFound or UsageError; then nothing was written.
        """
        return self.add_all([resolved], create=create, force=force)

    def add_all(
        self, lines: Sequence[Resolved], *, create: bool = False, force: bool = False
    ) -> tuple[Event, ...]:
        """Write the tasks of several drafts at once: one journal entry, one undo; see `add`.

        A name that is new in several lines is made once. Where one line is refused nothing is written, and the refusal
        says which line, counted from 1.
        """
        for number, resolved in enumerate(lines, 1):
            with _line(number, len(lines)):
                _check(resolved, create, force)
        events = list[Event]()
        with self._context.unit("add") as work:
            newcomers = Newcomers(work, events)
            for number, resolved in enumerate(lines, 1):
                with _line(number, len(lines)):
                    events.append(self._write(work, resolved, newcomers.links(resolved)))
            many = len(lines) > 1
            work.summary = f"added {len(lines)} follow-ups" if many else f'added "{lines[0].action}"'
            made = [event.task_id for event in events if isinstance(event, TaskAdded | Enrolled)]
            events += close_touches(self._context, made)
        return tuple(events)

    def note(self, resolved: Resolved, *, create: bool = False) -> tuple[Event, ...]:
        """Keep a line that asks for no action as a note on whom it is about (R2, R44); its day is only words.

        Raises Refused where it is about nobody or says nothing, NotFound for a name that is new without `create`.
        """
        about = resolved.new_contact or next(
            (each.name for each in (resolved.contact, resolved.deal, resolved.account) if each), ""
        )
        text = "\n".join(filter(None, (resolved.told, resolved.body)))
        if not about:
            raise Refused("A note is about somebody.", "Name them: @contact or #deal.")
        if not text:
            raise Refused("The note says nothing.", "Type what is to be remembered.")
        _check_names(resolved, create)
        events = list[Event]()
        with self._context.unit("note") as work:
            links = Newcomers(work, events).links(resolved)
            note_id = work.insert(
                Note, body=text, author=self._context.me.id, at=work.at, contact=links.contact_id,
                deal=links.deal_id, account=links.account_id,
            )  # fmt: skip
            events.append(NoteAdded(note_id, resolved.told or resolved.body, about))
            work.summary = f"noted on {about}"
        return tuple(events)

    def _write(self, work: Unit, resolved: Resolved, links: Links) -> TaskAdded | Enrolled:
        return self._enroll(work, resolved, links) if resolved.cadence else self._make(work, resolved, links)

    def _enroll(self, work: Unit, resolved: Resolved, links: Links) -> Enrolled:
        """The captured action becomes the first step of the cadence, on the day that was named."""
        version = newest_version(self._context.db, resolved.cadence.id if resolved.cadence else 0)
        if resolved.private:
            raise Refused("A private task has no cadence.", "Leave --private or the ~cadence out.")
        step, due = self._context.plan(version).steps[0], resolved.due
        said: dict[str, Any] = {"body": resolved.body, "lint_override": bool(resolved.refused)}
        if resolved.channel is not None:
            said["channel"] = resolved.channel
        if resolved.priority is not Priority.NORMAL:
            said["priority"] = resolved.priority
        # The day that was named is the first step's; the plan begins as long before as that step comes after.
        began = (
            add_months(due.due_on - timedelta(days=step.offset_days), -step.offset_months) if due else None
        )
        start = Start(anchor_on=began, due=due, action=resolved.action, said=said)
        target = Target(links.contact_id, links.deal_id)
        started = start_enrollment(self._context, work, version, target, start, resolved.owner)
        if isinstance(started, NotEnrolled):
            raise Refused(f"{started.who or 'Nobody'}: {started.why}.", "Leave the ~cadence out.")
        return started

    def _make(self, work: Unit, resolved: Resolved, links: Links) -> TaskAdded:
        owner, due = resolved.owner, resolved.due
        if due is None:
            raise UsageError("When is it due?", WHEN)
        task_id = make_task(
            work, action=resolved.action, due=due, owner_id=owner.id, origin=Origin.USER, links=links,
            channel=resolved.channel, priority=resolved.priority, body=resolved.body,
            kind=TaskKind.PRIVATE if resolved.private else TaskKind.FOLLOW_UP,
            assigner=self._context.me.id, lint_override=bool(resolved.refused),
            case=resolved.case.id if resolved.case else None,
        )  # fmt: skip
        return TaskAdded(
            task_id, resolved.action, due.due_on, due.due_at, owner.id, owner.name, resolved.hints
        )


def _check(resolved: Resolved, create: bool, force: bool) -> None:
    """Raises what is wrong with a line before anything is written."""
    if resolved.refused and not (force and resolved.action):
        raise Refused(resolved.refused, "Save it as it is with --force." if resolved.action else "")
    _check_names(resolved, create)
    if resolved.due is None and resolved.cadence is None:
        raise UsageError("When is it due?", WHEN)


def _check_names(resolved: Resolved, create: bool) -> None:
    for problem in resolved.problems:
        raise problem
    if resolved.new and not create:
        raise NotFound(f"There is no {resolved.new[0]}.", "Add it with --create, or name another one.")


@contextmanager
def _line(number: int, total: int) -> Iterator[None]:
    """Where there are several lines, a refusal says in which it was."""
    try:
        yield
    except StorageError:
        raise
    except FuError as error:
        if total == 1:
            raise
        numbered = copy(error)  # the error itself may be remembered as what a name means
        numbered.message = f"Line {number}: {error.message}"
        raise numbered from error

"""`fu add`: one line becomes a follow-up, or many lines one each. One rule: what was understood is printed, so that a
slip is seen at once."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.words import without_warnings
from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import say_when
from fu_tui.core.errors import FuError, UsageError
from fu_tui.core.events import AccountAdded, ContactAdded, DealAdded, Enrolled, Event, NoteAdded, TaskAdded
from fu_tui.core.say import say
from fu_tui.core.terms import Priority

if TYPE_CHECKING:
    from fu_tui.services.resolving import Resolved


@click.command(epilog=params.examples(
    "fu add 'Call Dana about the quote @dana fri 14:00'",
    "fu add 'Send the retail case @\"Ana Ruiz\" #gtx +3d !high // she asked twice' --create",
    "fu add 'Answer the tender @ana 27 nov +sam ~proposal'",
    "fu add - < monday.txt",
    "fu add --note 'Ana is away until 4 jan @ana'",
))  # fmt: skip
@click.argument("text", nargs=-1, required=True)
@click.option("--body", default="", metavar="TEXT", help="What else to know, beside what stands after //.")
@click.option("--private", is_flag=True, help="A reminder that shows in nobody else's queue.")
@click.option(
    "--create", is_flag=True, help="Add the contact, account or deal if there is none of that name."
)
@click.option(
    "--force", is_flag=True, help="Save a wording that is refused otherwise; the task keeps the mark."
)
@click.option("--note", is_flag=True, help="Keep it as a note on whom it is about: nothing is to be done.")
@params.as_json
@click.pass_obj
def add(
    session: Session,
    text: tuple[str, ...],
    body: str,
    private: bool,
    create: bool,
    force: bool,
    note: bool,
    in_json: bool,
) -> None:
    """Add a follow-up in one line.

    TEXT is the action, with @contact, #deal, +owner, !high, ~cadence, and "// more to know" at its end; the day
    stands anywhere: today, fri, +3d, 27 nov, 2026-11-27, fri 14:00. Put the line in single quotes, as # and ! mean
    something to the shell.

    With - for TEXT, standard input is read: a follow-up a line, all of them or none, one undo.
    """
    if len(text) > 1:
        raise UsageError(
            "The line came in pieces.", f"Put it in quotes: fu add {shlex.quote(' '.join(text))}"
        )
    many = text[0] == "-"
    if many and (note or body.strip()):
        raise UsageError(
            "--note and --body go with one line.", "Write // and the body into the lines themselves."
        )
    lines = _lines() if many else [text[0]]
    resolved = [_resolved(session, line, body, private, number) for number, line in enumerate(lines, many)]
    if note:
        written = session.desk.note(resolved[0], create=create)
    else:
        written = session.desk.add_all(resolved, create=create, force=force)
    for each in () if note else resolved:
        for hint in each.hints:
            out.talk(f"Hint: {hint}")
    events = without_warnings(session, written)
    made = [event for event in events if isinstance(event, TaskAdded | Enrolled)]
    if in_json:
        _answer_json(session, events, made, many=many)
        return
    for event in events:
        if isinstance(event, AccountAdded | ContactAdded | DealAdded | NoteAdded):
            out.line(say(event, today=session.today, tz=session.me.tz))
    for each, task in zip(resolved, made, strict=not note):
        out.line(understood(session, each, task))


def _lines() -> list[str]:
    """The lines of standard input. Raises UsageError where there is none."""
    lines = [line for line in sys.stdin.read().splitlines() if line.strip()]
    if not lines:
        raise UsageError("Standard input holds no line.", "Give it one follow-up a line: fu add - < file.txt")
    return lines


def _resolved(session: Session, line: str, body: str, private: bool, number: int) -> Resolved:
    """A line with its references looked up. Raises what is wrong with it.

    number: which of the lines it is, blank ones not counted; 0 for the only one.
    """
    try:
        draft = session.draft(line)
    except FuError as error:
        if number:
            error.message = f"Line {number}: {error.message}"
        raise
    both = "\n".join(filter(None, (draft.body, body.strip())))
    return session.desk.resolve(replace(draft, body=both), private=private)


def _answer_json(
    session: Session, events: Sequence[Event], made: Sequence[TaskAdded | Enrolled], *, many: bool
) -> None:
    """The tasks, as a list where lines were read; of a note its number, its text and whom it is about."""
    from fu_tui.cli.task_json import tasks_json

    if not made:
        kept = next(event for event in events if isinstance(event, NoteAdded))
        out.answer_json({"note": kept.note_id, "text": kept.text, "about": kept.about})
        return
    tasks = tasks_json(session, [task.task_id for task in made])
    out.answer_json(tasks if many else tasks[0])


def understood(session: Session, resolved: Resolved, made: TaskAdded | Enrolled) -> str:
    """ "#12 Call Dana about the quote · Dana Reed · Isdom · Fri 27 Nov 2026, 14:00, in 3 days"."""
    at = to_zone(made.due_at, session.me.tz).time() if made.due_at else None
    named = (resolved.contact, resolved.account, resolved.deal)
    parts = [
        f"#{made.task_id} {made.action}",
        resolved.new_contact,
        resolved.new_account,
        *(record.name for record in named if record),
        resolved.new_deal,
        say_when(made.due_on, at, session.today),
        "" if resolved.priority is Priority.NORMAL else f"{resolved.priority.label} priority",
        f"for {resolved.owner.name}" if resolved.owner.id != session.me.id else "",
        resolved.cadence.name if resolved.cadence else "",
        "private" if resolved.private else "",
    ]
    return " · ".join(filter(None, parts))

"""`fu add`: one line becomes a follow-up. One rule: what was understood is printed, so that a slip is seen at once."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import say_when
from fu_tui.core.errors import UsageError
from fu_tui.core.events import ContactAdded, Enrolled, TaskAdded
from fu_tui.core.terms import Priority

if TYPE_CHECKING:
    from fu_tui.services.resolving import Resolved


@click.command(epilog=params.examples(
    "fu add 'Call Dana about the quote @dana fri 14:00'",
    "fu add 'Send the retail case @\"Ana Ruiz\" #gtx +3d !high // she asked twice' --create",
    "fu add 'Answer the tender @ana 27 nov +sam ~proposal'",
))  # fmt: skip
@click.argument("text", nargs=-1, required=True)
@click.option("--body", default="", metavar="TEXT", help="What else to know, beside what stands after //.")
@click.option("--private", is_flag=True, help="A reminder that shows in nobody else's queue.")
@click.option("--create", is_flag=True, help="Add the contact if there is none of that name.")
@click.option(
    "--force", is_flag=True, help="Save a wording that is refused otherwise; the task keeps the mark."
)
@params.as_json
@click.pass_obj
def add(
    session: Session,
    text: tuple[str, ...],
    body: str,
    private: bool,
    create: bool,
    force: bool,
    in_json: bool,
) -> None:
    """Add a follow-up in one line.

    TEXT is the action, with @contact, #deal, +owner, !high, ~cadence, and "// more to know" at its end; the day
    stands anywhere: today, fri, +3d, 27 nov, 2026-11-27, fri 14:00. Put the line in single quotes, as # and ! mean
    something to the shell.
    """
    if len(text) > 1:
        raise UsageError(
            "The line came in pieces.", f"Put it in quotes: fu add {shlex.quote(' '.join(text))}"
        )
    draft = session.draft(text[0])
    both = "\n".join(filter(None, (draft.body, body.strip())))
    resolved = session.desk.resolve(replace(draft, body=both), private=private)
    events = session.desk.add(resolved, create=create, force=force)
    for hint in resolved.hints:
        out.talk(f"Hint: {hint}")
    made = next(event for event in events if isinstance(event, TaskAdded | Enrolled))
    if in_json:
        from fu_tui.cli.task_json import task_json

        out.answer_json(task_json(session, made.task_id))
        return
    for event in events:
        if isinstance(event, ContactAdded):
            out.line(f"New contact: {event.name}")
    out.line(understood(session, resolved, made))


def understood(session: Session, resolved: Resolved, made: TaskAdded | Enrolled) -> str:
    """ "#12 Call Dana about the quote · Dana Reed · Isdom · Fri 27 Nov 2026, 14:00, in 3 days"."""
    at = to_zone(made.due_at, session.me.tz).time() if made.due_at else None
    named = (resolved.contact, resolved.account, resolved.deal)
    parts = [
        f"#{made.task_id} {made.action}",
        resolved.new_contact,
        *(record.name for record in named if record),
        say_when(made.due_on, at, session.today),
        "" if resolved.priority is Priority.NORMAL else f"{resolved.priority.label} priority",
        f"for {resolved.owner.name}" if resolved.owner.id != session.me.id else "",
        resolved.cadence.name if resolved.cadence else "",
        "private" if resolved.private else "",
    ]
    return " · ".join(filter(None, parts))

"""`fu edit`: what a task says, changed part by part. One rule: what is not named stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.words import told, without_warnings
from fu_tui.core.errors import UsageError
from fu_tui.core.terms import Priority

if TYPE_CHECKING:
    from fu_tui.services.resolving import Resolved


@click.command(epilog=params.examples(
    'fu edit 12 --action "Send Dana the seat prices" --due fri',
    "fu edit 12 --contact ana --deal gtx --priority high",
    "fu edit 12 --contact '' --note 'she asked twice'",
))  # fmt: skip
@params.one_task
@click.option("--action", metavar="TEXT", help="What to do, verb first.")
@click.option("--body", metavar="TEXT", help="What else to know; '' for nothing.")
@click.option("--note", metavar="TEXT", help="The task's note; '' for none.")
@click.option("--due", metavar="WHEN", help="Another day, perhaps with an hour; it counts as moved.")
@click.option("--priority", type=click.Choice([priority.label for priority in sorted(Priority)]))
@click.option("--owner", metavar="USER", help="Hand it over.")
@click.option("--contact", metavar="NAME", help="Whom it is about, or their account; '' for nobody.")
@click.option("--deal", metavar="TITLE", help="The deal it is about; '' for none.")
@click.option("--private/--no-private", default=None, help="Whether it shows in nobody else's queue.")
@click.option("--create", is_flag=True, help="Add the contact or the deal if there is none of that name.")
@click.option(
    "--force", is_flag=True, help="Save a wording that is refused otherwise; the task keeps the mark."
)
@params.as_json
@click.pass_obj
def edit(
    session: Session, /, task_id: int, create: bool, force: bool, in_json: bool, contact: str | None,
    deal: str | None, due: str | None, priority: str | None, **said: Any,
) -> None:  # fmt: skip
    """Change what an open task says.

    Only what is named is changed, all of it in one step that one `fu undo` takes back. A step of a cadence stays with
    whom the cadence is about.
    """
    from fu_tui.core.text import clean_text
    from fu_tui.services.editing import Changes, Day

    asked = (contact, deal, due, priority, *said.values())
    if all(value is None for value in asked):
        raise UsageError(
            "Nothing is to be changed.", "Name what: --action, --due, --contact …; --help lists them."
        )
    for name in ("action", "body", "note"):
        if said[name] is not None:
            said[name] = clean_text(said[name], one_line=name == "action").strip()
    when = session.when(due) if due is not None else None
    changes = Changes(
        due=Day(when.day, session.instant(when)) if when else None,
        priority=Priority.from_label(priority) if priority else None,
        about=_about(session, task_id, contact, deal), **said,
    )  # fmt: skip
    events = without_warnings(session, session.desk.edit(task_id, changes, create=create, force=force))
    if in_json:
        from fu_tui.cli.task_json import task_json

        out.answer_json(task_json(session, task_id))
        return
    for event in events:
        out.line(f"#{task_id} {told(session, event)}" if event is events[-1] else told(session, event))
    if not events:
        out.line(f"#{task_id} says so already: nothing was changed.")


def _about(session: Session, task_id: int, contact: str | None, deal: str | None) -> Resolved | None:
    """Whom the task is to be about: what was named, else whom it is about now; None where neither was named."""
    if contact is None and deal is None:
        return None
    from fu_tui.core.capture import Draft

    now = session.desk.detail(task_id)
    who = contact if contact is not None else str(now.contact_id or "") or _only_account(now)
    which = deal if deal is not None else str(now.deal_id or "")
    return session.desk.resolve(Draft(action=now.action, contact=who or None, link=which or None))


def _only_account(task: Any) -> str:
    return (task.account or "") if task.deal_id is None else ""

"""`fu snooze`, `fu hide`, `fu unhide`, `fu reassign`: another day, off the screen and back, another owner."""

from __future__ import annotations

from collections.abc import Sequence

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.words import told, without_warnings
from fu_tui.core.errors import UsageError
from fu_tui.core.events import Event

when_argument = click.argument("when", metavar="WHEN")


@click.command(
    epilog=params.examples("fu snooze 12 tomorrow", 'fu snooze 12 14 "fri 14:00"', "fu snooze 12 3bd")
)
@params.many_tasks
@when_argument
@params.as_json
@click.pass_obj
def snooze(session: Session, task_ids: tuple[int, ...], when: str, in_json: bool) -> None:
    """Move the due day.

    WHEN is a day in words or numbers, perhaps with an hour; without one, the hour that it has stays. The task
    says that it was moved.
    """
    to = session.when(when)
    _answer(session, session.desk.snooze(task_ids, to.day, at=session.instant(to)), task_ids, in_json)


@click.command(epilog=params.examples("fu hide 12 tomorrow", 'fu hide 12 14 "27 nov"'))
@params.many_tasks
@when_argument
@params.as_json
@click.pass_obj
def hide(session: Session, task_ids: tuple[int, ...], when: str, in_json: bool) -> None:
    """Take tasks off the screen until a day.

    Their due days stay as they are. What is late can be hidden until tomorrow at most.
    """
    until = session.day(when)
    if until is None:
        raise UsageError("Until when?", "Name a day.")
    _answer(session, session.desk.hide(task_ids, until), task_ids, in_json)


@click.command(epilog=params.examples("fu unhide 12"))
@params.many_tasks
@params.as_json
@click.pass_obj
def unhide(session: Session, task_ids: tuple[int, ...], in_json: bool) -> None:
    """Bring hidden tasks back before their day."""
    _answer(session, session.desk.unhide(task_ids), task_ids, in_json)


@click.command(epilog=params.examples("fu reassign 12 sam", "fu reassign 12 14 sam --following"))
@params.many_tasks
@click.argument("user", metavar="USER")
@click.option("--following", is_flag=True, help="Also the steps of the cadence that come after.")
@params.as_json
@click.pass_obj
def reassign(session: Session, task_ids: tuple[int, ...], user: str, following: bool, in_json: bool) -> None:
    """Give tasks to another user.

    What a task says and whom it is about stays as it is.
    """
    _answer(session, session.desk.reassign(task_ids, user, following=following), task_ids, in_json)


def _answer(session: Session, events: Sequence[Event], task_ids: Sequence[int], in_json: bool) -> None:
    moved = without_warnings(session, events)
    if not in_json:
        for task_id, event in zip(task_ids, moved, strict=True):
            out.line(f"#{task_id} {told(session, event)}")
        return
    from fu_tui.cli.task_json import tasks_json

    tasks = tasks_json(session, task_ids)
    out.answer_json(tasks[0] if len(task_ids) == 1 else tasks)

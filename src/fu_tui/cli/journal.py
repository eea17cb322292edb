"""`fu undo`, `fu redo`, `fu journal`: what was done, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

import click

from fu_tui.cli import out, params
from fu_tui.cli.cells import table
from fu_tui.cli.session import Session
from fu_tui.cli.words import told
from fu_tui.core.clock import to_zone, utc_text
from fu_tui.core.events import Event, Redone, Undone
from fu_tui.core.text import for_terminal

DECISIONS = ("withdraw", "keep")


@click.command(epilog=params.examples("fu undo", "fu undo --touched withdraw"))
@click.option(
    "--touched", type=click.Choice(DECISIONS),
    help="What becomes of a follow-up that was changed since it was spawned.",
)  # fmt: skip
@params.as_json
@click.pass_obj
def undo(session: Session, touched: str | None, in_json: bool) -> None:
    """Take back the last thing you did.

    Again, and it takes back the one before.
    """
    from fu_tui.core.terms import Touched

    _answer(session, session.desk.undo(Touched(touched) if touched else Touched.ASK), in_json)


@click.command(epilog=params.examples("fu redo"))
@params.as_json
@click.pass_obj
def redo(session: Session, in_json: bool) -> None:
    """Do again what the last undo took back."""
    _answer(session, session.desk.redo(), in_json)


@click.command(epilog=params.examples("fu journal", "fu journal --limit 5 --json"))
@params.limit
@params.as_json
@click.pass_obj
def journal(session: Session, limit: int | None, in_json: bool) -> None:
    """Show what was done, the newest first."""
    entries = session.desk.entries(params.page_size(limit, in_json))
    if in_json:
        out.answer_json([{**entry._asdict(), "at": utc_text(entry.at)} for entry in entries])
        return
    rows = [
        (
            str(entry.seq),
            f"{to_zone(entry.at, session.me.tz):%Y-%m-%d %H:%M}",
            for_terminal(entry.actor),
            for_terminal(entry.summary or entry.verb),
            "undone" if entry.undone else "",
        )
        for entry in entries
    ]
    out.lines(table(rows, most=out.terminal_width(), give=(3, 2), right=(0,)))


def _answer(session: Session, events: Sequence[Event], in_json: bool) -> None:
    for event in events:
        if not in_json:
            out.line(told(session, event))
        elif isinstance(event, Undone | Redone):
            out.answer_json({"entry": event.entry, "summary": event.summary, "tasks": list(event.task_ids)})

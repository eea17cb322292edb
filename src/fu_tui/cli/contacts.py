"""`fu contacts own` and `close`: contacts that slipped, as `fu list unowned` and `no-next-step` show them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from fu_tui.cli import out, params
from fu_tui.cli.events_json import events_json
from fu_tui.cli.session import Session
from fu_tui.cli.words import told
from fu_tui.core.events import Event
from fu_tui.store.lookup import find_contact

many_contacts = click.argument("references", nargs=-1, required=True, metavar="CONTACT…")


@click.command(epilog=params.examples('fu contacts own "Lou Lost"', "fu contacts own 7 8 --to sam"))
@many_contacts
@click.option("--to", "user", metavar="USER", help="Whose they become; yours unless told.")
@params.as_json
@click.pass_obj
def own(session: Session, references: tuple[str, ...], user: str | None, in_json: bool) -> None:
    """Make contacts yours that nobody owns, or a colleague's.

    One that has an owner is handed over instead, with the context: fu handoff.
    """
    _answer(session, session.desk.own(_contacts(session, references), user), in_json)


@click.command("close", epilog=params.examples('fu contacts close "Lou Lost"'))
@many_contacts
@params.as_json
@click.pass_obj
def close_file(session: Session, references: tuple[str, ...], in_json: bool) -> None:
    """Close the files of contacts with whom nothing is open.

    Nobody asks them again until they ask, and no list calls for their next step.
    """
    _answer(session, session.desk.lay_aside(_contacts(session, references)), in_json)


def _contacts(session: Session, references: Sequence[str]) -> list[int]:
    names = [reference.removeprefix("contact:").removeprefix("#") for reference in references]
    return list(dict.fromkeys(find_contact(session.db, name).id for name in names))


def _answer(session: Session, events: Sequence[Event], in_json: bool) -> None:
    if in_json:
        out.answer_json({"events": events_json(events)})
    else:
        out.lines(out.styled(told(session, event)) for event in events)

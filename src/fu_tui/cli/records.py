"""`fu contacts`, `fu deals`, `fu users`: plain lists to look numbers up in."""

from __future__ import annotations

import click

from fu_tui.cli import out, params, record_lines
from fu_tui.cli.session import Session
from fu_tui.cli.task_json import deals_json
from fu_tui.queries import records


@click.command(epilog=params.examples("fu contacts --filter betatech", "fu contacts --owner sam --json"))
@params.owner
@params.words
@params.limit
@params.as_json
@click.pass_obj
def contacts(session: Session, owner: str | None, words: str, limit: int | None, in_json: bool) -> None:
    """List contacts by name.

    Everybody's, unless --owner says whose.
    """
    most = params.page_size(limit, in_json)
    rows = records.contacts(session.db, session.scope(owner or "all"), words, most)
    if in_json:
        out.answer_json(record_lines.contacts_json(rows))
    else:
        record_lines.write(
            "Contacts", record_lines.contact_lines(rows, session.now), most, "No contact matches."
        )


@click.command(epilog=params.examples("fu deals --owner me", "fu deals --filter negotiation --limit 10"))
@params.owner
@params.words
@params.limit
@params.as_json
@click.pass_obj
def deals(session: Session, owner: str | None, words: str, limit: int | None, in_json: bool) -> None:
    """List deals, the open ones first.

    Everybody's, unless --owner says whose; the longest in their stage come first.
    """
    most = params.page_size(limit, in_json)
    rows = records.deals(session.db, session.scope(owner or "all"), words, most)
    if in_json:
        out.answer_json(deals_json(rows))
    else:
        record_lines.write("Deals", record_lines.deal_lines(rows, session.now), most, "No deal matches.")


@click.command(epilog=params.examples("fu users", "fu users --filter manager --json"))
@params.words
@params.limit
@params.as_json
@click.pass_obj
def users(session: Session, words: str, limit: int | None, in_json: bool) -> None:
    """List users, and what is due on each desk."""
    most = params.page_size(limit, in_json)
    rows = records.users(session.db, session.me, session.today, words, most)
    if in_json:
        out.answer_json(record_lines.users_json(rows))
    else:
        record_lines.write("Users", record_lines.user_lines(rows), most, "No user matches.")

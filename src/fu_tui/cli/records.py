"""`fu contacts`, `fu deals`: plain lists to look numbers up in, and below them what is done to one."""

from __future__ import annotations

import click

from fu_tui.cli import out, params, record_lines
from fu_tui.cli.contacts import close_file, own
from fu_tui.cli.deals import move, park, unpark
from fu_tui.cli.session import Session
from fu_tui.cli.task_json import deals_json
from fu_tui.queries import records


@click.group(
    invoke_without_command=True,
    epilog=params.examples(
        "fu contacts --filter betatech", "fu contacts --owner sam --json", 'fu contacts own "Ana Ruiz"'
    ),
)
@params.owner
@params.words
@params.limit
@params.as_json
@click.pass_context
def contacts(context: click.Context, owner: str | None, words: str, limit: int | None, in_json: bool) -> None:
    """List contacts by name; own those nobody owns, close the files of some.

    Everybody's, unless --owner says whose.
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    most = params.page_size(limit, in_json)
    rows = records.contacts(session.db, session.scope(owner or "all"), words, most)
    if in_json:
        out.answer_json(record_lines.contacts_json(rows))
    else:
        record_lines.write(
            "Contacts", record_lines.contact_lines(rows, session.now), most, "No contact matches."
        )


@click.group(
    invoke_without_command=True,
    epilog=params.examples(
        "fu deals --owner me", "fu deals --filter negotiation --limit 10", "fu deals move 7"
    ),
)
@params.owner
@params.words
@params.limit
@params.as_json
@click.pass_context
def deals(context: click.Context, owner: str | None, words: str, limit: int | None, in_json: bool) -> None:
    """List deals, the open ones first; or move, park and unpark them.

    Everybody's, unless --owner says whose; the longest in their stage come first.
    """
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    most = params.page_size(limit, in_json)
    rows = records.deals(session.db, session.scope(owner or "all"), words, most)
    if in_json:
        out.answer_json(deals_json(rows))
    else:
        record_lines.write("Deals", record_lines.deal_lines(rows, session.now), most, "No deal matches.")


for command in (own, close_file):
    contacts.add_command(command)
for command in (move, park, unpark):
    deals.add_command(command)

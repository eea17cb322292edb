"""`fu users`: who works with the file, who joins, who has left."""

from __future__ import annotations

import click

from fu_tui.cli import out, params, record_lines
from fu_tui.cli.absence import deactivate
from fu_tui.cli.events_json import events_json
from fu_tui.cli.session import Session
from fu_tui.cli.words import told
from fu_tui.core.terms import Role
from fu_tui.queries import records


@click.group(
    invoke_without_command=True,
    epilog=params.examples(
        "fu users", "fu users --filter manager --json", 'fu users add "Kim Berg" --email kim@example.com',
        "fu users deactivate sam --to dana",
    ),
)  # fmt: skip
@params.words
@params.limit
@params.as_json
@click.pass_context
def users(context: click.Context, words: str, limit: int | None, in_json: bool) -> None:
    """List users and what is due on each desk; add one, or let one go."""
    if context.invoked_subcommand is None:
        _write(context.obj, words, limit, in_json)


@users.command("list", epilog=params.examples("fu users list", "fu users list --filter manager --json"))
@params.words
@params.limit
@params.as_json
@click.pass_obj
def list_(session: Session, words: str, limit: int | None, in_json: bool) -> None:
    """List users, and what is due on each desk."""
    _write(session, words, limit, in_json)


def _write(session: Session, words: str, limit: int | None, in_json: bool) -> None:
    most = params.page_size(limit, in_json)
    rows = records.users(session.db, session.me, session.today, words, most)
    if in_json:
        out.answer_json(record_lines.users_json(rows))
    else:
        record_lines.write("Users", record_lines.user_lines(rows), most, "No user matches.")


@users.command("add", epilog=params.examples(
    'fu users add "Kim Berg"', 'fu users add "Kim Berg" --email kim@example.com --tz Europe/Berlin --role manager',
))  # fmt: skip
@click.argument("name")
@click.option(
    "--handle", default="", metavar="WORD", help="What they are called in a line; made of the name."
)
@click.option("--email", default="", metavar="MAIL", help="Their address.")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.REP.value, show_default=True,
    help="What they may: reps change what is theirs, managers and admins everybody's.",
)  # fmt: skip
@click.option(
    "--tz", default="", metavar="ZONE", help="Their time zone, as Europe/Berlin; yours unless told."
)
@click.option(
    "--login", default="", metavar="NAME", help="Their login on this machine: then no --as is needed."
)
@click.option("--manager", default="", metavar="NAME", help="Who is told what stands still; you unless told.")
@params.as_json
@click.pass_obj
def add(
    session: Session,
    name: str,
    handle: str,
    email: str,
    role: str,
    tz: str,
    login: str,
    manager: str,
    in_json: bool,
) -> None:
    """Add a colleague, or bring one back who had left.

    They work by your calendar. One undo takes them away, as long as nothing is theirs.
    """
    events = session.desk.add_user(
        name, handle=handle, email=email, role=Role(role), tz=tz, login=login, manager=manager
    )
    if in_json:
        out.answer_json({"events": events_json(events)})
    else:
        out.lines(out.styled(told(session, event)) for event in events)


users.add_command(deactivate)

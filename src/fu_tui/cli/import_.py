"""`fu import`: files into accounts, users, contacts, deals and follow-ups. One rule: it says what was taken and what
was not, to the last row, and with --dry-run it writes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fu_tui.cli import out, params
from fu_tui.cli.init import at_terminal
from fu_tui.cli.session import Session

if TYPE_CHECKING:
    from fu_tui.exchange.plan import ImportPlan
    from fu_tui.exchange.publish import Published

OWNERS = 8
"""Owners of the files that are named where the person is asked which one they are."""
KINDS = ("accounts", "users", "contacts", "deals", "tasks", "leads", "products")


@click.command(name="import", epilog=params.examples(
    'fu import deals.csv accounts.csv --me "Dana Okafor"',
    "fu import ~/crm-export --dry-run",
    "fu import leads.csv --create-users --dates dmy",
))  # fmt: skip
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE|FOLDER…")
@click.option("--kind", type=click.Choice(KINDS), help="What the rows are, where the columns don't tell.")
@click.option(
    "--map", "map_file", type=click.Path(path_type=Path), metavar="FILE", help="Which column is which."
)
@click.option("--me", metavar="NAME", help="Which owner in the files I am.")
@click.option("--owner", metavar="NAME", help="Who gets what belongs to owners that are no users.")
@click.option("--create-users", is_flag=True, help="Make users of the owners instead.")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="Whether 3/4 is 3 April or 4 March.")
@click.option("--encoding", metavar="NAME", help="The files' encoding, where it is not UTF-8 (cp1252).")
@click.option("--dry-run", is_flag=True, help="Read and report; write nothing.")
@params.as_json
@click.pass_obj
def import_(
    session: Session,
    paths: tuple[Path, ...],
    kind: str | None,
    map_file: Path | None,
    me: str | None,
    owner: str | None,
    create_users: bool,
    dates: str | None,
    encoding: str | None,
    dry_run: bool,
    in_json: bool,
) -> None:
    """Import CSV files: users, accounts, contacts, deals, follow-ups.

    Files, or folders of files, in any order. All of it is one journal entry, and `fu undo` takes it back.
    At a terminal it asks which of the owners you are, where the files don't name you.
    """
    from fu_tui.exchange.batch import plan_import
    from fu_tui.exchange.datecells import DateOrder
    from fu_tui.exchange.fields import Kind
    from fu_tui.exchange.mapping import load_map
    from fu_tui.exchange.publish import preview, publish

    columns = load_map(map_file) if map_file else None
    with progress("Reading", in_json) as tell:
        plan = plan_import(
            [path.expanduser() for path in paths], kind=Kind(kind) if kind else None, columns=columns,
            encoding=encoding, dates=DateOrder(dates) if dates else None, progress=tell,
        )  # fmt: skip
    if not (me or owner or in_json or dry_run) and at_terminal():
        me = _ask_me(plan, session)
    whose: dict[str, Any] = {"me": me, "owner": owner, "create_users": create_users}
    if dry_run:
        _answer(plan, preview(session.desk.context, plan, **whose), in_json, written=False)
        return
    with progress("Writing", in_json) as tell:
        published = publish(session.desk.context, plan, progress=tell, **whose)
    _answer(plan, published, in_json, written=True)


def _ask_me(plan: ImportPlan, session: Session) -> str | None:
    """Which of the owners the person is, where their name is not among them; None where they are none of them."""
    from fu_tui.exchange.incoming import owners_of
    from fu_tui.exchange.records import fold

    owners = owners_of(plan)
    me = session.me
    if not owners or {fold(name) for name, _ in owners} & {fold(me.name), fold(me.handle)}:
        return None
    some = [f"{name} ({count:,})" for name, count in owners[:OWNERS]]
    out.talk(f"You are {me.name}, whom the files don't name. Their owners: {', '.join(some)}"
             f"{f' and {len(owners) - OWNERS:,} more' if len(owners) > OWNERS else ''}.")  # fmt: skip
    said: str = click.prompt(
        "Which of them are you (enter for none)", default="", show_default=False, err=True
    )
    return said.strip() or None


@contextmanager
def progress(what: str, in_json: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while something long runs; nothing where that is no terminal."""
    if in_json or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1000, label=what, file=sys.stderr) as bar:
        yield lambda done, total: bar.update(1000 * done // max(total, 1) - bar.pos)
        bar.update(1000 - bar.pos)


def _answer(plan: ImportPlan, published: Published, in_json: bool, *, written: bool) -> None:
    from fu_tui.exchange.report import report_json, report_lines

    if in_json:
        out.answer_json(report_json(plan) | {
            "written": written, "created": published.created, "known": published.known,
            "given": [{"to": name or None, "records": count} for name, count in published.given.items() if count],
            "me": published.me,
        })  # fmt: skip
        return
    out.lines(map(out.styled, report_lines(plan)))
    known = _counted(published.known)
    out.line(f"{'Written' if written else 'New'}: {_counted(published.created) or 'nothing'}."
             f"{f' Known already: {known}.' if known else ''}")  # fmt: skip
    if not written:
        out.line("Nothing was written: this was a dry run.")
        return
    for name, count in published.given.items():
        if count:
            whose = f"given to {name}" if name else "listed as unowned"
            out.line(f"{count:,} without an owner who is a user: {whose}.")
    if _is_a_stranger(plan, published):
        out.line(
            "None of it is yours. If you are one of these owners: `fu undo`, then import with --me NAME."
        )
    out.line(f"You are {published.me}. `fu` opens the desk, `fu undo` takes the import back.")


def _is_a_stranger(plan: ImportPlan, published: Published) -> bool:
    """Whether the files name owners, and the person importing is none of them and was given nothing."""
    from fu_tui.exchange.records import fold

    owners = {fold(record.owner) for records in (plan.deals, plan.contacts, plan.tasks) for record in records}
    return bool(owners - {""}) and fold(published.me) not in owners and not published.given.get(published.me)


def _counted(kinds: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in kinds.items() if count)

"""`fu series`: what repeats on fixed days: renewals, inspections, check-ins (R115). One rule: a series is named by its
number; its open task by its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from fu_tui.cli import out, params
from fu_tui.cli.alone import Alone
from fu_tui.cli.cells import table
from fu_tui.cli.events_json import events_json
from fu_tui.cli.session import Session
from fu_tui.cli.words import labelled, long_day, told
from fu_tui.core.dates_words import short_day
from fu_tui.core.errors import UsageError
from fu_tui.core.events import Event
from fu_tui.core.terms import Priority, TaskKind
from fu_tui.queries.series import one_series
from fu_tui.queries.series import series as all_series
from fu_tui.queries.series_rows import SeriesRow
from fu_tui.store.lookup import find_account, find_contact, find_deal

KINDS = [kind.value.replace("_", "-") for kind in (
    TaskKind.FOLLOW_UP, TaskKind.RENEWAL, TaskKind.APPROVAL, TaskKind.DOCUMENT,
)]  # fmt: skip
number = click.argument("series_id", type=params.ID, metavar="ID")
PRIORITIES = click.Choice([each.label for each in Priority])
first_day = click.option(
    "--from",
    "start",
    metavar="DATE",
    help="The day it counts from; the next that the rhythm names unless told.",
)
anyway = click.option(
    "--force", is_flag=True, help="Even on a sales conversation, or in a wording that says nothing."
)


@click.group(cls=Alone, epilog=params.examples(
    "fu series", 'fu series add "Review the usage" --every "3 months" --account betatech', "fu series skip 2",
))  # fmt: skip
def series() -> None:
    """Repeat a task on fixed days: renewals, inspections, check-ins.

    One task is open at a time; closing or skipping it brings the next. What was missed is not made up for.
    """


@series.command("list", epilog=params.examples("fu series list", "fu series list --owner team --ended"))
@params.owner
@click.option("--ended", is_flag=True, help="Also those that are over.")
@params.as_json
@click.pass_obj
def list_(session: Session, owner: str | None, ended: bool, in_json: bool) -> None:
    """List series, the next due first. Mine, unless --owner says whose."""
    rows = all_series(session.db, session.scope(owner), ended=ended)
    if in_json:
        out.answer_json([row._asdict() for row in rows])
    elif rows:
        cells = [
            [str(row.id), row.action, row.words, row.about, _next(session, row), row.owner] for row in rows
        ]
        out.lines(table(cells, most=out.terminal_width(), give=(1, 3, 2), right=(0,)))
    else:
        out.talk("Nothing repeats: fu series add makes a series.")


@series.command("show", epilog=params.examples("fu series show 2"))
@number
@params.as_json
@click.pass_obj
def show(session: Session, series_id: int, in_json: bool) -> None:
    """Show a series: its rhythm, its open task, and the days after it."""
    row = one_series(session.db, series_id)
    days = () if row.state == "ended" else session.desk.series_ahead(series_id)
    if in_json:
        out.answer_json(row._asdict() | {"days": [day.isoformat() for day in days]})
        return
    task = f"#{row.task_id}, due {long_day(row.due_on)}" if row.task_id and row.due_on else ""
    ended = row.state == "ended"
    out.lines([out.styled(f"{row.id} {row.action}", out.BOLD)])
    out.lines(labelled([
        ("rhythm", row.words), ("about", row.about), ("owner", row.owner_name),
        ("open", "ended" if ended else task), ("done", {0: "not yet", 1: "once"}.get(row.done, f"{row.done} times")),
        ("then", ", ".join(long_day(day.isoformat()) for day in days)),
    ]))  # fmt: skip


@series.command("add", epilog=params.examples(
    'fu series add "Inspect the fire doors" --every "month on the first monday"',
    'fu series add "Renew the insurance" --every "year on 1 mar" --kind renewal --account betatech',
    'fu series add "Call Ana about the quarter" --every quarter --from "1 jan" --contact ana',
))  # fmt: skip
@click.argument("action")
@click.option(
    "--every", required=True, metavar="RHYTHM",
    help='"month", "3 months", "2nd friday", "year on 1 mar", "month on the last day"; also an RRULE.',
)  # fmt: skip
@first_day
@click.option("--contact", metavar="CONTACT", help="Whom it is about.")
@click.option("--deal", metavar="DEAL", help="The deal it is about.")
@click.option("--account", metavar="ACCOUNT", help="The account it is about.")
@click.option("--owner", metavar="NAME", help="Whose it is; yours unless told.")
@click.option("--kind", type=click.Choice(KINDS), default="follow-up", show_default=True)
@click.option("--priority", type=PRIORITIES, default="normal", show_default=True)
@click.option("--body", default="", metavar="TEXT", help="What else to know, on each of its tasks.")
@anyway
@params.as_json
@click.pass_obj
def add(
    session: Session,
    action: str,
    every: str,
    start: str | None,
    contact: str | None,
    deal: str | None,
    account: str | None,
    owner: str | None,
    kind: str,
    priority: str,
    body: str,
    force: bool,
    in_json: bool,
) -> None:
    """Make a series, and its first task.

    A day off is moved to the next working day of the owner; the 31st is the last day of a shorter month.
    """
    about = (
        find_contact(session.db, contact).id if contact else None,
        find_deal(session.db, deal).id if deal else None,
        find_account(session.db, account).id if account else None,
    )
    events = session.desk.add_series(
        action, every, about=about, start_on=session.day(start), owner=_owner(session, owner),
        kind=TaskKind(kind.replace("-", "_")), priority=Priority.from_label(priority), body=body, force=force,
    )  # fmt: skip
    _answer(session, events, in_json)


@series.command("edit", epilog=params.examples(
    'fu series edit 2 --every "6 months"', 'fu series edit 2 --action "Inspect all doors" --owner sam',
))  # fmt: skip
@number
@click.option("--action", metavar="TEXT", help="What is to be done.")
@click.option("--every", metavar="RHYTHM", help="Another rhythm; see `fu series add --help`.")
@first_day
@click.option("--owner", metavar="NAME", help="Whose it is from now on.")
@click.option("--priority", type=PRIORITIES)
@click.option("--body", metavar="TEXT", help="What else to know.")
@anyway
@params.as_json
@click.pass_obj
def edit(
    session: Session,
    series_id: int,
    action: str | None,
    every: str | None,
    start: str | None,
    owner: str | None,
    priority: str | None,
    body: str | None,
    force: bool,
    in_json: bool,
) -> None:
    """Change a series. Its open task changes with it, and moves where the rhythm does; no other is made."""
    asked = (action, every, start, owner, priority, body)
    if all(each is None for each in asked):
        raise UsageError(
            "What should be different?", "Name --action, --every, --from, --owner, --priority or --body."
        )
    events = session.desk.edit_series(
        series_id, action=action, every=every, start_on=session.day(start), owner=_owner(session, owner),
        priority=Priority.from_label(priority) if priority else None, body=body, force=force,
    )  # fmt: skip
    if not events and not in_json:
        out.talk("It is so already; nothing was written.")
    _answer(session, events, in_json)


@series.command("end", epilog=params.examples("fu series end 2", "fu series end 2 --keep"))
@number
@click.option("--keep", is_flag=True, help="The open task stays, as a task of its own.")
@params.as_json
@click.pass_obj
def end(session: Session, series_id: int, keep: bool, in_json: bool) -> None:
    """End a series. Its open task is cancelled."""
    _answer(session, session.desk.end_series(series_id, keep=keep), in_json)


@series.command(
    "skip", epilog=params.examples("fu series skip 2", 'fu series skip 2 --reason "closed for summer"')
)
@number
@click.option("--reason", default="", metavar="TEXT", help="Why; the task keeps it.")
@params.as_json
@click.pass_obj
def skip(session: Session, series_id: int, reason: str, in_json: bool) -> None:
    """Pass over the occurrence that is open; the next one comes."""
    _answer(session, session.desk.skip_series(series_id, reason=reason), in_json)


def _next(session: Session, row: SeriesRow) -> str:
    if row.state == "ended":
        return "ended"
    if row.due_on is None:
        return "no task yet"
    waits = ", waits" if row.task_status == "held" else ""
    return short_day(date.fromisoformat(row.due_on), session.today) + waits


def _owner(session: Session, owner: str | None) -> str | None:
    if owner in ("team", "all"):
        raise UsageError("A series has one owner.", "Name one user.")
    return session.me.handle if owner == "me" else owner


def _answer(session: Session, events: Sequence[Event], in_json: bool) -> None:
    if in_json:
        out.answer_json({"events": events_json(events)})
    else:
        out.lines(out.styled(told(session, event)) for event in events)

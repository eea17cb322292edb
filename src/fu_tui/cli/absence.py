"""`fu absence`: who is away, who covers, what their cover has to know; and `fu users deactivate`."""

from __future__ import annotations

import click

from fu_tui.cli import out, params
from fu_tui.cli.alone import Alone
from fu_tui.cli.cells import table
from fu_tui.cli.events_json import events_json
from fu_tui.cli.session import Session
from fu_tui.cli.words import long_day, told
from fu_tui.core.dates_words import short_day
from fu_tui.core.errors import UsageError
from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.queries.absences import absence as one_absence
from fu_tui.queries.absences import absences
from fu_tui.queries.absences import brief as briefed
from fu_tui.queries.working_rows import AbsenceRow

POLICIES = {policy.value.replace("_", "-"): policy for policy in AbsencePolicy}
number = click.argument("absence_id", type=params.ID, metavar="ID")


@click.group(
    cls=Alone, epilog=params.examples("fu absence", "fu absence add 2026-12-07 2026-12-11 --cover sam")
)
def absence() -> None:
    """Say who is away, and who covers."""


@absence.command("add", epilog=params.examples(
    "fu absence add mon fri --cover sam", 'fu absence add "7 dec" "11 dec" --user dana --policy pause',
))  # fmt: skip
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="TO")
@click.option("--user", metavar="NAME", help="Who is away; you, unless told.")
@click.option("--cover", metavar="NAME", help="Who does what is due meanwhile.")
@click.option(
    "--policy", type=click.Choice(sorted(POLICIES)),
    help="cover-all with a cover unless told: everything due; cover-urgent: what is late, high or has an hour;"
    " pause: everything waits, and the days that were left are kept.",
)  # fmt: skip
@click.option("--note", default="", metavar="TEXT", help="What the cover should know.")
@click.option("--auto-reply", metavar="TEXT", help="What your mail answers; made unless told.")
@params.as_json
@click.pass_obj
def add(
    session: Session,
    first: str,
    last: str,
    user: str | None,
    cover: str | None,
    policy: str | None,
    note: str,
    auto_reply: str | None,
    in_json: bool,
) -> None:
    """Say that somebody is away from a day to a day, both included."""
    from_on, to_on = session.day(first), session.day(last)
    if from_on is None or to_on is None:
        raise UsageError("From when to when?", "Name two days.")
    events = session.desk.add_absence(
        user or session.me.handle, from_on, to_on, cover=cover, policy=POLICIES[policy] if policy else None,
        note=note, auto_reply=auto_reply,
    )  # fmt: skip
    if in_json:
        out.answer_json({"events": events_json(events)})
        return
    out.lines(out.styled(told(session, event)) for event in events)
    row = one_absence(session.db, getattr(events[0], "absence_id", 0))
    out.talk(f"For your mail: {row.auto_reply}")


@absence.command("list", epilog=params.examples("fu absence list", "fu absence list --past --json"))
@click.option("--past", is_flag=True, help="Those that are over, too.")
@params.as_json
@click.pass_obj
def list_(session: Session, past: bool, in_json: bool) -> None:
    """List who is away now or will be."""
    rows = absences(session.db, None if past else session.today)
    if in_json:
        out.answer_json([row._asdict() for row in rows])
    elif rows:
        out.lines(
            table([
                [str(row.id), row.name, _span(row), row.policy.replace("_", " "),
                 row.cover_name or "", row.note]
                for row in rows
            ], most=out.terminal_width(), give=(5,))
        )  # fmt: skip
    else:
        out.talk("Nobody is away.")


@absence.command("remove", epilog=params.examples("fu absence remove 3"))
@number
@params.as_json
@click.pass_obj
def remove(session: Session, absence_id: int, in_json: bool) -> None:
    """Take an absence back, or end it early.

    What was covered or held is its owner's again.
    """
    events = session.desk.remove_absence(absence_id)
    if in_json:
        out.answer_json({"events": events_json(events)})
    else:
        out.lines(out.styled(told(session, event)) for event in events)


@absence.command("brief", epilog=params.examples("fu absence brief 3"))
@number
@params.as_json
@click.pass_obj
def brief(session: Session, absence_id: int, in_json: bool) -> None:
    """Print what the cover has to know.

    What is due until the absence ends, the most urgent first.
    """
    row, tasks = one_absence(session.db, absence_id), briefed(session.db, absence_id)
    if in_json:
        from fu_tui.cli.task_json import tasks_json

        out.answer_json({"absence": row._asdict(), "tasks": tasks_json(session, [task.id for task in tasks])})
        return
    out.lines([out.styled(f"{row.name}, {_span(row)}", out.BOLD)])
    out.lines(out.styled(line) for line in row.note.splitlines())
    out.lines(
        table([
            [str(task.id), task.priority.label, short_day(task.due_on, session.today), task.action,
             task.contact or "", task.deal or ""]
            for task in tasks
        ], most=out.terminal_width(), give=(3, 5))
    )  # fmt: skip
    if not tasks:
        out.talk("Nothing is due meanwhile.")


def _span(row: AbsenceRow) -> str:
    return f"{long_day(row.from_on)} to {long_day(row.to_on)}"


@click.command(epilog=params.examples("fu users deactivate sam --to dana"))
@click.argument("name")
@click.option("--to", required=True, metavar="NAME", help="Whose everything becomes.")
@params.as_json
@click.pass_obj
def deactivate(session: Session, name: str, to: str, in_json: bool) -> None:
    """Say that somebody has left, and who takes over.

    Their contacts, deals, tasks and running cadences become the other's; private tasks are cancelled. One undo.
    """
    events = session.desk.deactivate(name, to)
    if in_json:
        out.answer_json({"events": events_json(events)})
    else:
        out.lines(out.styled(told(session, event)) for event in events)

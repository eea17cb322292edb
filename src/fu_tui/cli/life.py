"""`fu enrollments`, `fu pause`, `fu resume`, `fu skip`, `fu stop`, `fu replace`, `fu migrate`: the life of a cadence
that was started."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from fu_tui.cli import out, params
from fu_tui.cli.cells import table
from fu_tui.cli.enroll import target_of
from fu_tui.cli.session import Session
from fu_tui.cli.words import told
from fu_tui.core.dates_words import short_day
from fu_tui.core.errors import NotFound, UsageError
from fu_tui.core.events import Event
from fu_tui.core.text import number_of
from fu_tui.queries.running import RunningRow, one_running, running, running_for
from fu_tui.queries.slips import slips_now

many_enrollments = click.argument("references", nargs=-1, required=True, metavar="ENROLLMENT…")


@click.command(epilog=params.examples("fu enrollments", "fu enrollments --paused --owner team"))
@params.owner
@params.words
@params.limit
@click.option("--paused", is_flag=True, help="Only what is paused, the longest first.")
@params.as_json
@click.pass_obj
def enrollments(
    session: Session, owner: str | None, words: str, limit: int | None, paused: bool, in_json: bool
) -> None:
    """List the cadences that run, the next due first.

    Mine, unless --owner says whose. Their numbers are what pause, resume, stop and replace take.
    """
    rows = running(session.db, session.scope(owner), words, params.page_size(limit, in_json), paused=paused)
    if in_json:
        out.answer_json([row._asdict() for row in rows])
    elif rows:
        out.lines(table([_cells(session, row) for row in rows], most=out.terminal_width(), give=(1, 3)))
    else:
        out.talk("Nothing is paused." if paused else "No cadence runs.")


def _cells(session: Session, row: RunningRow) -> list[str]:
    day = short_day(date.fromisoformat(row.due_on), session.today) if row.due_on else ""
    state = f"paused, {row.remaining_days or 0}d left" if row.state == "paused" else day
    step = f"{row.cadence_key} {f'{row.step}/{row.steps}' if row.step <= row.steps else 'end'}"
    return [str(row.enrollment), row.who, step, row.action or "", state, row.assignee]


@click.command(epilog=params.examples('fu pause 7 --reason "trade fair"', 'fu pause "Ana Ruiz"'))
@many_enrollments
@click.option("--reason", default="", metavar="TEXT", help="Why; the journal keeps it.")
@params.as_json
@click.pass_obj
def pause(session: Session, references: tuple[str, ...], reason: str, in_json: bool) -> None:
    """Let cadences wait.

    Their tasks are held, the days that were left are kept.

    An enrollment is named by its number (`fu enrollments`), by its task (task:12), or by a contact or deal that only
    one cadence runs for.
    """
    ids = enrollments_of(session, references)
    _answer(session, session.desk.pause(ids, reason=reason), ids, in_json)


@click.command(epilog=params.examples("fu resume 7"))
@many_enrollments
@params.as_json
@click.pass_obj
def resume(session: Session, references: tuple[str, ...], in_json: bool) -> None:
    """Let paused cadences go on.

    What was left of the days counts from today; nothing catches up. Where an address bounced, the step comes again.
    """
    ids = enrollments_of(session, references)
    _answer(session, session.desk.resume(ids), ids, in_json)


@click.command(epilog=params.examples("fu skip 12", 'fu skip 12 --reason "met her by chance"'))
@params.many_tasks
@click.option("--reason", default="", metavar="TEXT", help="Why; the task keeps it.")
@params.as_json
@click.pass_obj
def skip(session: Session, task_ids: tuple[int, ...], reason: str, in_json: bool) -> None:
    """Pass over a step of a cadence.

    The next one comes as after a close, and nothing counts as unanswered.
    """
    _answer(session, session.desk.skip(task_ids, reason=reason), (), in_json)


@click.command(
    epilog=params.examples('fu stop 7 --reason "bought elsewhere"', "fu stop task:12 --reason done --keep")
)
@many_enrollments
@click.option("--reason", required=True, metavar="TEXT", help="Why; the journal keeps it.")
@click.option("--keep", is_flag=True, help="The open task stays, without its cadence.")
@params.as_json
@click.pass_obj
def stop(session: Session, references: tuple[str, ...], reason: str, keep: bool, in_json: bool) -> None:
    """End cadences before their plan does."""
    ids = enrollments_of(session, references)
    before = [row for number in ids if (row := one_running(session.db, number))]
    _answer(session, session.desk.stop(ids, reason, keep=keep), ids, in_json)
    left = [row.who for row in before if slips_now(session.db, row.contact_id, row.deal_id)]
    if left:
        out.talk(
            f"No next step now: {', '.join(left)}. `fu add` gives one; `fu list no-next-step` lists them all."
        )


@click.command(epilog=params.examples("fu replace 7 nurture", 'fu replace "deal:7" proposal --from-step 2'))
@many_enrollments
@click.argument("cadence", metavar="CADENCE")
@click.option("--start", metavar="DATE", help="The day the new plan counts from; today unless told.")
@click.option(
    "--from-step", type=click.IntRange(min=1), default=1, metavar="K", help="Join the plan at this step."
)
@params.as_json
@click.pass_obj
def replace(
    session: Session,
    references: tuple[str, ...],
    cadence: str,
    start: str | None,
    from_step: int,
    in_json: bool,
) -> None:
    """Start another cadence instead, for the same contact and deal."""
    ids = enrollments_of(session, references)
    events = session.desk.replace(ids, cadence, start=session.day(start), from_step=from_step)
    _answer(session, events, ids, in_json)


@click.command(
    epilog=params.examples("fu migrate proposal", "fu migrate proposal 7 9", "fu migrate proposal --all")
)
@click.argument("cadence")
@click.argument("references", nargs=-1, metavar="[ENROLLMENT]…")
@click.option("--all", "everything", is_flag=True, help="All that run in an older version.")
@params.as_json
@click.pass_obj
def migrate(
    session: Session, cadence: str, references: tuple[str, ...], everything: bool, in_json: bool
) -> None:
    """Bring running enrollments to the newest version of their cadence.

    Without a number and without --all it only shows what would change: the days as they are, and as they would be. One
    undo takes it all back.
    """
    if everything and references:
        raise UsageError("All of them, or those named?", "Leave out --all, or the numbers.")
    ids = enrollments_of(session, references) if references else None
    if ids is None and not everything:
        _show(session, cadence, in_json)
        return
    events = session.desk.migrate(cadence, ids)
    _answer(session, events, ids or (), in_json)


def _show(session: Session, cadence: str, in_json: bool) -> None:
    rows = session.desk.migration(cadence)
    if in_json:
        out.answer_json([
            {
                "enrollment": row.enrollment_id, "who": row.who, "from": row.from_version, "to": row.to_version,
                "task": row.task_id, "action": row.action, "due_on": row.due_on and row.due_on.isoformat(),
                "new_due_on": row.new_due_on and row.new_due_on.isoformat(), "why_not": row.why_not or None,
            }
            for row in rows
        ])  # fmt: skip
        return
    if not rows:
        out.talk("Nothing runs in an older version.")
        return

    def day(of: date | None) -> str:
        return short_day(of, session.today) if of else "–"

    out.lines(
        table(
            [
                [str(row.enrollment_id), row.who, f"{row.from_version} → {row.to_version}", row.action,
                 row.why_not or f"{day(row.due_on)} → {day(row.new_due_on)}"]
                for row in rows
            ],
            most=out.terminal_width(), give=(1, 3),
        )
    )  # fmt: skip
    out.talk("Nothing was changed yet: name enrollments, or say --all.")


def enrollments_of(session: Session, references: Sequence[str]) -> list[int]:
    """The enrollments that numbers, tasks (task:12), contacts or deals mean. Raises NotFound, with candidates."""
    return list(dict.fromkeys(_enrollment_of(session, reference) for reference in references))


def _enrollment_of(session: Session, reference: str) -> int:
    number = number_of(reference.removeprefix("enrollment:"))
    if number is not None:
        return number  # the verb says whether it runs
    kind, _, name = reference.partition(":")
    task = number_of(name) if kind == "task" else None
    if task is not None:
        found = session.db.value(
            "SELECT enrollment_id FROM task WHERE id = ? AND removed_by IS NULL", (task,)
        )
        if found is None:
            raise NotFound(f"Task {task} belongs to no cadence.", "`fu enrollments` lists what runs.")
        return int(found)
    target = target_of(session, reference)
    rows = running_for(session.db, target.contact_id, target.deal_id)
    if len(rows) == 1:
        return rows[0].enrollment
    names = tuple(f"{row.enrollment} ({row.cadence}, {row.who})" for row in rows)
    if rows:
        raise NotFound(
            f'"{reference}" is in {len(rows)} cadences.', f"Name one: {', '.join(names)}.", candidates=names
        )
    raise NotFound(f'No cadence runs for "{reference}".', "`fu enrollments` lists what runs.")


def _answer(session: Session, events: Sequence[Event], ids: Sequence[int], in_json: bool) -> None:
    if not in_json:
        out.lines(out.styled(told(session, event)) for event in events)
        return
    rows = [row for number in ids if (row := one_running(session.db, number))]
    from fu_tui.cli.events_json import events_json

    out.answer_json({"events": events_json(events), "running": [row._asdict() for row in rows]})

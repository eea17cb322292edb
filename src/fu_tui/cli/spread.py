"""`fu spread`: what piled up, over the days that have room. One rule: the plan that is printed is what is done."""

from __future__ import annotations

import click

from fu_tui.cli import out, params
from fu_tui.cli.cells import table
from fu_tui.cli.events_json import events_json
from fu_tui.cli.session import Session
from fu_tui.cli.words import told
from fu_tui.core.dates_words import exact_day
from fu_tui.queries.series_rows import Spread


@click.command(
    epilog=params.examples(
        "fu spread 12 14 15 16", "fu spread 12 14 15 --dry-run", "fu spread 12 14 15 16 --over 2"
    )
)
@params.many_tasks
@click.option(
    "--over", type=click.IntRange(min=1), metavar="N",
    help="Over N working days, evenly; as few as the owner's own daily rate allows unless told.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show the plan, and write nothing.")
@params.as_json
@click.pass_obj
def spread(
    session: Session, task_ids: tuple[int, ...], over: int | None, dry_run: bool, in_json: bool
) -> None:
    """Spread tasks over the coming working days that have room.

    The earliest free days, in the order of the queue, none before its own day or today. What has an hour, a meeting, a
    call back and an answer somebody waits for stay. One undo takes it all back.
    """
    plan = session.desk.spread_plan(task_ids, over)
    events = () if dry_run else session.desk.spread(task_ids, over)
    if in_json:
        out.answer_json({
            "moves": [
                {"id": move.task_id, "due_on": move.due_on.isoformat(), "to": move.to.isoformat()}
                for move in plan.moves
            ],
            "stays": [{"id": stay.task_id, "why": stay.why} for stay in plan.stays],
            "days": [day._asdict() | {"day": day.day.isoformat()} for day in plan.days],
            "events": events_json(events),
        })  # fmt: skip
        return
    out.lines(_days(session, plan))
    for stay in plan.stays:
        out.line(f"#{stay.task_id} {stay.action} stays: {stay.why}")
    out.lines(out.styled(told(session, event)) for event in events)
    if dry_run:
        out.talk("Nothing was written.")


def _days(session: Session, plan: Spread) -> list[str]:
    several = len({day.owner for day in plan.days}) > 1
    rows = [
        [
            day.owner if several else "", exact_day(day.day, today=session.today), f"{day.there} there",
            f"+ {day.comes}", f"= {day.there + day.comes}", f"of {day.rate}",
        ]
        for day in plan.days
    ]  # fmt: skip
    return table(rows, most=out.terminal_width(), give=(0,))

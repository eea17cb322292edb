"""`fu cadence`: which cadences there are, what their steps are, and on which days they would fall."""

from __future__ import annotations

from typing import Any

import click

from fu_tui.cli import out, params
from fu_tui.cli.alone import Alone
from fu_tui.cli.cadence_change import edit, export, import_, retire, revive
from fu_tui.cli.cells import table
from fu_tui.cli.session import Session
from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.cadence_words import REPEATS, distance_of, means_of, rules_of
from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import day_words
from fu_tui.core.preview import preview as dated
from fu_tui.core.terms import StepKind
from fu_tui.core.text import for_terminal
from fu_tui.queries.cadence_rows import CadenceRow
from fu_tui.queries.cadences import cadences
from fu_tui.store.lookup import find_cadence
from fu_tui.store.plans import newest_version, plan_of

DOTS = {StepKind.TOUCH: "○", StepKind.DECIDE: "◇"}


@click.group(
    cls=Alone,
    epilog=params.examples("fu cadence", "fu cadence show proposal", "fu cadence edit proposal"),
)
def cadence() -> None:
    """Look at cadences, their steps and their days; change them."""


@cadence.command("list", epilog=params.examples("fu cadence list", "fu cadence list --json"))
@params.as_json
@click.pass_obj
def list_(session: Session, in_json: bool) -> None:
    """List the cadences, and what runs in each."""
    rows = cadences(session.db)
    if in_json:
        out.answer_json([_row_json(row) for row in rows])
    else:
        width = out.terminal_width()
        out.lines(table([_line(row) for row in rows], most=width, give=(1,)))


@cadence.command("show", epilog=params.examples("fu cadence show proposal"))
@click.argument("key")
@params.as_json
@click.pass_obj
def show(session: Session, key: str, in_json: bool) -> None:
    """Draw the steps of a cadence, each with its purpose."""
    plan = _plan(session, key)
    if in_json:
        out.answer_json(_plan_json(plan))
        return
    out.lines(
        [
            out.styled(f"{plan.name} ({plan.key}, {plan.kind}, version {plan.n})", out.BOLD),
            *map(out.styled, rules_of(plan)),
        ]
    )
    out.lines(_drawn(plan))


@cadence.command("preview", epilog=params.examples("fu cadence preview proposal --start 2026-12-10"))
@click.argument("key")
@click.option("--start", metavar="DATE", help="The day the plan counts from; today unless told.")
@params.as_json
@click.pass_obj
def preview(session: Session, key: str, start: str | None, in_json: bool) -> None:
    """Show the day of each step.

    The days are those of your calendar, if every step is closed on its due day.
    """
    plan = _plan(session, key)
    begin = session.day(start) or session.today
    now = to_zone(session.now, session.me.tz).time() if begin == session.today else None
    steps = dated(plan, start=begin, today=min(begin, session.today), calendar=session.calendar, now=now)
    if in_json:
        out.answer_json([
            {
                **_step_json(item.step), "due_on": item.due.due_on.isoformat(),
                "hour": f"{item.at:%H:%M}" if item.at else None, "trace": list(item.due.trace.lines),
            }
            for item in steps
        ])  # fmt: skip
        return
    rows = [
        (
            str(item.step.no),
            day_words(item.due.due_on) + (f" {item.at:%H:%M}" if item.at else ""),
            item.step.channel.value if item.step.channel else item.step.kind.value,
            for_terminal(item.step.action) + (f" ({REPEATS})" if item.step.repeats else ""),
            item.due.trace.lines[-1] if len(item.due.trace.lines) > 1 else "",
        )
        for item in steps
    ]
    out.lines([
        out.styled(f"{plan.name} from {day_words(begin)}, each step closed on its day", out.BOLD),
        *table(rows, most=out.terminal_width(), give=(4, 3), right=(0,)),
    ])  # fmt: skip


for command in (export, import_, edit, retire, revive):
    cadence.add_command(command)


def _plan(session: Session, key: str) -> CadencePlan:
    return plan_of(session.db, newest_version(session.db, find_cadence(session.db, key).id))


def _line(row: CadenceRow) -> tuple[str, ...]:
    running = f"{row.running:,} running" if row.running else ""
    return (
        row.key,
        for_terminal(row.name) + (" (retired)" if row.retired else ""),
        row.kind,
        f"{row.steps} steps" if row.steps > 1 else "1 step",
        running,
        f"answered: {row.response.words}" if row.response.words else "",
    )


def _row_json(row: CadenceRow) -> dict[str, Any]:
    rate, response = row.response.rate, row.response._asdict()
    return {**row._asdict(), "response": {**response, "rate": None if rate is None else round(rate, 4)}}


def _drawn(plan: CadencePlan) -> list[str]:
    distances = [distance_of(plan, step) for step in plan.steps]
    wide = max(map(len, distances), default=0)
    lines = []
    for step, distance in zip(plan.steps, distances, strict=True):
        rail = "│" if step.no < len(plan.steps) else " "
        how = means_of(step)
        extra = f" ({REPEATS})" if step.repeats else ""
        lines.append(out.styled(f" {DOTS[step.kind]} {distance:<{wide}}  {how:<8} {step.action}{extra}"))
        lines.append(out.styled(f" {rail} {'':<{wide}}  {'':<8} {step.purpose}", out.DIM))
    return lines


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "no": step.no,
        "kind": step.kind.value,
        "action": step.action,
        "purpose": step.purpose,
        "channel": step.channel.value if step.channel else None,
        "offset_days": step.offset_days,
        "offset_months": step.offset_months,
        "within_hours": step.within_hours,
        "repeats": step.repeats,
        "priority": step.priority.label,
        "window": step.window_days,
        "template": step.template,
    }


def _plan_json(plan: CadencePlan) -> dict[str, Any]:
    return {
        "key": plan.key,
        "name": plan.name,
        "kind": plan.kind.value,
        "version": plan.n,
        "anchor": plan.anchor.value,
        "count": plan.count.value,
        "roll": plan.roll.value,
        "exclusive": plan.exclusive,
        "min_gap_days": plan.min_gap_days,
        "max_unanswered": plan.max_unanswered,
        "warn_at": plan.warn_at,
        "nurture_months": plan.nurture_months,
        "on_exhaust": plan.on_exhaust.value,
        "steps": [_step_json(step) for step in plan.steps],
    }

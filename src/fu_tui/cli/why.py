"""`fu why`: why a due day is that day, what brought the task, what its closing would bring. One rule: the day is
computed again from its trace, and where it comes out differently that is said."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.words import following_words, long_day
from fu_tui.core.clock import to_zone, utc_text
from fu_tui.core.schedule import recompute
from fu_tui.core.terms import Anchor, TaskStatus
from fu_tui.core.trace import Trace, distance_text
from fu_tui.queries.details import Birth, Plan, TaskDetail, birth, detail, plan_of_enrollment


@click.command(epilog=params.examples("fu why 12", "fu why 12 --json"))
@params.one_task
@params.as_json
@click.pass_obj
def why(session: Session, task_id: int, in_json: bool) -> None:
    """Explain why a task is due on its day.

    The arithmetic that made the day, computed again; what brought the task; what closing it would bring.
    """
    task = detail(session.db, task_id)
    made = birth(session.db, task_id)
    plan = plan_of_enrollment(session.db, task.enrollment_id) if task.enrollment_id else None
    again = _again(task)
    follows = _follows(session, task)
    if in_json:
        out.answer_json(_json(task, made, plan, again, follows))
        return
    out.lines([
        out.styled(f"#{task.id} {task.action} · due {long_day(task.due_on)}", out.BOLD),
        out.styled("Why this day"),
        *(out.styled(f"  {reason}") for reason in task.reasons),
        out.styled(f"  {_verdict(task, again)}"),
        out.styled("Where it comes from"),
        *(out.styled(f"  {text}") for text in _origin(session, task, made, plan)),
        *([out.styled("What follows")] if follows else []),
        *(out.styled(f"  {key}  {text}") for key, text in follows.items()),
    ])  # fmt: skip


def _again(task: TaskDetail) -> date | None:
    """The due day as its trace makes it; None where the trace can't be read."""
    try:
        return recompute(Trace.from_json(task.trace))
    except ValueError:
        return None


def _verdict(task: TaskDetail, again: date | None) -> str:
    if again is None:
        return "VIOLATION: the trace of this day can't be read; run `fu doctor`."
    if again.isoformat() != task.due_on:
        return f"VIOLATION: computed again it is {long_day(again.isoformat())}; run `fu doctor`."
    return "Computed again: the same day."


def _origin(session: Session, task: TaskDetail, made: Birth | None, plan: Plan | None) -> list[str]:
    lines = []
    if task.cadence and plan and task.anchor_on:
        place = (
            f"step {task.step_no} of {task.steps}"
            if (task.step_no or 0) <= len(plan.offsets)
            else "after its last step"
        )
        lines.append(f"{task.cadence}, {place}, try {task.attempt} of it (enrollment {task.enrollment_id})")
        counted = (
            f"counts from the day a step is closed (start {long_day(task.anchor_on)})"
            if plan.anchor == Anchor.COMPLETION.value
            else f"counts from the plan's start, {long_day(task.anchor_on)}"
        )
        lines.append(f"{counted}; its steps: {_offsets(plan)}")
    if task.spawned_by:
        before = detail(session.db, task.spawned_by)
        closed = f", closed as {before.outcome} by {before.closed_by_name}" if before.outcome else ""
        lines.append(f'follows #{before.id} "{before.action}"{closed}')
    if made:
        at = to_zone(made.at, session.me.tz)
        lines.append(f"made by {made.actor}, {at:%Y-%m-%d %H:%M} ({made.verb}, journal entry {made.seq})")
    return lines or [f"origin: {task.origin}"]


def _offsets(plan: Plan) -> str:
    """ "0, 3, 7, 14, 30 days"; with months each distance in words."""
    if any(months for months, _ in plan.offsets):
        return ", ".join(distance_text(months, days, "day", "the start") for months, days in plan.offsets)
    return f"{', '.join(str(days) for _, days in plan.offsets)} days"


def _follows(session: Session, task: TaskDetail) -> dict[str, str]:
    """What n and r would do, by key; nothing for a closed task."""
    if task.status != TaskStatus.OPEN.value:
        return {}
    return {
        "n": following_words(session, session.desk.after(task.id), "done, no reply → "),
        "r": f"replied → {following_words(session, session.desk.after(task.id, 'replied'))}",
    }


def _json(
    task: TaskDetail, made: Birth | None, plan: Plan | None, again: date | None, follows: dict[str, str]
) -> dict[str, Any]:
    return {
        "id": task.id,
        "due_on": task.due_on,
        "trace": json.loads(task.trace),
        "recomputed_on": again.isoformat() if again else None,
        "agrees": again is not None and again.isoformat() == task.due_on,
        "anchor": plan.anchor if plan else None,
        "anchor_on": task.anchor_on,
        "offsets": [{"months": months, "days": days} for months, days in plan.offsets] if plan else None,
        "origin": task.origin,
        "spawned_by": task.spawned_by,
        "made": {**made._asdict(), "at": utc_text(made.at)} if made else None,
        "after": {"no_reply": follows.get("n"), "replied": follows.get("r")},
    }

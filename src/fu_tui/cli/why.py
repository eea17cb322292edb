"""`fu why`: why a due day is that day, what brought the task, what its closing would bring. One rule: the day is
computed again from its trace, and where it comes out differently that is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.words import long_day
from fu_tui.core.clock import utc_text
from fu_tui.core.trigger_rules import sentence
from fu_tui.queries.why import Grounds, grounds, words
from fu_tui.services.foretell import Foretold, foretold, near_words


@click.command(epilog=params.examples("fu why 12", "fu why 12 --json"))
@params.one_task
@params.as_json
@click.pass_obj
def why(session: Session, task_id: int, in_json: bool) -> None:
    """Explain why a task is due on its day.

    The arithmetic that made the day, computed again; what brought the task, what happened to it since, and what closing
    it would bring, or what that brought.
    """
    found = grounds(session.db, task_id)
    follows = foretold(session.desk.context, found.task)
    near = near_words(session.desk.context, task_id)
    if in_json:
        out.answer_json(_json(found, follows, near))
        return
    said = words(found, session.me.tz, near, numbers=True)
    task = found.task
    out.lines([
        out.styled(f"#{task.id} {task.action} · due {long_day(task.due_on)}", out.BOLD),
        out.styled("Why this day"),
        *(out.styled(f"  {reason}") for reason in (*said.reasons, said.verdict)),
        out.styled("Where it comes from"),
        *(out.styled(f"  {text}") for text in said.origin),
        *([out.styled("What happened since")] if said.history else []),
        *(out.styled(f"  {text}") for text in said.history),
        *([out.styled("What follows")] if follows else []),
        *(out.styled(f"  {one.key}  {one.label} → {one.then}") for one in follows),
    ])  # fmt: skip


def _json(found: Grounds, follows: Sequence[Foretold], near: Sequence[str]) -> dict[str, Any]:
    task, plan, made, first = found.task, found.plan, found.made, found.story.first
    return {
        "id": task.id,
        "due_on": task.due_on,
        "trace": json.loads(task.trace),
        "recomputed_on": found.again.isoformat() if found.again else None,
        "agrees": found.agrees,
        "first": json.loads(first.to_json()) if first else None,
        "near": list(near),
        "absence": found.absent.words() if found.absent else None,
        "cadence_version": plan.version if plan else None,
        "anchor": plan.anchor if plan else None,
        "anchor_on": task.anchor_on,
        "offsets": [{"months": months, "days": days} for months, days in plan.offsets] if plan else None,
        "origin": task.origin,
        "spawned_by": task.spawned_by,
        "made": {**made._asdict(), "at": utc_text(made.at)} if made else None,
        "trigger": {"key": found.trigger.key, "says": sentence(found.trigger)} if found.trigger else None,
        "history": [{**one._asdict(), "at": utc_text(one.at)} for one in found.story.happened],
        "status": task.status,
        "ended": {**found.story.end._asdict(), "at": utc_text(found.story.end.at)}
        if found.story.end
        else None,
        "outcome": task.outcome,
        "spawned": task.spawned,
        "cadence_ended": plan.end_reason if plan else None,
        "after": {one.code: one.then for one in follows},
    }

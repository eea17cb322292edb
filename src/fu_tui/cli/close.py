"""`fu close`: what happened, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.task_json import deal_json, named, task_json
from fu_tui.cli.words import proposed_command, told, without_warnings
from fu_tui.core.events import (
    EnrollmentEnded,
    Event,
    FollowUpSpawned,
    NextStepProposed,
    TaskClosed,
    UnansweredWarning,
)
from fu_tui.core.outcomes import TABLE, Outcome
from fu_tui.core.outcomes import outcome as row_of
from fu_tui.core.terms import Channel


def _needs(row: Outcome) -> str:
    option = "--at" if row.asks_hour else "--until"
    return f" (needs {option}: {row.asks})" if row.asks else ""


OUTCOMES = "\n".join(f"  {row.code:<16}{row.label}{_needs(row)}" for row in TABLE)
HELP = f"""Close tasks with what came of them.

The next step comes by itself. However many are closed at once, it is one undo.

\b
OUTCOME is one of
{OUTCOMES}"""


@click.command(help=HELP, epilog=params.examples(
    "fu close 12 no_reply", "fu close 12 14 left_voicemail --on yesterday",
    'fu close 12 out_of_office --until "14 dec"', 'fu close 12 meeting_booked --at "fri 14:00"',
    "fu close 12 won --until 2026-12-14", 'fu close 12 replied --note "wants the annual plan" --json',
))  # fmt: skip
@params.many_tasks
@click.argument("outcome")
@click.option(
    "--note", default="", metavar="TEXT", help="Why, in a line; one is made from the facts if you write none."
)
@click.option("--on", metavar="DATE", help="The day it was done, if not today.")
@click.option(
    "--until", metavar="DATE",
    help="The day an outcome asks for: back from leave, call back, check back (both also with an hour), delivery; for"
    " nurture its first day.",
)  # fmt: skip
@click.option(
    "--at",
    metavar="WHEN",
    help='The day and hour of a meeting that was booked, or to call back at: "fri 14:00".',
)
@click.option(
    "--channel", type=click.Choice([channel.value for channel in Channel]),
    help="What was opted out of; without it, everything.",
)  # fmt: skip
@click.option("--no-next", is_flag=True, help="Propose no next step.")
@params.as_json
@click.pass_obj
def close(
    session: Session,
    task_ids: tuple[int, ...],
    outcome: str,
    note: str,
    on: str | None,
    until: str | None,
    at: str | None,
    channel: str | None,
    no_next: bool,
    in_json: bool,
) -> None:
    """Close, then tell what was closed, spawned, ended and proposed."""
    row = row_of(outcome)
    back = session.when(until) if until and row.may_have_hour else None
    day, instant = (back.day, session.instant(back)) if back else (session.day(until), None)
    closed = session.desk.close(
        task_ids, outcome, note=note, on=session.day(on), until=day, at=session.hour(at) or instant,
        channel=Channel(channel) if channel else None, propose=not no_next,
    )  # fmt: skip
    events = without_warnings(session, closed)
    if in_json:
        answers = [_answer(session, part) for part in by_task(events)]
        out.answer_json(answers[0] if len(task_ids) == 1 else answers)
        for event in events:
            if isinstance(event, UnansweredWarning):
                out.talk(told(session, event))
        return
    for part in by_task(events):
        first, *rest = part
        out.line(f"#{getattr(first, 'task_id', '')} {told(session, first)}")
        for event in rest:
            out.line(f"  {told(session, event)}")


def by_task(events: Sequence[Event]) -> list[list[Event]]:
    """The events of a close, one list for each closed task, its TaskClosed first."""
    parts: list[list[Event]] = []
    for event in events:
        if isinstance(event, TaskClosed):
            parts.append([])
        parts[-1].append(event)
    return parts


def _answer(session: Session, events: Sequence[Event]) -> dict[str, Any]:
    answer: dict[str, Any] = {"closed": None, "spawned": None, "proposal": None, "end_reason": None}
    for event in events:
        if isinstance(event, TaskClosed):
            answer["closed"] = task_json(session, event.task_id)
        elif isinstance(event, FollowUpSpawned):
            answer["spawned"] = task_json(session, event.task_id)
        elif isinstance(event, EnrollmentEnded):
            answer["end_reason"] = answer["end_reason"] or event.reason.value
        elif isinstance(event, NextStepProposed):
            answer["proposal"] = _proposal(event)
    return answer


def _proposal(event: NextStepProposed) -> dict[str, Any]:
    return {
        "action": event.action,
        "due_on": event.due_on.isoformat() if event.due_on else None,
        "priority": event.priority.label,
        "contact": named(event.contact_id, event.contact),
        "deal": deal_json(event.deal_id, event.deal, None),
        "command": proposed_command(event),
    }

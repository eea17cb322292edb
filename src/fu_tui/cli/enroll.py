"""`fu enroll`: start a cadence for one conversation, or for many that are chosen by stage and owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.task_json import tasks_json
from fu_tui.cli.words import long_day, told, without_warnings
from fu_tui.core.errors import NotFound, UsageError
from fu_tui.core.events import Enrolled, Event, NotEnrolled
from fu_tui.core.terms import Role
from fu_tui.queries.lists import contact_of_deal, to_enroll
from fu_tui.store.lookup import Found, find_cadence, find_contact, find_deal

if TYPE_CHECKING:
    from fu_tui.services.enroll import Target
    from fu_tui.store.database import Database

NAMED = 12
"""So many enrollments are told one by one; more are counted by their first day."""


@click.command(epilog=params.examples(
    'fu enroll proposal "GTX Plus" --start yesterday', "fu enroll standard contact:14 deal:7 --from-step 2",
    "fu enroll standard --stage Engaging --owner anna --limit 200 --spread 10",
))  # fmt: skip
@click.argument("cadence")
@click.argument("references", nargs=-1, metavar="[CONTACT|DEAL]…")
@click.option("--stage", metavar="NAME", help="Open deals in this stage, the longest in it first.")
@click.option("--owner", metavar="NAME", help="Open deals of this user (me, team, all).")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="So many of these deals at most.")
@click.option(
    "--start", metavar="DATE", help="The day the plan counts from; for a renewal the contract's end."
)
@click.option(
    "--from-step", type=click.IntRange(min=1), default=1, metavar="K", help="Join the plan at this step."
)
@click.option(
    "--spread", type=click.IntRange(min=1), default=1, metavar="N", help="Over so many working days."
)
@params.as_json
@click.pass_obj
def enroll(
    session: Session,
    cadence: str,
    references: tuple[str, ...],
    stage: str | None,
    owner: str | None,
    limit: int | None,
    start: str | None,
    from_step: int,
    spread: int,
    in_json: bool,
) -> None:
    """Start a cadence for contacts or deals.

    They are named, or chosen among the open deals by --stage, --owner and --limit.

    A contact or deal is named by its number ("contact:14", "deal:7", or 14 where only one of them has it), its
    e-mail, or a unique name. A deal brings its first contact. Whatever is closed, parked, or in the cadence
    already is passed over. One undo takes it all back.
    """
    chosen = stage is not None or owner is not None or limit is not None
    if chosen == bool(references):
        raise UsageError("Whom?", "Name contacts or deals, or choose deals with --stage, --owner, --limit.")
    targets = [target_of(session, reference) for reference in references] or _choose(
        session, cadence, stage, owner, limit
    )
    events = session.desk.enroll(
        cadence, targets, start=session.day(start), from_step=from_step, spread=spread
    )
    if in_json:
        _answer_json(session, events)
    else:
        _tell(session, events)


def target_of(session: Session, reference: str) -> Target:
    """The contact or deal that a reference means. Raises NotFound, also where it could be either."""
    from fu_tui.services.enroll import Target

    kind, name = _marked(reference)
    missing: list[NotFound] = []
    contact = None if kind == "deal" else _found(find_contact, session, name, missing)
    deal = None if kind == "contact" else _found(find_deal, session, name, missing)
    if contact and deal:
        either = (f"contact:{contact.id}", f"deal:{deal.id}")
        raise NotFound(
            f'"{reference}" could be the contact "{contact.name}" or the deal "{deal.name}".',
            f"Write {' or '.join(either)}.",
            candidates=either,
        )
    if deal:
        return Target(contact_of_deal(session.db, deal.id), deal.id)
    if contact:
        return Target(contact.id, None)
    for error in missing:
        if kind or error.candidates:
            raise error
    raise NotFound(f'There is no contact or deal "{reference}".', "`fu contacts` and `fu deals` list them.")


def _marked(reference: str) -> tuple[str, str]:
    """Which kind a reference says it is (contact:14, @dana, deal:7, #gtx), and the name without that."""
    kind, colon, name = reference.partition(":")
    if colon and kind in ("contact", "deal"):
        return kind, name
    signs = {"@": "contact", "#": "deal"}
    return (signs[reference[0]], reference[1:]) if reference[:1] in signs else ("", reference)


def _found(
    find: Callable[[Database, str], Found], session: Session, name: str, missing: list[NotFound]
) -> Found | None:
    try:
        return find(session.db, name)
    except NotFound as error:
        missing.append(error)
        return None


def _choose(
    session: Session, cadence: str, stage: str | None, owner: str | None, limit: int | None
) -> list[Target]:
    """Deals by stage and owner. Without --owner everybody's; a rep, who may not touch those, gets their own."""
    from fu_tui.services.enroll import Target

    scope = session.scope(owner or ("me" if session.me.role is Role.REP else "all"))
    found = find_cadence(session.db, cadence)
    deals = to_enroll(session.db, found.id, stage=stage, owners=scope, limit=limit or params.ALL)
    return [Target(contact, deal) for deal, contact in deals]


def _tell(session: Session, told_of: Sequence[Event]) -> None:
    events = without_warnings(session, told_of)
    started = [event for event in events if isinstance(event, Enrolled)]
    passed = [event for event in events if isinstance(event, NotEnrolled)]
    if len(started) <= NAMED:
        for event in started:
            first = told(session, event).replace("→ ", f"→ #{event.task_id} ", 1)
            out.line(first)
    else:
        days = sorted(Counter(event.due_on for event in started).items())
        out.line(f"Enrolled {len(started):,} conversations in {started[0].cadence}:")
        out.lines(f"  {long_day(day.isoformat())}  {n:,}" for day, n in days)
    for reason, n in Counter(event.why for event in passed).items():
        example = next(event.who for event in passed if event.why == reason)
        out.talk(f"Passed over: {example}: {reason}" if n == 1 else f"Passed over {n:,}: {reason}")


def _answer_json(session: Session, events: Sequence[Event]) -> None:
    started = [event for event in events if isinstance(event, Enrolled)]
    tasks = tasks_json(session, [event.task_id for event in started])
    out.answer_json({
        "enrolled": [
            {"enrollment": event.enrollment_id, "who": event.who, "task": task}
            for event, task in zip(started, tasks, strict=True)
        ],
        "passed_over": [
            {"who": event.who, "why": event.why} for event in events if isinstance(event, NotEnrolled)
        ],
    })  # fmt: skip

"""`fu deals move`, `park`, `unpark` and `fu handoff`: the way of a deal, and who it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import click

from fu_tui.cli import out, params
from fu_tui.cli.enroll import target_of
from fu_tui.cli.events_json import events_json
from fu_tui.cli.session import Session
from fu_tui.cli.words import told
from fu_tui.core.errors import UsageError
from fu_tui.core.events import Event
from fu_tui.core.terms_automation import Then
from fu_tui.queries.stages import stages
from fu_tui.store.lookup import find_deal

many_deals = click.argument("references", nargs=-1, required=True, metavar="DEAL…")


@click.command(epilog=params.examples(
    "fu deals move 7", "fu deals move 7 --to negotiation --then replace",
    'fu deals move gtx --to lost --reason "too dear"', "fu deals move 7 --to won --delivery 2026-12-15",
))  # fmt: skip
@many_deals
@click.option("--to", "stage", metavar="STAGE", help="The stage; the next open one unless told.")
@click.option(
    "--then", type=click.Choice(["keep", "replace", "stop"]),
    help="What becomes of the cadence that runs: kept, replaced by the stage's own, or stopped.",
)  # fmt: skip
@click.option("--reason", default="", metavar="TEXT", help="Why it was lost.")
@click.option("--delivery", metavar="DATE", help="When what was won is delivered; today unless told.")
@params.as_json
@click.pass_obj
def move(
    session: Session,
    references: tuple[str, ...],
    stage: str | None,
    then: str | None,
    reason: str,
    delivery: str | None,
    in_json: bool,
) -> None:
    """Move deals to another stage.

    What belongs to the stage begins. Won and lost end all that runs; any other stage opens a closed deal again.
    """
    *deals, last = references
    if deals and stage is None and _is_stage(session, last):
        raise UsageError(f'"{last}" is a stage, not a deal.', f'Say where to with --to "{last}".')
    ids = _deals(session, references)
    events = session.desk.move_stage(
        ids, stage, then=Then(then) if then else None, reason=reason, on=session.day(delivery)
    )
    _answer(session, events, in_json)


@click.command(epilog=params.examples('fu deals park 7 "4 jan" --reason "budget in January"'))
@many_deals
@click.argument("until", metavar="UNTIL")
@click.option("--reason", required=True, metavar="TEXT", help="Why; you read it on the day it returns.")
@params.as_json
@click.pass_obj
def park(session: Session, references: tuple[str, ...], until: str, reason: str, in_json: bool) -> None:
    """Let deals rest until a day.

    Their tasks are held, the days that were left are kept; on the day they return by themselves.
    """
    day = session.day(until)
    if day is None:
        raise UsageError("Until when?", "Name a day.")
    _answer(session, session.desk.park(_deals(session, references), day, reason), in_json)


@click.command(epilog=params.examples("fu deals unpark 7"))
@many_deals
@params.as_json
@click.pass_obj
def unpark(session: Session, references: tuple[str, ...], in_json: bool) -> None:
    """Take parked deals up again before their day."""
    _answer(session, session.desk.unpark(_deals(session, references)), in_json)


@click.command(epilog=params.examples(
    'fu handoff deal:7 sam --note "Wants a quote by March"', 'fu handoff "Ana Ruiz" sam',
))  # fmt: skip
@click.argument("reference", metavar="DEAL|CONTACT")
@click.argument("user", metavar="USER")
@click.option(
    "--note", metavar="TEXT", help="What the new owner should know; without it the context is shown."
)
@params.as_json
@click.pass_obj
def handoff(session: Session, reference: str, user: str, note: str | None, in_json: bool) -> None:
    """Give a deal or a contact to a colleague.

    Everything open about it goes with it. The new owner gets the note, and as their first task the draft of an
    introduction. Without --note nothing is changed: what the file knows is shown, to begin the note with.
    """
    target = target_of(session, reference)
    kind, number = ("deal", target.deal_id) if target.deal_id is not None else ("contact", target.contact_id)
    if number is None:
        raise UsageError("What is handed over?", "Name a deal or a contact.")
    if note is None:
        context = session.desk.handoff_context(kind, number)
        if in_json:
            out.answer_json({"context": context})
        else:
            out.lines(out.styled(line) for line in context.splitlines())
            out.talk("Nothing was changed yet: say with --note what the new owner should know.")
        return
    _answer(session, session.desk.handoff(kind, number, user, note), in_json)


def _deals(session: Session, references: Sequence[str]) -> list[int]:
    names = [reference.removeprefix("deal:").removeprefix("#") for reference in references]
    return list(dict.fromkeys(find_deal(session.db, name).id for name in names))


def _is_stage(session: Session, name: str) -> bool:
    return name.casefold() in {each.name.casefold() for each in stages(session.db, session.now)}


def _answer(session: Session, events: Sequence[Event], in_json: bool) -> None:
    if in_json:
        out.answer_json({"events": events_json(events)})
    else:
        out.lines(out.styled(told(session, event)) for event in events)

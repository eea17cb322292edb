"""`fu log`, `fu cases`: what happened with a contact, and what they wait for."""

from __future__ import annotations

from datetime import datetime

import click

from fu_tui.cli import out, params
from fu_tui.cli.alone import Alone
from fu_tui.cli.cells import table
from fu_tui.cli.journal import DECISIONS
from fu_tui.cli.session import Session
from fu_tui.cli.triggers import answer
from fu_tui.core.clock import to_utc, to_zone
from fu_tui.core.dates_past import instant_of, parse_past
from fu_tui.core.errors import UsageError
from fu_tui.core.happenings import TABLE
from fu_tui.core.terms import Channel, Priority, Touched
from fu_tui.core.terms_automation import CaseKind
from fu_tui.core.text import for_terminal
from fu_tui.queries.cases import cases as cases_of
from fu_tui.store.lookup import find_account, find_contact, find_deal, find_person


@click.command(
    epilog=params.examples(
        'fu log "Ana Ruiz" call "They want 40 seats"', 'fu log ana meeting "Agreed on a pilot" --at "fri 14:00"',
        "fu log ana proposal --deal 12", 'fu log ana reply "What does it cost for 40?"',
    )
)  # fmt: skip
@click.argument("contact")
@click.argument("what", metavar="WHAT", type=click.Choice([row.code for row in TABLE]))
@click.argument("text", default="")
@click.option(
    "--deal", metavar="DEAL", help="The deal it was about; the contact's only open one unless told."
)
@click.option("--at", metavar="WHEN", help="When it was, perhaps with an hour; now unless told.")
@click.option(
    "--channel", type=click.Choice([each.value for each in Channel]),
    help="How a reply or an inquiry came; an inquiry by mail unless told.",
)  # fmt: skip
@click.option(
    "--touched",
    type=click.Choice(DECISIONS),
    help="Of a reply or a meeting: what becomes of a follow-up that somebody has changed since it was spawned.",
)
@click.option(
    "--ends-deal/--deal-goes-on",
    default=None,
    help="Of a reply or a meeting: whether it ends the cadence that runs with a colleague of theirs.",
)
@params.as_json
@click.pass_obj
def log(
    session: Session,
    contact: str,
    what: str,
    text: str,
    deal: str | None,
    at: str | None,
    channel: str | None,
    touched: str | None,
    ends_deal: bool | None,
    in_json: bool,
) -> None:
    """Write down what happened with a contact.

    A meeting, an inquiry, a proposal or a delivery starts what belongs to it: see `fu triggers list`. A reply and a
    meeting end the cadence that waited for them; the answer to a reply is due, after a meeting its summary.
    """
    contact_id = find_contact(session.db, contact).id
    deal_id = find_deal(session.db, deal).id if deal else None
    events = session.desk.log(
        what, contact_id=contact_id, deal_id=deal_id, text=text, at=_instant(session, at),
        channel=Channel(channel) if channel else None,
        touched=Touched(touched or Touched.ASK), ends_deal=ends_deal,
    )  # fmt: skip
    answer(session, events, in_json)


def _instant(session: Session, at: str | None) -> datetime | None:
    """The instant that was named; of a day without its hour noon, or now where noon is still to come."""
    if at is None:
        return None
    wall = to_zone(session.now, session.me.tz)
    when = instant_of(parse_past(at, today=session.today, now=wall.time(), day_first=session.day_first), wall)
    return to_utc(when.date(), when.time(), session.me.tz)


@click.group(
    "cases", cls=Alone, epilog=params.examples("fu cases", 'fu cases add "The export fails" --contact ana')
)
def cases() -> None:
    """Keep cases: tickets, approvals, documents, renewals, vendors."""


@cases.command("list", epilog=params.examples("fu cases list", "fu cases list --all --filter export"))
@click.option("--all", "everything", is_flag=True, help="Also the closed ones.")
@params.words
@params.limit
@params.as_json
@click.pass_obj
def list_(session: Session, everything: bool, words: str, limit: int | None, in_json: bool) -> None:
    """List the open cases, the urgent ones first."""
    rows = cases_of(session.db, words, closed=everything, limit=params.page_size(limit, in_json))
    if in_json:
        out.answer_json([row._asdict() for row in rows])
        return
    lines = [
        (
            str(row.id), "!" if row.priority == "high" else "", for_terminal(row.title), row.kind,
            for_terminal(row.contact or row.account or ""), for_terminal(row.owner or "nobody's"), row.status,
            f"{row.tasks} open" if row.tasks else "no task",
        )
        for row in rows
    ]  # fmt: skip
    out.lines(table(lines, most=out.terminal_width(), give=(2, 4), right=(0,)) or ["No open case."])


@cases.command(
    "add",
    epilog=params.examples(
        'fu cases add "The export fails" --contact ana --priority high',
        'fu cases add "Sign the contract" --account betatech --kind approval',
    ),
)
@click.argument("title")
@click.option("--contact", metavar="CONTACT", help="Whose case it is.")
@click.option("--account", metavar="ACCOUNT", help="The account, where no contact is known.")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in CaseKind]), default="ticket", show_default=True
)
@click.option(
    "--priority", type=click.Choice([each.label for each in Priority]), default="normal", show_default=True,
    help="A case of high priority gets its task at once.",
)  # fmt: skip
@params.owner
@params.as_json
@click.pass_obj
def add(
    session: Session,
    title: str,
    contact: str | None,
    account: str | None,
    kind: str,
    priority: str,
    owner: str | None,
    in_json: bool,
) -> None:
    """Open a case about a contact or an account."""
    if owner in ("team", "all"):
        raise UsageError("A case has one owner.", "Name one user.")
    whose = session.me.id if owner == "me" else find_person(session.db, owner).id if owner else None
    events = session.desk.open_case(
        title, contact_id=find_contact(session.db, contact).id if contact else None,
        account_id=find_account(session.db, account).id if account else None, kind=CaseKind(kind),
        priority=Priority.from_label(priority), owner_id=whose,
    )  # fmt: skip
    answer(session, events, in_json)


@cases.command("close", epilog=params.examples("fu cases close 3"))
@click.argument("case_id", type=params.ID, metavar="ID")
@params.as_json
@click.pass_obj
def close(session: Session, case_id: int, in_json: bool) -> None:
    """Close a case; its tasks stay."""
    answer(session, session.desk.close_case(case_id), in_json)

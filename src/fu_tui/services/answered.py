"""What waited for somebody, and its end once they were heard: by a reply that came by itself, or in a meeting. One
rule: both end the same, so both ask here; nothing is ended that a person still has to decide about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from fu_tui.core.clock import utc_text
from fu_tui.core.errors import ColleagueReplied, TouchedSuccessor
from fu_tui.core.events import Event
from fu_tui.core.terms import EndReason, Touched
from fu_tui.queries.running import RUNS_WITH
from fu_tui.services.context import Context
from fu_tui.services.running import Running, end_enrollment, end_for_reply, is_touched, running
from fu_tui.services.successor import name_of
from fu_tui.store.database import Database
from fu_tui.store.models import Enrollment
from fu_tui.store.unit import Unit, load

_THEIRS = (
    "e.id IN (SELECT id FROM enrollment WHERE contact_id = ?1 AND state <> 'ended' UNION ALL"
    " SELECT id FROM enrollment WHERE contact_id IS NULL AND state <> 'ended' AND deal_id IN"
    " (SELECT deal_id FROM deal_contact WHERE contact_id = ?1 AND removed_by IS NULL))"
)
"""What runs with a contact, or about a deal of theirs with nobody named."""


_HOW = {
    EndReason.REPLIED: ("replied", "the reply", "they replied"),
    EndReason.MEETING: ("was met", "the meeting", "you met"),
}
"""How somebody was heard, in words."""


class Waited(NamedTuple):
    """What waited for somebody who was heard."""

    own: tuple[Running, ...]
    """Their own, and that of their deal."""
    others: tuple[Running, ...]
    """What runs with colleagues of theirs and is said to end too."""
    credited_to: int | None
    """The task whose touch is answered."""

    @property
    def every(self) -> tuple[Running, ...]:
        """All that ends."""
        return (*self.own, *self.others)

    @property
    def task_id(self) -> int | None:
        """The task that what comes next stands for: the first that was still open."""
        return next((one.task_id for one in self.own if one.task_id), None)


def waited(
    db: Database,
    contact_id: int | None,
    deal_id: int | None,
    at: datetime,
    *,
    reason: EndReason,
    touched: Touched,
    ends_deal: bool | None,
) -> Waited:
    """What ends as a contact, or somebody of a deal, was heard at an instant (UTC), by a reply or in a meeting.

    touched, ends_deal: as `replied` asks for them. Raises TouchedSuccessor and ColleagueReplied where one of these has
    to be decided.
    """
    credited = last_touch(db, contact_id, deal_id, at)
    own = waiting_for(db, contact_id, deal_id, credited)
    others = [] if own else _of_colleagues(db, contact_id, deal_id, ends_deal, reason)
    _ask(db, [*own, *others], touched, reason)
    credited = credited or next((last_step(db, one.id, at) for one in others), None)
    return Waited(tuple(own), tuple(others), credited)


def end_all(
    context: Context, work: Unit, found: Waited, *, reason: EndReason, touched: Touched, at: datetime
) -> list[Event]:
    """End what waited, at the instant they were heard; what somebody changed stays without its cadence, or goes."""
    events: list[Event] = []
    for one in found.every:
        name = context.plan(one.version).name
        events += (
            end_enrollment(work, one.id, name, reason, at) if touched is Touched.WITHDRAW
            else end_for_reply(work, one, name, reason=reason, at=at)
        )  # fmt: skip
    return events


def names_of(context: Context, found: Sequence[Running]) -> tuple[str, ...]:
    """The cadences that run, each once."""
    return tuple(dict.fromkeys(context.plan(one.version).name for one in found))


def conversation_of(db: Database, found: Sequence[Running]) -> tuple[int | None, int | None]:
    """The only deal that what ends is about, and who has the conversation; None where there is none."""
    rows = [load(db, Enrollment, one.id) for one in found]
    deals = {row.deal for row in rows if row.deal is not None}
    return (deals.pop() if len(deals) == 1 else None), (rows[0].assignee if rows else None)


def waiting_for(
    db: Database, contact_id: int | None, deal_id: int | None, credited: int | None
) -> list[Running]:
    """What waits for a contact, or for somebody of a deal: the deal's own with this contact; else the only one that
    runs with them, or what they answer, and any outreach."""
    if contact_id is None:
        return running(db, "e.deal_id = ?", deal_id)
    if deal_id is not None:
        return running(
            db, f"{RUNS_WITH} AND ((e.deal_id = ?2 AND (e.contact_id = ?1 OR e.contact_id IS NULL))"
            " OR (e.contact_id = ?1 AND e.exclusive = 1))", contact_id, deal_id,
        )  # fmt: skip
    theirs = running(db, _THEIRS, contact_id)
    if len(theirs) == 1:
        return theirs  # nothing else can be meant
    return running(
        db, f"({_THEIRS}) AND (e.exclusive = 1 OR e.id = (SELECT enrollment_id FROM task WHERE id = ?2))",
        contact_id, credited,
    )  # fmt: skip


def _of_colleagues(
    db: Database, contact_id: int | None, deal_id: int | None, ends_deal: bool | None, reason: EndReason
) -> list[Running]:
    """What runs on the same deal, or in the same account, with somebody else; only if it is said to end."""
    if contact_id is None or ends_deal is False:
        return []
    where, values = "e.deal_id = ?", [deal_id]
    if deal_id is None:
        where, values = (
            "e.deal_id IS NOT NULL AND e.contact_id <> ?1 AND e.deal_id IN (SELECT d.id FROM deal d"
            " WHERE d.account_id = (SELECT account_id FROM contact WHERE id = ?1)"
            " UNION SELECT deal_id FROM deal_contact WHERE contact_id = ?1 AND removed_by IS NULL)",
            [contact_id],
        )
    found = running(db, where, *values)
    if found and ends_deal is None:
        names = db.rows(
            "SELECT DISTINCT c.name FROM enrollment e JOIN contact c ON c.id = e.contact_id WHERE e.id IN"
            f" ({', '.join('?' * len(found))})",
            [one.id for one in found],
        )
        who, (did, what, _) = name_of(db, contact_id, None), _HOW[reason]
        whom = " and ".join(row[0] for row in names) or "this deal"
        raise ColleagueReplied(
            f"{who} {did}, and a cadence runs with {whom}.",
            f"Say whether {what} ends it too: --ends-deal or --deal-goes-on.",
        )
    return found


def _ask(db: Database, ended: list[Running], touched: Touched, reason: EndReason) -> None:
    for one in ended:
        if touched is Touched.ASK and one.task_id is not None and is_touched(db, one.task_id):
            action = db.value("SELECT action FROM task WHERE id = ?", (one.task_id,))
            raise TouchedSuccessor(
                f'Task {one.task_id} "{action}" was changed since it was spawned.',
                f"Say whether it goes, as {_HOW[reason][2]}, or stays without its cadence: --touched withdraw or keep.",
                one.task_id,
            )


def last_step(db: Database, enrollment_id: int, at: datetime) -> int | None:
    """The task of an enrollment that made the last touch before an instant; None where there was none."""
    found = db.value(
        "SELECT a.task_id FROM activity a JOIN task t ON t.id = a.task_id WHERE t.enrollment_id = ?"
        " AND a.direction <> 'in' AND a.removed_by IS NULL AND a.at <= ? ORDER BY a.at DESC, a.id DESC LIMIT 1",
        (enrollment_id, utc_text(at)),
    )
    return None if found is None else int(found)


def last_touch(db: Database, contact_id: int | None, deal_id: int | None, at: datetime) -> int | None:
    """The task whose touch a reply at an instant answers: the last one before it to the contact (and on the deal, if
    one is named); None where there was none."""
    wanted = [("contact_id", contact_id), ("deal_id", deal_id)]
    where = " AND ".join(f"{column} = ?" for column, number in wanted if number is not None)
    numbers = [number for _, number in wanted if number is not None]
    found = db.value(
        f"SELECT task_id FROM activity WHERE {where} AND direction <> 'in' AND task_id IS NOT NULL"
        " AND removed_by IS NULL AND at <= ? ORDER BY at DESC, id DESC LIMIT 1",
        (*numbers, utc_text(at)),
    )
    return None if found is None else int(found)

"""A reply that came by itself. One rule: it counts from the moment it came: what was to follow is moot, the touch it
answers is credited with it, and answering is the next step (R107)."""

from __future__ import annotations

from datetime import datetime

from fu_tui.core import schedule
from fu_tui.core.clock import to_zone, utc_text
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import ColleagueReplied, Refused, TouchedSuccessor
from fu_tui.core.events import Event, ReplyLogged, TaskAdded
from fu_tui.core.happenings import INQUIRY_HOURS
from fu_tui.core.lint import check
from fu_tui.core.proposing import Reply, proposed_action
from fu_tui.core.schedule import Due
from fu_tui.core.terms import (
    CadenceKind,
    Channel,
    Direction,
    EndReason,
    Origin,
    Priority,
    ReplyClass,
    TaskKind,
    Touched,
)
from fu_tui.queries.running import RUNS_WITH
from fu_tui.services.context import Context
from fu_tui.services.endings import gathered
from fu_tui.services.running import Running, end_enrollment, end_for_reply, is_touched, running
from fu_tui.services.spacing import close_touches
from fu_tui.services.spawn import Links, make_task
from fu_tui.services.successor import name_of
from fu_tui.services.touches import log_touch
from fu_tui.store.database import Database
from fu_tui.store.models import Contact, Deal
from fu_tui.store.unit import Unit

_THEIRS = (
    "e.id IN (SELECT id FROM enrollment WHERE contact_id = ?1 AND state <> 'ended' UNION ALL"
    " SELECT id FROM enrollment WHERE contact_id IS NULL AND state <> 'ended' AND deal_id IN"
    " (SELECT deal_id FROM deal_contact WHERE contact_id = ?1 AND removed_by IS NULL))"
)
"""What runs with a contact, or about a deal of theirs with nobody named."""


class Replies:
    """The verb `replied`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def replied(
        self,
        contact_id: int | None = None,
        deal_id: int | None = None,
        *,
        at: datetime | None = None,
        channel: Channel | None = None,
        body: str = "",
        inquiry: bool = False,
        action: str = "",
        touched: Touched = Touched.ASK,
        ends_deal: bool | None = None,
    ) -> tuple[Event, ...]:
        """Log that a contact (or somebody of a deal) wrote or called, end what waited for it, and add the answer.

        at: when it came, UTC, now unless told. body: what they said. inquiry: they ask for an offer; the answer is due
        within four working hours, else on the next working day. action: the answer's wording; without it, it is made
        from what is known. touched: what becomes of a follow-up that somebody changed. ends_deal: where a colleague of
        the contact who was written to replied, whether that ends the deal's cadence.
        Raises TouchedSuccessor and ColleagueReplied where one of these has to be decided, Refused for an instant to
        come, for nobody, or for an action that is none; then nothing was written.
        """
        context = self._context
        self._check(contact_id, deal_id, at, action)
        with context.unit("reply") as work:
            at = at or work.at
            credited = last_touch(work.db, contact_id, deal_id, at)
            own = self._waiting_for(work.db, contact_id, deal_id, credited)
            others = [] if own else self._of_colleagues(work.db, contact_id, deal_id, ends_deal)
            self._ask(work.db, [*own, *others], touched)
            credited = credited or next((last_step(work.db, one.id, at) for one in others), None)
            plan = context.plan(own[0].version) if own else None
            who = name_of(work.db, contact_id, deal_id)
            touch = log_touch(
                work, channel=channel, direction=Direction.IN, contact_id=contact_id, deal_id=deal_id,
                task_id=credited, subject="replied", body=body, reply=ReplyClass.SUBSTANTIVE, at=at,
            )  # fmt: skip
            events: list[Event] = []
            for one in (*own, *others):
                name = context.plan(one.version).name
                keep = touched is not Touched.WITHDRAW
                events += (
                    end_for_reply(work, one, name, at=at) if keep
                    else end_enrollment(work, one.id, name, EndReason.REPLIED, at)
                )  # fmt: skip
            answer = self._answer(
                work, contact_id, deal_id, at, channel, body, action, inquiry, plan.kind if plan else None,
                next((one.task_id for one in own if one.task_id), None),
            )  # fmt: skip
            work.summary = f"logged the reply of {who}"
            near = close_touches(context, [answer.task_id])
        return (ReplyLogged(touch, who, credited), *gathered(events), answer, *near)

    def would_end(
        self, contact_id: int | None, deal_id: int | None, at: datetime | None = None
    ) -> tuple[str, ...]:
        """The names of the cadences that a reply of theirs would end, without asking; nothing is written."""
        db = self._context.db
        credited = last_touch(db, contact_id, deal_id, at or self._context.now())
        own = self._waiting_for(db, contact_id, deal_id, credited)
        return tuple(dict.fromkeys(self._context.plan(one.version).name for one in own))

    def _check(self, contact_id: int | None, deal_id: int | None, at: datetime | None, action: str) -> None:
        if contact_id is None and deal_id is None:
            raise Refused("Nobody is named who replied.", "Name a contact or a deal.")
        if at is not None and at > self._context.now():
            raise Refused(
                f"{day_words(to_zone(at, self._context.me.tz).date())} is still to come.",
                "Name when it came; leave it out for now.",
            )
        if action and check(action).refused:
            raise Refused(check(action).refused)

    @staticmethod
    def _waiting_for(
        db: Database, contact_id: int | None, deal_id: int | None, credited: int | None
    ) -> list[Running]:
        """What waited for this reply: the deal's own with this contact; else the only one that runs with them, or what
        they answer, and any outreach."""
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

    @staticmethod
    def _of_colleagues(
        db: Database, contact_id: int | None, deal_id: int | None, ends_deal: bool | None
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
            who = name_of(db, contact_id, None)
            whom = " and ".join(row[0] for row in names) or "this deal"
            raise ColleagueReplied(
                f"{who} replied, and a cadence runs with {whom}.",
                "Say whether the reply ends it too: --ends-deal or --deal-goes-on.",
            )
        return found

    @staticmethod
    def _ask(db: Database, ended: list[Running], touched: Touched) -> None:
        for one in ended:
            if touched is Touched.ASK and one.task_id is not None and is_touched(db, one.task_id):
                action = db.value("SELECT action FROM task WHERE id = ?", (one.task_id,))
                raise TouchedSuccessor(
                    f'Task {one.task_id} "{action}" was changed since it was spawned.',
                    "Say whether it goes, as they replied, or stays without its cadence: --touched withdraw or keep.",
                    one.task_id,
                )

    def _answer(
        self,
        work: Unit,
        contact_id: int | None,
        deal_id: int | None,
        at: datetime,
        channel: Channel | None,
        body: str,
        action: str,
        inquiry: bool,
        cadence: CadenceKind | None,
        instead_of: int | None,
    ) -> TaskAdded:
        db, context = work.db, self._context
        deal, stage = db.row(
            "SELECT d.title, s.name FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = ?", (deal_id,)
        ) or ("", "")
        owner_id = self._owner(work, contact_id, deal_id)
        owner, _, today = context.desk_of(owner_id)
        due = self._due(inquiry, at, owner_id)
        account = db.value(
            "SELECT ifnull((SELECT account_id FROM contact WHERE id = ?), (SELECT account_id FROM deal WHERE id = ?))",
            (contact_id, deal_id),
        )
        reply = Reply(name_of(db, contact_id, deal_id, ""), body, "", cadence, None, stage, deal)
        words = action or proposed_action(reply, today)
        task_id = make_task(
            work, action=words, due=due, owner_id=owner_id, links=Links(contact_id, deal_id, account),
            origin=Origin.USER, channel=channel, kind=TaskKind.REPLY, body=body, spawned_by=instead_of,
            priority=Priority.HIGH if inquiry else Priority.NORMAL,
        )  # fmt: skip
        return TaskAdded(task_id, words, due.due_on, due.due_at, owner_id, owner.name)

    def _due(self, inquiry: bool, at: datetime, owner_id: int) -> Due:
        """Within four working hours of an inquiry, or today where that is past; else the next working day."""
        owner, calendar, today = self._context.desk_of(owner_id)
        if inquiry:
            promised = schedule.within_hours(INQUIRY_HOURS, asked_at=at, calendar=calendar, tz=owner.tz)
            if promised.due_on >= today:
                return promised
        wait = 0 if inquiry else 1
        return schedule.next_try(
            wait_days=wait, closed_on=today, today=today, calendar=calendar, min_gap_days=wait
        )

    def _owner(self, work: Unit, contact_id: int | None, deal_id: int | None) -> int:
        """Who answers: the deal's owner, else the contact's, if they are still here; else who logs it."""
        owners = (
            work.load(Deal, deal_id).owner if deal_id is not None else None,
            work.load(Contact, contact_id).owner if contact_id is not None else None,
        )
        for owner in owners:
            if owner is not None and work.db.value("SELECT active FROM user WHERE id = ?", (owner,)):
                return int(owner)
        return self._context.me.id


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

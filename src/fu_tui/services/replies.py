"""A reply that came by itself. One rule: it counts from the moment it came: what was to follow is moot, the touch it
answers is credited with it, and answering is the next step (R107)."""

from __future__ import annotations

from datetime import datetime

from fu_tui.core import schedule
from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import Refused
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
from fu_tui.services.answered import end_all, last_touch, names_of, waited, waiting_for
from fu_tui.services.context import Context
from fu_tui.services.endings import gathered
from fu_tui.services.spacing import close_touches
from fu_tui.services.spawn import Links, make_task
from fu_tui.services.successor import name_of
from fu_tui.services.touches import log_touch
from fu_tui.store.models import Contact, Deal
from fu_tui.store.unit import Unit


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
            found = waited(
                work.db,
                contact_id,
                deal_id,
                at,
                reason=EndReason.REPLIED,
                touched=touched,
                ends_deal=ends_deal,
            )
            plan = context.plan(found.own[0].version) if found.own else None
            who = name_of(work.db, contact_id, deal_id)
            touch = log_touch(
                work, channel=channel, direction=Direction.IN, contact_id=contact_id, deal_id=deal_id,
                task_id=found.credited_to, subject="replied", body=body, reply=ReplyClass.SUBSTANTIVE, at=at,
            )  # fmt: skip
            events = end_all(context, work, found, reason=EndReason.REPLIED, touched=touched, at=at)
            answer = self._answer(
                work, contact_id, deal_id, at, channel, body, action, inquiry, plan.kind if plan else None,
                found.task_id,
            )  # fmt: skip
            work.summary = f"logged the reply of {who}"
            near = close_touches(context, [answer.task_id])
        return (ReplyLogged(touch, who, found.credited_to), *gathered(events), answer, *near)

    def would_end(
        self, contact_id: int | None, deal_id: int | None, at: datetime | None = None
    ) -> tuple[str, ...]:
        """The names of the cadences that a reply of theirs would end, without asking; nothing is written."""
        db = self._context.db
        credited = last_touch(db, contact_id, deal_id, at or self._context.now())
        return names_of(self._context, waiting_for(db, contact_id, deal_id, credited))

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

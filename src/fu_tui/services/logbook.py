"""Logging what happened: a call, a meeting, an inquiry, a proposal sent, a delivery, a note (R159, R160). One rule:
what belongs to it starts in the same transaction, and is said."""

from __future__ import annotations

from datetime import datetime, timedelta

from fu_tui.core.clock import civil_day, to_zone, utc_text
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.events import Event, Logged, NoteAdded, NotTriggered
from fu_tui.core.happenings import ANY_CHANNEL, Happening, happening
from fu_tui.core.terms import Channel, Touched
from fu_tui.core.terms_automation import TriggerEvent
from fu_tui.queries.lists import contact_of_deal
from fu_tui.services.context import Context
from fu_tui.services.meetings import meeting_words, met
from fu_tui.services.replies import Replies
from fu_tui.services.touches import log_touch
from fu_tui.services.triggers import Matter, hear, is_answered_at_once, name_of
from fu_tui.store.database import Database
from fu_tui.store.lookup import person
from fu_tui.store.models import Deal, Note
from fu_tui.store.unit import Unit

JUST_NOW = timedelta(minutes=1)
"""So far ahead of the clock an instant still counts as now: another machine's clock may be."""


class Logbook:
    """The verb `log`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def log(
        self,
        code: str,
        *,
        contact_id: int | None = None,
        deal_id: int | None = None,
        text: str = "",
        at: datetime | None = None,
        channel: Channel | None = None,
        touched: Touched = Touched.ASK,
        ends_deal: bool | None = None,
    ) -> tuple[Event, ...]:
        """Write down what happened with a contact or about a deal, and start what the triggers say belongs to it.

        code: a row of core/happenings. at: when it was, UTC; now unless told, and never to come.
        channel: how a reply or an inquiry came; an inquiry by mail unless told.
        Without a deal, the only open one of the contact is meant, if there is exactly one.
        touched, ends_deal: of a reply and a meeting, as `replied` asks for them; an inquiry that a cadence waited for,
        or that comes into open work, is a reply. A meeting ends what a reply would end (R123).
        Raises UsageError for an unknown code, a note without words or a channel beside what has its own, Refused for an
        instant to come or for nobody, and what `replied` raises.
        """
        row, words = happening(code), text.strip()
        now = self._context.now()
        if row.wants_words and not words:
            raise UsageError(f"{row.label.capitalize()} says nothing.", "Write one line.")
        if channel is not None and row.code not in ANY_CHANNEL:
            raise UsageError(f"{row.label.capitalize()} has its channel.", "Leave the channel out.")
        channel = channel or row.channel
        if at is not None and at > now + JUST_NOW:
            day = to_zone(at, self._context.me.tz)
            raise Refused(
                f"{day_words(day.date())}, {day:%H:%M} is still to come.", "Log it when it happened."
            )
        self._check(contact_id, deal_id)
        replies, at = Replies(self._context), None if at is None else min(at, now)
        asks = row.event is TriggerEvent.INQUIRY
        if row.code == "reply" or (asks and self.inquiry_is_reply(contact_id, deal_id, at)):
            return replies.replied(
                contact_id,
                deal_id,
                at=at,
                channel=channel,
                body=words,
                inquiry=asks,
                touched=touched,
                ends_deal=ends_deal,
            )
        with self._context.unit("log") as work:
            matter = self._matter(work.db, row, contact_id, deal_id, at or now)
            who = name_of(work.db, matter)
            work.summary = f"logged {row.label}: {who}"
            if row.wants_words:
                note = work.insert(
                    Note, body=words, author=self._context.me.id, at=matter.at, contact=matter.contact_id,
                    deal=matter.deal_id,
                )  # fmt: skip
                return (NoteAdded(note, words, who),)
            ended: list[Event] = []
            credited: int | None = None
            if row.event is TriggerEvent.MEETING_HELD:
                matter, credited, ended = met(
                    self._context, work, matter, contact_id, deal_id, touched=touched, ends_deal=ends_deal
                )
            logged, *begun = self._touch(work, row, channel, matter, who, words, credited)
            return (logged, *ended, *begun)

    def inquiry_is_reply(
        self, contact_id: int | None, deal_id: int | None, at: datetime | None = None
    ) -> bool:
        """Whether an inquiry of theirs is answered as a reply is: where a cadence waits for them, or work is open."""
        if Replies(self._context).would_end(contact_id, deal_id, at):
            return True
        row, now = happening("inquiry"), self._context.now()
        matter = self._matter(self._context.db, row, contact_id, deal_id, at or now)
        return is_answered_at_once(self._context.db, matter)

    def meeting_brings(self, contact_id: int | None, deal_id: int | None) -> str:
        """What logging a meeting with them now would end and begin, in words; empty where that is nothing."""
        row = happening("meeting")
        matter = self._matter(self._context.db, row, contact_id, deal_id, self._context.now())
        return meeting_words(self._context, matter, contact_id, deal_id)

    def _check(self, contact_id: int | None, deal_id: int | None) -> None:
        if contact_id is None and deal_id is None:
            raise Refused("Nobody is named.", "Say with whom it happened, or about which deal.")
        for table, number in (("contact", contact_id), ("deal", deal_id)):
            there = number is None or self._context.db.value(
                f"SELECT 1 FROM {table} WHERE id = ? AND removed_by IS NULL", (number,)
            )
            if not there:
                raise NotFound(f"There is no {table} {number}.", f"`fu {table}s` lists them.")

    def _touch(
        self,
        work: Unit,
        row: Happening,
        channel: Channel | None,
        matter: Matter,
        who: str,
        words: str,
        credited: int | None,
    ) -> list[Event]:
        touch = log_touch(
            work, channel=channel, direction=row.direction, contact_id=matter.contact_id, deal_id=matter.deal_id,
            task_id=credited, subject=row.label.removeprefix("the ").capitalize(), body=words,
            reply=row.reply, at=matter.at, event=row.event if row.event is not TriggerEvent.MAIL_UNANSWERED else None,
        )  # fmt: skip
        events: list[Event] = [Logged(touch, row.label, who, words)]
        if row.event is TriggerEvent.DELIVERED and matter.deal_id is not None:
            owner = work.load(Deal, matter.deal_id).owner
            delivered_on = civil_day(matter.at, person(work.db, owner).tz)
            work.update(Deal, matter.deal_id, delivered_on=delivered_on)
        if row.event is not None:
            heard = hear(self._context, work, row.event, matter._replace(key=f"activity:{touch}"))
            # That a mail needs no reminder, as something is planned anyway, is what everybody expects.
            quiet = row.event is TriggerEvent.MAIL_UNANSWERED
            events += [event for event in heard if not (quiet and isinstance(event, NotTriggered))]
        return events

    def _matter(
        self, db: Database, row: Happening, contact_id: int | None, deal_id: int | None, at: datetime
    ) -> Matter:
        if deal_id is None:
            kinds = "('open', 'won')" if row.event is TriggerEvent.DELIVERED else "('open')"
            deals = db.rows(
                "SELECT d.id FROM deal_contact x JOIN deal d ON d.id = x.deal_id JOIN stage s ON s.id = d.stage_id"
                f" WHERE x.contact_id = ? AND x.removed_by IS NULL AND d.removed_by IS NULL AND s.kind IN {kinds}"
                " AND d.delivered_on IS NULL LIMIT 2",
                (contact_id,),
            )
            deal_id = deals[0][0] if len(deals) == 1 else None
        if row.event is TriggerEvent.DELIVERED and deal_id is None:
            raise Refused("A delivery belongs to a deal.", "Name the deal that was delivered.")
        if contact_id is None and deal_id is not None:
            contact_id = contact_of_deal(db, deal_id)
        return Matter(f"log:{utc_text(at)}", at, contact_id, deal_id)

"""How a conversation's cadence ends, and what begins instead: won, lost, nurture, a meeting, a reply. One rule: an
enrollment ends with its reason and with nothing left open, and what that made moot is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from fu_tui.core import schedule
from fu_tui.core.cadence import CadencePlan
from fu_tui.core.errors import Refused
from fu_tui.core.events import Enrolled, Event, FollowUpSpawned, NextStepProposed, NotEnrolled, TasksMoot
from fu_tui.core.outcomes import AGAIN
from fu_tui.core.proposing import Reply, proposed_action
from fu_tui.core.terms import (
    CadenceKind,
    Channel,
    EndReason,
    Lifecycle,
    Priority,
    ReplyClass,
    TaskKind,
    Temperature,
)
from fu_tui.services import brings, deals
from fu_tui.services.beginning import what_ends
from fu_tui.services.context import Context
from fu_tui.services.enroll import Start, Target
from fu_tui.services.following import Following, stage_of
from fu_tui.services.occurrences import end_over
from fu_tui.services.running import end_enrollment, end_for_reply, moot, running
from fu_tui.services.successor import copy_task, name_of, public_kind, told, when_of
from fu_tui.store.lookup import find_cadence
from fu_tui.store.models import Contact
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit

if TYPE_CHECKING:
    from fu_tui.services.close import Closed


class Endings:
    """What the outcomes do that end a cadence, inside the closing transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._after: dict[str, Callable[[Unit, Closed, CadencePlan | None], Sequence[Event]]] = {
            "close_file": lambda work, closed, _: self.close_file(work, closed.task.contact),
            "check_back": lambda work, closed, _: [self._check_back(work, closed)],
            "meeting_booked": lambda work, closed, _: [self._book(work, closed)],
            "meeting_held": lambda work, closed, _: self._met(work, closed),
            "nurture": lambda work, closed, plan: [self.nurture(work, closed, plan)],
            AGAIN: lambda work, closed, _: [self.start(work, closed, "standard")],
            "won": lambda work, closed, _: self._win(work, closed),
            "lost": lambda work, closed, _: self._lose(work, closed),
        }

    def of(self, work: Unit, closed: Closed) -> list[Event]:
        """The end of what ran, then what the outcome begins, or the question for the next step."""
        task, row = closed.task, closed.row
        ended = what_ends(work, task, row)
        plan = self._context.plan(ended[0].version) if ended else None
        events: list[Event] = []
        for one in ended:
            name, reason = self._context.plan(one.version).name, row.end or EndReason.STOPPED
            if one.id == task.enrollment or row.reply is not ReplyClass.SUBSTANTIVE:
                events += end_enrollment(work, one.id, name, reason)
            else:
                events += end_for_reply(work, one, name, reason=reason)
        if row.code in self._after:
            events += self._after[row.code](work, closed, plan)
        if row.proposes:
            events.append(self.proposal(closed))
        return gathered(events)

    # --- a day that was agreed

    def _check_back(self, work: Unit, closed: Closed) -> Event:
        following = brings.check_back(closed.until or closed.today, closed.at)
        channel = closed.task.channel or Channel.MAIL
        return self._make(work, closed, following, public_kind(closed.task), channel)

    def _book(self, work: Unit, closed: Closed) -> Event:
        """The meeting stands in the queue at its hour; closing it says whether it took place."""
        following = brings.meeting(work.db, closed.task, closed.at or work.at, closed.until or closed.today)
        return self._make(
            work, closed, following, public_kind(closed.task, TaskKind.MEETING), Channel.MEETING
        )

    def _make(
        self, work: Unit, closed: Closed, following: Following, kind: TaskKind, channel: Channel | None
    ) -> Event:
        task_id = copy_task(
            work, closed, closed.task, following.due, owner_id=closed.doer.id, action=following.action, kind=kind,
            attempt=1, channel=channel,
        )  # fmt: skip
        return told(closed, task_id, following, closed.doer.id)

    # --- another cadence

    def _met(self, work: Unit, closed: Closed) -> list[Event]:
        if closed.task.contact is None and closed.task.deal is None:
            return [self.proposal(closed)]
        return [self.start(work, closed, "post-meeting")]

    def nurture(self, work: Unit, closed: Closed, ended: CadencePlan | None) -> Event:
        """Start the nurture cadence, months after the day of closing (R100, R101). ended: what ran until now."""
        version = newest_version(work.db, find_cadence(work.db, "nurture").id)
        due = brings.rest(self._context.plan(version), ended, when_of(closed))
        return self.start(work, closed, "nurture", Start(closed.closed_on, due=due, follows=closed.task.id))

    def start(self, work: Unit, closed: Closed, key: str, begin: Start | None = None) -> Event:
        """Start a cadence that follows from the close."""
        task = closed.task
        target = Target(task.contact, task.deal)
        if target.contact_id is None and target.deal_id is None:
            raise Refused("This task is linked to nobody.", "Close it as done, or as not needed.")
        begin = begin or Start(closed.closed_on, follows=task.id)
        begun = deals.start(self._context, work, key, target, begin, closed.doer)
        return self._follows(closed, [begun])[0]

    # --- the deal

    def _win(self, work: Unit, closed: Closed) -> list[Event]:
        """The deal is won: onboarding counts from the delivery; what was made by hand on the deal stays."""
        task = closed.task
        return self._follows(closed, deals.win(
            self._context, work, task.deal or 0, task.contact, delivered_on=closed.until or closed.today,
            doer=closed.doer, follows=task.id,
        ))  # fmt: skip

    def _lose(self, work: Unit, closed: Closed) -> list[Event]:
        task = closed.task
        return self._follows(closed, deals.lose(
            self._context, work, task.deal or 0, task.contact, reason=closed.note, doer=closed.doer, follows=task.id,
            on=closed.closed_on,
        ))  # fmt: skip

    @staticmethod
    def _follows(closed: Closed, events: Iterable[Event]) -> list[Event]:
        """What a close begins is told as its follow-up."""
        return [
            FollowUpSpawned(
                event.task_id, event.action, event.due_on, event.due_at, event.owner_id, closed.task.id
            )
            if isinstance(event, Enrolled)
            else event
            for event in events
        ]

    def _end_all(self, work: Unit, reason: EndReason, where: str, *values: object) -> list[Event]:
        events: list[Event] = []
        for one in running(work.db, where, *values):
            events += end_enrollment(work, one.id, self._context.plan(one.version).name, reason)
        return events

    # --- the contact

    def opt_out(self, work: Unit, closed: Closed) -> list[Event]:
        """The contact wants to hear nothing more: nothing runs, nothing is open, nothing begins (R111)."""
        contact_id = closed.task.contact
        kinds = ", ".join(f"'{kind.value}'" for kind in deals.OF_CONVERSATION)
        work.update(Contact, contact_id or 0, do_not_contact=True)
        ended = self._end_all(work, EndReason.OPTED_OUT, "e.contact_id = ?", contact_id)
        gone = moot(work, f"contact_id = ? AND kind IN ({kinds})", contact_id)
        return gathered([*ended, *gone, *end_over(work, "contact_id = ?", contact_id)])

    def close_file(self, work: Unit, contact_id: int | None) -> list[Event]:
        """Nobody is to be asked again, until they ask."""
        if contact_id is not None:
            work.update(Contact, contact_id, lifecycle=Lifecycle.CLOSED_FILE)
        return []

    # --- the question

    def proposal(self, closed: Closed) -> NextStepProposed:
        """What the next step could be: its day by the deal's temperature (R119–R121), its action by what is known."""
        task, db = closed.task, self._context.db
        contact = db.value("SELECT name FROM contact WHERE id = ?", (task.contact,)) or ""
        deal, warmth = db.row("SELECT title, temperature FROM deal WHERE id = ?", (task.deal,)) or ("", None)
        due = schedule.by_temperature(
            Temperature(warmth or Temperature.ACTIVE), today=closed.today, calendar=closed.calendar
        )
        only = task.account if task.contact is None and task.deal is None else None
        account = db.value("SELECT name FROM account WHERE id = ?", (only,)) or ""
        action = self._answer(closed, deal, account) if closed.row.code == "replied" else ""
        return NextStepProposed(
            task.id, action, due.due_on if due else None, task.contact, contact, task.deal, deal, task.account,
            Priority.NORMAL, account,
        )  # fmt: skip

    def _answer(self, closed: Closed, deal: str, account: str) -> str:
        task, db = closed.task, self._context.db
        kind = db.value(
            "SELECT c.kind FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE e.id = ?",
            (task.enrollment,),
        )
        reply = Reply(
            name_of(db, task.contact, task.deal, account), closed.note, "" if kind else task.action,
            CadenceKind(kind) if kind else None, task.channel, stage_of(self._context, task), deal,
        )  # fmt: skip
        return proposed_action(reply, closed.today)


def gathered(events: Iterable[Event]) -> list[Event]:
    """The events, with what became moot told once, before what begins."""
    ended: list[Event] = []
    begun: list[Event] = []
    gone: list[int] = []
    said: list[str] = []
    for event in events:
        if isinstance(event, TasksMoot):
            gone += event.task_ids
            said += event.actions
        else:
            (begun if isinstance(event, FollowUpSpawned | NotEnrolled | NextStepProposed) else ended).append(
                event
            )
    return [*ended, *([TasksMoot(tuple(gone), tuple(said))] if gone else []), *begun]

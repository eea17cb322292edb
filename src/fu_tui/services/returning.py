"""What comes back on its day: parked deals, and the tasks of whoever went or returned. One rule: it reads first and
writes only where something is to be done, so it may run every minute."""

from __future__ import annotations

from fu_tui.core import schedule
from fu_tui.core.clock import civil_day
from fu_tui.core.events import Event, TaskAdded
from fu_tui.core.terms import Origin
from fu_tui.queries.lists import contact_of_deal
from fu_tui.services.absences import apply, differing
from fu_tui.services.context import Context
from fu_tui.services.deals import unpark_one
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.models import Deal
from fu_tui.store.unit import NothingToDo, Unit, unit

TAKE_UP = "Take up the conversation again"


class Returning:
    """The verb `come_back`: what a tick does about parks and absences."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def come_back(self) -> tuple[Event, ...]:
        """Unpark the deals whose day has come, and bring tasks in line with who is away today.

        Each kind is one entry of the journal by nobody; there is none where nothing was to be done.
        """
        return (*self._parked(), *self._absences())

    def _parked(self) -> list[Event]:
        if not self._due():
            return []
        context = self._context
        events: list[Event] = []
        with unit(context.db, context.now(), None, "unpark") as work:
            due = self._due()  # again, as another process may have been first
            if not due:
                raise NothingToDo
            for deal_id in due:
                deal = work.load(Deal, deal_id)
                events.append(unpark_one(context, work, deal))
                events += self._first(work, deal)
            work.summary = f"{len(due)} parked {'deal' if len(due) == 1 else 'deals'} returned"
        return events

    def _due(self) -> list[int]:
        rows = self._context.db.rows(
            "SELECT d.id, d.parked_until, u.tz FROM deal d JOIN user u ON u.id = d.owner_id"
            " WHERE d.parked_until IS NOT NULL AND d.removed_by IS NULL ORDER BY d.parked_until, d.id"
        )
        now = self._context.now()
        return [deal_id for deal_id, until, tz in rows if until <= civil_day(now, tz).isoformat()]

    def _first(self, work: Unit, deal: Deal) -> list[Event]:
        """A deal that returns with nothing to be done about it brings a task, so that it is not forgotten again."""
        waits = work.db.value(
            "SELECT 1 FROM task WHERE deal_id = ?1 AND status IN ('open', 'held') UNION ALL SELECT 1 FROM enrollment"
            " WHERE deal_id = ?1 AND state <> 'ended' AND removed_by IS NULL LIMIT 1",
            (deal.id,),
        )
        if waits:
            return []
        owner, calendar, today = self._context.desk_of(deal.owner)
        due = schedule.resumed(0, today, calendar)
        task_id = make_task(
            work, action=TAKE_UP, due=due, owner_id=owner.id, origin=Origin.TRIGGER, note=deal.park_reason or "",
            links=Links(contact_of_deal(work.db, deal.id), deal.id, deal.account),
        )  # fmt: skip
        return [TaskAdded(task_id, TAKE_UP, due.due_on, None, owner.id, owner.name)]

    def _absences(self) -> list[Event]:
        context = self._context
        users = differing(context)
        if not users:
            return []
        events: list[Event] = []
        with unit(context.db, context.now(), None, "absence") as work:
            events += apply(context, work, users)
            if not work.has_written:
                raise NothingToDo
            work.summary = "brought tasks in line with who is away"
        return events

"""What no real desk is without, in the demo: series, what rests, what slips. One rule: that of `demo`, it is made by
the verbs that a person uses, on the day on which a person would have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fu_tui.core import schedule
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.terms import Origin
from fu_tui.services.context import Context
from fu_tui.services.deals import Deals
from fu_tui.services.enroll import Enrolling, Target
from fu_tui.services.enrollments import Enrollments
from fu_tui.services.logbook import Logbook
from fu_tui.services.moves import Moves
from fu_tui.services.series import SeriesVerbs
from fu_tui.services.spawn import Links, make_task


class LooseEnds:
    """The loose ends that the demo's file names, each of its own day."""

    def __init__(
        self, context: Context, named: Mapping[str, Any], links: Mapping[int, Links], today: date,
        calendar: WorkCalendar,
    ) -> None:  # fmt: skip
        """named: `[loose_ends]` of the file. links: what a contact of it is linked to, by number."""
        self._context, self._links, self._today, self._calendar = context, links, today, calendar
        self._named = named

    def live(self, day: date) -> None:
        """What was done to them on one of the days before today."""
        context, links, named = self._context, self._links, self._named
        for number, ago, reason, days in named["parked"]:
            if day == self._working(-ago):
                Deals(context).park([links[number].deal_id or 0], self._today + timedelta(days=days), reason)
        for number, ago, cadence in named["paused"]:
            if day == self._working(-ago):
                Enrolling(context).enroll(cadence, [Target(links[number].contact_id, links[number].deal_id)])
                begun = context.db.value("SELECT max(id) FROM enrollment")
                Enrollments(context).pause([begun])
        for number, ago, said in named["talked"]:
            if day == self._working(-ago):
                Logbook(context).log("call", contact_id=links[number].contact_id, text=said)
        for number, ago, action, every in named["series"]:
            if day == self._working(-ago):
                about = (links[number].contact_id, links[number].deal_id, links[number].account_id)
                SeriesVerbs(context).add_series(action, every, about=about)
        for number, action, due in named["put_off"]:
            self._put_off(day, number, action, [self._working(each) for each in due])

    def _put_off(self, day: date, number: int, action: str, due: list[date]) -> None:
        """Captured on the working day before it was due, and moved each time that day had come."""
        context = self._context
        if day == self._calendar.add_working_days(due[0], -1):
            with context.unit("add") as work:
                make_task(
                    work, action=action, due=schedule.by_hand(due[0]), owner_id=context.me.id,
                    links=self._links[number], origin=Origin.USER, assigner=context.me.id,
                )  # fmt: skip
                work.summary = f'added "{action}"'
        elif day in due[:-1]:
            task_id = context.db.value("SELECT max(id) FROM task WHERE action = ?", (action,))
            Moves(context).snooze([task_id], due[due.index(day) + 1])

    def _working(self, days: int) -> date:
        """So many working days from today, negative: before it."""
        return self._calendar.add_working_days(self._today, days) if days else self._today

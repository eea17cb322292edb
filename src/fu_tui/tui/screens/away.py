"""Absences at the desk: who is away, a new one, one taken back, what is due meanwhile. One rule: each leads back to the
list, until it is left or a task is gone to."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from fu_tui.core.dates_words import exact_day
from fu_tui.core.terms import Role
from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.tui.modals.absence import NOBODY, AbsenceAnswer, AbsenceModal
from fu_tui.tui.modals.absences import AbsencesModal
from fu_tui.tui.modals.choose import ChooseModal
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.owner import load_words
from fu_tui.tui.modals.pick import Item
from fu_tui.tui.screens.asking import Conversation

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import Event
    from fu_tui.queries.working_rows import AbsenceRow

_WHAT = "absence"
DOES = {
    AbsencePolicy.COVER_ALL.value: "does everything due",
    AbsencePolicy.COVER_URGENT.value: "does what is urgent",
}


class Away(Conversation):
    """`g a`."""

    async def absences(self) -> None:
        """The list, until it is left or a task is gone to."""
        at = ""
        while True:
            rows = {str(row.id): row for row in self._screen.desk.absences()}
            items = [Item(key, row.name, self._days(row), _covered(row)) for key, row in rows.items()]
            replies = {key: row.auto_reply for key, row in rows.items()}
            answer = await self.ask(AbsencesModal(items, replies, at, copy=self._copy))
            if answer is None:
                return
            at = answer.key
            if answer.does == "new":
                await self._new()
            elif answer.does == "remove":
                await self._verbs.attempt(partial(_remove, number=int(at)))
            elif await self._due(rows[at]):
                return

    def _days(self, row: AbsenceRow) -> str:
        today = self._screen.moment.today
        first, last = (exact_day(date.fromisoformat(day), today=today) for day in (row.from_on, row.to_on))
        return f"{first} to {last}" + (f" · {row.note}" if row.note else "")

    async def _new(self) -> None:
        """Ask for one, until it is written or left; what was typed waits."""
        screen = self._screen
        people = [
            Item(who.handle, who.name, who.handle, load_words(load)) for who, load in screen.view.people()
        ]
        days = Days.of(screen.moment, screen.desk.calendar, self._app.settings.day_first)
        modal = AbsenceModal(
            people, screen.desk.me.handle, days, others=screen.desk.me.role is not Role.REP and len(people) > 1,
            typed=self.typed(_WHAT, ()),
        )  # fmt: skip
        answer = await self.ask(modal, lambda: self.keep_typed(_WHAT, (), modal.draft))
        if answer is not None and await self._verbs.attempt(partial(_add, answer=answer)) is not None:
            self.keep_typed(_WHAT, (), "")

    async def _due(self, row: AbsenceRow) -> bool:
        """What has to be done until it ends (R182); True where one of the tasks was gone to."""
        from fu_tui.tui.screens.finding import Finding

        screen = self._screen
        today, tz = screen.moment.today, screen.moment.tz
        items = [
            Item(str(task.id), task.action, task.contact or task.account or task.deal or "",
                 exact_day(task.due_on, task.due_at, today=today, tz=tz))
            for task in screen.desk.absence_brief(row.id)
        ]  # fmt: skip
        if not items:
            screen.say(f"Nothing of {row.name} is due until they are back.")
            return False
        task_id = await self.ask(ChooseModal(f"Due until {row.name} is back", items, enter="go to it"))
        if task_id is None:
            return False
        Finding(screen, self._verbs).go_to(int(task_id))
        return True

    def _copy(self, text: str) -> str:
        from fu_tui.tui.clipboard import copy

        return f"Copied {copy(self._app, text)}."


def _covered(row: AbsenceRow) -> str:
    if row.policy == AbsencePolicy.PAUSE.value:
        return "everything waits"
    return f"{row.cover_name or 'nobody'} {DOES[row.policy]}"


def _add(desk: Desk, *, answer: AbsenceAnswer) -> tuple[Event, ...]:
    return desk.add_absence(
        answer.who, answer.from_on, answer.to_on, cover=None if answer.cover == NOBODY else answer.cover,
        policy=answer.policy, note=answer.note,
    )  # fmt: skip


def _remove(desk: Desk, *, number: int) -> tuple[Event, ...]:
    return desk.remove_absence(number)

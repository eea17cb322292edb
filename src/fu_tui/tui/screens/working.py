"""When one works (`g h`). One rule: the card comes back after each change, as it then stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING

from fu_tui.core.dates_words import exact_day
from fu_tui.core.errors import Refused, UsageError
from fu_tui.core.events_calendar import DueOnDaysOff
from fu_tui.core.terms import Role
from fu_tui.core.work_words import hours_words, parse_hours, parse_weekdays, weekday_words
from fu_tui.tui.modals.calendar import CalendarAnswer, CalendarModal, DaysOffModal, PlaceModal
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.present.words import plural
from fu_tui.tui.screens.asking import Conversation

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import Event
    from fu_tui.queries.working_rows import CalendarSheet


class Working(Conversation):
    """`g h`."""

    async def calendar(self) -> None:
        """Days off, country, weekdays and hours of the person who acts, until it is left."""
        at: date | None = None
        while True:
            sheet = self._screen.desk.calendar_sheet()
            answer = await self.ask(CalendarModal(sheet, self._place(sheet), self._screen.moment.today, at))
            if answer is None:
                return
            at = answer.on
            if answer.does == "add":
                at = await self._add(sheet) or at
            elif answer.does in ("remove", "move"):
                await self._of_day(sheet, answer)
            elif answer.does == "country":
                await self._country(sheet)
            elif answer.does == "weekdays":
                await self._weekdays(sheet)
            else:
                await self._hours(sheet)

    async def _add(self, sheet: CalendarSheet) -> date | None:
        """A day off or several; returns the first."""
        typed = problem = ""
        while True:
            modal = DaysOffModal(self._days(), typed, problem)
            answer = await self.ask(modal)
            if answer is None:
                return None
            shared = await self._for_whom(sheet)
            if shared is None:
                return None
            typed, (first, last, name) = modal.text, answer
            try:
                await self._change(partial(_add, first=first, last=last, name=name, shared=shared))
            except Refused as refused:
                problem = str(refused)
            else:
                return first

    async def _of_day(self, sheet: CalendarSheet, answer: CalendarAnswer) -> None:
        """Remove the day under the cursor, or move what is due on it."""
        day = answer.on
        if day is None:
            return
        if answer.does == "move":
            tasks = self._screen.desk.due_on(day)
            await self._verbs.attempt(lambda desk: desk.move_off(tasks))
            return
        shared = await self._for_whom(sheet)
        if shared is not None:
            await self._verbs.attempt(lambda desk: desk.remove_days_off(day, shared=shared))

    async def _country(self, sheet: CalendarSheet) -> None:
        desk = self._screen.desk
        places = desk.places()
        known = dict(places)
        code = await self.ask(PlaceModal("Whose public holidays", places, "no country", sheet.country or ""))
        if code is None:
            return
        part: str | None = ""
        if code and (parts := desk.parts_of(code)):
            now = sheet.subdivision or "" if code == sheet.country else ""
            part = await self.ask(
                PlaceModal(f"Which part of {known[code]}", parts, f"all of {known[code]}", now)
            )
        if part is not None and (shared := await self._for_whom(sheet)) is not None:
            await self._change(lambda desk: desk.set_country(code or None, part or None, shared=shared))

    async def _weekdays(self, sheet: CalendarSheet) -> None:
        await self._worded(
            sheet, "Working weekdays", "mon-fri · sun-thu · mon,wed,fri", weekday_words(sheet.calendar.weekdays),
            lambda text: partial(_set_weekdays, weekdays=parse_weekdays(text)),
        )  # fmt: skip

    async def _hours(self, sheet: CalendarSheet) -> None:
        await self._worded(
            sheet, "Working hours", '9:00-17:30; "within 4 hours" runs in them',
            hours_words(sheet.calendar.work_start, sheet.calendar.work_end),
            lambda text: partial(_set_hours, hours=parse_hours(text)),
        )  # fmt: skip

    async def _worded(
        self,
        sheet: CalendarSheet,
        title: str,
        about: str,
        text: str,
        read: Callable[[str], Callable[..., tuple[Event, ...]]],
    ) -> None:
        """Ask for words until they are understood."""
        from fu_tui.tui.modals.ask import PromptModal

        while True:
            said = await self.ask(PromptModal(title, name="When", about=about, text=text))
            if said is None or said == text:
                return
            try:
                verb = read(said)
            except UsageError as odd:
                text, about = said, str(odd)
                continue
            if (shared := await self._for_whom(sheet)) is not None:
                await self._change(partial(verb, shared=shared))
            return

    async def _for_whom(self, sheet: CalendarSheet) -> bool | None:
        """Whether all who share it get the change: asked of those who may decide it; None where they left."""
        from fu_tui.tui.modals.ask import ChoiceModal

        others = sheet.shared_with
        if not others or self._screen.desk.me.role is Role.REP:
            return False
        names = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
        answers = [
            ("m", "mine", "mine alone: I get a calendar of my own"),
            ("a", "all", f"for all {len(others) + 1} who share it"),
        ]
        chosen = await self.ask(
            ChoiceModal(
                f"{names} {'work' if len(others) > 1 else 'works'} by this calendar too. For whom?", answers
            )
        )
        return None if chosen is None else chosen == "all"

    async def _change(self, verb: Callable[[Desk], tuple[Event, ...]]) -> None:
        """Write it, and offer to move what is due on days that became off. Raises Refused."""
        from fu_tui.tui.modals.ask import ChoiceModal

        refused: list[Refused] = []

        def run(desk: Desk) -> tuple[Event, ...]:
            try:
                return verb(desk)
            except Refused as error:
                refused.append(error)  # beside what it is about, not behind the card
                return ()

        events = await self._verbs.attempt(run)
        if refused:
            raise refused[0]
        due = next((event for event in events or () if isinstance(event, DueOnDaysOff)), None)
        if due is None:
            return
        today = self._screen.moment.today
        tasks = plural(len(due.task_ids), "task")
        on = exact_day(due.days[0], today=today) if len(due.days) == 1 else "these days"
        to = f", {exact_day(due.to[0], today=today)}" if len(due.to) == 1 else ""
        answers = [
            ("m", "move", f"move {'it' if len(due.task_ids) == 1 else 'them'} to the next working day{to}"),
            ("k", "keep", "leave as it is: the days are exact"),
        ]
        question = f"{tasks} {'is' if len(due.task_ids) == 1 else 'are'} due on {on}."
        if await self.ask(ChoiceModal(question, answers, title="Due on a day off")) == "move":
            await self._verbs.attempt(lambda desk: desk.move_off(due.task_ids))

    def _place(self, sheet: CalendarSheet) -> str:
        return self._screen.desk.place_words(sheet)

    def _days(self) -> Days:
        return Days.of(self._screen.moment, self._screen.desk.calendar, self._app.settings.day_first)


def _add(desk: Desk, *, first: date, last: date, name: str, shared: bool) -> tuple[Event, ...]:
    return desk.add_days_off(first, last, name, shared=shared)


def _set_weekdays(desk: Desk, *, weekdays: frozenset[int], shared: bool) -> tuple[Event, ...]:
    return desk.set_weekdays(weekdays, shared=shared)


def _set_hours(desk: Desk, *, hours: tuple[time, time], shared: bool) -> tuple[Event, ...]:
    return desk.set_hours(*hours, shared=shared)

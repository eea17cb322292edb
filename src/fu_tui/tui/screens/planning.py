"""Moving a task to another day or owner, and taking back what was done. One rule: ask, then one verb;
what was typed outlives a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from fu_tui.core.clock import to_utc
from fu_tui.core.dates_words import say_when
from fu_tui.core.errors import TouchedSuccessor
from fu_tui.core.terms import Role, Touched
from fu_tui.tui.screens.asking import Conversation, subject
from fu_tui.tui.screens.repeating import Deed, ids, versions

if TYPE_CHECKING:
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.modals.date_field import WhenAnswer
    from fu_tui.tui.modals.owner import OwnerAnswer


class Planning(Conversation):
    """`s`, `S`, `o`, `u`."""

    async def snooze(self) -> None:
        """`s`: another due day."""
        rows = self._screen.targets()
        answer = await self._when("Snooze", rows, hides=False)
        if answer is not None:
            at = self._instant(answer)
            words = f"to {say_when(answer.day, answer.at, self._screen.moment.today)}"
            deed = Deed(
                "task.snooze",
                words,
                lambda desk, who, seen: desk.snooze(who, answer.day, at=at, versions=seen),
            )
            if await self._verbs.carry_out(deed, rows) is not None:
                self.keep_typed("Snooze", rows, "")

    async def hide(self) -> None:
        """`S`: off the screen until a day; a hidden row comes back."""
        rows = self._screen.targets()
        today = self._screen.moment.today
        if rows and all(row.hidden_until is not None and row.hidden_until > today for row in rows):
            await self._verbs.attempt(lambda desk: desk.unhide(ids(rows), versions=versions(rows)))
            return
        answer = await self._when("Hide", rows, hides=True)
        if answer is not None:
            words = f"hidden until {say_when(answer.day, None, self._screen.moment.today)}"
            deed = Deed("task.hide", words, lambda desk, who, seen: desk.hide(who, answer.day, versions=seen))
            if await self._verbs.carry_out(deed, rows) is not None:
                self.keep_typed("Hide", rows, "")

    async def reassign(self, these: Sequence[QueueRow] = ()) -> None:
        """`o`: another owner, of this task or of the steps that follow too; perhaps somebody new.

        these: tasks that are not the desk's.
        """
        rows = these or self._screen.targets()
        while (answer := await self._owner(rows)) is not None:
            if answer.new is not None:
                await self._add_colleague(answer.new, rows)
                continue
            name = next(who.name for who, _ in self._screen.view.people() if who.handle == answer.handle)
            await self._give(rows, answer, name)
            return

    async def _owner(self, rows: Sequence[QueueRow]) -> OwnerAnswer | None:
        from fu_tui.tui.modals.owner import OwnerModal

        owners = {row.owner_id for row in rows}
        # whoever has it all already is the last one it could be meant for
        found = sorted(self._screen.view.people(), key=lambda person: owners == {person[0].id})
        modal = OwnerModal(
            [(who.handle, who.name, load) for who, load in found],
            allow_following=any(row.enrollment_id is not None for row in rows),
            typed=self.typed("owner", rows), may_add=self._screen.desk.me.role is not Role.REP,
        )  # fmt: skip
        return await self.ask(modal, lambda: self.keep_typed("owner", rows, modal.filter_text))

    async def _give(self, rows: Sequence[QueueRow], answer: OwnerAnswer, name: str) -> None:
        deed = Deed(
            "task.reassign",
            f"to {name}" + (", with the steps that follow" if answer.following else ""),
            lambda desk, who, seen: desk.reassign(
                who, answer.handle, following=answer.following, versions=seen
            ),
        )
        if await self._verbs.carry_out(deed, rows) is not None:
            self.keep_typed("owner", rows, "")

    async def _add_colleague(self, typed: str, rows: Sequence[QueueRow]) -> None:
        """Somebody who is not there yet: a name, then a mail; the list of owners then begins with them."""
        from fu_tui.tui.modals.ask import PromptModal

        name = await self.ask(PromptModal("A colleague", name="Name", text=typed, enter="go on"))
        if not name:
            return
        email = await self.ask(PromptModal(name, name="E-mail", about="It may stay empty.", enter="add them"))
        if email is None:
            return
        if await self._verbs.attempt(lambda desk: desk.add_user(name, email=email)) is not None:
            self.keep_typed("owner", rows, name)

    async def _when(self, title: str, rows: Sequence[QueueRow], *, hides: bool) -> WhenAnswer | None:
        from fu_tui.tui.modals.when import WhenModal

        moment = self._screen.moment
        overdue = hides and any(row.due_on < moment.today for row in rows)
        modal = WhenModal(
            title, subject(rows), moment=moment,
            calendar=self._screen.desk.calendar_of({row.owner_id for row in rows}),
            day_first=self._app.settings.day_first, hides=hides, overdue=overdue, typed=self.typed(title, rows),
        )  # fmt: skip
        return await self.ask(modal, lambda: self.keep_typed(title, rows, modal.day.text))

    def _instant(self, answer: WhenAnswer) -> datetime | None:
        return to_utc(answer.day, answer.at, self._screen.moment.tz) if answer.at else None

    async def undo(self) -> None:
        """`u`; asks where the follow-up that would go was changed since."""
        from fu_tui.tui.modals.ask import ChoiceModal

        try:
            await self._verbs.attempt(lambda desk: desk.undo())
        except TouchedSuccessor as touched:
            answers = [
                ("w", "withdraw", "withdraw it"),
                ("k", "keep", "keep it, without its cadence"),
            ]
            choice = await self.ask(ChoiceModal(touched.message, answers))
            if choice is not None:
                await self._verbs.attempt(lambda desk: desk.undo(Touched(choice)))

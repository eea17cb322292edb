"""Closing with a question: the outcome, its day, a note. One rule: what was typed outlives a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from fu_tui.core.dates_words import exact_day, say_when
from fu_tui.core.outcomes import BRINGS, BY_CODE, TABLE, Effect, Outcome, why_not
from fu_tui.core.terms import TaskKind
from fu_tui.tui.screens.asking import Conversation, subject
from fu_tui.tui.screens.repeating import Deed, with_note

if TYPE_CHECKING:
    from fu_tui.queries.rows import QueueRow


class Closing(Conversation):
    """`d` and `N`."""

    async def close(self) -> None:
        """`d`: any outcome, its day, a note."""
        from fu_tui.tui.modals.close import CloseModal
        from fu_tui.tui.modals.close_choices import CloseQuestion

        rows = self._screen.targets()
        decides = any(row.kind is TaskKind.DECIDE for row in rows)
        question = CloseQuestion(
            count=len(rows), action=rows[0].action, is_decide=decides, lines=self._brings(rows, decides),
            after=lambda code, until: self._then(rows, code, until), note=self.typed("note", rows),
            day=self.typed("day", rows),
        )  # fmt: skip
        modal = CloseModal(
            question, moment=self._screen.moment, calendar=self._screen.desk.calendar,
            day_first=self._app.settings.day_first,
        )  # fmt: skip

        def keep() -> None:
            self.keep_typed("note", rows, modal.note)
            self.keep_typed("day", rows, modal.day.text)

        answer = await self.ask(modal, keep)
        if answer is not None:
            await self._close_as("task.close", rows, answer.code, answer.note, answer.until)

    async def no_reply_note(self) -> None:
        """`N`: done, no reply yet, with a note."""
        from fu_tui.tui.modals.ask import PromptModal

        rows = self._screen.targets()
        modal = PromptModal("No reply yet", about=subject(rows), text=self.typed("note", rows), enter="close")
        note = await self.ask(modal, lambda: self.keep_typed("note", rows, modal.line))
        if note is not None:
            await self._close_as("task.no_reply_note", rows, "no_reply", note)

    async def _close_as(
        self, action_id: str, rows: Sequence[QueueRow], code: str, note: str, until: date | None = None
    ) -> None:
        """Close, and forget what was typed once it is written."""
        day = f", {say_when(until, None, self._screen.moment.today)}" if until else ""
        deed = Deed(
            action_id,
            with_note(f"{BY_CODE[code].label}{day}", note),
            lambda desk, who, seen: desk.close(who, code, note=note, until=until, versions=seen),
            code,
        )
        if await self._verbs.carry_out(deed, rows) is not None:
            self.keep_typed("note", rows, "")
            self.keep_typed("day", rows, "")

    def _brings(self, rows: Sequence[QueueRow], decides: bool) -> dict[str, str]:
        """What each outcome would bring, or why it can't be chosen."""
        return {
            row.code: why_not(row, is_decide=decides) or self._bring(rows, row)
            for row in TABLE
            if decides or not row.decides
        }

    def _bring(self, rows: Sequence[QueueRow], row: Outcome) -> str:
        goes_on = row.effect is Effect.NEXT and not row.asks and row.code != "extend"
        if len(rows) > 1 or not goes_on or (row.code == "done" and rows[0].enrollment_id is None):
            return BRINGS.get(row.code, "")
        return self._reckoned(rows[0], row.code)

    def _then(self, rows: Sequence[QueueRow], code: str, until: date) -> str:
        """What an outcome brings, once its day is known."""
        moment = self._screen.moment
        if len(rows) == 1 and BY_CODE[code].effect is Effect.NEXT:
            return self._reckoned(rows[0], code, until)
        return say_when(until, None, moment.today)

    def _reckoned(self, row: QueueRow, code: str, until: date | None = None) -> str:
        found = self._screen.desk.after(row.id, code, until)
        if isinstance(found, str):
            return found
        moment = self._screen.moment
        return f"{found.action}, {exact_day(found.due.due_on, found.due.due_at, today=moment.today, tz=moment.tz)}"

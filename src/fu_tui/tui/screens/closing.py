"""Closing with a question: the outcome, its day, a note. One rule: what was typed outlives a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from fu_tui.core.clock import to_utc
from fu_tui.core.dates_words import exact_day, say_when
from fu_tui.core.outcomes import BY_CODE, MONTHS, TABLE
from fu_tui.core.terms import TaskKind
from fu_tui.tui.screens.asking import Conversation, subject
from fu_tui.tui.screens.repeating import Deed, with_note

if TYPE_CHECKING:
    from fu_tui.core.calendar import WorkCalendar
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.modals.close import CloseAnswer


OF_MANY = {
    "no_reply": "the next step of each",
    "left_voicemail": "the next step of each",
    "replied": "the next step of each is asked",
    "done": "the next step of each, or asks it",
    "acknowledged": "the next step of each",
    "meeting_held": "what follows a meeting, for each",
    "no_show": "offers each a new slot",
    "lost": "asks each for feedback",
    "close_file": "the files are closed",
    "not_needed": "nothing more to do",
    "bounced": "searches for each address",
    "wrong_person": "searches for the right people",
    "opted_out": "nobody writes or calls them again",
    "3": "a task for each in three months",
    "6": "a task for each in six months",
    "extend": "one more try of each",
}
"""What an outcome of several tasks brings."""


class Closing(Conversation):
    """`d` and `N`."""

    async def close(self, these: Sequence[QueueRow] = ()) -> None:
        """`d`: any outcome, its day, a note. these: which tasks, where not the desk's."""
        from fu_tui.tui.modals.close import CloseModal
        from fu_tui.tui.modals.close_choices import CloseQuestion

        rows = these or self._screen.targets()
        question = CloseQuestion(
            count=len(rows), action=rows[0].action, is_decide=any(row.kind is TaskKind.DECIDE for row in rows),
            lines=self._brings(rows), after=lambda code, until, at: self._then(rows, code, until, at),
            note=self.typed("note", rows), day=self.typed("day", rows),
            is_meeting=all(row.kind is TaskKind.MEETING for row in rows),
            has_deal=all(row.deal_id is not None for row in rows),
            after_nurture=all(self._screen.desk.may_start_again(row.id) for row in rows),
            channel=rows[0].channel if len({row.channel for row in rows}) == 1 else None,
            reaches=any(row.contact_id or row.deal_id or row.channel for row in rows),
        )  # fmt: skip
        modal = CloseModal(
            question, moment=self._screen.moment, calendar=self._calendar(rows),
            day_first=self._app.settings.day_first,
        )  # fmt: skip

        def keep() -> None:
            self.keep_typed("note", rows, modal.note)
            self.keep_typed("day", rows, modal.day.text)

        answer = await self.ask(modal, keep)
        if answer is None:
            self._say_kept(modal.note)
        else:
            await self._close_as("task.close", rows, answer)

    async def no_reply_note(self) -> None:
        """`N`: done, no reply yet, with a note."""
        from fu_tui.tui.modals.ask import PromptModal
        from fu_tui.tui.modals.close import CloseAnswer

        rows = self._screen.targets()
        modal = PromptModal("No reply yet", about=subject(rows), text=self.typed("note", rows), enter="close")
        note = await self.ask(modal, lambda: self.keep_typed("note", rows, modal.line))
        if note is None:
            self._say_kept(modal.line)
        else:
            await self._close_as("task.no_reply_note", rows, CloseAnswer("no_reply", note))

    def _say_kept(self, note: str) -> None:
        """Left with a note: it is not lost."""
        if note.strip():
            key = self._screen.key_of("task.close")
            self._screen.say(f"Your note is kept: {key} offers it again." if key else "Your note is kept.")

    async def _close_as(self, action_id: str, rows: Sequence[QueueRow], answer: CloseAnswer) -> None:
        """Close, and forget what was typed once it is written."""
        code, until, today = answer.code, answer.until, self._screen.moment.today
        day = f", {say_when(until, answer.at, today)}" if until else ""
        at = self._instant(until, answer.at)
        deed = Deed(
            action_id,
            with_note(f"{BY_CODE[code].label}{day}", answer.note),
            lambda desk, who, seen: desk.close(
                who, code, note=answer.note, until=until, at=at, channel=answer.channel, versions=seen
            ),
            code,
        )
        if await self._verbs.carry_out(deed, rows) is not None:
            self.keep_typed("note", rows, "")
            self.keep_typed("day", rows, "")

    def _calendar(self, rows: Sequence[QueueRow]) -> WorkCalendar:
        return self._screen.desk.calendar_of({row.owner_id for row in rows})

    def _instant(self, day: date | None, at: time | None) -> datetime | None:
        return to_utc(day, at, self._screen.moment.tz) if day and at else None

    def _brings(self, rows: Sequence[QueueRow]) -> dict[str, str]:
        """What each outcome would bring, by its code; what months would bring, by their key."""
        from fu_tui.tui.modals.close_choices import CHECK_BACK, NURTURE, months_ahead
        from fu_tui.tui.modals.date_field import Days

        if len(rows) > 1:
            return OF_MANY
        screen = self._screen
        days = Days.of(screen.moment, self._calendar(rows), self._app.settings.day_first)
        later = NURTURE if rows[0].kind is TaskKind.DECIDE else CHECK_BACK
        lines = {row.code: self._reckoned(rows[0], row.code) for row in TABLE}
        return lines | {key: self._reckoned(rows[0], later, months_ahead(days, key)) for key in MONTHS}

    def _then(self, rows: Sequence[QueueRow], code: str, until: date, at: time | None) -> str:
        """What an outcome brings, once its day is known."""
        if len(rows) == 1:
            return self._reckoned(rows[0], code, until, at)
        return say_when(until, at, self._screen.moment.today)

    def _reckoned(self, row: QueueRow, code: str, until: date | None = None, at: time | None = None) -> str:
        found = self._screen.desk.after(row.id, code, until, self._instant(until, at))
        if isinstance(found, str):
            return found
        moment = self._screen.moment
        return f"{found.action}, {exact_day(found.due.due_on, found.due.due_at, today=moment.today, tz=moment.tz)}"

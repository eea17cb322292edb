"""The verbs that ask something first. One rule: a modal returns a value, and only then one verb runs; what was typed
is never lost when it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from fu_tui.core.clock import to_utc
from fu_tui.core.dates_words import exact_day
from fu_tui.core.errors import TouchedSuccessor
from fu_tui.core.outcomes import TABLE, Effect, Outcome, why_not
from fu_tui.core.terms import TaskKind, Touched
from fu_tui.tui.screens.verbs import ids, versions

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from fu_tui.core.calendar import WorkCalendar
    from fu_tui.core.events import NextStepProposed
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.modals.date_field import WhenAnswer
    from fu_tui.tui.screens.desk import DeskScreen
    from fu_tui.tui.screens.verbs import Verbs

Answer = TypeVar("Answer")
BRINGS = {
    "replied": "asks the next step",
    "call_back": "the same step on the day you name",
    "done": "asks the next step",
    "out_of_office": "the next step after they are back",
    "check_back": "a task on the day you name",
    "close_file": "ends here; the file is closed",
    "not_needed": "ends here",
    "nurture": "a message in three months",
    "lost": "the deal is lost; asks for feedback",
}
"""What an outcome brings, where no day can be reckoned before it is chosen."""


class Asking:
    """Conversations: a question, an answer, one verb."""

    def __init__(self, screen: DeskScreen, verbs: Verbs) -> None:
        self._screen = screen
        self._verbs = verbs

    async def do(self, action_id: str) -> None:
        """Run the action's conversation to its end."""
        conversations = {
            "task.add": self.add,
            "task.close": self.close,
            "task.no_reply_note": self.no_reply_note,
            "task.snooze": self.snooze,
            "task.hide": self.hide,
            "task.reassign": self.reassign,
            "queue.scope": self.scope,
            "queue.filter": self.filter,
            "journal.undo": self.undo,
            "app.help": self.help,
        }
        await conversations[action_id]()

    async def ask(self, modal: ModalScreen[Answer | None]) -> Answer | None:
        """Show a modal and wait for its value; None where the person left it."""
        return await self._screen.app.push_screen_wait(modal)

    # --- closing

    async def close(self) -> None:
        """`d`: any outcome, its day, a note."""
        from fu_tui.tui.modals.close import CloseModal, CloseQuestion

        rows = self._screen.targets()
        decides = any(row.kind is TaskKind.DECIDE for row in rows)
        question = CloseQuestion(
            count=len(rows), action=rows[0].action, is_decide=decides, lines=self._brings(rows, decides)
        )
        answer = await self.ask(CloseModal(question, moment=self._screen.moment, calendar=self._calendar()))
        if answer is not None:
            await self._verbs.attempt(
                lambda desk: desk.close(
                    ids(rows), answer.code, note=answer.note, until=answer.until, versions=versions(rows)
                )
            )

    async def no_reply_note(self) -> None:
        """`N`: done, no reply yet, with a note."""
        from fu_tui.tui.modals.ask import PromptModal

        rows = self._screen.targets()
        note = await self.ask(PromptModal("No reply yet", about=_subject(rows)))
        if note is not None:
            await self._verbs.attempt(
                lambda desk: desk.close(ids(rows), "no_reply", note=note, versions=versions(rows))
            )

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
        found = self._screen.desk.after(rows[0].id, row.code)
        if isinstance(found, str):
            return found
        moment = self._screen.moment
        return f"{found.action}, {exact_day(found.due.due_on, found.due.due_at, today=moment.today, tz=moment.tz)}"

    # --- planning

    async def snooze(self) -> None:
        """`s`: another due day."""
        rows = self._screen.targets()
        answer = await self._when("Snooze", rows, hides=False)
        if answer is not None:
            at = self._instant(answer)
            await self._verbs.attempt(
                lambda desk: desk.snooze(ids(rows), answer.day, at=at, versions=versions(rows))
            )

    async def hide(self) -> None:
        """`S`: off the screen until a day."""
        rows = self._screen.targets()
        answer = await self._when("Hide", rows, hides=True)
        if answer is not None:
            await self._verbs.attempt(lambda desk: desk.hide(ids(rows), answer.day, versions=versions(rows)))

    async def reassign(self) -> None:
        """`o`: another owner, of this task or of the steps that follow too."""
        from fu_tui.tui.modals.owner import OwnerModal

        rows = self._screen.targets()
        people = [(who.handle, who.name, load) for who, load in self._screen.view.people()]
        following = any(row.enrollment_id is not None for row in rows)
        answer = await self.ask(OwnerModal(people, allow_following=following))
        if answer is not None:
            await self._verbs.attempt(
                lambda desk: desk.reassign(
                    ids(rows), answer.handle, following=answer.following, versions=versions(rows)
                )
            )

    async def _when(self, title: str, rows: Sequence[QueueRow], *, hides: bool) -> WhenAnswer | None:
        from fu_tui.tui.modals.when import WhenModal

        moment = self._screen.moment
        overdue = hides and any(row.due_on < moment.today for row in rows)
        return await self.ask(
            WhenModal(
                title, _subject(rows), moment=moment, calendar=self._calendar(), hides=hides, overdue=overdue
            )
        )

    def _instant(self, answer: WhenAnswer) -> datetime | None:
        return to_utc(answer.day, answer.at, self._screen.moment.tz) if answer.at else None

    # --- capturing

    async def add(self, text: str | None = None, title: str = "Add") -> None:
        """`a`: capture. The draft of the last time is offered again."""
        from fu_tui.tui.modals.capture import CaptureModal
        from fu_tui.tui.screens.capturing import Capturing

        capturing = Capturing(self._screen)
        prefill = text if text is not None else self._screen.draft
        modal = CaptureModal(
            prefill, look=capturing.look, save=capturing.save, complete=capturing.complete,
            moment=self._screen.moment, calendar=capturing.calendar, title=title,
        )  # fmt: skip
        answer = await self.ask(modal)
        if text is None:
            self._screen.draft = answer.text if answer is not None and not answer.saved else ""
        if capturing.events:
            self._verbs.publish(capturing.events)

    async def next_steps(self, proposals: Sequence[NextStepProposed]) -> None:
        """After a reply, and after the last of a plan: what is the next step?"""
        for proposal in proposals:
            words = [proposal.action]
            if proposal.contact:
                words.append(f'@"{proposal.contact}"')
            if proposal.deal:
                words.append(f'#"{proposal.deal}"')
            if proposal.due_on:
                words.append(proposal.due_on.isoformat())
            await self.add(" ".join(words), "What is the next step?")

    # --- looking

    async def scope(self) -> None:
        """`@`: mine, the team's, everyone's, a person's."""
        from fu_tui.tui.modals.owner import ScopeModal

        screen = self._screen
        people = screen.view.people()
        total = sum(load for _, load in people)
        choices = [("mine", "mine", dict((w.id, n) for w, n in people).get(screen.desk.me.id, 0)),
                   ("team", "team", total), ("everyone", "everyone", total)]  # fmt: skip
        choices += [(str(who.id), who.name, load) for who, load in people if who.id != screen.desk.me.id]
        choice = await self.ask(ScopeModal(choices))
        if choice is not None:
            screen.view.choose(scope=screen.view.scope_for(choice))
            self._verbs.set_marks(frozenset())
            screen.reload()
            screen.count_later()

    async def filter(self) -> None:
        """`/`: rows that hold these words, live."""
        from fu_tui.tui.modals.ask import FilterModal

        before = self._screen.view.view.words
        words = await self.ask(FilterModal(before, live=self._filter))
        self._filter(before if words is None else words)

    def _filter(self, words: str) -> None:
        if words != self._screen.view.view.words:
            self._screen.view.choose(words=words)
            self._screen.reload()

    async def help(self) -> None:
        """`?`: the keys and what they do here."""
        from fu_tui.tui.modals.help import HelpModal

        await self.ask(HelpModal(self._screen.EFFECTIVE))

    # --- undo

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

    def _calendar(self) -> WorkCalendar:
        return self._screen.desk.calendar


def _subject(rows: Sequence[QueueRow]) -> str:
    return rows[0].action if len(rows) == 1 else f"{len(rows)} tasks"

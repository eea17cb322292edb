"""The verbs that ask something first. One rule: a modal returns a value, and only then one verb runs; what was typed
is never lost when it is refused."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar, cast

from fu_tui.core.clock import to_utc
from fu_tui.core.dates_words import exact_day, say_when
from fu_tui.core.errors import FuError, StorageError, TouchedSuccessor
from fu_tui.core.outcomes import BY_CODE, TABLE, Effect, Outcome, why_not
from fu_tui.core.terms import TaskKind, Touched
from fu_tui.tui.screens.verbs import ids, versions

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from fu_tui.core.events import NextStepProposed
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.app import FuApp
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

    def start(self, action_id: str) -> None:
        """Begin the conversation of an action."""
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
        self._begin(conversations[action_id]())

    def propose(self, proposals: Sequence[NextStepProposed]) -> None:
        """Ask what the next steps are."""
        self._begin(self._next_steps(proposals))

    def _begin(self, conversation: Coroutine[None, None, None]) -> None:
        """Keys that are typed from now on are for the question that is about to open."""
        self._app.opening.add(self)
        self._screen.run_worker(self._hold(conversation), exclusive=False)

    async def _hold(self, conversation: Coroutine[None, None, None]) -> None:
        try:
            await conversation
        except StorageError:
            with self._screen.guard():
                raise
        except FuError as error:
            self._verbs.refuse(error)
        finally:
            self._app.opening.discard(self)

    @property
    def _app(self) -> FuApp:
        return cast("FuApp", self._screen.app)

    async def ask(self, modal: ModalScreen[Answer | None]) -> Answer | None:
        """Show a modal and wait for its value; None where the person left it."""
        answer = self._app.push_screen(modal, wait_for_dismiss=True)
        self._app.opening.discard(self)
        return await answer

    # --- closing

    async def close(self) -> None:
        """`d`: any outcome, its day, a note."""
        from fu_tui.tui.modals.close import CloseModal
        from fu_tui.tui.modals.close_choices import CloseQuestion

        rows = self._screen.targets()
        decides = any(row.kind is TaskKind.DECIDE for row in rows)
        question = CloseQuestion(
            count=len(rows), action=rows[0].action, is_decide=decides, lines=self._brings(rows, decides),
            after=lambda code, until: self._then(rows, code, until), note=self._note(rows),
        )  # fmt: skip
        modal = CloseModal(
            question, moment=self._screen.moment, calendar=self._screen.desk.calendar,
            day_first=self._app.settings.day_first,
        )  # fmt: skip
        answer = await self.ask(modal)
        self._keep_note(rows, modal.note)
        if answer is not None:
            await self._close_as(rows, answer.code, answer.note, answer.until)

    async def no_reply_note(self) -> None:
        """`N`: done, no reply yet, with a note."""
        from fu_tui.tui.modals.ask import PromptModal

        rows = self._screen.targets()
        modal = PromptModal("No reply yet", about=_subject(rows), text=self._note(rows), enter="close")
        note = await self.ask(modal)
        self._keep_note(rows, modal.field.value)
        if note is not None:
            await self._close_as(rows, "no_reply", note)

    async def _close_as(
        self, rows: Sequence[QueueRow], code: str, note: str, until: date | None = None
    ) -> None:
        """Close, and forget the note once it is written."""
        done = await self._verbs.attempt(
            lambda desk: desk.close(ids(rows), code, note=note, until=until, versions=versions(rows))
        )
        if done is not None:
            self._keep_note(rows, "")

    def _note(self, rows: Sequence[QueueRow]) -> str:
        """What was typed for these tasks and not written."""
        return self._screen.notes.get(tuple(ids(rows)), "")

    def _keep_note(self, rows: Sequence[QueueRow], note: str) -> None:
        notes = self._screen.notes
        notes.pop(tuple(ids(rows)), None)
        if note.strip():
            notes[tuple(ids(rows))] = note

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
                title,
                _subject(rows),
                moment=moment,
                calendar=self._screen.desk.calendar,
                day_first=self._app.settings.day_first,
                hides=hides,
                overdue=overdue,
            )
        )

    def _instant(self, answer: WhenAnswer) -> datetime | None:
        return to_utc(answer.day, answer.at, self._screen.moment.tz) if answer.at else None

    # --- capturing

    async def add(self) -> None:
        """`a`: capture. The draft of the last time is offered again."""
        await self._capture(self._screen.draft.text, "Add")

    async def _capture(self, prefill: str, title: str) -> None:
        from fu_tui.tui.screens.capturing import Capturing

        capturing = Capturing(self._screen, self._verbs, prefill, title)
        await self.ask(capturing.modal)
        capturing.end()

    async def _next_steps(self, proposals: Sequence[NextStepProposed]) -> None:
        """After a reply, and after the last of a plan: what is the next step?"""
        from fu_tui.tui.screens.proposing import proposed_line

        for proposal in proposals:
            await self._capture(proposed_line(self._screen.desk, proposal), "What is the next step?")

    # --- looking

    async def scope(self) -> None:
        """`@`: mine, the team's, everyone's, a person's."""
        from fu_tui.tui.modals.owner import ScopeModal

        screen = self._screen
        people = screen.view.people()
        load = {who.id: today for who, today in people}
        choices = [
            (choice, choice, sum(load.values() if not ids else (load.get(one, 0) for one in ids)))
            for choice in ("mine", "team", "everyone")
            for ids in (screen.view.scope_for(choice).user_ids,)
        ]
        choices += [(str(who.id), who.name, today) for who, today in people if who.id != screen.desk.me.id]
        now = screen.view.view.scope
        current = now.label if now.label in ("mine", "team", "everyone") else str(now.user_ids[0])
        choice = await self.ask(ScopeModal(choices, current))
        if choice is not None:
            screen.view.choose(scope=screen.view.scope_for(choice))
            self._verbs.set_marks(frozenset())
            screen.reload(follow=True)
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


def _subject(rows: Sequence[QueueRow]) -> str:
    return rows[0].action if len(rows) == 1 else f"{len(rows)} tasks"

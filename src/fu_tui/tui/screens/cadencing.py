"""Cadences at the desk: the list, one of them, its editor, who is enrolled. One rule: each card leads back to the one
before it, and a change that was not saved waits to be taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.cadence_draft import CadenceDraft
from fu_tui.core.cadence_rules import key_for
from fu_tui.core.dates_words import exact_day
from fu_tui.core.errors import Conflict, NotFound, Refused
from fu_tui.core.events import CadenceSaved
from fu_tui.core.terms import Anchor, CadenceKind
from fu_tui.tui.modals.cadence import CadenceModal
from fu_tui.tui.modals.cadence_edit import CadenceEditor
from fu_tui.tui.modals.cadences import CadencesModal, RunsModal
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.migrate import Comer, MigrateModal
from fu_tui.tui.screens.asking import Conversation

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import Event
    from fu_tui.queries.cadence_rows import CadenceSheet

NEW = ""
"""Where the draft of a new cadence waits, among those that wait by their key."""


class Cadencing(Conversation):
    """`g k`."""

    async def cadences(self) -> None:
        """The list, until it is left or a task is gone to."""
        at = 0
        while (
            chosen := await self.ask(CadencesModal(self._screen.desk.cadences(), self._sheet, at))
        ) is not None:
            at = chosen.id or at
            if chosen.does == "new":
                await self._new()
            elif await self._one(chosen.id):
                return

    def _sheet(self, cadence_id: int) -> CadenceSheet | None:
        sheet = None
        with self._screen.guard():
            try:
                sheet = self._screen.desk.cadence_sheet(cadence_id)
            except NotFound as gone:
                self._screen.warn(str(gone))
        return sheet

    async def _one(self, cadence_id: int) -> bool:
        """Look at a cadence until it is left; True where a task was gone to."""
        start: date | None = None
        while (sheet := self._sheet(cadence_id)) is not None:
            key, name = sheet.row.key, sheet.row.name
            waits = key in self._screen.cadences
            modal = CadenceModal(sheet, self._days(), start=start, unsaved=waits)
            answer = await self.ask(modal)
            start = modal.start
            if answer is None:
                return False
            if answer.does == "edit":
                draft = await self._draft(sheet)
                if draft is not None:
                    await self._edit(draft, key, start)
            elif answer.does == "copy":
                await self._new(sheet.plan)
            elif answer.does == "migrate":
                await self._migrate(key, name, sheet.plan.n)
            elif answer.does == "retire":
                await self._verbs.attempt(lambda desk, key=key: desk.retire_cadence(key))  # type: ignore[misc]
            elif answer.does == "revive":
                await self._verbs.attempt(lambda desk, key=key: desk.revive_cadence(key))  # type: ignore[misc]
            elif await self._who(cadence_id, name):
                return True
        return False

    async def _who(self, cadence_id: int, name: str) -> bool:
        """Who is enrolled; True where one of their tasks was gone to."""
        from fu_tui.tui.screens.finding import Finding

        runs = self._screen.desk.cadence_runs(cadence_id)
        task_id = await self.ask(RunsModal(name, runs, self._screen.moment.today))
        if task_id is None:
            return False
        Finding(self._screen, self._verbs).go_to(task_id)
        return True

    async def _migrate(self, key: str, name: str, version: int, *, saved: bool = False) -> None:
        """The days as they are and as they would be; then those that were chosen come along.

        saved: the version was saved just now; then nothing is asked where nobody could come along.
        """
        today = self._screen.moment.today
        comers = [
            Comer(
                each.enrollment_id, each.who, f"version {each.from_version}, {each.action}",
                _days_of(each.due_on, each.new_due_on, today), each.why_not,
            )
            for each in self._screen.desk.migration(key)
        ]  # fmt: skip
        if saved and all(comer.why_not for comer in comers):
            return
        chosen = await self.ask(MigrateModal(name, version, comers, saved=saved))
        if chosen:
            await self._verbs.attempt(lambda desk: desk.migrate(key, chosen))

    async def _new(self, model: CadencePlan | None = None) -> None:
        """A cadence of one's own, empty or like another; one that waits to be saved comes first."""
        from fu_tui.tui.modals.ask import PromptModal

        draft = self._screen.cadences.get(NEW)
        if draft is None or model is not None:
            name = await self.ask(
                PromptModal(
                    "A new cadence" if model is None else f"A copy of {model.name}", name="Name",
                    text="" if model is None else f"{model.name} 2", enter="go on",
                )
            )  # fmt: skip
            if not name:
                return
            key = key_for(name, {row.key for row in self._screen.desk.cadences()})
            plan = replace(model, key=key, name=name, n=1) if model else empty(key, name)
            draft = CadenceDraft(plan, new=True)
        await self._edit(draft, NEW)

    async def _draft(self, sheet: CadenceSheet) -> CadenceDraft | None:
        """The draft that waits, or a new one; where somebody saved meanwhile it is asked which counts."""
        from fu_tui.tui.modals.ask import ChoiceModal

        plan, waits = sheet.plan, self._screen.cadences.get(sheet.row.key)
        if waits is None or waits.origin.n == plan.n:
            return waits or CadenceDraft(plan)
        answers = [
            ("m", "mine", f"go on with mine; saved, it comes after version {plan.n}"),
            ("d", "drop", f"drop mine, and edit version {plan.n}"),
        ]
        question = (
            f"{plan.name}: version {plan.n} was saved while your changes to version {waits.origin.n} waited."
        )
        chosen = await self.ask(ChoiceModal(question, answers))
        if chosen == "mine":
            waits.origin = plan
            return waits
        return CadenceDraft(plan) if chosen == "drop" else None

    async def _edit(self, draft: CadenceDraft, place: str, start: date | None = None) -> None:
        """Edit until it is saved or left; a draft that was refused or left waits."""
        drafts, said = self._screen.cadences, ""

        def save(desk: Desk) -> tuple[Event, ...]:
            nonlocal said
            try:
                based_on = None if draft.new else draft.origin.n
                return desk.save_cadence(draft.plan, based_on=based_on, new=draft.new)
            except (Refused, Conflict) as error:
                said = str(error)  # beside what it is about, not behind the card
                return ()

        while True:
            drafts[place] = draft
            answer = await self.ask(CadenceEditor(draft, self._days(), start=start, said=said))
            if answer is None or not answer.saves:
                break
            if events := await self._verbs.attempt(save):
                del drafts[place]
                for event in events:
                    if isinstance(event, CadenceSaved) and event.n > draft.origin.n and not draft.new:
                        await self._migrate(event.key, event.name, event.n, saved=True)
                return
        if not draft.changed:
            del drafts[place]

    def _days(self) -> Days:
        return Days.of(self._screen.moment, self._screen.desk.calendar, self._app.settings.day_first)


def _days_of(due_on: date | None, then: date | None, today: date) -> str:
    if due_on is None or then is None:
        return "waits"
    was = exact_day(due_on, today=today)
    return f"{was}, stays" if then == due_on else f"{was} → {exact_day(then, today=today)}"


def empty(key: str, name: str) -> CadencePlan:
    """A new cadence without a step."""
    return CadencePlan(key, name, CadenceKind.DEAL, Anchor.COMPLETION, ())

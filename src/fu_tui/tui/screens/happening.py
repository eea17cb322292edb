"""What happened, what happens by itself, and what one was told (`l`, `g r`, `g i`). One rule: ask, then one verb."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from fu_tui.core.dates_words import exact_day
from fu_tui.core.errors import ColleagueReplied, TouchedSuccessor
from fu_tui.core.happenings import INQUIRY_HOURS, TABLE
from fu_tui.core.terms import Touched
from fu_tui.core.terms_automation import TriggerEffect
from fu_tui.tui.modals.pick import Item, Letter
from fu_tui.tui.present.cells import fit
from fu_tui.tui.screens.asking import Conversation

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import Event
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.modals.log import LogAnswer
    from fu_tui.tui.screens.asking import OfRecord, Whom

_NAME = 24
"""Cells of a trigger's name, so that what it does stands in a column."""
ABOUT_NOBODY = "It is about nobody: nothing can be logged for it. Edit it and name whom it is about."


class Happening(Conversation):
    """`l`, `g r`, `g i`."""

    async def log(self, about: OfRecord | None = None) -> None:
        """`l`: what happened with whom the row is about, or the card."""
        from fu_tui.tui.modals.log import LogModal

        rows: Whom = [about] if about else self._screen.targets()
        [row] = rows
        if row.contact_id is None and row.deal_id is None:
            self._screen.warn(ABOUT_NOBODY)
            return
        whom = " · ".join(part for part in (row.contact or row.account, row.deal) if part)
        desk = self._screen.desk
        covered = desk.covered(row.contact_id, row.deal_id)
        modal = LogModal(
            whom, self._letters(row, covered), self._screen.moment,
            covered=covered, day_first=self._app.settings.day_first, typed=self.typed("log", rows),
        )  # fmt: skip
        answer = await self.ask(modal, lambda: self.keep_typed("log", rows, modal.text))
        if answer is None:
            return
        if await self._written(row, answer) is not None:
            self.keep_typed("log", rows, "")

    async def _written(self, row: QueueRow | OfRecord, answer: LogAnswer) -> tuple[Event, ...] | None:
        """Log it; where a reply has to be told more, ask that first. None where it was refused or left."""
        from fu_tui.tui.modals.ask import ChoiceModal

        more: dict[str, Any] = {}
        while True:
            try:
                return await self._verbs.attempt(partial(_log, row=row, answer=answer, **more))
            except TouchedSuccessor as touched:
                goes = [
                    (
                        "w",
                        "withdraw",
                        f"it goes: {'you met' if answer.code == 'meeting' else 'they replied'}",
                    ),
                    ("k", "keep", "keep it, without its cadence"),
                ]
                choice = await self.ask(ChoiceModal(touched.message, goes))
                more["touched"] = Touched(choice or Touched.ASK)
            except ColleagueReplied as colleague:
                ends = [("e", "ends", "it ends: they speak for all"), ("g", "goes", "it goes on")]
                choice = await self.ask(ChoiceModal(colleague.message, ends))
                more["ends_deal"] = choice == "ends"
            if choice is None:
                return None

    def _letters(self, row: QueueRow | OfRecord, covered: str) -> list[Letter]:
        """What can have happened, and what each would end and start: nothing where something open covers the matter."""
        desk = self._screen.desk
        ends = desk.reply_ends(row.contact_id, row.deal_id)
        ending = f"{' and '.join(ends)} end{'' if len(ends) > 1 else 's'}; " if ends else ""
        starts = {
            trigger.rule.event: trigger.rule
            for trigger in desk.triggers()
            if trigger.rule.enabled and trigger.rule.effect is not TriggerEffect.NOTIFY
        }
        letters = []
        for each in TABLE:
            rule = starts.get(each.event) if each.event else None
            brings = rule.brings if rule and not covered else ""
            if each.code == "reply":
                brings = f"{ending}an answer is due"
            elif each.code == "meeting":
                brings = desk.meeting_brings(row.contact_id, row.deal_id)
            elif each.code == "inquiry" and desk.inquiry_is_reply(row.contact_id, row.deal_id):
                brings = f"{ending}answer in {INQUIRY_HOURS} hours"
            letters.append(Letter(each.key, each.code, each.label.removeprefix("the "), brings))
        return letters

    async def triggers(self) -> None:
        """`g r`: the triggers, to be read and switched, until the person leaves."""
        from fu_tui.tui.modals.told import TriggersModal

        at = ""
        while True:
            rows = {row.rule.key: row for row in self._screen.desk.triggers()}
            items = [
                Item(
                    key,
                    fit(row.rule.name, _NAME),
                    row.rule.brings,
                    _state(row.state, row.fired),
                )
                for key, row in rows.items()
            ]
            chosen = await self.ask(
                TriggersModal(items, {key: row.sentence for key, row in rows.items()}, at)
            )
            if chosen is None:
                return
            at = chosen
            switch = partial(_switch, key=chosen, on=rows[chosen].state != "on")
            if await self._verbs.attempt(switch) is None:
                return

    async def notices(self) -> None:
        """`g i`: what one was told; it is read then."""
        from fu_tui.tui.modals.told import NoticesModal, Told

        screen, moment = self._screen, self._screen.moment
        rows = screen.desk.notices()
        told = [
            Told(
                str(row.id), row.text,
                exact_day(moment.day(row.at), row.at, today=moment.today, tz=moment.tz), row.task_id is not None,
            )
            for row in rows
        ]  # fmt: skip
        chosen = await self.ask(NoticesModal(told))
        if rows:
            await self._verbs.attempt(lambda desk: desk.read_notices(rows[0].id))
            screen.minute.count()
        task_id = next((row.task_id for row in rows if str(row.id) == chosen), None)
        if task_id is not None:
            self.show(task_id)


def _log(desk: Desk, *, row: QueueRow | OfRecord, answer: LogAnswer, **more: Any) -> tuple[Event, ...]:
    return desk.log(
        answer.code, contact_id=row.contact_id, deal_id=row.deal_id, text=answer.text, at=answer.at, **more
    )


def _switch(desk: Desk, *, key: str, on: bool) -> tuple[Event, ...]:
    return desk.switch_trigger(key, on)


def _state(state: str, fired: int) -> str:
    return f"{fired:,}× · {state}" if fired else state

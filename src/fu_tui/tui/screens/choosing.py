"""Choosing an action by what it is called instead of by its key: help, a row's menu, what may follow a key. One rule:
what is listed, its keys and why it can't be done come from the registry; what is chosen runs as its key would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fu_tui.core.terms import Priority, TaskKind
from fu_tui.core.triage import needs_task, why_disabled
from fu_tui.settings.actions import ACTIONS, BY_ID
from fu_tui.settings.keymap import followers
from fu_tui.settings.keys import written
from fu_tui.tui.modals.offers import Offer
from fu_tui.tui.screens.asking import Conversation, subject

MENU = "task.menu"


class Choosing(Conversation):
    """`?`, `m`, and what follows `g`."""

    async def help(self) -> None:
        """`?`: what the keys do, first to the row at hand."""
        from fu_tui.tui.modals.help import HelpModal

        rows = self._screen.targets()
        here = self._offers([*self._for_row(), "journal.undo", "journal.redo"]) if rows else ()
        await self.ask(HelpModal(self._screen.EFFECTIVE, subject(rows) if rows else "", here))

    async def menu(self) -> None:
        """`m`, or a right click: what can be done to the row."""
        from fu_tui.tui.modals.offers import OffersModal

        about = subject(self._screen.targets())
        offers = self._offers(action_id for action_id in self._for_row() if action_id != MENU)
        self._run(await self.ask(OffersModal("Do", offers, about=about)))

    async def follow(self, first: str) -> None:
        """What may follow the first of two presses."""
        from fu_tui.tui.modals.offers import OffersModal

        keys = {action_id: second for second, action_id in followers(self._screen.EFFECTIVE)[first].items()}
        offers = [
            offer._replace(key=written(keys[offer.action_id])) for offer in self._offers(keys, told=False)
        ]
        self._run(await self.ask(OffersModal(written(first), offers, low=True)))

    def _run(self, action_id: str | None) -> None:
        if action_id is not None:
            self._screen.action_do(action_id)

    def _for_row(self) -> list[str]:
        """The actions on tasks, in the registry's order."""
        return [action.id for action in ACTIONS if needs_task(action.id)]

    def _offers(self, action_ids: Iterable[str], *, told: bool = True) -> list[Offer]:
        """told: say what each would bring, where that is known; else what it is for."""
        situation = self._verbs.situation()
        then = self._consequences() if told else {}
        return [
            Offer(
                action_id, self._screen.key_of(action_id), BY_ID[action_id].label,
                then.get(action_id, "") if told else BY_ID[action_id].tooltip,
                why_disabled(action_id, situation),
            )
            for action_id in action_ids
        ]  # fmt: skip

    def _consequences(self) -> Mapping[str, str]:
        """What some actions would bring, where that is cheap to reckon."""
        rows = self._screen.targets()
        undo, redo = self._verbs.standing
        told = {
            "task.repeat": self._verbs.last.words if self._verbs.last else "",
            "journal.undo": undo or "",
            "journal.redo": redo or "",
        }
        if len(rows) != 1:
            return told
        [row] = rows
        if row.kind is not TaskKind.DECIDE:
            told["task.no_reply"] = self._screen.around.after(row)
            told["task.no_reply_note"] = told["task.no_reply"]
            told["task.voicemail"] = self._screen.around.after(row, "left_voicemail")
        ends = "ends the cadence, " if row.enrollment_id is not None else ""
        told["task.replied"] = f"{ends}asks the next step"
        told["task.priority"] = "normal again" if row.priority is Priority.HIGH else "high"
        told["task.reassign"] = f"now {row.owner}'s"
        return told

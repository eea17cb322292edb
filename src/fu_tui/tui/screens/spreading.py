"""Spreading what piled up (`%`). One rule: the plan is shown first, then one verb on what was shown."""

from __future__ import annotations

from fu_tui.tui.modals.spread import SpreadModal
from fu_tui.tui.screens.asking import Conversation
from fu_tui.tui.screens.repeating import ids, versions


class Spreading(Conversation):
    """`%`."""

    async def spread(self) -> None:
        """The marked tasks over the days that have room."""
        rows = self._screen.targets()
        desk, who, seen = self._screen.desk, ids(rows), versions(rows)
        modal = SpreadModal(lambda over: desk.spread_plan(who, over), self._screen.moment.today)
        answer = await self.ask(modal)
        if answer is not None:
            await self._verbs.attempt(lambda desk: desk.spread(who, answer.over, versions=seen))

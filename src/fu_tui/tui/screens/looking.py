"""Looking: whose queue, which rows. One rule: nothing is written."""

from __future__ import annotations

from fu_tui.tui.screens.asking import Conversation


class Looking(Conversation):
    """`@`, `/`."""

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
            self._app.screen.refresh()  # with the letter itself: else the rows below come two frames later

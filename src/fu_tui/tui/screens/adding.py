"""Capturing: a new follow-up, and the next step after a reply. One rule: an unsaved draft is offered again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fu_tui.tui.screens.asking import Conversation

if TYPE_CHECKING:
    from fu_tui.core.events import NextStepProposed


class Adding(Conversation):
    """`a`, and the question after a reply."""

    async def add(self) -> None:
        """`a`: capture. The draft of the last time is offered again."""
        await self._capture(self._screen.draft.text, "Add")

    async def about(self, line: str) -> None:
        """Capture, with whom or what it is about typed already."""
        await self._capture(line, "Add", about=True)

    async def _capture(self, prefill: str, title: str, *, about: bool = False) -> None:
        from fu_tui.tui.screens.capturing import Capturing

        capturing = Capturing(self._screen, self._verbs, prefill, title, about=about)
        answer = await self.ask(capturing.modal)
        capturing.end()
        if answer and answer.go_to is not None:
            self.show(answer.go_to)
        elif answer and answer.series:
            await self._as_series(answer.text)

    async def _as_series(self, line: str) -> None:
        """A line that repeats; once it is a series it is no draft of a follow-up any more."""
        from fu_tui.tui.screens.recurring import Recurring

        if await Recurring(self._screen, self._verbs).add(line):
            self._screen.draft.text = ""

    async def next_steps(self, proposals: Sequence[NextStepProposed]) -> None:
        """After a reply, and after the last of a plan: what is the next step?"""
        from fu_tui.tui.screens.proposing import proposed_line

        for proposal in proposals:
            line = proposed_line(self._screen.desk, proposal, self._screen.moment.today)
            await self._capture(line, "What is the next step?", about=True)

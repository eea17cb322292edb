"""Series (`g s`): what repeats on fixed days. One rule: ask, then one verb; a refused line is offered again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from fu_tui.core.capture_keep import keep
from fu_tui.core.terms import Priority, TaskKind
from fu_tui.tui.modals.ask import ChoiceModal
from fu_tui.tui.modals.capture_line import BREAK, mark
from fu_tui.tui.modals.series import SeriesChoice, SeriesLine, SeriesLineModal, SeriesModal
from fu_tui.tui.screens.asking import Conversation

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import Event
    from fu_tui.queries.series_rows import SeriesRead, SeriesRow

_DRAFT = "series"
"""The name of the draft of a new one."""
STAYS = "Whom a series is about stays: leave that out, or end it and make another."


class Recurring(Conversation):
    """`g s`, and a captured line that repeats."""

    async def series(self) -> None:
        """`g s`: the list, until the person leaves."""
        at = 0
        while True:
            desk, today = self._screen.desk, self._screen.moment.today
            rows = {row.id: row for row in desk.series()}
            choice = await self.ask(SeriesModal(list(rows.values()), desk.series_ahead, today, at))
            if choice is None:
                return
            at = choice.id
            await self._do(choice, rows.get(choice.id))

    async def _do(self, choice: SeriesChoice, row: SeriesRow | None) -> None:
        if row is None:
            await self.add(self.typed(_DRAFT, ()))
        elif choice.does == "skip":
            await self._verbs.attempt(lambda desk: desk.skip_series(row.id))
        elif choice.does == "end":
            await self._end(row)
        else:
            await self._edit(row)

    async def add(self, text: str) -> bool:
        """A line that becomes a series; whether it did."""
        return await self._line("A new series", text, _DRAFT, _add)

    async def _edit(self, row: SeriesRow) -> None:
        name = f"{_DRAFT} {row.id}"
        text = self.typed(name, ()) or line_of(row)
        await self._line("Change the series", text, name, partial(_edit, row))

    async def _end(self, row: SeriesRow) -> None:
        choices = [
            ("e", "end", "end it: its open task is cancelled"),
            ("k", "keep", "end it, and keep the open task"),
        ]
        choice = await self.ask(ChoiceModal(f"{row.action}, {row.words}", choices, title="End the series"))
        if choice is not None:
            await self._verbs.attempt(lambda desk: desk.end_series(row.id, keep=choice == "keep"))

    async def _line(
        self, title: str, text: str, name: str, write: Callable[[Desk, SeriesLine], tuple[Event, ...]]
    ) -> bool:
        """Ask for a line until it is written or left; whether it was written. name: that of the draft."""
        offered, today = text, self._screen.moment.today
        while True:
            modal = SeriesLineModal(title, text, read=self._reader(name), today=today)
            keep = partial(self._keep, modal, name, offered)
            line = await self.ask(modal, keep)
            if line is None:
                return False
            if await self._verbs.attempt(partial(_run, write, line)) is not None:
                self.keep_typed(name, (), "")
                return True
            text = line.text

    def _keep(self, modal: SeriesLineModal, name: str, offered: str) -> None:
        """What was typed, and not only offered, is offered again."""
        self.keep_typed(name, (), "" if modal.line == offered and name != _DRAFT else modal.line)

    def _reader(self, name: str) -> Callable[[str], SeriesRead]:
        """What a line means; in a change, whom it is about is no part of it."""
        desk, day_first = self._screen.desk, self._app.settings.day_first

        def read(text: str) -> SeriesRead:
            found = desk.read_series(text, day_first=day_first)
            if name != _DRAFT and any((found.contact_id, found.deal_id, found.account_id)):
                return found._replace(problem=found.problem or STAYS)
            return found

        return read


def line_of(row: SeriesRow) -> str:
    """A series as the line that says it, but for whom it is about."""
    priority = Priority(row.priority)
    parts = (
        keep(row.action), row.words, "" if priority is Priority.NORMAL else mark("!", priority.label),
        f"// {row.body}".replace("\n", BREAK) if row.body else "",
    )  # fmt: skip
    return " ".join(part for part in parts if part)


def _run(
    write: Callable[[Desk, SeriesLine], tuple[Event, ...]], line: SeriesLine, desk: Desk
) -> tuple[Event, ...]:
    return write(desk, line)


def _add(desk: Desk, line: SeriesLine) -> tuple[Event, ...]:
    read = line.read
    return desk.add_series(
        read.action, read.every, about=(read.contact_id, read.deal_id, read.account_id), start_on=read.start_on,
        owner=read.owner, kind=TaskKind.PRIVATE if read.private else TaskKind.FOLLOW_UP, priority=read.priority,
        body=read.body.replace(BREAK, "\n"), force=line.force,
    )  # fmt: skip


def _edit(row: SeriesRow, desk: Desk, line: SeriesLine) -> tuple[Event, ...]:
    """Change what differs from what the line said at first."""
    read = line.read
    return desk.edit_series(
        row.id, action=read.action, every=None if read.words == row.words else read.every, start_on=read.start_on,
        owner=read.owner, priority=read.priority, body=read.body.replace(BREAK, "\n"),
    )  # fmt: skip

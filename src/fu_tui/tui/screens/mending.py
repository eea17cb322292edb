"""What mends a row of what slips. One rule: the conversation that does it elsewhere, or one verb; what is refused is
said, and the row stays."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fu_tui.queries.rows import QueueRow
from fu_tui.queries.slip_rows import ContactRow, DealRow, Resting, SlipRow, StalledRow
from fu_tui.tui.modals.ask import ChoiceModal, PromptModal
from fu_tui.tui.modals.choose import ChooseModal
from fu_tui.tui.modals.owner import load_words
from fu_tui.tui.modals.pick import Item
from fu_tui.tui.present.words import plural
from fu_tui.tui.screens.asking import Conversation, OfRecord
from fu_tui.tui.screens.living import CADENCES, Living
from fu_tui.tui.screens.repeating import ids, versions

Rows = Sequence[SlipRow]
OUTREACH = "standard"
"""The key of the cadence that fits a contact whom no deal tells more about."""
AT_ONCE = 5
"""Cadences that are started on one day unasked."""


class Mending(Conversation):
    """Everything that takes a row off its list."""

    async def do(self, does: str, rows: Rows) -> None:
        """Do one of the mends to rows of one list."""
        tasks = [row for row in rows if isinstance(row, QueueRow)]
        mends: dict[str, Callable[[], Coroutine[Any, Any, object]]] = {
            "undo": self._undo,
            "close": lambda: self._close(tasks),
            "edit": lambda: self._edit(tasks),
            "owner": lambda: self._owner(tasks),
            "not_needed": lambda: self._verbs.attempt(
                lambda desk: desk.close(ids(tasks), "not_needed", versions=versions(tasks))
            ),
            "unhide": lambda: self._verbs.attempt(
                lambda desk: desk.unhide(ids(tasks), versions=versions(tasks))
            ),
            "add": lambda: self._add(rows[0]),
            "enroll": lambda: self._enroll(rows),
            "stage": lambda: Living(self._screen, self._verbs).stage(_deals(rows)),
            "park": lambda: Living(self._screen, self._verbs).park(_deals(rows)),
            "handoff": lambda: self._handoff(rows[0]),
            "own": lambda: self._verbs.attempt(lambda desk: desk.own(_contacts(rows))),
            "give": lambda: self._give(rows),
            "lay_aside": lambda: self._verbs.attempt(lambda desk: desk.lay_aside(_contacts(rows))),
            "resume": lambda: self._verbs.attempt(lambda desk: desk.resume(_enrollments(rows))),
            "take_up": lambda: self._take_up(rows),
            "stop": lambda: self._stop(rows),
        }
        await mends[does]()

    def go(self, rows: Rows) -> None:
        """The cursor on the task."""
        from fu_tui.tui.screens.finding import Finding

        for row in rows:
            if isinstance(row, QueueRow):
                Finding(self._screen, self._verbs).go_to(row.id)

    async def _undo(self) -> None:
        from fu_tui.tui.screens.planning import Planning

        await Planning(self._screen, self._verbs).undo()

    # --- tasks

    async def _close(self, rows: Sequence[QueueRow]) -> None:
        from fu_tui.tui.screens.closing import Closing

        await Closing(self._screen, self._verbs).close(rows)

    async def _edit(self, rows: Sequence[QueueRow]) -> None:
        from fu_tui.tui.screens.editing import Editing

        await Editing(self._screen, self._verbs).edit(rows)

    async def _owner(self, rows: Sequence[QueueRow]) -> None:
        from fu_tui.tui.screens.planning import Planning

        await Planning(self._screen, self._verbs).reassign(rows)

    # --- deals and contacts

    async def _add(self, row: SlipRow) -> None:
        from fu_tui.tui.modals.capture_line import mark
        from fu_tui.tui.screens.adding import Adding
        from fu_tui.tui.screens.understanding import named

        desk = self._screen.desk
        if isinstance(row, DealRow):
            about = mark("#", named(desk, "link", row.id, row.title))
        elif isinstance(row, ContactRow):
            about = mark("@", named(desk, "contact", row.id, row.name))
        else:
            return
        await Adding(self._screen, self._verbs).about(f" {about} ")

    async def _enroll(self, rows: Rows) -> None:
        found = self._screen.desk.suggest("cadence", "", CADENCES)
        items = [Item(str(each.id), each.name, each.aside) for each in found]
        deals = [row.id for row in rows if isinstance(row, DealRow)]
        at = self._fits(deals[0] if deals else None, items)
        cadence = await self.ask(ChooseModal("Start a cadence", items, enter="start it", at=at))
        days = await self._spread(len(rows)) if cadence is not None else None
        if cadence is not None and days is not None:
            await self._verbs.attempt(
                lambda desk: desk.enroll(
                    cadence, desk.targets(deals=deals, contacts=_contacts(rows)), spread=days
                )
            )

    def _fits(self, deal_id: int | None, items: Sequence[Item]) -> str:
        """The line of the cadence that belongs to the stage of a deal; of that for outreach where there is no deal."""
        desk = self._screen.desk
        if deal_id is None:
            return next((str(each.id) for each in desk.cadences() if each.key == OUTREACH), "")
        fits = next((each.begins for each in desk.moving(deal_id) if each.is_here), "")
        return next((item.key for item in items if item.name == fits), "")

    async def _spread(self, many: int) -> int | None:
        """Over how many working days they begin: asked where they are more than a day takes on lightly."""
        if many <= AT_ONCE:
            return 1
        choices = [
            ("t", "1", "all of them today"),
            ("w", "5", "spread over 5 working days"),
            ("m", "20", "spread over 20 working days"),
        ]
        chosen = await self.ask(ChoiceModal(f"When do these {many} begin?", choices, title="Start a cadence"))
        return int(chosen) if chosen else None

    async def _give(self, rows: Rows) -> None:
        people = [
            Item(who.handle, who.name, who.handle, load_words(load))
            for who, load in self._screen.view.people()
        ]
        to = await self.ask(ChooseModal("Whose are they?", people, enter="make them theirs"))
        if to is not None:
            await self._verbs.attempt(lambda desk: desk.own(_contacts(rows), to))

    async def _handoff(self, row: SlipRow) -> None:
        me = self._screen.desk.me
        if isinstance(row, DealRow):
            [about] = _deals([row])
        elif isinstance(row, ContactRow):
            about = OfRecord(f"contact {row.id}", row.name, row.id, row.name, account=row.account)
        else:
            return
        mine = row.owner == me.handle
        await Living(self._screen, self._verbs).handoff(about._replace(owner_id=me.id if mine else None))

    # --- what stands still or rests

    async def _take_up(self, rows: Rows) -> None:
        deals = [row.id for row in rows if isinstance(row, Resting) and row.kind == "deal"]
        if deals:
            await self._verbs.attempt(lambda desk: desk.unpark(deals))
        if cadences := _enrollments(rows):
            await self._verbs.attempt(lambda desk: desk.resume(cadences))

    async def _stop(self, rows: Rows) -> None:
        reason = await self.ask(PromptModal("Stop", name="Why", about=_cadence(rows), enter="stop"))
        if reason is not None:
            await self._verbs.attempt(lambda desk: desk.stop(_enrollments(rows), reason))


def _deals(rows: Rows) -> list[OfRecord]:
    deals = (row for row in rows if isinstance(row, DealRow))
    return [OfRecord(f"deal {row.id}", row.title, deal_id=row.id, deal=row.title) for row in deals]


def _contacts(rows: Rows) -> list[int]:
    return [row.id for row in rows if isinstance(row, ContactRow)]


def _enrollments(rows: Rows) -> list[int]:
    paused = [row.id for row in rows if isinstance(row, Resting) and row.kind == "enrollment"]
    return [*paused, *(row.enrollment for row in rows if isinstance(row, StalledRow))]


def _cadence(rows: Rows) -> str:
    """The cadence of a row and who is in it, or how many."""
    if len(rows) > 1:
        return plural(len(rows), "cadence")
    row = rows[0]
    if isinstance(row, StalledRow):
        return f"{row.cadence}: {' · '.join(filter(None, (row.contact, row.deal)))}"
    return f"{row.what}: {row.who}" if isinstance(row, Resting) else ""

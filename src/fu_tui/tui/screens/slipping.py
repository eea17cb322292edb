"""What slips, at the desk (`g t`, `g n`, `g p`): lists, and the key that mends each of their rows. One rule: a row is
mended by the verb or the conversation that mends it elsewhere too, and then the lists are read anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fu_tui.core.triage import why_disabled
from fu_tui.queries.rows import QueueRow
from fu_tui.queries.slip_rows import OPEN_ENDS, ContactRow, DealRow, Resting, Slip, SlipRow, StalledRow
from fu_tui.tui.modals.slips import ListTab, Mend, SlipItem, SlipsModal, Standing
from fu_tui.tui.present.slips import words_of
from fu_tui.tui.screens.asking import Conversation
from fu_tui.tui.screens.mending import Mending

if TYPE_CHECKING:
    from fu_tui.tui.screens.desk import DeskScreen
    from fu_tui.tui.screens.verbs import Verbs

MOST = 200
"""Rows of a list that are shown; words leave fewer."""
NAMES = {
    Slip.TRIAGE: ("To decide", "Nothing waits for a decision: everything open moved within 14 days."),
    Slip.NO_NEXT_STEP: ("No next step", "Every open deal and everybody you talk with has a next step."),
    Slip.STALLED: ("Stalled", "Every cadence that runs has its task."),
    Slip.UNOWNED: ("Unowned", "Every contact has an owner."),
    Slip.PARKED: ("Parked", "Nothing is parked or paused."),
    Slip.HIDDEN: ("Hidden", "Nothing is hidden."),
}


class Slipping(Conversation):
    """`g t`, `g n`, `g p`."""

    def __init__(self, screen: DeskScreen, verbs: Verbs) -> None:
        super().__init__(screen, verbs)
        self._rows: dict[str, SlipRow] = {}
        self._known = [ListTab(slip.value, name, 0, empty, slip in OPEN_ENDS)
                       for slip, (name, empty) in NAMES.items()]  # fmt: skip

    async def triage(self) -> None:
        """`g t`: what wants a decision; where nothing does, the first list that is not empty."""
        first = next((Slip(tab.key) for tab in self._tabs() if tab.urgent and tab.many), Slip.TRIAGE)
        await self._show(first)

    async def no_next_step(self) -> None:
        """`g n`: deals and contacts that nothing follows."""
        await self._show(Slip.NO_NEXT_STEP)

    async def parked(self) -> None:
        """`g p`: what is parked or paused, to take it up again."""
        await self._show(Slip.PARKED)

    async def _show(self, which: Slip) -> None:
        """The lists, until they are left or a task is gone to."""
        screen, standing = self._screen, Standing(which.value)
        scope = screen.view.view.scope
        heading = "What slips" if scope.is_mine else f"What slips · {scope.label}"
        mending = Mending(screen, self._verbs)
        while True:
            modal = SlipsModal(
                heading, self._tabs, self._read, standing, undo_key=self._undo_key(),
                filter_key=self._key("queue.filter", "/"), mark_key=self._key("queue.mark", "space"),
            )  # fmt: skip
            answer = await self.ask(modal)
            if answer is None:
                return
            if answer.does == "go":
                mending.go([self._rows[key] for key in answer.keys])
                return
            screen.around.said = ""
            await mending.do(answer.does, [self._rows[key] for key in answer.keys])
            standing.said = screen.around.said
            screen.count_later()

    def _tabs(self) -> list[ListTab]:
        """The lists with their counts, in the desk's scope; as they were last, where they can't be read now."""
        with self._screen.guard():
            self._known = self._counted()
        return self._known

    def _counted(self) -> list[ListTab]:
        look = self._screen.view
        left = look.left()
        counts = {
            Slip.TRIAGE: left.triage,
            Slip.NO_NEXT_STEP: left.no_next_step,
            Slip.STALLED: left.stalled,
            Slip.UNOWNED: left.unowned,
            Slip.PARKED: look.parked(),
            Slip.HIDDEN: look.hidden(),
        }
        return [ListTab(slip.value, name, counts[slip], empty, slip in OPEN_ENDS)
                for slip, (name, empty) in NAMES.items()]  # fmt: skip

    def _read(self, which: str, words: str) -> tuple[Sequence[SlipItem], bool] | None:
        """The rows of a list that hold these words, and whether there are more; None where they can't be read now."""
        found = None
        with self._screen.guard():
            found = self._found(which, words)
        return found

    def _found(self, which: str, words: str) -> tuple[Sequence[SlipItem], bool]:
        slip = Slip(which)
        rows = self._screen.view.slips(slip, words, MOST + 1)
        shown = rows[:MOST]
        tasks = [row.id for row in shown if isinstance(row, QueueRow)] if slip is Slip.TRIAGE else []
        since = self._screen.view.unchanged_since(tasks) if tasks else {}
        asked_not = self._asked_not(shown)
        items = []
        for row in shown:
            asked = asked_not.get(row, "")
            told = words_of(row, self._screen.moment, since.get(_number(row)), asked)
            note = (
                told.note
                if self._screen.view.view.scope.is_one or not told.owner
                else f"{told.owner} · {told.note}"
            )
            key = f"{_kind(row)}:{_number(row)}"
            self._rows[key] = row
            items.append(SlipItem(key, told.name, told.aside, note, told.told, self._mends(slip, row, asked)))
        return items, len(rows) > MOST

    def _asked_not(self, rows: Sequence[SlipRow]) -> dict[SlipRow, str]:
        """Rows that no cadence may go on with, as their contact asked not to be contacted, and who that is."""
        found = {}
        for kind in ("deal", "enrollment"):
            these = {_number(row): row for row in rows if _kind(row) == kind}
            names = self._screen.view.asked_not(kind, list(these)) if these else {}
            found.update({these[number]: name for number, name in names.items()})
        return found

    def _key(self, action_id: str, otherwise: str) -> str:
        """The key in force of an action that has one press of one letter; else `otherwise`."""
        key = self._screen.key_of(action_id)
        return key if len(key) == 1 or key == "space" else otherwise

    def _undo_key(self) -> str:
        """The key that takes back what was done last; empty where there is nothing."""
        nothing = why_disabled("journal.undo", self._verbs.situation())
        return "" if nothing else self._key("journal.undo", "u")

    def _mends(self, slip: Slip, row: SlipRow, asked: str) -> tuple[Mend, ...]:
        """What can be done to a row, what is most fit first. asked: who asked not to be contacted."""
        key = self._key
        close = Mend(key("task.close", "d"), "close", "close…")
        edit = Mend(key("task.edit", "e"), "edit", "link it…", many=False)
        owner = Mend(key("task.reassign", "o"), "owner", "owner…")
        go = Mend(".", "go", "go to it", many=False)
        stop = Mend(key("task.stop", "X"), "stop", "stop…")
        add = Mend(key("task.add", "a"), "add", "add a next step…", many=False)
        enroll = Mend("c", "enroll", "start a cadence…")
        handoff = Mend(key("task.handoff", "O"), "handoff", "hand off…", many=False)
        if isinstance(row, QueueRow) and slip is Slip.HIDDEN:
            return Mend(key("task.hide", "S"), "unhide", "show it again"), go
        if isinstance(row, QueueRow):
            nobody = Mend("z", "not_needed", "not needed")
            linked = bool(row.contact or row.account or row.deal)
            return (close, nobody, owner, go) if linked else (edit, nobody, close, owner, go)
        if isinstance(row, DealRow):
            stage = Mend(key("task.stage", ">"), "stage", "stage…")
            park = Mend(key("task.park", "P"), "park", "park…")
            return (stage, park, add, handoff) if asked else (add, enroll, stage, park, handoff)
        if isinstance(row, ContactRow):
            if slip is Slip.UNOWNED:
                return Mend("t", "own", "take it"), owner._replace(does="give")
            return add, enroll, handoff, Mend("f", "lay_aside", "close the file")
        if isinstance(row, StalledRow):
            return (stop,) if asked else (Mend("t", "resume", "let it go on"), stop)
        back = Mend("t", "take_up", "take it up again")
        return (back,) if row.kind == "deal" else (stop,) if asked else (back, stop)


def _kind(row: SlipRow) -> str:
    if isinstance(row, Resting):
        return row.kind
    return {QueueRow: "task", DealRow: "deal", ContactRow: "contact", StalledRow: "enrollment"}[type(row)]


def _number(row: SlipRow) -> int:
    return row.enrollment if isinstance(row, StalledRow) else row.id

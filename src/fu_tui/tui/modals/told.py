"""What happens by itself, and what one was told: two lists. One rule: a list shows what it was given; what is chosen in
it is its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fu_tui.tui.modals.listing import Listing
from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.rows import Key, Row, says


class TriggersModal(Listing[str]):
    """The triggers; enter switches the one under the cursor. Returns its key."""

    WIDEST = 96

    def __init__(self, items: Sequence[Item], sentences: dict[str, str], at: str = "") -> None:
        """items: a trigger a line, its state at the edge. sentences: what each does. at: where the cursor stands."""
        super().__init__()
        self.list = PickList(items, height=len(items))
        self._sentences = sentences
        self.list.go(at)

    def heading(self) -> str:
        """What it is."""
        return "What happens by itself"

    def keys(self) -> Sequence[Key]:
        """Enter switches."""
        return ("enter", "on or off"), ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """The table, and in full what the one under the cursor does."""
        here = self.list.here
        told = says(self._sentences[here.key], "text", width, 4) if here else []
        return [*self.list.rows(width), Row(), *told]

    def action_enter(self) -> None:
        """Switch the one under the cursor."""
        if self.list.here:
            self.dismiss(self.list.here.key)


class Told(NamedTuple):
    """A notice on the screen."""

    key: str
    text: str
    when: str
    goes: bool
    """Whether it leads to an open task."""


class NoticesModal(Listing[str]):
    """What one was told; enter goes to the task that it is about. Returns the notice's key."""

    WIDEST = 96
    SHOWN = 12

    def __init__(self, notices: Sequence[Told]) -> None:
        super().__init__()
        self._notices = {notice.key: notice for notice in notices}
        self.list = PickList([Item(each.key, each.text, "", each.when) for each in notices], self.SHOWN)

    def heading(self) -> str:
        """What it is."""
        return "Notices"

    def keys(self) -> Sequence[Key]:
        """Enter only where it leads somewhere."""
        here = self.list.here
        goes = here is not None and self._notices[here.key].goes
        return (*((("enter", "go to it"),) if goes else ()), ("esc", "leave, all are read"))

    def rows(self, width: int) -> list[Row]:
        """The list, and the one under the cursor in full."""
        here = self.list.here
        if here is None:
            return says("No news: what is due, late or at a standstill is told here.", "dim", width)
        return [*self.list.rows(width), Row(), *says(here.name, "text", width, 4)]

    def action_enter(self) -> None:
        """Go to what the notice is about."""
        here = self.list.here
        if here and self._notices[here.key].goes:
            self.dismiss(here.key)

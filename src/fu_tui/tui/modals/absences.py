"""Who is away now or will be (`g a`). One rule: it shows what it was given, and returns what is to be done with a
line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from fu_tui.tui.modals.listing import Listing
from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.rows import Key, Row, says


class AbsencesAnswer(NamedTuple):
    """What to do next."""

    does: str
    """new, remove, or open: what is due meanwhile."""
    key: str = ""


class AbsencesModal(Listing[AbsencesAnswer]):
    """The list, and of the one under the cursor what its mail answers."""

    WIDEST = 96
    SHOWN = 12

    def __init__(
        self, items: Sequence[Item], replies: dict[str, str], at: str, *, copy: Callable[[str], str]
    ) -> None:
        """items: one an absence. replies: what the mail of each answers. at: where the cursor stands.
        copy: puts a text on the clipboard; says so."""
        super().__init__()
        self.list = PickList(items, self.SHOWN)
        self.list.go(at)
        self._replies, self._copy = replies, copy
        self._said = ""

    def heading(self) -> str:
        """What it is."""
        return "Absences"

    def keys(self) -> Sequence[Key]:
        """What a line can do only where there is one."""
        here = (
            (("enter", "what is due meanwhile"), ("y", "copy the reply"), ("x", "remove"))
            if self.list.here
            else ()
        )
        return ("n", "new"), *here, ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """The list and the reply."""
        here = self.list.here
        if here is None:
            return says("Nobody is away, now or later.", "dim", width)
        reply = says(f"For the mail: {self._replies[here.key]}", "text", width, 4)
        return [*self.list.rows(width), Row(), *reply, *says(self._said, "accent", width)]

    def pressed(self, key: str) -> None:
        """Letters."""
        here = self.list.here
        if key == "n":
            self.dismiss(AbsencesAnswer("new"))
        elif here and key == "x":
            self.dismiss(AbsencesAnswer("remove", here.key))
        elif here and key == "y":
            self._said = self._copy(self._replies[here.key])
            self.redraw()
        else:
            self.steps(key)

    def action_move(self, by: int) -> None:
        """Over the list; what was said was of another line."""
        self._said = ""
        super().action_move(by)

    def action_enter(self) -> None:
        """What is due meanwhile."""
        if self.list.here:
            self.dismiss(AbsencesAnswer("open", self.list.here.key))

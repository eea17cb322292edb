"""One of a list: a cadence, a stage, a colleague, something that rests. One rule: what a line means is the asker's
business; this shows lines and returns the key of one."""

from __future__ import annotations

from collections.abc import Sequence

from fu_tui.tui.modals.listing import ListQuestion
from fu_tui.tui.modals.pick import Item
from fu_tui.tui.modals.rows import Key


class ChooseModal(ListQuestion[str]):
    """A list that typing filters. Returns the key of the chosen line."""

    LABEL = "Which"
    NOTHING = 'Nothing here has "{}" in it.'

    def __init__(
        self, title: str, items: Sequence[Item], *, enter: str = "take it", at: str = "", typed: str = ""
    ) -> None:
        """enter: what that key does, in words. at: the key of the line that the cursor begins on."""
        super().__init__(title, items, typed)
        self._enter = enter
        self.list.go(at)

    def keys(self) -> Sequence[Key]:
        """Enter takes the line under the cursor."""
        return ("enter", self._enter), ("esc", "leave")

    def taken(self, key: str) -> None:
        """This line."""
        self.dismiss(key)

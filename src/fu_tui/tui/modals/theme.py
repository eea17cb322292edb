"""The themes (`T`). One rule: the desk itself shows the one under the cursor; nothing is kept before enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.placing import FRAME
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, says
from fu_tui.tui.present.cells import fit

_ENDS = 1 << 16
_WIDEST_NAME = 20
_MOST_REASONS = 6


class ThemeChoice(NamedTuple):
    """One theme of the list."""

    name: str
    about: str
    kind: str
    """dark, light …, in a word or two."""
    why_not: tuple[str, ...] = ()
    """Why it can't be worn, a sentence each; empty where it can."""


class ThemeAnswer(NamedTuple):
    """What is to be kept."""

    name: str
    copied: bool = False
    """A copy of it, to be made one's own."""


class ThemeModal(Question[ThemeAnswer]):
    """A list over the desk, which wears what the cursor is on."""

    LOW = True
    WIDEST = 74
    BINDINGS = [("home", f"move({-_ENDS})", "first"), ("end", f"move({_ENDS})", "last")]  # noqa: RUF012

    def __init__(self, choices: Sequence[ThemeChoice], current: str, *, live: Callable[[str], None]) -> None:
        """current: the name of what is worn. live: hears each name that the cursor comes to and that can be worn."""
        super().__init__()
        self._choices = {choice.name: choice for choice in choices}
        self._current, self._live = current, live
        name_cells = min(_WIDEST_NAME, max(cell_len(choice.name) for choice in choices))
        self.list = PickList([self._item(choice, name_cells) for choice in choices])
        self.list.go(current)

    def _item(self, choice: ThemeChoice, name_cells: int) -> Item:
        note = "can't be used" if choice.why_not else choice.kind
        mark = "✓ " if choice.name == self._current else "  "
        return Item(choice.name, mark + fit(choice.name, name_cells), choice.about, note)

    def heading(self) -> str:
        """What it is."""
        return "Theme"

    def keys(self) -> Sequence[Key]:
        """Enter keeps."""
        keep = () if self._here.why_not else (("enter", "keep it"), ("c", "copy it, to change"))
        return *keep, ("esc", f"back to {self._current}")

    def rows(self, width: int) -> list[Row]:
        """The list, half the screen high at most, and why the one under the cursor can't be worn."""
        self.list.height = max(3, min(len(self._choices), self.app.size.height // 2 - FRAME))
        reasons = [row for reason in self._here.why_not for row in says(reason, "overdue", width)]
        return [*self.list.rows(width), *reasons[:_MOST_REASONS]]

    @property
    def _here(self) -> ThemeChoice:
        here = self.list.here
        return self._choices[here.key if here else self._current]

    def pressed(self, key: str) -> None:
        """The desk's own keys for moving, and `c`."""
        if key == "c":
            self._take(copied=True)
        else:
            self.steps(key)

    def action_move(self, by: int) -> None:
        """To another theme, which is worn at once."""
        before = self._here
        self.list.move(by)
        self._look(before)

    def picked(self, pick: str) -> None:
        """A click tries on; a click on what is tried on keeps it."""
        before = self._here
        self.list.go(pick)
        if before is self._here:
            self.action_enter()
        else:
            self._look(before)

    def _look(self, before: ThemeChoice) -> None:
        if self._here is not before:
            if not self._here.why_not:
                self._live(self._here.name)
            self.redraw()

    def action_enter(self) -> None:
        """Keep what the cursor is on."""
        self._take(copied=False)

    def _take(self, *, copied: bool) -> None:
        if not self._here.why_not:
            self.dismiss(ThemeAnswer(self._here.name, copied))

"""Who comes along to a newer version of a cadence, of those who run. One rule: the days as they are and as they
would be stand side by side before anything is written; it returns the enrollments that were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fu_tui.tui.modals.listing import Listing
from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.rows import Key, Row, says
from fu_tui.tui.present.row import MARK

_MOST = 12
"""Lines that are shown at once."""


class Comer(NamedTuple):
    """One that runs in an older version."""

    enrollment_id: int
    who: str
    aside: str
    """Its version, and what its task then says."""
    days: str
    """Its due day as it is, and as it would be."""
    why_not: str
    """Why it stays with its version; empty where it can come along."""


class MigrateModal(Listing[tuple[int, ...]]):
    """Those that run in an older version; all that can come along are chosen at first."""

    WIDEST = 104

    def __init__(self, name: str, version: int, comers: Sequence[Comer], *, saved: bool = False) -> None:
        """name: the cadence's. version: the one to come to. saved: it was saved just now."""
        super().__init__()
        self._name, self._version, self._saved = name, version, saved
        self._comers = {str(comer.enrollment_id): comer for comer in comers}
        self._may = [key for key, comer in self._comers.items() if not comer.why_not]
        self._chosen = set(self._may)
        self.list = PickList(self._items(), _MOST)

    def heading(self) -> str:
        """Whereto."""
        if self._saved:
            return f"{self._name}: version {self._version} is saved. Who comes along?"
        return f"{self._name}: to version {self._version}"

    def keys(self) -> Sequence[Key]:
        """Enter only where something is chosen."""
        brings = (("enter", f"bring {len(self._chosen)} along"),) if self._chosen else ()
        choose = (("space", "this one or not"), ("a", "all or none")) if self._may else ()
        return (*brings, *choose, ("esc", "they stay" if self._saved else "back"))

    def rows(self, width: int) -> list[Row]:
        """What it means, and each with its days."""
        told = "A day that a person named, a promise by the hour and frozen days stay. One undo takes all of it back."
        here = self.list.here
        why = self._comers[here.key].why_not if here else ""
        return [
            *says(told, "dim", width),
            Row(),
            *self.list.rows(width),
            *(says(f"It stays with its version: {why}.", "overdue", width) if why else []),
        ]

    def pressed(self, key: str) -> None:
        """Choose, or move."""
        here = self.list.here
        if key == "a":
            self._choose(set() if self._chosen else set(self._may))
        elif key == " " and here and here.key in self._may:
            self._choose(self._chosen ^ {here.key})
        else:
            self.steps(key)

    def picked(self, pick: str) -> None:
        """A click chooses one, or not."""
        super().picked(pick)
        self.pressed(" ")

    def action_enter(self) -> None:
        """Bring the chosen ones along."""
        if self._chosen:
            self.dismiss(tuple(int(key) for key in self._may if key in self._chosen))

    def _choose(self, keys: set[str]) -> None:
        self._chosen = keys
        self.list.show(self._items())
        self.redraw()

    def _items(self) -> list[Item]:
        return [
            Item(
                key,
                f"{MARK if key in self._chosen else ' '} {comer.who}",
                comer.aside,
                "stays" if comer.why_not else comer.days,
            )
            for key, comer in self._comers.items()
        ]

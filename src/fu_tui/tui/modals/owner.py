"""Whose: a filtered list of people, for giving tasks away (`o`) and for looking at another queue (`@`).

One rule: a name is found by the beginning of any of its words, in plain Python; no team is so large that this is slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fu_tui.tui.modals.listing import ListQuestion
from fu_tui.tui.modals.pick import Item
from fu_tui.tui.modals.rows import Key
from fu_tui.tui.present.words import plural

Person = tuple[str, str, int]
"""Handle, name, how many tasks are due today or late."""


class OwnerAnswer(NamedTuple):
    """Who gets it."""

    handle: str
    following: bool = False
    """Whether the steps that follow go with it."""
    new: str | None = None
    """The name, so far, of a colleague who is to be added first; then there is no handle."""


ADD = "+"
"""The line that adds a colleague."""


class OwnerModal(ListQuestion[OwnerAnswer]):
    """Who gets the tasks: enter for these alone, tab for these and the steps that follow."""

    NOTHING = 'Nobody\'s name has "{}" in it. A manager or an admin adds colleagues.'

    def __init__(
        self,
        people: Sequence[Person],
        *,
        allow_following: bool,
        count: int = 1,
        typed: str = "",
        may_add: bool = False,
    ) -> None:
        """people: in the order to show. count: how many tasks are given away. typed: a filter offered again.
        may_add: whether a colleague may be added on the way.
        """
        self._may_add = may_add
        title = "Owner" if count == 1 else f"Owner of {plural(count, 'task')}"
        super().__init__(
            title, [Item(handle, name, handle, load_words(load)) for handle, name, load in people], typed
        )
        self._count = count
        self._allow_following = allow_following
        self._offer_to_add()

    def typed(self, text: str) -> None:
        """The filter changed."""
        super().typed(text)
        self._offer_to_add()
        self.redraw()

    def _offer_to_add(self) -> None:
        """Below whoever is there: somebody who is not there yet."""
        if self._may_add:
            name = self.filter_text.strip()
            item = Item(ADD, f"add {name}…" if name else "add a colleague…")
            self.list.shown = (*(each for each in self.list.shown if each.key != ADD), item)

    def keys(self) -> Sequence[Key]:
        """Tab only where steps may follow."""
        if self.list.here and self.list.here.key == ADD:
            return ("enter", "add them"), ("esc", "leave")
        tab = (("tab", "and the steps that follow"),) if self._allow_following else ()
        return ("enter", "this task" if self._count == 1 else "these tasks"), *tab, ("esc", "leave")

    def taken(self, key: str) -> None:
        """These tasks alone; or somebody new first."""
        self.dismiss(OwnerAnswer("", new=self.filter_text.strip()) if key == ADD else OwnerAnswer(key))

    def action_tab(self, by: int) -> None:
        """These tasks and the steps that follow."""
        if self._allow_following and self.list.here and self.list.here.key != ADD:
            self.dismiss(OwnerAnswer(self.list.here.key, following=True))


class ScopeModal(ListQuestion[str]):
    """Whose queue is shown: mine, the team's, everyone's, or a person's."""

    def __init__(self, choices: Sequence[Person], current: str = "") -> None:
        """choices: (key, name, load), in the order to show. current: the key of what is shown now."""
        super().__init__(
            "Whose queue", [Item(key, name, "", load_words(load)) for key, name, load in choices]
        )
        self.list.go(current)

    def keys(self) -> Sequence[Key]:
        """Enter takes it."""
        return ("enter", "show it"), ("esc", "leave")

    def taken(self, key: str) -> None:
        """This queue."""
        self.dismiss(key)


def load_words(load: int) -> str:
    """What a person has for today: "12 today"."""
    return plural(load, "today", "today") if load else "nothing today"

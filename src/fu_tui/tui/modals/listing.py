"""Questions that are a list: to walk through, or filtered by what is typed. One rule: what a line means is the business
of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.question import Answer, Question
from fu_tui.tui.modals.rows import Row, label, says

_LABEL = 6
_MOST_SHOWN = 10


class Listing(Question[Answer]):
    """A list with a cursor."""

    list: PickList

    def action_move(self, by: int) -> None:
        """The cursor in the list."""
        self.list.move(by)
        self.redraw()

    def picked(self, pick: str) -> None:
        """A click puts the cursor there."""
        self.list.go(pick)
        self.redraw()


class ListQuestion(Listing[Answer]):
    """A field that filters the list below it."""

    LABEL = "Who"
    NOTHING = 'Nobody\'s name has "{}" in it.'
    """What it says where the filter leaves nothing."""

    def __init__(self, title: str, items: Sequence[Item], typed: str = "") -> None:
        """typed: a filter that is offered again."""
        super().__init__(typed)
        self._title = title
        self.list = PickList(items, _MOST_SHOWN)
        self.filter_text = typed
        self.list.filter(typed)

    def on_mount(self) -> None:
        """A filter that is offered again gives way to what is typed."""
        self.field.action_select_all()

    def heading(self) -> str:
        """What is asked."""
        return self._title

    def rows(self, width: int) -> list[Row]:
        """The filter, and what it leaves."""
        found = self.list.rows(width) or says(self.NOTHING.format(self.filter_text.strip()), "overdue", width)
        return [Row([label(self.LABEL, _LABEL, here=True)], field_at=_LABEL), *found]

    def typed(self, text: str) -> None:
        """The filter changed."""
        if text != self.filter_text:
            self.filter_text = text
            self.list.filter(text)
        self.redraw()

    def action_enter(self) -> None:
        """Take the line under the cursor."""
        if self.list.here:
            self.taken(self.list.here.key)

    def picked(self, pick: str) -> None:
        """A click on a line."""
        self.taken(pick)

    def taken(self, key: str) -> None:
        """The line with `key` is the answer."""
        raise NotImplementedError

"""Actions to choose from, each with its key, what it would bring, or why it can't be done: a row's menu, and what may
follow a key. One rule: what can't be done is dim, stays in its place, and says why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from fu_tui.settings.keys import written
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Line, Row, choice, says, words
from fu_tui.tui.present.cells import fit

if TYPE_CHECKING:
    from textual import events

_LEAST = 24
"""Cells that what follows a label needs to stand beside it."""


class Offer(NamedTuple):
    """One action as it can be chosen here."""

    action_id: str
    key: str
    """As people press it; empty where it has none."""
    label: str
    then: str = ""
    """What it would bring, in words."""
    why_not: str = ""
    """Why it can't be done; empty where it can."""


def offer_rows(offers: Sequence[Offer], width: int, at: int | None = None) -> list[Row]:
    """A row for each, more where a reason is long; `at`: the one under the cursor."""
    keys = max((cell_len(offer.key) for offer in offers), default=0) + 2
    labels = max((cell_len(offer.label) for offer in offers), default=0) + 2
    return [
        row
        for number, offer in enumerate(offers)
        for row in _rows(offer, keys, labels, width, selected=number == at)
    ]


def _rows(offer: Offer, keys: int, labels: int, width: int, *, selected: bool) -> list[Row]:
    key, name = ("dim", "dim") if offer.why_not else ("accent", "text")
    lead: Line = [(fit(offer.key, keys), key), (fit(offer.label, labels), name)]
    beside = width - keys - labels >= _LEAST
    indent = keys + labels if beside else keys
    told = says(offer.why_not or offer.then, "dim", width - indent, 4)
    first = told.pop(0).spans if told and beside else ()
    lines: list[Line] = [[*lead, *first], *([(" " * indent, "dim"), *row.spans] for row in told)]
    return [choice(offer.action_id, line, width, selected=selected) for line in lines]


class OffersModal(Question[str]):
    """Which action. Returns its id."""

    def __init__(self, title: str, offers: Sequence[Offer], *, about: str = "", low: bool = False) -> None:
        """about: what it is done to. low: stand at the bottom, the rows in view."""
        super().__init__()
        self._title, self._about = title, about
        self.LOW = low
        self.offers = tuple(offers)
        self._at: int | None = None
        self._said = ""

    def heading(self) -> str:
        """The key that was pressed, or that something is to be done."""
        return self._title

    def keys(self) -> Sequence[Key]:
        """The keys stand before the actions."""
        return ("key", "do it"), ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """The actions, and why the last key did nothing."""
        about = [*says(self._about, "strong", width, 1), Row()] if self._about else []
        said = [Row(), *says(self._said, "overdue", width)] if self._said else []
        return [*about, *offer_rows(self.offers, width, self._at), *said]

    def on_key(self, event: events.Key) -> None:
        """The key of an action is the answer, also one that would else move the cursor."""
        pressed = event.character if event.is_printable and event.character != " " else written(event.key)
        offer = next((offer for offer in self.offers if offer.key and offer.key == pressed), None)
        if offer is None and not event.is_printable:
            return
        event.stop()
        event.prevent_default()
        if offer is not None:
            self.picked(offer.action_id)
        else:
            self._tell(f"{words(pressed or '', 'text', 8)[0]} does nothing here.")

    def picked(self, pick: str) -> None:
        """An action was chosen: it is the answer, unless it can't be done."""
        offer = next(offer for offer in self.offers if offer.action_id == pick)
        if offer.why_not:
            self._tell(offer.why_not)
        else:
            self.dismiss(pick)

    def _tell(self, why: str) -> None:
        self._said = why
        self.redraw()

    def action_move(self, by: int) -> None:
        """To the next action that can be done; a page to the ends."""
        can = [at for at, offer in enumerate(self.offers) if not offer.why_not]
        if can:
            start = can.index(self._at) + by if self._at in can else (0 if by > 0 else -1)
            self._at = can[start % len(can) if abs(by) == 1 else min(max(start, 0), len(can) - 1)]
            self._said = ""
            self.redraw()

    def action_enter(self) -> None:
        """The one under the cursor."""
        if self._at is not None:
            self.picked(self.offers[self._at].action_id)

"""Find and do (ctrl+p, `:`): one field over every action with its key, every contact, account and deal, and open tasks.

One rule: it shows what it is given and returns what was chosen; where hits come from and what becomes of the choice is
the screen's business. It is as high with one hit as with many, so that nothing jumps while one types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Line, Row, choice, columns, label, says, words

SIGNS = {"action": ">", "contact": "@", "deal": "#", "account": "&", "task": "·"}
"""Stand before hits; the first four, typed first, leave only hits of their kind."""
KINDS = {sign: kind for kind, sign in SIGNS.items() if kind != "task"}
_LABEL = 6
_NAME = 20
"""Cells of a name, so that what stands behind short ones is in line."""
_HEIGHT = 14
"""Lines for hits, and one for what can't be done or is not there."""


class Offer(NamedTuple):
    """Something that can be chosen."""

    kind: str
    """action, contact, deal, account or task."""
    key: str
    """An action's id, or a record's number."""
    name: str
    aside: str = ""
    note: str = ""
    """At the right edge: an action's key, a task's day."""
    why_not: str = ""
    """Why an action can't be done now."""


class Chosen(NamedTuple):
    """What was chosen, and by which words."""

    hit: Offer
    typed: str


class Palette(Question[Chosen]):
    """A field and what it finds."""

    WIDEST = 96

    def __init__(self, typed: str, *, find: Callable[[str], Sequence[Offer]]) -> None:
        """typed: what stands in the field at first. find: the hits for what is typed, the likeliest first."""
        super().__init__(typed)
        self._find = find
        self._typed = typed
        self.hits = find(typed)
        self._at = self._top = 0
        self._said = ""

    def heading(self) -> str:
        """What is found."""
        kind = KINDS.get(self._typed[:1])
        return f"Find: {kind}s" if kind else "Find"

    def keys(self) -> Sequence[Key]:
        """What enter does, and how to find less."""
        here = self._here
        does = (
            "do it"
            if here and here.kind == "action"
            else "go to it"
            if here and here.kind == "task"
            else "open"
        )
        return ("enter", does), (" ".join(KINDS), "actions, contacts, deals, accounts"), ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """The field, the hits, and blank lines up to the full height."""
        self._top = max(min(self._top, self._at), self._at - _HEIGHT + 1)
        shown = enumerate(self.hits[self._top : self._top + _HEIGHT], self._top)
        rows = [self._row(at, hit, width) for at, hit in shown]
        if not rows:
            rows = says(f'Nothing has "{self._typed.strip()}" in it.', "overdue", width, 2)
        rows += [Row()] * (_HEIGHT - len(rows))
        below = len(self.hits) - self._top - _HEIGHT
        last: Line = columns([], (f"{below} more ↓" if below > 0 else "", "dim"), width)
        return [
            Row([label("Find", _LABEL, here=True)], field_at=_LABEL),
            *rows,
            Row([words(self._said, "overdue", width)] if self._said else last),
        ]

    def _row(self, at: int, hit: Offer, width: int) -> Row:
        off = bool(hit.why_not)
        left: Line = [(f"{SIGNS[hit.kind]} ", "dim" if off else "accent")]
        name = words(hit.name, "dim" if off else "text", width - 2)
        left.append((name[0] + " " * max(_NAME - cell_len(name[0]), 2), name[1]))
        left.append(words(hit.why_not or hit.aside, "dim", width))
        line = columns(left, (hit.note, "dim" if off else "accent"), width)
        return choice(str(at), line, width, selected=at == self._at)

    @property
    def _here(self) -> Offer | None:
        return self.hits[self._at] if self.hits else None

    def typed(self, text: str) -> None:
        """Other words, other hits; the cursor goes to the likeliest."""
        if text != self._typed:
            self._typed = text
            self.hits = self._find(text)
            self._at = self._top = 0
            self._said = ""
        self.redraw()

    def action_move(self, by: int) -> None:
        """The cursor, over all hits."""
        self._at = min(max(self._at + by, 0), max(len(self.hits) - 1, 0))
        self._said = ""
        self.redraw()

    def action_enter(self) -> None:
        """Take the hit under the cursor; what can't be done says why."""
        hit = self._here
        if hit is not None and hit.why_not:
            self._said = hit.why_not
            self.redraw()
        elif hit is not None:
            self.dismiss(Chosen(hit, self._typed))

    def picked(self, pick: str) -> None:
        """A click on a hit."""
        self._at = int(pick)
        self.action_enter()

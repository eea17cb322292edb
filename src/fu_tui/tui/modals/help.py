"""The keys and what they do (`?`). One rule: every line comes from the registry and the keys in force, none is written
twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fu_tui.settings.actions import BY_ID, Group
from fu_tui.settings.keymap import Bindings
from fu_tui.tui.bindings import SHOWN
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, filled, says
from fu_tui.tui.present.cells import fit

STEPS = {"j": 1, "k": -1, " ": 10}
"""Printable keys that scroll, besides the arrows."""
_KEYS = 14
_BETWEEN = 3
_TWO_COLUMNS = 100


class HelpModal(Question[None]):
    """All keys by group; longer than the screen it scrolls."""

    WIDEST = 116

    def __init__(self, effective: Bindings) -> None:
        """effective: the keys in force, by action."""
        super().__init__()
        self._effective = effective
        self._at = self._room = 0

    def heading(self) -> str:
        """What it is."""
        return "Keys"

    def keys(self) -> Sequence[Key]:
        """How much stands below."""
        below = len(self.shown) - self._at - self._room
        return *((("↓", f"{below} more"),) if below > 0 else ()), ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """One column, or two beside each other."""
        if width < _TWO_COLUMNS:
            return help_rows(self._effective, width)
        half = (width - _BETWEEN) // 2
        rows = help_rows(self._effective, half)
        starts = [at for at, row in enumerate(rows) if not row.spans]
        cut = min(starts, key=lambda at: abs(at - len(rows) / 2))
        left, right = rows[:cut], rows[cut + 1 :]
        blank = Row()
        return [
            Row([*filled(one.spans, half), (" " * _BETWEEN, "text"), *other.spans])
            for one, other in (
                (left[at] if at < len(left) else blank, right[at] if at < len(right) else blank)
                for at in range(max(len(left), len(right)))
            )
        ]

    def first_row(self, room: int) -> int:
        """Where it was scrolled to."""
        self._room = room
        self._at = max(0, min(self._at, len(self.shown) - room))
        return self._at

    def action_move(self, by: int) -> None:
        """Scroll."""
        self._at += by
        self.redraw()

    def pressed(self, key: str) -> None:
        """The desk's own keys for moving, and `?` and `q` to leave."""
        if key in STEPS:
            self.action_move(STEPS[key])
        elif key in "?q":
            self.action_leave()


def help_rows(effective: Bindings, width: int) -> list[Row]:
    """A heading for each group, and each action with its keys and its sentence; blank rows between the groups."""
    rows: list[Row] = []
    for group in Group:
        lines = list(_lines(effective, group, width))
        if lines:
            rows += [*([Row()] if rows else []), Row([(group.value, "strong")]), *lines]
    return rows


def _lines(effective: Bindings, group: Group, width: int) -> Iterator[Row]:
    for action_id, keys in effective:
        action = BY_ID[action_id]
        if action.group is not group or not keys:
            continue
        shown = fit(" ".join(SHOWN.get(key, key) for key in keys), _KEYS - 1) + " "
        for at, row in enumerate(says(action.tooltip, "text", width - _KEYS)):
            yield Row([(" " * _KEYS if at else shown, "accent"), *row.spans])

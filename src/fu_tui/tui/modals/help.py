"""The keys and what they do (`?`): first to the row at hand, then all of them, then those of every question. One rule:
every line comes from the registry and the keys in force, none is written twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fu_tui.settings.actions import BY_ID, IN_A_QUESTION, Group
from fu_tui.settings.keymap import Bindings
from fu_tui.settings.keys import written
from fu_tui.tui.modals.offers import Offer, offer_rows
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, filled, says
from fu_tui.tui.present.cells import fit

_KEYS = 14
_BETWEEN = 3
_TWO_COLUMNS = 100


class Scrolled(Question[None]):
    """Something to read; longer than the screen it scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self._at = self._room = 0

    def keys(self) -> Sequence[Key]:
        """How much stands below."""
        below = len(self.shown) - self._at - self._room
        return *((("↓", f"{below} more"),) if below > 0 else ()), ("esc", "leave")

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
        if key == " ":
            self.action_move(10)
        elif key in "?q":
            self.action_leave()
        else:
            self.steps(key)

    def action_help(self) -> None:
        """The key that opened it closes it."""
        self.action_leave()


class HelpModal(Scrolled):
    """What works here, and all keys by group."""

    WIDEST = 116

    def __init__(self, effective: Bindings, about: str = "", here: Sequence[Offer] = ()) -> None:
        """effective: the keys in force, by action. about: the row at hand. here: what can be done to it."""
        super().__init__()
        self._effective, self._about, self._here = effective, about, here

    def heading(self) -> str:
        """What it is."""
        return "Keys"

    def rows(self, width: int) -> list[Row]:
        """What works here, then all keys in one column, or two beside each other."""
        here = here_rows(self._about, self._here, width)
        if width < _TWO_COLUMNS:
            return [*here, *help_rows(self._effective, width)]
        half = (width - _BETWEEN) // 2
        rows = help_rows(self._effective, half)
        starts = [at for at, row in enumerate(rows) if not row.spans]
        cut = min(starts, key=lambda at: abs(at - len(rows) / 2))
        left, right = rows[:cut], rows[cut + 1 :]
        blank = Row()
        beside = [
            Row([*filled(one.spans, half), (" " * _BETWEEN, "text"), *other.spans])
            for one, other in (
                (left[at] if at < len(left) else blank, right[at] if at < len(right) else blank)
                for at in range(max(len(left), len(right)))
            )
        ]
        return [*here, *beside]


class QuestionHelp(Scrolled):
    """The keys of the question below it."""

    def __init__(self, title: str, keys: Sequence[Key]) -> None:
        """title: the question's heading. keys: what its frame names."""
        super().__init__()
        self._title, self._keys = title, keys

    def heading(self) -> str:
        """Which question's."""
        return f"Keys: {self._title}"

    def rows(self, width: int) -> list[Row]:
        """Its own keys, then those of every question."""
        own = [row for key, does in self._keys for row in _line(key, does, width)]
        return [*own, Row(), *question_rows(width)]


def here_rows(about: str, here: Sequence[Offer], width: int) -> list[Row]:
    """What can be done to the row at hand, and what it would bring; a blank row at the end."""
    if not here:
        return []
    told = [offer._replace(then=offer.then or BY_ID[offer.action_id].tooltip) for offer in here if offer.key]
    return [Row([("Here: ", "dim"), (fit(about, width - 6), "strong")]), *offer_rows(told, width), Row()]


def help_rows(effective: Bindings, width: int) -> list[Row]:
    """A heading for each group, and each action with its keys and its sentence; blank rows between the groups."""
    rows: list[Row] = []
    for group in Group:
        lines = list(_lines(effective, group, width))
        if lines:
            rows += [Row([(group.value, "strong")]), *lines, Row()]
    return [*rows, *question_rows(width)]


def question_rows(width: int) -> list[Row]:
    """The keys of every question."""
    lines = [row for key in IN_A_QUESTION for row in _line(" ".join(map(written, key.keys)), key.does, width)]
    return [Row([("In a question", "strong")]), *lines]


def _lines(effective: Bindings, group: Group, width: int) -> Iterator[Row]:
    for action_id, keys in effective:
        action = BY_ID[action_id]
        if action.group is group and keys:
            yield from _line(" ".join(map(written, keys)), action.tooltip, width)


def _line(keys: str, does: str, width: int) -> Iterator[Row]:
    shown = fit(keys, _KEYS - 1) + " "
    for at, row in enumerate(says(does, "text", width - _KEYS)):
        yield Row([(" " * _KEYS if at else shown, "accent"), *row.spans])

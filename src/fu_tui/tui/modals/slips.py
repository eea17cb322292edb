"""What slips: lists side by side, each row with the keys that mend it. One rule: it shows what it reads and returns
what is to be done to which rows; where it stood it stands again when it is asked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.placing import FRAME
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import GROUND, Key, Line, Row, Target, label, says
from fu_tui.tui.present.row import MARK

_LABEL = 6
_AROUND = 7
"""Rows beside the list: the tabs, what the row is, what mends it, and the space between."""
_MOST_SHOWN = 16
_BETWEEN = 3


class Mend(NamedTuple):
    """What can be done to a row."""

    key: str
    """As people press it."""
    does: str
    """The code of it."""
    words: str
    many: bool = True
    """Whether it can be done to several rows at once."""


class SlipItem(NamedTuple):
    """A row of a list."""

    key: str
    name: str
    aside: str
    note: str
    told: str
    """Why it is here, in a sentence."""
    mends: tuple[Mend, ...]
    """The first is done by enter."""


class ListTab(NamedTuple):
    """A list, before it is looked into."""

    key: str
    name: str
    many: int
    empty: str
    """What it says where nothing is on it."""
    urgent: bool
    """Whether it is to be empty at the end of the day."""


class SlipAnswer(NamedTuple):
    """What to do to which rows; `keys` are theirs."""

    does: str
    keys: tuple[str, ...] = ()


@dataclass
class Standing:
    """Where the view stands: it outlives each question."""

    tab: str
    at: int = 0
    words: str = ""
    marks: set[str] = field(default_factory=set)
    said: str = ""
    """What was just done."""


class SlipsModal(Question[SlipAnswer]):
    """The lists. Returns what to do; the standing that it was given tells where it was."""

    WIDEST = 110

    def __init__(
        self,
        heading: str,
        tabs: Callable[[], Sequence[ListTab]],
        read: Callable[[str, str], tuple[Sequence[SlipItem], bool] | None],
        standing: Standing,
        *,
        undo_key: str = "u",
        filter_key: str = "/",
        mark_key: str = "space",
    ) -> None:
        """read: the rows of a list that hold these words, and whether there are more of them; None where they can't be
        read now. The keys are those in force at the desk, as people press them.
        """
        super().__init__()
        self._heading, self._tabs_of, self._read = heading, tabs, read
        self._standing = standing
        self._undo, self._filter, self._mark = undo_key, filter_key, mark_key
        self._typing = False
        self._begun = False
        self.list = PickList(())
        self._take()

    # --- what it shows

    def _take(self) -> None:
        """Read everything anew, the cursor on its place."""
        self.tabs = tuple(self._tabs_of())
        self._look()

    def _look(self) -> None:
        """Read the list that is shown."""
        standing = self._standing
        found = self._read(standing.tab, standing.words)
        self._unread = found is None
        items, self._more = found or ((), False)
        self._items = {item.key: item for item in items}
        standing.marks &= self._items.keys()
        self._show()
        self.list.at = standing.at
        self.list.move(0)
        standing.at = self.list.at

    def _show(self) -> None:
        marks = self._standing.marks
        sign = {key: f"{MARK if key in marks else ' '} " if marks else "" for key in self._items}
        self.list.show(
            [Item(key, f"{sign[key]}{row.name}", row.aside, row.note) for key, row in self._items.items()]
        )

    @property
    def here(self) -> SlipItem | None:
        """The row under the cursor."""
        return self._items[self.list.here.key] if self.list.here else None

    def heading(self) -> str:
        """What it is, and whose."""
        return self._heading

    def keys(self) -> Sequence[Key]:
        """Enter mends; the others move about."""
        if self._typing:
            return ("enter", "keep the words"), ("esc", "all rows")
        mends = self._mends()
        return (
            *((("enter", mends[0].words),) if mends else ()),
            ("tab", "next list"),
            *(((self._mark, "mark"), (self._filter, "filter")) if self._items else ()),
            *(((self._undo, "undo"),) if self._undo else ()),
            *((("*", "mark all"),) if self._items else ()),
            (f"1-{len(self.tabs)}", "go to a list"),
            ("esc", "leave"),
        )

    def rows(self, width: int) -> list[Row]:
        """The lists, the rows of one of them, and what mends the one under the cursor."""
        standing = self._standing
        tabs = self._tab_rows(width)
        self.list.height = max(2, min(_MOST_SHOWN, self.app.size.height - FRAME - _AROUND - len(tabs)))
        rows = [*tabs, Row()]
        if self._typing:
            rows.append(Row([label("With", _LABEL, here=True)], field_at=_LABEL))
        elif standing.words:
            rows.append(Row([(f"with {standing.words}", "accent")]))
        found = self.list.rows(width)
        if not found:
            rows += says(self._empty(), "dim", width)
        rows += found
        if self._more:
            rows.append(Row([(f"and more: {self._filter} narrows them", "dim")]))
        here = self.here
        if here is not None and not self._typing:
            several = len(standing.marks)
            rows += [Row(), *says(f"{several} marked" if several else here.told, "text", width, 2)]
            rows += _mend_rows(self._mends(), width)
        return rows + ([Row(), *says(standing.said, "accent", width, 2)] if standing.said else [])

    def _empty(self) -> str:
        if self._unread:
            return "Another program holds the file at this moment: tab and shift+tab look again."
        words = self._standing.words
        return f"Nothing here has {words} in it." if words else self._tab.empty

    @property
    def _tab(self) -> ListTab:
        return next(tab for tab in self.tabs if tab.key == self._standing.tab)

    def _tab_rows(self, width: int) -> list[Row]:
        """The names of the lists with their counts, on as many rows as they need; where it is low, that of one."""
        cells = []
        for tab in self.tabs:
            here = tab.key == self._standing.tab
            number = f" {tab.many:,}" if tab.many else ""
            ink = "strong" if here else "text" if tab.many and tab.urgent else "dim"
            count = "overdue" if tab.urgent and tab.many else ink
            cells.append((tab.key, [(tab.name, "accent" if here else ink), (number, count)]))
        if self.brief:
            at = next(y for y, tab in enumerate(self.tabs) if tab.key == self._standing.tab)
            where = (f"  {at + 1} of {len(self.tabs)}", "dim")
            return [Row([*cells[at][1], where])]
        return _flow(cells, width)

    def _mends(self) -> tuple[Mend, ...]:
        """What can be done to the marked rows, else to the one under the cursor."""
        chosen = [self._items[key] for key in self._items if key in self._standing.marks]
        if not chosen:
            return self.here.mends if self.here else ()
        first, *others = chosen
        shared = [mend for mend in first.mends if mend.many or not others]
        return tuple(mend for mend in shared if all(mend in other.mends for other in others))

    # --- what it hears

    def on_screen_resume(self) -> None:
        """What lay over it may have changed what is listed."""
        if self._begun:
            self._take()
            self.redraw()
        self._begun = True

    def pressed(self, key: str) -> None:
        """A letter: what it does to the row, or where it leads."""
        standing = self._standing
        name = "space" if key == " " else key
        if key.isdigit() and 0 < int(key) <= len(self.tabs):
            self._go(self.tabs[int(key) - 1].key)
        elif name == self._filter and (self._items or standing.words):
            self._typing = True
            self.field.hold(standing.words)
            self.redraw()
        elif name == self._mark and self.here:
            standing.marks ^= {self.here.key}
            self._show()
            self.action_move(1)
        elif key == "*":
            standing.marks = set() if standing.marks == self._items.keys() else set(self._items)
            self._show()
            self.redraw()
        elif name == self._undo:
            self.dismiss(SlipAnswer("undo"))
        elif mend := next((mend for mend in self._mends() if mend.key == key), None):
            self._answer(mend)
        else:
            self.steps(key)

    def picked(self, pick: str) -> None:
        """A click on a list, a row or what mends it."""
        kind, _, what = pick.partition(" ")
        if kind == "tab":
            self._go(what)
        elif kind == "mend":
            self.pressed(what)
        else:
            self.list.go(pick)
            self.action_move(0)

    def typed(self, text: str) -> None:
        """The words changed."""
        if self._typing and text != self._standing.words:
            self._standing.words, self._standing.at = text, 0
            self._look()
            self.redraw()

    def action_move(self, by: int) -> None:
        """The cursor in the list."""
        self.list.move(by)
        self._standing.at = self.list.at
        self.redraw()

    def action_tab(self, by: int) -> None:
        """The next list, or the one before."""
        if not self._typing:
            keys = [tab.key for tab in self.tabs]
            self._go(keys[(keys.index(self._standing.tab) + by) % len(keys)])

    def action_enter(self) -> None:
        """Mend what is under the cursor; or keep the words."""
        if self._typing:
            self._typing = False
            self.redraw()
        elif mends := self._mends():
            self._answer(mends[0])

    def action_leave(self) -> None:
        """Out of the words, then of the marks, then out of it."""
        standing = self._standing
        if self._typing or standing.words:
            self._typing, standing.words, standing.at = False, "", 0
            self._look()
            self.redraw()
        elif standing.marks:
            standing.marks = set()
            self._show()
            self.redraw()
        else:
            self.dismiss(None)

    def _go(self, tab: str) -> None:
        standing = self._standing
        standing.tab, standing.at, standing.words, standing.said = tab, 0, "", ""
        standing.marks = set()
        self._look()
        self.redraw()

    def _answer(self, mend: Mend) -> None:
        marks = tuple(key for key in self._items if key in self._standing.marks)
        here = self.here
        if marks or here:
            self.dismiss(SlipAnswer(mend.does, marks or (here.key if here else "",)))


def _mend_rows(mends: Sequence[Mend], width: int) -> list[Row]:
    cells = [(mend.key, [(mend.key, "accent"), (f" {mend.words}", "dim")]) for mend in mends]
    return _flow(cells, width, "mend")


def _flow(cells: Sequence[tuple[str, Line]], width: int, kind: str = "tab") -> list[Row]:
    """Cells one after the other on as many rows as they need; a click on one picks it."""
    rows: list[Row] = []
    spans: Line = []
    targets: list[Target] = []
    x = 0
    for pick, line in cells:
        wide = sum(cell_len(text) for text, _ in line)
        if spans and x + _BETWEEN + wide > width:
            rows.append(Row(spans, GROUND, tuple(targets)))
            spans, targets, x = [], [], 0
        if spans:
            spans, x = [*spans, (" " * _BETWEEN, "text")], x + _BETWEEN
        targets.append(Target(x, x + wide, f"{kind} {pick}"))
        spans, x = [*spans, *line], x + wide
    return [*rows, Row(spans, GROUND, tuple(targets))] if spans else rows

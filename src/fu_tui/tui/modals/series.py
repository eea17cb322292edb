"""What repeats on fixed days: the list, and one line that makes or changes a series. One rule: they return what was
chosen or typed; what a line means is read by the function they are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from fu_tui.core.dates_words import exact_day
from fu_tui.queries.series_rows import SeriesRead, SeriesRow
from fu_tui.tui.modals.listing import Listing
from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, label, says, words
from fu_tui.tui.present.words import plural

_MOST = 12
_LABEL = 8
EXAMPLE = "Inspect the fire doors @betatech every month on the 1st"


class SeriesChoice(NamedTuple):
    """What to do next."""

    does: str
    """add, edit, skip or end."""
    id: int = 0


class SeriesModal(Listing[SeriesChoice]):
    """The series of a person."""

    WIDEST = 104

    def __init__(
        self,
        rows: Sequence[SeriesRow],
        ahead: Callable[[int], Sequence[date]],
        today: date,
        at: int = 0,
    ) -> None:
        """ahead: the days after a series' open task. at: the id to begin at."""
        super().__init__()
        self._series = {str(row.id): row for row in rows}
        self._ahead, self._today = ahead, today
        self.list = PickList([self._item(row) for row in rows], _MOST)
        self.list.go(str(at))

    def heading(self) -> str:
        """What they are."""
        return "Series"

    def keys(self) -> Sequence[Key]:
        """What can be done to the one under the cursor."""
        one = (("enter", "change"), ("x", "skip the next"), ("X", "end")) if self.list.here else ()
        return (*one, ("a", "add"), ("esc", "leave"))

    def rows(self, width: int) -> list[Row]:
        """The list, and the one under the cursor in full."""
        if not self._series:
            nothing = "Nothing repeats. A series is for renewals, inspections and check-ins on a fixed day: one task"
            return [*says(f"{nothing} is open at a time, and closing it brings the next.", "text", width)]
        return [*self.list.rows(width), Row(), *self._look(width)]

    def _item(self, row: SeriesRow) -> Item:
        due = exact_day(date.fromisoformat(row.due_on), today=self._today) if row.due_on else "no task yet"
        aside = " · ".join(part for part in (row.words, row.about) if part)
        return Item(str(row.id), row.action, aside, f"{due}, waits" if row.task_status == "held" else due)

    def _look(self, width: int) -> list[Row]:
        here = self.list.here
        if here is None:
            return []
        row = self._series[here.key]
        days = [exact_day(day, today=self._today) for day in self._ahead(row.id)]
        done = plural(row.done, "time", "times")
        parts = (
            ("rhythm", row.words), ("about", row.about), ("then", " · ".join(days) or "it was the last one"),
            ("done", done if row.done else ""),
        )  # fmt: skip
        return [
            Row([label(name, _LABEL), words(text, "text", width - _LABEL)]) for name, text in parts if text
        ]

    def action_enter(self) -> None:
        """Change the one under the cursor; where there is none, add the first."""
        self._choose("edit" if self.list.here else "add")

    def pressed(self, key: str) -> None:
        """Letters."""
        if key == "a":
            self.dismiss(SeriesChoice("add"))
        elif key in ("x", "X"):
            self._choose("skip" if key == "x" else "end")
        else:
            self.steps(key)

    def _choose(self, does: str) -> None:
        here = self.list.here
        if here is not None or does == "add":
            self.dismiss(SeriesChoice(does, int(here.key) if here else 0))


class SeriesLine(NamedTuple):
    """A line to be saved."""

    text: str
    read: SeriesRead
    force: bool
    """Whether it was told that it is about a sales conversation, and saved all the same."""


class SeriesLineModal(Question[SeriesLine]):
    """One line: what, for whom, how often; understood while it is typed."""

    def __init__(
        self, title: str, text: str, *, read: Callable[[str], SeriesRead], today: date, error: str = ""
    ) -> None:
        """read: what a line means. error: why it could not be saved the last time."""
        super().__init__(text)
        self._title, self._read, self._today, self._error = title, read, today, error
        self._pressed = False
        self._warned = ""
        """The line of which it was said that it is about a sales conversation."""
        self.line = text
        self._seen = read(text)

    def heading(self) -> str:
        """What it makes or changes."""
        return self._title

    def keys(self) -> Sequence[Key]:
        """Enter saves, or saves what was warned of."""
        anyway = self._warned == self.line and self._seen.sales
        return ("enter", "save it all the same" if anyway else "save"), ("esc", "leave, kept")

    def rows(self, width: int) -> list[Row]:
        """The field, what was understood, and what is wrong."""
        seen = self._seen
        room = width - _LABEL
        days = " · ".join(exact_day(day, today=self._today) for day in seen.days)
        also = (seen.priority.label + " priority" if seen.priority.label != "normal" else "", seen.body)
        parts = (
            ("what", seen.action), ("about", seen.about), ("rhythm", seen.words), ("days", f"{days} …" if days else ""),
            ("owner", seen.owner_name), ("also", " · ".join(part for part in also if part)),
        )  # fmt: skip
        role = "overdue" if self._pressed else "dim"
        return [
            Row([label("line", _LABEL, here=True)], field_at=_LABEL),
            Row(),
            *(Row([label(name, _LABEL), words(text, "text", room)]) for name, text in parts if text),
            *says(self._error, "overdue", width, 4),
            *says(seen.problem, role, width, 4),
            *(says(seen.sales, "today", width, 4) if not seen.problem else []),
            *([] if self.line else says(f"For example: {EXAMPLE}", "dim", width)),
        ]

    def typed(self, text: str) -> None:
        """The line changed."""
        if text != self.line:
            self.line, self._error, self._pressed = text, "", False
            self._seen = self._read(text)
            self.redraw()

    def action_enter(self) -> None:
        """Save; a line about a sales conversation on the second enter."""
        sales = self._seen.sales
        if self._seen.problem:
            self._pressed = True
            self.redraw()
        elif sales and self._warned != self.line:
            self._warned = self.line
            self.redraw()
        else:
            self.dismiss(SeriesLine(self.line, self._seen, bool(sales)))

"""One cadence: its steps on their days from any start, what came back, who runs on which version. One rule: the days
are those that the same arithmetic gives to a real enrollment; it returns what is to be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fu_tui.core.cadence_words import rules_of
from fu_tui.core.preview import preview
from fu_tui.queries.cadence_rows import CadenceSheet
from fu_tui.tui.modals.date_field import DateField, Days
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, label, says, words
from fu_tui.tui.present.steps import strip_lines
from fu_tui.tui.present.timeline import step_lines, strip_steps

_LABEL = 6
_IF = ", each step closed on its day"


class SheetAnswer(NamedTuple):
    """What is to be done with it."""

    does: str
    """edit, copy, who, migrate, retire or revive."""


class CadenceModal(Question[SheetAnswer]):
    """A cadence to look at and to try."""

    WIDEST = 116

    def __init__(
        self, sheet: CadenceSheet, days: Days, *, start: date | None = None, unsaved: bool = False
    ) -> None:
        """days: today, and whose calendar the steps fall in. start: the day to try it from. unsaved: whether changes
        to it wait to be saved."""
        super().__init__()
        self._sheet, self._days, self._unsaved = sheet, days, unsaved
        self.start = start or days.today
        """The day it is tried from."""
        self._day = DateField(days, why_not=lambda _day: "")
        self._typing = False
        self._top = 0
        self._older = sum(count for n, count in sheet.running if n != sheet.plan.n)
        """How many run on an older version."""

    def heading(self) -> str:
        """What it is called."""
        return self._sheet.row.name

    def keys(self) -> Sequence[Key]:
        """What works now."""
        if self._typing:
            return ("enter", "this day"), ("esc", "back")
        return (
            ("t", "another start"),
            ("e", "go on editing" if self._unsaved else "edit"),
            ("c", "copy"),
            ("w", "who"),
            *((("m", f"to version {self._sheet.plan.n}"),) if self._older else ()),
            ("r", "take up again" if self._sheet.row.retired else "retire"),
            ("esc", "back"),
        )

    def rows(self, width: int) -> list[Row]:
        """What it is, its days, its steps."""
        plan = self._sheet.plan
        rows = says(self._facts(), "text", width)
        if self._older:
            stay = (
                f"{self._older:,} of them go on with an older version"
                if self._older > 1
                else "1 goes on with an older version"
            )
            rows += says(f"{stay}: m shows the days that version {plan.n} would bring.", "accent", width)
        if self._unsaved:
            rows += says("Changes to it wait to be saved: e goes on with them.", "accent", width)
        if not self.brief:
            rows += [row for sentence in rules_of(plan) for row in says(sentence, "dim", width)]
            strip = strip_lines(strip_steps(plan), width)
            rows += [Row(), *map(Row, strip)] if strip else []
        rows += [Row(), *self._from(width), Row()]
        dated = preview(
            plan, start=self.start, today=min(self.start, self._days.today), calendar=self._days.calendar,
            now=self._days.now_on(self.start),
        )  # fmt: skip
        lines = step_lines(
            plan, dated, self._sheet.responses, width, self._days.today, brief=self.brief and width >= 60
        )
        return rows + [Row(line) for step in lines for line in step]

    def _facts(self) -> str:
        sheet = self._sheet
        running = ", ".join(f"{count:,} on version {n}" for n, count in sheet.running)
        if len(sheet.running) == 1:
            running = running.replace(" on", " running on", 1)
        elif running:
            running = f"{sheet.row.running:,} running: {running}"
        answered = f"answered: {sheet.row.response.words}" if sheet.row.response.words else ""
        parts = [
            f"key {sheet.row.key}",
            f"kind {sheet.row.kind}",
            f"version {sheet.plan.n}",
            running or "nobody runs in it",
            answered,
        ]
        return " · ".join(part for part in parts if part) + (" · retired" if sheet.row.retired else "")

    def _from(self, width: int) -> list[Row]:
        if self._typing:
            field = Row([label("From", _LABEL, here=True)], field_at=_LABEL)
            return [field, *self._day.rows(width)]
        told = self._days.in_full(self.start)
        if len(told) + len(_IF) + _LABEL <= width:
            told += _IF
        return [Row([label("From", _LABEL), words(told, "text", width - _LABEL)])]

    # What it hears

    def first_row(self, room: int) -> int:
        """Where it was scrolled to."""
        if self._typing:
            return super().first_row(room)
        self._top = max(0, min(self._top, len(self.shown) - room))
        return self._top

    def pressed(self, key: str) -> None:
        """Letters."""
        does = {"e": "edit", "c": "copy", "w": "who", "r": "revive" if self._sheet.row.retired else "retire"}
        if self._older:
            does["m"] = "migrate"
        if key == "t":
            self._typing = True
            self._day.read("")
            self.field.hold("")
            self.redraw()
        elif key in does:
            self.dismiss(SheetAnswer(does[key]))
        else:
            self.steps(key)

    def typed(self, text: str) -> None:
        """Another start; the steps fall on their days while it is typed."""
        self._day.read(text)
        if self._day.when:
            self.start = self._day.when.day
        self.redraw()

    def picked(self, pick: str) -> None:
        """A click on an offered day."""
        if self._typing and (answer := self._day.pick(pick)):
            self.start, self._typing = answer.day, False
            self.redraw()

    def action_enter(self) -> None:
        """The day that was typed."""
        if self._typing:
            answer = self._day.enter() if self._day.text.strip() else None
            self._typing = bool(self._day.text.strip()) and answer is None
            self.start = answer.day if answer else self.start
        self.redraw()

    def action_move(self, by: int) -> None:
        """Among offered days, else scroll."""
        if self._typing:
            self._day.move(by)
        else:
            self._top += by
        self.redraw()

    def action_leave(self) -> None:
        """From the field back to the steps, else away."""
        if self._typing:
            self._typing = False
            self.redraw()
        else:
            super().action_leave()

"""How a task was closed (`d`): the outcome by one letter, a day where it asks one, and a line of note (R79–R85).

No more than three keys beside the note: d, the letter, enter. What would follow stands beside each letter and above
the note; the caller has reckoned it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.outcomes import Outcome, outcome
from fu_tui.tui.modals.close_choices import MONTHS, CloseQuestion, choices, months_ahead, unlisted
from fu_tui.tui.modals.date_field import DateField, Days
from fu_tui.tui.modals.pick import Letter, Letters
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, grid, label, says, words
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.words import plural

_LABEL = 6


class CloseAnswer(NamedTuple):
    """What the person said."""

    code: str
    """The outcome."""
    note: str = ""
    until: date | None = None
    """The day an outcome asks for."""


class CloseModal(Question[CloseAnswer]):
    """First the outcome, then perhaps a day, then the note."""

    def __init__(
        self, question: CloseQuestion, *, moment: Moment, calendar: WorkCalendar, day_first: bool = True
    ) -> None:
        """day_first: how a day such as 3/4 is read."""
        super().__init__()
        self.question = question
        self.days = Days.of(moment, calendar, day_first)
        self.first, self.more = choices(question)
        self.letters = Letters([*self.first, *self.more, *unlisted(question)])
        self.outcome: Outcome | None = None
        self.day = DateField(self.days)
        self.day.read(question.day)
        self.until: date | None = None
        self.note = question.note
        """What was typed as the note, also after the question was left."""

    @property
    def asks_day(self) -> bool:
        """Whether the outcome is known and its day is not."""
        return bool(self.outcome and self.outcome.asks and self.until is None)

    def heading(self) -> str:
        """How many, where there are several."""
        count = self.question.count
        return "Close" if count == 1 else f"Close {plural(count, 'task')}"

    def keys(self) -> Sequence[Key]:
        """The keys of the present step."""
        if self.outcome is None:
            return ("letter", "close with it"), ("esc", "leave")
        return ("enter", "take this day" if self.asks_day else "close, with or without a note"), (
            "esc",
            "leave",
        )

    def rows(self, width: int) -> list[Row]:
        """The outcomes; or the day; or the note."""
        others = f" and {self.question.count - 1} more" if self.question.count > 1 else ""
        action = Row([words(self.question.action, "strong", width - len(others)), (others, "dim")])
        if self.outcome is None:
            return [action, Row(), *self._outcomes(width)]
        if self.asks_day:
            asks = self.outcome.asks.capitalize()
            field = Row([label("Day", _LABEL, here=True)], field_at=_LABEL)
            return [action, Row([words(asks, "text", width)]), Row(), field, *self.day.rows(width)]
        then = self._then(self.outcome)
        said = f"{self.outcome.label} → {then}" if then else self.outcome.label
        field = Row([label("Note", _LABEL, here=True)], field_at=_LABEL)
        return [action, *says(said, "text", width), Row(), field]

    def _outcomes(self, width: int) -> list[Row]:
        longest = max(len(letter.label) for letter in self.first)
        rows = [
            row for letter in self.first for row in self.letters.row(letter, width, longest, brief=self.brief)
        ]
        cells = [
            (
                each.key,
                [(each.key, "strong" if each.key == self.letters.at else "text"), (f"  {each.label}", "dim")],
            )
            for each in self.more
        ]
        return [*rows, Row(), *grid(cells, width), *says(self.letters.said, "overdue", width)]

    def _then(self, row: Outcome) -> str:
        if self.until is None:
            return self.question.lines.get(row.code, "")
        after = self.question.after
        return after(row.code, self.until) if after else self.days.in_full(self.until)

    def pressed(self, key: str) -> None:
        """A letter: the outcome; months: its day too."""
        self._choose(self.letters.press(key))

    def picked(self, pick: str) -> None:
        """A click on an outcome, or on an offered day."""
        if self.outcome is None:
            self.pressed(pick)
        elif day := self.day.pick(pick):
            self._ask_note(day.day)

    def action_move(self, by: int) -> None:
        """Over the outcomes, or the offered days."""
        if self.outcome is None:
            self.letters.move(by)
        else:
            self.day.move(by)
        self.redraw()

    def action_enter(self) -> None:
        """The outcome under the cursor; the day; at last the answer."""
        if self.outcome is None:
            self._choose(self.letters.enter())
        elif not self.asks_day:
            self.dismiss(CloseAnswer(self.outcome.code, self.note.strip(), self.until))
        elif day := self.day.enter():
            self._ask_note(day.day)
        else:
            self.redraw()

    def typed(self, text: str) -> None:
        """The day, or the note."""
        if self.asks_day:
            self.day.read(text)
            self.redraw()
        elif self.outcome:
            self.note = text

    def _choose(self, letter: Letter | None) -> None:
        if letter:
            self.outcome = outcome(letter.code)
            self.until = months_ahead(self.days, letter.key) if letter.key in MONTHS else None
            self.field.hold(self.day.text if self.asks_day else self.note)
        self.redraw()

    def _ask_note(self, day: date) -> None:
        self.until = day
        self.field.hold(self.note)
        self.redraw()

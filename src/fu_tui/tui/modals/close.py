"""How a task was closed (`d`): the outcome by one letter, a day where it asks one, and a line of note (R79–R85).

No more than three keys beside the note: d, the letter, enter. What would follow stands beside each letter and above
the note, and what reaches further than this task is said there too; the caller has reckoned it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import NamedTuple

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.outcomes import MONTHS, Outcome, outcome, why_not_one_channel
from fu_tui.core.terms import Channel
from fu_tui.tui.modals.close_choices import (
    CloseQuestion,
    channels,
    choices,
    months_ahead,
    unlisted,
)
from fu_tui.tui.modals.date_field import DateField, Days, WhenAnswer
from fu_tui.tui.modals.pick import Letter, Letters
from fu_tui.tui.modals.placing import FRAME
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, grid, label, says, words
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.words import plural

_LABEL = 6
_AROUND = 3 + FRAME
"""Rows around the outcomes: what is closed, and a blank below it and before "more"."""
_BLANKS = 2
"""Of them those that a low screen does without."""


class CloseAnswer(NamedTuple):
    """What the person said."""

    code: str
    """The outcome."""
    note: str = ""
    until: date | None = None
    """The day an outcome asks for."""
    at: time | None = None
    """Its hour, of the wall clock, where it asks for that too."""
    channel: Channel | None = None
    """The one channel that was opted out of; None for all of them."""


class CloseModal(Question[CloseAnswer]):
    """First the outcome, then perhaps a day or a channel, then the note."""

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
        self.at: time | None = None
        self.channels: Letters | None = None
        """What they want no more of, while that is asked."""
        self.channel: Channel | None = None
        self.note = question.note
        """What was typed as the note, also after the question was left."""

    @property
    def asks_day(self) -> bool:
        """Whether the outcome is known and its day is not."""
        return bool(self.outcome and self.outcome.asks and self.until is None)

    def heading(self) -> str:
        """How many, where there are several; and whether a note from before is there."""
        count = self.question.count
        name = "Close" if count == 1 else f"Close {plural(count, 'task')}"
        return f"{name} · with the note you left" if self._is_kept else name

    def keys(self) -> Sequence[Key]:
        """The keys of the present step."""
        if self.outcome is None or self.channels:
            return ("letter", "close with it"), ("esc", "leave")
        return ("enter", "take this day" if self.asks_day else "close, with or without a note"), (
            "esc",
            "leave",
        )

    def rows(self, width: int) -> list[Row]:
        """The outcomes; or the day; or the channel; or the note."""
        others = f" and {self.question.count - 1} more" if self.question.count > 1 else ""
        action = Row([words(self.question.action, "strong", width - len(others)), (others, "dim")])
        if self.outcome is None:
            return [action, Row(), *self._outcomes(width)]
        if self.channels:
            asks = Row([words("What do they want no more of?", "text", width)])
            return [action, asks, Row(), *_listed(self.channels, self.channels.choices, width)]
        if self.asks_day:
            asked = self.outcome.asks.capitalize()
            field = Row([label("Day", _LABEL, here=True)], field_at=_LABEL)
            return [action, Row([words(asked, "text", width)]), Row(), field, *self.day.rows(width)]
        then = self._then(self.outcome)
        called = self.outcome.label_for(self.question.subject)
        said = f"{called} → {then}" if then else called
        warns = says("" if self.channel else self.outcome.warns, "overdue", width)
        field = Row([label("Note", _LABEL, here=True)], field_at=_LABEL)
        kept = "You left it here before; it is saved with the close." if self._is_kept else ""
        return [action, *says(said, "text", width), *warns, Row(), field, *says(kept, "dim", width)]

    @property
    def _is_kept(self) -> bool:
        """Whether the note is one that was left before, and not changed since."""
        return bool(self.note.strip()) and self.note == self.question.note

    def _outcomes(self, width: int) -> list[Row]:
        """All in a line each, with what follows, close together where the screen is low; where it is lower, those under
        "more" side by side; all of them, by short names, where it is a telephone's."""
        said = says(self.letters.said, "overdue", width)
        every = _listed(self.letters, [*self.first, *self.more], width)
        one_each = len(every) == len(self.first) + len(self.more)
        height = self.app.size.height
        whole = len(every) + len(said) + _AROUND
        if one_each and whole - _BLANKS <= height:
            between = [Row()] if whole <= height else []
            return [*every[: len(self.first)], *between, *every[len(self.first) :], *said]
        first = _listed(self.letters, self.first, width, brief=self.brief)
        more = [*self._beside(self.more, width), *said]
        if not self.brief or len(first) + len(more) + _AROUND - _BLANKS <= height:
            return [*first, Row(), *more]
        return [*self._beside([*self.first, *self.more], width, short=True), *said]

    def _beside(self, letters: Sequence[Letter], width: int, *, short: bool = False) -> list[Row]:
        """Choices side by side; below them what follows the one under the cursor."""
        at = self.letters.at
        cells = [
            (each.key, [(each.key, "strong" if each.key == at else "text"), (f"  {name}", "dim")])
            for each in letters
            for name in [each.short if short and each.short else each.label]
        ]
        then = next((f"→ {each.then}" for each in letters if each.key == at and each.then), "")
        return [*grid(cells, width), *says(then, "dim", width)]

    def _then(self, row: Outcome) -> str:
        if self.channel:
            return f"no more over {self.channel}; the rest goes on"
        if self.until is None:
            return self.question.lines.get(row.code, "")
        after = self.question.after
        return after(row.code, self.until, self.at) if after else self.days.in_full(self.until, self.at)

    def pressed(self, key: str) -> None:
        """A letter: the outcome, or the channel; months: its day too."""
        if self.channels:
            self._choose_channel(self.channels.press(key))
        else:
            self._choose(self.letters.press(key))

    def picked(self, pick: str) -> None:
        """A click on an outcome, or on an offered day."""
        if self.outcome is None or self.channels:
            self.pressed(pick)
        elif day := self.day.pick(pick):
            self._ask_note(day)

    def action_move(self, by: int) -> None:
        """Over the outcomes, the channels, or the offered days."""
        (self.letters if self.outcome is None else self.channels or self.day).move(by)
        self.redraw()

    def action_enter(self) -> None:
        """The outcome under the cursor; the channel; the day; at last the answer."""
        if self.outcome is None:
            self._choose(self.letters.enter())
        elif self.channels:
            self._choose_channel(self.channels.enter())
        elif not self.asks_day:
            self.dismiss(CloseAnswer(self.outcome.code, self.note.strip(), self.until, self.at, self.channel))
        elif day := self.day.enter():
            self._ask_note(day)
        else:
            self.redraw()

    def typed(self, text: str) -> None:
        """The day, or the note."""
        if self.asks_day:
            self.day.read(text)
            self.redraw()
        elif self.outcome and not self.channels and text != self.note:
            self.note = text
            self.redraw()

    def _choose(self, letter: Letter | None) -> None:
        if letter:
            row = self.outcome = outcome(letter.code)
            self.until = months_ahead(self.days, letter.key) if letter.key in MONTHS else None
            any_day = (lambda day: "") if row.may_be_past else None
            typed = self.day.text
            self.day = DateField(self.days, any_day, needs_hour=row.asks_hour)
            self.day.read(typed)
            if row.code == "opted_out" and not why_not_one_channel(is_decide=self.question.is_decide):
                self.channels = Letters(channels(self.question))
            else:
                self.field.hold(self.day.text if self.asks_day else self.note)
        self.redraw()

    def _choose_channel(self, letter: Letter | None) -> None:
        if letter:
            self.channel = Channel(letter.code) if letter.code else None
            self.channels = None
            self.field.hold(self.note)
        self.redraw()

    def _ask_note(self, answer: WhenAnswer) -> None:
        self.until = answer.day
        row = self.outcome
        self.at = answer.at if row and (row.asks_hour or row.may_have_hour) else None
        self.field.hold(self.note)
        self.redraw()


def _listed(letters: Letters, shown: Sequence[Letter], width: int, *, brief: bool = False) -> list[Row]:
    """Choices in a line each, what follows from them in one column; `brief` where the screen is too low."""
    longest = max(len(letter.label) for letter in shown)
    return [row for letter in shown for row in letters.row(letter, width, longest, brief=brief)]

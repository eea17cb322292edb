"""What happened (`l`): a letter says what, a line what was said, another when. One rule: what a letter would start, or
why it starts nothing, stands beside it before it is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from fu_tui.core.clock import to_utc, to_zone
from fu_tui.core.dates import BadDate, VagueDate
from fu_tui.core.dates_past import instant_of, parse_past
from fu_tui.core.dates_words import say_when
from fu_tui.core.happenings import BY_CODE
from fu_tui.tui.modals.pick import Letter, Letters
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Line, Row, filled, label, says
from fu_tui.tui.present.moment import Moment

_LABEL = 7
_NAME = 18
EXAMPLES = "now · 9:30 · yesterday 14:00 · fri · 20 nov · 2 days ago"


class LogAnswer(NamedTuple):
    """What happened."""

    code: str
    text: str
    at: datetime | None
    """UTC; None for now."""


class LogModal(Question[LogAnswer]):
    """First what it was, then what there is to say of it."""

    def __init__(
        self,
        about: str,
        letters: Sequence[Letter],
        moment: Moment,
        *,
        covered: str = "",
        day_first: bool = True,
        typed: str = "",
    ) -> None:
        """about: whom it happened with. letters: what can have happened. covered: why nothing would start.
        typed: a line that is offered again.
        """
        super().__init__()
        self._about, self._moment, self._day_first = about, moment, day_first
        self._covered = covered
        self.letters = Letters(letters)
        self.code = ""
        self.text, self.when = typed, ""
        self._on_when = False
        self._said = ""

    def heading(self) -> str:
        """What is asked, or what it was."""
        return BY_CODE[self.code].label.capitalize() if self.code else "What happened?"

    def keys(self) -> Sequence[Key]:
        """Tab goes between the line and the moment."""
        leave = ("esc", "leave")
        if not self.code:
            return (leave,)
        return ("enter", "log it"), ("tab", "the line" if self._on_when else "when"), leave

    def rows(self, width: int) -> list[Row]:
        """The letters; once one is pressed, the two fields and what comes of it."""
        about = says(self._about, "strong", width, 2)
        if not self.code:
            choices = [
                row
                for each in self.letters.choices
                for row in self.letters.row(each, width, _NAME, brief=self.brief)
            ]
            return [*about, Row(), *choices, Row(), *says(self._why_no_more(), "dim", width)]
        then = next(each.then for each in self.letters.choices if each.code == self.code)
        return [
            *about,
            Row(),
            self._field("Said", self.text, width, here=not self._on_when),
            self._field("When", self.when or "now", width, here=self._on_when),
            *self._understood(width),
            *([Row(), *says(f"→ {then}", "dim", width)] if then else []),
        ]

    def _why_no_more(self) -> str:
        """Why most letters only write down; those that bring more are named where what they bring has no room."""
        if not self._covered:
            return ""
        more = [each.key for each in self.letters.choices if each.then]
        if self.brief and more:
            return f"Only {' and '.join(more)} start something: {self._covered}."
        return f"All else is written down, and starts nothing more: {self._covered}."

    def _field(self, name: str, value: str, width: int, *, here: bool) -> Row:
        if here:
            return Row([label(name, _LABEL, here=True)], field_at=_LABEL)
        line: Line = [label(name, _LABEL), *says(value, "text", max(1, width - _LABEL), 1)[0].spans] if value else [
            label(name, _LABEL)
        ]  # fmt: skip
        return Row(filled(line, width))

    def _understood(self, width: int) -> list[Row]:
        if self._said:
            return says(self._said, "overdue", width)
        if not self.when.strip():
            return says(EXAMPLES, "dim", width, 2) if self._on_when else []
        try:
            found = self._read()
        except (BadDate, VagueDate) as bad:
            return says(str(bad), "dim", width)
        return says(say_when(found.date(), found.time(), self._moment.today), "strong", width)

    def _read(self) -> datetime:
        """The wall-clock time that was typed. Raises BadDate, VagueDate."""
        wall = to_zone(self._moment.now, self._moment.tz)
        when = parse_past(self.when, today=self._moment.today, now=wall.time(), day_first=self._day_first)
        return instant_of(when, wall)

    def typed(self, text: str) -> None:
        """Into the field that is there."""
        self._said = ""
        if self._on_when:
            self.when = text
        else:
            self.text = text
        self.redraw()

    def pressed(self, key: str) -> None:
        """A letter says what happened."""
        self._choose(self.letters.press(key))

    def action_move(self, by: int) -> None:
        """Over the letters, or to the other field."""
        if self.code:
            self.action_tab(by)
        else:
            self.letters.move(by)
            self.redraw()

    def action_tab(self, by: int) -> None:
        """The other field."""
        if self.code:
            self._on_when = not self._on_when
            self.field.hold(self.when if self._on_when else self.text)
            self.redraw()

    def action_enter(self) -> None:
        """The letter under the cursor, or everything."""
        if not self.code:
            self._choose(self.letters.enter())
            return
        at = None
        if self.when.strip() and self.when.strip() != "now":
            try:
                wall = self._read()
            except (BadDate, VagueDate) as bad:
                self._said = str(bad)
                self.redraw()
                return
            at = to_utc(wall.date(), wall.time(), self._moment.tz)
        if BY_CODE[self.code].wants_words and not self.text.strip():
            self._said = "A note says something: write one line."
            self.redraw()
            return
        self.dismiss(LogAnswer(self.code, self.text.strip(), at))

    def _choose(self, letter: Letter | None) -> None:
        if letter:
            self.code = letter.code
            self.field.hold(self.text)
        self.redraw()

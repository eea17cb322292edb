"""To which day: snooze (`s`) moves the due day, hide (`S`) takes a row off the screen. One rule: every key shows the
exact day it means before it is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.dates_days import add_months, monday_of
from fu_tui.core.terms import Roll
from fu_tui.tui.modals.date_field import DateField, Days, WhenAnswer, WhyNot, not_past
from fu_tui.tui.modals.pick import Letter, Letters
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, grid, label, says
from fu_tui.tui.present.moment import Moment

ANOTHER = "/"
_LABEL = 6
_NAME = 17


class WhenModal(Question[WhenAnswer]):
    """One key for the usual days, `/` for any other."""

    def __init__(
        self,
        title: str,
        subject: str = "",
        *,
        moment: Moment,
        calendar: WorkCalendar,
        day_first: bool = True,
        hides: bool = False,
        overdue: bool = False,
        any_day: bool = False,
        typed: str = "",
    ) -> None:
        """Ask for a day.

        title: what the day is for. subject: the action, or how many tasks. day_first: how a day such as 3/4 is read.
        hides: for rows that leave the screen; overdue: at least one of them is. any_day: also one that is past.
        typed: a day in words that is offered again behind `/`; the letters stay what they are.
        """
        super().__init__()
        self._title, self._subject = title, subject
        days = Days.of(moment, calendar, day_first)
        limit = hide_limit(days.today, overdue=overdue) if hides else not_past(days.today)
        self._why_not: WhyNot = (lambda _day: "") if any_day else limit
        self.day = DateField(days, self._why_not)
        now = (("d", "today", days.today),) if any_day else ()
        self.choices = (*now, *usual_days(days))
        letters = [
            Letter(key, day.isoformat(), name, days.exact(day), self._why_not(day))
            for key, name, day in self.choices
        ]
        self.letters = Letters([*letters, Letter(ANOTHER, ANOTHER, "another day…", typed)])
        self.asks_day = False
        self.day.read(typed)

    def heading(self) -> str:
        """What is asked."""
        return self._title

    def keys(self) -> Sequence[Key]:
        """The keys of the present step."""
        leave = ("esc", "leave")
        return (("enter", "take this day"), leave) if self.asks_day else (leave,)

    def rows(self, width: int) -> list[Row]:
        """The usual days, or the field for another."""
        subject = says(self._subject, "strong", width, 1)
        space = [Row()] if subject else []
        if self.asks_day:
            field = Row([label("Day", _LABEL, here=True)], field_at=_LABEL)
            return [*subject, *space, field, *self.day.rows(width)]
        *named, another = (letter for letter in self.letters.choices if not letter.key.isdigit())
        limit = self.letters.said or next((each.why_not for each in self.letters.choices if each.why_not), "")
        return [
            *subject,
            *space,
            *(row for letter in named for row in self.letters.row(letter, width, _NAME)),
            Row(),
            Row([("working days from today", "dim")]),
            *self._counted(width),
            Row(),
            *self.letters.row(another, width, _NAME),
            *says(limit, "overdue" if self.letters.said else "dim", width),
        ]

    def _counted(self, width: int) -> list[Row]:
        cells = []
        for letter in self.letters.choices:
            if letter.key.isdigit():
                role = "dim" if letter.why_not else "strong" if letter.key == self.letters.at else "text"
                key = (f"{letter.key}  ", "dim" if letter.why_not else "accent")
                cells.append((letter.key, [key, (letter.then, role)]))
        return grid(cells, width)

    def pressed(self, key: str) -> None:
        """A letter or a digit; any other begins another day: who types "fri" or "+3d" means one."""
        if key in {each.key for each in self.letters.choices}:
            self._choose(self.letters.press(key))
        elif key.isalnum() or key == "+":
            self.asks_day = True
            self.field.hold(key)
            self.typed(key)

    def picked(self, pick: str) -> None:
        """A click on a day."""
        if not self.asks_day:
            self.pressed(pick)
        elif answer := self.day.pick(pick):
            self.dismiss(answer)

    def action_move(self, by: int) -> None:
        """Over the usual days, or the offered ones."""
        (self.day if self.asks_day else self.letters).move(by)
        self.redraw()

    def action_enter(self) -> None:
        """The day under the cursor, or the one that was typed."""
        if not self.asks_day:
            self._choose(self.letters.enter())
        elif answer := self.day.enter():
            self.dismiss(answer)
        else:
            self.redraw()

    def typed(self, text: str) -> None:
        """Another day."""
        self.day.read(text)
        self.redraw()

    def _choose(self, letter: Letter | None) -> None:
        if letter and letter.code != ANOTHER:
            self.dismiss(WhenAnswer(date.fromisoformat(letter.code)))
            return
        self.asks_day = letter is not None
        if self.asks_day:
            self.field.hold(self.day.text)
        self.redraw()


def usual_days(days: Days) -> tuple[tuple[str, str, date], ...]:
    """(key, name, day): t is the very next day, all others are working days."""
    calendar, today = days.calendar, days.today
    named = (
        ("t", "tomorrow", today + timedelta(days=1)),
        ("w", "next working week", calendar.roll(monday_of(today, 1), Roll.FORWARD)),
        ("m", "a month", calendar.roll(add_months(today, 1), Roll.FORWARD)),
    )
    counted = ((str(n), f"{n} working days", calendar.add_working_days(today, n)) for n in range(1, 10))
    return (*named, *counted)


def hide_limit(today: date, *, overdue: bool) -> WhyNot:
    """Why a row can't be hidden until a day: it must be a later one, for overdue rows tomorrow at most (R61)."""
    tomorrow = today + timedelta(days=1)

    def why_not(day: date) -> str:
        if day <= today:
            return "A row is hidden until a later day. Name one from tomorrow on."
        if overdue and day > tomorrow:
            return "It is overdue, so it can be hidden until tomorrow at most. Snooze it, if it has to wait longer."
        return ""

    return why_not

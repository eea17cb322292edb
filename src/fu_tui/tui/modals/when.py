"""To which day: snooze (`s`) moves the due day, hide (`S`) takes a row off the screen. One rule: the exact day that is
meant is shown before enter takes it."""

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

ANY = "/"
"""What may stand before a typed day and says nothing."""
_LABEL = 6
_NAME = 17


class WhenModal(Question[WhenAnswer]):
    """A field for any day, and the usual ones below it. Enter alone takes the first of them; nothing that is typed is
    taken before enter, so "15 jan" never is the 1."""

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
        typed: a day in words that is offered again, and gives way to what is typed.
        """
        super().__init__(typed)
        self._title, self._subject = title, subject
        days = Days.of(moment, calendar, day_first)
        limit = hide_limit(days.today, overdue=overdue) if hides else not_past(days.today)
        why_not: WhyNot = (lambda _day: "") if any_day else limit
        self.day = DateField(days, why_not)
        now = (("d", "today", days.today),) if any_day else ()
        self.letters = Letters(
            [
                Letter(key, day.isoformat(), name, days.exact(day), why_not(day))
                for key, name, day in (*now, *usual_days(days))
            ]
        )
        self._read(typed)

    def on_mount(self) -> None:
        """A day that is offered again gives way to what is typed."""
        self.field.action_select_all()

    def heading(self) -> str:
        """What is asked."""
        return self._title

    def keys(self) -> Sequence[Key]:
        """Enter takes what is inked."""
        another = () if self.day.text.strip() and not self.day.offers else (("↓", "another"),)
        return ("enter", "take this day"), *another, ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """The field, what was understood, and the usual days."""
        named = [letter for letter in self.letters.choices if not letter.key.isdigit()]
        limit = next((each.why_not for each in self.letters.choices if each.why_not), "")
        subject = says(self._subject, "strong", width, 1)
        typed = bool(self._line.strip()) or bool(self.letters.said)
        return [
            *subject,
            *([Row()] if subject else []),
            Row([label("Day", _LABEL, here=True)], field_at=_LABEL),
            *([] if self.brief and not typed else self._understood(width)),
            Row(),
            *(row for letter in named for row in self.letters.row(letter, width, _NAME)),
            Row(),
            Row([("working days from today", "dim")]),
            *self._counted(width),
            *(says(limit, "dim", width) if not self.letters.said else []),
        ]

    def _understood(self, width: int) -> list[Row]:
        here = next((each for each in self.letters.choices if each.key == self.letters.at), None)
        if self.letters.said:
            return says(self.letters.said, "overdue", width)
        if here and self._line.strip():
            return says(self.day.days.in_full(date.fromisoformat(here.code)), "strong", width)
        return self.day.rows(width)

    def _counted(self, width: int) -> list[Row]:
        cells = []
        for letter in self.letters.choices:
            if letter.key.isdigit():
                role = "dim" if letter.why_not else "strong" if letter.key == self.letters.at else "text"
                key = (f"{letter.key}  ", "dim" if letter.why_not else "accent")
                cells.append((letter.key, [key, (letter.then, role)]))
        return grid(cells, width)

    def pressed(self, key: str) -> None:
        """A click on one of the usual days."""
        self._take(self.letters.press(key))

    def picked(self, pick: str) -> None:
        """A click on a day."""
        if answer := self.day.pick(pick):
            self.dismiss(answer)
        else:
            self.pressed(pick)

    def action_move(self, by: int) -> None:
        """Over the exact days that are offered for vague words, else over the usual ones."""
        if self.day.offers:
            self.day.move(by)
        elif not self.day.text.strip():
            self._line = ""
            self.field.hold("")
            self.letters.move(by)
        self.redraw()

    def action_enter(self) -> None:
        """The day that was typed, else the usual one under the cursor."""
        if self.day.text.strip():
            if answer := self.day.enter():
                self.dismiss(answer)
        else:
            self._take(self.letters.enter())
        self.redraw()

    def typed(self, text: str) -> None:
        """A day in words, or the key of a usual one."""
        if text != self._line:
            self._read(text)
            self.redraw()

    def _read(self, text: str) -> None:
        self._line = text
        key = text.strip().casefold()
        usual = any(letter.key == key for letter in self.letters.choices)
        self.letters.at, self.letters.said = key if usual else "", ""
        self.day.read("" if usual else text.removeprefix(ANY))
        if not self.day.text.strip() and not usual:
            self.letters.move(1)

    def _take(self, letter: Letter | None) -> None:
        if letter:
            self.dismiss(WhenAnswer(date.fromisoformat(letter.code)))
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

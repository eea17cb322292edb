"""When one works (`g h`): weekdays, hours, country and the days off ahead, and what is asked to change them. One rule:
it returns what to do; a day that somebody entered and a day on which something is due are marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fu_tui.core.dates_words import away_words, exact_day
from fu_tui.core.work_words import hours_words, weekday_words
from fu_tui.queries.working_rows import CalendarSheet, DayOff
from fu_tui.tui.modals.date_field import DateField, Days
from fu_tui.tui.modals.listing import ListQuestion
from fu_tui.tui.modals.pick import Item
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Line, Row, choice, columns, label, says, words
from fu_tui.tui.present.cells import fit
from fu_tui.tui.present.words import plural

AHEAD = timedelta(days=366)
"""So far public holidays are listed; own days all are."""
_LABEL = 10
_DAY = 17
_NARROW = 56
EXAMPLE = "fri 27 nov · 24 dec..31 dec · tomorrow"


class CalendarAnswer(NamedTuple):
    """What to do next."""

    does: str
    """add, remove, move, country, hours or weekdays."""
    on: date | None = None
    """The day under the cursor."""


class CalendarModal(Question[CalendarAnswer]):
    """The calendar of the person who acts."""

    def __init__(self, sheet: CalendarSheet, place: str, today: date, at: date | None = None) -> None:
        """place: the country in words. at: the day to begin at."""
        super().__init__()
        self._sheet, self._place, self._today = sheet, place, today
        self._days = [day for day in sheet.days_off if day.own or day.due or day.on <= today + AHEAD]
        self._at = next((y for y, day in enumerate(self._days) if at and day.on >= at), 0)

    def heading(self) -> str:
        """What it is."""
        return "When I work"

    def keys(self) -> Sequence[Key]:
        """Letters for what can be changed."""
        here = self._here()
        remove = (("x", "remove"),) if here else ()
        move = (("m", f"move {here.due}"),) if here and here.due else ()
        return (
            ("a", "add"), *move, *remove, ("c", "country"), ("w", "weekdays"), ("h", "hours"), ("esc", "leave"),
        )  # fmt: skip

    def rows(self, width: int) -> list[Row]:
        """How it stands, and the days off ahead."""
        work, others = self._sheet.calendar, self._sheet.shared_with
        facts = [
            ("Works", f"{weekday_words(work.weekdays)}, {hours_words(work.work_start, work.work_end)}"),
            ("Holidays", self._place or "of no country"),
            ("Shared", f"with {', '.join(others)}" if others else ""),
        ]
        told = [
            Row([label(name, _LABEL), words(text, "text", width - _LABEL)]) for name, text in facts if text
        ]
        if not self._days:
            return [
                *told,
                Row(),
                *says(
                    "No day off is ahead, beside the weekly ones: c takes the public holidays of a country.",
                    "dim",
                    width,
                ),
            ]
        listed = [
            choice(day.on.isoformat(), self._line(day, width), width, selected=y == self._at)
            for y, day in enumerate(self._days)
        ]
        more = len(self._sheet.days_off) - len(self._days)
        return [
            *told,
            Row(),
            *listed,
            *says(f"{more} more in the years after" if more else "", "dim", width, 1),
        ]

    def _line(self, day: DayOff, width: int) -> Line:
        weekly = day.on.weekday() not in self._sheet.calendar.weekdays
        ink = "dim" if weekly else "text"
        left: Line = [
            (fit(exact_day(day.on, today=self._today), _DAY), ink),
            words(day.name or "day off", ink, width),
        ]
        due = (f"{plural(day.due, 'task')} due", "overdue")
        if width < _NARROW:  # how far it is can be seen by the day
            return columns(left, due if day.due else ("own" if day.own else "", "dim"), width)
        left += [("  own", "dim")] * day.own + [("  ", ink), due] * bool(day.due)
        return columns(left, (away_words(day.on, self._today), "dim"), width)

    def _here(self) -> DayOff | None:
        return self._days[self._at] if self._days else None

    def action_move(self, by: int) -> None:
        """The cursor over the days off."""
        self._at = min(max(self._at + by, 0), max(len(self._days) - 1, 0))
        self.redraw()

    def picked(self, pick: str) -> None:
        """A click on a day: the cursor goes there."""
        self._at = next((y for y, day in enumerate(self._days) if day.on.isoformat() == pick), self._at)
        self.redraw()

    def pressed(self, key: str) -> None:
        """Letters."""
        here = self._here()
        if key == "x" and here:
            self.dismiss(CalendarAnswer("remove", here.on))
        elif key == "m" and here and here.due:
            self.dismiss(CalendarAnswer("move", here.on))
        elif does := {"a": "add", "c": "country", "w": "weekdays", "h": "hours"}.get(key):
            self.dismiss(CalendarAnswer(does, here.on if here else None))
        else:
            self.steps(key)


class DaysOffAnswer(NamedTuple):
    """Which days, both included, and what they are."""

    first: date
    last: date
    name: str = ""


class DaysOffModal(Question[DaysOffAnswer]):
    """A day off, or several: the days, then what they are."""

    def __init__(self, days: Days, typed: str = "", problem: str = "") -> None:
        """typed: what is offered again. problem: why it was refused."""
        super().__init__(typed)
        self._days = days
        self._first, self._last = DateField(days), DateField(days)
        self.text, self._problem = typed, problem
        self._names = False
        """Whether the days are known, and the name is asked."""
        self._read(typed)

    def heading(self) -> str:
        """What is asked."""
        return "Day off"

    def keys(self) -> Sequence[Key]:
        """Enter goes on."""
        back = (("shift+tab", "back"),) if self._names else ()
        return ("enter", "save" if self._names else "next"), *back, ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """The field, and what was understood."""
        span = self._span()
        if self._names and span:
            what = Row([label("What", 6, here=True)], field_at=6)
            about = says("A few words, or nothing: what your trace and your colleagues read.", "dim", width)
            return [*says(self._words(*span), "strong", width), Row(), what, *about]
        field = Row([label("Day", 6, here=True)], field_at=6)
        if self._problem:
            return [field, *says(self._problem, "overdue", width)]
        if span:
            return [field, *says(self._words(*span), "strong", width)]
        odd = next((each for each in (self._first, self._last) if each.problem or each.offers), None)
        return [field, *(odd.rows(width) if odd else says(EXAMPLE, "dim", width))]

    def _span(self) -> tuple[date, date] | None:
        """The first and the last day, once both are known."""
        if self._first.when is None:
            return None
        if ".." not in self.text:
            return self._first.when.day, self._first.when.day
        return (self._first.when.day, self._last.when.day) if self._last.when else None

    def _words(self, first: date, last: date) -> str:
        if first == last:
            return self._days.in_full(first)
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        count = sum(map(self._days.is_working, span))
        days = (exact_day(day, today=self._days.today) for day in (first, last))
        return f"{' to '.join(days)}: {plural(count, 'working day')}"

    def _read(self, text: str) -> None:
        first, _, last = text.partition("..")
        self._first.read(first)
        self._last.read(last)

    def typed(self, text: str) -> None:
        """Understood while it is typed."""
        if not self._names and text != self.text:
            self.text, self._problem = text, ""
            self._read(text)
        self.redraw()

    def action_tab(self, by: int) -> None:
        """Back to the days."""
        if by < 0 and self._names:
            self._names = False
            self.field.hold(self.text)
            self.redraw()

    def action_enter(self) -> None:
        """The days are taken, then the name."""
        span = self._span()
        if span is None:
            for each in (self._first, self._last):
                each.enter()
        elif self._names:
            self.dismiss(DaysOffAnswer(*span, self.field.value.strip()))
            return
        else:
            self._names = True
            self.field.hold("")
        self.redraw()

    def action_move(self, by: int) -> None:
        """Over the exact days that are offered instead of vague words."""
        for each in (self._first, self._last):
            each.move(by)
        self.redraw()


class PlaceModal(ListQuestion[str]):
    """A country, or a part of one; the empty key is none, or all of it."""

    LABEL = "Find"
    NOTHING = 'None has "{}" in its name.'

    def __init__(self, title: str, places: Sequence[tuple[str, str]], none: str, current: str) -> None:
        """places: code and name each. none: what the empty key means. current: the code that counts now."""
        items = [Item("", none), *(Item(code, name or code, code if name else "") for code, name in places)]
        super().__init__(title, items)
        self.list.go(current)

    def keys(self) -> Sequence[Key]:
        """Enter takes it."""
        return ("enter", "take it"), ("esc", "leave")

    def taken(self, key: str) -> None:
        """This one."""
        self.dismiss(key)

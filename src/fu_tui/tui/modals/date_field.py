"""A day asked in words, for every question that needs one. One rule: what was understood is said while it is typed, and
only an exact day is an answer (R18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import NamedTuple

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import to_zone
from fu_tui.core.dates import BadDate, VagueDate, parse_when
from fu_tui.core.dates_words import away_words, exact_day, say_when
from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.rows import Row, says, words
from fu_tui.tui.present.moment import Moment

EXAMPLES = "fri · 27 nov · tomorrow 14:00 · +3d · 3bd · in 2 weeks"

HOUR_TOO = "Name the day and its hour: fri 14:00 · 27 nov 9:30."

WhyNot = Callable[[date], str]
"""Why a day can't be the answer, with the remedy; empty where it can."""


class Days(NamedTuple):
    """What days in words are read against."""

    today: date
    now: time
    """Wall clock; like `today` in the person's zone."""
    calendar: WorkCalendar
    day_first: bool = True
    """How 3/4 is read: 3 April, or 4 March."""

    @classmethod
    def of(cls, moment: Moment, calendar: WorkCalendar, day_first: bool = True) -> Days:
        """The days of a person whose present is `moment`."""
        return cls(moment.today, to_zone(moment.now, moment.tz).time(), calendar, day_first)

    def now_on(self, day: date) -> time | None:
        """The hour that it is, where it is that day."""
        return self.now if day == self.today else None

    def in_full(self, day: date, at: time | None = None) -> str:
        """What was understood: "Fri 27 Nov 2026, 14:00, in 3 days"."""
        return say_when(day, at, self.today) + self._off(day)

    def exact(self, day: date, at: time | None = None) -> str:
        """The day beside its key: "Fri 27 Nov", "Fri 27 Nov 13:00", "Sat 28 Nov · day off"."""
        return exact_day(day, today=self.today) + (f" {at:%H:%M}" if at else "") + self._off(day)

    def _off(self, day: date) -> str:
        """What a person should know before they choose a day nobody works on."""
        why = self.calendar.why_off(day)
        return f" · {why if day.weekday() in self.calendar.weekdays else 'day off'}" if why else ""

    def is_working(self, day: date) -> bool:
        """Whether the calendar has work on `day`."""
        return self.calendar.is_working(day)


class WhenAnswer(NamedTuple):
    """The day, and the hour of the wall clock where one was named."""

    day: date
    at: time | None = None


def not_past(today: date) -> WhyNot:
    """Refuses days before `today`."""
    return lambda day: "" if day >= today else "That day is past. Name one from today on."


class DateField:
    """What was typed, and what it means."""

    def __init__(self, days: Days, why_not: WhyNot | None = None, *, needs_hour: bool = False) -> None:
        """why_not: what refuses a day; without it, days that are past. needs_hour: a day alone is no answer."""
        self.days = days
        self.text = ""
        self.when: WhenAnswer | None = None
        self.problem = ""
        """Why what was typed is no answer, with the remedy."""
        self.offers: PickList | None = None
        """Three exact days instead of a vague phrase."""
        self._offered: dict[str, date] = {}
        self._why_not = why_not or not_past(days.today)
        self._needs_hour = needs_hour
        self._pressed = False

    def read(self, text: str) -> None:
        """Understand `text`."""
        if text == self.text:
            return
        self.text, self.when, self.problem, self.offers, self._pressed = text, None, "", None, False
        if not text.strip():
            return
        try:
            found = parse_when(
                text,
                today=self.days.today,
                now=self.days.now,
                day_first=self.days.day_first,
                is_working=self.days.is_working,
            )
        except VagueDate as vague:
            if self._needs_hour:
                self.problem = f"{vague.message} {HOUR_TOO}"
            else:
                self._offer(vague)
        except BadDate as bad:
            self.problem = str(bad)
        else:
            self.problem = self._why_not(found.day) or (
                HOUR_TOO if self._needs_hour and found.at is None else ""
            )
            self.when = None if self.problem else WhenAnswer(found.day, found.at)

    def _offer(self, vague: VagueDate) -> None:
        self._offered = {words: day for words, day in vague.offers if not self._why_not(day)}
        if not self._offered:
            self.problem = self._why_not(vague.offers[0][1])
            return
        self.problem = f"{vague.message} Which one?"
        self.offers = PickList(
            [Item(name, name, away_words(day, self.days.today)) for name, day in self._offered.items()]
        )

    def move(self, by: int) -> None:
        """The cursor among the offers."""
        if self.offers:
            self.offers.move(by)

    def enter(self) -> WhenAnswer | None:
        """The answer: the day that was understood, or the offer under the cursor; None where there is neither."""
        self._pressed = True
        if self.offers and self.offers.here:
            return WhenAnswer(self._offered[self.offers.here.key])
        if not self.text.strip():
            self.problem = HOUR_TOO if self._needs_hour else f"Name a day: {EXAMPLES}."
        return self.when

    def pick(self, key: str) -> WhenAnswer | None:
        """The offer that was clicked."""
        return WhenAnswer(self._offered[key]) if key in self._offered else None

    def rows(self, width: int) -> list[Row]:
        """What was understood, or what is wrong, with the offers below."""
        if self.when:
            return [Row([words(self.days.in_full(self.when.day, self.when.at), "strong", width)])]
        if self.problem:
            told = says(self.problem, "overdue" if self._pressed else "dim", width)
            return [*told, *(self.offers.rows(width) if self.offers else [])]
        return says(EXAMPLES, "dim", width, 2)

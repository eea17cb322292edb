"""Spreading marked tasks: the plan, before anything is moved. One rule: what is drawn is the plan it was given, and the
answer is over how many days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from fu_tui.core.dates_words import exact_day
from fu_tui.core.spreading import MOST_DAYS
from fu_tui.queries.series_rows import Spread, SpreadDay
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Line, Row, says, words
from fu_tui.tui.present.cells import fit
from fu_tui.tui.present.load import HOLLOW, SOLID
from fu_tui.tui.present.words import plural

_DAY, _BAR, _WHO = 16, 30, 20
_MOST_DAYS, _FEW_DAYS, _MOST_STAYS = 14, 7, 4


class SpreadAnswer(NamedTuple):
    """Do it."""

    over: int | None
    """Over how many working days; None: as few as the rate allows."""


class SpreadModal(Question[SpreadAnswer]):
    """Which day gets how many."""

    def __init__(self, plan_of: Callable[[int | None], Spread], today: date) -> None:
        """plan_of: the plan over so many days. Raises what it raises for the first plan."""
        super().__init__()
        self._plan_of, self._today = plan_of, today
        self.plan = plan_of(None)

    @property
    def _moved(self) -> int:
        return sum(move.to != move.due_on for move in self.plan.moves)

    @property
    def _used(self) -> int:
        return len({move.to for move in self.plan.moves})

    def heading(self) -> str:
        """How many, over how many days."""
        over = f"{plural(self._moved, 'task')} over {plural(self._used, 'day')}"
        return f"Spread {over}" if self._moved else "Spread"

    def keys(self) -> Sequence[Key]:
        """Enter only where something moves."""
        does = (("enter", "spread"),) if self._moved else ()
        return (*does, ("+", "a day more"), ("-", "a day less"), ("esc", "leave"))

    def rows(self, width: int) -> list[Row]:
        """A line a day, then what stays."""
        plan = self.plan
        several = len({day.owner for day in plan.days}) > 1
        rows = []
        most = _FEW_DAYS if self.brief else _MOST_DAYS
        told = max((len("".join(_counts(day))) for day in plan.days), default=0)
        bar = min(_BAR, width - _DAY - told - 1 - (_WHO if several else 0))
        for day in plan.days[:most]:
            who = [words(f" {day.owner}", "dim", _WHO)] if several else []
            rows.append(Row([*self._line(day, width, bar), *who]))
        if len(plan.days) > most:
            rows.append(Row([(f"{plural(len(plan.days) - most, 'day')} more", "dim")]))
        if not plan.moves:
            rows += says("None of these is moved by spreading.", "text", width)
        elif not self._moved:
            rows += [Row(), *says("They lie on free days as they are.", "text", width)]
        if plan.stays:
            rows.append(Row())
        for stay in plan.stays[:_MOST_STAYS]:
            rows += says(f"stays: {stay.action}, {stay.why}", "dim", width, 2)
        if len(plan.stays) > _MOST_STAYS:
            rows.append(Row([(f"and {len(plan.stays) - _MOST_STAYS} others", "dim")]))
        return rows

    def _line(self, day: SpreadDay, width: int, room: int) -> Line:
        whole = day.there + day.comes
        most = max([each.there + each.comes for each in self.plan.days] + [day.rate])
        solid = round(day.there * room / most) if room > 3 else 0
        hollow = max(round(whole * room / most) - solid, bool(day.comes)) if room > 3 else 0
        counts, usual = _counts(day)
        narrow = _DAY + len(counts) + len(usual) + 1 > width
        return [
            (fit(exact_day(day.day, today=self._today), _DAY), "dim"),
            (SOLID * solid, "upcoming"),
            (HOLLOW * hollow, "accent"),
            (" " * max(0, room - solid - hollow), "dim") if room > 3 else ("", "dim"),
            (f" {counts}", "strong"),
            (" over" if narrow and whole > day.rate else usual, "overdue" if whole > day.rate else "dim"),
        ]

    def action_enter(self) -> None:
        """Do it."""
        if self._moved:
            self.dismiss(SpreadAnswer(self.plan.over))

    def pressed(self, key: str) -> None:
        """More days, or fewer."""
        if key in ("+", "="):
            self._over(self._used + 1)
        elif key == "-" and self._used > 1:
            self._over(self._used - 1)

    def _over(self, days: int) -> None:
        self.plan = self._plan_of(min(days, MOST_DAYS))
        self.redraw()


def _counts(day: SpreadDay) -> tuple[str, str]:
    """What lies there and what comes, and beside it what gets done on a usual day: "6 there, 2 come", ": over the
    usual 2"."""
    there = f"{day.there} there, " if day.there else ""
    comes = f"{day.comes} {'comes' if day.comes == 1 else 'come'}"
    over = day.there + day.comes > day.rate
    return f"{there}{comes}", f": over the usual {day.rate}" if over else f" · usual {day.rate}"

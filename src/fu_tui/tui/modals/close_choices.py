"""Which outcomes a close offers, without a screen. One rule: the table of outcomes says what there is and what can't
be; only the months are added here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from fu_tui.core.dates_days import add_months
from fu_tui.core.outcomes import BY_CODE, DECISIONS, FIRST_LINE, TABLE, Outcome, why_not
from fu_tui.core.terms import Roll
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.pick import Letter

CHECK_BACK = "check_back"
MONTHS = {"3": 3, "6": 6}
"""The keys that check back in so many months (R101)."""


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """What is to be closed."""

    count: int
    action: str
    """The task's action; of several the first one's."""
    is_decide: bool
    lines: Mapping[str, str]
    """Outcome → what would follow, in words: "Call: open questions, Fri 27 Nov"."""
    after: Callable[[str, date], str] | None = None
    """What would follow an outcome that asks a day, once that day is known."""
    note: str = ""
    """What was typed before and not saved."""
    day: str = ""
    """The day in words that was typed before and not saved."""


def choices(question: CloseQuestion) -> tuple[list[Letter], list[Letter]]:
    """The outcomes of the first line, a decision's answers first where it is one, and those under "more"."""
    codes = (*DECISIONS, FIRST_LINE[0]) if question.is_decide else FIRST_LINE
    first = [_letter(BY_CODE[code], question) for code in codes]
    rest = [_letter(row, question) for row in TABLE if row.code not in codes]
    more = [letter for letter in rest if not letter.why_not]
    at = next((at for at, letter in enumerate(more) if letter.code == CHECK_BACK), None)
    if at is not None:
        more[at + 1 : at + 1] = [
            Letter(key, CHECK_BACK, f"check back in {months}")
            for key, months in (("3", "3 months"), ("6", "6 months"))
        ]
    return first, more


def unlisted(question: CloseQuestion) -> list[Letter]:
    """The outcomes that can't be chosen and are not shown; their letters tell why."""
    listed = {letter.key for group in choices(question) for letter in group}
    return [_letter(row, question) for row in TABLE if row.key not in listed]


def months_ahead(days: Days, key: str) -> date:
    """The working day three or six months from today, for the keys 3 and 6 (R101)."""
    return days.calendar.roll(add_months(days.today, MONTHS[key]), Roll.FORWARD)


def _letter(row: Outcome, question: CloseQuestion) -> Letter:
    why = why_not(row, is_decide=question.is_decide)
    then = question.lines.get(row.code) or (f"asks {row.asks}" if row.asks else "")
    return Letter(row.key, row.code, row.label, "" if why else then, why)

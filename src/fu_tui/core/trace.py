"""Why a due day is that day: what went in, which days were passed over, each shift in words.

One rule: `inputs` and `off` alone are enough to compute the day again; `lines` are for people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fu_tui.core.dates_words import MONTHS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Trace:
    """The arithmetic behind one due day; stored beside it as JSON."""

    rule: str
    """Which arithmetic it was; fu_tui.core.schedule knows them."""
    inputs: Mapping[str, str | int | None]
    """Everything that went in: ISO dates, counts of days or months, names of options."""
    off: Mapping[date, str]
    """The off days that were looked at and passed over, and why each is off."""
    lines: tuple[str, ...]
    """One sentence for each shift, in order."""
    due_on: date
    """The day that came out."""

    def to_json(self) -> str:
        """The trace as one line of JSON."""
        return json.dumps(
            {
                "rule": self.rule,
                "inputs": dict(self.inputs),
                "off": {day.isoformat(): why for day, why in self.off.items()},
                "lines": self.lines,
                "due_on": self.due_on.isoformat(),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> Trace:
        """The trace that `to_json` wrote. Raises ValueError for any other text."""
        try:
            read = json.loads(text)
            return cls(
                rule=str(read["rule"]),
                inputs=dict(read["inputs"]),
                off={date.fromisoformat(day): str(why) for day, why in read["off"].items()},
                lines=tuple(map(str, read["lines"])),
                due_on=date.fromisoformat(read["due_on"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not the trace of a due day: {text[:80]!r}") from error


def day_text(day: date, beside: date | None = None) -> str:
    """`day` in words, "Thu 26 Nov"; with its year where `beside` lies in another one."""
    year = f" {day.year}" if beside is not None and beside.year != day.year else ""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def distance_text(months: int, days: int, unit: str, what: str) -> str:
    """How far from `what`: "3 days after closing", "1 month and 2 days before the event", "on closing"."""
    if not months and not days:
        return f"on {what}"
    before = months <= 0 and days <= 0
    sign = -1 if before else 1
    parts = [amount_text(n * sign, name) for n, name in ((months, "month"), (days, unit)) if n]
    return f"{' and '.join(parts)} {'before' if before else 'after'} {what}"


def later_text(months: int, days: int, unit: str) -> str:
    """How far from the step before: "3 days later", "1 month and 2 days later", "on the same day"."""
    parts = [amount_text(n, name) for n, name in ((months, "month"), (days, unit)) if n]
    return f"{' and '.join(parts)} later" if parts else "on the same day"


def moved_text(how: str, day: date, landed: date, past: str) -> str:
    """A line: "3 days after closing (Mon 23 Nov) → Thu 26 Nov", or without the arrow where nothing moved."""
    said = f"{how} ({day_text(day, landed)}){past}"
    return said if day == landed else f"{said} → {day_text(landed, day)}"


def off_text(passed: Mapping[date, str], beside: date) -> str:
    """Why the first day was passed over, then the names of further holidays, for a line."""
    first, *others = passed.items()
    said = [_why_text(*first, beside)]
    said += [_why_text(day, why, beside) for day, why in others if not _is_weekly(day, why)]
    return ", ".join(said)


def past_text(passed: Mapping[date, str]) -> str:
    """The holidays among the days passed over: ", past Thanksgiving"; empty where there is none."""
    names = dict.fromkeys(why for day, why in passed.items() if not _is_weekly(day, why))
    return f", past {' and '.join(names)}" if names else ""


def amount_text(count: int, unit: str) -> str:
    """A count with its unit: "1 day", "2 days"."""
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _is_weekly(day: date, why: str) -> bool:
    return why == WEEKDAYS[day.weekday()]


def _why_text(day: date, why: str, beside: date) -> str:
    return f"{day_text(day, beside)} is {'not a working day' if _is_weekly(day, why) else why}"

"""Fixed recurrences: what may repeat, and on which days it falls (R115). Pure. One rule: only what is listed here is a
rule, and it is never followed further than to the next day that is asked for.

A rule is stored as an RRULE. Days that a month lacks clamp to its end: what falls on the 31st falls on 28 February.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from fu_tui.core.errors import UsageError

MOST_TIMES = 1000
LONGEST = {"DAILY": 3650, "WEEKLY": 520, "MONTHLY": 120, "YEARLY": 10}
"""How many units may lie between two occurrences: ten years, so that the next one is always near."""
DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKWEEK = (0, 1, 2, 3, 4)
LAST = -1
_BEYOND = 11
"""Years after the day asked for in which a rule has its next occurrence, if it has one."""
_SHORTEST = 28
"""Days that every month has."""
_NTH = (1, 2, 3, 4, LAST)
KNOWN = "Try: every month, every 3 months, every 2nd friday, every year on 1 mar, monthly on the last day."


class Freq(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A rule. Raises UsageError where it is none that is allowed."""

    freq: Freq
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    """Monday = 0; weekly and monthly rules only."""
    nth: int = 0
    """Which of those weekdays in the month, -1 the last; 0 in a weekly rule."""
    month_days: tuple[int, ...] = ()
    """Days of the month, -1 its last; monthly rules only."""
    count: int | None = None
    """How many occurrences there are in all."""
    until: date | None = None
    """The last day on which one may fall."""

    def __post_init__(self) -> None:
        if not 1 <= self.interval <= LONGEST[self.freq]:
            raise UsageError(
                f"{self.interval} is no distance between two occurrences.",
                "It is 1 or more, ten years at most.",
            )
        if self.count is not None and not 1 <= self.count <= MOST_TIMES:
            raise UsageError(
                f"{self.count} times is not possible.", f"1 to {MOST_TIMES:,} times, or without an end."
            )
        if self.count is not None and self.until is not None:
            raise UsageError("It ends after so many times, or on a day.", "Leave one of the two out.")
        monthly = self.freq is Freq.MONTHLY
        if self.weekdays and self.freq is not Freq.WEEKLY and not (monthly and self.nth in _NTH):
            raise UsageError(
                "Weekdays go with weeks, or with months as their first to fourth or last.", KNOWN
            )
        if self.nth and not (self.weekdays and monthly):
            raise UsageError("Which weekday of the month?", KNOWN)
        if self.month_days and (not monthly or self.weekdays):
            raise UsageError("Days of the month go with months, without weekdays.", KNOWN)
        if any(not (1 <= day <= 31 or day == LAST) for day in self.month_days):
            raise UsageError("A month has days 1 to 31.", KNOWN)
        if len(self.month_days) > 1 and not all(1 <= day <= _SHORTEST for day in self.month_days):
            raise UsageError(
                "Not every month has all of these days.", "Name days from 1 to 28, or a single one."
            )

    @property
    def text(self) -> str:
        """The rule as an RRULE."""
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            nth = str(self.nth) if self.nth else ""
            parts.append("BYDAY=" + ",".join(f"{nth}{DAY_NAMES[day]}" for day in self.weekdays))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    def first_on(self, from_on: date) -> date:
        """Where it begins, if nobody says: on the next day that it names, however long it then waits each time."""
        return replace(self, interval=1, count=None).next_on(from_on, from_on) or from_on

    def next_on(self, start_on: date, from_on: date) -> date | None:
        """The first occurrence on or after `from_on` of what begins on `start_on`; None after the last one."""
        from dateutil import rrule  # type: ignore[import-untyped]

        from_on = max(from_on, start_on)
        until = self.until
        if self.count is None:
            horizon = date(min(from_on.year + _BEYOND, date.max.year), 12, 31)
            until = min(until, horizon) if until else horizon
        found = rrule.rrule(
            getattr(rrule, self.freq), _noon(start_on), interval=self.interval, count=self.count,
            until=_noon(until) if until else None, **self._days(rrule, start_on),
        ).after(_noon(from_on), inc=True)  # fmt: skip
        return found.date() if found else None

    def _days(self, rrule: object, start_on: date) -> dict[str, object]:
        """On which days of its period it falls, for the library."""
        if self.weekdays:
            named = [getattr(rrule, DAY_NAMES[day]) for day in self.weekdays]
            return {"byweekday": [day(self.nth) for day in named] if self.nth else named}
        if self.freq is Freq.MONTHLY:
            days = self.month_days or (start_on.day,)
            return _clamped(days[0]) if len(days) == 1 else {"bymonthday": days}
        if self.freq is Freq.YEARLY:
            return {"bymonth": start_on.month} | _clamped(start_on.day)
        return {}


def parse_rrule(text: str) -> Repeat:
    """The rule that an RRULE says. Raises UsageError for one that is not allowed, naming what is wrong."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").strip(";").split(";"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value or name in parts:
            raise UsageError(
                f'"{part}" is no part of a rule, or stands twice.', "A part is NAME=VALUE: FREQ=MONTHLY."
            )
        parts[name] = value
    unknown = sorted(parts.keys() - {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY"})
    if unknown:
        raise UsageError(
            f"A rule has no {unknown[0]} here.",
            "It may have FREQ, INTERVAL, COUNT, UNTIL, BYDAY and BYMONTHDAY.",
        )
    if parts.get("FREQ") not in {freq.value for freq in Freq}:
        raise UsageError(f'"{parts.get("FREQ", "")}" is no FREQ.', "DAILY, WEEKLY, MONTHLY or YEARLY.")
    weekdays, nth = _weekdays(parts.get("BYDAY", ""))
    days = parts.get("BYMONTHDAY")
    return Repeat(
        Freq(parts["FREQ"]), _whole(parts.get("INTERVAL", "1")), weekdays, nth,
        tuple(_whole(day) for day in days.split(",")) if days else (),
        _whole(parts["COUNT"]) if "COUNT" in parts else None, _until(parts.get("UNTIL")),
    )  # fmt: skip


def _weekdays(text: str) -> tuple[tuple[int, ...], int]:
    days: list[int] = []
    nths: set[int] = set()
    for part in filter(None, text.split(",")):
        nth, day = part[:-2], part[-2:]
        if day not in DAY_NAMES:
            raise UsageError(
                f'"{part}" is no weekday.', f"{', '.join(DAY_NAMES)}; with a number before it: 2FR."
            )
        days.append(DAY_NAMES.index(day))
        nths.add(_whole(nth) if nth else 0)
    if len(nths) > 1:
        raise UsageError(
            f'"{text}" counts its weekdays differently.', "The same number before each, as in 2TU,2TH."
        )
    return tuple(sorted(set(days))), nths.pop() if nths else 0


def _whole(text: str) -> int:
    digits = text.lstrip("+-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 6:
        raise UsageError(f'"{text}" is no whole number.', KNOWN)
    return int(text)


def _until(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007  a civil day
    except ValueError:
        raise UsageError(f'"{text}" is no day.', "UNTIL=20271231.") from None


def _noon(day: date) -> datetime:
    """A civil day for the library, which wants an hour; there is no zone in it."""
    return datetime.combine(day, time(12))


def _clamped(day: int) -> dict[str, object]:
    """The day of the month, or the last one of a month that has fewer days."""
    if 1 <= day <= _SHORTEST:
        return {"bymonthday": day}
    last = 31 if day == LAST else day
    return {"bymonthday": tuple(range(_SHORTEST, last + 1)), "bysetpos": LAST}

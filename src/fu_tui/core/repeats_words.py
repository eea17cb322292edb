"""A fixed recurrence in plain words, read and said. One rule: what is said, read again, is the same rule."""

from __future__ import annotations

import re
from datetime import date, time
from typing import NamedTuple

from fu_tui.core.dates_vocabulary import MONTHS as MONTH_NUMBERS
from fu_tui.core.dates_vocabulary import WEEKDAYS as WEEKDAY_NUMBERS
from fu_tui.core.dates_words import LONG_WEEKDAYS, MONTHS, WEEKDAYS, day_words
from fu_tui.core.errors import UsageError
from fu_tui.core.repeats import KNOWN, LAST, WORKWEEK, Freq, Repeat, parse_rrule

_UNITS = {
    "day": (Freq.DAILY, 1), "week": (Freq.WEEKLY, 1), "fortnight": (Freq.WEEKLY, 2), "month": (Freq.MONTHLY, 1),
    "quarter": (Freq.MONTHLY, 3), "year": (Freq.YEARLY, 1),
}  # fmt: skip
ADVERBS = {
    "daily": "every day", "weekly": "every week", "biweekly": "every 2 weeks", "fortnightly": "every 2 weeks",
    "monthly": "every month", "quarterly": "every quarter", "yearly": "every year", "annually": "every year",
    "half-yearly": "every 6 months",
}  # fmt: skip
_COUNTED = {
    "other": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12,
}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST}
_NTH_NAMES = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
_WORKDAYS = {"weekday", "workday", "working day", "business day"}
_NAMED = "|".join(sorted({name for name in WEEKDAY_NUMBERS}, key=len, reverse=True))
_DAYS = rf"(?:{_NAMED})s?(?:(?:,| and|, and) (?:{_NAMED})s?)*"
_NTH = r"first|second|third|fourth|last|1st|2nd|3rd|4th"
_UNIT_NAMES = {Freq.DAILY: "day", Freq.WEEKLY: "week", Freq.MONTHLY: "month", Freq.YEARLY: "year"}


class Said(NamedTuple):
    """A rule, and the day it begins where the words name one."""

    repeat: Repeat
    start_on: date | None = None


def read_repeat(text: str, *, today: date) -> Said:
    """The rule that `text` says, in words or as an RRULE; "every" may be left out: "3 months on 1 mar".

    Raises UsageError, which names what is understood.
    """
    if "FREQ=" in text.upper():
        return Said(parse_rrule(text))
    words = " ".join(text.lower().replace("each ", "every ").split()).rstrip(".")
    words, until = _until(words, today)
    words, count = _times(words)
    head, _, tail = words.partition(" on ")
    if not tail and words.startswith("on "):
        head, tail = "", words[3:]
    if not head and not tail:
        raise _unknown(text)
    head = ADVERBS.get(head, head)
    repeat, start = _head(head.removeprefix("every ").strip(), text), None
    if tail:
        repeat, start = _on(repeat, tail.removeprefix("the ").strip(), text, today)
    return Said(
        Repeat(repeat.freq, repeat.interval, repeat.weekdays, repeat.nth, repeat.month_days, count, until),
        start,
    )


def repeat_words(repeat: Repeat, start_on: date) -> str:
    """The rule as people say it: "every 3 months", "every 2 weeks on Fri", "every year on 1 Mar until …"."""
    n, unit = repeat.interval, _UNIT_NAMES[repeat.freq]
    said = f"every {unit}" if n == 1 else f"every {n} {unit}s"
    if repeat.freq is Freq.WEEKLY:
        days = repeat.weekdays or (start_on.weekday(),)
        if days == WORKWEEK and n == 1:
            said = "every weekday"
        elif n == 1 and len(days) == 1:
            said = f"every {LONG_WEEKDAYS[days[0]]}"
        else:
            said += " on " + _listed([WEEKDAYS[day] for day in days])
    elif repeat.nth:
        said += f" on the {_NTH_NAMES[repeat.nth]} " + _listed([WEEKDAYS[day] for day in repeat.weekdays])
    elif repeat.freq is Freq.MONTHLY:
        days = repeat.month_days or (start_on.day,)
        said += " on the " + ("last day" if days == (LAST,) else _listed([_ordinal(day) for day in days]))
    elif repeat.freq is Freq.YEARLY:
        said += f" on {start_on.day} {MONTHS[start_on.month - 1]}"
    if repeat.until:
        said += f" until {day_words(repeat.until).split(' ', 1)[1]}"
    if repeat.count:
        said += f", {repeat.count} times" if repeat.count > 1 else ", once"
    return said


def _head(head: str, text: str) -> Repeat:
    """ "3 months", "2nd friday", "weekday": what stands before "on"."""
    if not head:
        return Repeat(Freq.WEEKLY)
    if head in _WORKDAYS or head.rstrip("s") in _WORKDAYS:
        return Repeat(Freq.WEEKLY, weekdays=WORKWEEK)
    nth = re.fullmatch(rf"({_NTH}) ({_DAYS}) of (?:the|every|each) month", head)
    if nth:
        return Repeat(Freq.MONTHLY, weekdays=_weekdays(nth[2]), nth=_nth(nth[1]))
    last = re.fullmatch(r"(?:the )?last day of (?:the|every) month", head)
    if last:
        return Repeat(Freq.MONTHLY, month_days=(LAST,))
    found = re.fullmatch(rf"(?:(\d+)(?:st|nd|rd|th)? |({'|'.join((*_COUNTED, *_ORDINALS))}) )?(.+)", head)
    if found is None:
        raise _unknown(text)
    number, word, what = found[1], found[2], found[3]
    n = int(number[:6]) if number else _COUNTED.get(word or "", _ORDINALS.get(word or "", 1))
    if re.fullmatch(_DAYS, what):
        return Repeat(Freq.WEEKLY, n, _weekdays(what))
    unit = _UNITS.get(what.removesuffix("s"))
    if unit is None:
        raise _unknown(text)
    return Repeat(unit[0], n * unit[1])


def _on(repeat: Repeat, tail: str, text: str, today: date) -> tuple[Repeat, date | None]:
    """What stands behind "on": weekdays, days of the month, or the day it begins."""
    freq, n = repeat.freq, repeat.interval
    tail = tail.removesuffix(" of the month")
    if re.fullmatch(_DAYS, tail) and freq is Freq.WEEKLY:
        return Repeat(freq, n, _weekdays(tail)), None
    nth = re.fullmatch(rf"({_NTH}) ({_DAYS})", tail)
    if nth and freq is Freq.MONTHLY:
        return Repeat(freq, n, _weekdays(nth[2]), _nth(nth[1])), None
    if tail == "last day" and freq is Freq.MONTHLY:
        return Repeat(freq, n, month_days=(LAST,)), None
    days = re.fullmatch(
        r"(\d{1,2}(?:st|nd|rd|th)?)((?:(?:,| and|, and) (?:the )?\d{1,2}(?:st|nd|rd|th)?)*)", tail
    )
    if days and freq is Freq.MONTHLY:
        numbers = sorted({int(number) for number in re.findall(r"\d+", tail)})
        return Repeat(freq, n, month_days=tuple(numbers)), None
    return repeat, _day(tail, text, today)


def _day(words: str, text: str, today: date) -> date:
    from fu_tui.core.dates import parse_when

    named = re.fullmatch(r"(?:(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)|([a-z]+) (\d{1,2})(?:st|nd|rd|th)?)", words)
    month = MONTH_NUMBERS.get((named[2] or named[3]) if named else "")
    if named and month:
        day = int(named[1] or named[4])
        for year in range(today.year, today.year + 9):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found >= today:
                return found
        raise _unknown(text)
    return parse_when(words, today=today, now=time(0)).day


def _until(words: str, today: date) -> tuple[str, date | None]:
    head, until, tail = words.partition(" until ")
    return (head, _day(tail, words, today)) if until else (words, None)


def _times(words: str) -> tuple[str, int | None]:
    found = re.search(r",? (?:(\d{1,6}) times|(once)|(twice))$", words)
    if found is None:
        return words, None
    return words[: found.start()], int(found[1]) if found[1] else 1 if found[2] else 2


def _weekdays(words: str) -> tuple[int, ...]:
    names = re.findall(rf"({_NAMED})s?\b", words)
    return tuple(sorted({WEEKDAY_NUMBERS[name] for name in names}))


def _nth(word: str) -> int:
    return _ORDINALS[word] if word in _ORDINALS else int(word[0])


def _ordinal(day: int) -> str:
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _unknown(text: str) -> UsageError:
    return UsageError(f'"{text.strip()}" is no fixed rhythm.', KNOWN)

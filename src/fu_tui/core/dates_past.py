"""When something was, in words: "9:30", "yesterday 14:00", "fri", "20 nov", "2 days ago". One rule: the same words as
for a day to come mean the last such day, and an instant to come is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from fu_tui.core.dates import BadDate, When, parse_when
from fu_tui.core.dates_words import WEEKDAYS, day_words
from fu_tui.core.months import add_months

WEEK = 7
_YEAR = re.compile(r"\b\d{4}\b")
_AGO = re.compile(r"(\d{1,3}) (day|week)s? ago\b\s*")


def parse_past(text: str, *, today: date, now: time, day_first: bool = True) -> When:
    """The last day, perhaps with an hour, that `text` names; `today` and `now` are the person's.

    Raises BadDate for no date, for one that is vague, or for one to come.
    """
    words = " ".join(text.casefold().split())
    ago = _AGO.match(words)
    if ago:
        days = int(ago[1]) * (WEEK if ago[2] == "week" else 1)
        day, hour = today - timedelta(days=days), words[ago.end() :]
        found = (
            parse_when(hour, today=today, now=time(), day_first=day_first)
            if hour
            else When(day, None, 0, len(text))
        )
        found = replace(found, day=day)
    else:
        found = parse_when(text, today=today, now=time(), day_first=day_first)
    if found.day > today:
        found = replace(found, day=_before(found.day, words, today))
    if (found.day, found.at or time()) > (today, now):
        said = f"{day_words(found.day)}{f', {found.at:%H:%M}' if found.at else ''}"
        raise BadDate(
            f"{said} is still to come.", 'Write when it was, like "9:30", "yesterday 14:00" or "fri".'
        )
    return found


def _before(day: date, words: str, today: date) -> date:
    """The last such day: a week earlier for a weekday, a year earlier for a date without its year."""
    names_weekday = any(word[:3].title() in WEEKDAYS for word in re.findall(r"[a-z]+", words))
    if names_weekday and day <= today + timedelta(days=WEEK):
        return day - timedelta(days=WEEK)
    if re.search(r"\d", words) and not _YEAR.search(words) and "in " not in f"{words} " and "+" not in words:
        return add_months(day, -12)
    return day


def instant_of(when: When, now: datetime) -> datetime:
    """The wall-clock time that is meant, naive: of a day without its hour noon, but not later than `now`."""
    return min(datetime.combine(when.day, when.at or time(12)), now.replace(tzinfo=None))

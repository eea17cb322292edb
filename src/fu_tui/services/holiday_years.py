"""Public holidays, this year and three years ahead. One rule: a close reads dates and never computes them, so they are
written before anybody reckons in them; a day that somebody entered stays theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from fu_tui.core.errors import UsageError
from fu_tui.store.database import Database
from fu_tui.store.models import Holiday, WorkCalendar
from fu_tui.store.unit import Unit

YEARS_AHEAD = 3
SMALL = frozenset({"And", "Of", "The", "Da"})
"""Words in the name of a country that are written small."""


class Lacking(NamedTuple):
    """A calendar of which public holidays are missing."""

    id: int
    name: str
    country: str
    subdivision: str | None
    years: tuple[int, ...]


@cache
def countries() -> list[tuple[str, str]]:
    """The countries whose public holidays are known, by name: two letters, name."""
    from holidays.registry import COUNTRIES

    return [(entry[1], _name(key)) for key, entry in sorted(COUNTRIES.items())]


def _name(key: str) -> str:
    """isle_of_man → Isle of Man"""
    return " ".join(word.lower() if word in SMALL else word for word in key.replace("_", " ").title().split())


def find_country(said: str) -> str:
    """The two letters of a country named by them or by its name. Raises UsageError."""
    wanted = said.strip().casefold()
    for code, name in countries():
        if wanted in (code.casefold(), name.casefold()):
            return code
    near = [f"{code} {name}" for code, name in countries() if wanted and name.casefold().startswith(wanted)]
    raise UsageError(
        f'No public holidays are known for "{said.strip()}".',
        f"Did you mean {' or '.join(near[:3])}?" if near else "Name a country by its two letters: US, DE.",
    )


def subdivisions(country: str) -> list[tuple[str, str]]:
    """The parts of a country that have holidays of their own: code, name (empty where only the code is known)."""
    import holidays

    kind, names = type(holidays.country_holidays(country)), dict[str, str]()
    for name, code in _aliases(country).items():
        names.setdefault(code, name)  # further ones are the same in another tongue, or short
    return [(code, names.get(code, "")) for code in kind.subdivisions]


def _aliases(country: str) -> Mapping[str, str]:
    """Every name that a part of a country goes by, with its code."""
    import holidays

    return getattr(type(holidays.country_holidays(country)), "subdivisions_aliases", {})


def find_subdivision(country: str, said: str) -> str:
    """The code of a country's part named by it or by one of its names. Raises UsageError naming the parts."""
    wanted, known = said.strip().casefold(), subdivisions(country)
    for name, code in (*((code, code) for code, _ in known), *_aliases(country).items()):
        if wanted == name.casefold():
            return code
    place = dict(countries())[country]
    parts = ", ".join(code for code, _ in known)
    raise UsageError(
        f'{place} has no part "{said.strip()}" with holidays of its own.',
        f"Its parts are {parts}." if parts else "Leave the part out.",
    )


def place_words(country: str | None, subdivision: str | None) -> str:
    """A country with its part: "Canada, British Columbia"; empty without one."""
    if not country:
        return ""
    name = dict(countries()).get(country, country)
    if not subdivision:
        return name
    parts = dict(subdivisions(country)) if name != country else {}
    return f"{name}, {parts.get(subdivision) or subdivision}"


@cache
def public_holidays(country: str, subdivision: str | None, years: tuple[int, ...]) -> Mapping[date, str]:
    """The public holidays of those years; none for a country or part that is not known (another program wrote it)."""
    import holidays

    try:
        found = holidays.country_holidays(country, subdiv=subdivision, years=years, language="en_US")
    except NotImplementedError:
        return {}
    return dict(sorted(found.items()))


def years_from(today: date) -> tuple[int, ...]:
    """The years that are to be filled."""
    return tuple(range(today.year, today.year + YEARS_AHEAD + 1))


def fill_holidays(
    work: Unit, calendar_id: int, country: str | None, subdivision: str | None, today: date
) -> int:
    """Make a country's public holidays the ones of a calendar, from this year on; None: those of no country.

    Own days stay, and so does what is right already. Returns how many public holidays there are from today on.
    Raises UsageError for a country or a part that is not known.
    """
    country = find_country(country) if country else None
    subdivision = find_subdivision(country, subdivision) if country and subdivision else None
    years = years_from(today)
    days = public_holidays(country, subdivision, years) if country else {}
    kept = _written(work.db, calendar_id, years[0])
    for row, (day, name, own) in kept.items():
        if not own and days.get(day) != name:
            work.update(Holiday, row, removed_by=work.entry)
    there = {day for day, name, own in kept.values() if own or days.get(day) == name}
    _insert(work, calendar_id, ((day, name) for day, name in days.items() if day not in there))
    work.update(WorkCalendar, calendar_id, country=country, subdivision=subdivision)
    return sum(day >= today for day in days)


def _written(db: Database, calendar_id: int, year: int) -> dict[int, tuple[date, str, bool]]:
    rows = db.rows(
        "SELECT id, on_date, name, own FROM holiday WHERE calendar_id = ? AND removed_by IS NULL AND on_date >= ?",
        (calendar_id, f"{year}-01-01"),
    )
    return {row: (date.fromisoformat(day), name, bool(own)) for row, day, name, own in rows}


def _insert(work: Unit, calendar_id: int, days: Iterable[tuple[date, str]]) -> int:
    new = list(days)
    for day, name in new:
        work.insert(Holiday, calendar=calendar_id, on_date=day, name=name)
    return len(new)


def lacking(db: Database, today: date) -> tuple[Lacking, ...]:
    """The calendars of a known country whose public holidays end before three years ahead."""
    rows = db.rows(
        "SELECT c.id, c.name, c.country, c.subdivision, max(h.on_date) FROM work_calendar c LEFT JOIN holiday h"
        " ON h.calendar_id = c.id AND h.removed_by IS NULL AND NOT h.own"
        " WHERE c.country IS NOT NULL AND c.removed_by IS NULL GROUP BY c.id ORDER BY c.id"
    )
    found = (
        Lacking(number, name, country, part, tuple(year for year in years_from(today) if year > _year(until)))
        for number, name, country, part, until in rows
    )
    return tuple(lack for lack in found if lack.years and _missing(db, lack))


def _year(day: str | None) -> int:
    return int(day[:4]) if day else 0


def _missing(db: Database, lack: Lacking) -> dict[date, str]:
    known = {row[0] for row in db.rows(
        "SELECT on_date FROM holiday WHERE calendar_id = ? AND removed_by IS NULL", (lack.id,)
    )}  # fmt: skip
    days = public_holidays(lack.country, lack.subdivision, lack.years)
    return {day: name for day, name in days.items() if day.isoformat() not in known}


def fill_ahead(work: Unit, lack: Lacking) -> int:
    """Write the missing years of a calendar. Returns how many days came."""
    return _insert(work, lack.id, _missing(work.db, lack).items())

"""The first records of a new database: a calendar, the person at the keyboard, the shipped stages and cadences."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources
from itertools import chain
from typing import Any

from fu_tui.core.clock import Clock, civil_day
from fu_tui.core.errors import Refused, UsageError
from fu_tui.core.terms import Role, StageKind
from fu_tui.exchange.cadence_file import plan_of_table
from fu_tui.services.cadences import write_version
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person, person
from fu_tui.store.models import Cadence, Holiday, Stage, User, WorkCalendar
from fu_tui.store.unit import Unit, unit

YEARS_AHEAD = 3
"""Holidays are filled this far, so that a close reads dates and never computes them."""


SMALL = frozenset({"And", "Of", "The", "Da"})
"""Words in the name of a country that are written small."""


def seed(db: Database, clock: Clock, *, login: str | None, name: str, country: str | None = None) -> Person:
    """Fill a new, empty database. Returns the person at the keyboard (an admin: it is their file).

    login: the system login that is this person; name: what people see; country: whose public holidays are off days.
    Raises UsageError for a country that is none.
    """
    with unit(db, clock.now(), None, "init") as work:
        calendar = work.insert(WorkCalendar, name="Mon–Fri")
        user = work.insert(
            User, handle=handle_for(db, name), name=name, calendar=calendar, role=Role.ADMIN, login=login
        )
        if country:
            fill_holidays(work, calendar, country, None, civil_day(clock.now(), "local"))
        ship_stages(work)
        ship_cadences(work)
        work.summary = f"set up for {name}"
    return person(db, user)


def describe(
    db: Database,
    clock: Clock,
    who: Person,
    *,
    name: str | None = None,
    email: str | None = None,
    tz: str | None = None,
    country: str | None = None,
    subdivision: str | None = None,
    work_days: str | None = None,
) -> Person:
    """Set what `fu init` asks for: the person's name, mail and zone, their country's holidays, their weekdays.

    work_days: digits, Monday is 1 ("12345"). Raises UsageError for a zone, country or weekdays that do not exist.
    """
    with unit(db, clock.now(), who.id, "init") as work:
        told = {"name": name, "email": email, "tz": zone(tz) if tz else None}
        if any(told.values()):
            work.update(User, who.id, **{key: value for key, value in told.items() if value})
        if work_days:
            work.update(WorkCalendar, who.calendar_id, weekdays=_weekdays(work_days))
        if country:
            today = civil_day(clock.now(), who.tz)
            fill_holidays(work, who.calendar_id, country, subdivision, today)
        work.summary = "changed the settings of the file"
    return person(db, who.id)


def fill_holidays(work: Unit, calendar_id: int, country: str, subdivision: str | None, today: date) -> None:
    """Write the public holidays of a country from this year on, three years ahead; old ones of the calendar go.

    Raises UsageError for a country or subdivision that the holidays library does not know.
    """
    import holidays

    years = range(today.year, today.year + YEARS_AHEAD + 1)
    try:
        days = holidays.country_holidays(country.upper(), subdiv=subdivision, years=years, language="en_US")
    except NotImplementedError:
        raise UsageError(
            f'No holidays are known for "{country}{" " + subdivision if subdivision else ""}".',
            "Use the two letters of the country (US, DE) and the code of its part.",
        ) from None
    for (row,) in work.db.rows(
        "SELECT id FROM holiday WHERE calendar_id = ? AND removed_by IS NULL", (calendar_id,)
    ):
        work.update(Holiday, row, removed_by=work.entry)
    for day, name in sorted(days.items()):
        work.insert(Holiday, calendar=calendar_id, on_date=day, name=name)
    work.update(WorkCalendar, calendar_id, country=country.upper(), subdivision=subdivision)


def countries() -> list[tuple[str, str]]:
    """The countries whose public holidays are known, by name: two letters, name."""
    from holidays.registry import COUNTRIES

    return [(entry[1], _country(key)) for key, entry in sorted(COUNTRIES.items())]


def _country(key: str) -> str:
    """isle_of_man → Isle of Man"""
    return " ".join(word.lower() if word in SMALL else word for word in key.replace("_", " ").title().split())


def handle_for(db: Database, name: str) -> str:
    """A free handle for a name: "Dana Okafor" becomes dana, then dana-okafor, then dana-okafor-2."""
    words = ["".join(letter for letter in word if letter.isalnum()) for word in name.casefold().split()]
    words = [word for word in words if word] or ["user"]
    full = "-".join(words)
    candidates = chain((words[0], full), (f"{full}-{n}" for n in range(2, 10_000)))
    taken = {row[0].casefold() for row in db.rows("SELECT handle FROM user WHERE removed_by IS NULL")}
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    raise Refused(f'There are too many people called "{name}".', "Give this one another name.")


def ship_stages(work: Unit) -> None:
    """Write the shipped pipeline."""
    data = _shipped("stages.toml")
    for position, stage in enumerate(data["stages"], start=1):
        work.insert(
            Stage, pipeline=data["pipeline"], name=stage["name"], position=10 * position,
            kind=StageKind(stage["kind"]), expectation=stage["expectation"],
            within_hours=stage.get("within_hours"), within_days=stage.get("within_days"), cadence_key=stage["cadence"],
        )  # fmt: skip


def ship_cadences(work: Unit) -> None:
    """Write the shipped cadences, each as version 1."""
    for key, data in _shipped("cadences.toml").items():
        write_cadence(work, key, data)


def write_cadence(work: Unit, key: str, data: dict[str, Any]) -> int:
    """Write one cadence from its TOML table. Returns its id. Raises ValueError for a table that is none."""
    plan, remarks = plan_of_table(data, key)
    if plan is None:
        raise ValueError(f"{key}: {'; '.join(map(str, remarks))}")
    cadence = work.insert(Cadence, key=key, name=plan.name, kind=plan.kind)
    write_version(work, cadence, plan, 1)
    return cadence


def _shipped(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("fu_tui.shipped").joinpath(name).read_text(encoding="utf-8"))


def zone(tz: str) -> str:
    """The name of a time zone. Raises UsageError for one that there is not."""
    from zoneinfo import available_timezones

    if tz != "local" and tz not in available_timezones():
        raise UsageError(f'There is no time zone "{tz}".', "Use a name like Europe/Berlin, or local.")
    return tz


def _weekdays(work_days: str) -> str:
    if not work_days or set(work_days) - set("1234567"):
        raise UsageError(f'"{work_days}" names no weekdays.', "Use digits, Monday is 1: 12345 or 23456.")
    return "".join(sorted({str(int(digit) - 1) for digit in work_days}))

"""The first records of a new database: a calendar, the person at the keyboard, the shipped stages and cadences."""

from __future__ import annotations

import tomllib
from importlib import resources
from itertools import chain
from typing import Any

from fu_tui.core.clock import Clock, civil_day
from fu_tui.core.errors import Refused, UsageError
from fu_tui.core.terms import Role, StageKind
from fu_tui.core.work_words import parse_weekdays, weekday_words
from fu_tui.exchange.cadence_file import plan_of_table
from fu_tui.services.cadences import write_version
from fu_tui.services.calendar_change import Change, set_weekdays
from fu_tui.services.holiday_years import fill_holidays
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person, person
from fu_tui.store.models import Cadence, Stage, User, WorkCalendar
from fu_tui.store.unit import Unit, unit


def seed(db: Database, clock: Clock, *, login: str | None, name: str, country: str | None = None) -> Person:
    """Fill a new, empty database. Returns the person at the keyboard (an admin: it is their file).

    login: the system login that is this person; name: what people see; country: whose public holidays are off days.
    Raises UsageError for a country that is none.
    """
    with unit(db, clock.now(), None, "init") as work:
        calendar = work.insert(WorkCalendar, name=weekday_words(range(5)))
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

    work_days: "mon-fri" or digits, Monday is 1 ("12345"). Where colleagues share the calendar the person gets a copy.
    Raises UsageError for a zone, country or weekdays that do not exist.
    """
    with unit(db, clock.now(), who.id, "init") as work:
        told = {"name": name, "email": email, "tz": zone(tz) if tz else None}
        if any(told.values()):
            work.update(User, who.id, **{key: value for key, value in told.items() if value})
        if work_days:
            set_weekdays(work, _own_calendar(work, who.id), parse_weekdays(work_days))
        if country:
            today = civil_day(clock.now(), who.tz)
            fill_holidays(work, _own_calendar(work, who.id), country, subdivision, today)
        work.summary = "changed the settings of the file"
    return person(db, who.id)


def _own_calendar(work: Unit, user_id: int) -> int:
    return Change(work, person(work.db, user_id), shared=False).calendar_id


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

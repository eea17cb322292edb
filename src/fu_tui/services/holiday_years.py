"""Public holidays for the years ahead. One rule: a close reads dates and never computes them, so that the years that
are missing are filled before anybody reckons in them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from fu_tui.services.setup import YEARS_AHEAD
from fu_tui.store.database import Database
from fu_tui.store.models import Holiday
from fu_tui.store.unit import Unit


class Lacking(NamedTuple):
    """A calendar whose last years are missing."""

    id: int
    name: str
    country: str
    subdivision: str | None
    years: range


def lacking(db: Database, today: date) -> tuple[Lacking, ...]:
    """The calendars of a known country whose holidays end before three years ahead."""
    rows = db.rows(
        "SELECT c.id, c.name, c.country, c.subdivision, max(h.on_date) FROM work_calendar c JOIN holiday h"
        " ON h.calendar_id = c.id AND h.removed_by IS NULL AND NOT h.own"
        " WHERE c.country IS NOT NULL AND c.removed_by IS NULL GROUP BY c.id ORDER BY c.id"
    )
    last = today.year + YEARS_AHEAD
    return tuple(
        Lacking(number, name, country, part, range(max(int(until[:4]) + 1, today.year), last + 1))
        for number, name, country, part, until in rows
        if int(until[:4]) < last and _is_known(country, part)
    )


@cache
def _is_known(country: str, subdivision: str | None) -> bool:
    """Whether the holidays of a country or of a part of it are known; another program may have written the name."""
    import holidays

    try:
        holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        return False
    return True


def fill_ahead(work: Unit, lack: Lacking) -> int:
    """Write the missing years of a calendar; a day that somebody entered stays theirs. Returns how many days came."""
    import holidays

    days = holidays.country_holidays(
        lack.country, subdiv=lack.subdivision, years=lack.years, language="en_US"
    )
    known = {row[0] for row in work.db.rows(
        "SELECT on_date FROM holiday WHERE calendar_id = ? AND removed_by IS NULL", (lack.id,)
    )}  # fmt: skip
    new = [(day, name) for day, name in sorted(days.items()) if day.isoformat() not in known]
    for day, name in new:
        work.insert(Holiday, calendar=lack.id, on_date=day, name=name)
    return len(new)

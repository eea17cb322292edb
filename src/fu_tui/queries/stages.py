"""The stages with what each expects, and how many deals are late in it (R137–R145). One rule: a deal's clock is
reckoned here as tick reckons it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from fu_tui.core.clock import civil_day, from_utc_text
from fu_tui.core.stage_clock import Expected, expected
from fu_tui.core.trace import amount_text
from fu_tui.queries.watch import STARTED, WAITED_FOR
from fu_tui.store.database import Database
from fu_tui.store.lookup import person
from fu_tui.store.plans import calendar_of


class StageRow(NamedTuple):
    """A stage in the table."""

    name: str
    kind: str
    expectation: str
    within: str
    """Its clock in words: "4 working hours", "3 days"; empty where it has none."""
    stale_after_days: int
    cadence: str | None
    deals: int
    late: int


class StageClock(NamedTuple):
    """What the stage of one deal expects."""

    stage: str
    expectation: str
    end: Expected
    is_late: bool


def stages(db: Database, now: datetime) -> tuple[StageRow, ...]:
    """The stages in their order."""
    late = [
        row[1] for row in _clocks(db, "s.kind = 'open'") if (clock := _clock(db, row, now)) and clock.is_late
    ]
    rows = db.rows(
        "SELECT s.id, s.name, s.kind, s.expectation, s.within_hours, s.within_days, s.stale_after_days, c.name,"
        " (SELECT count(*) FROM deal d WHERE d.stage_id = s.id AND d.removed_by IS NULL) FROM stage s"
        " LEFT JOIN cadence c ON c.key = s.cadence_key AND c.removed_by IS NULL"
        " WHERE s.removed_by IS NULL ORDER BY s.pipeline, s.position, s.id"
    )
    return tuple(
        StageRow(name, kind, expects, _within(hours, days), stale, cadence, deals, late.count(number))
        for number, name, kind, expects, hours, days, stale, cadence, deals in rows
    )


def stage_clock(db: Database, deal_id: int, now: datetime) -> StageClock | None:
    """Until when something is expected of an open deal; None where nothing is, or where it was done."""
    rows = _clocks(db, "s.kind = 'open' AND d.id = ?", deal_id)
    return _clock(db, rows[0], now) if rows else None


def _clocks(db: Database, which: str, *values: int) -> list[tuple[object, ...]]:
    return db.rows(
        f"SELECT d.id, s.id, s.name, s.expectation, s.within_hours, s.within_days, {STARTED}, d.owner_id FROM deal d"
        f" JOIN stage s ON s.id = d.stage_id WHERE d.removed_by IS NULL AND d.closed_at IS NULL AND {which}"
        f" AND d.parked_until IS NULL AND NOT d.stage_entered_estimated AND {WAITED_FOR}"
        " AND coalesce(s.within_hours, s.within_days) IS NOT NULL",
        values,
    )


def _clock(db: Database, row: tuple[object, ...], now: datetime) -> StageClock | None:
    _, _, stage, expects, hours, days, started, owner_id = row
    owner = person(db, int(str(owner_id)))
    end = expected(
        from_utc_text(str(started)), hours=hours, days=days,  # type: ignore[arg-type]
        calendar=calendar_of(db, owner.calendar_id), tz=owner.tz,
    )  # fmt: skip
    if end is None:
        return None
    return StageClock(str(stage), str(expects), end, end.is_late(now, civil_day(now, owner.tz)))


def _within(hours: int | None, days: int | None) -> str:
    if hours is not None:
        return amount_text(hours, "working hour")
    return amount_text(days, "day") if days is not None else ""

"""Calendars and the versions of cadences, read into the plain values that the rules reckon with."""

from __future__ import annotations

from datetime import date, time

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Anchor, CadenceKind, Channel, Count, OnExhaust, Priority, Roll, StepKind
from fu_tui.store.database import Database


def calendar_of(db: Database, calendar_id: int) -> WorkCalendar:
    """The working days, hours and holidays of a calendar."""
    row = db.row("SELECT weekdays, work_start, work_end FROM work_calendar WHERE id = ?", (calendar_id,))
    if row is None:
        raise NotFound(f"There is no calendar {calendar_id}.", "Run `fu doctor`.")
    days = db.rows(
        "SELECT on_date, name FROM holiday WHERE calendar_id = ? AND removed_by IS NULL", (calendar_id,)
    )
    return WorkCalendar(
        weekdays=frozenset(map(int, row[0])),
        holidays={date.fromisoformat(day): name for day, name in days},
        work_start=time.fromisoformat(row[1]),
        work_end=time.fromisoformat(row[2]),
    )


def plan_of(db: Database, version_id: int) -> CadencePlan:
    """The version of a cadence that an enrollment is pinned to. Raises NotFound."""
    row = db.row(
        "SELECT c.key, c.name, c.kind, v.anchor, v.exclusive, v.count, v.roll, v.min_gap_days, v.max_unanswered,"
        " v.warn_at, v.on_exhaust, v.nurture_months, v.n"
        " FROM cadence_version v JOIN cadence c ON c.id = v.cadence_id WHERE v.id = ?",
        (version_id,),
    )
    if row is None:
        raise NotFound(f"There is no version {version_id} of a cadence.", "`fu cadence list` shows them.")
    key, name, kind, anchor, exclusive, count, roll, gap, most, warn, exhaust, months, n = row
    steps = db.rows(
        "SELECT no, offset_days, action, purpose, kind, channel, offset_months, within_hours, repeats, priority,"
        " window_days, template FROM cadence_step WHERE version_id = ? AND removed_by IS NULL ORDER BY no",
        (version_id,),
    )
    return CadencePlan(
        key=key,
        name=name,
        kind=CadenceKind(kind),
        anchor=Anchor(anchor),
        steps=tuple(
            Step(
                no=no, offset_days=days, action=action, purpose=purpose, kind=StepKind(step_kind),
                channel=Channel(channel) if channel else None, offset_months=step_months, within_hours=hours,
                repeats=bool(repeats), priority=Priority(priority), window_days=window,
                template=template,
            )
            for no, days, action, purpose, step_kind, channel, step_months, hours, repeats, priority, window,
                template
            in steps
        ),
        exclusive=bool(exclusive),
        count=Count(count),
        roll=Roll(roll),
        min_gap_days=gap,
        max_unanswered=most,
        warn_at=warn,
        on_exhaust=OnExhaust(exhaust),
        nurture_months=months,
        n=n,
    )  # fmt: skip


def newest_version(db: Database, cadence_id: int) -> int:
    """The id of a cadence's newest version; new enrollments are pinned to it."""
    found = db.value(
        "SELECT id FROM cadence_version WHERE cadence_id = ? AND removed_by IS NULL ORDER BY n DESC LIMIT 1",
        (cadence_id,),
    )
    if found is None:
        raise NotFound(f"Cadence {cadence_id} has no version.", "Run `fu doctor`.")
    return int(found)

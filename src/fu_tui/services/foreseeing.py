"""What the forecast has to know beside the plans: who will be away, and what recurs. One rule: as in the forecast,
nothing is written, and each day is reckoned as it would be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from fu_tui.core import schedule
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.terms import Priority, TaskKind
from fu_tui.queries.queue import COLUMNS, JOINS, LAST_CONTACT, View, horizon
from fu_tui.services.context import Context
from fu_tui.services.occurrences import ahead, why_over
from fu_tui.services.standin import Away
from fu_tui.store.models import Series
from fu_tui.store.unit import load

Absences = tuple[Away, ...]


def at_work(calendar: WorkCalendar, absences: Absences) -> WorkCalendar:
    """The calendar of one who is away on those days too."""
    away = {
        absence.from_on + timedelta(days=n): "away"
        for absence in absences
        for n in range((absence.to_on - absence.from_on).days + 1)
    }
    return replace(calendar, holidays={**calendar.holidays, **away}) if away else calendar


def settled(absences: Absences, kind: TaskKind, day: date, made_on: date, calendar: WorkCalendar) -> date:
    """When a task is due in the end that is due on `day`: one that an absence holds gets its days after the return.

    made_on: when the task is there, which is held from then on, or from the absence's first day.
    """
    for absence in sorted(absences, key=lambda each: each.from_on):
        if absence.waits(kind, day) and made_on <= absence.to_on and day >= absence.from_on:
            held_on = max(absence.from_on, made_on)
            left = schedule.remaining_days(day, held_on)
            made_on = absence.to_on + timedelta(days=1)
            day = schedule.resumed(left, made_on, calendar).due_on
    return day


def doer(
    absences: Absences, kind: TaskKind, day: date, owner: tuple[int, str], priority: Priority
) -> tuple[int, str]:
    """In whose queue a task stands on its day: the owner's, or that of whoever covers (id, name)."""
    absence = next((each for each in absences if each.from_on <= day <= each.to_on), None)
    if absence is None or absence.cover_id is None:
        return owner
    covered = absence.is_covered(kind, day, None, priority, day)
    return (absence.cover_id, absence.cover) if covered else owner


class Recurring(NamedTuple):
    """The days on which a series is due behind its open task."""

    values: tuple[Any, ...]
    """The columns of the open task's row."""
    series: Series
    days: tuple[date, ...]


def recurring(context: Context, view: View, most: int) -> Iterator[Recurring]:
    """The series in a queue whose open task is due within the horizon, and what follows until then."""
    owner, params = view.scope.where()
    until = horizon(view.today)
    rows = context.db.rows(
        f"{COLUMNS}, {LAST_CONTACT}, t.series_id, t.occurrence_on FROM task t INDEXED BY task_series_open {JOINS}"
        " WHERE t.series_id IS NOT NULL AND t.status IN ('open', 'held') AND t.status = 'open'"
        f" AND {owner} AND t.due_on <= ? ORDER BY t.due_on, t.id LIMIT ?",
        [*params, until.isoformat(), most],
    )
    for *values, series_id, occurrence_on in rows:
        series = load(context.db, Series, series_id)
        if series.kind is TaskKind.PRIVATE and series.owner != view.scope.viewer_id:
            continue
        if why_over(context.db, series):
            continue
        _, _, today = context.desk_of(series.owner)
        due_on, occurrence = date.fromisoformat(values[3]), date.fromisoformat(occurrence_on)
        most_days = (until - today).days + 1
        yield Recurring(
            tuple(values), series, ahead(context, series, most_days, occurrence, max(due_on, today), until)
        )

"""Series: the one occurrence that is open, and the next (R115, R117). One rule: a series that goes on has exactly one
open task, made in the transaction that closed the one before; what was missed is not made up for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fu_tui.core import schedule
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import civil_day
from fu_tui.core.events import Event, FollowUpSpawned
from fu_tui.core.events_life import OccurrenceMade, SeriesEnded, StepSkipped
from fu_tui.core.repeats import parse_rrule
from fu_tui.core.repeats_words import repeat_words
from fu_tui.core.schedule import Due
from fu_tui.core.terms import Lifecycle, Origin, StageKind, TaskStatus
from fu_tui.core.terms_automation import SeriesState
from fu_tui.queries.series import without_task
from fu_tui.services.context import Context
from fu_tui.services.deals import OF_CONVERSATION
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.database import Database
from fu_tui.store.lookup import person
from fu_tui.store.models import Series, Task
from fu_tui.store.unit import NothingToDo, Unit, unit

OVER = "it was the last one"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day of a series, and when its task is due."""

    on: date
    due: Due


def occurrence(
    series: Series,
    *,
    today: date,
    calendar: WorkCalendar,
    after: date | None = None,
    later_than: date | None = None,
) -> Occurrence | None:
    """The next occurrence on or after `today`, the owner's; None where the series is over.

    after: the occurrence it has to follow. later_than: a due day it must not share, as a weekend's occurrences roll
    to the same working day.
    """
    repeat = parse_rrule(series.rule)
    rhythm = repeat_words(repeat, series.start_on)
    from_on = today if after is None else max(today, after + timedelta(days=1))
    while (day := repeat.next_on(series.start_on, from_on)) is not None:
        due = schedule.by_series(rhythm, day, today=today, calendar=calendar)
        if later_than is None or due.due_on > later_than:
            return Occurrence(day, due)
        from_on = day + timedelta(days=1)
    return None


def following(context: Context, series: Series, task: Task, closed_on: date) -> Occurrence | None:
    """The occurrence that follows when the task of another is closed on a day.

    One that was put off onto the next one's day, or beyond it, stands for those as well.
    """
    _, calendar, today = context.desk_of(series.owner)
    return occurrence(
        series, today=today, calendar=calendar, after=task.occurrence_on,
        later_than=max(task.first_due_on, min(task.due_on, closed_on)),
    )  # fmt: skip


def ahead(
    context: Context,
    series: Series,
    count: int,
    after: date | None = None,
    due_on: date | None = None,
    until: date = date.max,
) -> tuple[date, ...]:
    """The next due days of a series behind an occurrence and its due day, if each is done when it is due.

    count: how many at most. until: the last day that matters.
    """
    _, calendar, today = context.desk_of(series.owner)
    days: list[date] = []
    while len(days) < count:
        found = occurrence(
            series, today=today, calendar=calendar, after=after, later_than=days[-1] if days else due_on
        )
        if found is None or found.due.due_on > until:
            break
        days.append(found.due.due_on)
        after = found.on
    return tuple(days)


def make(work: Unit, series: Series, found: Occurrence, *, spawned_by: int | None = None) -> int:
    """Write the task of an occurrence, for the owner of the series. Returns its id."""
    return make_task(
        work, action=series.action, due=found.due, owner_id=series.owner, origin=Origin.SERIES,
        links=Links(series.contact, series.deal, series.account), channel=series.channel, kind=series.kind,
        priority=series.priority, body=series.body,
        series=series.id, occurrence_on=found.on, spawned_by=spawned_by,
    )  # fmt: skip


def go_on(context: Context, work: Unit, task: Task, closed_on: date) -> list[Event]:
    """What follows a closed or skipped task of a series: the next occurrence, or the end of the series."""
    series = work.load(Series, task.series or 0)
    if series.state is not SeriesState.ACTIVE:
        return []
    why = why_over(work.db, series)
    found = None if why else following(context, series, task, closed_on)
    if found is None:
        return [end(work, series, why or OVER)]
    task_id = make(work, series, found, spawned_by=task.id)
    due = found.due
    return [FollowUpSpawned(task_id, series.action, due.due_on, due.due_at, series.owner, task.id)]


def skip_occurrence(context: Context, work: Unit, task: Task, reason: str) -> list[Event]:
    """Close the open task of a series as skipped, inside an open transaction; the next one comes."""
    context.may_touch(task.owner, f'"{task.action}"')
    today = civil_day(work.at, person(work.db, task.owner).tz)
    work.update(
        Task, task.id, status=TaskStatus.SKIPPED, status_changed_at=work.at, closed_at=work.at, closed_on=today,
        closed_by=work.actor_id, outcome_note=reason or "skipped", hidden_until=None,
    )  # fmt: skip
    return [StepSkipped(task.id, task.action), *go_on(context, work, task, today)]


def end(work: Unit, series: Series, why: str, task_ids: tuple[int, ...] = ()) -> SeriesEnded:
    """The series goes on no more."""
    work.update(Series, series.id, state=SeriesState.ENDED)
    return SeriesEnded(series.id, series.action, why, task_ids)


def end_over(work: Unit, where: str, *values: object) -> list[Event]:
    """End the series that `where` names, that have nothing open and of which nothing may follow.

    It belongs into the transaction that made it so, as then one undo brings the series back too.
    """
    rows = work.db.rows(
        f"SELECT id FROM series s WHERE state = 'active' AND removed_by IS NULL AND {where} AND NOT EXISTS (SELECT 1"
        " FROM task t WHERE t.series_id = s.id AND t.status IN ('open', 'held')) ORDER BY id",
        values,
    )
    found = [work.load(Series, series_id) for (series_id,) in rows]
    return [end(work, series, why) for series in found if (why := why_over(work.db, series))]


def why_over(db: Database, series: Series) -> str:
    """Why nothing of a series may follow: the contact wants no more of it, or the deal is lost; empty where it may."""
    lost = db.value(
        "SELECT 1 FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = ? AND s.kind = ?",
        (series.deal, StageKind.LOST.value),
    )
    if lost:
        return "the deal is lost"
    if series.kind not in OF_CONVERSATION or series.contact is None:
        return ""
    name, never, opted, lifecycle = db.row(
        "SELECT name, do_not_contact, opted_out LIKE '%\"' || ? || '\"%', lifecycle FROM contact WHERE id = ?",
        (series.channel.value if series.channel else "", series.contact),
    )  # type: ignore[misc]  # what a series points to is there
    if never or opted:
        return f"{name} wants no more of it"
    return "the file is closed" if lifecycle == Lifecycle.CLOSED_FILE.value else ""


def spent(db: Database, series_id: int) -> date | None:
    """The last occurrence that was closed or skipped; no edit brings it, or one before it, again."""
    found = db.value(
        "SELECT max(occurrence_on) FROM task WHERE series_id = ? AND status NOT IN ('open', 'held', 'withdrawn')",
        (series_id,),
    )
    return date.fromisoformat(found) if found else None


def open_task(work: Unit, series_id: int) -> Task | None:
    """The open or held task of a series."""
    found = work.db.value(
        "SELECT id FROM task WHERE series_id = ? AND status IN ('open', 'held')", (series_id,)
    )
    return work.load(Task, found) if found else None


def recur(context: Context) -> list[Event]:
    """Give every series that goes on and has no open task its next one; a tick's part.

    One entry of the journal by nobody; none where nothing was to be done.
    """
    if not without_task(context.db):
        return []
    events: list[Event] = []
    with unit(context.db, context.now(), None, "series") as work:
        for series_id in without_task(work.db):  # again, as another process may have been first
            series = work.load(Series, series_id)
            _, calendar, today = context.desk_of(series.owner)
            why = why_over(work.db, series)
            found = None if why else occurrence(
                series, today=today, calendar=calendar, after=spent(work.db, series_id)
            )  # fmt: skip
            if found is None:
                events.append(end(work, series, why or OVER))
                continue
            task_id = make(work, series, found)
            events.append(OccurrenceMade(series_id, task_id, series.action, found.due.due_on))
        if not events:
            raise NothingToDo
        work.summary = f"went on with {len(events)} series"
    return events

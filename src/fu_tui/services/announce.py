"""What closing a task would bring, for the screen to say before it is done. One rule: nothing is written, and what is
announced is what the close then does; it asks the same functions."""

from __future__ import annotations

from datetime import date, datetime

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.clock import civil_day
from fu_tui.core.outcomes import AGAIN, Effect, Outcome, outcome
from fu_tui.core.terms import ReplyClass
from fu_tui.core.terms_automation import SeriesState
from fu_tui.services import brings, occurrences, waits
from fu_tui.services.context import Context
from fu_tui.services.following import (
    MAX_UNANSWERED,
    Following,
    When,
    after,
    asked_about,
    called_back,
    closed_channels,
    extended,
    last_touch_no,
    stage_of,
    tries,
    why_task_cannot,
    without_cadence,
)
from fu_tui.services.spacing import others, others_at_the_end
from fu_tui.store.lookup import person
from fu_tui.store.models import Enrollment, Series, Task
from fu_tui.store.unit import load

ASKED = "the next step is asked"
ENDS = {
    "close_file": "the file is closed",
    "not_needed": "nothing more to do",
    "opted_out": "nobody writes or calls again",
}
"""What an outcome brings that brings no task."""


def announced(
    context: Context, task_id: int, code: str, until: date | None = None, at: datetime | None = None
) -> Following | str:
    """What closing a task today with an outcome would bring; or, as a sentence, why it brings nothing.

    until, at: the day, or the instant (UTC), that the outcome asks for; where it is not known yet, it is said that it
    is asked. Raises NotFound for a task that is gone.
    """
    row, task = outcome(code), load(context.db, Task, task_id)
    why = why_task_cannot(context.db, task, row)
    if why:
        return why
    if (row.asks_hour and at is None) or (row.asks and not row.asks_hour and until is None):
        return f"asks {row.asks}"
    enrollment = None if task.enrollment is None else load(context.db, Enrollment, task.enrollment)
    closed_on = civil_day(context.now(), person(context.db, task.owner).tz)
    doer, calendar, today = context.desk_of(enrollment.assignee if enrollment else task.owner)
    mine, desk = (enrollment.id if enrollment else None), (doer, calendar, today)
    if row.effect is Effect.NEXT:
        apart_from = others(context.db, task.contact, [mine], desk)
    else:
        apart_from = others_at_the_end(context.db, task.contact, task.deal, mine, desk, heard=row.heard)
    when = When(closed_on, today, calendar, until, apart_from)
    if row.effect is Effect.SAME:
        return Following(
            task.action, called_back(civil_day(at, doer.tz) if at else until or today, at, doer.tz)
        )
    if row.effect is Effect.WAIT:
        return brings.address(context.db, task, row, when)
    plan = context.plan(enrollment.version) if enrollment else None
    if row.effect is Effect.NEXT:
        return _goes_on(context, task, row, when, enrollment)
    if row.code == "meeting_booked" and at is not None:
        return brings.meeting(context.db, task, at, civil_day(at, doer.tz))
    if row.code == "check_back" and until is not None:
        return brings.check_back(until, at)
    if row.code in brings.BEGINS:
        return _begins(context, task, row, plan, when)
    return ENDS.get(row.code) or (f"{plan.name} ends, and {ASKED}" if plan else ASKED)


def rested(context: Context, task_id: int) -> bool:
    """Whether a task is the question after months of nurture: outreach may start again (R101). Raises NotFound."""
    return not barred(context, task_id, AGAIN)


def barred(context: Context, task_id: int, code: str) -> str:
    """Why a task can't be closed with an outcome; empty where it can. Raises NotFound."""
    return why_task_cannot(context.db, load(context.db, Task, task_id), outcome(code))


def _begins(
    context: Context, task: Task, row: Outcome, plan: CadencePlan | None, when: When
) -> Following | str:
    """The cadence that an outcome begins, or why it begins none."""
    from fu_tui.services.beginning import why_nothing_begins
    from fu_tui.services.enroll import NO_CHANNEL

    if task.contact is None and task.deal is None:
        return ASKED if row.code == "meeting_held" else "it is linked to nobody"
    why = why_nothing_begins(context, task, row)
    if why:
        return f"nothing begins: {why}"
    return brings.begins(context, task, row, plan, when) or f"nothing begins: {NO_CHANNEL}"


def _goes_on(
    context: Context, task: Task, row: Outcome, when: When, enrollment: Enrollment | None
) -> Following | str:
    if task.series is not None:
        return _next_occurrence(context, task, when)
    if row.code == "extend" and enrollment is not None:
        last = last_touch_no(context.db, enrollment.id)
        shut = closed_channels(context.db, task.contact)
        return extended(context.plan(enrollment.version), last, enrollment.anchor_on, when, shut)
    if row.code == "extend":
        return without_cadence(asked_about(context.db, task), stage_of(context, task), 0, when)
    if enrollment is None:
        failed = waits.search_for(context, task)
        if row.code == "done":
            return _found(context, failed) or ASKED if failed else ASKED
        if failed:
            return without_cadence(task, stage_of(context, task), task.attempt, when)
    if row.code == "no_show":
        more = 1 if row.reply is ReplyClass.NONE else 0
        plan = context.plan(enrollment.version) if enrollment else None
        most = plan.max_unanswered if plan else MAX_UNANSWERED
        if tries(context.db, task, more) < most:
            step = plan.step(task.step_no or 1) if plan else None
            return brings.new_slot(context.db, task, when, step)
    return after(context, task, row, when, enrollment)


def _next_occurrence(context: Context, task: Task, when: When) -> Following | str:
    series = load(context.db, Series, task.series or 0)
    why = occurrences.why_over(context.db, series)
    if series.state is not SeriesState.ACTIVE or why:
        return f"the series has ended{why and f': {why}'}"
    found = occurrences.following(context, series, task, when.closed_on)
    return Following(series.action, found.due) if found else f"the series ends: {occurrences.OVER}"


def _found(context: Context, failed: Task) -> Following | str:
    """What did not get through is tried again, once the address is found."""
    if failed.enrollment is None:
        return f"{failed.action}, again"
    enrollment = load(context.db, Enrollment, failed.enrollment)
    return waits.again(context, failed, enrollment) if enrollment.paused_on else ""

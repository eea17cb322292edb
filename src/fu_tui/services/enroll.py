"""Starting cadences. One rule: an enrollment is born with its first task, in the same transaction (R96, I4)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from fu_tui.core import schedule
from fu_tui.core.cadence import CadencePlan
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import to_utc
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import Refused, UsageError
from fu_tui.core.events import Enrolled, Event, NotEnrolled
from fu_tui.core.next_step import reachable
from fu_tui.core.schedule import Due
from fu_tui.core.terms import Origin
from fu_tui.queries.running import RUNS_WITH
from fu_tui.services.context import Context
from fu_tui.services.following import Following, When, closed_channels, with_skipped
from fu_tui.services.spacing import Desk, close_touches, others
from fu_tui.services.spawn import make_step
from fu_tui.store.lookup import Person, find_cadence, find_person
from fu_tui.store.models import Enrollment
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit

NO_CHANNEL = "they opted out of every channel of its steps"


class Target(NamedTuple):
    """Whom to enroll: a contact, a deal, or a deal with its contact."""

    contact_id: int | None
    deal_id: int | None


@dataclass(frozen=True, slots=True)
class Start:
    """How a first task departs from the plan: its day, its words."""

    anchor_on: date | None = None
    from_step: int = 1
    due: Due | None = None
    action: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
    """What the person said of the first task otherwise than the step: channel, priority, body …"""
    follows: int | None = None
    """The task whose close brought it; such a start anybody may make."""
    may_be_closed: bool = False
    """Whether the deal may be closed: what follows a win or a loss begins on one that is."""
    asked_at: datetime | None = None
    """UTC, when a promise of hours began to run, where that was not now."""
    trigger: str = ""
    """What started it by itself, as the trace says it; such a start anybody may make too."""


class Verdict(NamedTuple):
    """Whether a cadence may begin for a target."""

    who: str
    owner_id: int | None
    """Whose contact or deal it is."""
    why_not: str
    """Empty where it may."""


class Enrolling:
    """The verb `enroll`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def enroll(
        self,
        cadence: str,
        targets: Sequence[Target],
        *,
        start: date | None = None,
        from_step: int = 1,
        spread: int = 1,
        owner: str | None = None,
    ) -> tuple[Event, ...]:
        """Enroll each target in the newest version of `cadence`; one journal entry for all.

        start: the plan's anchor, a civil day (today unless told; for a renewal the day the contract ends).
        spread: over how many working days the anchors of each person's share are spread, from `start` on.
        owner: who does the work; the deal's or contact's owner unless told.
        Returns an Enrolled, or a NotEnrolled with its reason, for each target, then warnings. Raises NotFound for an
        unknown cadence, UsageError for a step it lacks.
        """
        context = self._context
        found = find_cadence(context.db, cadence)
        version = newest_version(context.db, found.id)
        plan = context.plan(version)
        if plan.step(from_step) is None:
            raise UsageError(
                f"{plan.name} has {len(plan.steps)} steps, not {from_step}.", "Name one of them."
            )
        if not targets:
            raise Refused("There is nobody to enroll.", "Loosen --stage, --owner or --limit.")
        assignee = find_person(context.db, owner) if owner else None
        anchors = self._anchors(targets, start, spread, assignee)
        events: list[Event] = []
        with context.unit("enroll") as work:
            for index, target in enumerate(targets):
                begin = Start(anchors[index], from_step)
                events.append(start_enrollment(context, work, version, target, begin, assignee))
            done = [event for event in events if isinstance(event, Enrolled)]
            if not done:
                refused = next(event for event in events if isinstance(event, NotEnrolled))
                raise Refused(f"Nobody was enrolled: {refused.who}: {refused.why}.")
            who = done[0].who if len(done) == 1 else f"{len(done)} conversations"
            work.summary = f"enrolled {who} in {plan.name}"
            # A promise by the hour is not moved away from another cadence's touch.
            events += close_touches(context, [event.task_id for event in done if event.due_at])
        return tuple(events)

    def _anchors(
        self, targets: Sequence[Target], start: date | None, spread: int, assignee: Person | None
    ) -> list[date | None]:
        """The day each plan counts from: an even part of each person's share on each of their working days."""
        context = self._context
        if spread < 2:
            return [start] * len(targets)
        doers = [assignee.id if assignee else _owner_of(context, one) for one in targets]
        shares: dict[int, Iterator[date]] = {}
        before = 0
        for doer, share in Counter(doers).items():
            _, calendar, today = context.desk_of(doer)
            days = schedule.spread(start or today, share, spread, calendar, first=before % spread)
            shares[doer], before = iter(days), before + share
        return [next(shares[doer]) for doer in doers]


def start_enrollment(
    context: Context,
    work: Unit,
    version_id: int,
    target: Target,
    start: Start,
    assignee: Person | None = None,
) -> Enrolled | NotEnrolled:
    """Write one enrollment with its first task inside an open transaction; or say why not.

    A do-not-contact, a closed or parked deal, and what runs already are passed over (R111, I10).
    """
    plan = context.plan(version_id)
    by_itself = start.follows is not None or bool(start.trigger)
    who, owner_id, why = may_begin(
        context, version_id, target, may_be_closed=start.may_be_closed or by_itself
    )
    if why:
        return NotEnrolled(who, why)
    owner, calendar, today = context.desk_of(assignee.id if assignee else owner_id or context.me.id)
    if not owner.active:
        return NotEnrolled(who, f"its owner, {owner.name}, is not active")
    if not by_itself:
        context.may_touch(owner.id, who)
    if start.said.get("channel") in closed_channels(context.db, target.contact_id):
        return NotEnrolled(who, f"they opted out of {start.said['channel']}")
    desk = (owner, calendar, today)
    apart_from = others(context.db, target.contact_id, [_enrollment_of(work, start.follows)], desk)
    first = first_task(context, plan, target, start, desk, apart_from)
    if first is None or first.step is None:
        return NotEnrolled(who, NO_CHANNEL)
    step, due = first.step, first.due
    anchor = start.anchor_on or today
    cadence_id = work.db.value("SELECT cadence_id FROM cadence_version WHERE id = ?", (version_id,))
    enrollment_id = work.insert(
        Enrollment, version=version_id, cadence=cadence_id, exclusive=plan.exclusive, contact=target.contact_id,
        deal=target.deal_id, assignee=owner.id, current_step=step.no, anchor_on=anchor,
        started_at=work.at,
    )  # fmt: skip
    said = dict(start.said) | ({"origin": Origin.TRIGGER} if start.trigger else {})
    task_id = make_step(
        work, enrollment_id, step.no, step=step, due=due, action=start.action, assigner=work.actor_id,
        spawned_by=start.follows, **said,
    )  # fmt: skip
    return Enrolled(enrollment_id, plan.name, who, task_id, first.action, due.due_on, due.due_at, owner.id)


def first_task(
    context: Context,
    plan: CadencePlan,
    target: Target,
    start: Start,
    desk: Desk,
    apart_from: tuple[date, ...],
) -> Following | None:
    """What an enrollment begins with, not yet written; None where no channel is left for it.

    desk: of whoever is to do it. apart_from: the days on which other cadences touch the contact.
    """
    step, skipped = reachable(
        plan, plan.step(start.from_step), closed_channels(context.db, target.contact_id)
    )
    if step is None:
        return None
    owner, calendar, today = desk
    anchor = start.anchor_on or today
    due = start.due or _first_due(context, plan, step.no, start, anchor, owner, calendar, today)
    due = When(today, today, calendar, others=apart_from).apart(due, step)
    if start.trigger:
        due = replace(due, trace=replace(due.trace, lines=(start.trigger, *due.trace.lines)))
    return Following(start.action or step.action, with_skipped(due, skipped), step.no, step)


def _enrollment_of(work: Unit, task_id: int | None) -> int | None:
    found = work.db.value("SELECT enrollment_id FROM task WHERE id = ?", (task_id,)) if task_id else None
    return None if found is None else int(found)


def _first_due(
    context: Context,
    plan: CadencePlan,
    step_no: int,
    start: Start,
    anchor: date,
    owner: Person,
    calendar: WorkCalendar,
    today: date,
) -> Due:
    step = plan.step(step_no)
    if step and step.within_hours and (anchor >= today or start.asked_at):
        asked = context.now() if anchor == today else to_utc(anchor, calendar.work_start, owner.tz)
        due = schedule.within_hours(
            step.within_hours, asked_at=start.asked_at or asked, calendar=calendar, tz=owner.tz
        )
        if due.due_on >= today:  # else the promise is broken already, and today is the next best
            return due
    return schedule.first_due(plan, anchor_on=anchor, today=today, calendar=calendar, step_no=step_no)


def may_begin(
    context: Context,
    version_id: int,
    target: Target,
    *,
    may_be_closed: bool = False,
    unparks: bool = False,
    ending: Collection[int] = (),
) -> Verdict:
    """Whether a version may begin for a target: nothing of R111 and I10 stands against it. Nothing is written.

    may_be_closed: the deal may be. unparks, ending: the park, and the enrollments, that end before it begins.
    """
    plan = context.plan(version_id)
    retired = context.db.value(
        "SELECT c.retired FROM cadence_version v JOIN cadence c ON c.id = v.cadence_id WHERE v.id = ?",
        (version_id,),
    )
    who, owner_id, why = _look_at(context, target, may_be_closed=may_be_closed, unparks=unparks)
    why = why or (f"{plan.name} is retired" if retired else "")
    return Verdict(who, owner_id, why or _runs_already(context, plan, version_id, target, ending))


def _owner_of(context: Context, target: Target) -> int:
    return _look_at(context, target, may_be_closed=True, unparks=True)[1] or context.me.id


def _look_at(
    context: Context, target: Target, *, may_be_closed: bool, unparks: bool
) -> tuple[str, int | None, str]:
    """The target's name, its owner, and why it can't be enrolled (empty where it can)."""
    name, owner, why = "", None, ""
    if target.contact_id is not None:
        row = context.db.row(
            "SELECT name, owner_id, do_not_contact FROM contact WHERE id = ? AND removed_by IS NULL",
            (target.contact_id,),
        )
        if row is None:
            return f"contact {target.contact_id}", None, "there is no such contact"
        name, owner, why = row[0], row[1], "asked not to be contacted" if row[2] else ""
    if target.deal_id is not None:
        row = context.db.row(
            "SELECT d.title, d.owner_id, s.kind, d.parked_until FROM deal d JOIN stage s ON s.id = d.stage_id"
            " WHERE d.id = ? AND d.removed_by IS NULL",
            (target.deal_id,),
        )
        if row is None:
            return f"deal {target.deal_id}", None, "there is no such deal"
        name, owner = (f"{name} · {row[0]}" if name else row[0]), row[1]
        if row[2] != "open" and not may_be_closed:
            why = why or f"the deal is {row[2]}"
        elif row[3] and not unparks:
            why = why or f"the deal is parked until {day_words(date.fromisoformat(row[3]))}"
    return name, owner, why


def _runs_already(
    context: Context, plan: CadencePlan, version_id: int, target: Target, ending: Collection[int]
) -> str:
    """What of I10 stands against it, in words; empty where nothing does."""
    gone = json.dumps(list(ending))
    same = context.db.row(
        "SELECT c.name, c.id = (SELECT cadence_id FROM cadence_version WHERE id = ?) FROM enrollment e"
        " JOIN cadence c ON c.id = e.cadence_id WHERE e.state <> 'ended' AND e.removed_by IS NULL"
        " AND ifnull(e.contact_id, 0) = ? AND ifnull(e.deal_id, 0) = ?"
        " AND e.id NOT IN (SELECT value FROM json_each(?))",
        (version_id, target.contact_id or 0, target.deal_id or 0, gone),
    )
    if same:
        name, again = same
        return f"{name} is running already" if again else f"{name} is running, and one cadence runs at a time"
    if plan.exclusive:
        other = context.db.value(
            f"SELECT c.name FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE {RUNS_WITH}"
            " AND e.exclusive = 1 AND e.removed_by IS NULL AND e.id NOT IN (SELECT value FROM json_each(?3))",
            (target.contact_id, target.deal_id, gone),
        )
        if other:
            return f"{other} is running, and only one outreach runs at a time"
    return ""

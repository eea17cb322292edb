"""Bringing running enrollments to a newer version of their cadence (domain of versions). One rule: what would change is
worked out by the same function that is then written, so the days that were shown are the days that come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fu_tui.core import schedule
from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.errors import Refused
from fu_tui.core.events import Event
from fu_tui.core.events_life import Migrated, NotMigrated
from fu_tui.core.schedule import Due
from fu_tui.core.step_match import same_steps, standing_at
from fu_tui.core.terms import EnrollmentState, Role, StepKind, TaskKind, TaskStatus
from fu_tui.core.trace import Trace
from fu_tui.services.context import Context
from fu_tui.services.enrollments import who_of
from fu_tui.services.following import When, closed_channels
from fu_tui.services.renumbering import renumber
from fu_tui.services.spacing import others
from fu_tui.store.database import Database
from fu_tui.store.lookup import find_cadence
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit, load


@dataclass(frozen=True, slots=True)
class Migration:
    """What bringing one enrollment to the newest version would change."""

    enrollment_id: int
    who: str
    from_version: int
    to_version: int
    task_id: int | None
    action: str
    """Of its open task, as it would then be."""
    due_on: date | None
    """Of its open task, as it is; None without one."""
    new_due_on: date | None
    why_not: str = ""
    """Why it stays with its version; empty where it can come along."""


class Migrating:
    """The verb `migrate`, and what it would do."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def migration(self, cadence: str, enrollment_ids: Sequence[int] | None = None) -> tuple[Migration, ...]:
        """Old and new due days of the enrollments that run in an older version; all of them, or those named.

        Nothing is written. Raises NotFound for an unknown cadence, or an enrollment that is not in it.
        """
        version = newest_version(self._context.db, find_cadence(self._context.db, cadence).id)
        shown: list[Migration] = []
        moved: dict[int, date] = {}
        for enrollment in self._chosen(self._context.db, cadence, version, enrollment_ids):
            one = self._worked_out(enrollment, version, moved)[0]
            shown.append(one)
            if one.new_due_on and not one.why_not:
                moved[one.enrollment_id] = one.new_due_on
        return tuple(shown)

    def migrate(self, cadence: str, enrollment_ids: Sequence[int] | None = None) -> tuple[Event, ...]:
        """Pin enrollments to the newest version, their open tasks worded and dated by it; one undo for all.

        A day that a person named stays. What can't come along is told, and stays as it is. Raises Refused where
        nothing comes along.
        """
        context = self._context
        events: list[Event] = []
        with context.unit("migrate") as work:
            version = newest_version(work.db, find_cadence(work.db, cadence).id)
            plan = context.plan(version)
            for enrollment in self._chosen(work.db, cadence, version, enrollment_ids):
                events.append(self._one(work, enrollment, version))
            done = [event for event in events if isinstance(event, Migrated)]
            if not done:
                why = next(
                    (f"{event.who}: {event.why}." for event in events if isinstance(event, NotMigrated)), ""
                )
                raise Refused(
                    why or f"Nothing runs in an older version of {plan.name}.", "Nothing was changed."
                )
            who = done[0].who if len(done) == 1 else f"{len(done)} conversations"
            work.summary = f"migrated {who} to {plan.name} version {plan.n}"
        return tuple(events)

    def _chosen(
        self, db: Database, cadence: str, version: int, enrollment_ids: Sequence[int] | None
    ) -> list[Enrollment]:
        found = find_cadence(db, cadence)
        rows = db.rows(
            "SELECT id, version_id FROM enrollment WHERE cadence_id = ? AND state <> 'ended' AND removed_by IS NULL"
            " ORDER BY id",
            (found.id,),
        )
        if enrollment_ids is None:
            return [load(db, Enrollment, number) for number, pinned in rows if pinned != version]
        known = dict(rows)
        for number in enrollment_ids:
            if number not in known:
                raise Refused(
                    f"Enrollment {number} does not run in {found.name}.", "`fu enrollments` lists them."
                )
            if known[number] == version:
                raise Refused(f"Enrollment {number} is in the newest version already.", "Leave it out.")
        return [load(db, Enrollment, number) for number in dict.fromkeys(enrollment_ids)]

    def _one(self, work: Unit, enrollment: Enrollment, version: int) -> Event:
        shown, due, step = self._worked_out(enrollment, version, {})
        if shown.why_not:
            return NotMigrated(enrollment.id, shown.who, shown.why_not)
        plan, before = self._context.plan(version), self._context.plan(enrollment.version)
        work.update(Enrollment, enrollment.id, version=version, exclusive=plan.exclusive)
        task = work.load(Task, shown.task_id) if shown.task_id is not None else None
        renumber(work, enrollment, before, plan)
        if task is not None and step is not None:
            old = before.step(task.step_no or 1)
            if old and task.action == old.action:  # what a person worded stays as it is
                work.update(Task, task.id, action=step.action)
            if old and task.channel == old.channel:
                work.update(Task, task.id, channel=step.channel)
            if old and step.kind is not old.kind:  # what was a touch is a decision now, or was one
                decides = step.kind is StepKind.DECIDE
                work.update(Task, task.id, kind=TaskKind.DECIDE if decides else TaskKind.FOLLOW_UP)
            if due is not None:
                work.update(
                    Task, task.id, due_on=due.due_on, due_at=due.due_at, window_end_on=due.window_end_on,
                    planned_on=due.planned_on, first_due_on=due.due_on, trace=due.trace.to_json(),
                )  # fmt: skip
        return Migrated(
            enrollment.id, plan.name, plan.n, shown.who, shown.task_id, shown.action, shown.new_due_on
        )

    def _worked_out(
        self, enrollment: Enrollment, version: int, moved: Mapping[int, date]
    ) -> tuple[Migration, Due | None, Step | None]:
        """What would change, the new due day (None: it stays), and the step the open task then stands for.

        moved: the days that enrollments will have by then, where they are not written yet.
        """
        context, db = self._context, self._context.db
        old, new = context.plan(enrollment.version), context.plan(version)
        who = who_of(db, enrollment)
        row = db.row(
            "SELECT id FROM task WHERE enrollment_id = ? AND status IN ('open', 'held')", (enrollment.id,)
        )
        task = load(db, Task, row[0]) if row else None
        stood = (task.step_no if task else None) or enrollment.current_step
        stands = standing_at(old, new, stood)
        step = new.step(stands) if stands else None
        why = self._why_not(enrollment, new, "" if stands else f"version {new.n} has no step {stood}")
        if task is not None and step is not None and step.channel in closed_channels(db, enrollment.contact):
            why = why or f"they opted out of {step.channel}"
        due = None
        if task is not None and step is not None and not why:
            due = self._due(enrollment, task, old, new, moved)
        was = old.step(stood)
        reworded = task is not None and step is not None and was is not None and task.action == was.action
        action = step.action if reworded and step else task.action if task else ""
        return (
            Migration(
                enrollment.id, who, old.n, new.n, task.id if task else None, action,
                task.due_on if task else None, due.due_on if due else task.due_on if task else None, why,
            ),
            due,
            step,
        )  # fmt: skip

    def _why_not(self, enrollment: Enrollment, new: CadencePlan, gone: str) -> str:
        me = self._context.me
        if me.role is Role.REP and enrollment.assignee != me.id:
            return "it belongs to somebody else"
        if gone:
            return gone
        if new.exclusive and not enrollment.exclusive:
            other = self._context.db.value(
                "SELECT c.name FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE e.state <> 'ended'"
                " AND e.exclusive = 1 AND e.removed_by IS NULL AND e.id <> ? AND (e.contact_id = ?"
                " OR (e.contact_id IS NULL AND ? IS NULL AND e.deal_id = ?))",
                (enrollment.id, enrollment.contact, enrollment.contact, enrollment.deal),
            )
            if other:
                return f"{other} is running, and only one outreach runs at a time"
        return ""

    def _due(
        self,
        enrollment: Enrollment,
        task: Task,
        old: CadencePlan,
        new: CadencePlan,
        moved: Mapping[int, date],
    ) -> Due | None:
        """The day by the new version, from the same close that brought the task; None where the day stays."""
        trace = Trace.from_json(task.trace)
        held = task.status is TaskStatus.HELD or enrollment.state is EnrollmentState.PAUSED
        if held or trace.rule not in ("first", "completion", "planned") or "cadence" not in trace.inputs:
            return None  # frozen, promised by the hour, or no day that the plan gave
        doer = self._context.desk_of(enrollment.assignee)
        _, calendar, today = doer
        back = trace.inputs.get("not_before")
        beside = others(self._context.db, enrollment.contact, [enrollment.id], doer, moved)
        when = When(today, today, calendar, date.fromisoformat(str(back)) if back else None, beside)
        spawner = load(self._context.db, Task, task.spawned_by) if task.spawned_by is not None else None
        before = spawner if spawner is not None and spawner.enrollment == enrollment.id else None
        was = _day_by(old, old, enrollment, task, before, when)
        day = _day_by(old, new, enrollment, task, before, when)
        if day is None or (was and (was.due_on, was.window_end_on) == (day.due_on, day.window_end_on)):
            return None  # nothing about its day is another
        return when.apart(day, new.step(standing_at(old, new, task.step_no or 1) or 0))


def _day_by(
    old: CadencePlan, new: CadencePlan, enrollment: Enrollment, task: Task, before: Task | None, when: When
) -> Due | None:
    """The day that `new` gives a task of `old`, reckoned as it was: from the start, or from the close of `before`.

    A step before it that `new` dropped keeps its place in the reckoning. None where it has no step.
    """
    stands, anchor = standing_at(old, new, task.step_no or 1), enrollment.anchor_on
    if stands is None or new.step(stands) is None:
        return None
    if before is None or before.closed_on is None:
        return schedule.first_due(
            new, anchor_on=anchor, today=when.today, calendar=when.calendar, step_no=stands
        )
    passed = old.step(before.step_no or 1)
    if passed is None:
        return None
    closed_no = stands if before.step_no == task.step_no else same_steps(old, new).get(passed.no)
    if closed_no is None:
        closed_no = len(new.steps) + 1
        new = replace(new, steps=(*new.steps, replace(passed, no=closed_no)))
    # What was late has moved the anchor already, so the step before counts as closed on its day.
    return schedule.next_due(
        new, step_no=stands, closed_step_no=closed_no, anchor_on=anchor, due_on=before.closed_on,
        closed_on=before.closed_on, today=when.today, calendar=when.calendar, not_before=when.not_before,
    )  # fmt: skip

"""Bringing running enrollments to a newer version of their cadence (domain of versions). One rule: what would change is
worked out by the same function that is then written, so the days that were shown are the days that come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fu_tui.core import schedule
from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.errors import Refused
from fu_tui.core.events import Event
from fu_tui.core.events_life import Migrated, NotMigrated
from fu_tui.core.schedule import Due
from fu_tui.core.terms import EnrollmentState, Role, StepKind, TaskKind, TaskStatus
from fu_tui.core.trace import Trace
from fu_tui.services.context import Context
from fu_tui.services.enrollments import who_of
from fu_tui.services.following import When, closed_channels
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
        plan = self._context.plan(version)
        work.update(Enrollment, enrollment.id, version=version, exclusive=plan.exclusive)
        if shown.task_id is not None and step is not None:
            task = work.load(Task, shown.task_id)
            old = self._context.plan(enrollment.version).step(step.no)
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
        beyond = task is not None and old.step(task.step_no or 1) is None
        step = new.step(enrollment.current_step) if not beyond else None
        why = self._why_not(enrollment, new, step, beyond=beyond)
        if task is not None and step is not None and step.channel in closed_channels(db, enrollment.contact):
            why = why or f"they opted out of {step.channel}"
        due = None
        if task is not None and step is not None and not why:
            due = self._due(enrollment, task, new, step, moved)
        was = old.step(step.no) if step else None
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

    def _why_not(self, enrollment: Enrollment, new: CadencePlan, step: Step | None, *, beyond: bool) -> str:
        me = self._context.me
        if me.role is Role.REP and enrollment.assignee != me.id:
            return "it belongs to somebody else"
        if step is None and not beyond:
            return f"version {new.n} has no step {enrollment.current_step}"
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
        self, enrollment: Enrollment, task: Task, plan: CadencePlan, step: Step, moved: Mapping[int, date]
    ) -> Due | None:
        """The day by the new version, from the same close that brought the task; None where the day stays."""
        rule = Trace.from_json(task.trace).rule
        held = task.status is TaskStatus.HELD or enrollment.state is EnrollmentState.PAUSED
        if held or rule not in ("first", "completion", "planned"):
            return None  # frozen, promised by the hour, or named by a person
        doer = self._context.desk_of(enrollment.assignee)
        _, calendar, today = doer
        beside = others(self._context.db, enrollment.contact, [enrollment.id], doer, moved)
        when = When(today, today, calendar, others=beside)
        anchor = enrollment.anchor_on
        before = load(self._context.db, Task, task.spawned_by) if task.spawned_by is not None else None
        of_plan = before is not None and before.enrollment == enrollment.id
        if before is None or not of_plan or before.closed_on is None:
            due = schedule.first_due(plan, anchor_on=anchor, today=today, calendar=calendar, step_no=step.no)
            return when.apart(due, step)
        if plan.step(before.step_no or 1) is None:
            return None
        # What was late has moved the anchor already, so the step before counts as closed on its day.
        due = schedule.next_due(
            plan, step_no=step.no, closed_step_no=before.step_no, anchor_on=anchor, due_on=before.closed_on,
            closed_on=before.closed_on, today=today, calendar=calendar,
        )  # fmt: skip
        return when.apart(due, step)

"""The life of an enrollment: paused, resumed, a step skipped, stopped, replaced. One rule: after each verb it runs with
exactly one task, waits with what was left, or has ended with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fu_tui.core import schedule
from fu_tui.core.cadence import CadencePlan
from fu_tui.core.clock import civil_day
from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.events import Enrolled, Event, NotEnrolled, TasksMoot
from fu_tui.core.events_life import (
    CadencePaused,
    CadenceReplaced,
    CadenceResumed,
    CadenceStopped,
    StepSkipped,
)
from fu_tui.core.outcomes import Effect, Outcome
from fu_tui.core.terms import EndReason, EnrollmentState, Origin, TaskKind, TaskStatus
from fu_tui.services import waits
from fu_tui.services.aftermath import Aftermath
from fu_tui.services.close import Closed
from fu_tui.services.context import Context
from fu_tui.services.enroll import Start, Target, start_enrollment
from fu_tui.services.following import doer_of
from fu_tui.services.holding import hold, let_go, open_again, why_held
from fu_tui.services.occurrences import skip_occurrence
from fu_tui.services.running import end_enrollment, end_searches
from fu_tui.services.spawn import make_step
from fu_tui.services.stalled import go_on
from fu_tui.store.database import Database
from fu_tui.store.lookup import find_cadence, person
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit

Versions = Mapping[int, int]
"""The versions of tasks that were shown, by task id; one that changed since is a Conflict."""

SKIPPED = Outcome("skipped", "", "skipped", Effect.NEXT, note="step skipped")
"""What comes after a skipped step is what comes after a done one that nobody was asked about."""


class Enrollments:
    """The verbs `pause`, `resume`, `skip`, `stop` and `replace`. Each takes several: all or none, one undo."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def pause(
        self, enrollment_ids: Sequence[int], *, reason: str = "", versions: Versions | None = None
    ) -> tuple[Event, ...]:
        """Freeze enrollments: the open task is held, the days it had left are kept.

        Raises Refused for one that is paused or has ended, or that is another's (R184).
        """
        events: list[Event] = []
        with self._context.unit("pause", reason or None) as work:
            for enrollment, plan, who in self._chosen(work, enrollment_ids, versions):
                if enrollment.state is EnrollmentState.PAUSED:
                    raise Refused(f"{who}: {plan.name} is paused already.", "Resume it, or stop it.")
                today = civil_day(work.at, person(work.db, enrollment.assignee).tz)
                task = open_task(work, enrollment.id)
                left = schedule.remaining_days(task.due_on, today) if task else None
                work.update(
                    Enrollment,
                    enrollment.id,
                    state=EnrollmentState.PAUSED,
                    paused_on=today,
                    remaining_days=left,
                )
                held = hold(work, [task.id]) if task and task.status is TaskStatus.OPEN else ()
                events.append(CadencePaused(enrollment.id, plan.name, who, held, left))
            work.summary = f"paused {_what(events)}"
        return tuple(events)

    def resume(self, enrollment_ids: Sequence[int]) -> tuple[Event, ...]:
        """Let paused enrollments go on: what was left counts from today, and nothing catches up.

        Where no task was held (its address bounced) the step is spawned again, and the search for it is over. One that
        stalled, running without a task, goes on where it stood. Raises Refused for one that runs, whose deal is parked,
        whose owner is away, or whose contact asked not to be contacted.
        """
        events: list[Event] = []
        with self._context.unit("resume") as work:
            for enrollment, plan, who in self._chosen(work, enrollment_ids, None):
                if enrollment.state is not EnrollmentState.PAUSED and open_task(work, enrollment.id):
                    raise Refused(f"{who}: {plan.name} is not paused.", "It is running.")
                events += resume_one(self._context, work, enrollment, plan, who)
            work.summary = (
                f"resumed {_what([event for event in events if isinstance(event, CadenceResumed)])}"
            )
        return tuple(events)

    def skip(
        self, task_ids: Sequence[int], *, reason: str = "", versions: Versions | None = None
    ) -> tuple[Event, ...]:
        """Pass steps over: the next one comes as after a close, and nothing counts as unanswered.

        Raises Refused for a task without a cadence and for a decision, which has to be made.
        """
        context = self._context
        events: list[Event] = []
        with context.unit("skip", reason or None) as work:
            for task_id in context.chosen(task_ids):
                work.claim_open(task_id, (versions or {}).get(task_id))
                events += self._skip_one(work, work.load(Task, task_id), reason)
            work.summary = f"skipped {_what([event for event in events if isinstance(event, StepSkipped)])}"
        return tuple(events)

    def _skip_one(self, work: Unit, task: Task, reason: str) -> list[Event]:
        context = self._context
        if task.series is not None:
            return skip_occurrence(context, work, task, reason)
        if task.enrollment is None:
            raise Refused(
                f'"{task.action}" belongs to no cadence, so there is no step to skip.',
                "Close it as not needed.",
            )
        if task.kind is TaskKind.DECIDE:
            raise Refused(f'"{task.action}" is a decision.', "Make it, or stop the cadence.")
        context.may_touch(task.owner, f'"{task.action}"')
        today = civil_day(work.at, person(work.db, task.owner).tz)
        work.update(
            Task, task.id, status=TaskStatus.SKIPPED, status_changed_at=work.at, closed_at=work.at,
            closed_on=today, closed_by=work.actor_id, outcome_note=reason or SKIPPED.note, hidden_until=None,
        )  # fmt: skip
        doer, calendar, doers_today = context.desk_of(doer_of(work.db, task))
        closed = Closed(task, SKIPPED, today, None, doer, calendar, doers_today)
        return [StepSkipped(task.id, task.action), *Aftermath(context).of(work, closed)]

    def stop(
        self,
        enrollment_ids: Sequence[int],
        reason: str,
        *,
        keep: bool = False,
        versions: Versions | None = None,
    ) -> tuple[Event, ...]:
        """End enrollments before their plan does. reason: why, in words; the journal keeps it.

        keep: the open task stays, without its cadence; else it is superseded. Raises Refused without a reason.
        """
        if not reason.strip():
            raise Refused("Why is it stopped?", "Name a reason: it is what tells you later.")
        events: list[Event] = []
        with self._context.unit("stop", reason.strip()) as work:
            for enrollment, plan, who in self._chosen(work, enrollment_ids, versions):
                task = open_task(work, enrollment.id)
                if task and keep:
                    work.update(Task, task.id, enrollment=None, step_no=None, origin=Origin.USER)
                    if task.status is TaskStatus.HELD:  # what else holds it lets go of it in its time
                        let_go(self._context, work, task.id, "the cadence's end")
                ended = end_enrollment(work, enrollment.id, plan.name, EndReason.STOPPED)
                tasks = (task.id,) if task and keep else _moot(ended)
                events.append(
                    CadenceStopped(enrollment.id, plan.name, who, tasks, task.action if task and keep else "")
                )
            work.summary = f"stopped {_what(events)}: {reason.strip()}"
        return tuple(events)

    def replace(
        self,
        enrollment_ids: Sequence[int],
        cadence: str,
        *,
        start: date | None = None,
        from_step: int = 1,
        versions: Versions | None = None,
    ) -> tuple[Event, ...]:
        """Another cadence instead, for the same contact and deal and by the same person; or the same from the start.

        start: the new plan's anchor, today unless told. Raises Refused where the new one can't begin; then the old one
        runs on.
        """
        context = self._context
        version = newest_version(context.db, find_cadence(context.db, cadence).id)
        plan = context.plan(version)
        if plan.step(from_step) is None:
            raise UsageError(
                f"{plan.name} has {len(plan.steps)} steps, not {from_step}.", "Name one of them."
            )
        events: list[Event] = []
        with context.unit("replace") as work:
            for enrollment, old, who in self._chosen(work, enrollment_ids, versions):
                events += replace_one(context, work, enrollment, old, who, version, Start(start, from_step))
            started = [event for event in events if isinstance(event, Enrolled)]
            what = started[0].who if len(started) == 1 else f"{len(started)} conversations"
            work.summary = f"replaced by {plan.name}: {what}"
        return tuple(events)

    def _chosen(
        self, work: Unit, enrollment_ids: Sequence[int], versions: Versions | None
    ) -> list[tuple[Enrollment, CadencePlan, str]]:
        """Each enrollment that has not ended, with its plan and whom it is about."""
        found = []
        for enrollment_id in self._context.chosen(enrollment_ids):
            enrollment, plan, who = running_one(self._context, work, enrollment_id)
            self._context.may_touch(enrollment.assignee, f"{plan.name} for {who}")
            task = open_task(work, enrollment_id)
            if task and task.id in (versions or {}):
                work.claim_open(task.id, (versions or {})[task.id])
            found.append((enrollment, plan, who))
        return found


def running_one(context: Context, work: Unit, enrollment_id: int) -> tuple[Enrollment, CadencePlan, str]:
    """An enrollment that has not ended, with its plan and whom it is about. Raises NotFound, Refused."""
    try:
        enrollment = work.load(Enrollment, enrollment_id)
    except NotFound:
        raise NotFound(
            f"There is no enrollment {enrollment_id}.", "`fu enrollments` lists those that run."
        ) from None
    plan, who = context.plan(enrollment.version), who_of(work.db, enrollment)
    if enrollment.state is EnrollmentState.ENDED:
        raise Refused(
            f"{who}: {plan.name} has ended ({enrollment.end_reason}).", "Enroll them anew, if it is to go on."
        )
    return enrollment, plan, who


def open_task(work: Unit, enrollment_id: int) -> Task | None:
    """The open or held task of an enrollment."""
    found = work.db.value(
        "SELECT id FROM task WHERE enrollment_id = ? AND status IN ('open', 'held')", (enrollment_id,)
    )
    return work.load(Task, found) if found else None


def who_of(db: Database, enrollment: Enrollment) -> str:
    """Whom an enrollment is about: "Ana Ruiz · GTX Plus"."""
    row = db.row(
        "SELECT (SELECT name FROM contact WHERE id = ?), (SELECT title FROM deal WHERE id = ?)",
        (enrollment.contact, enrollment.deal),
    )
    return " · ".join(name for name in row or () if name)


def resume_one(
    context: Context, work: Unit, enrollment: Enrollment, plan: CadencePlan, who: str
) -> list[Event]:
    """Let one paused or stalled enrollment go on, inside an open transaction.

    Raises Refused where something else holds it.
    """
    db = work.db
    if db.value("SELECT do_not_contact FROM contact WHERE id = ?", (enrollment.contact,)):
        raise Refused(f"{who} asked not to be contacted.", "Stop the cadence instead.")
    if enrollment.state is EnrollmentState.ACTIVE:
        return go_on(context, work, enrollment, plan, who)
    work.update(Enrollment, enrollment.id, state=EnrollmentState.ACTIVE, paused_on=None, remaining_days=None)
    task = open_task(work, enrollment.id)
    if task is not None:
        if task.status is TaskStatus.HELD:
            why = why_held(context, task)
            if why:
                raise Refused(why)
            due = open_again(context, work, task, "resuming")
            due_on, due_at = due.due_on, due.due_at
        else:
            due_on, due_at = task.due_on, task.due_at
        return [CadenceResumed(enrollment.id, plan.name, who, task.id, task.action, due_on, due_at)]
    failed = work.load(Task, _last_task(work, enrollment.id))
    why = why_held(context, failed, enrollment.assignee)
    if why:
        raise Refused(why)
    following = waits.again(context, failed, enrollment)
    task_id = make_step(
        work, enrollment.id, following.step_no or 1, step=following.step, due=following.due, action=following.action
    )  # fmt: skip
    resumed = CadenceResumed(enrollment.id, plan.name, who, task_id, following.action, following.due.due_on)
    return [resumed, *end_searches(work, enrollment.id)]


def _last_task(work: Unit, enrollment_id: int) -> int:
    return int(
        work.db.value(
            "SELECT max(id) FROM task WHERE enrollment_id = ? AND removed_by IS NULL", (enrollment_id,)
        )
    )


def replace_one(
    context: Context,
    work: Unit,
    enrollment: Enrollment,
    plan: CadencePlan,
    who: str,
    version_id: int,
    start: Start,
) -> list[Event]:
    """End an enrollment as replaced and begin a version for the same, inside an open transaction. Raises Refused."""
    ended = end_enrollment(work, enrollment.id, plan.name, EndReason.REPLACED)
    target = Target(enrollment.contact, enrollment.deal)
    assignee = person(work.db, enrollment.assignee)
    begun = start_enrollment(context, work, version_id, target, start, assignee)
    if isinstance(begun, NotEnrolled):
        raise Refused(f"{who}: {begun.why}.", f"{plan.name} runs on.")
    return [CadenceReplaced(enrollment.id, plan.name, who, _moot(ended)), begun]


def _moot(events: Sequence[Event]) -> tuple[int, ...]:
    """The tasks that the end of an enrollment made moot."""
    return tuple(task for event in events if isinstance(event, TasksMoot) for task in event.task_ids)


def _what(events: Sequence[Event]) -> str:
    """For the journal: whom it was about, or how many."""
    if len(events) != 1:
        return f"{len(events)} {'steps' if isinstance(events[0], StepSkipped) else 'cadences'}"
    [event] = events
    if isinstance(event, StepSkipped):
        return f'"{event.action}"'
    return f"{getattr(event, 'cadence', '')} for {getattr(event, 'who', '')}"

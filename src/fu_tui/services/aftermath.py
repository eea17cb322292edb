"""What a close brings: the successor, the end of a cadence, the question. One rule: each way ends in exactly one open
task for a running enrollment, or in an ended enrollment with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fu_tui.core import schedule
from fu_tui.core.cadence import CadencePlan
from fu_tui.core.errors import Refused
from fu_tui.core.events import (
    EnrollmentEnded,
    Event,
    FollowUpSpawned,
    NextStepProposed,
    NotEnrolled,
    UnansweredWarning,
)
from fu_tui.core.outcomes import Effect
from fu_tui.core.schedule import Due
from fu_tui.core.terms import (
    Channel,
    EndReason,
    EnrollmentState,
    Lifecycle,
    OnExhaust,
    Origin,
    Priority,
    ReplyClass,
    StageKind,
    TaskKind,
    TaskStatus,
    Temperature,
)
from fu_tui.services.context import Context
from fu_tui.services.enroll import Start, Target, start_enrollment
from fu_tui.services.following import (
    MAX_UNANSWERED,
    WARN_AT,
    Following,
    When,
    closed_channels,
    extended,
    in_cadence,
    moved_anchor,
    stage_of,
    tries,
    without_cadence,
)
from fu_tui.services.spawn import Links, make_step, make_task
from fu_tui.store.lookup import find_cadence
from fu_tui.store.models import Contact, Deal, Enrollment, Task
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit

if TYPE_CHECKING:
    from fu_tui.services.close import Closed


class Aftermath:
    """Works out what follows a closed task, inside the closing transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, work: Unit, closed: Closed) -> list[Event]:
        """Everything the outcome brings, written and told."""
        if closed.row.effect is Effect.SAME:
            return [self._same_again(work, closed)]
        if closed.row.effect is Effect.END:
            return self._end(work, closed)
        if closed.task.enrollment is not None:
            return self._next_of_cadence(work, closed)
        return self._next_without_cadence(work, closed)

    # --- it goes on

    def _next_of_cadence(self, work: Unit, closed: Closed) -> list[Event]:
        task = closed.task
        enrollment = work.load(Enrollment, task.enrollment or 0)
        plan = self._context.plan(enrollment.version)
        count, when = tries(work.db, task), _when(closed)
        if closed.row.code == "extend":
            last = self._last_touch(work, closed)
            following: Following | OnExhaust = extended(plan, last, enrollment.anchor_on, when)
        else:
            shut = closed_channels(work.db, task.contact)
            following = in_cadence(plan, task, enrollment.anchor_on, count, when, shut)
        if isinstance(following, OnExhaust):
            return self._exhausted(work, closed, enrollment, plan, following)
        task_id = make_step(
            work, enrollment.id, following.step_no or 1, step=following.step, due=following.due,
            action=following.action, spawned_by=task.id,
        )  # fmt: skip
        events: list[Event] = [_told(closed, task_id, following, enrollment.assignee)]
        return events + self._warning(closed, following, count, plan.warn_at, plan.max_unanswered)

    def _next_without_cadence(self, work: Unit, closed: Closed) -> list[Event]:
        task = closed.task
        if closed.row.code == "done":
            return [self._proposal(closed)]
        count = tries(work.db, task)
        model = task
        if closed.row.code == "extend":
            model, count = _asked_about(work, task), 0
        following = without_cadence(model, stage_of(self._context, task), count, _when(closed))
        if following.decides:
            other: dict[str, object] = {"action": following.action, "kind": TaskKind.DECIDE, "channel": None}
        else:
            again = TaskKind.FOLLOW_UP if model.kind is TaskKind.CALLBACK else model.kind
            other = {"kind": again, "attempt": model.attempt + 1}
        task_id = self._copy(work, closed, model, following.due, **other)
        events: list[Event] = [_told(closed, task_id, following, task.owner)]
        return events + self._warning(closed, following, count, WARN_AT, MAX_UNANSWERED)

    def _last_touch(self, work: Unit, closed: Closed) -> int:
        return int(work.db.value(
            "SELECT ifnull(max(step_no), 1) FROM task WHERE enrollment_id = ? AND kind <> ? AND status = 'done'",
            (closed.task.enrollment, TaskKind.DECIDE.value),
        ))  # fmt: skip

    def _warning(
        self, closed: Closed, following: Following, count: int, warn_at: int, most: int
    ) -> list[Event]:
        """One touch before the question, the owner is told (R100)."""
        if closed.row.reply is not ReplyClass.NONE or following.decides or not warn_at <= count < most:
            return []
        return [UnansweredWarning(count, most, self._who(closed.task))]

    def _exhausted(
        self, work: Unit, closed: Closed, enrollment: Enrollment, plan: CadencePlan, how: OnExhaust
    ) -> list[Event]:
        if how is OnExhaust.NURTURE:
            ended = self._end_enrollment(work, enrollment.id, plan.name, EndReason.EXHAUSTED_NURTURE)
            return [ended, self._nurture(work, closed)]
        if how is OnExhaust.CLOSE_FILE:
            self._close_file(work, closed.task.contact)
            return [self._end_enrollment(work, enrollment.id, plan.name, EndReason.EXHAUSTED_CLOSED)]
        ended = self._end_enrollment(work, enrollment.id, plan.name, EndReason.COMPLETED)
        return [ended, self._proposal(closed)]

    # --- the same again, on a day asked for

    def _same_again(self, work: Unit, closed: Closed) -> Event:
        task = closed.task
        due = schedule.by_hand(closed.until or closed.today, reason="asked to be called back")
        if task.enrollment is None:
            kind = TaskKind.CALLBACK if task.kind is TaskKind.FOLLOW_UP else task.kind
            owner_id, attempt = task.owner, task.attempt + 1
            task_id = self._copy(work, closed, task, due, kind=kind, attempt=attempt)
        else:
            enrollment = work.load(Enrollment, task.enrollment)
            owner_id, number = enrollment.assignee, task.step_no or 1
            plan = self._context.plan(enrollment.version)
            put_off = (due.due_on - task.first_due_on).days
            due = replace(due, anchor_on=moved_anchor(plan, enrollment.anchor_on, put_off))
            task_id = make_step(
                work, enrollment.id, number, step=plan.step(number), due=due, action=task.action,
                spawned_by=task.id,
            )  # fmt: skip
        decides = task.kind is TaskKind.DECIDE
        return _told(closed, task_id, Following(task.action, due, decides=decides), owner_id)

    # --- the end

    def _end(self, work: Unit, closed: Closed) -> list[Event]:
        task, row = closed.task, closed.row
        events: list[Event] = []
        if task.enrollment is not None and row.end is not None:
            plan = self._context.plan(work.load(Enrollment, task.enrollment).version)
            events.append(self._end_enrollment(work, task.enrollment, plan.name, row.end))
        if row.code == "close_file":
            self._close_file(work, task.contact)
        elif row.code == "check_back":
            events.append(self._check_back(work, closed))
        elif row.code == "nurture":
            events.append(self._nurture(work, closed))
        elif row.code == "lost":
            events += self._lose(work, closed)
        if row.proposes:
            events.append(self._proposal(closed))
        return events

    def _check_back(self, work: Unit, closed: Closed) -> Event:
        action = "Reopen the conversation where it stopped"
        due = schedule.by_hand(closed.until or closed.today, reason="asked to check back then")
        task_id = self._copy(
            work, closed, closed.task, due, action=action, kind=_public_kind(closed.task), attempt=1,
            channel=closed.task.channel or Channel.MAIL,
        )  # fmt: skip
        return _told(closed, task_id, Following(action, due), closed.task.owner)

    def _nurture(self, work: Unit, closed: Closed) -> Event:
        """Start the nurture cadence from the day of closing (R100, R101)."""
        return self._start(work, closed, "nurture")

    def _lose(self, work: Unit, closed: Closed) -> list[Event]:
        deal_id = closed.task.deal
        if deal_id is None:
            raise Refused("There is no deal to lose.", "Choose nurture, or close the file.")
        stage = work.db.value(
            "SELECT id FROM stage WHERE kind = ? AND removed_by IS NULL AND pipeline ="
            " (SELECT pipeline FROM stage WHERE id = (SELECT stage_id FROM deal WHERE id = ?))"
            " ORDER BY position LIMIT 1",
            (StageKind.LOST.value, deal_id),
        )
        if stage is None:
            raise Refused(
                "The deal's pipeline has no stage for lost deals.", "Add one, then close this again."
            )
        reason = closed.note or None
        work.update(
            Deal, deal_id, stage=stage, stage_entered_at=work.at, closed_at=work.at, lost_reason=reason
        )
        others = work.db.rows(
            "SELECT e.id, e.version_id FROM enrollment e WHERE e.deal_id = ? AND e.state <> 'ended'"
            " AND e.removed_by IS NULL",
            (deal_id,),
        )
        events: list[Event] = [
            self._end_enrollment(work, number, self._context.plan(version).name, EndReason.DEAL_LOST)
            for number, version in others
        ]
        for (task_id,) in work.db.rows(
            "SELECT id FROM task WHERE deal_id = ? AND status = 'open'", (deal_id,)
        ):
            work.update(Task, task_id, status=TaskStatus.SUPERSEDED, status_changed_at=work.at)
        return [*events, self._start(work, closed, "lost", of_deal=False)]

    def _start(self, work: Unit, closed: Closed, key: str, of_deal: bool = True) -> Event:
        """Start a cadence that follows from the close. A lost deal is closed, so its contact carries on."""
        task, db = closed.task, work.db
        target = Target(task.contact, task.deal if of_deal or task.contact is None else None)
        version = newest_version(db, find_cadence(db, key).id)
        if target.contact_id is None and target.deal_id is None:
            raise Refused("This task is linked to nobody.", "Close it as done, or as not needed.")
        started = start_enrollment(
            self._context, work, version, target, Start(closed.closed_on, follows=task.id), closed.doer
        )
        if isinstance(started, NotEnrolled):
            return started
        return FollowUpSpawned(
            started.task_id, started.action, started.due_on, started.due_at, started.owner_id, task.id
        )

    def _end_enrollment(
        self, work: Unit, enrollment_id: int, name: str, reason: EndReason
    ) -> EnrollmentEnded:
        """End an enrollment; a task it still has open is moot."""
        rows = work.db.rows(
            "SELECT id FROM task WHERE enrollment_id = ? AND status IN ('open', 'held')", (enrollment_id,)
        )
        for (task_id,) in rows:
            work.update(Task, task_id, status=TaskStatus.SUPERSEDED, status_changed_at=work.at)
        work.update(
            Enrollment, enrollment_id, state=EnrollmentState.ENDED, end_reason=reason, ended_at=work.at
        )
        return EnrollmentEnded(enrollment_id, name, reason)

    def _close_file(self, work: Unit, contact_id: int | None) -> None:
        if contact_id is not None:
            work.update(Contact, contact_id, lifecycle=Lifecycle.CLOSED_FILE)

    # --- small parts

    def _proposal(self, closed: Closed) -> NextStepProposed:
        """What the next step could be: by the deal's temperature, else the next working day (R119–R121)."""
        task, db = closed.task, self._context.db
        contact = db.value("SELECT name FROM contact WHERE id = ?", (task.contact,)) or ""
        deal, warmth = db.row("SELECT title, temperature FROM deal WHERE id = ?", (task.deal,)) or ("", None)
        due = schedule.by_temperature(
            Temperature(warmth or Temperature.ACTIVE), today=closed.today, calendar=closed.calendar
        )
        only = task.account if task.contact is None and task.deal is None else None
        account = db.value("SELECT name FROM account WHERE id = ?", (only,)) or ""
        action = f"Answer {contact or account or 'them'}" if closed.row.code == "replied" else ""
        return NextStepProposed(
            task.id, action, due.due_on if due else None, task.contact, contact, task.deal, deal, task.account,
            Priority.NORMAL, account,
        )  # fmt: skip

    def _copy(self, work: Unit, closed: Closed, model: Task, due: Due, **other: object) -> int:
        """A new task like `model`, with what differs, for the owner of the closed one and as urgent."""
        values: dict[str, object] = {
            "action": model.action, "channel": model.channel, "priority": closed.task.priority, "kind": model.kind,
            "body": model.body,
        } | other  # fmt: skip
        return make_task(
            work, due=due, owner_id=closed.task.owner, links=Links(model.contact, model.deal, model.account),
            origin=Origin.CADENCE, spawned_by=closed.task.id, **values,  # type: ignore[arg-type]
        )  # fmt: skip

    def _who(self, task: Task) -> str:
        """The contact's name, else the deal's title, else nobody's."""
        return str(
            self._context.db.value(
                "SELECT ifnull((SELECT name FROM contact WHERE id = ?), (SELECT title FROM deal WHERE id = ?))",
                (task.contact, task.deal),
            )
            or "this contact"
        )


def _public_kind(task: Task) -> TaskKind:
    """The kind of a plain successor: what is private stays so (R51)."""
    return TaskKind.PRIVATE if task.kind is TaskKind.PRIVATE else TaskKind.FOLLOW_UP


def _asked_about(work: Unit, decision: Task) -> Task:
    """The try that led to a decision, however often that was put off."""
    task = decision
    while task.kind is TaskKind.DECIDE and task.spawned_by is not None:
        task = work.load(Task, task.spawned_by)
    return task


def _when(closed: Closed) -> When:
    return When(closed.closed_on, closed.today, closed.calendar, closed.until)


def _told(closed: Closed, task_id: int, following: Following, owner_id: int) -> FollowUpSpawned:
    due = following.due
    return FollowUpSpawned(
        task_id,
        following.action,
        due.due_on,
        due.due_at,
        owner_id,
        closed.task.id,
        following.decides,
        following.why,
    )

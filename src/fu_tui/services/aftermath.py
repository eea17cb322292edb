"""What a close brings: the successor, the end of a cadence, the question. One rule: each way ends in exactly one open
task for a running enrollment, or in an ended enrollment with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.errors import Refused
from fu_tui.core.events import Event, FollowUpSpawned, UnansweredWarning
from fu_tui.core.outcomes import Effect, why_not_one_channel
from fu_tui.core.schedule import remaining_days
from fu_tui.core.terms import (
    Channel,
    EndReason,
    EnrollmentState,
    OnExhaust,
    ReplyClass,
    TaskKind,
    TaskStatus,
)
from fu_tui.services import brings, occurrences, standin, waits
from fu_tui.services.context import Context
from fu_tui.services.endings import Endings, gathered
from fu_tui.services.following import (
    MAX_UNANSWERED,
    WARN_AT,
    Following,
    When,
    asked_about,
    called_back,
    closed_channels,
    extended,
    in_cadence,
    last_touch_no,
    moved_anchor,
    stage_of,
    tries,
    without_cadence,
)
from fu_tui.services.holding import hold
from fu_tui.services.running import end_enrollment, running
from fu_tui.services.spacing import close_touches, others
from fu_tui.services.spawn import make_step
from fu_tui.services.successor import copy_task, name_of, told, when_of
from fu_tui.store.models import Contact, Enrollment, Task
from fu_tui.store.unit import Unit

if TYPE_CHECKING:
    from fu_tui.services.close import Closed


class Aftermath:
    """Works out what follows a closed task, inside the closing transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._endings = Endings(context)

    def of(self, work: Unit, closed: Closed) -> list[Event]:
        """Everything the outcome brings, written and told; where whoever is to do it is away, that too.

        Of a series, also its next occurrence.
        """
        events = [self._with_absence(work, event) for event in self._of(work, closed)]
        # A day that was named is not moved away from another cadence's touch.
        if closed.row.asks and closed.row.effect is not Effect.NEXT:
            made = [event.task_id for event in events if isinstance(event, FollowUpSpawned)]
            events += close_touches(self._context, made)
        if closed.task.series is not None:
            events += occurrences.go_on(self._context, work, closed.task, closed.closed_on)
        return events

    @staticmethod
    def _with_absence(work: Unit, event: Event) -> Event:
        if not isinstance(event, FollowUpSpawned):
            return event
        absent = standin.told(work.db, event.task_id, work.at)
        return event._replace(why="; ".join(filter(None, (event.why, absent))))

    def _of(self, work: Unit, closed: Closed) -> list[Event]:
        task, row = closed.task, closed.row
        if row.code == "opted_out":
            return self._opted_out(work, closed)
        if row.effect is Effect.SAME:
            return [self._same_again(work, closed)]
        if row.effect is Effect.WAIT:
            return waits.begin(self._context, work, closed)
        if row.effect is Effect.END:
            return self._endings.of(work, closed)
        if task.enrollment is not None:
            return self._next_of_cadence(work, closed)
        if task.series is not None:
            return []  # its next occurrence is what follows
        return self._next_without_cadence(work, closed)

    # --- it goes on

    def _next_of_cadence(self, work: Unit, closed: Closed) -> list[Event]:
        task = closed.task
        enrollment = work.load(Enrollment, task.enrollment or 0)
        plan = self._context.plan(enrollment.version)
        count, when = tries(work.db, task), _apart_when(work, closed)
        shut = closed_channels(work.db, task.contact)
        if closed.row.code == "extend":
            last = last_touch_no(work.db, enrollment.id)
            following: Following | OnExhaust = extended(plan, last, enrollment.anchor_on, when, shut)
        elif closed.row.code == "no_show" and count < plan.max_unanswered:
            step = plan.step(task.step_no or 1)
            following = brings.new_slot(work.db, task, when, step)
        else:
            following = in_cadence(plan, task, enrollment.anchor_on, count, when, shut)
        events = self._go_on(work, closed, enrollment, plan, following)
        if isinstance(following, Following):
            events += self._warning(closed, following, count, plan.warn_at, plan.max_unanswered)
        return events

    def _go_on(
        self,
        work: Unit,
        closed: Closed,
        enrollment: Enrollment,
        plan: CadencePlan,
        following: Following | OnExhaust,
    ) -> list[Event]:
        """Write the step that follows, or the end of the cadence."""
        if isinstance(following, OnExhaust):
            return self._exhausted(work, closed, enrollment, plan, following)
        task_id = make_step(
            work, enrollment.id, following.step_no or 1, step=following.step, due=following.due,
            action=following.action, spawned_by=closed.task.id,
        )  # fmt: skip
        return [told(closed, task_id, following, enrollment.assignee)]

    def _next_without_cadence(self, work: Unit, closed: Closed) -> list[Event]:
        task, when, code = closed.task, when_of(closed), closed.row.code
        failed = waits.search_for(work, task)
        if code == "done":
            tried = waits.over(self._context, work, closed, failed) if failed else []
            return tried or [self._endings.proposal(closed)]
        count = task.attempt if failed else tries(work.db, task)
        model = task
        if code == "extend":
            model, count = asked_about(work.db, task), 0
        if code == "no_show" and not failed and count < MAX_UNANSWERED:
            following = brings.new_slot(work.db, task, when)
        else:
            following = without_cadence(model, stage_of(self._context, task), count, when)
        if following.decides:
            other: dict[str, object] = {"action": following.action, "kind": TaskKind.DECIDE, "channel": None}
        else:
            other = {"action": following.action, "attempt": model.attempt + 1, **_tried_by(model)}
        task_id = copy_task(work, closed, model, following.due, owner_id=task.owner, **other)
        events: list[Event] = [told(closed, task_id, following, task.owner)]
        return events + self._warning(closed, following, count, WARN_AT, MAX_UNANSWERED)

    def _warning(
        self, closed: Closed, following: Following, count: int, warn_at: int, most: int
    ) -> list[Event]:
        """One touch before the question, the owner is told (R100)."""
        if closed.row.reply is not ReplyClass.NONE or following.decides or not warn_at <= count < most:
            return []
        task = closed.task
        return [UnansweredWarning(count, most, name_of(self._context.db, task.contact, task.deal))]

    def _exhausted(
        self, work: Unit, closed: Closed, enrollment: Enrollment, plan: CadencePlan, how: OnExhaust
    ) -> list[Event]:
        if how is OnExhaust.NURTURE:
            ended = end_enrollment(work, enrollment.id, plan.name, EndReason.EXHAUSTED_NURTURE)
            return [*ended, self._endings.nurture(work, closed, plan)]
        if how is OnExhaust.CLOSE_FILE:
            self._endings.close_file(work, closed.task.contact)
            return end_enrollment(work, enrollment.id, plan.name, EndReason.EXHAUSTED_CLOSED)
        ended = end_enrollment(work, enrollment.id, plan.name, EndReason.COMPLETED)
        return [*ended, self._endings.proposal(closed)]

    # --- the same again, on a day asked for

    def _same_again(self, work: Unit, closed: Closed) -> Event:
        task = closed.task
        due = called_back(closed.until or closed.today, closed.at, closed.doer.tz)
        if task.enrollment is None:
            kind = TaskKind.CALLBACK if task.kind is TaskKind.FOLLOW_UP else task.kind
            owner_id, attempt = task.owner, task.attempt + 1
            task_id = copy_task(work, closed, task, due, owner_id=owner_id, kind=kind, attempt=attempt)
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
        return told(closed, task_id, Following(task.action, due, decides=decides), owner_id)

    # --- not over this channel

    def _opted_out(self, work: Unit, closed: Closed) -> list[Event]:
        """Nothing more to this contact; or nothing more over one channel, and then the rest goes on (R111)."""
        task = closed.task
        if task.contact is None:
            raise Refused(
                "This task is about no contact who could opt out.", "Close it as lost or not needed."
            )
        if closed.channel is None:
            return self._endings.opt_out(work, closed)
        why = why_not_one_channel(is_decide=task.kind is TaskKind.DECIDE)
        if why:
            raise Refused(why, "Decide, or let them opt out of everything.")
        shut = closed_channels(work.db, task.contact) | {closed.channel}
        work.update(Contact, task.contact, opted_out=tuple(sorted(channel.value for channel in shut)))
        events = self._pass_over(work, closed, closed.channel)
        if task.enrollment is not None:
            return gathered([*self._next_of_cadence(work, closed), *events])
        return gathered([*events, self._endings.proposal(closed)])

    def _pass_over(self, work: Unit, closed: Closed, channel: Channel) -> list[Event]:
        """What else was due to this contact over the channel is skipped; each cadence goes on with what is left.

        What waited there waits on: nothing else would look at its channel when it comes back (I11).
        """
        events: list[Event] = []
        for one in running(work.db, "e.contact_id = ?", closed.task.contact):
            if one.task_id is None or one.id == closed.task.enrollment:
                continue
            task, enrollment = work.load(Task, one.task_id), work.load(Enrollment, one.id)
            if task.channel is not channel or task.kind is TaskKind.DECIDE:
                continue
            work.update(Task, task.id, status=TaskStatus.SKIPPED, status_changed_at=work.at)
            doer, calendar, today = self._context.desk_of(enrollment.assignee)
            passed = replace(
                closed, task=task, closed_on=today, until=None, doer=doer, calendar=calendar, today=today
            )
            plan, shut = self._context.plan(one.version), closed_channels(work.db, task.contact)
            count = tries(work.db, task)
            following = in_cadence(plan, task, enrollment.anchor_on, count, _apart_when(work, passed), shut)
            came = self._go_on(work, passed, enrollment, plan, following)
            if task.status is TaskStatus.HELD and isinstance(following, Following):
                came = [self._wait_on(work, enrollment, event) for event in came]
            events += came
        return events

    def _wait_on(self, work: Unit, enrollment: Enrollment, event: Event) -> Event:
        """What comes in the place of a task that was held is held as well, its days frozen from now on."""
        if not isinstance(event, FollowUpSpawned):
            return event
        if enrollment.state is EnrollmentState.PAUSED:
            _, _, today = self._context.desk_of(enrollment.assignee)
            work.update(Enrollment, enrollment.id, remaining_days=remaining_days(event.due_on, today))
        if work.load(Task, event.task_id).status is not TaskStatus.OPEN:
            return event
        hold(work, [event.task_id])
        return event._replace(why="it waits, as the step before it did")


def _apart_when(work: Unit, closed: Closed) -> When:
    """The days that the next step of a cadence is reckoned from, with those of the contact's other cadences."""
    task, doer = closed.task, (closed.doer, closed.calendar, closed.today)
    return replace(when_of(closed), others=others(work.db, task.contact, [task.enrollment], doer))


def _tried_by(model: Task) -> dict[str, object]:
    """How the next try is made: a call back is one once, and a meeting that failed is asked for in writing."""
    if model.kind is TaskKind.MEETING:
        return {"kind": TaskKind.FOLLOW_UP, "channel": Channel.MAIL}
    return {"kind": TaskKind.FOLLOW_UP if model.kind is TaskKind.CALLBACK else model.kind}

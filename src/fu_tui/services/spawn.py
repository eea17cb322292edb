"""Making tasks. One rule: every task is written here, with its trace and its idempotency key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fu_tui.core.cadence import Step
from fu_tui.core.schedule import Due
from fu_tui.core.terms import Channel, Origin, Priority, StepKind, TaskKind
from fu_tui.services.standin import at_birth
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Links:
    """Whom a task is about (R20)."""

    contact_id: int | None = None
    deal_id: int | None = None
    account_id: int | None = None


def make_task(
    work: Unit,
    *,
    action: str,
    due: Due,
    owner_id: int,
    links: Links,
    origin: Origin,
    channel: Channel | None = None,
    priority: Priority = Priority.NORMAL,
    kind: TaskKind = TaskKind.FOLLOW_UP,
    **more: Any,
) -> int:
    """Write an open task. `more` takes further columns of Task by their names. Returns its id.

    While its owner is away it is their cover's at once, or held, as the absence says (R180–R183).
    """
    more |= at_birth(
        work.db,
        work.at,
        owner_id=owner_id,
        kind=kind,
        due_on=due.due_on,
        due_at=due.due_at,
        priority=priority,
    )
    return work.insert(
        Task,
        action=action,
        channel=channel,
        contact=links.contact_id,
        deal=links.deal_id,
        account=links.account_id,
        owner=owner_id,
        due_on=due.due_on,
        due_at=due.due_at,
        window_end_on=due.window_end_on,
        planned_on=due.planned_on,
        first_due_on=due.due_on,
        priority=priority,
        kind=kind,
        origin=origin,
        trace=due.trace.to_json(),
        created_at=work.at,
        status_changed_at=work.at,
        **more,
    )


def make_step(
    work: Unit,
    enrollment_id: int,
    step_no: int,
    *,
    step: Step | None,
    due: Due,
    action: str = "",
    spawned_by: int | None = None,
    **more: Any,
) -> int:
    """Write the open task of one step of an enrollment, for its assignee, and move the enrollment to it.

    more: what a person said otherwise than the step: channel, priority, body and further columns of Task.
    step: the plan's step; None for a decision beyond the plan's last step, which then needs an `action`.
    attempt is 1 + that of the step's last row, whatever became of it: the key under which a step is spawned
    once. Returns the task's id.
    """
    enrollment = work.load(Enrollment, enrollment_id)
    account = work.db.value(
        "SELECT ifnull((SELECT account_id FROM contact WHERE id = ?), (SELECT account_id FROM deal WHERE id = ?))",
        (enrollment.contact, enrollment.deal),
    )
    earlier = work.db.value(
        "SELECT ifnull(max(attempt), 0) FROM task WHERE enrollment_id = ? AND step_no = ?",
        (enrollment_id, step_no),
    )
    decides = step is None or step.kind is StepKind.DECIDE
    told = {
        "channel": step.channel if step else None,
        "origin": Origin.CADENCE,
        "priority": step.priority if step else Priority.NORMAL,
    } | more
    work.update(
        Enrollment, enrollment_id, current_step=step_no, anchor_on=due.anchor_on or enrollment.anchor_on
    )
    return make_task(
        work,
        action=action or (step.action if step else ""),
        due=due,
        owner_id=enrollment.assignee,
        links=Links(enrollment.contact, enrollment.deal, account),
        kind=TaskKind.DECIDE if decides else TaskKind.FOLLOW_UP,
        enrollment=enrollment_id,
        step_no=step_no,
        attempt=earlier + 1,
        spawned_by=spawned_by,
        **told,
    )

"""The small parts that every way of following a close is made of: a copy of a task, a name, an event. One rule: nothing
is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.core.events import FollowUpSpawned
from fu_tui.core.schedule import Due
from fu_tui.core.terms import Origin, TaskKind
from fu_tui.services.following import Following, When
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.database import Database
from fu_tui.store.models import Task
from fu_tui.store.unit import Unit

if TYPE_CHECKING:
    from fu_tui.services.close import Closed


def when_of(closed: Closed) -> When:
    """The days that what follows a close is reckoned from."""
    return When(closed.closed_on, closed.today, closed.calendar, closed.until)


def told(closed: Closed, task_id: int, following: Following, owner_id: int) -> FollowUpSpawned:
    """What a close brought, as the event that says so."""
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


def copy_task(work: Unit, closed: Closed, model: Task, due: Due, *, owner_id: int, **other: object) -> int:
    """A new task like `model`, with what differs, as urgent as the closed one. Returns its id."""
    values: dict[str, object] = {
        "action": model.action, "channel": model.channel, "priority": closed.task.priority, "kind": model.kind,
        "body": model.body,
    } | other  # fmt: skip
    return make_task(
        work, due=due, owner_id=owner_id, links=Links(model.contact, model.deal, model.account),
        origin=Origin.CADENCE, spawned_by=closed.task.id, **values,  # type: ignore[arg-type]
    )  # fmt: skip


def public_kind(task: Task, kind: TaskKind = TaskKind.FOLLOW_UP) -> TaskKind:
    """The kind of what follows a task: what is private stays so (R51)."""
    return TaskKind.PRIVATE if task.kind is TaskKind.PRIVATE else kind


def name_of(db: Database, contact_id: int | None, deal_id: int | None, unknown: str = "this contact") -> str:
    """The contact's name, else the deal's title, else `unknown`."""
    found = db.value(
        "SELECT ifnull((SELECT name FROM contact WHERE id = ?), (SELECT title FROM deal WHERE id = ?))",
        (contact_id, deal_id),
    )
    return str(found or unknown)

"""Passing on what is open: tasks, enrollments, series go from one owner to another. One rule: only a handoff and
somebody's leaving do it, so that an owner never changes by the way (I12)."""

from __future__ import annotations

from fu_tui.store.models import Enrollment, Series, Task
from fu_tui.store.unit import Unit


def pass_on(
    work: Unit, where: str, values: tuple[object, ...], from_id: int | None, to_id: int
) -> tuple[int, ...]:
    """Give a new owner the open tasks, running enrollments and series that `where` names and that are `from_id`'s.

    where: a condition on the columns that all have: contact_id, deal_id. Returns the tasks' ids. What is private
    stays with whom it is.
    """
    tasks = work.db.rows(
        f"SELECT id FROM task WHERE status IN ('open', 'held') AND kind <> 'private' AND owner_id = ? AND ({where})"
        " ORDER BY id",
        (from_id, *values),
    )
    for (task_id,) in tasks:
        work.update(Task, task_id, owner=to_id, acting_owner=None, assigner=work.actor_id)
    running = work.db.rows(
        "SELECT id FROM enrollment WHERE state <> 'ended' AND removed_by IS NULL AND assignee_id = ?"
        f" AND ({where}) ORDER BY id",
        (from_id, *values),
    )
    for (enrollment_id,) in running:
        work.update(Enrollment, enrollment_id, assignee=to_id)
    recurring = work.db.rows(
        "SELECT id FROM series WHERE state = 'active' AND removed_by IS NULL AND owner_id = ?"
        f" AND ({where}) ORDER BY id",
        (from_id, *values),
    )
    for (series_id,) in recurring:
        work.update(Series, series_id, owner=to_id)
    return tuple(row[0] for row in tasks)

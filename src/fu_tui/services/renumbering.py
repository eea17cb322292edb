"""The steps of an enrollment by the numbers of another version of its cadence. One rule: what was done moves with what
is to do, so that the plan, its figures and the step that comes next agree on what is behind."""

from __future__ import annotations

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.step_match import same_steps, standing_at
from fu_tui.store.models import Enrollment, Task
from fu_tui.store.unit import Unit


def renumber(work: Unit, enrollment: Enrollment, old: CadencePlan, new: CadencePlan) -> None:
    """Give every task of an enrollment, and the enrollment, the number that its step has in `new`.

    What was done of a step that was dropped counts as another try of the one before it.
    """
    rows = work.db.rows(
        "SELECT id, step_no, attempt, status IN ('open', 'held'), removed_by IS NULL FROM task"
        " WHERE enrollment_id = ?",
        (enrollment.id,),
    )
    places = {(no, attempt) for _, no, attempt, _, _ in rows}
    moved: list[tuple[int, int, int, int]] = []
    for task_id, no, attempt, is_open, stands in rows:
        then = (standing_at(old, new, no) or no) if is_open else _counted_as(old, new, no)
        if stands and then != no:
            moved.append((no, then, attempt, task_id))
    # No two rows have the same step and try, not even for a moment: what goes up leaves its place from the top down.
    up = sorted((each for each in moved if each[1] > each[0]), reverse=True)
    for no, then, attempt, task_id in [*up, *sorted(each for each in moved if each[1] < each[0])]:
        free = next(n for n in range(attempt, attempt + len(rows) + 1) if (then, n) not in places)
        work.update(Task, task_id, step_no=then, attempt=free)
        places ^= {(no, attempt), (then, free)}
    now = standing_at(old, new, enrollment.current_step)
    work.update(Enrollment, enrollment.id, current_step=now or enrollment.current_step)


def _counted_as(old: CadencePlan, new: CadencePlan, no: int) -> int:
    if no > len(old.steps):
        return standing_at(old, new, no) or no
    same = same_steps(old, new)
    return next((same[each] for each in range(no, 0, -1) if each in same), 1)

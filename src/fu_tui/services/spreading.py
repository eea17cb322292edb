"""Spreading what piled up over the days to come. One rule: what is shown before is what is then done, and what was
agreed with somebody (an hour, a meeting, a call back, an answer) stays where it is and is named."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import Conflict, Refused
from fu_tui.core.events import Event
from fu_tui.core.events_life import TasksSpread
from fu_tui.core.load import WEEKS_BACK
from fu_tui.core.spreading import place
from fu_tui.core.terms import Priority, Roll, TaskKind
from fu_tui.queries.load import LEAST, lying_on_days, rate_of
from fu_tui.queries.series_rows import Spread, SpreadDay, SpreadMove, SpreadStay
from fu_tui.services.context import Context
from fu_tui.services.foreseeing import at_work
from fu_tui.services.moves import move_due
from fu_tui.services.standin import absences_of
from fu_tui.store.models import Task
from fu_tui.store.unit import Unit

STAYS = {
    TaskKind.MEETING: "a meeting",
    TaskKind.CALLBACK: "a call back on a day that was agreed",
    TaskKind.REPLY: "an answer somebody waits for",
}
"""Kinds that are somebody else's day as well, and why each stays."""
HOUR = "it has an hour"


class _Row(NamedTuple):
    """An open task to be placed."""

    id: int
    action: str
    due_on: date
    owner: int
    stays: str


class Spreading:
    """The verb `spread`, and its plan."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def spread_plan(self, task_ids: Sequence[int], over: int | None = None) -> Spread:
        """Which day each task would get; nothing is written.

        over: how many working days to use; else as few as the owner's own daily rate allows. Raises Refused, NotFound.
        """
        rows = self._rows(self._context.chosen(task_ids))
        moves: list[SpreadMove] = []
        days: list[SpreadDay] = []
        for owner_id in dict.fromkeys(row.owner for row in rows):
            placed, its_days = self._place(owner_id, [row for row in rows if row.owner == owner_id], over)
            moves += placed
            days += its_days
        stays = tuple(SpreadStay(row.id, row.action, row.due_on, row.stays) for row in rows if row.stays)
        return Spread(tuple(moves), stays, tuple(days), over)

    def spread(
        self, task_ids: Sequence[int], over: int | None = None, *, versions: Mapping[int, int] | None = None
    ) -> tuple[Event, ...]:
        """Move the tasks to the days of the plan: all or none, one undo; those that lie well already stay as they are.

        Raises Refused where there is nothing to move, NotFound, or Conflict for one that changed since it was shown.
        """
        context = self._context
        with context.unit("spread") as work:
            plan = self.spread_plan(task_ids, over)
            for task_id in context.chosen(task_ids):
                work.claim_open(task_id, (versions or {}).get(task_id))
            moved = [move for move in plan.moves if move.to != move.due_on]
            if not moved:
                raise Refused(*_nothing(plan))
            for move in moved:
                self._move(work, move)
            first, last = min(move.to for move in moved), max(move.to for move in moved)
            work.summary = f"spread {len(moved)} tasks over {day_words(first)} to {day_words(last)}"
        ids = tuple(move.task_id for move in moved)
        return (TasksSpread(ids, first, last, len({move.to for move in moved}), len(plan.stays)),)

    def _move(self, work: Unit, move: SpreadMove) -> None:
        task = work.load(Task, move.task_id)
        _, _, today = self._context.desk_of(task.acting_owner or task.owner)
        move_due(work, task, move.to, None, today=today, by=self._context.me.name, how="spread")

    def _place(
        self, owner_id: int, rows: Sequence[_Row], over: int | None
    ) -> tuple[list[SpreadMove], list[SpreadDay]]:
        may = [row for row in rows if not row.stays]
        if not may:
            return [], []
        owner, calendar, today = self._context.desk_of(owner_id)
        since = today - timedelta(weeks=WEEKS_BACK)
        calendar = at_work(calendar, absences_of(self._context.db, owner_id, since))
        rate = self._rate(owner_id, calendar, today)
        there: Counter[date] = Counter()
        for day, count in lying_on_days(self._context.db, owner_id, today).items():
            there[calendar.roll(day, Roll.FORWARD)] += count
        there.subtract(calendar.roll(max(row.due_on, today), Roll.FORWARD) for row in may)
        days = place([row.due_on for row in may], there, rate=rate, today=today, calendar=calendar, over=over)
        comes = Counter(days)
        moves = [SpreadMove(row.id, row.action, row.due_on, day) for row, day in zip(may, days, strict=True)]
        return moves, [SpreadDay(day, there[day], comes[day], rate, owner.name) for day in sorted(comes)]

    def _rate(self, owner_id: int, calendar: WorkCalendar, today: date) -> int:
        """Whole tasks that the owner gets done on a usual day; too few closes to say: what a newcomer's day takes."""
        rate = rate_of(self._context.db, owner_id, calendar, today)
        return LEAST if rate is None else max(1, int(rate))

    def _rows(self, chosen: Sequence[int]) -> list[_Row]:
        """The tasks in the order in which they choose their days: high priority first, then as they stand in the queue.

        Raises NotFound, Conflict.
        """
        rows = self._context.db.rows(
            "SELECT id, action, due_on, queue_owner_id, kind, due_at FROM task WHERE removed_by IS NULL AND status ="
            " 'open' AND id IN (SELECT value FROM json_each(?))"
            " ORDER BY priority <> ?, due_on, due_key, priority, id",
            (json.dumps(list(chosen)), Priority.HIGH.value),
        )
        found = [
            _Row(
                number, action, date.fromisoformat(due), owner, HOUR if at else STAYS.get(TaskKind(kind), "")
            )
            for number, action, due, owner, kind, at in rows
        ]
        if not found:
            raise Conflict("None of them is open any more.", "Look again, then decide.")
        return found


def _nothing(plan: Spread) -> tuple[str, str]:
    """Why nothing moves, and what to do."""
    if plan.moves:
        return "They lie on free days as they are.", "Spread them over fewer days, or leave them."
    why = plan.stays[0].why if plan.stays else ""
    return f"Nothing of this is moved by spreading: {why}.", "Snooze what was agreed otherwise."

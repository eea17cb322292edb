"""The steps that come if nobody replies: computed, never written. One rule: a step is reckoned as its close would, as
if each were closed without a reply on its due day (an overdue one today)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.terms import Channel, Priority, TaskKind
from fu_tui.queries.queue import COLUMNS, JOINS, LAST_CONTACT, View, horizon, to_row
from fu_tui.queries.rows import QueueRow
from fu_tui.queries.touches import unanswered_sql
from fu_tui.services.context import Context
from fu_tui.services.following import Following, When, in_cadence, moved_anchor
from fu_tui.services.foreseeing import Absences, doer, recurring, settled
from fu_tui.services.spacing import Touch, days_beside, touches
from fu_tui.services.standin import absences_of

MOST = 300
"""Cadences that are looked into, those first whose step is due first."""
_STEPS_EACH = 20
"""A cadence has as many steps within two weeks at most."""
_AFTER_ALL = datetime.max.replace(microsecond=0, tzinfo=UTC)
"""As a last contact it stands behind every task of the day, in SQL and in Python alike."""


class Forecast(NamedTuple):
    """What comes within the days that Upcoming shows."""

    rows: tuple[QueueRow, ...] = ()
    """In the order of the days; `is_forecast` holds for each."""
    cut: bool = False
    """Whether there are more cadences than were looked into."""


@dataclass(slots=True)
class _Step:
    """What `in_cadence` asks of the task that is closed."""

    step_no: int
    first_due_on: date


class Forecasting:
    """Keeps what it reckoned until the task, the day or the count of unanswered touches is another."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._kept: dict[int, tuple[Any, tuple[QueueRow, ...]]] = {}

    def of(self, view: View) -> Forecast:
        """The forecast of a queue, within the horizon of `view`. Words and order of the view are not applied."""
        found = self._running(view)
        width = len(QueueRow._fields)
        shown = [(to_row(values[:width]), values[width:]) for values in found[:MOST]]
        contacts = {row.contact_id for row, _ in shown if row.contact_id is not None}
        desks: dict[int, tuple[WorkCalendar, date, dict[int, list[Touch]]]] = {}
        kept: dict[int, tuple[Any, tuple[QueueRow, ...]]] = {}
        for row, more in shown:
            assignee = more[2]
            if assignee not in desks:
                who, calendar, today = self._context.desk_of(assignee)
                near = touches(self._context.db, contacts, today=today, tz=who.tz, calendar=calendar)
                desks[assignee] = calendar, today, near
            calendar, today, near = desks[assignee]
            others = days_beside(near.get(row.contact_id or 0, ()), [row.enrollment_id])
            more = (*more, self._absences(assignee, today))
            key = (row, more, today, calendar, view.today, others)
            before = self._kept.get(row.id)
            if before is None or before[0] != key:
                before = key, tuple(self._ahead(row, more, calendar, today, horizon(view.today), others))
            kept[row.id] = before
        self._kept = kept
        ids = view.scope.user_ids
        every = [*(row for _, ahead in kept.values() for row in ahead), *self._recurring(view)]
        rows = [row for row in every if not ids or row.owner_id in ids]
        rows.sort(key=lambda row: (row.due_on, row.id))
        return Forecast(tuple(rows), len(found) > MOST)

    def _absences(self, user_id: int, today: date) -> Absences:
        return absences_of(self._context.db, user_id, today)

    def _recurring(self, view: View) -> list[QueueRow]:
        """What follows the open tasks of series."""
        rows: list[QueueRow] = []
        for each in recurring(self._context, view, MOST):
            row = to_row(each.values)
            who, calendar, today = self._context.desk_of(each.series.owner)
            absences = self._absences(who.id, today)
            made_on = max(row.due_on, today)
            for number, day in enumerate(each.days[:_STEPS_EACH]):
                kind = each.series.kind
                due_on = settled(absences, kind, day, made_on, calendar)
                owner_id, owner = doer(absences, kind, due_on, (who.id, who.name), each.series.priority)
                made_on = due_on
                if due_on > horizon(view.today):
                    break
                rows.append(
                    row._replace(
                        id=-(row.id * _STEPS_EACH + number), version=0, action=each.series.action, due_on=due_on,
                        due_at=None, window_end_on=None, hidden_until=None, priority=Priority.LOW,
                        kind=kind, channel=each.series.channel, owner_id=owner_id, owner=owner,
                        attempt=1, moved_count=0, last_contact_at=_AFTER_ALL,
                    )
                )  # fmt: skip
        return rows

    def _running(self, view: View) -> list[tuple[Any, ...]]:
        """The open steps of running cadences in this queue, with what is needed to go on from them."""
        owner, params = view.scope.where()
        index = "task_queue" if view.scope.is_one else "task_team_queue"
        return self._context.db.rows(
            f"{COLUMNS}, {LAST_CONTACT}, e.version_id, e.anchor_on, e.assignee_id, w.name, t.first_due_on,"
            f" ifnull(c.opted_out, '[]'), CASE WHEN t.contact_id IS NOT NULL THEN"
            f" {unanswered_sql('contact_id', 't.contact_id')} ELSE {unanswered_sql('deal_id', 't.deal_id')} END"
            f" FROM task t INDEXED BY {index} {JOINS} JOIN user w ON w.id = e.assignee_id"
            f" WHERE t.status = 'open' AND {owner} AND t.due_on <= ? AND t.enrollment_id IS NOT NULL"
            " AND t.kind <> 'decide' AND e.state = 'active' ORDER BY t.due_on, t.due_key, t.id LIMIT ?",
            [*params, horizon(view.today).isoformat(), MOST + 1],
        )

    def _ahead(
        self,
        row: QueueRow,
        more: tuple[Any, ...],
        calendar: WorkCalendar,
        today: date,
        until: date,
        others: tuple[date, ...],
    ) -> list[QueueRow]:
        """The rows that follow one open step, up to and with the day `until`; others: the contact's other touches."""
        version, anchor, assignee, name, first_due, opted, count, absences = more
        plan, anchor_on = self._context.plan(version), date.fromisoformat(anchor)
        shut = frozenset(Channel(channel) for channel in json.loads(opted))
        due_on = settled(absences, row.kind, row.due_on, today, calendar)
        anchor_on = moved_anchor(plan, anchor_on, (due_on - row.due_on).days) or anchor_on
        at = _Step(row.step_no or 1, date.fromisoformat(first_due) + (due_on - row.due_on))
        rows: list[QueueRow] = []
        for number in range(_STEPS_EACH):
            closed_on = max(due_on, today)
            count += 1
            found = in_cadence(
                plan, at, anchor_on, count, When(closed_on, closed_on, calendar, others=others), shut
            )
            if not isinstance(found, Following):
                break
            kind = TaskKind.DECIDE if found.decides else TaskKind.FOLLOW_UP
            due_on = settled(absences, kind, found.due.due_on, closed_on, calendar)
            anchor_on = found.due.anchor_on or anchor_on
            anchor_on = moved_anchor(plan, anchor_on, (due_on - found.due.due_on).days) or anchor_on
            if due_on > until:
                break
            priority = found.step.priority if found.step else Priority.NORMAL
            owner_id, owner = doer(absences, kind, due_on, (assignee, name), priority)
            at = _Step(found.step_no or 1, due_on)
            rows.append(
                row._replace(
                    id=-(row.id * _STEPS_EACH + number), version=0, action=found.action, due_on=due_on,
                    due_at=None, window_end_on=found.due.window_end_on, hidden_until=None, priority=Priority.LOW,
                    kind=kind, channel=found.step.channel if found.step else None, owner_id=owner_id, owner=owner,
                    step_no=found.step_no, attempt=1, moved_count=0, last_contact_at=_AFTER_ALL,
                )
            )  # fmt: skip
            if found.decides:
                break
        return rows

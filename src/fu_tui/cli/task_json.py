"""A task as programs see it. One rule: the names here are a promise (docs/cli.md); people are their handles, days ISO
dates, instants ISO UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from fu_tui.cli.session import Session
from fu_tui.core.clock import from_utc_text, to_zone
from fu_tui.queries.details import TaskDetail, details

if TYPE_CHECKING:
    from fu_tui.queries.slip_rows import DealRow


def tasks_json(session: Session, ids: Sequence[int]) -> list[dict[str, Any]]:
    """The tasks with these ids, in that order."""
    today, now = session.today, session.now
    return [_task(task, session, task.bucket(today, now), task.overdue_days(today))
            for task in details(session.db, ids)]  # fmt: skip


def task_json(session: Session, task_id: int | None) -> dict[str, Any] | None:
    """One task; None for None and for one that is gone."""
    found = tasks_json(session, [] if task_id is None else [task_id])
    return found[0] if found else None


def _task(task: TaskDetail, session: Session, bucket: str | None, overdue_days: int) -> dict[str, Any]:
    return {
        "id": task.id,
        "action": task.action,
        "body": task.body,
        "status": task.status,
        "priority": task.priority_label,
        "kind": task.kind,
        "due_on": task.due_on,
        "due_at": task.due_at,
        "window_end_on": task.window_end_on,
        "bucket": bucket,
        "overdue_days": overdue_days,
        "owner": task.owner,
        "acting_owner": task.acting_owner,
        "contact": named(task.contact_id, task.contact),
        "account": named(task.account_id, task.account),
        "deal": deal_json(task.deal_id, task.deal, task.stage),
        "case": None,
        "channel": task.channel,
        "note": task.note,
        "origin": task.origin,
        "assigner": task.assigner,
        "cadence": _cadence(task),
        "outcome": task.outcome,
        "outcome_note": task.outcome_note,
        "closed_at": task.closed_at,
        "closed_by": task.closed_by,
        "spawned_by": task.spawned_by,
        "spawned": task.spawned,
        "hidden_until": task.hidden_until,
        "moved_count": task.moved_count,
        "version": task.version,
        "trace": task.reasons,
        "last_contact": _last_contact(task, session),
    }


def _cadence(task: TaskDetail) -> dict[str, Any] | None:
    if task.enrollment_id is None:
        return None
    return {
        "key": task.cadence_key,
        "name": task.cadence,
        "step": task.step_no,
        "steps": task.steps,
        "attempt": task.attempt,
        "enrollment": task.enrollment_id,
    }


def _last_contact(task: TaskDetail, session: Session) -> dict[str, Any] | None:
    if not task.last_contact_at:
        return None
    day = to_zone(from_utc_text(task.last_contact_at), session.me.tz).date()
    return {
        "days": (session.today - day).days,
        "channel": task.last_channel,
        "direction": task.last_direction,
    }


def named(number: int | None, name: str | None) -> dict[str, Any] | None:
    """A record by its id and name; None for none."""
    return None if number is None else {"id": number, "name": name}


def deal_json(number: int | None, title: str | None, stage: str | None) -> dict[str, Any] | None:
    """A deal by its id, title and stage; None for none."""
    return None if number is None else {"id": number, "title": title, "stage": stage}


def deals_json(rows: Iterable[DealRow]) -> list[dict[str, Any]]:
    """Deals with what their list shows."""
    return [
        {
            "id": deal.id,
            "title": deal.title,
            "account": named(deal.account_id, deal.account),
            "stage": deal.stage,
            "state": deal.kind,
            "owner": deal.owner,
            "amount": deal.amount,
            "currency": deal.currency,
            "stage_entered_at": deal.stage_entered_at,
            "stage_entered_estimated": deal.estimated,
            "parked_until": deal.parked_until,
        }
        for deal in rows
    ]

"""The card beside the panes: how to reach the person, what happened, where the cadence stands."""

from __future__ import annotations

import json

from fu_tui.core.clock import from_utc_text
from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Channel, Direction, StepKind, TaskKind
from fu_tui.queries.cases import case_alerts
from fu_tui.queries.queue import SELECT, to_row
from fu_tui.queries.rows import Card, HistoryLine, QueueRow, StripStep
from fu_tui.store.database import Database

HISTORY = 6


def row_of(db: Database, task_id: int) -> QueueRow:
    """A task's row whatever its status. Raises NotFound."""
    found = db.row(f"{SELECT} WHERE t.id = ? AND t.removed_by IS NULL", (task_id,))
    if found is None:
        raise NotFound(f"There is no task {task_id}.", "`fu list all` shows what there is.")
    return to_row(found)


def card(db: Database, task_id: int, *, unanswered: int, after_no_reply: str) -> Card:
    """Everything the card shows. `unanswered` and `after_no_reply` are reckoned by the verbs' own rules.

    Raises NotFound for a task that is gone.
    """
    row = row_of(db, task_id)
    body, note = db.row("SELECT body, note FROM task WHERE id = ?", (task_id,)) or ("", "")
    title, emails, phones, optout, inbound, outbound = db.row(
        "SELECT title, emails, phones, do_not_contact, last_inbound_at, last_outbound_at FROM contact WHERE id = ?",
        (row.contact_id,),
    ) or ("", "[]", "[]", 0, None, None)
    stage, amount, currency, parked = db.row(
        "SELECT s.name, d.amount, d.currency, d.parked_until FROM deal d JOIN stage s ON s.id = d.stage_id"
        " WHERE d.id = ?",
        (row.deal_id,),
    ) or ("", None, "", None)
    history = _history(db, row)
    last = history[0] if history and (inbound or outbound or row.contact_id is None) else None
    cadence, strip, purpose = _cadence(db, row)
    account_id = db.value("SELECT account_id FROM task WHERE id = ?", (task_id,))
    alerts = (*case_alerts(db, row.contact_id, account_id), *tuple(
        words
        for words, is_so in (
            ("asked not to be contacted", bool(optout)),
            (f"deal parked until {parked}", parked is not None),
            ("no link to a contact or deal", _unlinked(row)),
            (f"moved ×{row.moved_count}", row.moved_count > 0),
        )
        if is_so
    ))  # fmt: skip
    return Card(
        row=row, body=body, note=note, contact_title=title, deal_stage=stage, deal_amount=amount,
        deal_currency=currency, phones=tuple(json.loads(phones)), emails=tuple(json.loads(emails)),
        last_contact_at=row.last_contact_at, last_contact_channel=last.channel if last else None,
        last_contact_direction=last.direction if last else None, alerts=alerts, cadence=cadence, strip=strip,
        purpose=purpose, unanswered=unanswered, after_no_reply=after_no_reply, history=history,
    )  # fmt: skip


def _unlinked(row: QueueRow) -> bool:
    return (
        row.kind is not TaskKind.PRIVATE
        and row.contact_id is None
        and row.deal_id is None
        and row.account is None
    )


def _history(db: Database, row: QueueRow) -> tuple[HistoryLine, ...]:
    """The newest touches and notes of the contact, or of the deal where no contact is known."""
    column, link = ("contact_id", row.contact_id) if row.contact_id is not None else ("deal_id", row.deal_id)
    if link is None:
        return ()
    rows = db.rows(
        f"SELECT at, channel, direction, CASE WHEN body <> '' THEN body ELSE subject END FROM activity"
        f" WHERE {column} = ? AND removed_by IS NULL ORDER BY id DESC LIMIT ?",
        (link, HISTORY),
    )
    notes = db.rows(
        f"SELECT at, NULL, 'internal', body FROM note WHERE {column} = ? AND removed_by IS NULL"
        " ORDER BY id DESC LIMIT ?",
        (link, HISTORY),
    )
    newest = sorted([*rows, *notes], key=lambda line: str(line[0]), reverse=True)[:HISTORY]
    return tuple(
        HistoryLine(from_utc_text(at), Channel(channel) if channel else None, Direction(direction), text)
        for at, channel, direction, text in newest
    )


def _cadence(db: Database, row: QueueRow) -> tuple[str | None, tuple[StripStep, ...], str]:
    """The cadence's name, its strip of steps, and the purpose of the step at hand."""
    if row.enrollment_id is None:
        return None, (), ""
    steps = db.rows(
        "SELECT c.name, s.no, s.offset_days, s.offset_months, s.kind, s.purpose FROM enrollment e"
        " JOIN cadence c ON c.id = e.cadence_id JOIN cadence_step s ON s.version_id = e.version_id"
        " WHERE e.id = ? ORDER BY s.no",
        (row.enrollment_id,),
    )
    at = row.step_no or 0
    strip = tuple(
        StripStep(
            no, days + 30 * months, StepKind(kind), "done" if no < at else "current" if no == at else "ahead"
        )
        for _, no, days, months, kind, _ in steps
    )
    purpose = next((text for _, no, _, _, _, text in steps if no == at), "")
    return steps[0][0] if steps else None, strip, purpose

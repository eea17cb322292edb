"""The card beside the panes: how to reach the person, what happened, where the cadence stands. One rule: two
statements a card, whatever it shows, as it follows the cursor."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from fu_tui.core.clock import from_utc_text
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Channel, Direction, StepKind, TaskKind
from fu_tui.queries.queue import CHANNELS, COLUMNS, JOINS, LAST_CONTACT, to_row
from fu_tui.queries.rows import Card, HistoryLine, OtherTask, QueueRow, StripStep
from fu_tui.queries.touches import unanswered_sql
from fu_tui.store.database import Database

HISTORY = 30
"""Lines of history; a tall card has room for so many."""
_LINE = 240
"""Letters of a line of history: a note of ten thousand is not carried along with the cursor."""
OTHERS = 3
MOVED_OFTEN = 3
"""From so many moves on a task is worth a second thought (it is asked for a reason then)."""

_ROW = f"""
{COLUMNS}, {LAST_CONTACT}, t.body, t.note, c.title, ifnull(c.emails, '[]'), ifnull(c.phones, '[]'),
       c.preferred_channel, ifnull(c.opted_out, '[]'), c.do_not_contact, c.last_inbound_at, c.last_outbound_at,
       s.name, d.amount, d.currency, d.parked_until, d.park_reason, k.name
FROM task t {JOINS}
LEFT JOIN stage s ON s.id = d.stage_id
LEFT JOIN cadence k ON k.id = e.cadence_id
WHERE t.id = ? AND t.removed_by IS NULL"""

_STEPS = """
(SELECT json_group_array(json_array(s.no, s.offset_days + 30 * s.offset_months, s.kind, s.repeats, s.channel, s.purpose,
        (SELECT max(CASE p.status WHEN 'done' THEN 2 WHEN 'superseded' THEN 2 ELSE 1 END) FROM task p
         WHERE p.enrollment_id = e.id AND p.step_no = s.no AND p.status <> 'withdrawn')))
 FROM enrollment e JOIN cadence_step s ON s.version_id = e.version_id AND s.removed_by IS NULL WHERE e.id = ?)"""


def _around(column: str) -> str:
    """What stands around a task in one statement; `column` is contact_id or deal_id. Parameters as `_read` has them."""
    happened = f"""
        SELECT at, channel, direction, substr(CASE WHEN body <> '' THEN body ELSE subject END, 1, {_LINE}) AS words
        FROM activity WHERE {column} = ?1 AND removed_by IS NULL ORDER BY id DESC LIMIT {HISTORY}"""
    noted = f"""
        SELECT at, NULL AS channel, 'internal' AS direction, substr(body, 1, {_LINE}) AS words
        FROM note WHERE {column} = ?1 AND removed_by IS NULL ORDER BY id DESC LIMIT {HISTORY}"""
    others = f"""
        SELECT t.action, t.due_on, t.queue_owner_id AS owner_id, u.name, count(*) OVER () AS n
        FROM task t JOIN user u ON u.id = t.queue_owner_id
        WHERE t.{column} = ?1 AND t.status = 'open' AND t.id <> ?2 AND t.kind <> 'private' AND t.removed_by IS NULL
        ORDER BY t.due_on, t.id LIMIT {OTHERS}"""
    return f"""SELECT
        (SELECT json_group_array(json_array(at, channel, direction, words)) FROM ({happened})),
        (SELECT json_group_array(json_array(at, channel, direction, words)) FROM ({noted})),
        (SELECT json_group_array(json_array(action, due_on, owner_id, name, n)) FROM ({others})),
        {unanswered_sql(column, "?1")}, {_STEPS.replace("?", "?3")}"""


_OF_CONTACT, _OF_DEAL = _around("contact_id"), _around("deal_id")


def card(db: Database, task_id: int, *, after_no_reply: str) -> Card:
    """Everything the card shows. `after_no_reply` is reckoned by the verbs' own rules.

    Raises NotFound for a task that is gone.
    """
    found = db.row(_ROW, (task_id,))
    if found is None:
        raise NotFound(f"There is no task {task_id}.", "`fu list all` shows what there is.")
    cut = len(QueueRow._fields)
    row = to_row(found[:cut])
    (body, note, title, emails, phones, preferred, opted, no_contact, inbound, outbound, stage, amount, currency,
     parked, why_parked, cadence) = found[cut:]  # fmt: skip
    shut = frozenset(Channel(name) for name in json.loads(opted))
    happened, noted, others, unanswered, steps = _read(db, row)
    history = _history([*happened, *noted])
    last = history[0] if history and (inbound or outbound or row.contact_id is None) else None
    strip, purpose = _strip(steps, row.step_no or 0, shut)
    return Card(
        row=row, body=body, note=note, contact_title=title or "", deal_stage=stage or "", deal_amount=amount,
        deal_currency=currency or "", phones=tuple(json.loads(phones)), emails=tuple(json.loads(emails)),
        last_contact_at=row.last_contact_at, last_contact_channel=last.channel if last else None,
        last_contact_direction=last.direction if last else None,
        alerts=_alerts(row, bool(no_contact), shut, parked, why_parked or ""), cadence=cadence, strip=strip,
        purpose=purpose, unanswered=unanswered, after_no_reply=after_no_reply, history=history,
        preferred=CHANNELS[preferred], opted_out=shut,
        others=tuple(OtherTask(words, date.fromisoformat(day), who, name) for words, day, who, name, _ in others),
        others_more=others[0][4] - len(others) if others else 0,
    )  # fmt: skip


def _read(db: Database, row: QueueRow) -> tuple[Any, ...]:
    """History, notes, other tasks, touches unanswered, steps."""
    by_contact = row.contact_id is not None
    values = (row.contact_id if by_contact else row.deal_id, row.id, row.enrollment_id)
    found = db.row(_OF_CONTACT if by_contact else _OF_DEAL, values) or ("[]", "[]", "[]", 0, "[]")
    happened, noted, others, unanswered, steps = found
    return json.loads(happened), json.loads(noted), json.loads(others), unanswered, json.loads(steps)


def _alerts(
    row: QueueRow, no_contact: bool, shut: frozenset[Channel], parked: str | None, why_parked: str
) -> tuple[str, ...]:
    """What has to be known before anything is done, the gravest first (R111, R21)."""
    unlinked = row.contact_id is None and row.deal_id is None and row.account is None
    until = f"deal parked until {day_words(date.fromisoformat(parked))}" if parked else ""
    return tuple(
        words
        for words, is_so in (
            ("asked not to be contacted", no_contact),
            (f"opted out of {row.channel}, the channel of this step", row.channel in shut and not no_contact),
            (f"{until}: {why_parked}" if why_parked else until, parked is not None),
            ("no link to a contact or deal", unlinked and row.kind is not TaskKind.PRIVATE),
            (f"moved ×{row.moved_count}: is it still worth doing?", row.moved_count >= MOVED_OFTEN),
        )
        if is_so
    )


def _history(lines: list[list[str]]) -> tuple[HistoryLine, ...]:
    """The newest touches and notes."""
    newest = sorted(lines, key=lambda line: line[0], reverse=True)[:HISTORY]
    return tuple(
        HistoryLine(from_utc_text(at), CHANNELS[channel], Direction(direction), text)
        for at, channel, direction, text in newest
    )


def _strip(steps: list[list[Any]], here: int, shut: frozenset[Channel]) -> tuple[tuple[StripStep, ...], str]:
    """The strip of steps, and the purpose of the one at hand."""
    ordered = sorted(steps)
    strip = tuple(
        StripStep(no, days, StepKind(kind), _state(no, here, done, kind, channel, shut), bool(repeats))
        for no, days, kind, repeats, channel, _, done in ordered
    )
    return strip, next((step[5] for step in ordered if step[0] == here), "")


def _state(
    no: int, here: int, done: int | None, kind: str, channel: str | None, shut: frozenset[Channel]
) -> str:
    if no == here:
        return "current"
    if no < here:
        return "done" if done == 2 else "skipped"
    return "shut" if kind == StepKind.TOUCH and channel in shut else "ahead"

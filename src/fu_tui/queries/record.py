"""Everything about one contact, account or deal. One rule: one statement for each part of the card, along an index."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from fu_tui.core.clock import from_utc_text
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Channel, Direction
from fu_tui.queries.cases import case_alerts, open_cases_sql
from fu_tui.queries.queue import SELECT, to_row
from fu_tui.queries.rows import HistoryLine, QueueRow, Record, RecordDeal
from fu_tui.queries.scope import everyone
from fu_tui.queries.stages import stage_clock
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person

TASKS, DEALS, PEOPLE, HISTORY = 20, 12, 12, 60
"""How many of each a card has, at most."""
_HEADS = {
    "contact": "SELECT c.name, c.title, c.account_id, a.name, o.name, c.phones, c.emails,"
    " nullif(max(ifnull(c.last_inbound_at, ''), ifnull(c.last_outbound_at, '')), ''), c.do_not_contact, NULL,"
    " NULL, NULL, NULL, NULL FROM contact c LEFT JOIN account a ON a.id = c.account_id"
    " LEFT JOIN user o ON o.id = c.owner_id WHERE c.id = ? AND c.removed_by IS NULL",
    "account": "SELECT a.name, '', NULL, NULL, o.name, '[]', '[]',"
    " (SELECT max(last_touch_at) FROM deal WHERE account_id = a.id), 0, NULL, NULL, NULL, NULL, NULL"
    " FROM account a LEFT JOIN user o ON o.id = a.owner_id WHERE a.id = ? AND a.removed_by IS NULL",
    "deal": "SELECT d.title, d.product, d.account_id, a.name, o.name, '[]', '[]', d.last_touch_at, 0,"
    " d.parked_until, s.name, d.amount, d.currency, s.kind = 'open' FROM deal d JOIN stage s ON s.id = d.stage_id"
    " JOIN user o ON o.id = d.owner_id LEFT JOIN account a ON a.id = d.account_id"
    " WHERE d.id = ? AND d.removed_by IS NULL",
}
_OF_ACCOUNT = (
    "{t}.contact_id IN (SELECT id FROM contact WHERE account_id = ?1)"
    " OR {t}.deal_id IN (SELECT id FROM deal WHERE account_id = ?1)"
)
_TASKS_OF = {
    "contact": "t.contact_id = ?1",
    "deal": "t.deal_id = ?1",
    "account": f"(t.account_id = ?1 OR {_OF_ACCOUNT.format(t='t')})",
}
_DEALS_OF = {
    "contact": "d.id IN (SELECT deal_id FROM deal_contact WHERE contact_id = ?1 AND removed_by IS NULL"
    " UNION SELECT deal_id FROM task WHERE contact_id = ?1)",
    "account": "d.account_id = ?1",
}
_PEOPLE_OF = {
    "account": "c.account_id = ?1",
    "deal": "c.id IN (SELECT contact_id FROM deal_contact WHERE deal_id = ?1 AND removed_by IS NULL"
    " UNION SELECT contact_id FROM task WHERE deal_id = ?1)",
}
_SAID_OF = {
    "contact": "x.contact_id = ?1",
    "deal": "x.deal_id = ?1",
    "account": f"({_OF_ACCOUNT.format(t='x')})",
}


def record(db: Database, me: Person, kind: str, record_id: int, now: datetime) -> Record:
    """The card of a contact, an account or a deal at the instant `now` (UTC). Raises NotFound where it is gone."""
    head = db.row(_HEADS[kind], (record_id,))
    if head is None:
        raise NotFound(f"There is no {kind} {record_id} any more.")
    name, title, account_id, account, owner, phones, emails, last, asked_not, parked, *deal = head
    stage, amount, currency, is_open = deal
    alerts = (
        ("asked not to be contacted", asked_not),
        (f"parked until {day_words(date.fromisoformat(parked))}" if parked else "", parked),
        ("has no owner", kind == "contact" and owner is None),
    )
    told = tuple(words for words, so in alerts if so)
    more = _late(db, record_id, now) if kind == "deal" else _cases(
        db, record_id if kind == "contact" else None, record_id if kind == "account" else account_id
    )  # fmt: skip
    return Record(
        kind=kind, id=record_id, name=name, title=title, account_id=account_id, account=account, owner=owner,
        phones=tuple(json.loads(phones)), emails=tuple(json.loads(emails)),
        last_contact_at=from_utc_text(last) if last else None, alerts=(*more, *told),
        deal=RecordDeal(record_id, name, stage, amount, currency, bool(is_open)) if kind == "deal" else None,
        deals=_deals(db, kind, record_id), people=_people(db, kind, record_id),
        tasks=_tasks(db, me, kind, record_id), held=_held(db, me, kind, record_id),
        history=_history(db, kind, record_id),
    )  # fmt: skip


def _cases(db: Database, contact_id: int | None, account_id: int | None) -> tuple[str, ...]:
    return case_alerts(db.value(f"SELECT {open_cases_sql('?1', '?2')}", (contact_id, account_id)))


def _late(db: Database, deal_id: int, now: datetime) -> tuple[str, ...]:
    """What the deal's stage expected by now and did not get (R144)."""
    clock = stage_clock(db, deal_id, now)
    if clock is None or not clock.is_late:
        return ()
    return (f"late in {clock.stage}: {clock.expectation or 'something is expected'}",)


def _tasks(db: Database, me: Person, kind: str, record_id: int) -> tuple[QueueRow, ...]:
    seen, ids = everyone(me).sees("t.kind = 'private'", "t.queue_owner_id")
    rows = db.rows(
        f"{SELECT} WHERE {_TASKS_OF[kind]} AND t.status = 'open' AND {seen.replace('?', '?2')}"
        " ORDER BY t.due_on, t.due_key, t.priority, t.id LIMIT ?3",
        [record_id, *ids, TASKS],
    )
    return tuple(map(to_row, rows))


def _held(db: Database, me: Person, kind: str, record_id: int) -> int:
    """How many tasks wait for a pause, a park or an absence to end."""
    seen, ids = everyone(me).sees("t.kind = 'private'", "t.queue_owner_id")
    return int(
        db.value(
            f"SELECT count(*) FROM task t WHERE {_TASKS_OF[kind]} AND t.status = 'held' AND {seen.replace('?', '?2')}",
            [record_id, *ids],
        )
    )


def _deals(db: Database, kind: str, record_id: int) -> tuple[RecordDeal, ...]:
    if kind == "deal":
        return ()
    rows: list[tuple[Any, ...]] = db.rows(
        "SELECT d.id, d.title, s.name, d.amount, d.currency, s.kind = 'open' FROM deal d"
        f" JOIN stage s ON s.id = d.stage_id WHERE {_DEALS_OF[kind]} AND d.removed_by IS NULL"
        " ORDER BY s.kind <> 'open', d.last_touch_at DESC, d.id LIMIT ?2",
        [record_id, DEALS],
    )
    return tuple(RecordDeal._make((*row[:5], bool(row[5]))) for row in rows)


def _people(db: Database, kind: str, record_id: int) -> tuple[tuple[int, str, str], ...]:
    if kind == "contact":
        return ()
    rows: list[tuple[Any, ...]] = db.rows(
        f"SELECT c.id, c.name, c.title FROM contact c WHERE {_PEOPLE_OF[kind]} AND c.removed_by IS NULL"
        " ORDER BY c.name COLLATE NOCASE, c.id LIMIT ?2",
        [record_id, PEOPLE],
    )
    return tuple((number, name, title) for number, name, title in rows)


def _history(db: Database, kind: str, record_id: int) -> tuple[HistoryLine, ...]:
    of = _SAID_OF[kind]
    notes = f"({of} OR x.account_id = ?1)" if kind == "account" else of
    rows = db.rows(
        "SELECT x.at, x.channel, x.direction, CASE WHEN x.body <> '' THEN x.body ELSE x.subject END FROM activity x"
        f" WHERE {of} AND x.removed_by IS NULL UNION ALL SELECT x.at, NULL, 'internal', x.body FROM note x"
        f" WHERE {notes} AND x.removed_by IS NULL ORDER BY 1 DESC LIMIT ?2",
        [record_id, HISTORY],
    )
    return tuple(
        HistoryLine(from_utc_text(at), Channel(channel) if channel else None, Direction(direction), text)
        for at, channel, direction, text in rows
    )

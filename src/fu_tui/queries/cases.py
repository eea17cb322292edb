"""Cases for lists and cards. One rule: it reads."""

from __future__ import annotations

import json
from typing import NamedTuple

from fu_tui.core.terms import Priority
from fu_tui.queries.matching import matching
from fu_tui.store.database import Database


class CaseRow(NamedTuple):
    """A case in a list."""

    id: int
    title: str
    kind: str
    priority: str
    status: str
    contact_id: int | None
    contact: str | None
    account: str | None
    owner: str | None
    """A handle."""
    opened_at: str
    """ISO UTC."""
    tasks: int
    """Open ones."""


def cases(db: Database, words: str = "", *, closed: bool = False, limit: int = -1) -> tuple[CaseRow, ...]:
    """The cases that are not closed (or all), high priority first, then the oldest."""
    condition, values = matching(words, ("k.title", "c.name", "a.name", "u.name"))
    which = "1" if closed else "k.status <> 'closed'"
    rows = db.rows(
        "SELECT k.id, k.title, k.kind, k.priority, k.status, k.contact_id, c.name, a.name, u.handle, k.opened_at,"
        " (SELECT count(*) FROM task t WHERE t.case_id = k.id AND t.status IN ('open', 'held')) FROM case_record k"
        " LEFT JOIN contact c ON c.id = k.contact_id LEFT JOIN account a ON a.id = k.account_id"
        f" LEFT JOIN user u ON u.id = k.owner_id WHERE k.removed_by IS NULL AND {which} AND {condition}"
        " ORDER BY k.status = 'closed', k.priority, k.opened_at, k.id LIMIT ?",
        [*values, limit],
    )
    return tuple(CaseRow._make((*row[:3], Priority(row[3]).label, *row[4:])) for row in rows)


def open_cases_sql(contact: str, account: str) -> str:
    """The open cases of a contact or its account as a subquery: a JSON array of [title, priority], the gravest first.

    contact, account: what their ids must be, in SQL.
    """
    return (
        "(SELECT json_group_array(json_array(title, priority)) FROM (SELECT title, priority FROM case_record"
        f" WHERE status <> 'closed' AND removed_by IS NULL AND (contact_id = {contact} OR account_id = {account})"
        " ORDER BY priority, opened_at, id))"
    )


def case_alerts(found: str) -> tuple[str, ...]:
    """What has to be known before somebody is contacted: their open cases, the urgent ones by name (R163).

    found: as `open_cases_sql` answers.
    """
    rows = json.loads(found)
    urgent = tuple(f"urgent case: {title}" for title, priority in rows if priority == Priority.HIGH)
    others = len(rows) - len(urgent)
    more = (f"{others} open case{'s' if others > 1 else ''}",) if others else ()
    return (*urgent, *more)

"""The plain lists of records: users, contacts, deals. One rule: one statement a list, newest or nearest first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from fu_tui.queries.matching import matching
from fu_tui.queries.scope import Scope, everyone
from fu_tui.queries.slip_rows import ContactRow, DealRow
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person


class UserRow(NamedTuple):
    """A person who works with the file."""

    id: int
    handle: str
    name: str
    role: str
    email: str | None
    tz: str
    manager: str | None
    """A handle."""
    active: bool
    due: int
    """Open tasks that are overdue or due today."""


def users(db: Database, me: Person, today: date, words: str = "", limit: int = -1) -> tuple[UserRow, ...]:
    """Everybody, by name, with what lies on their desk today, as `me` may see it."""
    seen, ids = everyone(me).sees("l.private", "l.user_id")
    condition, values = matching(words, ("u.handle", "u.name", "u.email", "u.role"))
    rows = db.rows(
        "SELECT u.id, u.handle, u.name, u.role, u.email, u.tz, m.handle, u.active,"
        f" (SELECT ifnull(sum(n), 0) FROM open_load l WHERE l.user_id = u.id AND l.due_on <= ? AND {seen})"
        " FROM user u LEFT JOIN user m ON m.id = u.manager_id"
        f" WHERE u.removed_by IS NULL AND {condition} ORDER BY u.name COLLATE NOCASE LIMIT ?",
        [today.isoformat(), *ids, *values, limit],
    )
    return tuple(UserRow._make((*row[:7], bool(row[7]), row[8])) for row in rows)


def contacts(db: Database, scope: Scope, words: str = "", limit: int = -1) -> tuple[ContactRow, ...]:
    """Contacts of a scope's owners, by name."""
    owner, ids = scope.where("c.owner_id")
    return contacts_where(db, owner, ids, words, limit)


def contacts_where(
    db: Database, where: str, ids: Sequence[Any], words: str, limit: int, order: str = "c.name COLLATE NOCASE"
) -> tuple[ContactRow, ...]:
    """The contacts (c) that a condition with these parameters names, in that order."""
    condition, values = matching(words, ("c.name", "a.name", "c.title", "o.name", "c.emails"))
    rows = db.rows(
        "SELECT c.id, c.name, c.title, c.account_id, a.name, o.handle, c.lifecycle, c.do_not_contact, c.emails,"
        " c.phones, nullif(max(ifnull(c.last_inbound_at, ''), ifnull(c.last_outbound_at, '')), '')"
        " FROM contact c LEFT JOIN account a ON a.id = c.account_id LEFT JOIN user o ON o.id = c.owner_id"
        f" WHERE c.removed_by IS NULL AND {where} AND {condition} ORDER BY {order}, c.id LIMIT ?",
        [*ids, *values, limit],
    )
    return tuple(
        ContactRow._make(
            (*row[:7], bool(row[7]), tuple(json.loads(row[8])), tuple(json.loads(row[9])), row[10])
        )
        for row in rows
    )


DEALS = (
    "SELECT d.id, d.title, d.account_id, a.name, s.name, s.kind, o.handle, d.amount, d.currency, d.stage_entered_at,"
    " d.stage_entered_estimated, d.parked_until FROM deal d JOIN stage s ON s.id = d.stage_id"
    " JOIN user o ON o.id = d.owner_id LEFT JOIN account a ON a.id = d.account_id"
)
DEAL_WORDS = ("d.title", "a.name", "s.name", "o.name", "d.product")


def deals(db: Database, scope: Scope, words: str = "", limit: int = -1) -> tuple[DealRow, ...]:
    """Deals of a scope's owners: open ones first, the longest in their stage first."""
    condition, values = matching(words, DEAL_WORDS)
    owner, ids = scope.where("d.owner_id")
    rows = db.rows(
        f"{DEALS} WHERE d.removed_by IS NULL AND {owner} AND {condition}"
        " ORDER BY s.kind <> 'open', d.stage_entered_at, d.id LIMIT ?",
        [*ids, *values, limit],
    )
    return tuple(map(deal_row, rows))


def deal_row(row: tuple[Any, ...]) -> DealRow:
    """A row of DEALS with its types."""
    return DealRow._make((*row[:10], bool(row[10]), row[11]))

"""What is meant by the letters typed so far. One rule: a letter costs the same among a hundred contacts and a hundred
thousand, so no more than a few hundred candidates are ever looked at.

First come names that begin with what was typed, then names of which a word does, then whatever else about a record
does; among equals what was touched last. Where nothing does, one slip of the finger is forgiven.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from fu_tui.core.spoken import fold, spoken, starts
from fu_tui.store.database import Database
from fu_tui.store.lookup import Found
from fu_tui.store.search import FIRST, OURS, beginning, expression, terms

_EACH = 80
"""Candidates of each rank."""
_RECENT = 60
"""Latest touches whose records are candidates where there are more hits than that."""
_SLIP_FROM = 3
"""Letters from which on one may be wrong."""
_SLIP_AMONG = 4000
"""Words of the index that a mistyped one is compared with."""
_SLIPS = 12


class _Kind(NamedTuple):
    """How records of a kind are read."""

    row: str
    """Selects id, name, when touched last, and what stands aside; WHERE follows."""
    recent: str
    """Selects the ids of those that were touched last."""


_TOUCHED = "nullif(max(ifnull(c.last_inbound_at, ''), ifnull(c.last_outbound_at, '')), '')"
_KINDS = {
    "contact": _Kind(
        f"SELECT c.id, c.name, {_TOUCHED}, a.name, c.emails, c.title FROM contact c"
        " LEFT JOIN account a ON a.id = c.account_id WHERE c.removed_by IS NULL AND c.id",
        "SELECT DISTINCT contact_id FROM (SELECT contact_id FROM activity ORDER BY id DESC LIMIT ?)",
    ),
    "deal": _Kind(
        "SELECT d.id, d.title, d.last_touch_at, a.name, s.name FROM deal d JOIN stage s ON s.id = d.stage_id"
        " LEFT JOIN account a ON a.id = d.account_id WHERE d.removed_by IS NULL AND d.id",
        "SELECT DISTINCT deal_id FROM (SELECT deal_id FROM activity ORDER BY id DESC LIMIT ?)",
    ),
    "account": _Kind(
        "SELECT a.id, a.name, max(d.last_touch_at), sum(d.id IS NOT NULL AND d.closed_at IS NULL) FROM account a"
        " LEFT JOIN deal d ON d.account_id = a.id AND d.removed_by IS NULL WHERE a.removed_by IS NULL AND a.id",
        "SELECT DISTINCT account_id FROM (SELECT d.account_id FROM activity x JOIN deal d ON d.id = x.deal_id"
        " ORDER BY x.id DESC LIMIT ?)",
    ),
}
Wanted = Sequence[tuple[str, ...]]
"""For each typed word, folded, what a word of a record may begin with."""
_CALLED = {"link": "deal"}
"""What a capture calls otherwise."""


def suggest(db: Database, kind: str, typed: str, limit: int = 5, *, today: date | None = None) -> list[Found]:
    """The records that the typed letters may mean, the likeliest first; for none, those that were touched last.

    kind: contact, link or deal, account, owner, cadence. today: counts an owner's tasks up to then into the aside.
    """
    kind = _CALLED.get(kind, kind)
    if kind == "owner":
        return _of_few(_owners(db, today), typed, limit)
    if kind == "cadence":
        return _of_few(_cadences(db), typed, limit)
    words = spoken(typed)
    if not words:
        return [] if typed.strip() else _found(kind, _rows(db, kind, _recent(db, kind)), "", (), limit)
    wanted: Wanted = [(fold(word),) for word in words]
    ids = _candidates(db, kind, words)
    rows = (
        [row for row in _rows(db, kind, ids) if _holds(row, words)]
        if len(ids) > _EACH
        else _rows(db, kind, ids)
    )
    if not rows:
        wanted = _put_right(db, kind, words)
        rows = _rows(db, kind, _slipped(db, kind, wanted))
    return _found(kind, rows, typed, wanted, limit)


def _candidates(db: Database, kind: str, words: Sequence[str]) -> list[int]:
    """Up to a few hundred records that match; all of them where they are few."""
    anywhere = _ids(db, kind, expression(db, kind, words))
    if len(anywhere) < _EACH:
        return anywhere
    first = expression(db, kind, words[:1], FIRST), expression(db, kind, words[1:])
    ids = _ids(db, kind, " AND ".join(filter(None, first))) + _ids(
        db, kind, expression(db, kind, words, OURS)
    )
    return list(dict.fromkeys(ids + anywhere + _recent(db, kind)))


def _ids(db: Database, kind: str, asked: str) -> list[int]:
    sql = f"SELECT rowid FROM {kind}_search WHERE {kind}_search MATCH ? ORDER BY rowid DESC LIMIT ?"
    return [row[0] for row in db.rows(sql, (asked, _EACH))]


def _recent(db: Database, kind: str) -> list[int]:
    return [row[0] for row in db.rows(_KINDS[kind].recent, (_RECENT,)) if row[0] is not None]


def _rows(db: Database, kind: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    if not ids:
        return []
    group = " GROUP BY a.id" if kind == "account" else ""
    return db.rows(f"{_KINDS[kind].row} IN ({', '.join('?' * len(ids))}){group}", list(ids))


def _holds(row: tuple[Any, ...], words: Iterable[str]) -> bool:
    """Whether each word begins one of the record's."""
    its = starts(" ".join(text for text in row[1:] if isinstance(text, str)))
    return all(any(each.startswith(word) for each in its) for word in map(fold, words))


def _found(kind: str, rows: list[tuple[Any, ...]], typed: str, wanted: Wanted, limit: int) -> list[Found]:
    """The best rows: by rank, then the last touched, then by name."""
    asked = fold(typed.strip())
    rows.sort(key=lambda row: fold(row[1]))
    rows.sort(key=lambda row: row[2] or "", reverse=True)
    rows.sort(key=lambda row: _rank(row[1], asked, wanted))
    return [Found(row[0], row[1], _aside(kind, row[3:])) for row in rows[:limit]]


def _rank(name: str, asked: str, wanted: Wanted) -> int:
    name = fold(name)
    if name.startswith(asked):
        return -1 if name == asked else 0
    its = starts(name)
    return 1 if all(any(each.startswith(words) for each in its) for words in wanted) else 2


def _aside(kind: str, more: Sequence[Any]) -> str:
    """What tells records of one name apart."""
    if kind == "account":
        count = more[0] or 0
        return f"{count:,} open deal{'' if count == 1 else 's'}" if count else "no open deal"
    if kind == "contact":
        mails: list[str] = json.loads(more[1])
        more = (more[0], mails[0] if mails else "")
    return " · ".join(part for part in more if part)


def _put_right(db: Database, kind: str, words: Sequence[str]) -> Wanted:
    """The words, but for each that begins none of the index's those that are one letter from it."""
    return [
        (fold(word),)
        if len(word) < _SLIP_FROM or terms(db, kind, fold(word))
        else tuple(_near(db, kind, fold(word)))
        for word in words
    ]


def _slipped(db: Database, kind: str, wanted: Wanted) -> list[int]:
    """Records with one of the words of each, those with them in their names first."""
    if not all(wanted):
        return []
    named, anywhere = (
        " AND ".join(
            f"({' OR '.join(beginning(db, kind, word, mark) for word in words)})" for words in wanted
        )
        for mark in (OURS, "")
    )
    return list(dict.fromkeys(_ids(db, kind, named) + _ids(db, kind, anywhere)))


def _near(db: Database, kind: str, word: str) -> list[str]:
    """Words of the index that are one letter from what was typed, or begin so: those with its first letter, which
    is seldom the wrong one, else the others."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    sql = f"SELECT term FROM {kind}_terms WHERE term >= ? AND term < ? LIMIT {_SLIP_AMONG // 2}"
    known = [
        row[0] for first in dict.fromkeys(word[:2]) for row in db.rows(sql, (first, f"{first}\U0010ffff"))
    ]
    near: dict[str, None] = {}
    for length in (None, len(word) + 1, len(word), len(word) - 1):
        begun = [term[:length] for term in known]
        for _, _, at in extract(word, begun, scorer=OSA.distance, score_cutoff=1, limit=_SLIPS):
            near[known[at]] = None
    return [term for term in near if term[0] == word[0]][:_SLIPS] or list(near)[:_SLIPS]


def _of_few(found: list[Found], typed: str, limit: int) -> list[Found]:
    """The best of records that are few enough to be looked at one by one."""
    asked, words = fold(typed.strip()), spoken(typed)
    if asked and not words:
        return []
    wanted = [(fold(word),) for word in words]
    ranked = sorted(
        ((_rank(each.name, asked, wanted), fold(each.name), each) for each in found),
        key=lambda ranks: ranks[:2],
    )
    return [each for rank, _, each in ranked if rank < 2 or _holds((0, each.name, each.aside), words)][:limit]


def _owners(db: Database, today: date | None) -> list[Found]:
    rows = db.rows(
        "SELECT u.id, u.name, u.handle, (SELECT sum(n) FROM open_load l WHERE l.user_id = u.id AND l.due_on <= ?"
        " AND NOT l.private) FROM user u WHERE u.removed_by IS NULL AND u.active",
        (today.isoformat() if today else "",),
    )
    return [Found(row[0], row[1], f"{row[2]} · {row[3]:,} today" if row[3] else row[2]) for row in rows]


def _cadences(db: Database) -> list[Found]:
    rows = db.rows(
        "SELECT c.id, c.name, c.kind, (SELECT count(*) FROM cadence_step s WHERE s.version_id ="
        " (SELECT id FROM cadence_version v WHERE v.cadence_id = c.id ORDER BY v.n DESC LIMIT 1))"
        " FROM cadence c WHERE c.removed_by IS NULL"
    )
    return [Found(row[0], row[1], f"{row[2]} · {row[3]} step{'' if row[3] == 1 else 's'}") for row in rows]

"""The full-text indexes. One rule: what a person typed is never the index's own syntax, and an index is brought up in
the transaction that changed what it is of.

Triggers note what changed (migrations/0002_search.py); `bring_up` does the rest, at the end of every unit.
"""

from __future__ import annotations

from collections.abc import Iterable

from fu_tui.core.spoken import fold, starts
from fu_tui.store.database import Database
from fu_tui.store.errors import Damaged, plain_errors

KINDS = ("contact", "account", "deal", "task")
"""What has an index."""
OURS, FIRST = "\ue000", "\ue001"
"""Begin words that nobody types: those of a name, a task's owner and priority; and the first word of a name."""
PLACED = 26
"""Bits of a task's place that hold its id."""
READY_MADE = 4
"""Letters of a beginning that the index has a list for; a longer one is put together from its whole words."""
LAST = 1 << 62
"""Beyond every record's number."""
ENDINGS = 50
"""Words that a longer beginning is put together from; where it has more of them, the index gathers by itself."""


def expect_many(db: Database, kind: str, first: int) -> None:
    """Records of a kind are about to be written from number `first` on: they are looked at together, in the end."""
    if kind in KINDS:
        db.execute_sql(
            "INSERT INTO search_due (kind, id, place) VALUES (?, 0, ?) ON CONFLICT DO NOTHING", (kind, first)
        )


def bring_up(db: Database) -> None:
    """Bring the indexes up to the records that changed. Part of the transaction that changed them."""
    changed = db.execute_sql(
        "SELECT kind, max(CASE WHEN id = 0 THEN place END) FROM search_due GROUP BY kind"
    ).fetchall()
    for kind, new in changed:
        table = f"{kind}_search"
        many = LAST if new is None else new
        db.execute_sql(
            f"INSERT INTO {table} ({table}, rowid, name, rest) SELECT 'delete', place, name, rest FROM search_due"
            " WHERE kind = ? AND place IS NOT NULL AND id BETWEEN 1 AND ?",
            (kind, many - 1),
        )
        db.execute_sql(
            f"INSERT INTO {table} (rowid, name, rest) SELECT w.place, w.name, w.rest FROM search_due s"
            f" CROSS JOIN {kind}_words w ON w.id = s.id WHERE s.kind = ? AND s.id BETWEEN 1 AND ?",
            (kind, many - 1),
        )
        if new is not None:
            db.execute_sql(
                f"INSERT INTO {table} (rowid, name, rest) SELECT place, name, rest FROM {kind}_words WHERE id >= ?",
                (new,),
            )
    if changed:
        db.execute_sql("DELETE FROM search_due")


def stale_indexes(db: Database) -> list[str]:
    """The kinds whose index is not what their records say."""
    waiting = {row[0] for row in db.rows("SELECT DISTINCT kind FROM search_due")}
    return [kind for kind in KINDS if kind in waiting or not _is_sound(db, kind)]


def _is_sound(db: Database, kind: str) -> bool:
    table = f"{kind}_search"
    try:
        with plain_errors():
            db.execute_sql(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    except Damaged:
        return False
    return True


def rebuild(db: Database) -> None:
    """Make every index anew from the records, inside a transaction."""
    for kind in KINDS:
        db.execute_sql(f"INSERT INTO {kind}_search ({kind}_search) VALUES ('rebuild')")
    db.execute_sql("DELETE FROM search_due")


def expression(db: Database, kind: str, words: Iterable[str], mark: str = "") -> str:
    """What the index of `kind` is asked for, so that each word begins one of a record's; empty for no words.

    words: as core.spoken gives them. mark: OURS, to look in names alone.
    """
    return " AND ".join(f"({beginning(db, kind, word, mark)})" for word in words)


def beginning(db: Database, kind: str, word: str, mark: str = "") -> str:
    """The words of an index that begin with one that was typed, behind a mark of ours."""
    asked = mark + word
    whole = terms(db, kind, asked) if len(asked) > READY_MADE and word.isascii() else ()
    return " OR ".join(f'"{term}"' for term in whole) if 0 < len(whole) <= ENDINGS else f'"{asked}" *'


def terms(db: Database, kind: str, word: str) -> tuple[str, ...]:
    """The whole words of an index that begin with `word`: up to one more than are put together."""
    rows = db.rows(
        f"SELECT term FROM {kind}_terms WHERE term >= ? AND term < ? LIMIT ?",
        (word, f"{word}\U0010ffff", ENDINGS + 1),
    )
    return tuple(row[0] for row in rows)


def owners(db: Database, word: str) -> list[int]:
    """The users in whose name a word begins with `word`: a task's index has its owner's number, not the name."""
    wanted = fold(word)
    return [
        number
        for number, name in db.rows("SELECT id, name FROM user")
        if any(each.startswith(wanted) for each in starts(name))
    ]


def any_of(marks: Iterable[str]) -> str:
    """One of these words of ours."""
    return " OR ".join(f'"{OURS}{mark}"' for mark in marks)

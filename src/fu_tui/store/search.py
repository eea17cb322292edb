"""The full-text indexes. One rule: what a person typed is never the index's own syntax, and an index is brought up in
the transaction that changed what it is of.

Triggers note what changed (migrations/0002_search.py); `bring_up` does the rest, at the end of every unit.
"""

from __future__ import annotations

from collections.abc import Iterable

from fu_tui.core.spoken import fold, spoken, starts
from fu_tui.store.database import Database
from fu_tui.store.errors import Damaged, plain_errors

KINDS = ("contact", "account", "deal", "task")
"""What has an index."""
OURS = "\ue000"
"""Begins the words that are ours in a task's index: o and its owner's id, p and its priority."""
PLACED = 26
"""Bits of a task's place that hold its id."""
READY_MADE = 3
"""Letters of a beginning that the index has a list for; a longer one is put together from its whole words."""
ENDINGS = 50
"""Words that a longer beginning is put together from; where it has more of them, the index gathers by itself."""


def bring_up(db: Database) -> None:
    """Bring the indexes up to the records that changed. Part of the transaction that changed them."""
    changed = [row[0] for row in db.execute_sql("SELECT DISTINCT kind FROM search_due").fetchall()]
    for kind in changed:
        table = f"{kind}_search"
        db.execute_sql(
            f"INSERT INTO {table} ({table}, rowid, name, rest) SELECT 'delete', place, name, rest FROM search_due"
            " WHERE kind = ? AND place IS NOT NULL",
            (kind,),
        )
        db.execute_sql(
            f"INSERT INTO {table} (rowid, name, rest) SELECT w.place, w.name, w.rest FROM search_due s"
            f" CROSS JOIN {kind}_words w ON w.id = s.id WHERE s.kind = ?",
            (kind,),
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


def expression(db: Database, kind: str, text: str, column: str = "") -> str:
    """What the index of `kind` is asked for, so that each typed word begins one of a record's; empty for no words.

    column: name, to look nowhere else.
    """
    where = f"{column} : " if column else ""
    return " AND ".join(f"{where}({beginning(db, kind, word)})" for word in spoken(text))


def beginning(db: Database, kind: str, word: str) -> str:
    """The words of an index that begin with one that was typed."""
    whole = terms(db, kind, word) if len(word) > READY_MADE and word.isascii() else ()
    return " OR ".join(f'"{term}"' for term in whole) if 0 < len(whole) <= ENDINGS else f'"{word}" *'


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

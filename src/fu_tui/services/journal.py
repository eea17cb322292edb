"""Undo and redo. One rule: an undo puts back what the journal says was there, and only where it still finds what
the journal says was left; otherwise it names who came in between and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from fu_tui.core.clock import from_utc_text
from fu_tui.core.errors import Conflict, Refused, TouchedSuccessor
from fu_tui.core.events import Event, Redone, Undone
from fu_tui.core.terms import Origin, TaskStatus, Touched
from fu_tui.services.context import Context
from fu_tui.services.touches import renew
from fu_tui.store.unit import Unit


class Entry(NamedTuple):
    """One line of the journal."""

    seq: int
    at: datetime
    actor: str
    verb: str
    summary: str
    undone: bool


class _Change(NamedTuple):
    table: str
    record_id: int
    before: dict[str, Any] | None
    after: dict[str, Any]


# What points at what: a record can't go while a live one outside the entry leans on it.
LEANS = (
    ("task", "deal_id", "deal"), ("task", "contact_id", "contact"), ("task", "owner_id", "user"),
    ("task", "account_id", "account"), ("enrollment", "deal_id", "deal"),
    ("enrollment", "contact_id", "contact"), ("deal", "owner_id", "user"), ("deal", "stage_id", "stage"),
    ("deal", "account_id", "account"), ("contact", "account_id", "account"), ("note", "deal_id", "deal"),
    ("note", "contact_id", "contact"),
)  # fmt: skip


class Journal:
    """The verbs `undo` and `redo`, and the list of entries."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def entries(self, limit: int = 50) -> tuple[Entry, ...]:
        """The newest entries of everybody, newest first."""
        rows = self._context.db.rows(
            "SELECT j.seq, j.at, ifnull(u.name, 'fu-tui'), j.verb, j.summary, j.undone_by IS NOT NULL"
            " FROM journal_entry j LEFT JOIN user u ON u.id = j.actor_id ORDER BY j.seq DESC LIMIT ?",
            (limit,),
        )
        return tuple(
            Entry(seq, from_utc_text(at), who, verb, text, bool(u)) for seq, at, who, verb, text, u in rows
        )

    def undo(self, touched: Touched = Touched.ASK) -> tuple[Event, ...]:
        """Take back one's own last entry that still stands.

        touched: what becomes of a spawned follow-up that a person has changed since.
        Raises Refused where there is nothing to undo, TouchedSuccessor where that has to be decided, and
        Conflict where somebody changed the same records later; then nothing was written.
        """
        with self._context.unit("undo") as work:
            row = work.db.row(
                "SELECT seq, summary FROM journal_entry WHERE actor_id IS ? AND undone_by IS NULL AND seq < ?"
                " AND verb NOT IN ('undo', 'redo') ORDER BY seq DESC LIMIT 1",
                (work.actor_id, work.entry),
            )
            if row is None:
                raise Refused("There is nothing to undo.", "`fu journal` shows what was done, by whom.")
            entry, summary = row
            tasks = self._revert(work, entry, touched)
            work.summary, work.undoes = f"undid: {summary}", entry
            _mark(work, entry, work.entry)
        return (Undone(entry, summary, tasks),)

    def redo(self) -> tuple[Event, ...]:
        """Do again what one's own last undo took back; a verb in between clears it. Raises Refused, Conflict."""
        with self._context.unit("redo") as work:
            row = work.db.row(
                "SELECT u.seq, u.undoes, e.summary FROM journal_entry u JOIN journal_entry e ON e.seq = u.undoes"
                " WHERE u.actor_id IS ? AND u.verb = 'undo' AND u.undone_by IS NULL AND u.seq < ?"
                " AND NOT EXISTS (SELECT 1 FROM journal_entry l WHERE l.actor_id IS u.actor_id AND l.seq > u.seq"
                " AND l.seq < ? AND l.verb NOT IN ('undo', 'redo')) ORDER BY u.seq DESC LIMIT 1",
                (work.actor_id, work.entry, work.entry),
            )
            if row is None:
                raise Refused(
                    "There is nothing to redo.", "A redo follows an undo, before anything else is done."
                )
            undo_entry, entry, summary = row
            tasks = self._revert(work, undo_entry, Touched.ASK)
            work.summary, work.undoes = f"did again: {summary}", undo_entry
            _mark(work, undo_entry, work.entry)
            work.db.execute_sql("UPDATE journal_entry SET undone_by = NULL WHERE seq = ?", (entry,))
        return (Redone(entry, summary, tasks),)

    def _revert(self, work: Unit, entry: int, touched: Touched) -> tuple[int, ...]:
        """Put every row of an entry back, last change first. Returns the ids of the tasks among them."""
        tasks: list[int] = []
        for change in _changes(work, entry):
            kept = False
            if change.before is None:
                kept = self._remove(work, entry, change, touched)
            else:
                self._expect(work, entry, change)
                work.write(change.table, change.record_id, change.before)
            if change.table == "task" and not kept and change.record_id not in tasks:
                tasks.append(change.record_id)
        self._refuse_orphans(work)
        for contact_id, deal_id in _links_of(work, entry):
            renew(work.db, contact_id, deal_id)
        return tuple(tasks)

    def _remove(self, work: Unit, entry: int, change: _Change, touched: Touched) -> bool:
        """Take back a record that the entry made. Returns whether it was kept instead."""
        if change.table == "task" and not _is_as(work, change):
            status = work.db.value("SELECT status FROM task WHERE id = ?", (change.record_id,))
            if status != TaskStatus.OPEN.value:
                raise self._came_later(work, entry, change)
            if touched is Touched.ASK:
                raise self._ask(work, entry, change)
            if touched is Touched.KEEP:
                work.write(
                    "task",
                    change.record_id,
                    {"enrollment_id": None, "step_no": None, "origin": Origin.USER.value},
                )
                return True
        gone: dict[str, Any] = {"removed_by": work.entry}
        if change.table == "task":
            gone["status"] = TaskStatus.WITHDRAWN.value
        else:
            self._expect(work, entry, change)
        work.write(change.table, change.record_id, gone)
        return False

    def _expect(self, work: Unit, entry: int, change: _Change) -> None:
        if not _is_as(work, change):
            raise self._came_later(work, entry, change)

    def _came_later(self, work: Unit, entry: int, change: _Change) -> Conflict:
        later = _later(work, entry, change)
        return Conflict(
            f"{_name(work, change)} was changed since: {later}.",
            "Undo that first, or leave both as they are.",
        )

    def _ask(self, work: Unit, entry: int, change: _Change) -> TouchedSuccessor:
        return TouchedSuccessor(
            f"{_name(work, change)} was changed since it was spawned: {_later(work, entry, change)}.",
            "Undo with --touched withdraw (it goes) or --touched keep (it stays, without its cadence).",
            change.record_id,
        )

    def _refuse_orphans(self, work: Unit) -> None:
        for table, column, target in LEANS:
            row = work.db.row(
                f'SELECT t.id FROM "{table}" t JOIN "{target}" r ON r.id = t.{column}'
                " WHERE r.removed_by = ? AND t.removed_by IS NULL LIMIT 1",
                (work.entry,),
            )
            if row:
                raise Conflict(
                    f"The {table} {row[0]} leans on a {target} that this would take away.",
                    "Undo what was done since first; `fu journal` shows it.",
                )


def _changes(work: Unit, entry: int) -> Iterable[_Change]:
    rows = work.db.rows(
        "SELECT entity, entity_id, before, after FROM change WHERE entry_id = ? ORDER BY id DESC", (entry,)
    )
    for table, record_id, before, after in rows:
        yield _Change(table, record_id, json.loads(before) if before else None, json.loads(after))


def _is_as(work: Unit, change: _Change) -> bool:
    """Whether the row still is what the change left."""
    columns = ", ".join(change.after)
    row = work.db.row(f'SELECT {columns} FROM "{change.table}" WHERE id = ?', (change.record_id,))
    return row == tuple(change.after.values())


def _later(work: Unit, entry: int, change: _Change) -> str:
    """The last entry after `entry` that touched the row, in words."""
    row = work.db.row(
        "SELECT j.summary, ifnull(u.name, 'fu-tui') FROM change c JOIN journal_entry j ON j.seq = c.entry_id"
        " LEFT JOIN user u ON u.id = j.actor_id WHERE c.entity = ? AND c.entity_id = ? AND j.seq > ?"
        " AND j.seq < ? AND j.undone_by IS NULL ORDER BY j.seq DESC LIMIT 1",
        (change.table, change.record_id, entry, work.entry),
    )
    return f"{row[1]} {row[0]}" if row else "by another program"


def _name(work: Unit, change: _Change) -> str:
    if change.table == "task":
        action = work.db.value("SELECT action FROM task WHERE id = ?", (change.record_id,))
        return f'Task {change.record_id} "{action}"'
    return f"The {change.table.replace('_', ' ')} {change.record_id}"


def _links_of(work: Unit, entry: int) -> set[tuple[int | None, int | None]]:
    """Whom the touches are about that an undo takes away or a redo brings back."""
    rows = work.db.rows(
        "SELECT DISTINCT a.contact_id, a.deal_id FROM change c JOIN activity a ON a.id = c.entity_id"
        " WHERE c.entry_id = ? AND c.entity = 'activity'",
        (entry,),
    )
    return {(contact, deal) for contact, deal in rows}


def _mark(work: Unit, entry: int, by: int) -> None:
    work.db.execute_sql("UPDATE journal_entry SET undone_by = ? WHERE seq = ?", (by, entry))

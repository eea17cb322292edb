"""Putting rows back. One rule: a row is put back only where it is as the journal left it and no person came after; else
it is said who did, and nothing is written. What time alone did to a record goes with it when it is taken away."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from peewee import ForeignKeyField

from fu_tui.core.errors import Conflict, TouchedSuccessor
from fu_tui.core.terms import Origin, TaskStatus, Touched
from fu_tui.services.touches import renew
from fu_tui.store.models import RECORDS
from fu_tui.store.unit import Unit

_NOTHING: Mapping[str, Any] = {}
_LATER = (
    "FROM change c JOIN journal_entry j ON j.seq = c.entry_id LEFT JOIN user u ON u.id = j.actor_id"
    " WHERE c.entity = ? AND c.entity_id = ? AND j.seq > ? AND j.seq < ? AND j.undone_by IS NULL"
    " AND j.verb NOT IN ('undo', 'redo')"
)
"""The changes of a row between two entries that still stand."""


class _Change(NamedTuple):
    table: str
    record_id: int
    before: dict[str, Any] | None
    after: dict[str, Any]


@cache
def _leans() -> tuple[tuple[str, str, str], ...]:
    """What points at what: (table, column, the table it names)."""
    return tuple(
        (model._meta.table_name, field.column_name, field.rel_model._meta.table_name)
        for model in RECORDS
        for field in model._meta.sorted_fields
        if isinstance(field, ForeignKeyField)
    )


class Revert:
    """Taking one entry back, inside the transaction of the undo or redo."""

    def __init__(self, work: Unit, entry: int, touched: Touched) -> None:
        self._work = work
        self._entry = entry
        self._touched = touched
        self._removed: dict[str, list[int]] = defaultdict(list)
        self._put_back: dict[str, list[int]] = defaultdict(list)

    def run(self) -> tuple[int, ...]:
        """Put every row of the entry back, last change first. Returns the ids of the tasks among them.

        Raises TouchedSuccessor or Conflict.
        """
        tasks: dict[int, None] = {}
        for change in self._changes():
            if change.before is None:
                kept = self._remove(change)
            else:
                kept = False
                self._put(change, change.before)
            if change.table == "task" and not kept:
                tasks[change.record_id] = None
        self._refuse_orphans()
        for contact_id, deal_id in self._touched_links():
            renew(self._work.db, contact_id, deal_id)
        return tuple(tasks)

    def _changes(self) -> list[_Change]:
        rows = self._work.db.rows(
            "SELECT entity, entity_id, before, after FROM change WHERE entry_id = ? ORDER BY id DESC",
            (self._entry,),
        )
        return [
            _Change(table, record_id, json.loads(before) if before else None, json.loads(after))
            for table, record_id, before, after in rows
        ]

    def _put(self, change: _Change, before: dict[str, Any]) -> None:
        """Write what was there before the entry."""
        # The enrollment of a follow-up that somebody changed may have changed with it; the person has decided.
        decided = change.table == "enrollment" and self._touched is not Touched.ASK
        if not self._is_as(change) or (not decided and self._later(change)):
            raise self._came_later(change)
        self._work.write(change.table, change.record_id, before)
        self._put_back[change.table].append(change.record_id)

    def _remove(self, change: _Change) -> bool:
        """Take back a record that the entry made. Returns whether it was kept instead."""
        work, task = self._work, change.table == "task"
        if not self._is_as(change, self._by_itself(change)) or self._later(change):
            status = task and work.db.value("SELECT status FROM task WHERE id = ?", (change.record_id,))
            if status != TaskStatus.OPEN.value:
                raise self._came_later(change)
            if self._touched is Touched.ASK:
                raise self._ask(change)
            if self._touched is Touched.KEEP:
                alone = {
                    "enrollment_id": None, "step_no": None, "series_id": None, "occurrence_on": None,
                    "origin": Origin.USER.value,
                }  # fmt: skip
                work.write("task", change.record_id, alone)
                return True
        gone: dict[str, Any] = {"removed_by": work.entry}
        work.write(
            change.table, change.record_id, gone | ({"status": TaskStatus.WITHDRAWN.value} if task else {})
        )
        self._removed[change.table].append(change.record_id)
        return False

    def _is_as(self, change: _Change, since: Mapping[str, Any] = _NOTHING) -> bool:
        """Whether the row still holds what the change left, and what became of it `since`."""
        columns = ", ".join(change.after)
        row = self._work.db.row(f'SELECT {columns} FROM "{change.table}" WHERE id = ?', (change.record_id,))
        return row == tuple(since.get(column, value) for column, value in change.after.items())

    def _by_itself(self, change: _Change) -> dict[str, Any]:
        """What nobody's later entries left in the row: a cover who took over, a hold."""
        rows = self._work.db.rows(
            f"SELECT c.after {_LATER} AND j.actor_id IS NULL ORDER BY c.id", self._place_of(change)
        )
        return {column: value for (after,) in rows for column, value in json.loads(after).items()}

    def _later(self, change: _Change, who: str = "IS NOT NULL") -> str:
        """The last entry of a person after this one that touched the row and still stands, in words; empty where
        there is none. who: of nobody, where that is asked."""
        row = self._work.db.row(
            f"SELECT ifnull(u.name, 'fu-tui') || ' ' || j.summary {_LATER} AND j.actor_id {who}"
            " ORDER BY j.seq DESC LIMIT 1",
            self._place_of(change),
        )
        return str(row[0]) if row else ""

    def _place_of(self, change: _Change) -> tuple[object, ...]:
        return change.table, change.record_id, self._entry, self._work.entry

    def _came_later(self, change: _Change) -> Conflict:
        by_itself = self._later(change, "IS NULL")
        later = self._later(change) or by_itself or "by another program"
        return Conflict(
            f"{self._name(change)} was changed since: {later}.",
            "Leave both as they are."
            if later == by_itself
            else "Undo that first, or leave both as they are.",
        )

    def _ask(self, change: _Change) -> TouchedSuccessor:
        later = self._later(change) or "by another program"
        return TouchedSuccessor(
            f"{self._name(change)} was changed since it was spawned: {later}.",
            "Undo with --touched withdraw (it goes) or --touched keep (it stays, without its cadence).",
            change.record_id,
        )

    def _name(self, change: _Change) -> str:
        if change.table == "task":
            action = self._work.db.value("SELECT action FROM task WHERE id = ?", (change.record_id,))
            return f'Task {change.record_id} "{action}"'
        return f"The {_plain(change.table)} {change.record_id}"

    def _refuse_orphans(self) -> None:
        """Nothing that stays may lean on what goes, and nothing that comes back on what is gone."""
        for table, column, target in _leans():
            for where, ids in ((f"t.{column}", self._removed[target]), ("t.id", self._put_back[table])):
                row = ids and self._work.db.row(
                    f'SELECT t.id FROM "{table}" t JOIN "{target}" r ON r.id = t.{column}'
                    f" WHERE {where} IN (SELECT value FROM json_each(?)) AND r.removed_by IS NOT NULL"
                    " AND t.removed_by IS NULL LIMIT 1",
                    (json.dumps(ids),),
                )
                if row:
                    raise Conflict(
                        f"The {_plain(table)} {row[0]} leans on the {_plain(target)} that would be gone.",
                        "Undo what was done since first; `fu journal` shows it.",
                    )

    def _touched_links(self) -> set[tuple[int | None, int | None]]:
        """Whom the touches are about that an undo takes away or a redo brings back."""
        rows = self._work.db.rows(
            "SELECT DISTINCT a.contact_id, a.deal_id FROM change c JOIN activity a ON a.id = c.entity_id"
            " WHERE c.entry_id = ? AND c.entity = 'activity'",
            (self._entry,),
        )
        return {(contact, deal) for contact, deal in rows}


def _plain(table: str) -> str:
    return table.replace("_", " ")

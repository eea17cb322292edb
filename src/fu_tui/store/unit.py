"""One verb's writes: a transaction, a journal entry, and every row before and after. One rule: nothing writes
records except through a unit, so whatever was done can be told and undone.

A few columns are left out of the journal: caches that are rebuilt from the activity log, a task's version, which
only ever grows (an undo must not make an old screen look current), and that a notice was read (an undo is for work).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from peewee import FloatField

from fu_tui.core.clock import utc_text
from fu_tui.core.errors import Conflict, NotFound
from fu_tui.store.database import Database
from fu_tui.store.errors import plain_errors
from fu_tui.store.models import Record
from fu_tui.store.search import bring_up, expect_many

R = TypeVar("R", bound=Record)

NOT_JOURNALLED = frozenset({"version", "last_inbound_at", "last_outbound_at", "last_touch_at", "read_at"})


@cache
def _columns(model: type[Record]) -> tuple[tuple[str, str, Any], ...]:
    """(attribute, column, field) of each column of `model`."""
    return tuple((name, field.column_name, field) for name, field in model._meta.fields.items())


@cache
def _select(model: type[Record]) -> str:
    columns = ", ".join(f'"{column}"' for _, column, _ in _columns(model))
    return f'SELECT {columns} FROM "{model._meta.table_name}" WHERE id = ? AND removed_by IS NULL'


@cache
def _sql(kind: str, table: str, columns: tuple[str, ...]) -> str:
    if kind == "select":
        return f'SELECT {", ".join(columns)} FROM "{table}" WHERE id = ?'
    if kind == "insert":
        return f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({", ".join("?" * len(columns))})'
    bump = ", version = version + 1" if table == "task" else ""
    return f'UPDATE "{table}" SET {", ".join(f"{c} = ?" for c in columns)}{bump} WHERE id = ?'


def load(db: Database, model: type[R], record_id: int) -> R:
    """The record `record_id` of `model`, detached. Raises NotFound (a removed one is gone)."""
    row = db.row(_select(model), (record_id,))
    if row is None:
        raise NotFound(f"There is no {model.__name__.lower()} {record_id}.", "`fu list all` shows the tasks.")
    record = model(__no_default__=1)
    for (name, _, field), value in zip(_columns(model), row, strict=True):
        record.__data__[name] = field.python_value(value)
    return record


class NothingToDo(Exception):
    """Raised inside a unit that finds nothing left to do: it is given up, and no empty entry stays in the journal."""


class Unit:
    """The open transaction of one verb. Made by `unit`; ends with it."""

    def __init__(self, db: Database, actor_id: int | None, at: datetime, verb: str, entry: int) -> None:
        self.db = db
        self.actor_id = actor_id
        self.at = at
        """The one instant of the whole verb, UTC."""
        self.entry = entry
        """The journal entry's number."""
        self.verb = verb
        """What the journal calls it; an edit that hands over is a `reassign` (I12)."""
        self.summary = ""
        """What the verb did, in a line; `fu journal` and the undo show it."""
        self.undoes: int | None = None
        self._changes: list[tuple[int, str, int, str | None, str | None]] = []

    @property
    def has_written(self) -> bool:
        """Whether anything was written that the journal tells."""
        return bool(self._changes)

    def load(self, model: type[R], record_id: int) -> R:
        """The record as it stands inside the transaction. Raises NotFound."""
        return load(self.db, model, record_id)

    def insert(self, model: type[Record], **values: Any) -> int:
        """Write a new record; columns not named take the table's defaults. Returns its id."""
        stored = stored_values(model, values)
        table = model._meta.table_name
        cursor = self.db.execute_sql(_sql("insert", table, tuple(stored)), tuple(stored.values()))
        record_id = int(cursor.lastrowid)
        self.note(table, record_id, None, stored)
        return record_id

    def insert_many(
        self, model: type[Record], names: Sequence[str], rows: Iterable[tuple[Any, ...]]
    ) -> range:
        """Write new records that have the same columns, ten times as fast as one by one. Returns their ids, in order.

        rows: values in the order of `names`, as they are stored (a day as ISO text, a term's value). SQLite itself
        writes the journal's side, from the rows as they then stand.
        """
        table = model._meta.table_name
        columns = tuple(model._meta.fields[name].column_name for name in names)
        connection = self.db.connection()
        first = 1 + self.db.value(f'SELECT ifnull(max(id), 0) FROM "{table}"')
        expect_many(self.db, table, first)
        written = connection.executemany(
            _sql("insert", table, ("id", *columns)), ((n, *row) for n, row in enumerate(rows, first))
        ).rowcount
        ids = range(first, first + max(written, 0))
        # SQLite writes a number with 15 digits into JSON; an undo compares all of them.
        connection.create_function(
            "exact", 1, lambda value: value if value is None else repr(value), deterministic=True
        )
        pairs = ", ".join(
            f"'{column}', "
            + (f"json(exact({column}))" if isinstance(model._meta.fields[name], FloatField) else column)
            for name, column in zip(names, columns, strict=True)
        )
        self.db.execute_sql(
            "INSERT INTO change (entry_id, entity, entity_id, after)"
            f' SELECT ?, ?, id, json_object({pairs}) FROM "{table}" WHERE id BETWEEN ? AND ?',
            (self.entry, table, ids.start, ids.stop - 1),
        )
        return ids

    def update(self, model: type[Record], record_id: int, **values: Any) -> None:
        """Set columns of a record. Raises NotFound where there is no such record."""
        self.write(model._meta.table_name, record_id, stored_values(model, values))

    def write(self, table: str, record_id: int, stored: Mapping[str, Any]) -> None:
        """Set columns by their stored values; only what really changes is journalled."""
        columns = tuple(stored)
        before = self.db.row(_sql("select", table, columns), (record_id,))
        if before is None:
            raise NotFound(f"There is no {table} {record_id}.")
        self.db.execute_sql(_sql("update", table, columns), (*stored.values(), record_id))
        was = dict(zip(columns, before, strict=True))
        changed = [c for c in columns if was[c] != stored[c] and c not in NOT_JOURNALLED]
        if changed:
            self.note(table, record_id, {c: was[c] for c in changed}, {c: stored[c] for c in changed})

    def claim_open(self, task_id: int, version: int | None) -> None:
        """Make sure that the task is still open, and at the version that was shown where one is given.

        Raises Conflict. Taken inside an IMMEDIATE transaction this is the compare of compare-and-set: nobody
        else can write between it and the update that follows.
        """
        row = self.db.row("SELECT status, version FROM task WHERE id = ? AND removed_by IS NULL", (task_id,))
        if row is None:
            raise NotFound(f"There is no task {task_id}.", "`fu list` shows the open ones.")
        if row[0] != "open":
            waits = "It waits: resume its cadence, take its deal up again, or end the absence."
            raise Conflict(f"Task {task_id} is {row[0]}, not open.", waits if row[0] == "held" else "")
        if version is not None and row[1] != version:
            raise Conflict(
                f"Task {task_id} was changed by someone since it was shown.", "Look again, then decide."
            )

    def note(
        self, table: str, record_id: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        """Keep one row's before and after for the journal."""
        self._changes.append((self.entry, table, record_id, _json(before), _json(after)))

    def finish(self) -> None:
        """Write the changes and the summary. Called by `unit` at the end of the block."""
        if self._changes:
            connection = self.db.connection()
            connection.executemany(
                "INSERT INTO change (entry_id, entity, entity_id, before, after) VALUES (?, ?, ?, ?, ?)",
                self._changes,
            )
        bring_up(self.db)
        self.db.execute_sql(
            "UPDATE journal_entry SET verb = ?, summary = ?, undoes = ? WHERE seq = ?",
            (self.verb, self.summary, self.undoes, self.entry),
        )


@contextmanager
def unit(
    db: Database, at: datetime, actor_id: int | None, verb: str, reason: str | None = None
) -> Iterator[Unit]:
    """One transaction and one journal entry around a verb.

    at: the instant of the verb, UTC. Raises StorageBusy where another process holds the file, StorageError
    for what the disk says; in every case of an error nothing was written, nor where NothingToDo ends the block.
    """
    with suppress(NothingToDo), plain_errors(), db.atomic():
        cursor = db.execute_sql(
            "INSERT INTO journal_entry (actor_id, at, verb, reason) VALUES (?, ?, ?, ?)",
            (actor_id, utc_text(at), verb, reason),
        )
        work = Unit(db, actor_id, at, verb, int(cursor.lastrowid))
        yield work
        work.finish()


def stored_values(model: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Attribute names and values as column names and stored values. Raises KeyError for another name."""
    fields = model._meta.fields
    stored: dict[str, Any] = {}
    for name, value in values.items():
        field = fields[name]
        plain = field.db_value(value)
        stored[field.column_name] = int(plain) if isinstance(plain, bool) else plain
    return stored


def _json(columns: Mapping[str, Any] | None) -> str | None:
    return None if columns is None else json.dumps(dict(columns), ensure_ascii=False, separators=(",", ":"))

"""The two checks that read everything row by row: due days against their traces, rows against the journal. One rule:
a row is compared with what is written about it, never with what it might have been."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from fu_tui.core.errors import Refused
from fu_tui.core.schedule import recompute
from fu_tui.core.terms import Roll
from fu_tui.core.trace import Trace
from fu_tui.store.database import Database
from fu_tui.store.models import BY_TABLE
from fu_tui.store.plans import calendar_of
from fu_tui.store.unit import NOT_JOURNALLED

AT_ONCE = 500
"""Changes that are read and parsed together: one by one, the calls alone take seconds."""


class _Said(NamedTuple):
    """What a trace says."""

    due_on: str
    """ISO date, computed again; empty where it can't be."""
    today: str
    """The day it was computed on, ISO; empty where the rule asks for none."""
    rolls: bool
    """Whether the day had to be a working day."""


@lru_cache(maxsize=50_000)
def _said(text: str) -> _Said:
    """What the stored trace says. Tasks made together share theirs, so each is computed once."""
    try:
        trace = Trace.from_json(text)
        again = recompute(trace)
    except (ValueError, TypeError, Refused):
        return _Said("", "", False)
    rolls = trace.rule != "by_hand" and trace.inputs.get("roll") != Roll.NONE.value
    sound = again == trace.due_on
    return _Said(again.isoformat() if sound else "", str(trace.inputs.get("today") or ""), rolls)


def wrong_days(db: Database) -> Iterator[tuple[str, str, str, list[int]]]:
    """Tasks whose due day disagrees with its trace (I14), was off (I7), or was past when a close brought it (I15)."""
    off, untold, past = list[int](), list[int](), list[int]()
    working = _WorkingDays(db)
    rows = db.execute_sql(
        "SELECT t.id, t.due_on, t.trace, t.spawned_by_id, e.id, e.assignee_id, u.calendar_id FROM task t"
        " LEFT JOIN enrollment e ON e.id = t.enrollment_id LEFT JOIN user u ON u.id = e.assignee_id"
        " WHERE t.removed_by IS NULL"
    )
    for task, due_on, text, spawned_by, enrollment, assignee, calendar in rows:
        said = _said(text)
        if said.due_on != due_on:
            untold.append(task)
        elif spawned_by is not None and due_on < said.today:
            past.append(task)
        elif (
            enrollment is not None
            and said.rolls
            and working.was_off(due_on, task, enrollment, assignee, calendar)
        ):
            off.append(task)
    yield "I7", "task", "are due by their cadence on a day that was no working day", off
    yield "I14", "task", "have a due day that their trace does not give", untold
    yield "I15", "task", "were spawned with a due day before the day of closing", past


class _WorkingDays:
    """Which days were working days when a task was made: known where nothing about them changed since."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._made = dict(
            db.rows("SELECT entity_id, entry_id FROM change WHERE entity = 'task' AND before IS NULL")
        )
        self._calendars = {row[0]: calendar_of(db, row[0]) for row in db.rows("SELECT id FROM work_calendar")}
        self._changed = {
            "calendar": self._last(
                "SELECT ifnull(h.calendar_id, c.entity_id), c.entry_id FROM change c LEFT JOIN holiday h"
                " ON c.entity = 'holiday' AND h.id = c.entity_id WHERE c.entity IN ('work_calendar', 'holiday')"
            ),
            "user": self._last(
                "SELECT entity_id, entry_id FROM change WHERE entity = 'user' AND after LIKE '%\"calendar_id\":%'"
            ),
            "enrollment": self._last(
                "SELECT entity_id, entry_id FROM change WHERE entity = 'enrollment'"
                " AND before LIKE '%\"assignee_id\":%'"
            ),
        }

    def _last(self, sql: str) -> dict[int, int]:
        return dict(self._db.rows(f"SELECT * FROM ({sql}) ORDER BY 2"))

    def was_off(self, due_on: str, task: int, enrollment: int, assignee: int, calendar: int) -> bool:
        """Whether `due_on` was surely a day off for the assignee when the task was made."""
        made = self._made.get(task, 0)
        last = max(
            self._changed["calendar"].get(calendar, 0),
            self._changed["user"].get(assignee, 0),
            self._changed["enrollment"].get(enrollment, 0),
        )
        return made > last and not self._calendars[calendar].is_working(date.fromisoformat(due_on))


def wrong_history(db: Database) -> list[int]:
    """Entries of the journal that do not fit: to the entry before on the same row, to the row, or to their undo."""
    astray = db.rows(
        "SELECT u.seq FROM journal_entry u LEFT JOIN journal_entry e ON e.seq = u.undoes"
        " WHERE u.verb IN ('undo', 'redo') AND (e.seq IS NULL"
        " OR (u.verb = 'undo' AND (u.undone_by IS NULL) <> (e.undone_by IS u.seq))"
        " OR (u.verb = 'redo' AND e.undone_by IS NOT u.seq))"
    )
    wrong = [row[0] for row in astray]
    for (table,) in db.rows("SELECT DISTINCT entity FROM change"):
        wrong += _wrong_rows(db, table) if table in BY_TABLE else _entries(db, table)
    return wrong


def _entries(db: Database, table: str) -> list[int]:
    return [row[0] for row in db.rows("SELECT entry_id FROM change WHERE entity = ?", (table,))]


def _wrong_rows(db: Database, table: str) -> Iterator[int]:
    """Walks through a table and the changes of its rows side by side."""
    columns = [row[1] for row in db.rows(f'PRAGMA table_info("{table}")') if row[1] not in NOT_JOURNALLED]
    rows = iter(db.execute_sql(f'SELECT {", ".join(columns)} FROM "{table}" ORDER BY id'))
    row: tuple[Any, ...] = next(rows, (0,))
    record, entry, fits = 0, 0, True
    known: dict[str, Any] = {}

    def is_there() -> bool:
        """Whether the record is what its changes leave."""
        nonlocal row
        while 0 < row[0] < record:
            row = next(rows, (0,))
        return row[0] == record and known.items() <= dict(zip(columns, row, strict=True)).items()

    for number, made_by, before, after in _changes(db, table):
        if number != record:
            if record and not is_there():
                yield entry
            record, known, fits = number, after, True
        else:
            # A column that no change has told of had the table's own default until now.
            fits = before is not None and (
                before.items() <= known.items()
                or all(known.get(column, value) == value for column, value in before.items())
            )
            known |= after
        entry = made_by
        if not fits:
            yield entry
    if record and not is_there():
        yield entry


def _changes(db: Database, table: str) -> Iterator[tuple[int, int, dict[str, Any] | None, dict[str, Any]]]:
    """The changes of a table's records, each record's together and in order: (record, entry, before, after)."""
    cursor = db.execute_sql(
        "SELECT entity_id, entry_id, ifnull(before, 'null'), after FROM change WHERE entity = ?"
        " ORDER BY entity_id, id",
        (table,),
    )
    while rows := cursor.fetchmany(AT_ONCE):
        ids, entries, before, after = zip(*rows, strict=True)
        yield from zip(ids, entries, _parsed(before), _parsed(after), strict=True)


def _parsed(texts: tuple[str, ...]) -> list[Any]:
    return list(json.loads(f"[{','.join(texts)}]"))

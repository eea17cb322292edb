"""Opening the file. One rule: a database is never made, changed or upgraded by surprise.

A missing file at a place someone named is an error, not an invitation; a file of another program is left
alone; a newer schema is refused; an older one is backed up first and then migrated, by one process at a time.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from peewee import SqliteDatabase

from fu_tui.core.errors import StorageError
from fu_tui.store.errors import plain_errors
from fu_tui.store.sqlite import VERSION, sqlite3

APPLICATION_ID = 0x46755475
"""Stands in the file's header: "FuTu"."""
SCHEMA = 1
"""The newest migration's number; stands in the file as user_version."""
PATIENCE = 30.0
"""Seconds a command waits for another process's lock."""


def wal_is_safe(version: tuple[int, int, int] = VERSION) -> bool:
    """Whether this SQLite has the fix without which a WAL can lose acknowledged writes when it is reset."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def durability(version: tuple[int, int, int] = VERSION) -> tuple[str, str]:
    """The journal mode and the synchronous level under which an acknowledged write survives a power cut."""
    return ("wal", "FULL") if wal_is_safe(version) else ("delete", "EXTRA")


class Database(SqliteDatabase):
    """A SQLite file with the pragmas that the storage contract asks for."""

    def __init__(self, path: Path, *, patience: float = PATIENCE, mode: str = "rw") -> None:
        self.path = path
        journal, synchronous = durability()
        super().__init__(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            timeout=patience,
            lock_type="IMMEDIATE",
            pragmas=[
                ("busy_timeout", int(patience * 1000)),
                ("foreign_keys", 1),
                ("trusted_schema", 0),
                ("cell_size_check", 1),
                ("synchronous", synchronous),
            ],
        )
        self._journal = journal

    def _add_conn_hooks(self, conn: Any) -> None:
        super()._add_conn_hooks(conn)  # type: ignore[misc]  # peewee's stubs leave it out
        # Asking costs a header read; setting would want the whole file for itself, so only where it differs.
        if conn.execute("PRAGMA journal_mode").fetchone()[0] != self._journal:
            conn.execute(f"PRAGMA journal_mode = {self._journal}")

    def execute_sql(self, sql: str, params: tuple[Any, ...] | list[Any] | None = None) -> Any:
        """Run one statement; database errors come out as peewee raises them."""
        return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]

    def rows(self, sql: str, params: tuple[Any, ...] | list[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement, as tuples. Raises StorageError."""
        with plain_errors():
            found: list[tuple[Any, ...]] = self.execute_sql(sql, params).fetchall()
            return found

    def row(self, sql: str, params: tuple[Any, ...] | list[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a statement, or None."""
        with plain_errors():
            found: tuple[Any, ...] | None = self.execute_sql(sql, params).fetchone()
            return found

    def value(self, sql: str, params: tuple[Any, ...] | list[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, params)
        return found[0] if found else None


def create(path: Path) -> None:
    """Make an empty database file that only its owner can read (0600 in a 0700 folder).

    Raises StorageError where something stands there already or the folder can't be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise StorageError(f"There is already a file at {path}.", "Name another one with --db.") from None
    except OSError as error:
        raise StorageError(
            f"Can't make {path}: {error.strerror}.", "Name another place with --db."
        ) from error
    db = Database(path)
    try:
        with plain_errors():
            db.connect()
            db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        from fu_tui.store.migrate import migrate

        migrate(db)
    except BaseException:
        db.close()
        path.unlink(missing_ok=True)
        raise
    db.close()


def open_existing(path: Path, *, patience: float = PATIENCE) -> Database:
    """Open the database at `path`, upgraded to this version's schema (after a verified backup).

    Raises StorageError where it is missing, empty, not ours, damaged, or from a newer version.
    """
    if not path.exists():
        raise StorageError(
            f"There is no database at {path}.", f"Make one with `fu --db {path} init`, or restore a backup."
        )
    if path.stat().st_size == 0:
        raise StorageError(f"The database at {path} is empty.", "Restore a backup: `fu restore`.")
    db = Database(path, patience=patience)
    with plain_errors():
        db.connect()
    try:
        check(db)
        if db.value("PRAGMA user_version") < SCHEMA:
            from fu_tui.store.migrate import migrate

            migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def check(db: Database) -> None:
    """Whose file this is, and of which version. Raises StorageError where it isn't ours or is newer."""
    if db.value("PRAGMA application_id") != APPLICATION_ID:
        raise StorageError(f"{db.path} is not a database of fu-tui.", "Name another one with --db.")
    schema = db.value("PRAGMA user_version")
    if schema > SCHEMA:
        raise StorageError(
            f"{db.path} was written by a newer fu-tui (its schema is {schema}, this version knows {SCHEMA}).",
            "Upgrade: pip install --upgrade fu-tui.",
        )


__all__ = [
    "APPLICATION_ID",
    "SCHEMA",
    "Database",
    "check",
    "create",
    "durability",
    "open_existing",
    "sqlite3",
]

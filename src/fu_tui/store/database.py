"""Opening the file. One rule: a database is never made, changed or upgraded by surprise.

A missing file at a place someone named is an error, not an invitation; a file of another program is left
alone; a newer schema is refused; an older one is backed up first and then migrated, by one process at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fu_tui.core.errors import StorageError
from fu_tui.store.connection import Connections
from fu_tui.store.disk import is_local
from fu_tui.store.errors import Damaged, plain_errors
from fu_tui.store.lock import alone
from fu_tui.store.sqlite import VERSION, sqlite3

APPLICATION_ID = 0x46755475
"""Stands in the file's header: "FuTu"."""
SCHEMA = 3
"""The newest migration's number; stands in the file as user_version."""
PATIENCE = 30.0
"""Seconds a command waits for another process's lock."""
BESIDE = ("-journal", "-wal", "-shm")
"""The files that SQLite keeps beside a database; they belong to it alone."""


def wal_is_safe(version: tuple[int, int, int] = VERSION) -> bool:
    """Whether this SQLite has the fix without which a WAL can lose acknowledged writes when it is reset."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def durability(version: tuple[int, int, int] = VERSION, *, local: bool = True) -> tuple[str, str]:
    """The journal mode under which an acknowledged write survives a power cut, and why it is this one.

    local: whether the file lies on a disk of this machine.
    """
    said = ".".join(map(str, version))
    if not wal_is_safe(version):
        return (
            "delete",
            f"safe; the faster log is left to SQLite 3.51.3 and later, as {said} can lose writes there",
        )
    if not local:
        return "delete", "a write-ahead log needs a disk of this machine"
    return "wal", f"SQLite {said} resets a write-ahead log safely"


class Database(Connections):
    """The file of fu-tui, with the journal under which what it acknowledges survives."""

    def __init__(self, path: Path, *, patience: float = PATIENCE, mode: str = "rw") -> None:
        self._changes = mode != "ro"
        super().__init__(path, patience=patience, mode=mode)

    def durability(self) -> tuple[str, str]:
        """The journal mode this file is to have, and why."""
        return durability(local=not wal_is_safe() or is_local(self.path))

    def _opened(self, connection: sqlite3.Connection) -> None:
        """Asking costs a header read; setting would want the whole file for itself, so only where it differs.

        A file that `check` would refuse stays as it is.
        """

        def ask(name: str) -> Any:
            return connection.execute(f"PRAGMA {name}").fetchone()[0]

        if self._changes and ask("application_id") == APPLICATION_ID and ask("user_version") <= SCHEMA:
            wanted, _ = self.durability()
            if ask("journal_mode") != wanted:
                ask(f"journal_mode = {wanted}")


def create(path: Path, fill: Callable[[Database], object] | None = None) -> None:
    """Make a database file that only its owner can read (0600 in a 0700 folder), with what `fill` puts into it.

    It is made under another name and stands at `path` only when it is whole. Raises StorageError where
    something stands there already or the folder can't be made.
    """
    from fu_tui.store.migrate import apply

    part = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(path):
            if path.exists():
                raise StorageError(f"There is already a file at {path}.", "Name another one with --db.")
            discard(part)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            db = Database(part)
            try:
                with plain_errors():
                    db.connect()
                    db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                apply(db)
                if fill:
                    fill(db)
                db.close()
                part.rename(path)
                sync(path.parent)
            finally:
                db.close()
                discard(part)
    except OSError as error:
        raise StorageError(
            f"Can't make {path}: {error.strerror}.", "Name another place with --db."
        ) from error


def open_existing(path: Path, *, patience: float = PATIENCE) -> Database:
    """Open the database at `path`, upgraded to this version's schema (after a verified backup).

    Raises StorageError where it is missing, empty, not ours, damaged, or from a newer version.
    """
    try:
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        raise StorageError(
            f"There is no database at {path}.", f"Make one with `fu --db {path} init`, or restore a backup."
        ) from None
    except OSError as error:
        raise StorageError(f"Can't reach {path}: {error.strerror}.", "Check its folders.") from error
    if size == 0:
        raise StorageError(f"The database at {path} is empty.", "Restore a backup: `fu restore`.")
    torn = path.with_name(path.name + "-journal").exists()
    db = Database(path, patience=patience)
    with plain_errors():
        db.connect()
    try:
        check(db)
        if torn:
            check_pages(db)
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


def check_pages(db: Database) -> None:
    """Look at every page and index, as before the first write after a process died in the middle of one.

    Raises Damaged.
    """
    said = db.value("PRAGMA integrity_check(1)")
    if said != "ok":
        raise Damaged(f"{db.path} is damaged: {said}.", "Restore the latest backup: `fu restore`.")


def sync(path: Path) -> None:
    """Bring a file or a folder to the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Remove a file that was being made, with what SQLite put beside it."""
    for suffix in ("", *BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


__all__ = [
    "APPLICATION_ID",
    "BESIDE",
    "SCHEMA",
    "Database",
    "check",
    "check_pages",
    "create",
    "discard",
    "durability",
    "open_existing",
    "sqlite3",
    "sync",
]

"""From any older schema to this one. One rule: one process at a time, and a verified backup first."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhouse.migrations import MigrationError, Runner  # type: ignore[import-untyped]

from fu_tui.core.errors import StorageError
from fu_tui.store.backup import keep_backup
from fu_tui.store.database import SCHEMA, Database, check
from fu_tui.store.errors import plain_errors

FOLDER = Path(__file__).parent / "migrations"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Holds the database's migration lock (a file beside it) for the block; a second process waits."""
    lock = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def migrate(db: Database, folder: Path = FOLDER) -> None:
    """Apply what is missing of the numbered migrations in `folder`, all or nothing each.

    Raises StorageError where the file's history knows a migration that this version does not have.
    """
    with alone(db.path):
        check(db)
        now = db.value("PRAGMA user_version")
        if now >= SCHEMA:
            return  # another process was faster
        if now > 0:
            keep_backup(db.path, "before-migration")
        runner = Runner(db, str(folder))
        unknown = sorted(set(runner.applied()) - {step.name for step in runner.migrations()})
        if unknown:
            raise StorageError(
                f"{db.path} knows a change that this version lacks ({unknown[0]}).",
                "Upgrade: pip install --upgrade fu-tui.",
            )
        try:
            with plain_errors():
                runner.up()
        except MigrationError as error:
            raise StorageError(
                f"The database can't be upgraded: {error}.", "Restore a backup: `fu restore`."
            ) from error
        db.execute_sql(f"PRAGMA user_version = {SCHEMA}")

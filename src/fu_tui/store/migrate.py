"""From any older schema to this one. One rule: one process at a time, and a verified backup first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import PeeweeException, SqliteDatabase
from playhouse.migrations import MigrationError, Runner  # type: ignore[import-untyped]

from fu_tui.core.errors import StorageError
from fu_tui.store.backup import keep_backup
from fu_tui.store.database import SCHEMA, Database, check
from fu_tui.store.errors import explain, plain_errors
from fu_tui.store.lock import alone

FOLDER = Path(__file__).parent / "migrations"


def migrate(db: Database) -> None:
    """Bring an older file to this version's schema, after a verified backup. Raises StorageError."""
    with alone(db.path):
        check(db)
        now = db.value("PRAGMA user_version")
        if now >= SCHEMA:
            return  # another process was faster
        if now > 0:
            keep_backup(db.path, "before-migration")
        apply(db)


def apply(db: Database, folder: Path = FOLDER) -> None:
    """Apply what is missing of the numbered migrations in `folder`, all or nothing each.

    Raises StorageError where the file's history knows a migration that this version does not have.
    """
    with _plain_errors():
        runner = Runner(_Borrowed(db), str(folder))
        unknown = sorted(set(runner.applied()) - {step.name for step in runner.migrations()})
    if unknown:
        raise StorageError(
            f"{db.path} knows a change that this version lacks ({unknown[0]}).",
            "Upgrade: pip install --upgrade fu-tui.",
        )
    try:
        with _plain_errors():
            runner.up()
            db.execute_sql(f"PRAGMA user_version = {SCHEMA}")
    except MigrationError as error:
        raise StorageError(
            f"The database can't be upgraded: {error}.", "Restore a backup: `fu restore`."
        ) from error


class _Borrowed(SqliteDatabase):
    """An open database as the migrations know one: on the same connection, which it leaves open."""

    def __init__(self, db: Database) -> None:
        self._db = db
        super().__init__(str(db.path))

    def _connect(self) -> Any:
        return self._db.connection()

    def _close(self, _connection: Any) -> None:
        """It is not its own."""


@contextmanager
def _plain_errors() -> Iterator[None]:
    with plain_errors():
        try:
            yield
        except PeeweeException as error:
            raise explain(error) from error

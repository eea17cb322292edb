"""Connections to one file. One rule: each thread has its own, opened when it is first wanted, and all keep the storage
contract.

It stands on SQLite alone: what is read before the first paint needs no record classes, and they take as long to load
as everything that is read.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fu_tui.core.errors import UsageError
from fu_tui.core.text import for_terminal
from fu_tui.store.errors import plain_errors
from fu_tui.store.sqlite import sqlite3


class Connections:
    """A SQLite file with the pragmas that the storage contract asks for, on every connection."""

    def __init__(self, path: Path, *, patience: float, mode: str) -> None:
        """patience: seconds to wait for another process's lock. mode: SQLite's rw or ro."""
        self.path = path
        self.connect_params: dict[str, Any] = {"timeout": patience, "isolation_level": None, "uri": True}
        self._address = f"file:{quote(str(path))}?mode={mode}"
        self._pragmas = (
            ("busy_timeout", int(patience * 1000)),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
            # FULL, and where the journal is a file its removal is synced as well
            ("synchronous", "EXTRA"),
        )
        self._here = threading.local()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection. Raises sqlite3.Error where it can't be opened."""
        found: sqlite3.Connection | None = getattr(self._here, "connection", None)
        if found is None:
            found = sqlite3.connect(self._address, **self.connect_params)
            try:
                for name, value in self._pragmas:
                    found.execute(f"PRAGMA {name} = {value}")
                self._opened(found)
            except BaseException:
                found.close()
                raise
            self._here.connection = found
        return found

    def _opened(self, connection: sqlite3.Connection) -> None:
        """What else a new connection is to have."""

    def connect(self) -> None:
        """Open this thread's connection, where it isn't. Raises sqlite3.Error."""
        self.connection()

    def close(self) -> None:
        """Close this thread's connection, where it is open; the next statement opens another."""
        found = getattr(self._here, "connection", None)
        if found is not None:
            self._here.connection = None
            found.close()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All of the block or nothing. It takes the lock for writing at once; within another, it is a part of that.

        Raises sqlite3.Error.
        """
        connection = self.connection()
        back: tuple[str, ...]
        begin, end, back = "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)
        if connection.in_transaction:
            begin, end, back = "SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part")
        connection.execute(begin)
        try:
            yield
            connection.execute(end)
        except BaseException:
            if connection.in_transaction:  # SQLite takes some back by itself: a full disk, a broken one
                for each in back:
                    connection.execute(each)
            raise

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None) -> Any:
        """Run one statement; returns its cursor. Raises sqlite3.Error.

        Raises UsageError where a value is no text: bytes of another encoding, as a shell hands them over.
        """
        try:
            return self.connection().execute(sql, params or ())
        except UnicodeEncodeError as error:
            shown = for_terminal(error.object)
            raise UsageError(f'"{shown}" holds bytes that are no letters.', "Write it in UTF-8.") from None

    @property
    def is_writing(self) -> bool:
        """Whether a transaction is open, by whatever means it was begun."""
        found: sqlite3.Connection | None = getattr(self._here, "connection", None)
        return found is not None and found.in_transaction

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement, as tuples. Raises StorageError."""
        found: list[tuple[Any, ...]] = self._fetched(sql, params, "fetchall")
        return found

    def row(self, sql: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a statement, or None. Raises StorageError."""
        found: tuple[Any, ...] | None = self._fetched(sql, params, "fetchone")
        return found

    def value(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None. Raises StorageError."""
        found = self.row(sql, params)
        return found[0] if found else None

    def _fetched(self, sql: str, params: Sequence[Any], how: str) -> Any:
        with plain_errors():
            try:
                return getattr(self.execute_sql(sql, params), how)()
            except sqlite3.OperationalError as error:
                if "decode to UTF-8" not in str(error):
                    raise
            # Another program wrote bytes that are no text. One such row must not keep the others from being read.
            self.connection().text_factory = _as_text
            return getattr(self.execute_sql(sql, params), how)()


def _as_text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")

"""SQLite's errors in plain sentences. One rule: the true cause is named, however deep it hides.

A full disk, for one, appears as "cannot rollback - no transaction is active"; the cause is in `__context__`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fu_tui.core.errors import Conflict, StorageBusy, StorageError
from fu_tui.store.sqlite import sqlite3


class Damaged(StorageError):
    """The bytes of the file make no sound database (or none at all)."""


SENTENCES: dict[str, tuple[str, str]] = {
    "SQLITE_FULL": ("The disk is full; nothing was written.", "Free some space and do it again."),
    "SQLITE_IOERR": (
        "The disk reported an error; nothing was written.",
        "Check the disk, then run `fu doctor`.",
    ),
    # The journal was removed already, which is the commit; only its removal was perhaps not brought to the disk.
    "SQLITE_IOERR_DIR_FSYNC": (
        "The disk reported an error at the very end; whether this was saved is not certain.",
        "Look whether it is there before you do it again, and check the disk.",
    ),
    "SQLITE_READONLY": (
        "The database can't be written to.",
        "Check the permissions of the file and its folder.",
    ),
    "SQLITE_READONLY_DBMOVED": (
        "The database file was moved or deleted while it was open; nothing was written.",
        "Put it back or restore a backup (`fu restore`), then start again.",
    ),
    "SQLITE_CANTOPEN": (
        "The database can't be opened.",
        "Check that the file and its folder exist and are yours.",
    ),
    "SQLITE_CORRUPT": (
        "The database is damaged; it is not written to any more.",
        "Restore the latest backup: `fu restore`.",
    ),
    "SQLITE_NOTADB": ("This file is not a database of fu-tui.", "Name another one with --db."),
    "SQLITE_CONSTRAINT": (
        "The database refused this as it would break a rule.",
        "Run `fu doctor` to see the state.",
    ),
    "SQLITE_NOMEM": ("There is not enough memory.", "Close other programs and do it again."),
}
DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
BUSY = ("Another program holds the database and did not let go in time.", "Do it again in a moment.")


def chain(error: BaseException) -> Iterator[BaseException]:
    """`error` and everything that led to it, nearest first."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        at = todo.pop(0)
        if at is None or id(at) in seen:
            continue
        seen.add(id(at))
        yield at
        todo += [at.__cause__, at.__context__]


def sqlite_code(error: BaseException) -> str:
    """The name of SQLite's code behind `error`, as SQLITE_FULL; empty when there is none.

    It is the primary code, or a finer one that has a sentence of its own.

    A rollback that found no transaction only tells that something before it went wrong, so it yields to that.
    """
    found = ""
    for link in chain(error):
        name = getattr(link, "sqlite_errorname", "")
        if name and name != "SQLITE_ERROR":
            return name if name in SENTENCES else "_".join(name.split("_")[:2])
        found = found or name
    return found


def explain(error: BaseException) -> StorageError | Conflict:
    """The plain error for a database exception. Arguments: what sqlite3 raised, or peewee because of it."""
    code = sqlite_code(error)
    if code in ("SQLITE_BUSY", "SQLITE_LOCKED"):
        return StorageBusy(*BUSY)
    if code in SENTENCES:
        return (Damaged if code in DAMAGE else StorageError)(*SENTENCES[code])
    return StorageError(f"The database said: {error}.", "Run `fu doctor` to see the state.")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns database exceptions inside the block into StorageError (or StorageBusy)."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error) from error

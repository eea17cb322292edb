"""Copies that can be trusted. One rule: a backup counts once it was opened again and its rows were counted.

Written under a temporary name through SQLite's own backup call (a plain copy of a live file may be torn),
checked, synced to disk, and only then renamed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from fu_tui.core.errors import NotFound, StorageError
from fu_tui.store.database import PATIENCE, Database, check
from fu_tui.store.errors import plain_errors
from fu_tui.store.sqlite import sqlite3

KEPT = 10
"""Automatic backups kept beside the database; older ones go."""
NAME = re.compile(r"^(?P<stem>.+)\.(?P<no>\d{6})\.[a-z-]+\.bak$")


def folder_of(path: Path) -> Path:
    """Where the automatic backups of the database at `path` are kept."""
    return path.parent / "backups"


def list_backups(path: Path) -> tuple[Path, ...]:
    """The automatic backups of the database at `path`, newest first."""
    found = [(int(match["no"]), file) for file in folder_of(path).glob("*.bak")
             if (match := NAME.match(file.name)) and match["stem"] == path.name]  # fmt: skip
    return tuple(file for _, file in sorted(found, reverse=True))


def keep_backup(path: Path, why: str) -> Path:
    """Make an automatic backup of the database at `path`, named after `why`; only the newest ten are kept."""
    folder_of(path).mkdir(mode=0o700, exist_ok=True)
    kept = list_backups(path)
    match = NAME.match(kept[0].name) if kept else None
    number = int(match["no"]) + 1 if match else 1
    target = folder_of(path) / f"{path.name}.{number:06d}.{why}.bak"
    write_backup(path, target)
    for old in list_backups(path)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def write_backup(path: Path, target: Path) -> int:
    """Copy the database at `path` to `target` and verify the copy.

    Returns how many tasks it holds. Raises StorageError; then nothing stands at `target`.
    """
    if target.exists():
        raise StorageError(
            f"There is already a file at {target}.", "Name another one; a backup overwrites nothing."
        )
    part = target.with_name(target.name + ".part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
        with plain_errors():
            _copy(path, part)
        tasks = verify(part)
        _sync(part)
        part.rename(target)
        _sync(target.parent)
    except OSError as error:
        raise StorageError(
            f"The backup failed: {error.strerror}.", "Name another place, or free some space."
        ) from error
    finally:
        part.unlink(missing_ok=True)
        for suffix in ("-journal", "-wal", "-shm"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)
    return tasks


def restore(backup: Path, path: Path) -> int:
    """Put the content of `backup` in the place of the database at `path`, which is first backed up itself.

    A live database is overwritten through SQLite in one transaction, so a desk that has it open just sees
    the change; a damaged or missing one is set aside and replaced by the file.
    Returns how many tasks it holds. Raises NotFound or StorageError; then the old database is as it was.
    """
    if not backup.exists():
        raise NotFound(f"There is no backup at {backup}.", "`fu restore` without a file lists what there is.")
    tasks = verify(backup)
    try:
        keep_backup(path, "before-restore")
    except (StorageError, FileNotFoundError):
        if path.exists():
            path.rename(path.with_name(path.name + ".damaged"))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_backup(backup, path)
        return tasks
    with plain_errors():
        _copy(backup, path)
    return tasks


def verify(path: Path) -> int:
    """Open the database at `path` read-only and check every page. Returns how many tasks it holds.

    Raises StorageError where it is damaged or not ours.
    """
    db = Database(path, mode="ro")
    db._journal = db_mode(path)
    try:
        with plain_errors():
            db.connect()
        check(db)
        said = db.value("PRAGMA integrity_check(1)")
        if said != "ok":
            raise StorageError(f"{path} is damaged: {said}.", "Use another backup.")
        return int(db.value("SELECT count(*) FROM task"))
    finally:
        db.close()


def db_mode(path: Path) -> str:
    """The journal mode of the file at `path`, from its header: a read-only check must not change it."""
    with path.open("rb") as file:
        return "wal" if file.read(20)[18:19] == b"\x02" else "delete"


def _copy(path: Path, target: Path) -> None:
    source, copy = (
        sqlite3.connect(path.as_uri() + "?mode=ro", uri=True),
        sqlite3.connect(target, timeout=PATIENCE),
    )
    try:
        copy.execute("PRAGMA synchronous = extra")
        source.backup(copy)
    finally:
        source.close()
        copy.close()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

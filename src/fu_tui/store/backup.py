"""Copies that can be trusted. One rule: a backup counts once it was opened again and its rows were counted.

Written under a temporary name through SQLite's own backup call (a plain copy of a live file may be torn),
checked, synced to disk, and only then renamed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from fu_tui.core.errors import NotFound, StorageBusy, StorageError
from fu_tui.store.database import BESIDE, PATIENCE, Database, check, check_pages, discard, sync
from fu_tui.store.errors import BUSY, Damaged, plain_errors
from fu_tui.store.lock import alone
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


def keep_backup(path: Path, why: str, *, spare: Path | None = None, patience: float = PATIENCE) -> Path:
    """Make an automatic backup of the database at `path`, named after `why`; only the newest ten are kept.

    spare: a file that stays, however old it is. patience: seconds to wait for another process's lock.
    Raises StorageError.
    """
    folder = folder_of(path)
    with _disk_errors("The backup failed"):
        folder.mkdir(mode=0o700, exist_ok=True)
        with alone(folder / path.name):
            for left in folder.glob(f"{path.name}.*.part*"):
                left.unlink()  # of a backup that was killed
            kept = list_backups(path)
            match = NAME.match(kept[0].name) if kept else None
            number = int(match["no"]) + 1 if match else 1
            target = folder / f"{path.name}.{number:06d}.{why}.bak"
            write_backup(path, target, patience=patience)
            for old in list_backups(path)[KEPT:]:
                if spare is None or not old.samefile(spare):
                    old.unlink(missing_ok=True)
    return target


def write_backup(path: Path, target: Path, *, patience: float = PATIENCE) -> int:
    """Copy the database at `path` to `target` and verify the copy.

    patience: seconds to wait for another process's lock.
    Returns how many tasks it holds. Raises StorageError; then nothing stands at `target`.
    """
    if target.exists():
        raise StorageError(
            f"There is already a file at {target}.", "Name another one; a backup overwrites nothing."
        )
    with _disk_errors("The backup failed"), _whole_copy(path, target, patience) as (part, tasks):
        part.rename(target)
        sync(target.parent)
    return tasks


def restore(backup: Path, path: Path, *, patience: float = PATIENCE) -> int:
    """Put the content of `backup` in the place of the database at `path`, which is first backed up itself.

    A live database is overwritten through SQLite in one transaction, so a desk that has it open just sees
    the change; a damaged one is set aside, with all that SQLite kept beside it, and replaced by the file.
    patience: seconds to wait for another process's lock.
    Returns how many tasks it holds. Raises NotFound or StorageError; then the old database is as it was.
    """
    if not backup.exists():
        raise NotFound(f"There is no backup at {backup}.", "`fu restore` without a file lists what there is.")
    tasks = verify(backup)
    with _disk_errors("The restore failed"):
        if _is_sound(path):
            keep_backup(path, "before-restore", spare=backup, patience=patience)
            with plain_errors():
                _copy(backup, path, patience)
            return tasks
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _whole_copy(backup, path, patience) as (part, tasks):
            _set_aside(path)
            part.rename(path)
            sync(path.parent)
    return tasks


def verify(path: Path) -> int:
    """Open the database at `path` read-only and check every page. Returns how many tasks it holds.

    Raises StorageError where it is not ours, Damaged where it is no sound database.
    """
    with closing(Database(path, mode="ro")) as db:
        with plain_errors():
            db.connect()
        check(db)
        check_pages(db)
        return int(db.value("SELECT count(*) FROM task"))


def _is_sound(path: Path) -> bool:
    """Whether the database at `path` can be backed up and written over; False where it is missing or damaged.

    It is opened for writing, so that SQLite can put right what a killed process left. Raises StorageError for
    a file of another program or of a newer version.
    """
    if not path.exists() or path.stat().st_size == 0:
        return False
    try:
        with closing(Database(path)) as db:
            with plain_errors():
                db.connect()
            check(db)
            check_pages(db)
    except Damaged:
        return False
    return True


def _set_aside(path: Path) -> None:
    """Rename a damaged database, and first what SQLite kept beside it: that would be rolled back into the new one."""
    names = (f"{path.name}.damaged{n or ''}" for n in range(1_000_000))
    aside = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    for suffix in (*BESIDE, ""):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.rename(aside.with_name(aside.name + suffix))


@contextmanager
def _whole_copy(path: Path, target: Path, patience: float) -> Iterator[tuple[Path, int]]:
    """A verified copy of the database at `path`, beside `target` under another name, and how many tasks it holds."""
    part = target.with_name(target.name + ".part")
    discard(part)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with plain_errors():
            _copy(path, part, patience)
        tasks = verify(part)
        sync(part)
        yield part, tasks
    finally:
        discard(part)


def _copy(path: Path, target: Path, patience: float) -> None:
    """Copy page by page through SQLite, which by itself would wait for a lock without end."""
    until = monotonic() + patience

    def give_up(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > until:
            raise StorageBusy(*BUSY)

    with closing(_connect(path)) as source, closing(_connect(target)) as copy:
        copy.execute("PRAGMA synchronous = EXTRA")
        source.backup(copy, progress=give_up, sleep=0.02)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=0)


@contextmanager
def _disk_errors(what: str) -> Iterator[None]:
    """Turns what the system says about files into a StorageError that begins with `what`."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"{what}: {error.strerror}.", "Name another place, or free some space.") from error

"""Backups and restores: a copy counts once it was opened again, and a failed one leaves everything as it was."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from fu_tui.core.errors import NotFound, StorageBusy, StorageError
from fu_tui.store import backup
from fu_tui.store.backup import KEPT, folder_of, keep_backup, list_backups, restore, verify, write_backup
from fu_tui.store.database import SCHEMA, Database, open_existing
from fu_tui.store.sqlite import sqlite3
from tests.store.test_opening import change, content, mode, no_database
from tests.world import World


def actions(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT action FROM task ORDER BY id")]


@pytest.fixture
def copy(world: World, tmp_path: Path) -> Path:
    """A backup from before the second task."""
    world.make_task("Call about the first thing")
    target = tmp_path / "copies" / "fu.bak"
    target.parent.mkdir()
    write_backup(world.path, target)
    world.make_task("Call about the second thing")
    return target


def test_a_backup_holds_the_rows_of_a_live_file(world: World, copy: Path) -> None:
    assert actions(copy) == ["Call about the first thing"]
    assert verify(copy) == 1
    assert mode(copy) == 0o600
    assert content(copy.parent).keys() == {"fu.bak"}


def test_a_backup_overwrites_nothing(world: World, copy: Path) -> None:
    before = content(copy.parent)
    with pytest.raises(StorageError, match="overwrites nothing"):
        write_backup(world.path, copy)
    assert content(copy.parent) == before


def test_a_copy_that_fails_its_check_is_no_backup(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(path: Path, target: Path, patience: float = 0) -> None:
        target.write_bytes(path.read_bytes()[:-8192])

    monkeypatch.setattr(backup, "_copy", torn)
    target = tmp_path / "copies" / "fu.bak"
    target.parent.mkdir()
    with pytest.raises(StorageError, match="damaged"):
        write_backup(world.path, target)
    assert content(target.parent) == {}


def test_a_backup_of_a_damaged_file_is_refused(world: World, tmp_path: Path) -> None:
    for number in range(200):
        world.make_task(f"Call about matter {number}")
    world.db.close()
    tear(world.path)
    with pytest.raises(StorageError, match="damaged"):
        keep_backup(world.path, "daily")
    assert list_backups(world.path) == ()
    assert content(folder_of(world.path)) == {}


def tear(path: Path) -> None:
    """Overwrite the middle half of a database."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(os.urandom(size // 2))


def test_only_the_newest_are_kept(world: World) -> None:
    made = [keep_backup(world.path, "daily") for _ in range(KEPT + 3)]
    assert list_backups(world.path) == tuple(reversed(made[3:]))
    assert mode(folder_of(world.path)) == 0o700
    assert made[-1].name == "fu.db.000013.daily.bak"


def test_what_a_killed_backup_left_is_cleared_away(world: World) -> None:
    folder_of(world.path).mkdir()
    (folder_of(world.path) / "fu.db.000001.daily.bak.part").write_bytes(b"half")
    keep_backup(world.path, "daily")
    assert content(folder_of(world.path)).keys() == {"fu.db.000001.daily.bak"}


def test_backups_made_at_once_do_not_disturb_each_other(world: World) -> None:
    world.make_task()
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: keep_backup(world.path, "daily"), range(6)))
    assert len(set(made)) == 6
    assert {verify(path) for path in made} == {1}


def test_a_backup_gives_up_when_the_file_stays_locked(world: World, tmp_path: Path) -> None:
    with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageBusy, match="Another program holds the database"):
            write_backup(world.path, tmp_path / "fu.bak", patience=0.1)
    assert not (tmp_path / "fu.bak").exists()


def test_a_backup_that_can_not_be_placed_says_so(world: World, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="The backup failed: No such file"):
        write_backup(world.path, tmp_path / "nowhere" / "fu.bak")
    folder_of(world.path).write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="The backup failed: File exists"):
        keep_backup(world.path, "daily")


def test_a_restore_reaches_a_desk_that_has_the_file_open(world: World, copy: Path) -> None:
    assert len(world.open_tasks()) == 2
    assert restore(copy, world.path) == 1
    assert [task["action"] for task in world.open_tasks()] == ["Call about the first thing"]
    world.make_task("Call about the third thing")
    assert actions(world.path) == ["Call about the first thing", "Call about the third thing"]
    assert actions(list_backups(world.path)[0]) == [
        "Call about the first thing",
        "Call about the second thing",
    ]


def test_paths_may_be_relative(world: World, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy.parent)
    assert restore(Path(copy.name), world.path) == 1
    assert write_backup(world.path, Path("other.bak")) == 1


def test_a_restore_of_nothing_is_refused(world: World, tmp_path: Path) -> None:
    before = content(world.path.parent)
    with pytest.raises(NotFound, match="There is no backup"):
        restore(tmp_path / "none.bak", world.path)
    no_database(tmp_path / "none.bak")
    with pytest.raises(StorageError, match="not a database"):
        restore(tmp_path / "none.bak", world.path)
    (tmp_path / "none.bak").unlink()
    assert content(world.path.parent) == before


def test_a_missing_file_comes_back(world: World, copy: Path) -> None:
    world.db.close()
    world.path.unlink()
    assert restore(copy, world.path) == 1
    assert actions(world.path) == ["Call about the first thing"]
    assert mode(world.path) == 0o600


def leave(world: World, suffix: str) -> Path:
    """What a killed process leaves beside its database: the journal or the log of its last write."""
    world.db.close()
    beside = world.path.with_name(world.path.name + suffix)
    with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
        if suffix == "-wal":
            other.execute("PRAGMA journal_mode = wal")
            other.execute("UPDATE task SET action = 'Torn'")
        else:
            other.execute("PRAGMA cache_size = 1")
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE task SET action = 'Torn'")
            other.execute("CREATE TABLE filler AS SELECT randomblob(900000)")
        kept = beside.read_bytes()
        if suffix != "-wal":
            other.execute("ROLLBACK")
    no_database(world.path)
    beside.write_bytes(kept)
    return beside


@pytest.mark.parametrize("suffix", ["-journal", "-wal"])
def test_a_damaged_file_is_set_aside_and_nothing_of_it_comes_back(
    world: World, copy: Path, suffix: str
) -> None:
    """What SQLite kept beside it must go with it: it would be put into the restored file."""
    for number in range(2):
        beside = leave(world, suffix)
        assert restore(copy, world.path) == 1
        assert actions(world.path) == ["Call about the first thing"]
        assert not beside.exists()
        assert world.path.with_name(f"fu.db.damaged{number or ''}").exists()


def test_a_restore_that_can_not_back_up_first_leaves_the_old_file(
    world: World, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, target: Path, patience: float = 0) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_copy", full)
    before = world.path.read_bytes()
    with pytest.raises(StorageError, match="No space left"):
        restore(copy, world.path)
    assert world.path.read_bytes() == before
    assert not list(world.path.parent.glob("*damaged*"))


def test_a_restore_that_can_not_be_written_leaves_the_damaged_file(
    world: World, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, target: Path, patience: float = 0) -> None:
        raise OSError(28, "No space left on device")

    world.db.close()
    no_database(world.path)
    before = content(world.path.parent)
    monkeypatch.setattr(backup, "_copy", full)
    with pytest.raises(StorageError, match="No space left"):
        restore(copy, world.path)
    assert content(world.path.parent) == before


def test_a_restore_does_not_replace_another_programs_file(world: World, copy: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    change(theirs, "PRAGMA application_id = 7", "CREATE TABLE t (x)")
    before = theirs.read_bytes()
    with pytest.raises(StorageError, match="is not a database of fu-tui"):
        restore(copy, theirs)
    assert theirs.read_bytes() == before


def test_a_restore_gives_up_when_the_file_stays_locked(world: World, copy: Path) -> None:
    with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageBusy):
            restore(copy, world.path, patience=0.1)
    assert len(world.open_tasks()) == 2


def test_checking_a_backup_does_not_change_it(world: World, copy: Path) -> None:
    change(copy, "PRAGMA journal_mode = wal")
    before = copy.read_bytes()
    assert verify(copy) == 1
    assert copy.read_bytes() == before


def test_a_newer_backup_is_refused(world: World, copy: Path) -> None:
    change(copy, f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(StorageError, match="newer fu-tui"):
        restore(copy, world.path)
    assert len(world.open_tasks()) == 2


def test_an_upgrade_backs_up_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from fu_tui.store import database, migrate

    world.make_task("Call before the upgrade")
    world.db.close()
    monkeypatch.setattr(database, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(migrate, "SCHEMA", SCHEMA + 1)
    upgraded = open_existing(world.path)
    assert upgraded.value("PRAGMA user_version") == SCHEMA + 1
    upgraded.close()
    (made,) = list_backups(world.path)
    assert made.name.endswith(".before-migration.bak")
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert actions(made) == ["Call before the upgrade"]


def test_a_database_that_a_process_died_in_is_checked_before_anything(world: World) -> None:
    """An unclean end leaves a journal; then every page is looked at before the first write."""
    for number in range(200):
        world.make_task(f"Call about matter {number}")
    world.db.close()
    change(world.path, "PRAGMA writable_schema = 1", "DROP INDEX task_queue")
    pages = world.path.read_bytes()
    with closing(sqlite3.connect(world.path)) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'task_contact'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    spoilt = bytearray(pages)
    spoilt[(root - 1) * size + 12 : (root - 1) * size + 40] = b"\0" * 28
    world.path.write_bytes(spoilt)
    Database(world.path).close()
    open_existing(world.path).close()
    world.path.with_name("fu.db-journal").write_bytes(b"\0" * 512)
    with pytest.raises(StorageError, match="is damaged"):
        open_existing(world.path)

"""Every connection, in every thread, keeps the storage contract: locks, durability, checks."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import peewee
import pytest

from fu_tui.core.errors import UsageError
from fu_tui.store import database
from fu_tui.store.database import Database, create, durability, open_existing, wal_is_safe
from fu_tui.store.disk import is_local
from fu_tui.store.sqlite import VERSION, sqlite3
from tests.store.test_opening import change
from tests.world import World

KEPT = {
    "busy_timeout": 250, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1, "synchronous": 3,
    "journal_mode": durability(local=is_local(Path.cwd()))[0],
}  # fmt: skip


def pragmas(db: Database) -> dict[str, Any]:
    return {name: db.value(f"PRAGMA {name}") for name in KEPT}


def test_there_is_one_sqlite_library() -> None:
    assert sqlite3 is peewee.sqlite3
    assert peewee.sqlite3.sqlite_version_info == VERSION


def test_each_connection_and_each_thread_keeps_the_contract(tmp_path: Path) -> None:
    create(tmp_path / "fu.db")
    db = open_existing(tmp_path / "fu.db", patience=0.25)
    seen = [pragmas(db)]

    def look() -> None:
        seen.append(pragmas(db))
        db.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    db.close()
    db.connect()
    seen.append(pragmas(db))
    db.close()
    assert seen == [KEPT] * 3


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 0), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True),
    ],
)  # fmt: skip
def test_the_journal_follows_from_what_this_sqlite_can_keep(
    version: tuple[int, int, int], safe: bool
) -> None:
    assert wal_is_safe(version) is safe
    mode, why = durability(version)
    assert mode == ("wal" if safe else "delete")
    assert ".".join(map(str, version)) in why
    assert durability(version, local=False)[0] == "delete"


def test_a_file_gets_the_journal_of_this_sqlite_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fu.db"
    create(path)
    for wanted, safe in (("wal", True), ("delete", False)):
        monkeypatch.setattr(database, "wal_is_safe", lambda *_, safe=safe: safe)
        monkeypatch.setattr(database, "is_local", lambda _: True)
        db = open_existing(path)
        assert db.value("PRAGMA journal_mode") == wanted
        assert db.durability()[0] == wanted
        db.close()


def test_a_network_disk_gets_no_write_ahead_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "fu.db"
    create(path)
    monkeypatch.setattr(database, "wal_is_safe", lambda *_: True)
    monkeypatch.setattr(database, "is_local", lambda _: False)
    db = open_existing(path)
    assert db.value("PRAGMA journal_mode") == "delete"
    assert db.durability() == ("delete", "a write-ahead log needs a disk of this machine")
    db.close()


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:44 / /mnt/team rw,relatime - nfs4 server:/team rw
41 40 8:2 / /mnt/team/local\\040disk rw - xfs /dev/sdb1 rw
42 22 0:45 / /mnt/under rw - ext4 /dev/sdc1 rw
43 22 0:46 / /mnt/under rw - fuse.sshfs there:/ rw
"""


@pytest.mark.parametrize(
    ("path", "local"),
    [
        ("/srv/dana/fu.db", True), ("/mnt/team/fu.db", False), ("/mnt/team/local disk/fu.db", True),
        ("/mnt/teamwork/fu.db", True), ("/mnt/under/fu.db", False),
    ],
)  # fmt: skip
def test_the_disk_of_a_file_is_known_from_the_mounts(tmp_path: Path, path: str, local: bool) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert is_local(Path(path), mounts) is local


def test_where_the_mounts_are_unknown_no_disk_is_local(tmp_path: Path) -> None:
    assert not is_local(tmp_path / "fu.db", tmp_path / "nothing")


def test_a_write_takes_its_lock_at_once(world: World) -> None:
    """A transaction that reads first and asks for the lock later fails when two of them meet."""
    with (
        world.db.atomic(),
        closing(sqlite3.connect(world.path, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_references_are_held(world: World) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        world.db.execute_sql("UPDATE task SET owner_id = 999 WHERE id = ?", (world.make_task(),))


def test_a_function_in_the_schema_is_not_trusted(world: World) -> None:
    """A file from elsewhere may hold a view that calls what it should not."""
    change(world.path, "CREATE VIEW trap AS SELECT load_extension('x')")
    with pytest.raises(sqlite3.OperationalError, match="unsafe use"):
        world.db.execute_sql("SELECT * FROM trap")


def test_bytes_that_are_no_text_are_read_as_far_as_they_go(world: World) -> None:
    """Another program wrote half a surrogate into a name: the row is shown, and so are the others."""
    db = world.db
    db.execute_sql("INSERT INTO account (name) VALUES (CAST(x'41eda0bdff42' AS TEXT))")
    names = [name for (name,) in db.rows("SELECT name FROM account ORDER BY id")]
    assert names[0] == "Betatech"
    assert (names[1][0], names[1][-1], names[1].count("\ufffd") > 0) == ("A", "B", True)
    assert db.value("SELECT name FROM account WHERE id = 2") == names[1]


def test_a_word_of_bytes_that_are_no_letters_is_refused_in_words(world: World) -> None:
    """A shell hands over bytes of another encoding as lone surrogates."""
    with pytest.raises(UsageError, match="holds bytes that are no letters"):
        world.db.row("SELECT ?", ("A\udcff",))

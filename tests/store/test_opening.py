"""Opening: a database is never made, changed or upgraded by surprise, and a refusal leaves every byte as it was."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from fu_tui.core.errors import StorageError
from fu_tui.store.database import APPLICATION_ID, SCHEMA, Database, create, open_existing
from fu_tui.store.sqlite import sqlite3


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def change(path: Path, *statements: str) -> None:
    """Change a file behind the app's back."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, byte by byte; the lock that processes wait at is no content."""
    files = (file for file in sorted(folder.iterdir()) if file.is_file() and file.suffix != ".lock")
    return {file.name: file.read_bytes() for file in files}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new, closed database in a folder of its own."""
    made = tmp_path / "desk" / "fu.db"
    create(made)
    return made


def test_a_new_database_is_its_owners_alone(path: Path) -> None:
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_what_sqlite_writes_beside_it_is_its_owners_too(path: Path) -> None:
    db = open_existing(path)
    with db.atomic():
        db.execute_sql("INSERT INTO journal_entry (at, verb) VALUES ('2026-11-23T09:00:00Z', 'test')")
        assert {mode(file) for file in path.parent.iterdir()} == {0o600}
        assert len(list(path.parent.glob("fu.db-*"))) >= 1
    db.close()


def test_nothing_is_made_where_something_stands(path: Path) -> None:
    before = content(path.parent)
    with pytest.raises(StorageError, match="already a file"):
        create(path)
    assert content(path.parent) == before


def test_a_file_that_was_filled_half_never_stands_at_its_place(tmp_path: Path) -> None:
    """What fails (or is killed) while a new file is filled must not leave one that opens and has no user."""
    path = tmp_path / "desk" / "fu.db"

    def fill(db: Database) -> None:
        assert db.value("SELECT count(*) FROM user") == 0
        assert not path.exists()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create(path, fill)
    assert content(path.parent) == {}


def test_a_missing_file_at_a_named_place_stays_missing(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"There is no database at .* init`"):
        open_existing(tmp_path / "fu.db")
    assert content(tmp_path) == {}


def test_an_emptied_file_is_not_filled_again(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(StorageError, match=r"is empty\. Restore a backup"):
        open_existing(path)
    assert path.stat().st_size == 0


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_another_programs_database_is_left_alone(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "theirs.db"
    change(path, f"PRAGMA journal_mode = {journal}", "PRAGMA application_id = 7", "CREATE TABLE t (x)")
    before = content(tmp_path)
    with pytest.raises(StorageError, match="is not a database of fu-tui"):
        open_existing(path)
    assert content(tmp_path) == before


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_newer_schema_is_refused_with_its_number(path: Path, journal: str) -> None:
    change(path, f"PRAGMA journal_mode = {journal}", f"PRAGMA user_version = {SCHEMA + 1}")
    before = content(path.parent)
    with pytest.raises(
        StorageError, match=rf"newer fu-tui \(its schema is {SCHEMA + 1}, .* knows {SCHEMA}\)"
    ):
        open_existing(path)
    assert content(path.parent) == before


def test_a_change_that_this_version_lacks_is_refused(path: Path) -> None:
    change(
        path,
        "PRAGMA user_version = 0",
        "INSERT INTO schema_migration (name, applied) VALUES ('0099_later', '2030-01-01')",
    )
    before = content(path.parent)
    with pytest.raises(StorageError, match=r"knows a change that this version lacks .*0099_later"):
        open_existing(path)
    assert content(path.parent) == before


def no_database(path: Path) -> None:
    path.write_text("Dear diary, this is no database at all.\n" * 200)


def torn_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\0" * 100)


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_database, "not a database of fu-tui"),
        (torn_header, "not a database of fu-tui"),
        (cut_short, "damaged"),
    ],
)
def test_what_is_no_database_is_named_and_never_written_to(
    path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(path)
    before = content(path.parent)
    with pytest.raises(StorageError, match=said):
        open_existing(path).value("SELECT count(*) FROM task")
    assert content(path.parent) == before


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be opened"):
        open_existing(tmp_path)


def test_a_place_that_can_not_be_reached_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="There is no database at"):
        open_existing(tmp_path / "file" / "fu.db")
    with pytest.raises(StorageError, match=r"Can't make .*Name another place"):
        create(tmp_path / "file" / "fu.db")


def test_a_name_with_signs_of_its_own_is_just_a_name(tmp_path: Path) -> None:
    path = tmp_path / "50% off? #1 & more.db"
    create(path)
    db = open_existing(path)
    assert db.value("PRAGMA application_id") == APPLICATION_ID
    db.close()
    assert content(tmp_path).keys() == {path.name}


def test_a_refused_file_is_not_kept_open(tmp_path: Path) -> None:
    path = tmp_path / "fu.db"
    no_database(path)
    before = len(list(Path("/dev/fd").iterdir()))
    with pytest.raises(StorageError):
        open_existing(path)
    assert len(list(Path("/dev/fd").iterdir())) == before

"""An error of the disk or of SQLite is told in a plain sentence with its true cause, and nothing is written."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fu_tui.core.errors import StorageBusy, StorageError
from fu_tui.services.close import Closing
from fu_tui.services.context import Context
from fu_tui.store.database import Database, open_existing
from fu_tui.store.errors import SENTENCES, Damaged, explain, plain_errors
from fu_tui.store.sqlite import sqlite3
from tests.store.test_opening import change
from tests.world import World


def write_much(world: World) -> None:
    """A verb that needs more room than there is."""
    world.make_task("Call about a long story", body="blah " * 100_000)


def test_a_full_disk_is_named_and_leaves_everything_as_it_was(world: World) -> None:
    before = world.dump()
    pages = world.db.value("PRAGMA page_count")
    world.db.execute_sql(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(StorageError, match=r"The disk is full; nothing was written\. Free some space"):
        write_much(world)
    assert world.dump() == before
    world.db.execute_sql("PRAGMA max_page_count = 1000000")
    write_much(world)
    assert len(world.open_tasks()) == 1


LIMITED = """
import resource, sys
from pathlib import Path
from fu_tui.core.errors import StorageError
from tests.world import World

world = World(Path(sys.argv[1]))
task = world.make_task()
before = world.dump()
size = world.path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
try:
    world.make_task("Call about a long story", body="blah " * 100_000)
except StorageError as error:
    print(error.message)
assert world.dump() == before
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
world.close([task], "no_reply")
print(len(world.open_tasks()))
"""


def test_a_disk_that_takes_no_more_is_named_and_the_next_verb_works(tmp_path: Path) -> None:
    """The kernel refuses the write itself here: the limit of a file's size."""
    ran = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True)
    assert ran.stdout.splitlines() == ["The disk reported an error; nothing was written.", "1"], ran.stderr


def test_a_file_that_can_not_be_written_is_named(world: World) -> None:
    task_id = world.make_task()
    with closing(Database(world.path, mode="ro")) as db:
        closing_verb = Closing(Context(db, world.clock, world.context.me))
        with pytest.raises(StorageError, match=r"can't be written to\. Check the permissions"):
            closing_verb.close([task_id], "no_reply")
    assert world.task(task_id)["status"] == "open"


def test_a_lock_that_is_not_let_go_is_named_and_the_verb_can_be_done_again(world: World) -> None:
    task_id = world.make_task()
    db = open_existing(world.path, patience=0.1)
    verb = Closing(Context(db, world.clock, world.context.me))
    with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            StorageBusy, match=r"Another program holds the database .* Do it again in a moment"
        ):
            verb.close([task_id], "no_reply")
        other.execute("ROLLBACK")
    assert not db.connection().in_transaction
    assert len(verb.close([task_id], "no_reply")) == 2
    db.close()


def test_a_reader_who_stays_is_named_and_nothing_is_written(world: World) -> None:
    """Where the journal is a file, the commit itself waits for readers."""
    change(world.path, "PRAGMA journal_mode = delete")
    task_id = world.make_task()
    before = world.dump()
    world.db.execute_sql("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(world.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM task").fetchone()
        with pytest.raises(StorageBusy):
            world.close([task_id], "no_reply")
    assert world.dump() == before
    assert len(world.close([task_id], "no_reply")) == 2


def test_damage_found_on_the_way_stops_the_verb(world: World) -> None:
    for number in range(100):
        world.make_task(f"Call about matter {number}")
    root, size = (
        world.db.value("SELECT rootpage FROM sqlite_master WHERE name = 'task_queue'"),
        world.db.value("PRAGMA page_size"),
    )
    world.db.close()
    with world.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 64)
    before = world.path.read_bytes()
    with pytest.raises(Damaged, match=r"The database is damaged; it is not written to any more\. Restore"):
        world.close([1], "no_reply")
    assert world.path.read_bytes() == before


def test_a_broken_rule_of_the_tables_is_named(world: World) -> None:
    task_id = world.make_task()
    with pytest.raises(StorageError, match="as it would break a rule"), world.context.unit("test") as work:
        work.db.execute_sql("UPDATE task SET owner_id = 99 WHERE id = ?", (task_id,))
    assert world.task(task_id)["owner_id"] == world.dana


def test_a_file_that_was_taken_away_takes_no_more_writes(world: World) -> None:
    """What is written to a deleted file is acknowledged by the system and gone with the process."""
    change(world.path, "PRAGMA journal_mode = delete")
    task_id = world.make_task()
    world.path.rename(world.path.with_name("elsewhere.db"))
    with pytest.raises(StorageError, match="was moved or deleted while it was open"):
        world.close([task_id], "no_reply")
    assert not world.path.exists()


def test_the_cause_is_found_behind_what_it_led_to(world: World) -> None:
    """SQLite takes a transaction back by itself on a full disk; the rollback that follows finds none."""
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode, full.sqlite_errorname = 13, "SQLITE_FULL"

    def verb() -> None:
        try:
            raise full
        except sqlite3.OperationalError:
            world.db.execute_sql("ROLLBACK")

    with pytest.raises(StorageError, match="The disk is full"), plain_errors():
        verb()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SQLITE_IOERR_FSYNC", "SQLITE_IOERR"), ("SQLITE_CORRUPT_INDEX", "SQLITE_CORRUPT"),
        ("SQLITE_READONLY_DIRECTORY", "SQLITE_READONLY"),
        ("SQLITE_READONLY_DBMOVED", "SQLITE_READONLY_DBMOVED"), ("SQLITE_CANTOPEN_ISDIR", "SQLITE_CANTOPEN"),
        ("SQLITE_NOMEM", "SQLITE_NOMEM"),
        ("SQLITE_IOERR_DIR_FSYNC", "SQLITE_IOERR_DIR_FSYNC"),
    ],
)  # fmt: skip
def test_finer_codes_are_told_like_their_kind(name: str, said: str) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorname = name
    told = explain(error)
    assert (told.message, told.remedy) == SENTENCES[said]


def test_what_has_no_code_keeps_its_own_words() -> None:
    assert str(explain(sqlite3.ProgrammingError("odd thing"))) == (
        "The database said: odd thing. Run `fu doctor` to see the state."
    )

"""From blank to this version: all or nothing, one process at a time, and the models read what the tables hold."""

from __future__ import annotations

import select
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fu_tui.core.errors import StorageError
from fu_tui.store.database import APPLICATION_ID, SCHEMA, Database, create, open_existing
from fu_tui.store.lock import alone
from fu_tui.store.migrate import FOLDER, apply
from fu_tui.store.models import RECORDS, Change, JournalEntry
from fu_tui.store.search import KINDS, stale_indexes
from fu_tui.store.sqlite import sqlite3
from tests.store.test_opening import change, content

MODELS = (*RECORDS, JournalEntry, Change)


def blank(path: Path) -> Path:
    """A file of ours without a table, as an interrupted upgrade may find it."""
    path.touch(0o600)
    change(path, f"PRAGMA application_id = {APPLICATION_ID}")
    return path


@pytest.fixture
def db(tmp_path: Path) -> Database:
    create(tmp_path / "fu.db")
    return open_existing(tmp_path / "fu.db")


def test_the_schema_number_is_that_of_the_newest_migration() -> None:
    assert max(int(file.name[:4]) for file in FOLDER.glob("[0-9]*.py")) == SCHEMA


def test_a_blank_file_is_brought_to_the_same_schema_as_a_new_one(db: Database, tmp_path: Path) -> None:
    upgraded = open_existing(blank(tmp_path / "old.db"))
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    assert upgraded.rows(schema) == db.rows(schema)
    assert len(upgraded.rows(schema)) > 50
    assert upgraded.value("PRAGMA user_version") == SCHEMA
    assert upgraded.value("PRAGMA integrity_check") == "ok"
    upgraded.close()
    db.close()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_has_the_columns_of_its_table(db: Database, model: type) -> None:
    table = model._meta.table_name  # type: ignore[attr-defined]
    columns = db.rows(f'PRAGMA table_xinfo("{table}")')
    stored = {
        name: bool(not_null) or bool(key) for _, name, _, not_null, _, key, hidden in columns if not hidden
    }
    fields = model._meta.sorted_fields  # type: ignore[attr-defined]
    assert {field.column_name: not field.null for field in fields} == stored


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_models_defaults_are_those_of_its_table(db: Database, model: type) -> None:
    table = model._meta.table_name  # type: ignore[attr-defined]
    stored = {name: default for _, name, _, _, default, _ in db.rows(f'PRAGMA table_info("{table}")')}
    for field in model._meta.sorted_fields:  # type: ignore[attr-defined]
        if field.default is not None:
            value = db.value(f"SELECT {stored[field.column_name]}")
            assert value == field.db_value(field.default), field.name


def test_every_table_belongs_to_a_model_or_is_a_known_helper(db: Database) -> None:
    tables = {row[0] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    known = {model._meta.table_name for model in MODELS} | {
        "open_load",
        "schema_migration",
        "sqlite_sequence",
        "search_due",
    }
    parts = ("search", "search_data", "search_idx", "search_config", "terms")
    assert tables == known | {f"{kind}_{part}" for kind in KINDS for part in parts}


OLD = """
INSERT INTO work_calendar (id, name) VALUES (1, 'here');
INSERT INTO user (id, handle, name, calendar_id) VALUES (1, 'dana', 'Dana Okafor', 1);
INSERT INTO account (id, name) VALUES (1, 'Bétatech');
INSERT INTO contact (id, name, account_id, emails) VALUES (1, 'Ana Ruiz', 1, '["ana@house.example"]');
INSERT INTO contact (id, name, removed_by) VALUES (2, 'Ana Undone', 1);
INSERT INTO stage (id, name, position) VALUES (1, 'New lead', 1);
INSERT INTO deal (id, title, account_id, stage_id, owner_id, stage_entered_at)
    VALUES (1, 'GTX Plus', 1, 1, 1, '2026-11-24T10:14:00Z');
INSERT INTO task (id, action, contact_id, owner_id, due_on, origin, created_at, first_due_on, status_changed_at, trace)
    VALUES (1, 'Call Ana', 1, 1, '2026-11-24', 'user', '', '2026-11-24', '', '{}');
"""


def test_a_file_of_the_first_version_gets_its_indexes_filled(db: Database, tmp_path: Path) -> None:
    old, first = blank(tmp_path / "old.db"), tmp_path / "first"
    first.mkdir()
    (first / "0001_first.py").write_bytes((FOLDER / "0001_first.py").read_bytes())
    with closing(Database(old)) as opened:
        apply(opened, first)
    change(old, "PRAGMA user_version = 1", "PRAGMA foreign_keys = 0", *OLD.strip().split(";\n"))
    with closing(open_existing(old)) as upgraded:
        schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        assert upgraded.rows(schema) == db.rows(schema)
        for kind, word in (
            ("contact", "betatech"),
            ("contact", "house"),
            ("account", "beta"),
            ("deal", "gtx"),
        ):
            found = upgraded.rows(
                f"SELECT rowid FROM {kind}_search WHERE {kind}_search MATCH ?", (f'"{word}" *',)
            )
            assert found == [(1,)], word
        assert upgraded.value("SELECT count(*) FROM contact_search WHERE contact_search MATCH 'ana'") == 1
        assert upgraded.value("SELECT count(*) FROM task_search WHERE task_search MATCH 'betatech'") == 1
        assert stale_indexes(upgraded) == []


GOOD = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE extra (x)')\n"
BAD = GOOD + "    db.execute_sql('CREATE TABLE extra (x)')\n"
NOTHING = "answer = 42\n"


@pytest.mark.parametrize(
    ("body", "said"), [(BAD, "extra already exists"), (NOTHING, r"does not define up\(\)")]
)
def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    db: Database, tmp_path: Path, body: str, said: str
) -> None:
    for file in FOLDER.glob("[0-9]*.py"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "0099_next.py").write_text(body)
    before = content(tmp_path)
    with pytest.raises(StorageError, match=said):
        apply(db, tmp_path)
    db.close()
    assert content(tmp_path) == before


def test_the_guards_are_up_again_after_an_upgrade(tmp_path: Path) -> None:
    """Foreign keys are off while tables change."""
    with closing(open_existing(blank(tmp_path / "old.db"))) as upgraded:
        assert upgraded.value("PRAGMA foreign_keys") == 1


AT_ONCE = """
import sys
from pathlib import Path
from fu_tui.core.errors import StorageError
from fu_tui.store.database import create, open_existing

verb, path = sys.argv[1], Path(sys.argv[2])
import fu_tui.store.migrate
print("ready", flush=True)
sys.stdin.readline()
try:
    if verb == "create":
        create(path, lambda db: db.execute_sql("INSERT INTO work_calendar (name) VALUES ('x')"))
    db = open_existing(path)
    print(db.value("PRAGMA user_version"), db.value("SELECT count(*) FROM schema_migration"))
except StorageError as error:
    print(error.message)
"""


def start(verb: str, path: Path) -> subprocess.Popen[str]:
    """A process that is ready and waits for the word."""
    process = subprocess.Popen(
        [sys.executable, "-c", AT_ONCE, verb, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def at_once(verb: str, path: Path, processes: int = 3) -> list[str]:
    """What each of several processes says that do the same at the same moment."""
    started = [start(verb, path) for _ in range(processes)]
    for process in started:
        go(process)
    return [process.communicate()[0].strip() for process in started]


def test_processes_that_upgrade_at_once_take_turns(tmp_path: Path) -> None:
    path = blank(tmp_path / "old.db")
    assert at_once("open", path) == [f"{SCHEMA} {SCHEMA}"] * 3
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_upgrade_waits_for_the_one_that_is_under_way(tmp_path: Path) -> None:
    path = blank(tmp_path / "old.db")
    with alone(path):
        process = start("open", path)
        go(process)
        assert not select.select([process.stdout], [], [], 0.3)[0], "it waits"
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert process.communicate()[0].strip() == f"{SCHEMA} {SCHEMA}"


def test_of_processes_that_make_a_file_at_once_one_does(tmp_path: Path) -> None:
    path = tmp_path / "fu.db"
    said = sorted(at_once("create", path))
    assert said == [f"{SCHEMA} {SCHEMA}", *[f"There is already a file at {path}."] * 2]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM work_calendar").fetchone() == (1,)

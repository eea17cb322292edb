"""`fu doctor`: what is broken is told with exit code 1, what waits is counted."""

from __future__ import annotations

import pytest

from fu_tui.store.database import SCHEMA
from tests.cli.conftest import Fu


def test_a_sound_file(fu: Fu) -> None:
    answer = fu.ok("doctor")
    assert answer.lines[0] == str(fu.world.path)
    assert answer.lines[1].startswith(f"  schema {SCHEMA}, SQLite 3.")
    assert "No violations." in answer.lines
    assert answer.lines[-1] == f"     I8  deals have no next step: 1 (#{fu.world.deal})"


def test_it_says_how_the_file_is_kept_to_programs(fu: Fu) -> None:
    fu.ok("backup")
    answer = fu.ok("doctor", "--json").json
    assert list(answer) == [
        "file", "schema", "sqlite", "journal_mode", "journal_why", "synchronous", "backups", "violations", "lists",
    ]  # fmt: skip
    assert (answer["file"], answer["violations"]) == (str(fu.world.path), [])
    assert (answer["journal_mode"], answer["synchronous"]) in {("wal", "FULL"), ("delete", "EXTRA")}
    assert answer["journal_why"]
    assert answer["lists"] == [{
        "code": "I8", "count": 1, "entity": "deal", "text": "have no next step", "ids": [fu.world.deal],
    }]  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "code", "words"),
    [
        (
            "UPDATE user SET active = 0 WHERE id = :sam",
            "I3",
            "tasks are open without an active owner or a due day: 1",
        ),
        (
            "UPDATE task SET due_on = '2026-12-01' WHERE id = :task",
            "I14",
            "tasks have a due day that their trace",
        ),
        (
            "UPDATE task SET removed_by = 1 WHERE id = :task",
            "removed",
            "tasks were taken back and stand open all",
        ),
        (
            "UPDATE activity SET task_id = :other",
            "I13",
            "activities were logged outside the close of their task",
        ),
    ],
)
def test_a_broken_promise_is_named_and_ends_with_1(fu: Fu, sql: str, code: str, words: str) -> None:
    world = fu.world
    task = world.spawn(world.make_task(owner=world.sam)).task_id
    ids = {"sam": world.sam, "task": task, "other": world.make_task()}
    world.db.execute_sql(sql, {name: number for name, number in ids.items() if f":{name}" in sql})
    answer = fu("doctor")
    assert answer.code == 1
    assert [line for line in answer.lines if line.startswith(f"{code:>7}  {words}")]
    assert "No violations." not in answer.lines
    report = fu("doctor", "--json")
    assert report.code == 1
    assert code in {finding["code"] for finding in report.json["violations"]}


def test_repair_reckons_the_caches_again(fu: Fu) -> None:
    world = fu.world
    world.close([world.make_task()], "no_reply")
    right = world.record("contact", world.contact)
    world.db.execute_sql("UPDATE contact SET last_outbound_at = '2020-01-01T00:00:00Z'")
    world.db.execute_sql("UPDATE open_load SET n = n + 5")
    broken = fu("doctor")
    assert broken.code == 1
    assert sum("  cache  " in line for line in broken.lines) == 2
    assert "2 kinds of violation." in broken.lines
    assert "No violations." in fu.ok("doctor", "--repair").lines
    assert world.record("contact", world.contact) == right
    fu.ok("doctor")


def test_what_it_cannot_repair_it_leaves(fu: Fu) -> None:
    world = fu.world
    task = world.make_task()
    world.db.execute_sql("UPDATE task SET due_on = '2026-12-01' WHERE id = ?", (task,))
    assert fu("doctor", "--repair", "--json").code == 1
    assert world.task(task)["due_on"] == "2026-12-01"

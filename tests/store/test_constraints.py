"""The rules that the tables hold by themselves: whoever writes, past every verb, is refused."""

from __future__ import annotations

import pytest

from fu_tui.store.sqlite import sqlite3
from tests.world import World

TASK = (
    "INSERT INTO task (action, owner_id, due_on, first_due_on, origin, created_at, status_changed_at, trace"
    "{columns}) VALUES ('Call', 1, '2026-11-23', '2026-11-23', 'user', '2026-11-23T09:00:00Z',"
    " '2026-11-23T09:00:00Z', '{{}}'{values})"
)
RUN = (
    "INSERT INTO enrollment (version_id, cadence_id, exclusive, assignee_id, anchor_on, started_at{columns})"
    " VALUES (1, {cadence}, {exclusive}, 1, '2026-11-23', '2026-11-23T09:00:00Z'{values})"
)


def task(**columns: object) -> str:
    return TASK.format(
        columns="".join(f", {name}" for name in columns),
        values="".join(f", {value!r}" for value in columns.values()),
    )


def run(cadence: int = 1, exclusive: int = 0, **columns: object) -> str:
    return RUN.format(
        columns="".join(f", {name}" for name in columns), cadence=cadence, exclusive=exclusive,
        values="".join(f", {value!r}" for value in columns.values()),
    )  # fmt: skip


REFUSED = {
    "I1 a second open task of an enrollment": (
        task(enrollment_id=1, step_no=1), task(enrollment_id=1, step_no=2, status="held"),
    ),
    "I2 a step spawned twice in one attempt": (
        task(enrollment_id=1, step_no=1, status="withdrawn"), task(enrollment_id=1, step_no=1),
    ),
    "I3 a task of nobody": (task().replace("owner_id,", "acting_owner_id,"),),
    "I3 a task without a day": (task().replace("due_on, first_due_on", "first_due_on, planned_on"),),
    "I5 done without an outcome": (task(status="done", closed_at="x", closed_by_id=1, outcome_note="x"),),
    "I5 done at no time": (task(status="done", outcome="done", closed_by_id=1, outcome_note="x"),),
    "I5 done by nobody": (task(status="done", outcome="done", closed_at="x", outcome_note="x"),),
    "I5 done without a note": (task(status="done", outcome="done", closed_at="x", closed_by_id=1, outcome_note=""),),
    "I6 ended without a reason": (run(contact_id=1, state="ended", ended_at="x"),),
    "I6 a reason without an end": (run(contact_id=1, end_reason="stopped"),),
    "I10 the same conversation twice": (
        run(1, contact_id=1, deal_id=1), run(2, contact_id=1, deal_id=1, state="paused"),
    ),
    "I10 the same deal twice": (run(1, deal_id=1), run(2, deal_id=1)),
    "I10 two outreaches to a contact": (run(1, 1, contact_id=1, deal_id=1), run(2, 1, contact_id=1)),
    "an enrollment of nobody": (run(),),
    "a step without its number": (task(enrollment_id=1),),
    "an empty action": (task().replace("'Call'", "''"),),
    "no trace": (task().replace("'{}'", "''"),),
    "a day that is none": (task().replace("'2026-11-23'", "'23 Nov 2026'", 1),),
    "a status that is none": (task(status="closed"),),
    "a priority that is none": (task(priority=4),),
    "a contact that is not there": (task(contact_id=99),),
    "a park without a reason": ("UPDATE deal SET parked_until = '2027-01-04'",),
    "the same handle twice": ("UPDATE user SET handle = 'SAM' WHERE id = 1",),
    "the same holiday twice": ("UPDATE holiday SET on_date = '2026-11-26'",),
    "the same file twice": (
        "INSERT INTO import (kind, file_name, file_hash, at) VALUES ('deals', 'a', 'hash', 'x')",
        "INSERT INTO import (kind, file_name, file_hash, at) VALUES ('deals', 'b', 'hash', 'x')",
    ),
    "the same record of another system twice": (
        "UPDATE account SET source = 'csv', external_id = '1'",
        "INSERT INTO account (name, source, external_id) VALUES ('x', 'csv', '1')",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", REFUSED)
def test_the_tables_refuse(world: World, rule: str) -> None:
    if "enrollment_id" in REFUSED[rule][0]:
        world.db.execute_sql(run(1, contact_id=1, deal_id=1, state="paused"))
    *allowed, refused = REFUSED[rule]
    for statement in allowed:
        world.db.execute_sql(statement)
    with pytest.raises(sqlite3.IntegrityError):
        world.db.execute_sql(refused)


ALLOWED = {
    "a step again after it was done": (
        task(enrollment_id=1, step_no=1, status="skipped"),
        task(enrollment_id=1, step_no=1, attempt=2),
    ),
    "a cadence again after it ended": (
        run(1, 1, contact_id=1, deal_id=1, state="ended", end_reason="replied", ended_at="x"),
        run(1, 1, contact_id=1, deal_id=1),
    ),
    "another conversation": (run(1, 1, contact_id=1, deal_id=1), run(2, contact_id=1), run(2, deal_id=1)),
    "a removed record's place": (
        "UPDATE account SET source = 'csv', external_id = '1', removed_by = 1",
        "INSERT INTO account (name, source, external_id) VALUES ('x', 'csv', '1')",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ALLOWED)
def test_the_tables_allow(world: World, what: str) -> None:
    if "enrollment_id" in ALLOWED[what][0]:
        world.db.execute_sql(run(1, contact_id=1, deal_id=1, state="paused"))
    for statement in ALLOWED[what]:
        world.db.execute_sql(statement)
    assert world.db.rows("PRAGMA foreign_key_check") == []

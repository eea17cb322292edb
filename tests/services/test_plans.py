"""What the verbs of a day ask of the file. One rule: no statement of theirs reads through all tasks, touches or
enrollments; each finds its few rows by an index, however old the file is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from fu_tui.core.events_life import SeriesAdded
from fu_tui.core.terms import Channel, Touched
from fu_tui.queries.scope import mine
from fu_tui.queries.series import series
from fu_tui.services.logbook import Logbook
from fu_tui.services.replies import Replies
from fu_tui.services.series import SeriesVerbs
from fu_tui.services.tick import Ticking
from fu_tui.store.database import Database
from fu_tui.store.lookup import person
from tests.world import World

GROWS = {"task", "activity", "enrollment", "change", "journal_entry"}
"""The tables that grow with every day."""
FEW = {"task_acting", "task_held", "task_unlinked", "task_aged", "enrollment_active", "enrollment_paused"}
"""Indexes that hold few rows: to read through one of these is no walk."""


def walks(world: World, monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> list[tuple[str, str]]:
    """The statements that `do` asks and that read all of a table which grows."""
    said: dict[str, Any] = {}
    run = Database.execute_sql

    def noted(self: Database, sql: str, params: Any = None) -> Any:
        said[sql] = params or ()
        return run(self, sql, params)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "execute_sql", noted)
        do()
    found = []
    for sql, params in said.items():
        if not sql.lstrip().startswith(("SELECT", "UPDATE", "WITH")):
            continue
        called = {name: table for table, name in re.findall(r'(?:FROM|JOIN) "?(\w+)"? (\w+)', sql)}
        for row in world.db.rows(f"EXPLAIN QUERY PLAN {sql}", params):
            step = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", row[3])
            if step and called.get(step[1], step[1]) in GROWS and step[2] not in FEW:
                found.append((" ".join(sql.split()), row[3]))
    return found


def test_no_verb_of_a_day_reads_through_the_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    other = world.make_deal("Racks · Betatech", world.account)
    task = world.enroll("standard").task_id
    verbs = SeriesVerbs(world.context)
    made = verbs.add_series("Inspect the doors", "every monday")[0]
    assert isinstance(made, SeriesAdded)

    def day() -> None:
        world.enroll("post-meeting", deal=other, contact=world.contact)
        following = world.spawn(task).task_id
        world.close([made.task_id], "done")
        world.moves.reassign([following], "sam", following=True)
        world.absences.add_absence("sam", world.today, world.today + timedelta(days=9), cover="dana")
        Ticking(world.context).tick()
        world.go_to(date(2026, 12, 7))
        Ticking(world.context).tick()
        meeting = {"contact_id": world.contact, "deal_id": other, "touched": Touched.WITHDRAW}
        Logbook(world.context).log("meeting", **meeting)  # type: ignore[arg-type]
        Replies(world.context).replied(world.contact, channel=Channel.MAIL, touched=Touched.WITHDRAW)
        Replies(world.context).replied(world.contact, other)
        series(world.db, mine(person(world.db, world.dana)))
        world.deals.park([world.deal], date(2026, 12, 20), "budget")
        world.go_to(date(2026, 12, 21))
        Ticking(world.context).tick()

    assert walks(world, monkeypatch, day) == []

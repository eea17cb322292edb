"""The lists: one statement each, whose they are, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Bucket
from fu_tui.queries import lists, records, slips
from fu_tui.queries.cadences import cadences
from fu_tui.queries.details import details
from fu_tui.queries.queue import page
from fu_tui.queries.scope import everyone, mine
from fu_tui.services.spawn import Links
from fu_tui.store.lookup import find_cadence, person
from fu_tui.store.models import Contact, Deal, DealContact, Task, User
from tests.queries.conftest import statements, view
from tests.world import World


@pytest.mark.parametrize(
    "read",
    [
        *(lambda w, bucket=bucket: page(w.db, view(w), bucket, 50) for bucket in Bucket),
        lambda w: page(w.db, view(w, words="ana call", on=w.today), Bucket.TODAY, 50),
        lambda w: lists.triage(w.db, view(w)),
        lambda w: lists.unlinked(w.db, view(w)),
        lambda w: lists.stalled(w.db, view(w).scope),
        lambda w: slips.left_open(w.db, view(w).scope),
        lambda w: slips.unowned(w.db),
        lambda w: slips.left(w.db, view(w)),
        lambda w: lists.no_next_step(w.db, view(w).scope),
        lambda w: lists.to_enroll(w.db, 1, owners=view(w).scope),
        lambda w: records.contacts(w.db, view(w).scope),
        lambda w: records.deals(w.db, view(w).scope),
        lambda w: records.users(w.db, person(w.db, w.dana), w.today),
        lambda w: cadences(w.db),
        lambda w: details(w.db, [1, 2, 3]),
    ],
)
def test_a_list_is_one_statement(
    world: World, monkeypatch: pytest.MonkeyPatch, read: Callable[[World], Any]
) -> None:
    for _ in range(3):
        world.make_task()
    before = read(world)  # what the arguments themselves ask is asked before
    with statements(monkeypatch) as said:
        again = read(world)
    assert again == before
    prepared = ("FROM user WHERE removed_by IS NULL AND id", "SELECT id, name FROM user", "FROM task_terms")
    assert len([sql for sql in said if not any(words in sql for words in prepared)]) == 1


def test_only_one_day_in_any_bucket(world: World) -> None:
    late = world.make_task(due=date(2026, 11, 20))
    world.make_task(due=date(2026, 11, 19))
    rows = page(world.db, view(world, on=date(2026, 11, 20)), Bucket.OVERDUE, 50)
    assert [row.id for row in rows] == [late]


def test_triage_is_the_oldest_first_and_private_is_nobody_elses(world: World) -> None:
    for due in (date(2026, 12, 1), date(2026, 11, 24), date(2026, 11, 28)):
        world.make_task(due=due)
    world.make_task("Water the plants", links=Links(), kind="private")
    world.go_to(date(2026, 12, 15))
    assert [row.id for row in lists.triage(world.db, view(world))] == [4, 2, 3, 1]
    assert [row.id for row in lists.triage(world.db, view(world), limit=2)] == [4, 2]
    theirs = replace(view(world), scope=everyone(person(world.db, world.sam)))
    assert [row.id for row in lists.triage(world.db, theirs)] == [2, 3, 1]
    assert lists.triage(world.db, view(world, words="nothing")) == ()
    assert [row.id for row in lists.triage(world.db, view(world, on=date(2026, 11, 28)))] == [3]


def test_a_change_of_status_begins_the_days_anew(world: World) -> None:
    world.make_task(due=date(2026, 11, 23))
    world.go_to(date(2026, 12, 8))
    assert len(lists.triage(world.db, view(world))) == 1
    with world.context.unit("resume") as work:
        work.update(Task, 1, status_changed_at=work.at)
    assert lists.triage(world.db, view(world)) == ()
    world.go_to(date(2026, 12, 22))
    assert len(lists.triage(world.db, view(world))) == 1


@pytest.mark.parametrize(
    ("tz", "due"), [("Pacific/Auckland", False), ("UTC", True), ("America/Denver", True)]
)
def test_the_days_of_triage_are_those_of_the_viewers_zone(world: World, tz: str, due: bool) -> None:
    """Changed on 23 November at 22:00 in London: that is the 24th in Auckland, 13 days before 7 December."""
    task = world.make_task(due=date(2026, 11, 20))
    world.change(Task, task, status_changed_at=datetime(2026, 11, 23, 22, tzinfo=UTC))
    world.change(User, world.dana, tz=tz)
    look = replace(view(world), today=date(2026, 12, 7))
    assert [row.id for row in lists.triage(world.db, look)] == ([task] if due else [])
    assert [row.id for row in lists.triage(world.db, replace(look, today=date(2026, 12, 8)))] == [task]


def test_the_users_load_holds_nobody_elses_private_tasks(world: World) -> None:
    world.make_task("Water the plants", owner=world.sam, links=Links(), kind="private")
    world.make_task("Feed the cat", links=Links(), kind="private")
    me = person(world.db, world.dana)
    assert {row.handle: row.due for row in records.users(world.db, me, world.today)}["sam"] == 0
    assert sum(row.due for row in records.users(world.db, me, world.today)) == 1


def test_held_tasks_do_not_stall(world: World) -> None:
    enrolled = world.enroll("proposal")
    world.db.execute_sql("UPDATE task SET status = 'held'")
    assert lists.stalled(world.db, view(world).scope) == ()
    world.db.execute_sql("UPDATE task SET status = 'done', outcome = 'x', closed_at = '2026-11-23T09:00:00Z',"
                         " closed_by_id = 1, outcome_note = 'x'")  # fmt: skip
    [row] = lists.stalled(world.db, view(world).scope)
    assert (row.enrollment, row.cadence_key) == (enrolled.enrollment_id, "proposal")
    assert lists.stalled(world.db, view(world).scope, "nothing") == ()


def test_whom_to_enroll(world: World) -> None:
    cadence = find_cadence(world.db, "standard").id
    scope = everyone(person(world.db, world.dana))
    old = world.make_deal("Old", owner=world.sam)
    with world.context.unit("age") as work:
        work.update(Deal, old, stage_entered_at=datetime(2026, 11, 1, tzinfo=UTC))
        second = work.insert(Contact, name="Bo")
        work.insert(DealContact, deal=old, contact=world.contact)
        work.insert(DealContact, deal=old, contact=second)
    assert lists.to_enroll(world.db, cadence, owners=scope) == ((old, world.contact), (world.deal, None))
    assert lists.to_enroll(world.db, cadence, owners=scope, limit=1) == ((old, world.contact),)
    assert lists.to_enroll(world.db, cadence, owners=scope, stage="NEW LEAD")[0].deal_id == old
    assert lists.to_enroll(world.db, cadence, owners=scope, stage="Qualified") == ()
    assert lists.to_enroll(world.db, cadence, owners=mine(person(world.db, world.dana))) == (
        (world.deal, None),
    )
    running = world.enroll("standard", contact=world.contact, deal=old)
    assert lists.to_enroll(world.db, cadence, owners=scope) == ((world.deal, None),)
    world.close([running.task_id], "replied")
    assert len(lists.to_enroll(world.db, cadence, owners=scope)) == 2
    assert len(lists.to_enroll(world.db, find_cadence(world.db, "chase").id, owners=scope)) == 2
    with pytest.raises(NotFound) as missing:
        lists.to_enroll(world.db, cadence, owners=scope, stage="Nonsense")
    assert missing.value.candidates[0] == "New lead"


def test_words_are_taken_literally(world: World) -> None:
    world.make_deal("100% of _all_")
    scope = everyone(person(world.db, world.dana))
    assert [deal.title for deal in records.deals(world.db, scope, "0% _al")] == ["100% of _all_"]
    assert records.deals(world.db, scope, "%gtx") == ()
    assert len(records.deals(world.db, scope, "gtx beta")) == 1

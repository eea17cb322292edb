"""What slips: who stands on which list, counted as they are listed, and found without a table being read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fu_tui.core.terms import Lifecycle
from fu_tui.queries import lists, slips
from fu_tui.queries.doctor import examine
from fu_tui.queries.rows import Left
from fu_tui.queries.scope import Scope, everyone, mine
from fu_tui.queries.slip_rows import ContactRow, DealRow, Slip
from fu_tui.services.spawn import Links
from fu_tui.store.database import Database
from fu_tui.store.lookup import person
from fu_tui.store.models import Contact, Deal, DealContact, Task
from tests.queries.conftest import view
from tests.world import World


@pytest.fixture
def slipping(world: World) -> World:
    """Two of each list, one of them Sam's where somebody's it is."""
    for owner in (world.dana, world.sam):
        world.make_deal("Left alone", owner=owner)
        world.change(
            Contact, world.make_contact("Left open", owner=owner), last_inbound_at=world.context.now()
        )
        world.make_contact("Nobody's", owner=None)
        world.make_task("Water the plants", owner=owner, links=Links())
        world.make_task("Call about it", owner=owner)
        begun = world.enroll(
            "chase",
            contact=world.make_contact("Stuck", owner=owner),
            deal=world.make_deal("Stands", owner=owner),
        )
        world.change(Task, begun.task_id, status="cancelled")
        rests = world.make_deal("Rests", owner=owner)
        world.change(Deal, rests, parked_until=date(2027, 1, 4), park_reason="budget")
        paused = world.enroll(
            "standard", deal=world.make_deal("Waits", owner=owner), contact=world.make_contact("P")
        )
        world.life.pause([paused.enrollment_id])
    world.go_to(date(2026, 12, 7))
    return world


def test_what_is_counted_is_what_is_listed(slipping: World) -> None:
    me = person(slipping.db, slipping.dana)
    for scope, each in ((mine(me), 1), (everyone(me), 2)):
        seen = replace(view(slipping), scope=scope)
        listed = {slip: lists.slips(slipping.db, seen, slip, -1) for slip in Slip}
        left = slips.left(slipping.db, seen)
        assert left == Left(triage=2 * each, deals=each, contacts=each, stalled=each, unowned=2)
        assert len(listed[Slip.TRIAGE]) == left.triage
        assert len(listed[Slip.NO_NEXT_STEP]) == left.no_next_step == 2 * each
        assert len(listed[Slip.STALLED]) == left.stalled
        assert len(listed[Slip.UNOWNED]) == left.unowned
        assert len(listed[Slip.PARKED]) == slips.parked(slipping.db, scope) == 2 * each
        assert [len(lists.slips(slipping.db, seen, slip, 1)) for slip in Slip] == [1, 1, 1, 1, 1, 0]


def test_one_conversation_slips_as_its_list_says(slipping: World) -> None:
    seen = replace(view(slipping), scope=everyone(person(slipping.db, slipping.dana)))
    listed = lists.slips(slipping.db, seen, Slip.NO_NEXT_STEP, -1)
    deals = {row.id for row in listed if isinstance(row, DealRow)}
    people = {row.id for row in listed if isinstance(row, ContactRow)}
    every = {
        table: [row[0] for row in slipping.db.rows(f"SELECT id FROM {table}")]
        for table in ("deal", "contact")
    }
    assert deals == {
        number for number in every["deal"] if slips.slips_now(slipping.db, slipping.contact, number)
    }
    assert people == {number for number in every["contact"] if slips.slips_now(slipping.db, number, None)}
    assert not slips.slips_now(slipping.db, None, None)


def test_the_doctor_counts_the_same(slipping: World) -> None:
    left = slips.left(
        slipping.db, replace(view(slipping), scope=everyone(person(slipping.db, slipping.dana)))
    )
    counted = {finding.code: finding.count for finding in examine(slipping.db).lists}
    assert (counted["I4"], counted["I8"], counted["I9"]) == (left.stalled, left.deals, left.unowned)


def _with_deal(world: World, contact: int) -> None:
    with world.context.unit("setup") as work:
        work.insert(DealContact, deal=world.deal, contact=contact)


CASES: dict[str, tuple[Callable[[World, int], Any], bool]] = {
    "they wrote": (lambda w, c: w.change(Contact, c, last_inbound_at=w.context.now()), True),
    "was written to": (lambda w, c: w.change(Contact, c, last_outbound_at=w.context.now()), True),
    "nobody has talked with them": (lambda w, c: w.change(Contact, c, last_inbound_at=None), False),
    "asked not to be": (lambda w, c: w.change(Contact, c, do_not_contact=True), False),
    "a customer": (lambda w, c: w.change(Contact, c, lifecycle=Lifecycle.CUSTOMER), False),
    "warm": (lambda w, c: w.change(Contact, c, lifecycle=Lifecycle.WARM), True),
    "the file is closed": (lambda w, c: w.change(Contact, c, lifecycle=Lifecycle.CLOSED_FILE), False),
    "something is open": (lambda w, c: w.make_task(links=Links(c, None, None)), False),
    "it was closed": (lambda w, c: w.close([w.make_task(links=Links(c, None, None))], "not_needed"), True),
    "a cadence runs": (lambda w, c: w.enroll("chase", contact=c), False),
    "a cadence waits": (lambda w, c: w.life.pause([w.enroll("chase", contact=c).enrollment_id]), False),
    "a deal looks after them": (_with_deal, False),
    "removed": (lambda w, c: w.change(Contact, c, removed_by=1), False),
}


@pytest.mark.parametrize(("happens", "listed"), CASES.values(), ids=CASES)
def test_a_contact_that_was_talked_with_wants_a_next_step(
    world: World, happens: Callable[[World, int], Any], listed: bool
) -> None:
    contact = world.make_contact("Bo Lund", last_inbound_at=world.context.now())
    happens(world, contact)
    scope = mine(person(world.db, world.dana))
    found = {row.id for row in slips.left_open(world.db, scope)}
    assert (contact in found) == listed
    assert slips.left(world.db, view(world)).contacts == len(found)


def test_tasks_about_nobody_are_unlinked_and_private_ones_are_none_of_them(world: World) -> None:
    nobody = world.make_task("Order paper", links=Links())
    world.make_task("Feed the cat", links=Links(), kind="private")
    world.make_task("Call Ana")
    assert [row.id for row in lists.unlinked(world.db, view(world))] == [nobody]
    assert slips.left(world.db, view(world)).triage == 1
    assert lists.unlinked(world.db, view(world, on=date(2026, 12, 24))) == ()


def test_words_and_whose(slipping: World) -> None:
    me = person(slipping.db, slipping.dana)
    words = {
        Slip.STALLED: "stands",
        Slip.UNOWNED: "nobody",
        Slip.PARKED: "budget",
        Slip.NO_NEXT_STEP: "left alone",
    }
    for slip, typed in words.items():
        many = 2 if slip is Slip.UNOWNED else 1
        assert len(lists.slips(slipping.db, view(slipping, words=typed), slip, -1)) == many
        assert not lists.slips(slipping.db, view(slipping, words="zzz"), slip, -1)
    [deal, paused] = slips.resting(slipping.db, mine(me))
    assert (deal.kind, deal.what, deal.until, deal.owner) == ("deal", "budget", "2027-01-04", "dana")
    assert (paused.kind, paused.what, paused.since) == ("enrollment", "Standard outreach", "2026-11-23")


def plan(world: World, scope: Scope, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How SQLite goes about the counts of a scope."""
    asked: list[tuple[str, Any]] = []
    read = Database.row

    def noted(self: Database, sql: str, params: Any = ()) -> Any:
        asked.append((sql, params))
        return read(self, sql, params)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "row", noted)
        slips.left(world.db, replace(view(world), scope=scope))
    return [
        str(each[3]) for sql, params in asked for each in world.db.rows(f"EXPLAIN QUERY PLAN {sql}", params)
    ]


def test_the_counts_go_through_what_few_can_be_meant(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """They follow every change, so no table may be read for them."""
    for scope in (mine(person(world.db, world.dana)), everyone(person(world.db, world.dana))):
        steps = plan(world, scope, monkeypatch)
        for index in (
            "task_aged", "task_unlinked", "deal_worked", "task_deal_open", "contact_talked", "task_contact_open",
            "enrollment_active", "task_one_open", "contact_unowned",
        ):  # fmt: skip
            assert any(f"INDEX {index}" in step for step in steps), (index, steps)
        assert not [step for step in steps if re.fullmatch(r"SCAN \w", step)]

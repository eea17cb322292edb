"""What the card knows, and what it costs to know it."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.terms import Channel, TaskKind
from fu_tui.queries.cards import HISTORY, card
from fu_tui.queries.rows import Card
from fu_tui.services.spawn import Links
from fu_tui.services.touches import log_touch
from fu_tui.store.models import Contact, Deal, Note, Task
from tests.queries.conftest import statements
from tests.world import World

NOV_24 = date(2026, 11, 24)


def of(world: World, task_id: int) -> Card:
    return card(world.db, task_id, after_no_reply="")


def test_a_card_costs_two_statements_whatever_it_shows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.enroll("standard")
    bare = world.make_task(links=Links(None, None, None))
    for task_id in (1, bare):
        with statements(monkeypatch) as said:
            of(world, task_id)
        assert len(said) == 2, said


def test_what_must_be_known_first_is_an_alert(world: World) -> None:
    task_id = world.make_task()
    assert of(world, task_id).alerts == ()
    world.change(Contact, world.contact, opted_out=("call",))
    world.change(Deal, world.deal, parked_until=date(2027, 1, 4), park_reason="budget")
    world.change(Task, task_id, moved_count=3)
    assert of(world, task_id).alerts == (
        "opted out of call, the channel of this step",
        "deal parked until Mon 4 Jan 2027: budget",
        "moved ×3: is it still worth doing?",
    )
    world.change(Contact, world.contact, do_not_contact=True)
    assert of(world, task_id).alerts[0] == "asked not to be contacted"
    alone = world.make_task(links=Links(None, None, None))
    assert of(world, alone).alerts == ("no link to a contact or deal",)


def test_other_open_tasks_of_the_contact_are_told_with_their_owners(world: World) -> None:
    here = world.make_task()
    world.make_task("Call Ana about the quote", due=NOV_24, owner=world.sam)
    world.make_task("Buy Ana a cake", kind=TaskKind.PRIVATE, owner=world.sam)
    found = of(world, here)
    assert [(other.action, other.owner, other.due_on) for other in found.others] == [
        ("Call Ana about the quote", "Sam Hill", NOV_24)
    ]
    for number in range(4):
        world.make_task(f"Send Ana part {number}", due=NOV_24)
    assert (len(of(world, here).others), of(world, here).others_more) == (3, 2)


def test_how_the_person_likes_to_be_reached(world: World) -> None:
    world.change(Contact, world.contact, preferred_channel=Channel.CALL, phones=("+1 312 555 0142",))
    found = of(world, world.make_task())
    assert (found.preferred, found.phones, found.emails) == (
        Channel.CALL, ("+1 312 555 0142",), ("ana@betatech.example",),
    )  # fmt: skip


def test_the_strip_tells_what_was_done_what_passed_over_and_what_will_be(world: World) -> None:
    world.enroll("standard", from_step=2)
    world.close([1], "no_reply")
    world.change(Contact, world.contact, opted_out=("mail",))
    found = of(world, 2)
    assert [step.state for step in found.strip] == ["skipped", "done", "current", "shut", "ahead"]
    assert found.purpose


def test_a_step_that_repeats_says_so(world: World) -> None:
    world.enroll("negotiation")
    assert [step.repeats for step in of(world, 1).strip] == [True]


def test_history_is_the_newest_first_and_a_long_note_is_cut(world: World) -> None:
    task_id = world.make_task()
    with world.context.unit("setup") as work:
        for number in range(HISTORY):
            log_touch(
                work, channel=Channel.MAIL, direction="out", contact_id=world.contact, deal_id=None,
                task_id=None, subject=f"mail {number}", body="", reply=None, at=work.at,
            )  # fmt: skip
        work.insert(Note, body="x" * 10_000, author=world.dana, at=world.clock.at, contact=world.contact)
    found = of(world, task_id)
    assert len(found.history) == HISTORY
    assert max(len(line.text) for line in found.history) <= 240
    assert found.history[0].text in (f"mail {HISTORY - 1}", "x" * 240)

"""The card of a contact, an account or a deal: each shows what hangs together with it, and nothing that is private."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Channel, Direction
from fu_tui.queries.record import HISTORY, record
from fu_tui.services.spawn import Links
from fu_tui.store.lookup import person
from fu_tui.store.models import Activity, Contact, Deal, Note
from tests.world import World


@pytest.fixture
def lived_in(world: World) -> World:
    world.make_task("Call Ana", due=world.today + timedelta(days=3))
    world.make_task("Send the offer", links=Links(None, world.deal, None), owner=world.sam)
    world.make_task("Ring the switchboard", links=Links(None, None, world.account))
    world.make_task("Ask Ana out", owner=world.sam, kind="private")
    world.make_deal("Elsewhere", None)
    world.close([world.make_task("Done with it")], "done", note="sent the list")
    with world.context.unit("setup") as work:
        work.insert(
            Note, body="Prefers mornings", author=world.dana, at=world.clock.now(), account=world.account
        )
    return world


def test_an_account_shows_what_hangs_on_its_people_and_deals(lived_in: World) -> None:
    me = person(lived_in.db, lived_in.dana)
    card = record(lived_in.db, me, "account", lived_in.account, lived_in.clock.now())
    assert (card.name, card.owner, card.account) == ("Betatech", "Dana Okafor", None)
    assert [task.action for task in card.tasks] == ["Send the offer", "Ring the switchboard", "Call Ana"]
    assert [deal.title for deal in card.deals] == ["GTX Plus · Betatech"]
    assert card.people == ((lived_in.contact, "Ana Ruiz", ""),)
    assert "Prefers mornings" in [line.text for line in card.history]


def test_a_contact_and_a_deal_show_each_other(lived_in: World) -> None:
    me = person(lived_in.db, lived_in.dana)
    lived_in.change(
        Deal, lived_in.deal, amount=4514.0, currency="$", parked_until=lived_in.today, park_reason="budget"
    )
    contact = record(lived_in.db, me, "contact", lived_in.contact, lived_in.clock.now())
    assert [task.action for task in contact.tasks] == ["Call Ana"]
    assert [(deal.title, deal.stage, deal.amount, deal.is_open) for deal in contact.deals] == [
        ("GTX Plus · Betatech", "New lead", 4514.0, True)
    ]
    assert (contact.account, contact.emails) == ("Betatech", ("ana@betatech.example",))
    deal = record(lived_in.db, me, "deal", lived_in.deal, lived_in.clock.now())
    assert deal.deal == contact.deals[0]
    assert (deal.people, deal.deals) == (((lived_in.contact, "Ana Ruiz", ""),), ())
    assert deal.alerts == (f"parked until {day_words(lived_in.today)}",)
    assert [task.action for task in deal.tasks] == ["Send the offer", "Call Ana"]


def test_the_owner_of_a_private_task_sees_it(lived_in: World) -> None:
    card = record(
        lived_in.db, person(lived_in.db, lived_in.sam), "contact", lived_in.contact, lived_in.clock.now()
    )
    assert [task.action for task in card.tasks] == ["Ask Ana out", "Call Ana"]


def test_what_asks_for_care_is_said_and_the_history_is_the_newest(world: World) -> None:
    world.change(Contact, world.contact, do_not_contact=True, owner=None)
    with world.context.unit("setup") as work:
        for number in range(HISTORY + 5):
            work.insert(
                Activity, at=world.clock.now() + timedelta(hours=number), channel=Channel.MAIL,
                direction=Direction.IN, contact=world.contact, body=f"Mail {number}",
            )  # fmt: skip
    card = record(world.db, person(world.db, world.dana), "contact", world.contact, world.clock.now())
    assert card.alerts == ("asked not to be contacted", "has no owner")
    assert len(card.history) == HISTORY
    assert card.history[0].text == f"Mail {HISTORY + 4}"


def test_what_was_taken_back_is_gone(world: World) -> None:
    world.change(Contact, world.contact, removed_by=1)
    with pytest.raises(NotFound, match="no contact"):
        record(world.db, person(world.db, world.dana), "contact", world.contact, world.clock.now())


def test_what_waits_is_counted_and_no_next_step_is_lacking(world: World) -> None:
    world.make_task("Call Ana")
    world.deals.park([world.deal], world.today + timedelta(days=9), "budget")
    found = record(world.db, world.context.me, "deal", world.deal, world.clock.at)
    assert (found.tasks, found.held) == ((), 1)

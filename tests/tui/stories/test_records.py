"""The cards of contacts and deals: what is done from them goes on as if a row had been under the cursor."""

from __future__ import annotations

import pytest

from fu_tui.store.models import DealContact
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World


@pytest.fixture(autouse=True)
def hers(world: World) -> None:
    with world.context.unit("setup") as work:
        work.insert(DealContact, deal=world.deal, contact=world.contact)


async def card(desk: DeskDriver, kind: str, typed: str) -> None:
    await desk.press(f"go.{kind}")
    await desk.type(typed)
    await desk.key("enter")


async def test_what_happened_with_a_contact_without_a_task_is_logged_from_their_card(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await card(desk, "contacts", "ana")
        assert "No next step" in desk.modal()
        assert "l log" in desk.modal()
        assert "> stage" not in desk.modal(), "that is a deal's"
        await desk.key("l", "i")
        await desk.type("Can you send us an offer?")
        await desk.key("enter")
        assert "Logged the inquiry: Ana Ruiz" in " ".join(desk.modal().split())
        assert "Call to answer the inquiry" in desk.modal(), "the card is read anew"
        await desk.key("escape", "escape")
        assert desk.pane("today").rows() == ["Call to answer the inquiry"]
    assert world.record("activity", 1)["deal_id"] == world.deal, "the only open one is meant"


async def test_a_deal_moves_and_rests_from_its_card(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await card(desk, "deals", "gtx")
        await desk.key(">", "enter")
        assert "GTX Plus · Betatech: Qualified" in desk.modal()
        await desk.key("P")
        await desk.type("budget in January")
        await desk.key("enter", "m", "enter")
        assert "parked until" in desk.modal()
        await desk.key("escape", "escape")
        await desk.press("journal.undo")
    assert world.record("deal", world.deal)["parked_until"] is None


async def test_a_contact_is_handed_over_from_their_card(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await card(desk, "contacts", "ana")
        await desk.key("O")
        await desk.type("sam")
        await desk.key("enter")
        await desk.type("wants 40 seats")
        await desk.key("enter")
        assert "Ana Ruiz → Sam Hill" in desk.modal()
    assert world.record("contact", world.contact)["owner_id"] == world.sam

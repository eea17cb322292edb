"""Finding: actions, people, deals, accounts and tasks from one field, and the card of what was found."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.core.terms import Channel, Direction
from fu_tui.services.spawn import Links
from fu_tui.store.models import Activity, Contact
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


def lines(desk: DeskDriver) -> list[str]:
    """What the palette lists, from the likeliest."""
    rows = [line.strip("▌ ") for line in desk.modal().splitlines()[2:-2]]
    return [re.sub(" {2,}", "  ", row) for row in rows if row]


async def test_every_action_is_listed_with_its_key_and_runs(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.press("app.palette")
    assert lines(desk)[0].startswith("> add…")
    await desk.type("priority first")
    assert lines(desk)[0].startswith("> order  Order by due day first, or by priority first.")
    assert lines(desk)[0].endswith(" =")
    await desk.key("enter")
    assert "Priority first" in desk.footer()
    assert desk.modal() == ""


@pytest.mark.parametrize("typed", ["take up", "unpark", "resume"])
async def test_what_rests_is_taken_up_by_the_words_people_have_for_it(
    demo_desk: DeskDriver, typed: str
) -> None:
    await demo_desk.press("app.palette")
    await demo_desk.type(typed)
    assert lines(demo_desk)[0].startswith("> paused…")
    await demo_desk.key("enter")
    assert "take it up again" in demo_desk.modal()


async def test_the_colon_opens_it_too_and_what_was_used_comes_first(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.key(":")
    await desk.type("order")
    await desk.key("enter")
    await desk.key("ctrl+p")
    assert lines(desk)[0].startswith("> order")
    assert sum(line.startswith("> order  ") for line in lines(desk)) == 1
    await desk.key("escape")
    assert desk.modal() == ""


async def test_what_can_not_be_done_says_why(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("app.palette")
        await desk.type(">snooze")
        assert "There is no task under the cursor." in lines(desk)[0]
        await desk.key("enter")
        assert desk.modal().splitlines()[-2].strip() == "There is no task under the cursor."
        assert "Find: actions" in desk.modal()


async def test_a_contact_is_found_by_any_word_and_read_on_a_card(world: World) -> None:
    task = world.make_task("Send the price list", due=NOV_24)
    with world.context.unit("setup") as work:
        work.update(
            Contact, world.contact, title="Head of Ops", phones=("+1 312 555 0142",), do_not_contact=True
        )
        work.insert(
            Activity, at=world.clock.now() - timedelta(days=12), channel=Channel.MAIL, direction=Direction.OUT,
            contact=world.contact, deal=world.deal, task=task, body="Pricing, as asked",
        )  # fmt: skip
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("app.palette")
        await desk.type("ruiz")
        assert lines(desk)[0] == "@ Ana Ruiz  Betatech · ana@betatech.example"
        await desk.key("enter")
        card = desk.modal()
        for said in (
            "╭ Ana Ruiz", "Head of Ops", "Betatech", "+1 312 555 0142", "ana@betatech.example",
            "⚠ asked not to be contacted", "today     Send the price list", "GTX Plus · Betatech", "New lead",
            "mail out  Pricing, as asked", "owner Dana Okafor",
        ):  # fmt: skip
            assert said in card, card
        await desk.key("enter")
        assert (desk.modal(), desk.cursor()) == ("", "Send the price list")


async def test_a_deal_leads_to_its_people_and_escape_back_the_same_way(world: World) -> None:
    world.make_task("Send the price list", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("app.palette")
        await desk.type("#gtx")
        assert lines(desk) == ["# GTX Plus · Betatech  Betatech · New lead"]
        await desk.key("enter", "down", "enter")
        assert "╭ Ana Ruiz" in desk.modal()
        await desk.key("escape")
        assert "╭ GTX Plus" in desk.modal()
        await desk.key("escape")
        assert "Find: deals" in desk.modal()
        assert desk.app.screen.field.value == "#gtx"  # type: ignore[attr-defined]
        await desk.key("escape")
        assert desk.modal() == ""


async def test_without_a_next_step_the_card_says_so_and_a_adds_one(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("app.palette")
        await desk.type("@ana")
        await desk.key("enter")
        assert "No next step: a adds one." in desk.modal()
        await desk.key("a")
        await desk.type("Call about seats fri")
        assert '@"Ana Ruiz"' in desk.modal()
        await desk.key("enter")
        assert "Fri 27" in desk.modal(), "back on the card, the step is there"
        await desk.key("escape", "escape")
        assert desk.pane("upcoming").rows() == ["Call about seats"]


async def test_a_task_of_somebody_else_is_gone_to_in_their_queue(world: World) -> None:
    world.make_task("Ring the bank", due=NOV_24, owner=world.sam)
    world.make_task("Water the plants", due=NOV_24, owner=world.sam, links=Links(), kind="private")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.filter")
        await desk.type("zzz")
        await desk.key("enter")
        await desk.press("app.palette")
        await desk.type("water")
        assert lines(desk) == ['Nothing has "water" in it.'], "private is nobody else's"
        for _ in "water":
            await desk.key("backspace")
        await desk.type("bank")
        assert lines(desk)[0].startswith("· Ring the bank  Ana Ruiz · Betatech ")
        assert lines(desk)[0].endswith("Sam Hill · today")
        await desk.key("enter")
        assert desk.cursor() == "Ring the bank"
        assert "· Sam Hill" in desk.header()
        assert "The queue of Sam Hill. @ goes back to yours." in desk.footer()


async def test_a_task_far_off_is_shown_and_one_closed_meanwhile_is_told(world: World) -> None:
    far = world.make_task("Ask about the renewal", due=date(2027, 3, 1))
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("app.palette")
        await desk.type("renewal")
        await desk.key("enter")
        assert desk.cursor() == "Ask about the renewal"
        assert "all days" in desk.pane("upcoming").title
        await desk.press("app.palette")
        await desk.type("renewal")
        world.close([far], "done", note="elsewhere")
        await desk.key("enter")
        assert "not open any more" in desk.footer()


async def test_y_copies_one_way_to_reach_them_after_the_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.change(Contact, world.contact, phones=("+1 312 555 0142",))
    async with at_the_desk(world.path, world.clock) as desk:
        copied: list[str] = []
        monkeypatch.setattr(desk.app, "copy_to_clipboard", copied.append)
        await desk.press("app.palette")
        await desk.type("@ana")
        await desk.key("enter", "y", "y")
        assert copied == ["+1 312 555 0142", "ana@betatech.example"]
        assert "Copied ana@betatech.example." in desk.modal()


@pytest.mark.parametrize("typed", ["c++", '"', "'", "(", "*", "[red]", "🚀", "\\", "AND OR"])
async def test_whatever_is_typed_finds_or_finds_nothing(demo: Path, clock: FixedClock, typed: str) -> None:
    async with at_the_desk(demo, clock, size=(40, 15)) as desk:
        await desk.press("app.palette")
        await desk.type(typed)
        await desk.key("down", "up")
        assert "Find" in desk.modal()


async def test_a_long_history_scrolls(world: World) -> None:
    with world.context.unit("setup") as work:
        for number in range(60):
            work.insert(
                Activity, at=world.clock.now() - timedelta(days=number), channel=Channel.CALL,
                direction=Direction.OUT, contact=world.contact, body=f"Entry {number}",
            )  # fmt: skip
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        await desk.press("app.palette")
        await desk.type("@ana")
        await desk.key("enter")
        assert "more" in desk.modal().splitlines()[-1]
        assert "Entry 59" not in desk.modal()
        for _ in range(8):
            await desk.key("pagedown")
        assert "Entry 59" in desk.modal()
        await desk.key("pageup")
        assert "Entry 59" not in desk.modal()

"""`enter` walks the queue, one card at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fu_tui.services.spawn import Links
from tests.tui.driver import at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


def five(world: World) -> None:
    """Two late, two today, one tomorrow, each about somebody else."""
    for number, days in enumerate((-2, -1, 0, 0, 1)):
        links = Links(world.make_contact(f"Kim {number}"), None, None)
        world.make_task(f"Ring number {number}", due=NOV_24 + timedelta(days=days), links=links)


@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24), (40, 15)])
async def test_enter_shows_one_card_after_the_other_and_esc_the_panes(
    world: World, size: tuple[int, int]
) -> None:
    five(world)
    async with at_the_desk(world.path, world.clock, size=size) as desk:
        before = desk.screen()
        await desk.press("cursor.down", "cursor.down", "card.walk")
        assert "3 of 4 · Due today" in desk.header()
        assert "Ring number 2" in desk.card()
        assert not desk.desk.stack.is_on_screen, "the card alone"
        await desk.press("cursor.down")
        assert "4 of 4 · Due today" in desk.header()
        assert "Ring number 3" in desk.card()
        await desk.press("cursor.up", "cursor.up", "queue.clear")
        assert desk.cursor() == "Ring number 1"
        assert any(line.startswith("▌") and "Ring number 1" in line for line in desk.screen().splitlines())
        await desk.press("cursor.up")
        assert desk.screen() == before


async def test_a_close_goes_on_to_the_next_card(world: World) -> None:
    five(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("card.walk", "task.no_reply")
        assert "1 of 3 · Overdue" in desk.header()
        assert "Ring number 1" in desk.card()
        await desk.press("task.snooze")
        await desk.key("enter")
        assert "1 of 2 · Due today" in desk.header()
        assert "Ring number 2" in desk.card()
        await desk.press("card.walk")
        assert desk.cursor() == "Ring number 2"
        assert "─ Due today 2" in desk.screen()


async def test_the_walk_ends_with_the_queue(world: World) -> None:
    world.make_task("Ring the bank", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("card.walk", "task.close")
        await desk.key("z")
        await desk.key("enter")
        assert "of" not in desk.header().split("mine")[0]
        assert "─ Due today 0" in desk.screen()
        await desk.press("card.walk")
        assert "There is no task under the cursor." in desk.footer()

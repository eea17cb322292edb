"""A pile is marked and spread with one key."""

from __future__ import annotations

from datetime import date

from fu_tui.core.terms import TaskKind
from tests.tui.driver import at_the_desk
from tests.world import World


async def test_a_pile_is_spread_over_the_days_to_come_and_taken_back(world: World) -> None:
    for n in range(12):
        world.make_task(f"Call customer {n}", due=date(2026, 11, 20))
    world.make_task("Meet Ana", due=date(2026, 11, 20), kind=TaskKind.MEETING)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.mark_pane", "task.spread")
        assert "Spread 12 tasks over 2 days" in desk.modal()
        assert "1 there, 9 come · usual 10" in desk.modal()
        assert "stays: Meet Ana, a meeting" in desk.modal()
        await desk.key("+")
        assert "12 tasks over 3 days" in desk.modal()
        await desk.key("enter")
        assert "12 tasks spread over 3 days, today to Fri 27 Nov; 1 stay" in desk.footer()
        assert desk.pane("overdue").rows() == ["Meet Ana"]
        await desk.press("journal.undo")
        assert desk.pane("overdue").count == 13


async def test_what_stays_is_named_and_enter_does_nothing(world: World) -> None:
    world.make_task("Meet Ana", due=world.today, kind=TaskKind.MEETING)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.spread")
        assert "None of these is moved" in desk.modal()
        await desk.key("enter")
        assert desk.modal(), "there is nothing to do"
        await desk.key("escape")
        assert desk.pane("today").rows() == ["Meet Ana"]

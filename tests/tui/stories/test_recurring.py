"""What repeats on fixed days, made, changed, skipped and ended at the desk."""

from __future__ import annotations

from fu_tui.services.series import SeriesVerbs
from tests.tui.driver import at_the_desk
from tests.world import World

LINE = "Inspect the fire doors @betatech every month on the 24th"


async def test_a_series_from_the_first_line_to_its_end(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.series")
        assert "Nothing repeats" in desk.modal()
        await desk.key("a")
        await desk.type(LINE)
        assert "every month on the 24th" in desk.modal()
        assert "today · Thu 24 Dec · Mon 25 Jan 2027 …" in desk.modal()
        await desk.key("enter")
        assert desk.pane("today").rows() == ["Inspect the fire doors"]
        assert "Thu 24 Dec · Mon 25 Jan 2027 · Wed 24 Feb 2027" in desk.modal(), "the list is there again"
        await desk.key("x")
        assert "skipped → Inspect the fire doors, Thu 24 Dec" in desk.footer()
        await desk.key("enter")
        await desk.key("ctrl+u")
        await desk.type("Inspect all doors every 2 months on the 24th")
        await desk.key("enter")
        assert "Series changed: Inspect all doors, every 2 months on the 24th" in desk.footer()
        await desk.key("X", "e")
        assert "has ended: it was ended" in desk.footer()
        assert "Nothing repeats" in desk.modal()
        await desk.key("escape")
        await desk.press("journal.undo")
        await desk.press("go.series")
        assert "Inspect all doors" in desk.modal()


async def test_closing_one_brings_the_next_and_skipping_too(world: World) -> None:
    SeriesVerbs(world.context).add_series("Inspect the fire doors", "every tuesday")
    async with at_the_desk(world.path, world.clock) as desk:
        assert "→ Inspect the fire doors, Tue 1 Dec" in desk.card()
        await desk.press("task.no_reply")
        assert desk.pane("upcoming").rows() == ["Inspect the fire doors"]
        await desk.press("task.skip")
        assert "skipped → Inspect the fire doors, Tue 8 Dec" in desk.footer()
        await desk.press("journal.undo", "journal.undo")
        assert desk.pane("today").rows() == ["Inspect the fire doors"]


async def test_a_sales_conversation_takes_a_second_enter_and_a_slip_keeps_the_line(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.series")
        await desk.key("a")
        await desk.type("Call Ana about the seats #gtx")
        await desk.key("enter")
        assert "How often?" in desk.modal()
        await desk.key("escape", "a")
        assert "Call Ana about the seats #gtx" in desk.modal(), "it was kept"
        await desk.type(" every month")
        assert "is an open deal" in desk.modal()
        await desk.key("enter")
        assert "save it all the same" in desk.modal()
        await desk.key("enter")
        assert desk.pane("today").rows() == ["Call Ana about the seats"]


async def test_a_captured_line_that_repeats_becomes_a_series(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Inspect the doors @betatech every month on the 24th")
        assert "A series, every month on the 24th?" in desk.modal()
        await desk.key("ctrl+r")
        assert "A new series" in desk.modal()
        await desk.key("enter")
        assert "Series: Inspect the doors, every month on the 24th, first today" in desk.footer()
        await desk.press("task.add")
        assert "Inspect the doors" not in desk.modal(), "the draft is spent"


async def test_in_a_sales_conversation_a_captured_line_does_not_repeat(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana every month #gtx")
        assert "is an open deal" in desk.modal()
        assert "ctrl+r" not in desk.modal()
        await desk.key("ctrl+r")
        assert "A new series" not in desk.modal()

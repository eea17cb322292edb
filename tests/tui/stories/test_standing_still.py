"""Nothing jumps: rows that go leave their line, titles stand, and the next key hits where the eye is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.services.spawn import Links
from fu_tui.tui.screens.desk import TIDY_AFTER
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)
SIZES = [(120, 40), (80, 24), (80, 15), (60, 20)]


def titles(desk: DeskDriver) -> list[int]:
    """The lines on which panes begin."""
    return [y for y, line in enumerate(desk.screen().splitlines()) if line.startswith("─ ")]


def bar(desk: DeskDriver) -> int:
    """The line of the cursor."""
    return next(y for y, line in enumerate(desk.screen().splitlines()) if line.startswith("▌"))


def above_cursor(desk: DeskDriver) -> list[str]:
    """The rows above the cursor; what counts them is left out."""
    lines = desk.screen().splitlines()[1 : bar(desk)]
    return [line[:60] for line in lines if not line.startswith("─ ") and "Nothing" not in line]


def each_its_own(world: World, many: int, *, late: int = 0, name: str = "Ring") -> None:
    """So many tasks without a cadence, each about a contact of its own."""
    for number in range(many):
        about = Links(world.make_contact(f"{name} {number:02} Rao"), None, world.account)
        world.make_task(f"{name} number {number:02}", due=NOV_24 - timedelta(days=late), links=about)


@pytest.mark.parametrize("size", SIZES)
async def test_closing_one_after_the_other_moves_nothing_above(
    demo: Path, clock: FixedClock, size: tuple[int, int]
) -> None:
    async with at_the_desk(demo, clock, size=size) as desk:
        for pane in ("pane.overdue", "pane.today"):
            await desk.press(pane, "cursor.down")
            stood, line, above = titles(desk), bar(desk), above_cursor(desk)
            for _ in range(4):
                await desk.press("task.no_reply")
                if desk.modal():
                    await desk.key("escape")
                assert (titles(desk), bar(desk), above_cursor(desk)) == (stood, line, above)


@pytest.mark.parametrize("size", SIZES)
async def test_snoozing_and_undoing_moves_no_title_and_no_row_above(
    world: World, size: tuple[int, int]
) -> None:
    each_its_own(world, 6, late=1, name="Late")
    each_its_own(world, 9)
    async with at_the_desk(world.path, world.clock, size=size) as desk:
        await desk.press("pane.today", "cursor.down", "cursor.down")
        stood, line, above = titles(desk), bar(desk), above_cursor(desk)
        for _ in range(3):
            await desk.press("task.snooze")
            await desk.key("enter")
            assert (titles(desk), bar(desk), above_cursor(desk)) == (stood, line, above)
        for _ in range(3):
            await desk.press("journal.undo")
            assert titles(desk) == stood
            if size[1] > 20:  # else the cursor's own task, pushed down by the row that came back, scrolls
                assert above_cursor(desk)[: len(above)] == above
        assert desk.pane("today").count == 9


async def test_the_last_rows_of_a_cut_pane_go_without_a_scroll(world: World) -> None:
    each_its_own(world, 40)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        await desk.press("pane.today", "cursor.bottom", "cursor.up", "cursor.up", "cursor.up")
        line, above = bar(desk), above_cursor(desk)
        for _ in range(3):
            await desk.press("task.no_reply")
            assert (bar(desk), above_cursor(desk)) == (line, above)
        await desk.press("task.no_reply")
        assert bar(desk) == line - 1, "the last one went: the row above has the cursor"


async def test_a_pane_that_needs_the_lines_gets_them(world: World) -> None:
    each_its_own(world, 3)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        await desk.press("task.no_reply")
        first = titles(desk)
        await desk.press("task.add")
        await desk.type("Send Ana the seat prices @ana today")
        await desk.key("enter")
        assert titles(desk) == first, "there is a blank line"
        await desk.press("task.add")
        await desk.type("Ask Ana about the rollout date @ana today")
        await desk.key("enter")
        assert titles(desk) == [*first[:2], first[2] + 1]


async def test_blank_lines_are_given_back_when_nobody_has_pressed_a_key_for_a_while(world: World) -> None:
    each_its_own(world, 9)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        stood = titles(desk)
        await desk.press("task.no_reply", "task.no_reply")
        for _ in range(TIDY_AFTER - 1):
            await desk.look_again()
        assert titles(desk) == stood
        await desk.press("cursor.down")
        await desk.look_again()
        assert titles(desk) == stood, "somebody is there"
        for _ in range(TIDY_AFTER):
            await desk.look_again()
        assert titles(desk) == [*stood[:2], stood[2] - 2]


async def test_the_cursor_stays_on_its_task_through_every_size(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock) as desk:
        await desk.press("pane.upcoming", "cursor.down", "cursor.down", "cursor.down")
        task = desk.cursor()
        for size in ((40, 15), (80, 24), (60, 8), (20, 4), (160, 45), (5, 2), (49, 30), (110, 30)):
            await desk.resize(*size)
            assert desk.cursor() == task
        assert any(line.startswith("▌") and task[:20] in line for line in desk.pane("upcoming").lines())

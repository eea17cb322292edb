"""What is out of sight is one key away: the days after the next fourteen, and the hidden rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fu_tui.settings.config import parse
from tests.tui.driver import at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


def soon_and_later(world: World, *, later: int = 3) -> None:
    """Two rows in the next days, and some beyond."""
    for number in range(2):
        world.make_task(f"Soon {number}", due=NOV_24 + timedelta(days=1 + number))
    for number in range(later):
        world.make_task(f"Later {number:03}", due=NOV_24 + timedelta(days=20 + number))


async def test_l_opens_what_is_later_and_folds_it_away_again(world: World) -> None:
    world.make_task("Ring today", due=NOV_24)
    soon_and_later(world)
    async with at_the_desk(world.path, world.clock) as desk:
        upcoming = desk.pane("upcoming")
        assert upcoming.lines()[-1].strip() == "+3 later  L"
        await desk.press("queue.later")
        assert upcoming.title.startswith("Upcoming 5 · all days")
        assert upcoming.rows() == ["Soon 0", "Soon 1", "Later 000", "Later 001", "Later 002"]
        assert upcoming.lines()[3].startswith("▌  14 Dec   Later 000"), "the cursor is on what was asked for"
        assert "later" not in upcoming.lines()[-1]
        await desk.press("queue.later")
        assert upcoming.title.startswith("Upcoming 2 · 14 days")
        assert desk.cursor() == "Ring today", "and back where it came from"


async def test_a_row_among_the_later_ones_is_worked_as_any_other(world: World) -> None:
    soon_and_later(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.later", "cursor.down", "task.snooze")
        await desk.key("enter")
        assert desk.pane("upcoming").rows() == ["Soon 0", "Later 001", "Soon 1", "Later 000", "Later 002"]
        assert desk.cursor() == "Later 002", "on to the next"
        await desk.press("queue.filter")
        await desk.type("later")
        await desk.key("enter")
        assert desk.pane("upcoming").rows() == ["Later 001", "Later 000", "Later 002"]
        await desk.press("queue.later")
        assert desk.pane("upcoming").rows() == ["Later 001"]


async def test_all_days_are_paged_from_either_end(world: World) -> None:
    soon_and_later(world, later=230)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        await desk.press("queue.later", "cursor.bottom")
        assert desk.cursor() == "Later 229"
        assert desk.pane("upcoming").count == 232
        await desk.press("cursor.top")
        assert desk.cursor() == "Soon 0"
        for _ in range(9):
            await desk.press("cursor.page_down")
        assert desk.cursor().startswith("Later ")
        assert desk.pane("upcoming").count == 232
        assert len(desk.pane("upcoming").lines()) >= 9, "what was asked for has room"


async def test_h_lists_the_hidden_rows_and_s_brings_one_back(world: World) -> None:
    hidden = world.make_task("Ring the bank", due=NOV_24)
    world.make_task("Ring today", due=NOV_24)
    world.moves.hide([hidden], NOV_24 + timedelta(days=3))
    async with at_the_desk(world.path, world.clock) as desk:
        assert desk.pane("today").title == "Due today 1 · 1 hidden H"
        await desk.press("queue.hidden")
        assert desk.pane("upcoming").title == "Hidden 1  H back"
        assert desk.pane("upcoming").lines()[1].startswith("▌  Fri 27   Ring the bank"), "until when"
        await desk.press("task.hide")
        assert desk.footer().startswith(" Ring the bank: on the screen again")
        assert desk.pane("today").rows() == ["Ring the bank", "Ring today"]
        assert "Nothing is hidden. H goes back." in desk.pane("upcoming").lines()[1]
        await desk.press("journal.undo")
        assert desk.pane("upcoming").rows() == ["Ring the bank"]
        await desk.press("queue.hidden")
        assert desk.pane("upcoming").title.startswith("Upcoming 0")


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("queue.later", "Nothing lies beyond the next 14 days."),
        ("queue.hidden", "Nothing is hidden."),
    ],
)
async def test_where_nothing_is_out_of_sight_it_says_so(world: World, action: str, said: str) -> None:
    world.make_task("Ring today", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press(action)
        assert desk.footer().strip() == said
        assert desk.pane("upcoming").title.startswith("Upcoming 0 · 14 days")


async def test_the_titles_name_the_keys_in_force(world: World) -> None:
    soon_and_later(world)
    world.moves.hide([world.make_task("Call the bank", due=NOV_24)], NOV_24 + timedelta(days=3))
    settings, _ = parse('[keys]\n"queue.later" = "f9"\n"queue.hidden" = "none"\n')
    async with at_the_desk(world.path, world.clock, settings=settings) as desk:
        assert desk.pane("upcoming").lines()[-1].strip() == "+3 later  f9"
        assert "H" not in desk.pane("today").title
        await desk.press("queue.later")
        assert desk.pane("upcoming").title == "Upcoming 5 · all days  f9 14 days"

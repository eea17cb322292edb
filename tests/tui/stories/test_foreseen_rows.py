"""Foreseen steps among the rows, however the queue is laid out: seen, and passed over by what works a task."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.services.spawn import Links
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)
SIZES = [(160, 45), (80, 24), (40, 15)]


def among_tasks(world: World) -> None:
    """A cadence's first step today, and tasks about somebody else: late, soon, later, hidden."""
    world.enroll("standard")
    kim = Links(world.make_contact("Kim Long"), None, None)
    for days in (-1, 2, 9, 30):
        world.make_task(f"Send Kim part {days}", due=NOV_24 + timedelta(days=days), links=kim)
    away = world.make_task("Ask Kim again", due=NOV_24, links=kim)
    world.moves.hide([away], NOV_24 + timedelta(days=5))


def lines(desk: DeskDriver) -> list[str]:
    return desk.screen().splitlines()


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_knows_only_tasks(world: World, size: tuple[int, int]) -> None:
    among_tasks(world)
    tasks = ["Send Kim part -1", "Introduce yourself and why you write", "Send Kim part 2", "Send Kim part 9"]
    async with at_the_desk(world.path, world.clock, size=size) as desk:
        await desk.press("view.forecast", "cursor.top")
        assert sum("◦ " in line[:3] for line in lines(desk)) == 3
        for wanted in (*tasks[1:], tasks[-1]):
            await desk.press("cursor.down")
            assert desk.cursor() == wanted
        for wanted in (*tasks[-2::-1], tasks[0]):
            await desk.press("cursor.up")
            assert desk.cursor() == wanted
        for action, wanted in (("pane.upcoming", 2), ("pane.today", 1), ("pane.next", 2), ("pane.next", 0)):
            await desk.press(action)
            assert desk.cursor() == tasks[wanted]


@pytest.mark.parametrize("size", SIZES)
async def test_no_click_reaches_them(world: World, size: tuple[int, int]) -> None:
    among_tasks(world)
    async with at_the_desk(world.path, world.clock, size=size) as desk:
        await desk.press("view.forecast", "pane.overdue")
        y = next(y for y, line in enumerate(lines(desk)) if "◦ " in line[:3])
        for button, ctrl, times in ((1, False, 1), (1, False, 2), (3, False, 1), (1, True, 1)):
            await desk.click_at(14, y, button=button, ctrl=ctrl, times=times)
            assert desk.cursor() == "Send Kim part -1"
            assert desk.modal() == ""
            assert not desk.desk.marks
        await desk.press("pane.upcoming", "queue.mark_pane")
        assert all(number > 0 for number in desk.desk.marks)


async def test_titles_count_tasks_and_say_what_is_foreseen(world: World) -> None:
    among_tasks(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("view.forecast")
        upcoming = desk.pane("upcoming")
        assert upcoming.title == "Upcoming 2 · 14 days · 3 ◦ foreseen"
        await desk.press("queue.later")
        assert upcoming.title == "Upcoming 3 · all days  L 14 days · 3 ◦ foreseen"
        assert desk.cursor() == "Send Kim part 30", "the first of those that are later"
        await desk.press("cursor.up")
        assert desk.cursor() == "Send Kim part 9"
        await desk.press("queue.hidden")
        assert upcoming.title == "Hidden 1  H back"
        assert upcoming.rows() == ["Ask Kim again"]
        await desk.press("queue.hidden")
        assert upcoming.title == "Upcoming 2 · 14 days · 3 ◦ foreseen"
    async with at_the_desk(world.path, world.clock, size=(60, 15)) as desk:
        assert desk.pane("upcoming").title == "Upcoming 2 · 14 days · 3 ◦ foreseen"
    async with at_the_desk(world.path, world.clock, size=(49, 15)) as desk:
        assert lines(desk)[1].startswith("─ 1 late · 1 today · 2 to come · 1 hidden H ─")
    async with at_the_desk(world.path, world.clock, size=(70, 10)) as desk:
        assert lines(desk)[1].startswith("─ 1 late · 1 today · 2 to come · 1 hidden H · 3 ◦ foreseen ─")


async def test_the_one_list_goes_round_where_only_steps_are_to_come(world: World) -> None:
    world.enroll("standard")
    kim = Links(world.make_contact("Kim Long"), None, None)
    world.make_task("Send Kim the tiers", due=NOV_24 - timedelta(days=1), links=kim)
    async with at_the_desk(world.path, world.clock, size=(40, 15)) as desk:
        await desk.press("view.forecast", "cursor.top")
        seen = []
        for _ in range(4):
            await desk.press("pane.next")
            seen.append(desk.cursor())
        assert (
            set(seen[:2]) == set(seen[2:]) == {"Send Kim the tiers", "Introduce yourself and why you write"}
        )
        await desk.press("pane.upcoming")
        assert desk.cursor() == "Introduce yourself and why you write", "nothing further down is a task"


async def test_the_walk_counts_tasks(world: World) -> None:
    among_tasks(world)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("view.forecast", "pane.upcoming", "card.walk")
        assert "1 of 2 · Upcoming" in desk.header()
        await desk.press("cursor.down")
        assert "2 of 2 · Upcoming" in desk.header()
        assert "Send Kim part 9" in desk.card()
        await desk.press("cursor.down")
        assert "2 of 2 · Upcoming" in desk.header()


@pytest.mark.parametrize("size", SIZES)
async def test_after_a_close_and_an_undo_they_stand_as_they_would_be_read(
    world: World, size: tuple[int, int]
) -> None:
    among_tasks(world)
    async with at_the_desk(world.path, world.clock, size=size) as desk:
        await desk.press("view.forecast", "pane.today")
        before = desk.screen().splitlines()[:-1]
        titles = [y for y, line in enumerate(before) if line.startswith("─")]
        windows = [pane.window for pane in desk.desk.panes]
        for action, foreseen in (("task.no_reply", 2), ("journal.undo", 3)):
            await desk.press(action)
            assert sum("◦ " in line[:3] for line in lines(desk)) == foreseen
            assert [y for y, line in enumerate(lines(desk)) if line.startswith("─")] == titles
            assert [pane.window for pane in desk.desk.panes] == windows, "only what changed was drawn anew"
            at_once = desk.screen()
            desk.desk.reload()
            await desk.rest()
            assert desk.screen() == at_once
            windows = [pane.window for pane in desk.desk.panes]
        await desk.press("pane.today")
        assert desk.screen().splitlines()[:-1] == before


async def test_a_close_leaves_what_is_foreseen_for_the_same_person(world: World) -> None:
    world.enroll("standard")
    world.make_task("Send Ana the tiers", due=NOV_24 - timedelta(days=1))
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("view.forecast", "pane.overdue")
        windows = [pane.window for pane in desk.desk.panes]
        await desk.press("task.close")
        await desk.key("z", "enter")
        assert desk.pane("upcoming").title == "Upcoming 0 · 14 days · 3 ◦ foreseen"
        assert [pane.window for pane in desk.desk.panes] == windows


async def test_a_row_far_down_is_found_among_them(world: World) -> None:
    for number in range(20):
        world.enroll("standard", contact=world.make_contact(f"Kim {number}"))
    tasks = [world.make_task(f"Send part {number}", due=NOV_24 + timedelta(days=13)) for number in range(300)]
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("view.forecast")
        [row] = desk.desk.view.visible([tasks[100]])
        assert desk.desk.moving.find(row)
        assert desk.cursor() == "Send part 100"


@pytest.mark.parametrize(
    ("size", "shown"),
    [((80, 13), True), ((80, 12), False), ((40, 13), True), ((40, 12), False), ((60, 9), False)],
)
async def test_the_load_gives_way_first_on_a_low_screen(
    demo: Path, clock: FixedClock, size: tuple[int, int], shown: bool
) -> None:
    async with at_the_desk(demo, clock, size=size) as desk:
        before = lines(desk)
        await desk.press("view.load")
        assert lines(desk)[-2].startswith(" load") is shown
        assert ("shown on a higher screen" in desk.seen()) is not shown
        if shown:
            hint = before[-3:-1] if size[0] < 50 else before[-2:-1]
            assert lines(desk)[-2 - len(hint) : -2] == hint
        await desk.press("card.toggle")
        assert "load" in desk.card() + desk.screen(), "the card has it on any screen"
        await desk.press("card.toggle", "view.load", "queue.clear")
        assert lines(desk)[:-1] == before[:-1]

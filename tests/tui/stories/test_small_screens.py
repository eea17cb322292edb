"""A telephone over SSH, a low window, a corner of one: what gives way, and what never does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from tests.tui.driver import at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


def one_of_each(world: World) -> None:
    """Late, today with its hour and without, tomorrow twice, later."""
    world.make_task("Ring late", due=NOV_24 - timedelta(days=2))
    for number in range(2):
        world.make_task(f"Ring today {number}", due=NOV_24)
    for number in range(2):
        world.make_task(f"Ring tomorrow {number}", due=NOV_24 + timedelta(days=1))
    world.make_task("Ring in a month", due=NOV_24 + timedelta(days=30))


async def test_a_telephone_has_one_list_the_late_ones_first(world: World) -> None:
    one_of_each(world)
    async with at_the_desk(world.path, world.clock, size=(40, 15)) as desk:
        lines = [line.rstrip() for line in desk.screen().splitlines()]
        assert lines[0] == " fu Dana Okafor · mine            a add"
        assert lines[1].startswith("─ 1 late · 2 today · 2 to come ──")
        assert lines[2:8] == [
            "▌  2d late  Ring late",
            "   today    Ring today 0",
            "            Ring today 1",
            "   Wed 25   Ring tomorrow 0",
            "            Ring tomorrow 1",
            "   +1 later  L",
        ]
        assert lines[-3] == " Ana Ruiz · Betatech · call"
        assert lines[-1] == " n no reply  r replied  d close  ? help"


async def test_the_list_is_worked_as_the_panes_are(world: World) -> None:
    one_of_each(world)
    async with at_the_desk(world.path, world.clock, size=(40, 15)) as desk:
        walked = []
        for action in ("pane.today", "pane.upcoming", "pane.next", "pane.next", "cursor.bottom", "cursor.up"):
            await desk.press(action)
            walked.append(desk.cursor())
        assert walked == [
            "Ring today 0", "Ring tomorrow 0", "Ring late", "Ring today 0", "Ring tomorrow 1", "Ring tomorrow 0",
        ]  # fmt: skip
        await desk.press("pane.today", "task.snooze")
        await desk.key("enter")
        assert desk.cursor() == "Ring today 1", "on to the next, though the list has it still, further down"
        assert desk.screen().splitlines()[1].startswith("─ 1 late · 1 today · 3 to come ──")
        await desk.press("queue.later")
        assert desk.cursor() == "Ring in a month"
        await desk.press("queue.later", "pane.today", "task.close")
        await desk.key("z", "enter")
        assert desk.screen().splitlines()[1].startswith("─ 1 late · 3 to come ──")


async def test_capturing_is_comfortable_on_a_telephone(world: World) -> None:
    async with at_the_desk(world.path, world.clock, size=(40, 15)) as desk:
        assert "Nothing due today, but" in desk.screen()
        assert "\n           1 without a next step (g n).\n" in desk.screen(), (
            "a long sentence is wrapped, and all of it is painted anew"
        )
        await desk.press("task.add")
        await desk.type("Call Ana about the seats @ana fri 14:00")
        assert all(len(line) <= 40 for line in desk.seen().splitlines())
        assert "Fri 27 Nov" in desk.modal()
        await desk.key("enter")
        assert "▌  Fri 27   14:00 Call Ana about t" in desk.screen()


async def test_every_choice_of_a_question_is_in_sight_on_a_telephone(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock, size=(40, 15)) as desk:
        for action, last in (("task.close", "z  not needed"), ("task.snooze", "m  a month")):
            await desk.press(action)
            assert last in desk.modal()
            assert "more ·" not in desk.modal()
            await desk.key("escape")
        await desk.press("task.close")
        await desk.resize(40, 12)
        assert "↓ 1 more" in desk.modal(), "what is not is counted"
        await desk.key("escape")


@pytest.mark.parametrize("size", [(1, 1), (19, 40), (80, 3), (5, 2)])
async def test_a_corner_says_what_it_needs(demo: Path, clock: FixedClock, size: tuple[int, int]) -> None:
    async with at_the_desk(demo, clock) as desk:
        before = desk.screen()
        await desk.resize(*size)
        said = desk.screen()
        assert said.strip() == (
            "20×4 please"[: size[0]] if size[0] > 11 else "20×4 please"[: size[0] - 1] + "…"
        )
        await desk.press("cursor.down", "card.toggle", "card.toggle", "cursor.up")
        await desk.resize(120, 40)
        assert desk.screen() == before


@pytest.mark.parametrize(
    ("height", "panes", "hint"),
    [(24, 3, True), (15, 3, True), (12, 3, True), (11, 3, False), (10, 1, False), (4, 1, False)],
)
async def test_a_low_screen_lets_go_of_the_hint_then_of_three_panes(
    demo: Path, clock: FixedClock, height: int, panes: int, hint: bool
) -> None:
    async with at_the_desk(demo, clock, size=(80, height)) as desk:
        lines = desk.screen().splitlines()
        assert lines[0].startswith(" fu Dana Okafor")
        assert "? help" in lines[-1]
        assert sum(line.startswith("─ ") for line in lines) == panes
        assert any("done, no reply →" in line for line in lines) is hint
        assert any(line.startswith("▌") for line in lines)


async def test_a_narrow_line_says_where_a_task_went_before_what_it_was(world: World) -> None:
    world.make_task("Send the long list of prices for the spring", due=NOV_24)
    async with at_the_desk(world.path, world.clock, size=(40, 15)) as desk:
        await desk.press("task.snooze")
        await desk.key("enter")
        assert desk.footer().startswith(" → Wed 25 Nov: Send the ")
        await desk.press("task.add")
        await desk.type("Call the bank about the terms fri")
        await desk.key("enter")
        assert desk.footer().startswith(" Added Fri 27 Nov: Call the ")


async def test_ctrl_c_ends_nothing_and_says_what_does(world: World) -> None:
    world.make_task("Call the bank", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.key("ctrl+c")
        assert desk.footer().strip() == "q leaves; everything is saved."
        assert desk.toasts() == []
        await desk.press("task.close")
        await desk.key("ctrl+c")
        assert desk.is_open

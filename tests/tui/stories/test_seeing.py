"""What is looked at: filter, whose queue, order, card, help; and leaving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.core.terms import Priority
from fu_tui.settings.config import parse
from fu_tui.store.models import User
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)
Golden = Callable[[str, str], None]


async def test_the_filter_works_while_it_is_typed_and_esc_brings_all_back(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.press("queue.filter")
    await desk.type("legal")
    assert desk.pane("overdue").rows() == ["Send legal the redlined contract"]
    assert desk.pane("today").lines()[1].strip() == "Nothing matches. esc shows all rows again."
    assert "/ legal" in desk.header()
    await desk.key("escape")
    assert desk.pane("overdue").count == 8, "esc in the field takes back what was typed"
    await desk.press("queue.filter")
    await desk.type("legal")
    await desk.key("enter")
    assert desk.pane("overdue").count == 1, "enter keeps it"
    await desk.press("task.no_reply")
    assert desk.pane("overdue").count == 0
    await desk.press("queue.clear")
    assert desk.pane("overdue").count == 7


async def test_the_filter_field_leaves_the_rows_in_view(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock, size=(80, 24)) as desk:
        await desk.press("queue.filter")
        card = desk.app.screen.card.region  # type: ignore[attr-defined]
        assert card.bottom == 23, "it stands on the footer"
        assert card.height == 3
        await desk.type("legal")
        seen = desk.seen().splitlines()
        assert any("Send legal the redlined contract" in line for line in seen)
        assert not any("Call Sade back" in line for line in seen)
        assert "Rows with  legal" in seen[-3]
        assert "? help" in seen[-1]


async def test_esc_first_takes_the_marks_then_the_filter(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.press("queue.filter")
    await desk.type("call")
    await desk.key("enter")
    await desk.press("queue.mark_pane", "queue.clear")
    assert desk.marked() == []
    assert "/ call" in desk.header()
    await desk.press("queue.clear")
    assert "/ call" not in desk.header()


async def test_the_teams_queue_names_owners(world: World) -> None:
    world.change(User, world.sam, manager=world.dana)
    world.make_task("Send the price list", due=NOV_24)
    world.make_task("Ring the bank", due=NOV_24, owner=world.sam)
    async with at_the_desk(world.path, world.clock, size=(140, 40)) as desk:
        assert desk.pane("today").count == 1
        await desk.press("queue.scope")
        await desk.type("team")
        await desk.key("enter")
        assert "· team" in desk.header()
        lines = desk.pane("today").lines()
        assert any("Ring the bank" in line and "Sam Hill" in line for line in lines)
        assert any("Send the price list" in line and "Dana" in line for line in lines)
        await desk.press("queue.scope")
        await desk.type("sam")
        await desk.key("enter")
        assert desk.pane("today").rows() == ["Ring the bank"]
        assert "· Sam Hill" in desk.header()
        await desk.press("queue.scope")
        await desk.type("mine")
        await desk.key("enter")
        assert desk.pane("today").rows() == ["Send the price list"]
        assert "Sam" not in desk.pane("today").lines()[1]


async def test_the_scope_list_counts_each_and_stands_on_what_is_shown(world: World) -> None:
    world.make_task("Send the price list", due=NOV_24)
    for number in range(2):
        world.make_task(f"Ring number {number}", due=NOV_24, owner=world.sam)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.scope")
        shown = {line.split()[0].strip("▌"): line.split()[-2:] for line in desk.modal().splitlines()[2:-1]}
        assert shown["mine"] == ["1", "today"]
        assert shown["everyone"] == ["3", "today"]
        assert shown["Sam"] == ["2", "today"]
        await desk.type("sam")
        await desk.key("enter")
        await desk.press("queue.scope")
        assert "▌Sam Hill" in desk.modal()


async def test_an_empty_desk_says_whose_work_there_is_and_how_to_see_it(world: World) -> None:
    for number in range(3):
        world.make_task(f"Ring number {number}", due=NOV_24, owner=world.sam)
    async with at_the_desk(world.path, world.clock) as desk:
        said = desk.pane("today").lines()[1].strip("▌ ")
        assert said == "Nothing is yours. Work lies with Sam Hill 3: press @ to see it."
        await desk.press("queue.scope")
        await desk.type("sam")
        await desk.key("enter")
        assert desk.pane("today").count == 3
        assert desk.cursor() == "Ring number 0"


async def test_an_empty_desk_says_how_to_begin_with_the_keys_in_force(world: World) -> None:
    settings, _ = parse('[keys]\n"go.no_next_step" = "c"\n"pane.today" = "f2"\n')
    async with at_the_desk(world.path, world.clock, settings=settings) as desk:
        assert "but 1 without a next step (c)." in desk.pane("today").lines()[1]
        world.make_task("Send the price list", due=NOV_24)
        await desk.look_again()
        assert "1 due today: press f2." in desk.pane("overdue").lines()[1]


async def test_priority_first_and_due_first(world: World) -> None:
    world.make_task("Late and normal", due=date(2026, 11, 20))
    high = world.make_task("Less late and high", due=date(2026, 11, 23), priority=Priority.HIGH)
    async with at_the_desk(world.path, world.clock) as desk:
        assert desk.pane("overdue").rows()[0] == "Late and normal"
        await desk.press("queue.order")
        assert desk.pane("overdue").rows()[0] == "Less late and high"
        assert desk.cursor() == "Late and normal", "the cursor stays on its task"
        assert desk.footer().strip().startswith("Priority first")
        await desk.press("queue.order")
        assert desk.pane("overdue").rows()[0] == "Late and normal"
    assert high


async def test_the_cursor_stays_on_its_task_far_below_the_first_page(world: World) -> None:
    for number in range(120):
        world.make_task(f"Ring number {number:03}", due=NOV_24)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        await desk.press("cursor.bottom")
        for _ in range(5):
            await desk.press("cursor.up")
        assert desk.cursor() == "Ring number 114"
        for number in range(3):
            world.make_task(f"Urgent {number}", due=NOV_24, priority=Priority.HIGH)
        await desk.look_again()
        assert desk.cursor() == "Ring number 114"
        assert any(line.startswith("▌") and "Ring number 114" in line for line in desk.pane("today").lines())
        await desk.press("queue.order")
        assert desk.cursor() == "Ring number 114"


@pytest.mark.parametrize(("width", "panes"), [(80, True), (76, True), (70, False)])
async def test_i_shows_the_card_on_a_narrow_screen(
    demo: Path, clock: FixedClock, width: int, panes: bool
) -> None:
    async with at_the_desk(demo, clock, size=(width, 24)) as desk:
        assert "Fay Ng  Customer Success" not in desk.screen()
        assert desk.hint().startswith(" n done, no reply → Share a resource on their question, Fri 27 Nov")
        await desk.press("card.toggle")
        assert "Fay Ng  Customer Success" in desk.screen()
        assert ("─ Overdue 8" in desk.screen()) is panes
        await desk.press("card.toggle")
        assert "Fay Ng  Customer Success" not in desk.screen()


async def test_the_card_beside_the_panes_on_80_columns(demo: Path, clock: FixedClock, golden: Golden) -> None:
    async with at_the_desk(demo, clock, size=(80, 24)) as desk:
        await desk.press("card.toggle")
        golden("desk-80x24-card", desk.screen())


async def test_i_folds_the_card_on_a_wide_screen_and_a_resize_keeps_it_so(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.press("card.toggle")
    assert "Fay Ng  Customer Success" not in desk.screen()
    await desk.resize(140, 40)
    assert "Fay Ng  Customer Success" not in desk.screen()
    await desk.press("card.toggle")
    assert "Fay Ng  Customer Success" in desk.screen()


async def test_the_card_folds_below_110_columns_and_comes_back(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    for width, card in ((109, False), (110, True), (60, False), (120, True)):
        await desk.resize(width, 30)
        assert ("Fay Ng  Customer Success" in desk.screen()) is card


async def test_help_lists_the_keys_in_force(demo: Path, clock: FixedClock) -> None:
    settings, _ = parse('[keys]\n"task.snooze" = "z"\n')
    async with at_the_desk(demo, clock, settings=settings) as desk:
        await desk.press("app.help")
        lines = desk.modal().splitlines()
        assert any("z " in line and "Move the due day." in line for line in lines)
        assert any(line.strip().startswith(("j", "↓")) or "j down" in line for line in lines)
        await desk.key("escape")
        assert desk.modal() == ""


async def test_q_leaves(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock) as desk:
        await desk.press("app.quit")
        assert not desk.is_open
        assert desk.app.return_code == 0


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (10, 3), (24, 9), (40, 12), (60, 20), (300, 100)])
async def test_every_size_holds_and_comes_back(
    demo: Path, clock: FixedClock, golden: Golden, size: tuple[int, int]
) -> None:
    async with at_the_desk(demo, clock) as desk:
        before = desk.screen()
        await desk.resize(*size)
        await desk.press("cursor.down", "pane.upcoming", "cursor.bottom", "card.toggle", "task.close")
        await desk.key("escape")
        await desk.press("task.add")
        await desk.key("escape")
        await desk.press("card.toggle", "pane.overdue")
        await desk.resize(120, 40)
        assert desk.screen() == before


async def test_when_all_is_done_the_desk_says_so_and_what_comes_next(world: World) -> None:
    world.make_task("Call the bank", due=NOV_24)
    for number in range(3):
        world.make_task(f"Call number {number}", due=date(2026, 11, 25))
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.no_reply")
        assert desk.pane("today").lines()[1].strip() == "All done for today. Next: Wed 25, 3 tasks."
        assert desk.cursor() == "Call number 0", "the cursor goes on"

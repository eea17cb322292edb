"""Everything with the mouse alone."""

from __future__ import annotations

from datetime import date, timedelta

from fu_tui.core.terms import TaskKind
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


async def test_a_double_click_asks_how_it_was_closed(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.click("today", 2)
    assert desk.cursor() == desk.pane("today").rows()[1]
    assert desk.modal() == ""
    await desk.click("today", 3, times=2)
    assert desk.cursor() == desk.pane("today").rows()[2]
    assert desk.modal().startswith("╭ Close")


async def test_a_right_click_shows_what_can_be_done_and_a_click_does_it(world: World) -> None:
    tasks = [world.make_task(f"Ring number {number}", due=NOV_24) for number in range(3)]
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.click("today", 2, button=3)
        assert desk.cursor() == "Ring number 1"
        assert "Ring number 1" in desk.modal()
        await desk.click_on("voicemail")
        assert desk.modal() == ""
        assert desk.pane("today").rows() == ["Ring number 0", "Ring number 2"]
    assert world.task(tasks[1])["outcome"] == "left_voicemail"


async def test_ctrl_click_marks_and_the_header_takes_the_marks_back(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.click("today", 1)
    await desk.click("today", 2, ctrl=True)
    await desk.click("overdue", 1, ctrl=True)
    assert len(desk.marked()) == 2
    assert desk.cursor() == desk.pane("overdue").rows()[0], "the cursor is where was clicked"
    await desk.click("overdue", 1, ctrl=True)
    assert len(desk.marked()) == 1
    await desk.click_on("1 marked")
    assert desk.marked() == []


async def test_a_title_takes_the_cursor_to_its_pane(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    for name in ("upcoming", "today", "overdue"):
        await desk.click(name, 0, 4)
        assert desk.cursor() == desk.pane(name).rows()[0]


async def test_the_line_of_an_empty_pane_too(world: World) -> None:
    world.make_task("Ring the bank", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.click("overdue", 1)
        assert desk.cursor() == ""
        assert desk.pane("overdue").lines()[1].startswith("▌")


async def test_what_is_cut_is_scrolled_by_a_click_on_what_says_so(world: World) -> None:
    for number in range(60):
        world.make_task(f"Ring number {number:02}", due=NOV_24)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        lines = desk.pane("today").lines()
        assert "Ring number 00" in lines[1]
        await desk.click("today", len(lines) - 1, 75)
        assert "Ring number 00" not in desk.pane("today").lines()[1]
        assert desk.cursor() == "Ring number 00", "the cursor stays on its task"
        assert "more ↑" in desk.pane("today").lines()[0]
        await desk.click("today", 0, 75)
        assert "Ring number 00" in desk.pane("today").lines()[1]


async def test_the_keys_of_the_footer_are_pressed_by_clicks(world: World) -> None:
    task = world.make_task("Ring the bank", due=NOV_24 - timedelta(days=1))
    world.make_task("Decide about Betatech", due=NOV_24, kind=TaskKind.DECIDE)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.click_on("n no reply")
        assert world.task(task)["status"] == "done"
        assert desk.footer().startswith(" Ring the bank: no reply yet")
        await desk.click_on("u undo")
        assert world.task(task)["status"] == "open"
        await desk.click_on("Undone: ")
        assert "a add…" in desk.footer(), "a click on the sentence brings the keys back"
        await desk.press("pane.today")
        await desk.click_on("n no reply")
        assert "This step is a decision" in desk.footer() + " ".join(desk.toasts())
        assert len(world.open_tasks()) == 2


async def test_the_header_says_whose_and_a_click_asks_it(demo_desk: DeskDriver) -> None:
    await demo_desk.click_on("· mine")
    assert "Whose queue" in demo_desk.modal()


async def test_a_click_beside_a_card_leaves_it_and_one_on_it_does_not(world: World) -> None:
    world.make_task("Ring the bank", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Send the price list")
        await desk.click_on("When")
        assert desk.modal() != ""
        await desk.click_at(2, 39)
        assert desk.modal() == ""
        await desk.press("task.add")
        assert "Send the price list" in desk.modal(), "the draft is kept"
        await desk.key("escape")


async def test_a_click_beside_the_filter_keeps_its_words(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.press("queue.filter")
    await desk.type("legal")
    await desk.click("overdue", 1)
    assert desk.modal() == ""
    assert "/ legal" in desk.header()
    await desk.click_on("/ legal")
    assert "Rows with" in desk.modal()


async def test_the_wheel_scrolls_the_help(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.resize(80, 24)
    await desk.press("app.help")
    before = desk.modal()
    await desk.wheel(40, 10, 2)
    assert desk.modal() != before
    await desk.wheel(40, 10, -3)
    assert desk.modal() == before

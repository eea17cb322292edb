"""Moving through the queue: rows, pages, ends, panes, the mouse."""

from __future__ import annotations

from pathlib import Path

from fu_tui.core.clock import FixedClock
from fu_tui.settings.config import parse
from tests.tui.driver import at_the_desk


async def test_j_and_k_walk_across_the_panes(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock) as desk:
        late, today, coming = (desk.pane(name).rows() for name in ("overdue", "today", "upcoming"))
        assert desk.cursor() == late[0]
        walked = [desk.cursor()]
        for _ in range(len(late) + len(today)):
            await desk.press("cursor.down")
            walked.append(desk.cursor())
        assert walked == [*late, *today, coming[0]]
        await desk.press("cursor.up")
        assert desk.cursor() == today[-1]
        for _ in range(40):
            await desk.press("cursor.up")
        assert desk.cursor() == late[0], "at the top it stays"


async def test_the_bar_is_painted_on_the_row_of_the_cursor_alone(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock) as desk:
        await desk.press("pane.today", "cursor.down")
        bars = [line for line in desk.screen().splitlines() if line.startswith("▌")]
        assert len(bars) == 1
        assert "Ask which rollout date works" in bars[0]
        assert "Ask which rollout date works" in desk.card()


async def test_ends_and_pages_stay_in_the_pane_until_its_end(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock, size=(80, 24)) as desk:
        await desk.press("pane.upcoming", "cursor.bottom")
        coming = desk.pane("upcoming").rows()
        assert desk.cursor() == coming[-1]
        assert "▌" in desk.screen()
        await desk.press("cursor.page_up")
        assert desk.cursor() in coming[:-1]
        await desk.press("cursor.top")
        assert desk.cursor() == coming[0]
        await desk.press("cursor.half_down", "cursor.half_up")
        assert desk.cursor() == coming[0]
        await desk.press("pane.overdue", "cursor.page_down")
        assert desk.cursor() == desk.pane("overdue").rows()[-1]
        await desk.press("cursor.page_down")
        assert desk.cursor() == desk.pane("today").rows()[0], "from the end a page goes on into the next pane"


async def test_digits_and_tab_go_to_panes(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock) as desk:
        firsts = [desk.pane(name).rows()[0] for name in ("overdue", "today", "upcoming")]
        seen = []
        for action in (
            "pane.upcoming",
            "pane.overdue",
            "pane.today",
            "pane.next",
            "pane.next",
            "pane.previous",
        ):
            await desk.press(action)
            seen.append(firsts.index(desk.cursor()))
        assert seen == [2, 0, 1, 2, 0, 2]


async def test_a_remapped_key_is_the_one_that_works(demo: Path, clock: FixedClock) -> None:
    settings, problems = parse('[keys]\n"cursor.down" = "n"\n"task.no_reply" = "z"\n')
    assert not problems
    async with at_the_desk(demo, clock, settings=settings) as desk:
        before = desk.pane("overdue").rows()
        await desk.key("n")
        assert desk.cursor() == before[1], "n moves now"
        await desk.press("task.no_reply")
        assert desk.pane("overdue").rows() == [before[0], *before[2:]]
        assert "z no reply" not in desk.footer(), "the sentence stands there"
        assert "z done, no reply" in desk.card(), "the card names the key that does it"


async def test_a_click_puts_the_cursor_on_its_row(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock) as desk:
        await desk.click("today", 3)
        assert desk.cursor() == desk.pane("today").rows()[2]
        await desk.click("upcoming", 2)
        assert desk.cursor() == desk.pane("upcoming").rows()[1]

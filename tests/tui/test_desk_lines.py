"""The desk's parts in Textual, on made-up rows: how they look, what a key repaints, what can't break them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from rich.cells import cell_len

from fu_tui.core.terms import Bucket
from fu_tui.settings.themes import GROUNDS, load_theme
from tests.tui import made_up
from tests.tui.gallery import DeskScreen, Gallery

if TYPE_CHECKING:
    from textual.strip import Strip

LOOKS = Path(__file__).parent / "looks"


def strips(app: Gallery) -> list[Strip]:
    return app.screen._compositor.render_strips()


def lines(app: Gallery) -> list[str]:
    return [strip.text for strip in strips(app)]


def sgr(app: Gallery) -> set[str]:
    """Every number in the colour sequences that the terminal would get."""
    written = "".join(strip.render(app.console) for strip in strips(app))
    return {number for sequence in re.findall("\x1b\\[([0-9;]*)m", written) for number in sequence.split(";")}


def desk(app: Gallery) -> DeskScreen:
    return cast("DeskScreen", app.screen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_desk_looks_as_it_was_looked_at(size: tuple[int, int]) -> None:
    """After a wanted change: `python -m tests.tui.gallery --text tests/tui/looks`, and look at the difference."""
    app = Gallery()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        wanted = (LOOKS / f"{size[0]}x{size[1]}.txt").read_text()
        assert "\n".join(line.rstrip() for line in lines(app)) + "\n" == wanted


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_hostile_rows_fill_their_lines_exactly_and_send_nothing(size: tuple[int, int]) -> None:
    app = Gallery()
    async with app.run_test(size=size) as pilot:
        await pilot.press("h", "tab")
        for _ in made_up.HOSTILE:
            await pilot.press("j")
            for line in lines(app):
                assert cell_len(line) == size[0]
                assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", line)
        assert any("[@click=app.bell]x[/]" in line for line in lines(app))
        assert all(
            "@click" not in (style.meta or {}) for strip in strips(app) for _, style, _ in strip if style
        )


async def test_a_move_of_the_cursor_repaints_two_lines() -> None:
    app = Gallery()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        pane = desk(app).stack.today
        drawn: list[int] = []
        render = pane.render_line
        pane.render_line = lambda y: (drawn.append(y), render(y))[1]  # type: ignore[method-assign]
        await pilot.press("j")
        await pilot.pause()
        assert sorted(set(drawn)) == [1, 2]
        assert lines(app)[8].startswith("▌")
        assert not lines(app)[7].startswith("▌")


async def test_a_cut_pane_scrolls_with_its_cursor_and_counts_both_ends() -> None:
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", *["j"] * 12)
        upcoming = lines(app)[-6:-2]
        assert upcoming[0].endswith("11 more ↑ ─")
        assert upcoming[1].startswith("   3 Dec  "), "the first row in view says its day"
        assert upcoming[2].startswith("▌")
        assert "+12 later" in upcoming[3]
        assert upcoming[3].endswith("18 more ↓ ")


async def test_rows_come_and_go_in_place_and_nothing_else_moves() -> None:
    app = Gallery()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        stack = desk(app).stack
        assert [pane.size.height for pane in stack.panes] == [5, 13, 20]
        assert stack.today.drop_row(13)
        assert stack.upcoming.insert_row(
            made_up.row(33, "Discuss the timeline", 1), lambda r: (r.due_on, r.id)
        )
        stack.fit()
        await pilot.pause()
        assert [pane.size.height for pane in stack.panes] == [5, 13, 20], "the line stays blank"
        stack.fit(anew=True)
        await pilot.pause()
        assert [pane.size.height for pane in stack.panes] == [5, 12, 21]
        text = "\n".join(lines(app))
        assert "Share the retail case study" not in text
        assert "─ Due today 11 ─" in text
        assert "─ Upcoming 32 ·" in text
        assert "Discuss the timeline " in text
        assert not stack.today.drop_row(13)
        stack.today.replace_row(made_up.row(12, "Ask which hour works", contact="Ben Ode"))
        await pilot.pause()
        assert "Ask which hour works" in "\n".join(lines(app))


async def test_the_mouse_puts_the_cursor_and_the_wheel_moves_the_rows() -> None:
    app = Gallery()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(offset=(20, 3))
        await pilot.pause()
        assert (desk(app).at, desk(app).cursor) == (0, 2)
        assert lines(app)[3].startswith("▌!")
        upcoming = desk(app).stack.upcoming
        upcoming.scroll_rows(3)
        await pilot.pause()
        assert "3 more ↑" in lines(app)[-6]
        assert desk(app).cursor == 2
        upcoming.scroll_rows(-99)
        await pilot.pause()
        assert "more ↑" not in lines(app)[-6]


async def test_the_card_folds_at_110_columns_and_i_shows_it() -> None:
    app = Gallery()
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.pause()
        assert desk(app).card.display
        assert not desk(app).hint.display
        await pilot.resize_terminal(109, 30)
        await pilot.pause()
        assert not desk(app).card.display
        assert lines(app)[2].endswith("Dana Reed · Isdom              call     2/5 "), (
            "rows are drawn at their new width"
        )
        assert lines(app)[-2].startswith(" n done, no reply → Call: open questions")
        await pilot.press("i")
        assert desk(app).card.display


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 2), (20, 5), (300, 90)])
async def test_any_size_holds_and_the_desk_comes_back(size: tuple[int, int]) -> None:
    app = Gallery()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        before = lines(app)
        await pilot.resize_terminal(*size)
        await pilot.press("j", "tab", "i", "k", "i")
        await pilot.press("tab", "tab", "k", "k")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        desk(app).folded = None
        desk(app).fold(120)
        await pilot.pause()
        assert lines(app) == before


async def test_the_ansi_theme_writes_the_terminals_colours_only() -> None:
    app = Gallery("ansi")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("space")
        assert not sgr(app) & {"38", "48"}
        assert {"7", "31", "1", "2"} <= sgr(app)


async def test_without_colour_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Gallery("ansi")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("space")
        assert sgr(app) <= {"", "0", "1", "2", "7", "39", "49"}
        text = "\n".join(lines(app))
        for words in ("3d late", " ! ", "▌✓!11:00", " ✓  ", "─ Overdue 4 ─"):
            assert words in text


async def test_another_theme_repaints_every_part() -> None:
    app = Gallery("night")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.theme = "day"
        await pilot.pause()
        await pilot.pause()
        grounds = {
            style.bgcolor.name for strip in strips(app) for _, style, _ in strip if style and style.bgcolor
        }
        assert grounds == {load_theme("day").inks[ground].colour for ground in GROUNDS}


async def test_a_new_second_repaints_no_row_and_a_new_minute_only_what_is_late() -> None:
    app = Gallery()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        kept = {pane.bucket: len(pane._strips) for pane in desk(app).stack.panes}
        for seconds, forgotten in ((1, ()), (60, (Bucket.OVERDUE,))):
            for pane in desk(app).stack.panes:
                assert pane._facts
                now = made_up.NOW.replace(minute=14 + seconds // 60, second=seconds % 60)
                pane.set_facts(pane._facts._replace(moment=made_up.MOMENT._replace(now=now)))
                assert len(pane._strips) == (0 if pane.bucket in forgotten else kept[pane.bucket])

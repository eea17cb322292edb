"""The frame that stands before the framework is loaded is the one that the app draws first, cell by cell."""

from __future__ import annotations

from pathlib import Path

import pyte
import pytest

from fu_tui.bootstrap import open_desk, peek
from fu_tui.core.clock import Clock
from fu_tui.settings.config import Settings
from fu_tui.settings.themes import load_theme
from fu_tui.tui import inks
from fu_tui.tui.app import FuApp
from fu_tui.tui.early import _written
from fu_tui.tui.present.frame import FirstFrame
from fu_tui.tui.present.sgr import Sgr


def shown(written: str, width: int, height: int) -> list[list[object]]:
    """Every cell of a terminal that got these bytes: letter, colours, attributes."""
    screen = pyte.Screen(width, height)
    pyte.Stream(screen).feed(written)
    return [[screen.buffer[y][x] for x in range(width)] for y in range(height)]


async def drawn_by_the_app(path: Path, clock: Clock, settings: Settings, size: tuple[int, int]) -> str:
    """The app's first frame, as it would write it."""
    frames: list[str] = []
    desk = open_desk(str(path), "dana", clock=clock)
    app = FuApp(desk, settings, load_theme(settings.theme), patient=lambda seconds: desk)

    def drawn() -> None:
        lines = app.screen._compositor.render_strips()
        frames.append("\r\n".join(line.render(app.console) for line in lines))

    app.post_display_hook = drawn  # type: ignore[method-assign]
    async with app.run_test(size=size):
        assert app.fault is None
    desk.shut()
    return frames[0]


@pytest.mark.parametrize("theme", ["night", "day", "ansi"])
@pytest.mark.parametrize("size", [(160, 45), (140, 40), (120, 40), (110, 15), (80, 24), (60, 20), (80, 11)])
async def test_both_frames_are_the_same(
    demo: Path, clock: Clock, theme: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    inks._inks.cache_clear()  # a style keeps the codes of the first terminal that it was written for
    settings = Settings(theme=theme)
    desk = peek(str(demo), "dana", clock=clock)
    assert desk is not None
    early = _written(FirstFrame(desk, settings, "", *size).lines(), Sgr(load_theme(theme)))
    desk.shut()
    late = await drawn_by_the_app(demo, clock, settings, size)
    assert shown(early, *size) == shown(late, *size)


UNEVEN = ("a\x1b[2Jb", "\x9b2J", "\u202eb", "⚠\ufe0f", "👩🏽 Ana", "👩\u200d💻", "z" + "\u0301" * 9)


@pytest.mark.parametrize("text", UNEVEN)
def test_text_that_the_apps_gate_would_change_is_left_to_the_app(text: str) -> None:
    sgr = Sgr(load_theme("night"))
    assert _written([[("Ana", "text", "background")]], sgr)
    assert _written([[("Ana", "text", "background")], [(text, "text", "background")]], sgr) == ""

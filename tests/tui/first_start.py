"""The first start for tests: an app on a machine where no database ever was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fu_tui.bootstrap import is_first_start, open_desk
from fu_tui.core.clock import Clock
from fu_tui.settings import paths
from fu_tui.settings.config import load
from fu_tui.settings.remembered import Remembered, remembered_file
from fu_tui.settings.themes import load_theme
from fu_tui.tui.app import FuApp
from fu_tui.tui.screens.first_run import FirstRun
from tests.tui.driver import DeskDriver


@asynccontextmanager
async def at_the_first_start(clock: Clock, *, size: tuple[int, int] = (100, 30)) -> AsyncIterator[DeskDriver]:
    """Start the app as `fu` does on the first day, and leave it at the end. Raises what went wrong."""
    assert is_first_start(None, {})
    first = FirstRun(clock, Remembered(remembered_file()))
    settings, _ = load(paths.config_file())
    app = FuApp(
        None, settings, load_theme("night"), first=first,
        patient=lambda seconds: open_desk(clock=clock, patience=seconds, environ={}),
    )  # fmt: skip
    try:
        async with app.run_test(size=size, notifications=True):
            driver = DeskDriver(app)
            await asked(driver, "Welcome")
            yield driver
    finally:
        if app.desk:
            app.desk.shut()
        first.shut()
    if app.fault is not None:
        raise app.fault


async def asked(desk: DeskDriver, words: str) -> None:
    """Wait until a question says `words`: threads work before it, and there may be no desk yet."""
    await desk.until(
        lambda: not desk.app.is_running or (hasattr(desk.app.screen, "card") and words in desk.modal()), words
    )

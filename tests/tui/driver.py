"""A driver of the desk for tests that read like a person's account of it. One rule: it presses the *configured* keys,
on a real database, and reads what is painted.

Nothing sleeps: after a key it waits until every message is handled and the screen is painted.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.keys import key_to_character
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets._toast import Toast

from fu_tui.bootstrap import open_desk
from fu_tui.core.clock import Clock
from fu_tui.settings.config import Settings
from fu_tui.settings.draft import Draft
from fu_tui.settings.keymap import key_name
from fu_tui.settings.remembered import Remembered
from fu_tui.settings.themes import load_theme
from fu_tui.tui.app import DESK_PATIENCE, FuApp
from fu_tui.tui.modals.question import Question
from fu_tui.tui.panes.card import CardView
from fu_tui.tui.panes.footer import DeskFooter
from fu_tui.tui.panes.header import DeskHeader
from fu_tui.tui.panes.hint import HintLine
from fu_tui.tui.panes.queue_pane import QueuePane
from fu_tui.tui.screens.desk import DeskScreen

if TYPE_CHECKING:
    from fu_tui.queries.rows import QueueRow

PATIENCE = 20.0
"""Seconds after which a desk that does not come to rest is called hung."""
_TWICE = 2
"""Refreshes without another message, after which the desk is at rest."""


class Hung(AssertionError):
    """The desk did not do what was waited for."""


class Pane:
    """One of the three panes, as it is painted."""

    def __init__(self, pane: QueuePane) -> None:
        self._pane = pane

    def lines(self) -> list[str]:
        """The title and what stands below it, without the blank lines at the end."""
        return painted(self._pane)

    @property
    def title(self) -> str:
        """`Overdue 4 · 2 hidden`, without the rule."""
        return self.lines()[0].strip("─ ").split(" ──")[0]

    def rows(self) -> list[str]:
        """The actions of the loaded rows, from the top."""
        window = self._pane.window
        return [row.action for row in window.rows] if window else []

    @property
    def count(self) -> int:
        """How many rows the title says there are."""
        return self._pane.total


class DeskDriver:
    """A person at the desk."""

    def __init__(self, app: FuApp) -> None:
        self.app = app
        self.keys_pressed = 0

    # What the person does

    async def press(self, *action_ids: str) -> None:
        """Press the keys that the keymap has for these actions, two where it takes two."""
        for action_id in action_ids:
            keys = dict(self.app.settings.bindings)[action_id]
            assert keys, f"{action_id} has no key"
            for key in keys[0].split(" "):
                await self._send(key)

    async def key(self, *keys: str) -> None:
        """Press keys by name or by the character on them: in a modal, whose keys are not configured."""
        for key in keys:
            await self._send(*_named(key))

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            self._post(*_named(letter))
            self.keys_pressed += 1
        await self.rest()

    async def resize(self, width: int, height: int) -> None:
        """Another size of the terminal."""
        size = Size(width, height)
        driver = self.app._driver
        assert driver is not None
        driver._size = size  # type: ignore[attr-defined]  # what a headless terminal answers
        self.app.post_message(events.Resize(size, size))
        await self.until(lambda: self.desk._compositor.size == size)

    async def click(
        self, pane: str, line: int, column: int = 20, *, button: int = 1, ctrl: bool = False, times: int = 1
    ) -> None:
        """Click on a line of a pane, the title being line 0; button 3 is the right one."""
        widget = self._pane(pane)
        await self.click_at(
            widget.region.x + column, widget.region.y + line, button=button, ctrl=ctrl, times=times
        )

    async def click_on(self, words: str, *, button: int = 1) -> None:
        """Click on the first place of the screen where these words stand."""
        lines = _composed(self.app.screen)
        y = next((y for y, line in enumerate(lines) if words in line), None)
        assert y is not None, f"{words!r} is nowhere:\n{self.seen()}"
        await self.click_at(cell_len(lines[y][: lines[y].index(words)]), y, button=button)

    async def click_at(self, x: int, y: int, *, button: int = 1, ctrl: bool = False, times: int = 1) -> None:
        """Press and let go of a button of the mouse at a cell, as the terminal reports it."""
        self.app._click_chain_last_time = None  # what was clicked before is long ago
        for _ in range(times):
            for kind in (events.MouseDown, events.MouseUp):
                self.app.post_message(
                    kind(None, x, y, 0, 0, button, False, False, ctrl, screen_x=x, screen_y=y)
                )
            await self.rest()

    async def wheel(self, x: int, y: int, notches: int = 1) -> None:
        """Turn the wheel down over a cell, up where negative."""
        kind = events.MouseScrollDown if notches > 0 else events.MouseScrollUp
        for _ in range(abs(notches)):
            self.app.post_message(kind(None, x, y, 0, 0, 0, False, False, False, screen_x=x, screen_y=y))
        await self.rest()

    # What the person sees

    def pane(self, name: str) -> Pane:
        """overdue, today or upcoming."""
        return Pane(self._pane(name))

    def card(self) -> str:
        """The card beside the panes."""
        return "\n".join(line.removeprefix("│ ") for line in painted(self.desk.query_one(CardView)))

    def header(self) -> str:
        """The first line."""
        return painted(self.desk.query_one(DeskHeader))[0]

    def hint(self) -> str:
        """The line that says what n would do."""
        return painted(self.desk.query_one(HintLine))[0]

    def footer(self) -> str:
        """The last line: the keys, or what just happened."""
        return painted(self.desk.query_one(DeskFooter))[0]

    def modal(self) -> str:
        """What the question on the screen says, without its frame's sides; empty where nothing is asked."""
        screen = self.app.screen
        if not isinstance(screen, Question):
            return ""
        region = screen.card.region
        strips = screen._compositor.render_strips()[region.y : region.bottom]
        lines = [_plain(strip.crop(region.x, region.right).text) for strip in strips]
        return "\n".join(line.strip("│ ").rstrip() for line in lines)

    def toasts(self) -> list[str]:
        """The refusals that are on the screen."""
        return [str(toast.render()) for toast in self.desk.query(Toast)]

    def modal_toasts(self) -> list[str]:
        """The same, over the question that is open."""
        return [str(toast.render()) for toast in self.app.screen.query(Toast)]

    def screen(self) -> str:
        """The whole desk, line by line."""
        return "\n".join(line.rstrip() for line in _composed(self.desk)) + "\n"

    def seen(self) -> str:
        """What the terminal shows, a question over the desk included."""
        return "\n".join(line.rstrip() for line in _composed(self.app.screen)) + "\n"

    def cursor(self) -> str:
        """The action under the cursor; empty in an empty pane."""
        row = self.row
        return row.action if row else ""

    def marked(self) -> list[str]:
        """The actions of the rows that carry a mark, as painted."""
        lines = [line for name in ("overdue", "today", "upcoming") for line in self.pane(name).lines()[1:]]
        return [line for line in lines if "✓" in line[:3]]

    @property
    def row(self) -> QueueRow | None:
        """The row under the cursor, which is the one that is painted so."""
        row = self.desk.moving.row
        at = [pane.bucket for pane in self.desk.panes if pane._cursor is not None]
        assert len(at) <= 1, f"two cursors: {at}"
        return row

    @property
    def desk(self) -> DeskScreen:
        """The desk's screen, also while something is asked over it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, DeskScreen))

    # Time

    async def look_again(self) -> None:
        """Let the second pass after which the desk looks whether somebody else wrote."""
        self.desk._look_again()
        await self.rest()

    async def until(self, true: Callable[[], object], what: str = "") -> None:
        """Wait until something is so: for what another thread or process does."""
        async with asyncio.timeout(PATIENCE):
            try:
                while not true():  # noqa: ASYNC110 - what is waited for is another process
                    await asyncio.sleep(0.005)
            except TimeoutError:
                raise Hung(what or f"never came true; the screen:\n{self.screen()}{self.modal()}") from None
        await self.rest()

    async def rest(self) -> None:
        """Wait until every message is handled and the screen is painted."""
        try:
            async with asyncio.timeout(PATIENCE):
                quiet = 0
                while quiet < _TWICE and self.is_open:
                    busy = self._is_busy()
                    while self._is_busy() and self.is_open:  # noqa: ASYNC110 - one turn of the loop each
                        await asyncio.sleep(0)
                    if self.is_open:
                        await self.app.screen.wait_for_refresh()
                    quiet = 0 if busy or self._is_busy() else quiet + 1
        except TimeoutError:
            raise Hung("the desk does not come to rest") from None
        if self.app.fault is not None:
            raise self.app.fault

    @property
    def is_open(self) -> bool:
        """Whether the app still runs."""
        return self.app.is_running and not self.app._exit

    # Means

    async def burst(self, *keys: str) -> None:
        """Keys that arrive all at once, as over a slow line."""
        for key in keys:
            self._post(*_named(key))
        self.keys_pressed += len(keys)
        await self.rest()

    async def _send(self, key: str, character: str | None = None) -> None:
        self._post(key, character)
        self.keys_pressed += 1
        await self.rest()

    def _post(self, key: str, character: str | None) -> None:
        self.app.post_message(events.Key(key, character or key_to_character(key)))

    def _pane(self, name: str) -> QueuePane:
        return self.desk.query_one(f"#{name}", QueuePane)

    def _is_busy(self) -> bool:
        if self.app.message_queue_size:
            return True
        return any(
            node.message_queue_size
            for screen in self.app.screen_stack
            for node in screen.walk_children(with_self=True)
        )


def _named(key: str) -> tuple[str, str | None]:
    """A key by its name, or by the character on it: how the terminal reports it."""
    if len(key) != 1:
        return key, None
    return ("space" if key == " " else key_name(key)), key


def painted(widget: Widget) -> list[str]:
    """The lines of a widget that draws line by line, without the blank ones at its end."""
    lines = [_plain(widget.render_line(y).text).rstrip() for y in range(widget.size.height)]
    while lines and not lines[-1]:
        lines.pop()
    return lines or [""]


def _composed(screen: Screen[object]) -> list[str]:
    return [_plain(strip.text) for strip in screen._compositor.render_strips()]


def _plain(text: str) -> str:
    """A day holds together with blanks that don't break; to the eye they are blanks."""
    return text.replace("\xa0", " ")


@asynccontextmanager
async def at_the_desk(
    path: Path,
    clock: Clock,
    *,
    user: str = "dana",
    size: tuple[int, int] = (120, 40),
    settings: Settings | None = None,
    theme: str = "night",
    patience: float = DESK_PATIENCE,
    minute: float | None = None,
) -> AsyncIterator[DeskDriver]:
    """Open the desk on a database file, and leave it at the end. What went wrong in the app is raised here.

    minute: seconds between two ticks; none unless told, so that nothing comes by itself into a story.
    """
    desk = open_desk(str(path), user, clock=clock, patience=patience)
    app = FuApp(
        desk, settings or Settings(), load_theme(theme),
        patient=lambda seconds: open_desk(str(path), user, clock=clock, patience=seconds),
        draft=Draft(path.with_name("draft.txt")), remembered=Remembered(path.with_name("desk.json")), minute=minute,
    )  # fmt: skip
    try:
        async with app.run_test(size=size, notifications=True):
            driver = DeskDriver(app)
            await driver.until(lambda: not app.is_running or driver.desk.warm)
            yield driver
    finally:
        desk.shut()
    if app.fault is not None:
        raise app.fault

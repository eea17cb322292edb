"""The app: opens the desk's screen in its theme, and leaves the terminal whole whatever happens."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.reactive import Initialize, Reactive
from textual.worker import WorkerFailed

from fu_tui.bootstrap import Desk, is_first_start, open_desk, place
from fu_tui.core.errors import StorageBusy
from fu_tui.settings import paths
from fu_tui.settings.config import Settings, load
from fu_tui.settings.draft import Draft, draft_file
from fu_tui.settings.remembered import Remembered, remembered_file
from fu_tui.settings.themes import Theme
from fu_tui.tui.colours import Depth, depth_of
from fu_tui.tui.filters import desk_filters
from fu_tui.tui.screens.desk import DeskScreen, keyed_desk
from fu_tui.tui.screens.waiting import Waiting
from fu_tui.tui.terminal import that_may_vanish
from fu_tui.tui.themes import variable_defaults
from fu_tui.tui.typeahead import OneKeyAfterTheOther
from fu_tui.tui.wardrobe import Wardrobe, first_theme

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.theme import Theme as TextualTheme

    from fu_tui.tui.early import Early
    from fu_tui.tui.screens.first_run import FirstRun

DESK_PATIENCE = 0.1
"""Seconds that the desk's own connection waits for another process; longer, and a thread waits instead."""
FIRST_PATIENCE = 5.0
"""Seconds that it waits where it was just made."""
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""Signals that end the app in order."""
MINUTE = 60.0
"""Seconds between two ticks."""
OPENING_TRIES = 300
"""So often the desk tries to open: half a minute."""


class FuApp(OneKeyAfterTheOther):
    """fu-tui on the screen."""

    TITLE = "fu"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "screens/desk.tcss"
    theme: Reactive[str] = Reactive(Initialize(lambda app: app.wardrobe.kept.name))  # type: ignore[attr-defined]
    """Known before the styles are read. Chosen afterwards, it would have them read and laid on a second time."""

    def __init__(
        self,
        desk: Desk | None,
        settings: Settings,
        theme: Theme,
        *,
        patient: Callable[[float], Desk],
        draft: Draft | None = None,
        remembered: Remembered | None = None,
        badge: str = "",
        early: Early | None = None,
        problems: Sequence[str] = (),
        depth: Depth = Depth.ALL,
        first: FirstRun | None = None,
        minute: float | None = None,
    ) -> None:
        """desk: None at the first start, where `first` asks and then enters one.
        patient: opens the same database for the thread that waits for another process, with seconds of patience.
        remembered: the toggles, as they were left. depth: how many colours the terminal has.
        minute: seconds between two ticks of the desk; None: it has none.
        """
        self.desk = desk
        self.minute = minute
        self.settings = settings
        self.draft = draft or Draft()
        self.remembered = remembered or Remembered()
        self.waiting = Waiting(patient)
        self.badge = badge
        self.early = early
        """The terminal, where something stands on it already."""
        self.fault: BaseException | None = None
        self.ended_by: list[int] = []
        """Signals to end that came before the app could hear any."""
        self.wardrobe = Wardrobe(self, paths.config_dir() / "themes", theme, settings.theme, depth)
        self._problems = problems
        self._first = first
        super().__init__()

    @property
    def available_themes(self) -> dict[str, TextualTheme]:
        """Ours before the framework's, which has some of the same names."""
        return {**super().available_themes, **self.wardrobe.hung}

    def get_default_screen(self) -> Screen[None]:
        """The desk itself: a blank screen before it would be laid out for nobody. At the first start there is none."""
        if self.desk is None:
            from fu_tui.tui.screens.welcome import Welcome

            return Welcome()
        return self._desk_screen(self.desk)

    def _desk_screen(self, desk: Desk) -> DeskScreen:
        screen = keyed_desk(self.settings.bindings)(desk, self.waiting, self.draft)
        screen.around.recall_card()
        screen.around.fit_card(self.size)
        return screen

    @property
    def desk_screen(self) -> DeskScreen:
        """The desk, whatever is asked over it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, DeskScreen))

    async def enter(self, opened: Callable[[float], Desk], draft: Draft, badge: str) -> None:
        """Go from the first questions to a desk. opened: opens it, with seconds of patience. Raises FuError."""
        self.desk = opened(FIRST_PATIENCE)
        self.waiting, self.draft, self.badge = Waiting(opened), draft, badge
        await self.push_screen(self._desk_screen(self.desk))

    def action_help_quit(self) -> None:
        """ctrl+c ends nothing, or a habit of the shell would lose what is typed; it says which key leaves."""
        desk = next((screen for screen in self.screen_stack if isinstance(screen, DeskScreen)), None)
        if desk is None:
            self.exit()  # before there is a desk nothing was made
            return
        if self.screen is desk:  # a question says itself how to leave it
            desk.say(f"{desk.key_of('app.quit') or 'ctrl+q'} leaves; everything is saved.")

    def on_mount(self) -> None:
        """Take the signals that would leave the terminal in pieces."""
        loop = asyncio.get_running_loop()
        for number in ENDING:
            loop.add_signal_handler(number, self.exit, None, 128 + number)
        if self.ended_by:
            self.exit(None, 128 + self.ended_by[0])
            return
        if self._problems:
            words = "\n".join(self._problems)
            self.notify(words, title="Settings", severity="warning", markup=False, timeout=10)
        if self._first:
            self.run_worker(self._first.begin(self), exclusive=False)

    def get_driver_class(self) -> type[Driver]:
        """On Unix one that ends at once, and notices when the terminal is gone."""
        driver = super().get_driver_class()
        if driver.__name__ != "LinuxDriver":
            return driver
        from fu_tui.tui.driver import PromptDriver

        return that_may_vanish(PromptDriver)

    def opens(self, key: str) -> bool:
        """On the desk the keys that only move and mark open nothing; waiting for them would cost every `j` a turn."""
        return not (isinstance(self.screen, DeskScreen) and self.screen.stays_for(key))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The desk's own variables, under any theme."""
        return variable_defaults()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing that looks like an escape sequence leaves the app."""
        return desk_filters(
            super().get_line_filters(), ansi=self.native_ansi_color, depth=self.wardrobe.depth
        )

    def thread_died(self, how: threading.ExceptHookArgs) -> None:
        """A thread of whatever room ended in a fault: so does the app, as it would in its own thread."""
        if self._loop is not None and how.exc_value is not None:
            with suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._handle_exception, how.exc_value)

    def _handle_exception(self, error: BaseException) -> None:
        # Textual would print the frames with their locals (names, notes); the log gets the bare traceback instead.
        if self.return_code is None:  # else it is on its way out, and what is half taken down may stumble
            self.fault = error.error if isinstance(error, WorkerFailed) else error
            self.exit(return_code=1)


def run(
    db: str | None = None, user: str | None = None, *, badge: str = "", early: Early | None = None
) -> int:
    """Open the desk on a database and stay until the person leaves. Returns the process's exit code.

    early: the terminal, where it shows the first frame already.

    Raises FuError where the desk can't be opened, and whatever ended it that nobody foresaw.
    """
    settings, problems = load(paths.config_file())
    user = user or settings.user
    remembered = Remembered(remembered_file())
    first = _first_run(remembered) if is_first_start(db, os.environ) else None
    desk = None if first else _open(db, user)
    draft = Draft(draft_file(paths.state_dir(), place(db or os.environ.get("FU_DB"))))
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # empty it means nothing, by its own rule; Textual would take it for set
    depth = depth_of()
    theme, complaints = first_theme(settings.theme, paths.config_dir() / "themes", depth)
    app = FuApp(
        desk, settings, theme, patient=lambda seconds: open_desk(db, user, patience=seconds), badge=badge,
        early=early, draft=draft, remembered=remembered, problems=[*map(str, problems), *complaints], depth=depth,
        first=first, minute=MINUTE,
    )  # fmt: skip
    for number in ENDING:
        signal.signal(number, lambda caught, _: app.ended_by.append(caught))
    threading.excepthook = app.thread_died
    try:
        app.run()
    finally:
        if app.desk:
            app.desk.shut()
        if first:
            first.shut()
    if app.fault:
        raise app.fault
    return app.return_code or 0


def _first_run(remembered: Remembered) -> FirstRun:
    from fu_tui.core.clock import SystemClock
    from fu_tui.tui.screens.first_run import FirstRun

    return FirstRun(SystemClock(), remembered)


def _open(db: str | None, user: str | None) -> Desk:
    """The desk, on a connection with little patience, however long another process holds the file at this moment.

    Raises StorageBusy where it holds it for half a minute, and what `open_desk` raises.
    """
    for tried in range(OPENING_TRIES):
        try:
            return open_desk(db, user, patience=DESK_PATIENCE)
        except StorageBusy:
            if tried == 0:
                print("Waiting for another program that holds the database …", file=sys.stderr)
    return open_desk(db, user, patience=DESK_PATIENCE)

"""The app: opens the desk's screen in its theme, and leaves the terminal whole whatever happens."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.reactive import Initialize, Reactive
from textual.worker import WorkerFailed

from fu_tui.bootstrap import Desk, open_desk
from fu_tui.core.errors import FuError, NotFound, StorageBusy, UsageError
from fu_tui.settings import paths
from fu_tui.settings.config import Settings, load
from fu_tui.settings.draft import Draft, draft_file
from fu_tui.settings.themes import Theme, load_theme
from fu_tui.tui.filters import desk_filters
from fu_tui.tui.screens.desk import DeskScreen, keyed_desk
from fu_tui.tui.screens.waiting import Waiting
from fu_tui.tui.terminal import that_may_vanish
from fu_tui.tui.themes import to_textual, variable_defaults
from fu_tui.tui.typeahead import OneKeyAfterTheOther

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.theme import Theme as TextualTheme

    from fu_tui.tui.early import Early

DESK_PATIENCE = 0.1
"""Seconds that the desk's own connection waits for another process; longer, and a thread waits instead."""
ENDING = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end the app in order."""
OPENING_TRIES = 300
"""So often the desk tries to open: half a minute."""


class FuApp(OneKeyAfterTheOther):
    """fu-tui on the screen."""

    TITLE = "fu"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "screens/desk.tcss"
    theme: Reactive[str] = Reactive(Initialize(lambda app: app.first_theme.name))  # type: ignore[attr-defined]
    """Known before the styles are read. Chosen afterwards, it would have them read and laid on a second time."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        theme: Theme,
        *,
        patient: Callable[[float], Desk],
        draft: Draft | None = None,
        badge: str = "",
        early: Early | None = None,
        problems: Sequence[str] = (),
    ) -> None:
        """patient: opens the same database for the thread that waits for another process, with seconds of patience."""
        self.desk = desk
        self.settings = settings
        self.draft = draft or Draft()
        self.waiting = Waiting(patient)
        self.badge = badge
        self.early = early
        """The terminal, where something stands on it already."""
        self.fault: BaseException | None = None
        self.ended_by: list[int] = []
        """Signals to end that came before the app could hear any."""
        self.first_theme = to_textual(theme)
        self._problems = problems
        super().__init__()

    @property
    def available_themes(self) -> dict[str, TextualTheme]:
        """The one that the desk starts in, and whatever else is known."""
        return {self.first_theme.name: self.first_theme, **super().available_themes}

    def get_default_screen(self) -> Screen[None]:
        """The desk itself: a blank screen before it would be laid out for nobody."""
        screen = keyed_desk(self.settings.bindings)(self.desk, self.waiting, self.draft)
        screen.around.fit_card(self.size.width)
        return screen

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
        return desk_filters(super().get_line_filters(), ansi=self.native_ansi_color)

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print the frames with their locals (names, notes); the log gets the bare traceback instead.
        if self.return_code is None:  # else it is on its way out, and what is half taken down may stumble
            self.fault = error.error if isinstance(error, WorkerFailed) else error
            self.exit(return_code=1)


def run(
    db: str | None = None, user: str | None = None, *, badge: str = "", early: Early | None = None
) -> int:
    """Open the desk on a database and stay until the person leaves. Returns the process's exit code.

    early: the terminal, where it shows the first frame already.

    Raises FuError where the desk can't be opened.
    """
    settings, problems = load(paths.config_file())
    user = user or settings.user
    desk = _open(db, user)
    theme, complaints = _theme("ansi" if os.environ.get("NO_COLOR") else settings.theme)
    app = FuApp(
        desk, settings, theme, patient=lambda seconds: open_desk(db, user, patience=seconds), badge=badge,
        early=early, draft=Draft(draft_file(paths.state_dir(), desk.db.path)),
        problems=[*map(str, problems), *complaints],
    )  # fmt: skip
    for number in ENDING:
        signal.signal(number, lambda caught, _: app.ended_by.append(caught))
    try:
        app.run()
    finally:
        desk.shut()
    if app.fault:
        return _tell(app.fault)
    return app.return_code or 0


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


def _theme(name: str) -> tuple[Theme, list[str]]:
    try:
        return load_theme(name, paths.config_dir() / "themes"), []
    except (NotFound, UsageError) as error:
        return load_theme("night"), [str(error)]


def _tell(fault: BaseException) -> int:
    """Write what went wrong to the log and say where it is, without the data that was on the screen."""
    import traceback

    log = paths.private_folder(paths.state_dir()) / "fault.log"
    log.write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
    log.chmod(0o600)
    if isinstance(fault, FuError):
        print(str(fault), file=sys.stderr)
        return fault.exit_code
    print(f"fu-tui had to stop: {type(fault).__name__}. What is known about it is in {log}.", file=sys.stderr)
    return 1

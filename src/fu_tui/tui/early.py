"""The first frame, before the framework is loaded. One rule: it is the very frame that the app draws first, or none.

Loading the framework takes most of a start. What a person wants to see, their rows, is read and written in a fraction
of that: here with nothing but SQLite and the functions that know how the desk's lines look. The app then draws the
same over it. What is out of the ordinary (no file yet, another schema, a terminal of few colours) is left to the app.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

from fu_tui.core.text import for_terminal
from fu_tui.settings import paths
from fu_tui.tui.present.hint import NO_BREAK
from fu_tui.tui.present.sgr import Sgr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fu_tui.tui.present.frame import Painted

ENTER = "\x1b[?1049h"
"""To the alternate screen."""
LEAVE = "\x1b[?1049l\x1b[?25h"
INPUT, OUTPUT = 0, 1
"""The app reads from the one and writes to the other."""
DEEP = ("truecolor", "24bit")
UTF_8 = ("utf-8", "utf8")
ENDING = (signal.SIGTERM, signal.SIGHUP)


class Early:
    """A terminal that was taken before the app."""

    def __init__(self, attributes: list[Any]) -> None:
        self.attributes = attributes
        """How the terminal was found."""
        self.handed_over = False
        """Whether the app has it now, and gives it back."""

    def take(self, frame: str) -> None:
        """Have keys wait, unseen and unread, for the app, and write the frame."""
        now = [*self.attributes[:6], [*self.attributes[6]]]
        now[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        now[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        now[6][termios.VMIN] = 1
        for number in ENDING:
            signal.signal(number, _end)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # until the app can give the terminal back for a while
        with suppress(OSError, termios.error):  # it is gone, which the app will notice
            termios.tcsetattr(INPUT, termios.TCSANOW, now)
            left = frame.encode()
            while left:
                left = left[os.write(OUTPUT, left) :]

    def give_back(self) -> None:
        """Leave the terminal as it was found, unless the app has it."""
        if not self.handed_over:
            with suppress(OSError, termios.error):  # it is gone
                os.write(OUTPUT, LEAVE.encode())
                termios.tcsetattr(INPUT, termios.TCSANOW, self.attributes)


@contextmanager
def early_frame(db: str | None, user: str | None, badge: str) -> Iterator[Early | None]:
    """Show the desk as it will first be drawn, for the block that loads and runs the app; None where it is not shown.

    At the end, and at every signal that ends the process, the terminal is as it was.
    """
    try:
        frame = _frame(db, user, badge)
    except Exception:
        frame = ""  # whatever it is, the app meets it too, and says it
    early = _found() if frame else None
    try:
        if early:
            early.take(frame)
        yield early
    finally:
        if early:
            early.give_back()


def _found() -> Early | None:
    """The terminal as it is; None where it isn't ours to take."""
    try:
        if os.tcgetpgrp(INPUT) != os.getpgrp():
            return None  # in the background: taking it would stop the process
        return Early(termios.tcgetattr(INPUT))
    except (OSError, termios.error):
        return None


def _end(number: int, _at: object) -> NoReturn:
    raise SystemExit(128 + number)


def _frame(db: str | None, user: str | None, badge: str) -> str:
    """The frame as a terminal reads it; empty where the app should draw it alone."""
    from fu_tui.bootstrap import peek
    from fu_tui.settings.config import load
    from fu_tui.settings.remembered import Remembered, card_choice, remembered_file
    from fu_tui.settings.themes import load_theme
    from fu_tui.tui.present.frame import FirstFrame

    if not os.isatty(OUTPUT) or "NO_COLOR" in os.environ or sys.stdout.encoding.lower() not in UTF_8:
        return ""
    settings, problems = load(paths.config_file())
    theme = load_theme(settings.theme, paths.config_dir() / "themes")
    if problems or not (theme.ansi or os.environ.get("COLORTERM", "").lower() in DEEP):
        return ""
    desk = peek(db, user or settings.user)
    if desk is None:
        return ""
    try:
        chosen = card_choice(Remembered(remembered_file()))
        lines = FirstFrame(desk, settings, badge, *shutil.get_terminal_size(), chosen).lines()
    finally:
        desk.shut()
    return _written(lines, Sgr(theme)) if lines else ""


def _written(lines: Sequence[Painted], sgr: Sgr) -> str:
    """The lines with their colours; empty where a text holds anything but letters: the app has a gate for that."""
    said = [ENTER, "\x1b[?25l"]
    for y, line in enumerate(lines, 1):
        said.append(f"\x1b[{y};1H")
        for text, role, ground in line:
            plain = text.replace(NO_BREAK, " ")
            if for_terminal(plain) != plain:
                return ""
            said.append(f"\x1b[{sgr.of(role, ground)}m{text}\x1b[0m")
    return "".join(said)

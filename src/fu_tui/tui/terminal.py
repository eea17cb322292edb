"""The terminal, which changes its size and may vanish (a closed window, a broken line). One rule: the last size wins,
and when the terminal is gone the app ends and hangs on nothing.

The framework writes from a thread behind a short queue. Where the terminal is gone its thread dies of the first error,
the queue fills, and the app waits for ever: a process that nobody sees and only a kill ends. And it reads a new size in
a signal handler, which the next signal interrupts: the older size, told later, stays.
"""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, cast

from textual.events import Resize
from textual.geometry import Size

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.driver import Driver

HUNG_UP = 128 + signal.SIGHUP
"""The exit code of an app that lost its terminal."""


class Output:
    """A file that is written to for as long as somebody reads it."""

    def __init__(self, file: Any, gone: Callable[[], None]) -> None:
        """gone: called from whichever thread writes when the reader is found to be gone."""
        self._file, self._gone = file, gone

    def write(self, text: str) -> None:
        """Write, or find that there is nobody any more."""
        try:
            self._file.write(text)
        except OSError:
            self._gone()

    def flush(self) -> None:
        """Hand over what was written."""
        try:
            self._file.flush()
        except OSError:
            self._gone()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def that_may_vanish(driver: type[Driver]) -> type[Driver]:
    """The framework's driver for a Unix terminal, made to keep the rule."""

    class Vanishing(driver):  # type: ignore[misc, valid-type]
        def __init__(self, app: App[Any], **how: Any) -> None:
            super().__init__(app, **how)
            # The framework draws on standard error, so `fu 2> file` would show nothing and fill the file.
            self._file: Any = Output(sys.__stdout__, self._gone)
            self._file.reconfigure(errors="replace")  # a letter that the terminal lacks is no reason to fail

        def start_application_mode(self) -> None:
            """Take the terminal; from now on sizes are read in the loop, one after the other."""
            super().start_application_mode()
            self._loop.add_signal_handler(signal.SIGWINCH, self._resized)

        def _resized(self) -> None:
            if not self._in_band_window_resize:
                size = Size(*get_terminal_size())
                self._app.post_message(Resize(size, size))

        def run_input_thread(self) -> None:
            """Read keys until the app ends or nobody can press any."""
            try:
                super().run_input_thread()
            except OSError:
                self._gone()
            except BaseException as error:  # the framework would show it, with the values of its variables
                self._loop.call_soon_threadsafe(self._app._handle_exception, error)

        def _gone(self) -> None:
            with suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._app.exit, None, HUNG_UP)

    return cast("type[Driver]", Vanishing)

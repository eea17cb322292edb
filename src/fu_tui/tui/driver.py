"""Keys from a Unix terminal, and frames to it. One rule: nothing waits, neither who leaves nor a frame that is drawn.

The framework's input thread looks ten times a second whether it is to end, and once more after that: a fifth of a
second in which a person who has left looks at a dead screen. This one is woken. And its output thread gets a frame out
only when the app comes to rest, a millisecond or more after it was drawn; here a frame is written when it is made.
"""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from contextlib import suppress
from select import select
from typing import Any

from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from fu_tui.tui.early import ENTER

TICK = 0.1
"""Seconds after which the parser is asked whether a lone escape was the key."""
LAST_WORDS = 0.02
"""Seconds of silence after which the terminal has answered everything: what it still says isn't for the shell."""


class PromptDriver(LinuxDriver):
    """The framework's driver, with an input thread that ends when it is told to, and output that goes out at once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file: Any
        self._stands = False
        """Whether something stands on the alternate screen."""
        self._frame = ""
        """What was drawn of an update that the terminal is to show as a whole."""
        self._heard, self._bell = os.pipe()
        os.set_blocking(self._heard, False)

    def start_application_mode(self) -> None:
        """Take the terminal; where the first frame stands on it already, as it was found before that."""
        early = getattr(self._app, "early", None)
        self._stands = early is not None and not early.handed_over
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if early is not None:
            self.attrs_before, early.handed_over = early.attributes, True

    def write(self, data: str) -> None:
        """Hand `data` to the terminal; an update that it is to show as a whole in one piece."""
        if self._stands and data == ENTER:
            self._stands = False
            return  # it is there, and entering once more would clear it
        self._frame += data
        if data == SYNC_END or not self._frame.startswith(SYNC_START):
            self.flush()

    def flush(self) -> None:
        """Hand over what is held, whole or not: a signal may end the app in the middle of a frame."""
        data, self._frame = self._frame, ""
        self._file.write(data)
        self._file.flush()

    def disable_input(self) -> None:
        """Wake the thread, and wait for it as the framework does."""
        os.write(self._bell, b"!")
        super().disable_input()

    def run_input_thread(self) -> None:
        """Hand on what is typed until the app ends. Raises OSError where the terminal is gone."""
        with suppress(BlockingIOError):
            os.read(self._heard, 64)  # from the last time, where the app was only put to sleep
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")().decode
        while not self.exit_event.is_set():
            ready, _, _ = select([self.fileno, self._heard], [], [], TICK)
            if self._heard in ready:
                break
            typed = decode(self._read()) if ready else ""
            for event in (*(parser.feed(typed) if typed else ()), *parser.tick()):
                self.process_message(event)
        while select([self.fileno], [], [], LAST_WORDS)[0]:
            self._read()

    def _read(self) -> bytes:
        typed = os.read(self.fileno, 4096)
        if not typed:
            raise BrokenPipeError("Nobody can type any more.")
        return typed

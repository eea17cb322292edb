"""The desk on a real pseudo terminal. One rule: what it writes is kept byte for byte, and shown to a terminal emulator.

Nothing sleeps: every wait is for bytes or for the end of the process, and has a limit.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pyte

LIMIT = 30.0
"""Seconds that anything may take on a busy machine."""
ALTERNATE_ON, ALTERNATE_OFF = b"\x1b[?1049h", b"\x1b[?1049l"
SWITCHED = (
    (ALTERNATE_ON, ALTERNATE_OFF), (b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?1000h", b"\x1b[?1000l"),
    (b"\x1b[?1003h", b"\x1b[?1003l"), (b"\x1b[?1006h", b"\x1b[?1006l"), (b"\x1b[?2004h", b"\x1b[?2004l"),
)  # fmt: skip
"""What is switched on and off: the other screen, no cursor, mouse reports, bracketed paste."""


class Terminal:
    """A terminal with one program in it."""

    def __init__(self, pid: int, handle: int, size: tuple[int, int]) -> None:
        self.pid, self._handle = pid, handle
        self.raw = b""
        """Everything that was written."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._status: int | None = None
        self._open = True

    @property
    def text(self) -> str:
        """What a person sees."""
        return "\n".join(line.rstrip() for line in self._lines())

    @property
    def last_line(self) -> str:
        """The line at the bottom."""
        return self._lines()[-1]

    def _lines(self) -> list[str]:
        """The emulator's own way stumbles over half a wide letter, where the other half was painted over."""
        cells = self._screen.buffer
        return [
            "".join(cells[y][x].data for x in range(self._screen.columns)) for y in range(self._screen.lines)
        ]

    def type(self, keys: str) -> None:
        """Press keys, as the bytes that a terminal sends for them."""
        os.write(self._handle, keys.encode())

    def resize(self, width: int, height: int) -> None:
        """Another size; the program is told."""
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self._screen.resize(height, width)
        self.signal(signal.SIGWINCH)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._handle)
        self._open = False

    def until(self, true: Callable[[], object], what: str = "") -> None:
        """Read until something is so."""
        end = monotonic() + LIMIT
        while not true():
            if monotonic() > end:
                raise AssertionError(f"{what or 'it'} did not come; the terminal shows:\n{self.text}")
            self._read(0.05)

    def until_text(self, text: str) -> None:
        """Read until the screen shows it."""
        self.until(lambda: text in self.text, repr(text))

    def until_open(self) -> None:
        """Read until the app has drawn its own frame over the one that stood there before."""
        self.until(lambda: self.raw.count(b"help") > 1, "the app")

    def until_text_gone(self, text: str) -> None:
        """Read until the screen no longer shows it."""
        self.until(lambda: text not in self.text, f"the end of {text!r}")

    def is_stopped(self) -> bool:
        """Whether the program was suspended since this was last asked."""
        pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
        return bool(pid) and os.WIFSTOPPED(status)

    def exit_code(self) -> int:
        """Read to the end, and say how the program ended; a signal's number is negative."""

        def ended() -> bool:
            if self._status is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self._status = status if pid else None
            return self._status is not None

        self.until(ended, "the program's end")
        while self._open and self._read(0.0):
            pass
        assert self._status is not None
        return os.waitstatus_to_exitcode(self._status)

    @property
    def echoes(self) -> bool:
        """Whether the line discipline is as a shell wants it: typed letters are echoed, lines are lines."""
        local = termios.tcgetattr(self._handle)[3]
        return bool(local & termios.ECHO) and bool(local & termios.ICANON)

    def is_whole(self) -> bool:
        """Whether the terminal is as it was before: everything that was switched on is off again, and nothing after."""
        return ALTERNATE_OFF in self.raw and all(
            self.raw.rfind(off) >= self.raw.rfind(on) for on, off in SWITCHED
        )

    def _read(self, patience: float) -> bool:
        if not self._open or not select.select([self._handle], [], [], patience)[0]:
            return False
        try:
            got = os.read(self._handle, 65536)
        except OSError:  # the program has closed its side
            self._open = False
            return False
        self.raw += got
        self._stream.feed(got)
        return bool(got)

    def close(self) -> None:
        """End the program, if it has not ended."""
        if self._status is None:
            try:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
        if self._open:
            os.close(self._handle)


@contextmanager
def terminal(
    *command: str, size: tuple[int, int] = (80, 24), environ: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """Run a command on a terminal of that size, with a name that has colours."""
    pid, handle = pty.fork()
    if pid == 0:
        try:
            # Said in full: a library of the test's own process may have put its COLUMNS behind Python's back.
            said = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environ or {})}
            os.execve(command[0], command, said)  # noqa: S606 - a test's own command
        finally:
            os._exit(127)
    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    shown = Terminal(pid, handle, size)
    try:
        yield shown
    finally:
        shown.close()


FU = """
import sys
from datetime import UTC, datetime
from fu_tui.core.clock import SystemClock
SystemClock.now = lambda self: datetime(2026, 11, 24, 10, 14, tzinfo=UTC)
{injury}
from fu_tui.__main__ import main
sys.argv = ["fu"]
main()
"""


@contextmanager
def desk(
    path: Path,
    *,
    size: tuple[int, int] = (80, 24),
    environ: Mapping[str, str] | None = None,
    injury: str = "",
) -> Iterator[Terminal]:
    """`fu` on a terminal, on the Tuesday of the stories. injury: Python to run in its process before it starts."""
    environ = {"FU_DB": str(path), "FU_USER": "dana", **(environ or {})}
    with terminal(sys.executable, "-c", FU.format(injury=injury), size=size, environ=environ) as shown:
        yield shown

"""A terminal program as its user meets it: on a real pseudo-terminal, timed from the exec or the key to the moment at
which the screen shows something. One rule: the program is read at full speed and stamped as it is read; what it wrote
is drawn afterwards, so that the drawing here never holds the program up."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

COLUMNS, LINES = 120, 40
PATIENCE = 60.0
"""Seconds after which what is waited for never comes."""
DROPPED = ("LINES", "COLUMNS", "NO_COLOR", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
SYNC = b"\x1b[?2026"
"""Begins (h) and ends (l) an update that a terminal shows as a whole."""
UNDRAWN = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b[P\]].*?(?:\x07|\x1b\\)", re.S)
"""What the emulator would print as text: answers and questions that are not for the eye."""
UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[P\]][^\x07\x1b]*)?$")


class Program:
    """A running program and the screen that it has drawn."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen, strict=False)
        self._rest = b""
        self._in_update = False
        self._shown: list[str] = []
        self.ended: float | None = None
        environ = {name: value for name, value in os.environ.items() if name not in DROPPED}
        environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(env or {})}
        self._fd, terminal = os.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self._pid = os.fork()
        if not self._pid:
            try:
                os.login_tty(terminal)
                os.execvpe(command[0], list(command), environ)  # noqa: S606 - no shell is wanted
            finally:
                os._exit(127)
        os.close(terminal)

    def first(self, *shows: str) -> list[float]:
        """Milliseconds from the exec until the screen shows each of these patterns, one after the other."""
        return self._wait(self.started, *shows)

    def type(self, keys: str) -> None:
        """Send keys, and wait for nothing."""
        os.write(self._fd, keys.encode())

    def key(self, keys: str, shows: str | None = None) -> float:
        """Send keys in one write; milliseconds until the screen changed, and shows this pattern if one is named."""
        self.calm()
        at = time.perf_counter()
        os.write(self._fd, keys.encode())
        return self._wait(at, shows)[0]

    def settled(self, keys: str, quiet: float = 0.06) -> float:
        """Send keys; milliseconds until the last change before the screen stood still so long (seconds)."""
        self.calm()
        at = last = time.perf_counter()
        os.write(self._fd, keys.encode())
        while time.perf_counter() - last < quiet:
            for stamp, data in self._read(quiet):
                if self._draw(data):
                    last = stamp
        return (last - at) * 1000

    def leave(self, keys: str) -> float:
        """Send keys; milliseconds until the process is gone. Raises TimeoutError."""
        self.calm()
        at = time.perf_counter()
        os.write(self._fd, keys.encode())
        while self.ended is None:
            self._read(0.5)
            if time.perf_counter() - at > PATIENCE:
                raise TimeoutError(f"it did not end:\n{self.text()}")
        return (self.ended - at) * 1000

    def calm(self, quiet: float = 0.04) -> None:
        """Draw what still comes, until nothing has come for so long (seconds; at most ten times that)."""
        end = time.perf_counter() + 10 * quiet
        while (batch := self._read(quiet)) and time.perf_counter() < end:
            for _, data in batch:
                self._draw(data)

    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def cpu(self) -> float:
        """Milliseconds of processor time it has used, all threads."""
        tasks = Path(f"/proc/{self._pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6

    def memory(self) -> float:
        """The most memory it has had so far, in MiB (resident)."""
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{self._pid}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0

    def kill(self) -> None:
        """End it if it still runs."""
        if self.ended is None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self.ended = time.perf_counter()
        os.close(self._fd)

    def _wait(self, since: float, *shows: str | None) -> list[float]:
        """Until each of the patterns was there, one after the other (None: any change)."""
        found: list[float] = []
        while time.perf_counter() - since < PATIENCE and self.ended is None:
            for stamp, data in self._read(0.01):
                if not self._draw(data):
                    continue
                text = self.text()
                while len(found) < len(shows) and re.search(shows[len(found)] or "", text, re.M):
                    found.append((stamp - since) * 1000)
                    if shows[len(found) - 1] is None:
                        break
            if len(found) == len(shows):
                return found
        raise TimeoutError(f"{shows[len(found)] or 'a change'} never came:\n{self.text()}")

    def _read(self, quiet: float) -> list[tuple[float, bytes]]:
        """What it writes, stamped, until it pauses so long (seconds)."""
        got: list[tuple[float, bytes]] = []
        stop = time.perf_counter() + 0.5
        while self.ended is None and time.perf_counter() < stop:
            if not select.select([self._fd], [], [], quiet)[0]:
                break
            try:
                data = os.read(self._fd, 1 << 16)
            except OSError:  # the other side is closed: it ended
                os.waitpid(self._pid, 0)
                self.ended = time.perf_counter()
                break
            got.append((time.perf_counter(), data))
            if SYNC + b"$p" in data:
                os.write(self._fd, SYNC + b";2$y")  # such updates are known here
        return got

    def _draw(self, data: bytes) -> bool:
        """Draw a piece; whether the screen looks different now."""
        data = self._rest + data
        cut = UNFINISHED.search(data)
        self._rest, data = (data[cut.start() :], data[: cut.start()]) if cut else (b"", data)
        begins, ends = data.rfind(SYNC + b"h"), data.rfind(SYNC + b"l")
        if begins != ends:
            self._in_update = begins > ends
        self._stream.feed(UNDRAWN.sub(b"", data))
        if self._in_update:
            return False
        before, self._shown = self._shown, self._screen.display
        return before != self._shown

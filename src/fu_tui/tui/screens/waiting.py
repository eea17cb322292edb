"""Waiting for another process that holds the file. One rule: in one thread beside the screen, one verb after the other,
and no longer than the person wants."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from fu_tui.core.errors import StorageBusy

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import Event

    Verb = Callable[[Desk], tuple[Event, ...]]

STEP = 0.25
"""Seconds that one try waits; between two tries the person can give up."""
TRIES = 120
"""Tries before the wait is over: half a minute."""


class Waiting:
    """The writer thread."""

    def __init__(self, open_desk: Callable[[float], Desk]) -> None:
        """open_desk: opens the same database for the thread, with so many seconds of patience."""
        self.open_desk = open_desk
        """Opens the same database for a thread, with so many seconds of patience."""
        self._thread: ThreadPoolExecutor | None = None
        self._gave_up = threading.Event()
        self.verbs = 0
        """How many verbs wait."""

    async def run(self, verb: Verb) -> tuple[Event, ...] | None:
        """Run a verb as soon as the file is free. None where the person gave up: then nothing was written.

        Raises StorageBusy where it was never free, and what the verb raises.
        """
        if not self.verbs:
            self._gave_up = threading.Event()
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="waiting")
        self.verbs += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, self._try, verb, self._gave_up)
        finally:
            self.verbs -= 1

    def give_up(self) -> None:
        """Stop waiting; what waits is not done."""
        self._gave_up.set()

    def _try(self, verb: Verb, gave_up: threading.Event) -> tuple[Event, ...] | None:
        for left in range(TRIES, 0, -1):
            if gave_up.is_set():
                break
            try:
                desk = self.open_desk(STEP)
                try:
                    return verb(desk)
                finally:
                    desk.shut()
            except StorageBusy:
                if left == 1:
                    raise
        return None

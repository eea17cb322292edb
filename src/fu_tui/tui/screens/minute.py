"""Once a minute: what time alone brings, and how much of it was not read. One rule: in a thread, on a connection of its
own; the desk never waits for it, and where the file is held it comes with the next minute.

What waited when the desk was opened is counted by the header; only what comes later is said, and never over a question.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fu_tui.core.errors import FuError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fu_tui.core.events import Event
    from fu_tui.tui.screens.desk import DeskScreen

FIRST_AFTER = 1.0
"""Seconds from the first rows to the first tick: keys that are pressed at once go first."""
PATIENCE = 0.25
"""Seconds that a tick waits for another process."""
ON_THE_DESK = frozenset({"today", "overdue", "late"})
"""Kinds of notices that say what the panes show anyway: the header counts them, nothing lies over the rows."""
SHOWN_FOR = 8.0


class Minute:
    """The desk's sense of time."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self._runs = False
        self._begun = False
        """Whether the first tick, which brings what happened before the desk was opened, is over."""
        self._untold: list[str] = []
        """What came while a question was open; it is said with the first minute after it."""
        self.unread = 0
        """How many notices were not read."""

    def begin(self, every: float | None) -> None:
        """Tick now and then every so many seconds; None: what is unread is counted, and nothing ticks."""
        self.count()
        if every is not None:
            self._screen.set_timer(FIRST_AFTER, self._start)
            self._screen.set_interval(every, self._start)

    def count(self) -> None:
        """Count the notices again."""
        with self._screen.guard():
            unread = self._screen.desk.unread()
            if unread != self.unread:
                self.unread = unread
                self._screen.around.refresh()

    def _start(self) -> None:
        if not self._runs:
            self._screen.run_worker(self._tick(), exclusive=False)

    async def _tick(self) -> None:
        self._runs = True
        try:
            events = await asyncio.to_thread(self._in_thread)
        except FuError:
            return  # held, or gone for a moment: what the screen itself reads says so, and the next minute tries again
        finally:
            self._runs = False
        self._show(events)

    def _in_thread(self) -> tuple[Event, ...]:
        desk = self._screen.verbs.waiting.open_desk(PATIENCE)
        try:
            return desk.tick()
        finally:
            desk.shut()

    def _show(self, events: Sequence[Event]) -> None:
        """Say what is new for the person at the desk; the rows follow with the next look."""
        from fu_tui.core.events import Noticed

        screen = self._screen
        if self._begun:
            self._untold += [
                event.text
                for event in events
                if isinstance(event, Noticed)
                and event.user_id == screen.desk.me.id
                and event.kind not in ON_THE_DESK
            ]
        self._begun = True
        self.count()
        if self._untold and screen.is_active:
            first, *others = self._untold
            self._untold = []
            more = f", and {len(others)} more" if others else ""
            screen.notify(f"{first}{more}", markup=False, timeout=SHOWN_FOR)

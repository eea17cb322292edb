"""Keys that come faster than they are handled. One rule: a key is heard by what the key before it opened or closed.

The framework hands every key at once to whatever is on the screen when it arrives. Over a slow line keys arrive in a
bunch: `d` and `n` would then both be the desk's, where `n` closes a task, though it was meant for the question that
`d` opens.

While keys wait, few frames are drawn: nobody sees more, and each would make the next key later.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.app import App

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

ROUNDS = 3
"""Turns through the queues after which everything that a key caused is done: the key goes up from the widget to the
app, the action's message down to the screen, and its answer up again."""


TURNS = 200
"""Turns that a question has to come before the loop rests between two looks for it."""
REST = 0.01
"""Seconds of such a rest."""
FRAME_EVERY = 0.1
"""Seconds between two frames while keys wait."""


class OneKeyAfterTheOther(App[None]):
    """An app that holds a key back until the one before it is done."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead: deque[events.Key] = deque()
        self._busy = False
        self.opening: set[object] = set()
        """Whoever is about to put a question on the screen: keys wait for it."""
        self.hurries = False
        """Whether keys wait and nothing is drawn; what only a reader needs can wait too."""
        self._drawn_at = 0.0

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on; a key when its turn has come."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._busy:
            self._ahead.append(event)
            self._pace()
        elif not self.opens(event.key):
            await super().on_event(event)
        else:
            self._busy = True
            await super().on_event(event)
            self._turn(ROUNDS)

    def opens(self, key: str) -> bool:
        """Whether a key may put something on the screen or take it away, so that the next key waits for it."""
        return True

    def _turn(self, left: int) -> None:
        """Once down to what has the keys, and up again."""
        below: MessagePump = self.focused or self.screen
        if not below.call_later(self.call_later, self._turned, left - 1):
            self.call_later(self._turned, left - 1)  # it has just been closed

    async def _turned(self, left: int) -> None:
        self._pace()
        if left > 0 or (self.opening and left > -TURNS):
            self._turn(left)
            return
        if (
            self.opening
        ):  # something long is under way in a thread, which turns of the loop would keep from working
            self.set_timer(REST, partial(self._turn, left))
            return
        self._busy = False
        while self._ahead and not self._busy:
            await self.on_event(self._ahead.popleft())
        self._pace()

    def _pace(self) -> None:
        """Hold frames back, or let one out; a question is laid out before it hears its first key."""
        asks = self.opening or len(self.screen_stack) > 1
        hurries = bool(self._ahead) and not asks and monotonic() - self._drawn_at < FRAME_EVERY
        if hurries and not self.hurries:
            self._begin_batch()
        elif self.hurries and not hurries:
            self._end_batch()
            self.screen.check_idle()
        self.hurries = hurries

    def post_display_hook(self) -> None:
        """A frame was drawn."""
        self._drawn_at = monotonic()

"""The desk's last line. Shows the keys it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.present.footer import Key, footer_parts, said_parts
from fu_tui.tui.present.parts import Part, action_at, spans_of
from fu_tui.tui.safe import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from fu_tui.tui.present.row import Span


class DeskFooter(LineWidget):
    """The keys that work now."""

    GROUND = "bar"
    keys: tuple[Key, ...] = ()
    _said: tuple[str, str, Key | None] = ("", "", None)

    def show(self, keys: Sequence[Key]) -> None:
        """Offer `keys`, the most wanted first; repaints only when they differ."""
        if tuple(keys) != self.keys:
            self.keys = tuple(keys)
            self.refresh()

    def say(self, sentence: str, short: str = "", back: Key | None = None) -> None:
        """Show what just happened in place of the keys, and the key that takes it back, if one does.

        One line that is there anyway: a window over the desk would cover rows and cost a layout at every key.
        """
        self._said = plain(sentence), plain(short or sentence), back
        self.refresh()

    def fall_silent(self) -> None:
        """Show the keys again."""
        self.say("")

    def line_spans(self, y: int) -> list[Span]:
        """The one line."""
        return [] if y else spans_of(self._parts())

    def _parts(self) -> list[Part]:
        if self._said[0]:
            return said_parts(*self._said, self.size.width)
        return footer_parts(self.keys, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """A click on a key runs its action; on a sentence it brings the keys back."""
        event.stop()
        action_id = action_at(self._parts(), event.x)
        if action_id:
            self.post_message(self.Clicked(action_id))
        elif self._said[0]:
            self.fall_silent()

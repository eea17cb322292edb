"""What every modal is: a screen that asks one question and returns one value. One rule: it writes nothing and calls
no verb; escape leaves and returns None.

A question says its rows; they are drawn on one card, and where a row has room for it the one text field lies on it.
Letters are heard only while no field is there: a focused field takes every printable key.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.geometry import Region, Size
from textual.screen import ModalScreen

from fu_tui.settings.keys import written
from fu_tui.tui.modals.behind import Behind
from fu_tui.tui.modals.card import Card, Field
from fu_tui.tui.modals.placing import FRAME, PLACED, card_region
from fu_tui.tui.modals.rows import SELECTED, SIDES, Key, Row

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult, RenderResult
    from textual.layout import Layout
    from textual.widget import Widget

    from fu_tui.tui.app import FuApp

Answer = TypeVar("Answer")

STEPS = {"cursor.down": 1, "cursor.up": -1}
"""The desk's actions whose keys move in a list, and by how many rows."""
WHEEL = 3
"""Rows that a notch of the wheel goes over."""


class Question(ModalScreen["Answer | None"], Generic[Answer]):
    """A card over the desk."""

    DEFAULT_CSS = Path(__file__).with_name("modals.tcss").read_text("utf-8")
    AUTO_FOCUS = ""
    card: Card
    field: Field
    WIDEST = 78
    """Columns of the card on a wide screen."""
    LOW = False
    """Whether it stands at the bottom, with what lies above it to be read, unveiled."""
    BINDINGS: ClassVar = [
        ("escape", "leave", "leave"),
        ("enter", "enter", "enter"),
        ("down", "move(1)", "down"),
        ("up", "move(-1)", "up"),
        ("pagedown", "move(10)", "page down"),
        ("pageup", "move(-10)", "page up"),
        ("tab", "tab(1)", "next"),
        ("shift+tab", "tab(-1)", "previous"),
        ("f1", "help", "help"),
    ]

    def __init__(self, text: str | None = None) -> None:
        """text: what the field holds at first; None where there is no field at first."""
        super().__init__(classes="-low" if self.LOW else None)
        self._text = text
        self.shown: Sequence[Row] = ()
        """What it says at the moment."""
        self.brief = False
        """Whether the screen is too low for everything: then what can be left away is."""
        self._placed: object = None
        self._sized: Size | None = None

    # What a question says

    @abstractmethod
    def heading(self) -> str:
        """The card's title."""

    @abstractmethod
    def rows(self, width: int) -> list[Row]:
        """Everything it says, `width` cells wide."""

    @abstractmethod
    def keys(self) -> Sequence[Key]:
        """The keys that work now, the one that leaves last."""

    # What a question hears

    def pressed(self, key: str) -> None:
        """A printable key, while no field is there: a letter of the question, else one that moves on the desk."""
        self.steps(key)

    def steps(self, key: str) -> bool:
        """Move as the desk's own keys for the cursor do, as they are configured; whether `key` is one of them."""
        bound = dict(cast("FuApp", self.app).settings.bindings)
        by = next((by for action, by in STEPS.items() if key in map(written, bound.get(action, ()))), 0)
        if by:
            self.action_move(by)
        return bool(by)

    def picked(self, pick: str) -> None:
        """A choice was clicked; the same as its letter."""
        self.pressed(pick)

    def typed(self, text: str) -> None:
        """The field now holds `text`."""

    def pasted(self, lines: Sequence[str]) -> None:
        """Several lines were pasted into the field; it has one, so nothing but their breaks is lost."""
        self.field.insert_text_at_cursor(" ".join(line.strip() for line in lines if line.strip()))

    def action_enter(self) -> None:
        """The enter key."""

    def action_move(self, by: int) -> None:
        """The cursor goes down by so many rows, up where negative."""

    def action_tab(self, by: int) -> None:
        """The tab key; backwards where negative."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer, once: a second answer would take away the screen below."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Its keys, over it; what was typed stays."""
        from fu_tui.tui.modals.help import QuestionHelp

        self.app.push_screen(QuestionHelp(self.heading(), self.keys()))

    def clicked_away(self) -> None:
        """A click beside the card."""
        self.action_leave()

    def first_row(self, room: int) -> int:
        """The first row shown where only `room` fit: the field, or the line under the cursor, stays in view."""
        field = self._field_row()
        at = field[0] if field else next((y for y, row in enumerate(self.shown) if row.ground == SELECTED), 0)
        return max(0, min(at - room + 1, len(self.shown) - room))

    # How it gets there

    @property
    def layout(self) -> Layout:
        """No stylesheet places a card: it does so itself."""
        return PLACED

    def render(self) -> RenderResult:  # type: ignore[override]  # a screen may be a visual as any widget may
        """What lies around the card: the screen below, faded."""
        stack = self.app.screen_stack
        return Behind(stack[stack.index(self) - 1], self.styles.background) if self in stack[1:] else ""

    def compose(self) -> ComposeResult:
        """The card, and the field over it."""
        self.card, self.field = Card(), Field(self._text or "")
        self.field.display = self._text is not None
        self.field.takes = self.pasted
        if (self._text or "").startswith(" "):
            self.field.cursor_position = 0  # what is asked for belongs before what is known already
        yield self.card
        yield self.field

    def on_mount(self) -> None:
        """Say everything before the first layout, which comes by itself."""
        self._sized = self.app.size
        self._say()

    def on_resize(self, event: events.Resize) -> None:
        """Other widths wrap other rows; what was typed stays. The size it was made for asks for no second layout."""
        if event.size == self._sized:
            event.prevent_default()
        else:
            self._sized = event.size
            self.redraw()

    def on_key(self, event: events.Key) -> None:
        """Printable keys are letters of choices, as long as no field is there."""
        if not event.is_printable or not event.character:
            return
        event.stop()  # it may be the answer: then the screen below would hear it as its own
        if self.field.display:  # typed on before the field had the focus, or after it lost it
            self.set_focus(self.field)
            self.field.insert_text_at_cursor(event.character)
        else:
            self.pressed(event.character)

    def on_input_changed(self) -> None:
        """Told as it is now: the field's content may have been replaced since."""
        self.typed(self.field.value)

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self.action_enter()

    def on_card_picked(self, message: Card.Picked) -> None:
        """A click on a choice."""
        self.picked(message.pick)

    def on_click(self, event: events.Click) -> None:
        """A click beside the card leaves it."""
        if not self._region(self.app.size).contains_point(event.screen_offset):
            event.stop()
            self.clicked_away()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves as the arrows do."""
        event.stop()
        self.action_move(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves as the arrows do."""
        event.stop()
        self.action_move(-WHEEL)

    def redraw(self) -> None:
        """Say everything anew."""
        if self._say():
            self.card.refresh(layout=True)

    def _say(self) -> bool:
        """Fill the card; True where it or the field now lies elsewhere."""
        size = self.app.size
        self.shown = self._fitting(size)
        placed = (size, len(self.shown), self._field_row())
        moved = placed != self._placed
        if moved:
            self._placed = placed
            self._show_field(placed[2] is not None)
        self.card.scroll_rows(self.first_row(self._region(size).height - FRAME))
        below = len(self.shown) - self.card.top - self._region(size).height + FRAME
        keys = self.keys()
        if below > 0 and keys[0][0] != "↓":
            keys = (("↓", f"{below} more"), *keys)
        self.card.show(self.heading(), self.shown, keys)
        return moved

    def _fitting(self, size: Size) -> Sequence[Row]:
        """What it says on a screen of `size`: all of it, else briefly, else without its blank lines too."""
        width, room = max(1, self._region(size).width - SIDES), size.height - FRAME
        self.brief = False
        rows = self.rows(width)
        if len(rows) > room:
            self.brief = True
            rows = self.rows(width)
        return rows if len(rows) <= room else [row for row in rows if row != Row()]

    def region_of(self, child: Widget, size: Size) -> Region:
        """Where the card or the field lies on a screen of `size`."""
        card = self._region(size)
        field = self._field_row()
        if child is self.card or field is None:
            return card
        at, start, cells = field
        width = cells or max(1, card.width - SIDES - start)
        return Region(card.x + SIDES // 2 + start, card.y + 1 + at - self.card.top, width, 1)

    def _region(self, size: Size) -> Region:
        return card_region(size, len(self.shown), self.WIDEST, low=self.LOW)

    def _field_row(self) -> tuple[int, int, int] | None:
        """The row the field lies on, from which cell, how many cells (0: to the edge)."""
        for at, row in enumerate(self.shown):
            if row.field_at is not None:
                return at, row.field_at, row.field_width
        return None

    def _show_field(self, shown: bool) -> None:
        self.field.display = shown
        self.set_focus(self.field if shown else None)

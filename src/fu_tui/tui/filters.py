"""The last gate before the terminal. One rule: no control character leaves the app but those Textual itself writes.

Textual passes an escape sequence in a text through to the terminal, which may write the clipboard (OSC 52) or
worse; and a lone surrogate can't be encoded and would end the app. Whatever slipped past `safe` stops here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import set_cell_size, split_graphemes
from rich.segment import Segment
from textual.filter import LineFilter, Monochrome, NoColor

from fu_tui.tui.colours import Depth, NearestColours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.color import Color

# C0, DEL, C1, bidi marks and overrides, line separators: none has a width on the screen, so they just go.
_GONE = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
)
_JOINER, _VARIANT = "\u200d", "\ufe0f"
# A lone surrogate has one cell, and keeps it.
_HARMLESS = dict.fromkeys(_GONE) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class EscapeGate(LineFilter):
    """Takes control characters out of every line, and the address of a link that holds one; widths stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """`segments` without forbidden characters; the same list where there are none."""
        if all(
            text.isprintable() and _VARIANT not in text and (style is None or not style.link)
            for text, style, _ in segments
        ):  # fmt: skip
            return segments
        return [
            Segment(_even(text.translate(_HARMLESS)), _unlinked(style), control)
            for text, style, control in segments
        ]


def _even(text: str) -> str:
    """`text` without what changes the width of its neighbour: a line that is cut there would not fit any more."""
    if _VARIANT not in text and _JOINER not in text:
        return text
    return "".join(
        text[start:end] if _VARIANT not in text[start:end] and _JOINER not in text[start:end]
        else set_cell_size(text[start].strip(_VARIANT + _JOINER), cells)
        for start, end, cells in split_graphemes(text)[0]
    )  # fmt: skip


def _unlinked(style: Style | None) -> Style | None:
    if style is None or not style.link or style.link.isprintable():
        return style
    return style.update_link(None)


_GATE = EscapeGate()
_NO_COLOR = NoColor()
_NEAREST = NearestColours()


def desk_filters(filters: Sequence[LineFilter], *, ansi: bool, depth: Depth = Depth.ALL) -> list[LineFilter]:
    """What `App.get_line_filters` returns: Textual's own `filters`, the nearest colours where the terminal has 256
    (`depth`), then the gate.

    Under NO_COLOR Textual chooses between grey and no colour at all once, before the app has its theme; with an
    ansi theme (`ansi`: `App.native_ansi_color`) there must be no colour, or the terminal's background is painted over.
    """
    chosen = [_NO_COLOR if ansi and isinstance(f, Monochrome) else f for f in filters]
    return [*chosen, *((_NEAREST,) if depth is Depth.MANY else ()), _GATE]

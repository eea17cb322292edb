"""The last gate before the terminal. One rule: no control character leaves the app but those Textual itself writes.

Textual passes an escape sequence in a text through to the terminal, which may write the clipboard (OSC 52) or
worse; and a lone surrogate can't be encoded and would end the app. Whatever slipped past `safe` stops here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter, Monochrome, NoColor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.color import Color

# C0, DEL, C1, bidi marks and overrides, line separators: all have no width on the screen. Surrogates have one cell.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _harmless(match: re.Match[str]) -> str:
    return "\ufffd" if "\ud800" <= match.group() <= "\udfff" else ""


class EscapeGate(LineFilter):
    """Takes control characters out of every line, and the address of a link that holds one; widths stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """`segments` without forbidden characters; the same list where there are none."""
        search = _FORBIDDEN.search
        if not any(search(text) or (style is not None and style.link) for text, style, _ in segments):
            return segments
        clean = []
        for text, style, control in segments:
            if style is not None and style.link and search(style.link):
                style = style.update_link(None)
            clean.append(Segment(_FORBIDDEN.sub(_harmless, text), style, control))
        return clean


_GATE = EscapeGate()
_NO_COLOR = NoColor()


def desk_filters(filters: Sequence[LineFilter], *, ansi: bool) -> list[LineFilter]:
    """What `App.get_line_filters` returns: Textual's own `filters`, then the gate.

    Under NO_COLOR Textual chooses between grey and no colour at all once, before the app has its theme; with an
    ansi theme (`ansi`: `App.native_ansi_color`) there must be no colour, or the terminal's background is painted over.
    """
    chosen = [_NO_COLOR if ansi and isinstance(f, Monochrome) else f for f in filters]
    return [*chosen, _GATE]

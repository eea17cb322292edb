"""The one way for text that people wrote onto the screen. One rule: user text is never markup and never control.

A name such as `[@click=app.bell]Acme[/]`, an escape sequence, a bidi override or a NUL came from an import, a mail or
a colleague. Every widget slot that would parse a string gets what these helpers return instead; `notify` is called
with `markup=False` and `plain(text)`.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.content import Content

from fu_tui.core.text import for_terminal

plain = for_terminal
"""User text as a single harmless line: for notify, titles and columns."""


def content(text: str) -> Content:
    """User text for any widget that takes visuals (Static, OptionList, Label …): shown letter by letter."""
    return Content(plain(text))


def segment(text: str, style: Style | None = None) -> Segment:
    """User text for a line-API widget."""
    return Segment(plain(text), style)

"""The desk behind a card, faded. One rule: it looks as the framework's own veil does, at a fraction of its cost.

The framework mixes colours for every segment of every line each time a card opens or grows; a desk has some forty
different styles, so each is mixed once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.visual import Visual

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.screen import Screen
    from textual.style import Style as VisualStyle
    from textual.visual import RenderOptions


class Behind(Visual):
    """Another screen's lines under a veil: a colour whose alpha says how thick it is."""

    def __init__(self, below: Screen[object], veil: Color) -> None:
        self._below, self._veil = below, veil

    def render_strips(
        self, width: int, height: int | None, style: VisualStyle, options: RenderOptions
    ) -> list[Strip]:
        """The lines as they are on the screen below, without links."""
        veil = self._veil
        return [
            Strip([Segment(text, faded(ink, veil)) for text, ink, _ in strip], strip.cell_length)
            for strip in self._below._compositor.render_strips()
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All of it."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """All of it."""
        return self._below.size.height


@lru_cache(maxsize=1024)
def faded(ink: Style | None, veil: Color) -> Style:
    """`ink` seen through `veil`, without links."""
    if ink is None:
        return Style.null()
    ink = ink.clear_meta_and_links()
    if veil.a == 0:
        return ink
    colour, ground = (
        (Color.from_rich_color(each) + veil).rich_color if each is not None else None
        for each in (ink.color, ink.bgcolor)
    )
    return ink + Style.from_color(colour, ground)

"""How many colours the terminal has, and what becomes of a theme with more. One rule: a theme that can't be shown
readably is not shown.

Measured: rounded to sixteen colours, night's and day's rows under the cursor and marked rows have the colour of the
screen, and so can't be seen; such a terminal gets a theme made of its own colours. Rounded to 256, the framework's
arithmetic paints the row under the cursor and the marked ones the same navy; the nearest of the 240 fixed colours, as
the eye has it, keeps every tint apart and every word readable, so here those are taken.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color as RichColor
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import constants
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

    from fu_tui.settings.themes import Theme

_STEPS = (0, 95, 135, 175, 215, 255)
_FIRST, _GREYS = 16, 232
_HUE = 2

Lab = tuple[float, float, float]


class Depth(IntEnum):
    """How many colours a terminal shows."""

    NONE = 0
    """None are wanted: NO_COLOR."""
    SIXTEEN = 16
    MANY = 256
    ALL = 1 << 24


def depth_of(environ: Mapping[str, str] = os.environ) -> Depth:
    """What the environment says of the terminal: NO_COLOR (unless it is empty), COLORTERM, TERM, and
    TEXTUAL_COLOR_SYSTEM, which overrules the last two."""
    if environ.get("NO_COLOR"):
        return Depth.NONE
    console = Console(
        color_system=constants.COLOR_SYSTEM,  # type: ignore[arg-type]  # a name from the environment
        force_terminal=True, legacy_windows=False, _environ=environ,
    )  # fmt: skip
    return {"truecolor": Depth.ALL, "256": Depth.MANY}.get(console.color_system or "", Depth.SIXTEEN)


def why_not(theme: Theme, depth: Depth) -> str:
    """Why a theme can't be shown on a terminal of so many colours; empty where it can."""
    if theme.ansi or depth >= Depth.MANY:
        return ""
    if depth is Depth.NONE:
        return "NO_COLOR is set, so only the terminal's own colours are used."
    return "It needs 256 colours; this terminal says it has 16 (TERM and COLORTERM name them)."


class NearestColours(LineFilter):
    """Every colour becomes the nearest of the 240 that are the same on all terminals of 256."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """`segments` in fixed colours; the terminal's own sixteen stay."""
        return [Segment(text, _rounded(style), control) for text, style, control in segments]


@lru_cache(maxsize=1024)
def _rounded(style: Style | None) -> Style | None:
    if style is None:
        return None
    colour, ground = (
        RichColor.from_ansi(nearest(tuple(each.triplet))) if each is not None and each.triplet else None
        for each in (style.color, style.bgcolor)
    )
    return style + Style.from_color(colour, ground)


@lru_cache(maxsize=1024)
def nearest(rgb: tuple[int, ...]) -> int:
    """The number, 16 to 255, of the colour that looks most like `rgb`. Hue counts twice: of two steps as far away, the
    one that keeps a pale text pale and a red red is the better."""
    light, green_red, blue_yellow = oklab(rgb)

    def far(other: tuple[int, Lab]) -> float:
        a, b, c = other[1]
        return (light - a) ** 2 + _HUE * ((green_red - b) ** 2 + (blue_yellow - c) ** 2)

    return min(_fixed(), key=far)[0]


def fixed(number: int) -> tuple[int, int, int]:
    """What colour number 16 to 255 is, in red, green and blue of 255."""
    if number >= _GREYS:
        grey = 8 + 10 * (number - _GREYS)
        return grey, grey, grey
    cube = number - _FIRST
    return _STEPS[cube // 36], _STEPS[cube // 6 % 6], _STEPS[cube % 6]


@lru_cache(maxsize=1)
def _fixed() -> tuple[tuple[int, Lab], ...]:
    return tuple((number, oklab(fixed(number))) for number in range(_FIRST, 256))


def oklab(rgb: tuple[float, ...]) -> Lab:
    """A colour where distance is what the eye sees of it (Oklab: lightness, green to red, blue to yellow)."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in rgb)
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )

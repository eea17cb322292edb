"""How many colours a terminal has, and what is painted where it has fewer than a theme."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from fu_tui.settings.themes import load_theme
from fu_tui.tui.colours import Depth, NearestColours, depth_of, fixed, nearest, why_not
from fu_tui.tui.filters import desk_filters


@pytest.mark.parametrize(
    ("environ", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Depth.ALL),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, Depth.ALL),
        ({"TERM": "xterm-256color"}, Depth.MANY),
        ({"TERM": "screen-256color"}, Depth.MANY),
        ({"TERM": "tmux-256color", "COLORTERM": ""}, Depth.MANY),
        ({"TERM": "xterm"}, Depth.SIXTEEN),
        ({"TERM": "linux"}, Depth.SIXTEEN),
        ({"TERM": "screen"}, Depth.SIXTEEN),
        ({"TERM": "unknown"}, Depth.SIXTEEN),
        ({}, Depth.SIXTEEN),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Depth.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, Depth.MANY),
    ],
)
def test_the_environment_says_how_many_there_are(environ: dict[str, str], depth: Depth) -> None:
    assert depth_of(environ) is depth


@pytest.mark.parametrize("depth", Depth)
def test_a_theme_of_the_terminals_own_colours_goes_everywhere(depth: Depth) -> None:
    assert why_not(load_theme("ansi-dark"), depth) == ""
    assert bool(why_not(load_theme("night"), depth)) is (depth < Depth.MANY)


def test_each_fixed_colour_is_its_own_nearest() -> None:
    assert [nearest(fixed(number)) for number in range(16, 256)] == list(range(16, 256))


def test_dark_tints_stay_greys_where_the_framework_makes_navy_of_them() -> None:
    tint = RichColor.parse(load_theme("night").inks["selected"].colour)
    line = [Segment("x", Style(color="red", bgcolor=None) + Style.from_color(None, tint)), Segment("y", None)]
    (painted, bare) = NearestColours().apply(line, Color(0, 0, 0))
    assert painted.style
    assert painted.style.bgcolor == RichColor.from_ansi(236)
    assert painted.style.color == RichColor.parse("red"), "the terminal's own colours stay"
    assert bare.style is None


def test_only_a_terminal_of_256_needs_them() -> None:
    for depth in Depth:
        used = [type(each) for each in desk_filters([], ansi=False, depth=depth)]
        assert (NearestColours in used) is (depth is Depth.MANY)

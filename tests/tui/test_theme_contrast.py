"""Every theme can be read: measured on what the desk paints in each state of its rows and of the windows over it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.color import Color as RichColor
from rich.style import Style

from fu_tui.core.clock import FixedClock
from fu_tui.settings.contrast import AA, AAA, contrast
from fu_tui.settings.themes import ROLES, Theme, load_theme, load_themes
from fu_tui.tui.colours import fixed, nearest, oklab
from fu_tui.tui.inks import Inks
from fu_tui.tui.modals.question import Question
from fu_tui.tui.themes import to_textual
from tests.tui.driver import DeskDriver, at_the_desk

LINES = frozenset("─│├┌╭╮╰╯▌ \xa0")
"""What is drawn, not read."""
THEMES = load_themes().themes
COLOURED = sorted(name for name, theme in THEMES.items() if not theme.ansi)
ANSI = sorted(name for name, theme in THEMES.items() if theme.ansi)


class Painted(NamedTuple):
    """Words as they are painted."""

    words: str
    style: Style


async def walk(desk: DeskDriver) -> AsyncIterator[list[Painted]]:
    """Each state: plain, selected, marked and both, in every pane; keys that work and keys that don't; a refusal, and a
    toast; why, what is foreseen and the load, with the card and without; each kind of window with its list, its field
    and its errors."""
    yield painted(desk)
    await desk.press("queue.mark", "queue.mark", "cursor.up")
    yield painted(desk)
    await desk.press("pane.today", "queue.mark")
    yield painted(desk)
    await desk.press("cursor.up")
    yield painted(desk)
    await desk.press("pane.upcoming")
    yield painted(desk)
    await desk.press("queue.clear", "task.no_reply")  # on a question: refused
    yield painted(desk)
    desk.app.notify("Why it was not done.", title="Settings", severity="warning", markup=False)
    await desk.rest()
    yield painted(desk)
    await desk.press("pane.overdue", "card.why", "view.forecast", "view.load", "pane.upcoming")
    yield painted(desk)
    await desk.press("card.toggle")
    yield painted(desk)
    await desk.press("card.toggle", "view.load", "view.forecast", "card.why")
    windows = (
        ("task.close", ["down", "down"]),
        ("task.close", ["c", *"soonish", "enter"]),
        ("task.reassign", []),
        ("task.add", [*"Send it @ana next week", "ctrl+o", "shift+left"]),
        ("app.theme", []),
        ("app.help", []),
        ("queue.filter", [*"ana"]),
    )
    for action, keys in windows:
        await desk.press("pane.overdue", action)
        await desk.key(*keys)
        yield painted(desk)
        await desk.key("escape")


def painted(desk: DeskDriver) -> list[Painted]:
    """The words on the screen; of a window over the desk those on its card."""
    screen = desk.app.screen
    strips = screen._compositor.render_strips()
    if isinstance(screen, Question):
        card = screen.card.region
        strips = [strip.crop(card.x, card.right) for strip in strips[card.y : card.bottom]]
    return [
        Painted(words, style)
        for strip in strips
        for words, style, _ in strip
        if style is not None and set(words) - LINES
    ]


def hexes(style: Style) -> tuple[str, str]:
    """Colour and ground, as the eye gets them."""
    assert style.color
    assert style.bgcolor
    assert not style.dim, "what dim is made of, only the terminal knows"
    colour, ground = (each.get_truecolor().hex for each in (style.color, style.bgcolor))
    return (ground, colour) if style.reverse else (colour, ground)


def rounded(colour: str) -> str:
    """A colour on a terminal of 256."""
    return "#{:02x}{:02x}{:02x}".format(*fixed(nearest(rgb(colour))))


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def states(theme: Theme) -> set[tuple[str, str]]:
    """What must have been seen: the words of each kind of row, on each ground that a row has."""
    roles = ("overdue", "today", "dim"), ("background", "selected", "marked")
    pairs = {(role, ground) for role in roles[0] for ground in roles[1]}
    pairs |= {
        ("strong", "selected"),
        ("text", "marked"),
        ("accent", "bar"),
        ("dim", "bar"),
        ("upcoming", "background"),
    }
    return {(theme.inks[role].colour, theme.inks[ground].colour) for role, ground in pairs}


@pytest.mark.parametrize("name", COLOURED)
async def test_every_word_in_every_state_can_be_read(name: str, demo: Path, clock: FixedClock) -> None:
    seen: dict[tuple[str, str], str] = {}
    async with at_the_desk(demo, clock, theme=name) as desk:
        async for state in walk(desk):
            seen |= {hexes(style): words for words, style in state}
    assert not states(load_theme(name)) - seen.keys(), "the walk leaves a state out"
    least = AAA if name == "stark" else AA
    faint = {
        (words, depth): f"{ratio:.2f}"
        for pair, words in seen.items()
        for depth, (colour, ground) in (("all", pair), ("256", (rounded(pair[0]), rounded(pair[1]))))
        if (ratio := contrast(colour, ground)) < least
    }
    assert not faint


@pytest.mark.parametrize("name", COLOURED)
def test_the_row_under_the_cursor_a_marked_one_and_the_rest_are_told_apart(name: str) -> None:
    inks = THEMES[name].inks
    pairs = [
        *combinations(("background", "selected", "marked"), 2),
        ("bar", "selected"),
    ]  # the last: lists in windows
    for one, other in ((inks[a].colour, inks[b].colour) for a, b in pairs):
        assert distance(rgb(one), rgb(other)) > 3
        assert rounded(one) != rounded(other), "on a terminal of 256 colours too"


FORBIDDEN = {
    "ansi": {"black", "white", "yellow", "cyan", "blue", "green", "bright_black", "bright_white", "bright_yellow",
             "bright_cyan", "bright_green"},
    "ansi-dark": {"black", "blue", "bright_black"},
    "ansi-light": {"white", "yellow", "cyan", "green", *(n for n in ("bright_white", "bright_yellow", "bright_cyan",
                   "bright_green", "bright_red", "bright_magenta", "bright_blue", "bright_black"))},
}  # fmt: skip
"""Colours that can't be read, on terminals as they come, on one of the grounds that a theme is for."""


@pytest.mark.parametrize("name", ANSI)
async def test_the_terminal_s_own_colours_are_only_used_where_they_can_be_read(
    name: str, demo: Path, clock: FixedClock
) -> None:
    seen: set[Style] = set()
    async with at_the_desk(demo, clock, theme=name) as desk:
        async for state in walk(desk):
            seen |= {style for _, style in state}
    assert len(seen) > 5
    for style in seen:
        assert style.color
        assert style.bgcolor
        assert style.bgcolor.is_default, "the ground is the terminal's"
        assert style.color.number not in {RichColor.parse(each).number for each in FORBIDDEN[name]}
        assert style.color.is_default or (style.color.number is not None and style.color.number < 16)
        if style.reverse:
            assert style.color.is_default, "a colour would be a block behind the words"
            assert not style.dim, "dim on reverse is a grey on a grey"
        assert not (style.dim and not style.color.is_default), "a dim colour is black on many terminals"


@pytest.mark.parametrize("name", ANSI)
def test_no_role_of_an_ansi_theme_is_a_block_on_the_reversed_row(name: str) -> None:
    inks = Inks.of(to_textual(THEMES[name]).variables)
    for role in ROLES:
        style = inks.style(role, "selected")
        assert style.reverse
        assert not style.dim
        assert style.color
        assert style.color.is_default


# Without red cones, without green ones, without blue ones: what is seen of linear red, green and blue
# (Machado, Oliveira and Fernandes 2009, severity 1).
BLIND = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
APART = 20
"""Distance (Oklab, × 100) at which two inks are told apart at a glance; night's red and amber have 16 to all cones."""


def without(kind: str, colour: str) -> tuple[float, ...]:
    """A colour as eyes without one kind of cones have it."""
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in rgb(colour))
    ]
    left = [
        min(1.0, max(0.0, sum(part * value for part, value in zip(row, linear, strict=True))))
        for row in BLIND[kind]
    ]
    return tuple(255 * (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055) for v in left)


def distance(one: Iterable[float], other: Iterable[float]) -> float:
    pairs = zip(oklab(tuple(one)), oklab(tuple(other)), strict=True)
    return 100 * float(sum((a - b) ** 2 for a, b in pairs)) ** 0.5


@pytest.mark.parametrize("kind", ["protan", "deutan", "tritan"])
def test_beacon_tells_late_today_and_keys_apart_to_every_eye(kind: str) -> None:
    inks = THEMES["beacon"].inks
    for one, other in combinations(("overdue", "today", "accent"), 2):
        assert distance(without(kind, inks[one].colour), without(kind, inks[other].colour)) > APART, (
            one,
            other,
        )
        on_256 = (without(kind, rounded(inks[each].colour)) for each in (one, other))
        assert distance(*on_256) > APART, (one, other)


def test_the_measure_finds_what_is_alike_to_some() -> None:
    inks = THEMES["day"].inks
    assert (
        distance(without("deutan", inks["overdue"].colour), without("deutan", inks["today"].colour)) < APART
    )

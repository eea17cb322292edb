"""Roles become styles: the theme's colours, and no colour where the terminal's own ground is used."""

from __future__ import annotations

from rich.style import Style

from fu_tui.settings.themes import ROLES, load_theme
from fu_tui.tui.inks import Inks
from fu_tui.tui.themes import to_textual, variable_defaults


def inks(name: str) -> Inks:
    return Inks.of(to_textual(load_theme(name)).variables)


def test_a_role_has_its_colour_on_its_ground() -> None:
    assert inks("night").style("overdue", "selected") == Style.parse("bold #f7768e on #292f49")
    assert inks("day").style("dim") == Style.parse("#5a6072 on #fbfaf6")
    assert inks("ansi").style("overdue") == Style.parse("bold red on default")


def test_on_a_reversed_ground_words_are_plain() -> None:
    assert inks("ansi").style("overdue", "selected") == Style.parse("bold reverse default on default")
    assert inks("ansi").style("dim", "selected") == Style.parse("reverse default on default")


def test_the_ansi_theme_uses_the_sixteen_colours_alone() -> None:
    for role in ROLES:
        for ground in ("background", "selected", "marked", "bar"):
            style = inks("ansi").style(role, ground)
            for colour in (style.color, style.bgcolor):
                assert colour is not None
                assert colour.is_default or (colour.number is not None and colour.number < 16)


def test_equal_themes_share_their_styles_and_a_strange_theme_has_plain_ones() -> None:
    assert inks("night") is inks("night")
    assert Inks.of({}).style("overdue") == Inks.of(variable_defaults()).style("overdue")
    assert Inks.of({}).style("overdue") == Style.parse("default on default")

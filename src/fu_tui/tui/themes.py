"""Themes on the screen: a checked theme becomes a Textual theme whose variables carry every ink of the desk.

One rule: no colour is named in Python. A role's colour is the variable `desk-ROLE`, its attributes `desk-ROLE-style`,
for stylesheets and for `inks` alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import Theme as TextualTheme

from fu_tui.settings.themes import ROLES, Ink, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from textual.app import App

PREFIX = "desk-"
STYLE = "-style"


def variable_defaults() -> dict[str, str]:
    """What the desk's variables are under a theme that isn't ours: for `App.get_theme_variable_defaults`."""
    return _variables({role: Ink("default") for role in ROLES})


def to_textual(theme: Theme) -> TextualTheme:
    """`theme` for `App.register_theme`.

    An ansi theme keeps the terminal's colours as they are: Textual then switches its translation to true colour
    off by itself, as long as the app's `ansi_color` is left at None.
    """
    colour = {role: css_colour(ink.colour) for role, ink in theme.inks.items()}
    widgets = {
        "text-muted": colour["dim"],
        "text-disabled": colour["faint"],
        "border": colour["accent"],
        "border-blurred": colour["faint"],
        "block-cursor-foreground": colour["strong"],
        "block-cursor-background": colour["selected"],
        "block-cursor-text-style": _attributes(theme.inks["selected"]) or "bold",
        "input-cursor-foreground": colour["background"],
        "input-cursor-background": colour["text"],
        "input-cursor-text-style": "reverse" if theme.ansi else "none",
        "input-selection-background": colour["selected"],
        "input-selection-foreground": colour["strong"],
        "ansi-background": colour["background"],
        "ansi-foreground": colour["text"],
        "scrollbar": colour["faint"],
        "scrollbar-background": colour["background"],
    }
    return TextualTheme(
        name=theme.name,
        dark=theme.dark,
        ansi=theme.ansi,
        primary=colour["accent"],
        secondary=colour["accent"],
        accent=colour["accent"],
        success=colour["accent"],
        warning=colour["today"],
        error=colour["overdue"],
        foreground=colour["text"],
        background=colour["background"],
        surface=colour["bar"],
        panel=colour["bar"],
        variables={**widgets, **_variables(theme.inks)},
    )


def register(app: App[Any], themes: Iterable[Theme]) -> None:
    """Make `themes` known to `app`. A name known before gets the new colours at the next style refresh."""
    for theme in themes:
        app.register_theme(to_textual(theme))


def css_colour(colour: str) -> str:
    """An ink's colour as a stylesheet writes it."""
    return colour if colour.startswith("#") else f"ansi_{colour}"


def _variables(inks: Mapping[str, Ink]) -> dict[str, str]:
    variables = {}
    for role, ink in inks.items():
        variables[PREFIX + role.replace("_", "-")] = css_colour(ink.colour)
        variables[PREFIX + role.replace("_", "-") + STYLE] = _attributes(ink) or "none"
    return variables


def _attributes(ink: Ink) -> str:
    return " ".join(sorted(ink.attributes))

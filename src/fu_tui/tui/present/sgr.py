"""A theme's inks as a terminal reads them. One rule: the same colours and attributes as the app's own styles have."""

from __future__ import annotations

from fu_tui.settings.themes import Theme

HUES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
ATTRIBUTES = (("bold", "1"), ("dim", "2"), ("italic", "3"), ("underline", "4"), ("reverse", "7"))


class Sgr:
    """The graphic renditions of one theme."""

    def __init__(self, theme: Theme) -> None:
        self._inks = theme.inks
        self._made: dict[tuple[str, str], str] = {}

    def of(self, role: str, ground: str) -> str:
        """The parameters of the escape sequence for words of `role` on `ground`; see Inks.style."""
        if (role, ground) not in self._made:
            ink, beneath = self._inks[role], self._inks[ground]
            words, colour = ink.attributes | beneath.attributes, ink.colour
            if "reverse" in beneath.attributes:
                words, colour = words - {"dim"}, self._inks["text"].colour
            parts = [number for word, number in ATTRIBUTES if word in words]
            self._made[role, ground] = ";".join([*parts, _colour(colour, 30), _colour(beneath.colour, 40)])
        return self._made[role, ground]


def _colour(colour: str, base: int) -> str:
    """base: 30 for letters, 40 for the ground."""
    if colour.startswith("#"):
        return f"{base + 8};2;" + ";".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    if colour == "default":
        return str(base + 9)
    bright = 60 if colour.startswith("bright_") else 0
    return str(base + bright + HUES.index(colour.removeprefix("bright_")))

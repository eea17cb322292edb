"""Inks: a role and the ground it stands on become one terminal style. One rule: a style is made here or not at all."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color as RichColor
from rich.style import Style

from fu_tui.settings.themes import ROLES
from fu_tui.tui.themes import PREFIX, STYLE

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARED = tuple(PREFIX + role.replace("_", "-") for role in ROLES)


class Inks:
    """All styles of one theme, made as they are asked for."""

    def __init__(self, values: tuple[tuple[str, str], ...]) -> None:
        self._ink = dict(zip(ROLES, values, strict=True))
        self._styles: dict[tuple[str, str], Style] = {}

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> Inks:
        """The inks that an app's theme variables (`App.theme_variables`) carry; equal variables share one object."""
        return _inks(
            tuple((variables.get(n, "ansi_default"), variables.get(n + STYLE, "none")) for n in _SHARED)
        )

    def style(self, role: str, ground: str = "background") -> Style:
        """How words of `role` look on `ground` (a role that is painted behind text).

        Where the ground is reversed (a terminal without a tint to spare), the role's own colour and dimness are
        left away: they would paint blocks instead of words.
        """
        key = (role, ground)
        if (style := self._styles.get(key)) is None:
            style = self._styles[key] = self._make(role, ground)
        return style

    def _make(self, role: str, ground: str) -> Style:
        colour, attributes = self._ink[role]
        under, beneath = self._ink[ground]
        words = {*attributes.split(), *beneath.split()}
        if "reverse" in beneath.split():
            colour = self._ink["text"][0]
            words.discard("dim")
        return Style(
            color=_rich(colour),
            bgcolor=_rich(under),
            bold="bold" in words or None,
            dim="dim" in words or None,
            italic="italic" in words or None,
            underline="underline" in words or None,
            reverse="reverse" in words or None,
        )


@lru_cache(maxsize=16)
def _inks(values: tuple[tuple[str, str], ...]) -> Inks:
    return Inks(values)


def _rich(colour: str) -> RichColor:
    return RichColor.parse(colour.removeprefix("ansi_"))

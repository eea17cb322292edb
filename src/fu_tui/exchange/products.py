"""How products are spelled. One rule: only case, spaces and hyphens are forgiven, never a letter."""

from __future__ import annotations

import re

from fu_tui.exchange.records import fold


class Products:
    """The list of products, if a file gave one."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._loose: dict[str, list[str]] = {}
        self._known: dict[str, tuple[str, str]] = {}

    def add(self, name: str) -> bool:
        """Take a product of the list; False when it was there already."""
        if fold(name) in self._names:
            return False
        self._names[fold(name)] = name
        self._loose.setdefault(_loose(name), []).append(name)
        return True

    def read(self, written: str) -> tuple[str, str]:
        """How the list spells what a row writes ("GTXPro" is "GTX Pro"), and what there is to say about it.

        What the list does not know, or knows twice when read that loosely, stays as written.
        """
        known = self._known.get(written)
        if known is None:
            known = self._known[written] = self._look_up(written)
        return known

    def _look_up(self, written: str) -> tuple[str, str]:
        exact = self._names.get(fold(written))
        alike = self._loose.get(_loose(written), [])
        name = exact or (alike[0] if len(alike) == 1 else written)
        if name != written:
            return name, f"product “{written}” read as “{name}”"
        if written and self._names and not exact:
            return name, f"product “{written}” kept, though the list of products does not have it"
        return name, ""


def _loose(name: str) -> str:
    return re.sub(r"[\s_-]", "", name.casefold())

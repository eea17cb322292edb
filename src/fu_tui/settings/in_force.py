"""Which settings count, and where each comes from. Rule: an option goes before the environment, that before the file,
that before the default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fu_tui.settings import paths
from fu_tui.settings.actions import ACTIONS
from fu_tui.settings.config import ENTRIES, KEYS, File, Settings, theme_name


class Setting(NamedTuple):
    """One setting in force."""

    name: str
    """As it is written, after its section: "ui.theme"."""
    value: str | bool | None
    default: str | bool | None
    source: str
    """default, file, environment or option."""
    where: str = ""
    """The variable or the option."""
    line: int | None = None
    """The line of the file."""


class Keys(NamedTuple):
    """The keys of one action."""

    action_id: str
    keys: tuple[str, ...]
    default: tuple[str, ...]
    """Both by the names that the registry uses."""
    line: int | None
    """The line of the file; None where the profile says so."""


def settings_in_force(
    file: File, environ: Mapping[str, str], *, db: str | None = None, user: str | None = None
) -> list[Setting]:
    """Every setting but the keys. db, user: what an option or the environment says."""
    theme = theme_name(file.settings, environ)
    outside = {
        "database": _said(db, "--db", environ, "FU_DB"),
        "user.as": _said(user, "--as", environ, "FU_USER"),
        "ui.theme": None if theme == file.settings.theme else ("environment", "NO_COLOR"),
    }
    stated = {
        f"{section}.{key}": (getattr(file.settings, entry.attribute), getattr(Settings(), entry.attribute))
        for section, entries in ENTRIES.items()
        for key, entry in entries.items()
    }
    values = stated | {"database": (str(paths.place(db)), str(paths.default_database()))}
    values["user.as"] = (user or file.settings.user, None)
    values["ui.theme"] = (theme, Settings().theme)
    found = []
    for name, (value, default) in values.items():
        line = file.lines.get(name)
        source, where = outside.get(name) or ("default" if line is None else "file", "")
        found.append(Setting(name, value, default, source, where, line if source == "file" else None))
    return found


def keys_in_force(file: File) -> list[Keys]:
    """The actions whose keys are not those of the registry."""
    keys = dict(file.settings.bindings)
    return [
        Keys(action.id, keys[action.id], action.keys, file.lines.get(f"{KEYS}.{action.id}"))
        for action in ACTIONS
        if keys[action.id] != action.keys
    ]


def _said(
    value: str | None, option: str, environ: Mapping[str, str], variable: str
) -> tuple[str, str] | None:
    """Who says a value that an option or the environment may say; None where neither does."""
    if not value:
        return None
    return ("environment", variable) if environ.get(variable) == value else ("option", option)

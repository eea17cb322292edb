"""Writing into the settings file. Rule: a person's file stays theirs: comments, order and what is wrong in it are kept,
and the file is written whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fu_tui.core.errors import StorageError, UsageError
from fu_tui.settings.config import SIZE_LIMIT
from fu_tui.settings.paths import private_folder

Value = str | bool | Sequence[str]


def set_value(path: Path, section: str, key: str, value: Value | None) -> None:
    """Have `[section] key` say `value` in the settings file at `path`, which is made where there is none.

    value: None takes the line out, so that the default counts again.
    Raises UsageError where the file is not TOML or too large to be edited, StorageError for what the disk says.
    """
    set_values(path, section, {key: value})


def set_values(path: Path, section: str, values: Mapping[str, Value | None]) -> None:
    """`set_value` for several keys of a section: all of them or none."""
    try:
        text = _read(path)
        for key, value in values.items():
            text = _edited(text, section, key, value)
        private_folder(path.parent)
        _write(path, text)
    except OSError as error:
        raise StorageError(
            f"{path} can't be written: {error.strerror or error}.", "Nothing was changed."
        ) from error


def refuse_broken(path: Path) -> None:
    """Say beforehand what `set_values` would say of this file. Raises UsageError, StorageError."""
    try:
        _edited(_read(path), "", "", None)
    except OSError as error:
        raise StorageError(f"{path} can't be read: {error.strerror or error}.") from error


def _read(path: Path) -> str:
    if not path.exists():
        return ""
    if path.stat().st_size > SIZE_LIMIT:
        raise UsageError(f"{path} is larger than 1 MiB.", "Edit it by hand.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            f"{path} is not UTF-8.", "Save it as UTF-8; `fu config validate` says where."
        ) from None


def _edited(text: str, section: str, key: str, value: Value | None) -> str:
    import tomlkit  # only when something is set
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        table = document.get(section)
        if table is None:
            if value is None:
                return text
            table = tomlkit.table()
            document[section] = table
        home, name = _home(table, key)
        if value is None:
            home.pop(name, None)
        else:
            home[name] = value if isinstance(value, str | bool) else list(value)
        return tomlkit.dumps(document)
    except (TOMLKitError, ValueError, AttributeError, TypeError) as error:
        raise UsageError(
            f"The settings file can't be edited: {error}.", "`fu config validate` says what is wrong in it."
        ) from error


def _home(table: Any, key: str) -> tuple[Any, str]:
    """Where a key stands, and as what: whole ("task.add" = …), or in tables of tables (task.add = …)."""
    home, name = table, key
    while key not in table and "." in name:
        first, _, name = name.partition(".")
        home = home.get(first)
        if not isinstance(home, dict):
            return table, key
    return (home, name) if name in home else (table, key)


def _write(path: Path, text: str) -> None:
    target = path.resolve()  # a file that lies elsewhere and is linked to stays linked
    part = target.with_name(target.name + ".new")
    handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as new:
        new.write(text)
        new.flush()
        os.fsync(handle)
    if target.exists():
        part.chmod(target.stat().st_mode & 0o777)
    part.rename(target)

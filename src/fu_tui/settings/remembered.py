"""What the app remembers from one run to the next without being told: a toggle, a thing once seen. Rule: losing it
loses no data, so a file that is broken or that the disk refuses means the defaults and stops nothing.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from fu_tui.settings.paths import private_folder, state_dir

SIZE_LIMIT = 64 * 1024
"""Bytes; a larger file is not read."""

Value = TypeVar("Value", bool, str)


class Remembered:
    """Named values in one small file (0600), which is written whole or not at all."""

    def __init__(self, file: Path | None = None) -> None:
        """file: where they are kept; None keeps them in memory only."""
        self._file = file
        self._values = _read(file) if file else {}

    def get(self, name: str, default: Value) -> Value:
        """The value of `name`; `default` where there is none, or one of another type."""
        value = self._values.get(name, default)
        return value if type(value) is type(default) else default

    def set(self, name: str, value: bool | str) -> None:
        """Remember that `name` is `value`, on the disk at once."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        if self._file is not None:
            with suppress(OSError):
                # Another desk may have remembered something meanwhile.
                self._values = {**_read(self._file), name: value}
                _write(self._file, self._values)


def remembered_file() -> Path:
    """Where the desk's memory lies."""
    return state_dir() / "desk.json"


def _read(file: Path) -> dict[str, bool | str]:
    try:
        with file.open("rb") as opened:
            raw = opened.read(SIZE_LIMIT + 1)
        stated = json.loads(raw) if len(raw) <= SIZE_LIMIT else {}
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(stated, dict):
        return {}
    return {name: value for name, value in stated.items() if isinstance(value, bool | str)}


def _write(file: Path, values: dict[str, bool | str]) -> None:
    private_folder(file.parent)
    part = file.with_name(f"{file.name}.{os.getpid()}.new")
    handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as new:
            json.dump(values, new, indent=1, sort_keys=True)
            new.flush()
            os.fsync(handle)
        part.rename(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise


CARD = "card.wanted"
_CARD = {"shown": True, "folded": False}


def card_choice(remembered: Remembered) -> bool | None:
    """Whether the card was shown or folded by hand the last time; None where the width decides."""
    return _CARD.get(remembered.get(CARD, ""))

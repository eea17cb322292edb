"""The draft: what was typed into a capture and not saved yet. Rule: it survives the app, and losing it loses no data,
so a disk that refuses it stops nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from fu_tui.settings.paths import private_folder

SIZE_LIMIT = 1024 * 1024
"""Bytes; more is not read back."""


class Draft:
    """One database's draft, in a file of its own (0600) that is written whole or not at all."""

    def __init__(self, file: Path | None = None) -> None:
        """file: where it is kept; None keeps it in memory only."""
        self._file = file
        self.text = self._saved = self._read()
        """What is offered at the next capture, line by line."""

    def save(self) -> None:
        """Bring what was typed to the disk, if it is not there already."""
        if self._file is None or self.text == self._saved:
            return
        self._saved = self.text
        with suppress(OSError):
            self._write(self._file)

    def _write(self, file: Path) -> None:
        if not self.text:
            file.unlink(missing_ok=True)
            return
        private_folder(file.parent)
        part = file.with_name(file.name + ".new")
        handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as new:
            new.write(self.text.encode("utf-8", "replace"))
            new.flush()
            os.fsync(handle)
        part.rename(file)

    def _read(self) -> str:
        if self._file is None:
            return ""
        try:
            with self._file.open("rb") as file:
                return file.read(SIZE_LIMIT).decode("utf-8", "replace")
        except OSError:
            return ""


def draft_file(folder: Path, database: Path) -> Path:
    """Where the draft for a database lies in the state folder: the demo's is not offered at the real desk."""
    return folder / f"draft-{crc32(str(database).encode()):08x}.txt"

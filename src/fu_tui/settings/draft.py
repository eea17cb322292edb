"""The draft: what was typed and not saved yet, into a capture or another question. Rule: it survives the app, and
losing it loses no data, so a disk that refuses it stops nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from fu_tui.settings.paths import private_folder

SIZE_LIMIT = 1024 * 1024
"""Bytes; more is not read back."""
MOST_NOTES = 50
"""Questions whose text is kept; the oldest goes first."""


class Draft:
    """One database's draft, in files of its own (0600) that are written whole or not at all."""

    def __init__(self, file: Path | None = None) -> None:
        """file: where a capture is kept, and beside it what other questions held; None keeps all in memory only."""
        self._file = file
        self._notes_file = file.with_suffix(".json") if file else None
        self.text = _read(self._file)
        """What is offered at the next capture, line by line."""
        noted = _read(self._notes_file)
        self._notes = _parsed(noted) if noted else {}
        self._saved = (self.text, noted)

    def note(self, question: str) -> str:
        """What was typed into a question, the last time; empty where nothing was."""
        return self._notes.get(question, "")

    def keep_note(self, question: str, text: str) -> None:
        """Offer `text` again where the question is asked again; forget it where `text` is empty."""
        self._notes.pop(question, None)
        if text.strip():
            self._notes[question] = text
        for oldest in list(self._notes)[:-MOST_NOTES]:
            del self._notes[oldest]

    def save(self) -> None:
        """Bring what was typed to the disk, if it is not there already."""
        now = (self.text, _written(self._notes) if self._notes else "")
        for file, text, saved in zip((self._file, self._notes_file), now, self._saved, strict=True):
            if file is not None and text != saved:
                with suppress(OSError):
                    _write(file, text)
        self._saved = now


def draft_file(folder: Path, database: Path) -> Path:
    """Where the draft for a database lies in the state folder: the demo's is not offered at the real desk."""
    return folder / f"draft-{crc32(str(database).encode()):08x}.txt"


def _written(notes: dict[str, str]) -> str:
    import json

    return json.dumps(notes)


def _parsed(text: str) -> dict[str, str]:
    import json

    try:
        notes = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    pairs = notes.items() if isinstance(notes, dict) else ()
    return {question: typed for question, typed in pairs if isinstance(typed, str)}


def _write(file: Path, text: str) -> None:
    if not text:
        file.unlink(missing_ok=True)
        return
    private_folder(file.parent)
    part = file.with_name(file.name + ".new")
    handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as new:
        new.write(text.encode("utf-8", "replace"))
        new.flush()
        os.fsync(handle)
    part.rename(file)


def _read(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        with file.open("rb") as kept:
            return kept.read(SIZE_LIMIT).decode("utf-8", "replace")
    except OSError:
        return ""

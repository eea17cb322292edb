"""The log of faults: what went wrong in fu-tui itself, for whoever mends it. Rule: none of the person's data is in it.

It holds kinds of exceptions and places in the source. The words of an exception may quote what was on the screen, so
they are kept only of kinds whose words name code; the values of variables never are.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from traceback import StackSummary, extract_tb

from fu_tui.core.clock import SystemClock, utc_text
from fu_tui.core.errors import FuError
from fu_tui.settings import paths

NAME = "fault.log"
SIZE_LIMIT = 128 * 1024
"""Bytes after which a new log is begun; the one before is kept beside it."""
FIRST_FRAMES, LAST_FRAMES = 16, 24
"""Places shown of one exception; a recursion has a thousand."""
SPEAKS_OF_CODE = (AttributeError, NameError, ImportError, RecursionError, IndexError, ArithmeticError)
"""Kinds whose words come from the source, not from the data."""


def keep(fault: BaseException) -> str:
    """Write a fault into the log, and say in a sentence where it is, or why it could not be written."""
    try:
        log = _append(told(fault))
    except (OSError, FuError) as error:
        why = error.message if isinstance(error, FuError) else f"{error.strerror}."
        return f"It went wrong at {place(fault)}; the log could not be written: {why}"
    return f"What is known about it is in {log}."


def told(fault: BaseException) -> str:
    """What the log says of a fault: when, in which version, and the chain of exceptions that led to it."""
    from fu_tui import __version__

    now = utc_text(SystemClock().now())
    python = ".".join(map(str, sys.version_info[:3]))
    lines = [f"{now} fu-tui {__version__}, Python {python}, {sys.platform}\n"]
    for link in _chain(fault):
        lines += _frames(link).format()
        lines.append(f"{_kind(link)}\n")
    return "".join(lines) + "\n"


def place(fault: BaseException) -> str:
    """The last place of our own source that a fault passed, as `tui/app.py:33`; its kind where it passed none."""
    passed = [
        frame for frame in extract_tb(fault.__traceback__) if _short(frame.filename).startswith("fu_tui/")
    ]
    return f"{_short(passed[-1].filename)}:{passed[-1].lineno}" if passed else type(fault).__name__


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """What led to a fault, the first cause first."""
    links: list[BaseException] = []
    at: BaseException | None = fault
    while at is not None and at not in links:
        links.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return reversed(links)


def _frames(fault: BaseException) -> StackSummary:
    passed = list(extract_tb(fault.__traceback__))
    del passed[FIRST_FRAMES : max(FIRST_FRAMES, len(passed) - LAST_FRAMES)]
    frames = StackSummary.from_list(passed)
    for frame in frames:
        frame.filename = _short(frame.filename)  # the whole path names the person's home
    return frames


def _short(file: str) -> str:
    """A source file from its package on."""
    for folder in ("/site-packages/", "/src/", f"/python{sys.version_info[0]}.{sys.version_info[1]}/"):
        _, found, rest = file.replace("\\", "/").rpartition(folder)
        if found:
            return rest
    return Path(file).name


def _kind(link: BaseException) -> str:
    if isinstance(link, SPEAKS_OF_CODE):
        return f"{type(link).__name__}: {link}"
    more = getattr(link, "sqlite_errorname", "") or getattr(link, "strerror", "")
    return f"{type(link).__name__}{f' ({more})' if more else ''}"


def _append(text: str) -> Path:
    log = paths.private_folder(paths.state_dir()) / NAME
    if log.exists() and log.stat().st_size > SIZE_LIMIT:
        log.replace(log.with_name(f"{NAME}.1"))
    handle = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, 0o600)
        file.write(text.encode("utf-8", "replace"))
    return log

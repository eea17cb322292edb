"""The person's own mail program. One rule: it is opened beside the app, never in it: no shell, no terminal of ours,
and nobody waits for it.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from urllib.parse import quote

from fu_tui.core.text import clean_text

ANSWERS_WITHIN = 8.0
"""Seconds after which an opener that still runs has opened something."""

Command = tuple[str, ...]


def mailto(address: str, subject: str) -> str:
    """A link that opens a mail to `address`; nothing in either can become a header or another address."""
    return (
        f"mailto:{quote(clean_text(address).strip(), safe='@')}?subject={quote(clean_text(subject), safe='')}"
    )


def openers(environ: Mapping[str, str], platform: str) -> list[Command]:
    """The programs that may open a link here, the likeliest first.

    Without a display the desktop's openers are left out: they would look for a browser that draws in the terminal.
    """
    from shutil import which

    if platform == "darwin":
        named: list[Command] = [("open",)]
    elif environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        named = [("xdg-open",), ("gio", "open")]
    else:
        named = []
    if environ.get("WSL_DISTRO_NAME"):
        named.append(("wslview",))
    for entry in environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(entry)
        except ValueError:
            continue
        if words:
            named.append(tuple(words))
    return [command for command in named if which(command[0], path=environ.get("PATH"))]


def open_mail(link: str) -> bool:
    """Open `link` with the first program that takes it; False where none does. It may take seconds: not on the loop."""
    return any(_opened(command, link) for command in openers(os.environ, sys.platform))


def _opened(command: Command, link: str) -> bool:
    import subprocess

    words = [word.replace("%s", link) for word in command]
    try:
        process = subprocess.Popen(  # noqa: S603 - programs of a fixed list or the person's own, no shell
            words if words != list(command) else [*words, link], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        return process.wait(ANSWERS_WITHIN) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False

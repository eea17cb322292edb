"""Onto the clipboard, from wherever the terminal is. One rule: what is copied is one harmless line, whatever the data
holds, and copying never waits and never writes into the screen.

The terminal is told by OSC 52, which also works over SSH. tmux swallows that unless it was set up for it, so tmux is
told itself; and where there is a display of this machine, so is its clipboard.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fu_tui.core.text import clean_text

if TYPE_CHECKING:
    from textual.app import App

PATIENCE = 5.0
"""Seconds until a clipboard program that does not answer is given up."""

Command = tuple[str, ...]


def copy(app: App[Any], text: str) -> str:
    """Copy `text`, without what a terminal would obey, as one line. Returns what was copied."""
    from threading import Thread

    line = clean_text(text)
    app.copy_to_clipboard(line)
    told = tools(os.environ, sys.platform)
    if told:
        Thread(target=_tell, args=(told, line), daemon=True).start()
    return line


def tools(environ: Mapping[str, str], platform: str) -> list[Sequence[Command]]:
    """What else to tell, each as commands that read standard input, of which the first that works is enough."""
    from shutil import which

    path = environ.get("PATH")
    found: list[Sequence[Command]] = []
    if environ.get("TMUX") and which("tmux", path=path):
        # Before 3.2 tmux could not hand a buffer on to its terminal.
        found.append([("tmux", "load-buffer", "-w", "-"), ("tmux", "load-buffer", "-")])
    local: list[Command] = []
    if platform == "darwin":
        local.append(("pbcopy",))
    if environ.get("WAYLAND_DISPLAY"):
        local.append(("wl-copy",))
    if environ.get("DISPLAY"):
        local += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    local = [command for command in local if which(command[0], path=path)]
    return [*found, local] if local else found


def _tell(told: Sequence[Sequence[Command]], line: str) -> None:
    """Hand the line to each, in a session of its own: no terminal to write to."""
    import subprocess

    for commands in told:
        for command in commands:
            with suppress(OSError, subprocess.SubprocessError):
                subprocess.run(  # noqa: S603 - programs of a fixed list or the person's own, no shell
                    command, input=line.encode("utf-8", "replace"), stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, timeout=PATIENCE, start_new_session=True, check=True,
                )  # fmt: skip
                break

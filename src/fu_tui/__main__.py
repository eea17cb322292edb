"""`fu` and `python -m fu_tui`: the desk, or a command. One rule: the way to the desk is known before click, or
anything else that takes time, is imported."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

from fu_tui.cli.screen import has_screen, open_desk


def main() -> None:
    """Run what the arguments say, and end the process with its exit code.

    Without a command the desk opens, with --demo alone the demo's as it was left; where it can't be shown
    (no terminal, TERM=dumb), the plain list is printed.
    """
    stand_in()
    words = sys.argv[1:] if sys.argv[1:] != ["--demo"] else ["demo", "--keep"]
    named = desk_of(words)
    if named is None or "_FU_COMPLETE" in os.environ:
        run_command(words)
    elif not has_screen():
        run_command([*words, "list"])
    else:
        leave(open_desk(named["db"], named["user"]))


def stand_in() -> None:
    """Put something where standard input, output or error was closed, before a file is opened in its place."""
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(handle)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            stream = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def desk_of(words: list[str]) -> dict[str, str | None] | None:
    """The file and the user that the words name when they name nothing else; None where they name a command."""
    named: dict[str, str | None] = {"db": os.environ.get("FU_DB"), "user": os.environ.get("FU_USER")}
    rest = list(words)
    while rest:
        option, equals, value = rest.pop(0).partition("=")
        if option not in ("--db", "--as") or not (equals or rest):
            return None
        named["db" if option == "--db" else "user"] = value if equals else rest.pop(0)
    return named


def leave(code: int) -> NoReturn:
    """End the process; the desk has closed its file and given the terminal back.

    Taking five hundred modules apart first is half of what a person waits for the shell. A thread that still works is
    waited for.
    """
    import threading

    with suppress(OSError):  # the terminal is gone; the code says so
        sys.stdout.flush()
        sys.stderr.flush()
    if threading.active_count() == 1:
        os._exit(code)
    sys.exit(code)


def run_command(words: list[str]) -> None:
    """Run one command and end the process. Looking for garbage would be a fifth of its time, so that hardly happens."""
    import gc

    gc.set_threshold(100_000)
    try:
        from fu_tui.cli.app import cli

        cli(words)
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()

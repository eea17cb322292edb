"""`fu` on a machine where it never ran, on a real terminal."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tui.terminal.pty_desk import FU, Terminal, terminal


@contextmanager
def fu(injury: str = "") -> Iterator[Terminal]:
    """`fu` as a person types it: no file named, nobody named."""
    with terminal(sys.executable, "-c", FU.format(injury=injury)) as shown:
        yield shown


def databases(home: Path) -> list[str]:
    """What lies where the database belongs."""
    return sorted(path.name for path in home.glob(".local/share/fu-tui/*"))


def test_from_nothing_to_the_desk_and_never_asked_again(fresh_machine: Path) -> None:
    with fu() as shown:
        shown.until_text("Welcome · 1 of 3")
        shown.type("\r\r\r")
        shown.until_text("Twelve keys")
        shown.type("x")
        shown.until_text("? help")
        shown.type("aCall Ana today\r")
        shown.until_text("Call Ana")
        shown.type("q")
        assert shown.exit_code() == 0
        assert shown.is_whole()
    assert "fu.db" in databases(fresh_machine)
    with fu() as shown:
        shown.until_text("? help")
        assert "Welcome" not in shown.text
        shown.type("q")
        assert shown.exit_code() == 0


@pytest.mark.parametrize("end", ["\x11", "\x03", signal.SIGTERM])
def test_whoever_leaves_in_the_middle_is_asked_again(fresh_machine: Path, end: str | signal.Signals) -> None:
    with fu() as shown:
        shown.until_text("Welcome · 1 of 3")
        shown.type("\r")
        shown.until_text("Welcome · 2 of 3")
        if isinstance(end, str):
            shown.type(end)
        else:
            shown.signal(end)
        assert shown.exit_code() == (143 if end == signal.SIGTERM else 0)
        assert shown.is_whole()
    assert databases(fresh_machine) == []
    with fu() as shown:
        shown.until_text("Welcome · 1 of 3")
        shown.type("\x11")
        assert shown.exit_code() == 0


def test_a_kill_while_the_database_is_made_leaves_none(fresh_machine: Path) -> None:
    killed = (
        "import os, signal\n"
        "from fu_tui.services import setup\n"
        "def cut(work): os.kill(os.getpid(), signal.SIGKILL)\n"
        "setup.ship_cadences = cut"
    )
    with fu(killed) as shown:
        shown.until_text("Welcome · 1 of 3")
        shown.type("\r\r\r")
        assert shown.exit_code() == -signal.SIGKILL
    assert "fu.db" not in databases(fresh_machine)
    with fu() as shown:
        shown.until_text("Welcome · 1 of 3")
        shown.type("\x1b")
        shown.until_text("Twelve keys")
        shown.type("xq")
        assert shown.exit_code() == 0


def test_the_demo_leaves_no_trace_at_the_default_place(fresh_machine: Path) -> None:
    with fu() as shown:
        shown.until_text("Welcome · 1 of 3")
        shown.type("\r\rd")
        shown.until_text("Twelve keys")
        shown.type("x")
        shown.until_text("DEMO")
        shown.type("q")
        assert shown.exit_code() == 0
    assert databases(fresh_machine) == []

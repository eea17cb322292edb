"""The desk is drawn where the answer goes, in the letters that go there."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from tests.tui.terminal.pty_desk import FU, desk, terminal


def test_errors_may_go_to_a_file(demo: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors.txt"
    program = shlex.join((sys.executable, "-c", FU.format(injury="")))
    environ = {"FU_DB": str(demo), "FU_USER": "dana"}
    with terminal("/bin/sh", "-c", f"exec {program} 2> {errors}", environ=environ) as shown:
        shown.until_text("? help")
        shown.type("q")
        assert shown.exit_code() == 0
        assert shown.is_whole()
    assert errors.read_text() == ""


def test_letters_that_the_terminal_lacks_are_no_reason_to_fail(demo: Path) -> None:
    with desk(demo, environ={"PYTHONIOENCODING": "latin-1"}) as shown:
        shown.until_text("? help")
        shown.type("d")
        shown.until(lambda: "Close ???" in shown.text, "the question, its frame of question marks")
        shown.type("\x11")
        assert shown.exit_code() == 0
        assert shown.is_whole()
        assert "─".encode() not in shown.raw, "nor in the frame before the app"

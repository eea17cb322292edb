"""What is being typed outlives the process, however it ends."""

from __future__ import annotations

import signal
from pathlib import Path

from fu_tui.tui.screens.asking import DRAFT_EVERY
from tests.tui.terminal.pty_desk import desk


def drafts(machine: Path) -> list[str]:
    return [file.read_text() for file in (machine / ".local/state/fu-tui").glob("draft-*.txt")]


def test_a_kill_loses_two_seconds_of_typing_at_most(demo: Path, fresh_machine: Path) -> None:
    assert DRAFT_EVERY <= 2
    with desk(demo) as shown:
        shown.until_text("? help")
        shown.type("a")
        shown.until_text("╭ Add")
        shown.type("Call Ana about the seats fri\nBook the ro")
        shown.until_text("╭ Add 2")
        shown.until_text("Book the ro")
        shown.until(
            lambda: drafts(fresh_machine) == ["Call Ana about the seats fri\nBook the ro"], "the draft"
        )
        shown.signal(signal.SIGKILL)
        assert shown.exit_code() == -signal.SIGKILL
    with desk(demo) as shown:
        shown.until_text("? help")
        shown.type("a")
        shown.until_text("╭ Add 2")
        shown.until_text("Book the ro")
        shown.type("om tomorrow\r")
        shown.until_text("2 follow-ups added")
        shown.type("q")
        assert shown.exit_code() == 0
    assert drafts(fresh_machine) == []


def test_lines_that_a_terminal_pastes_are_a_follow_up_each(demo: Path) -> None:
    with desk(demo) as shown:
        shown.until_text("? help")
        shown.type("a")
        shown.until_text("╭ Add")
        shown.type("\x1b[200~Call Ana about the seats fri\r\nBook the room tomorrow\x1b[201~")
        shown.until_text("╭ Add 2")
        shown.type("\r")
        shown.until_text("2 follow-ups added")

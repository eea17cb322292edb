"""However the desk ends, the terminal is whole, the exit code says why, and nothing is lost."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.tui.terminal.pty_desk import ALTERNATE_ON, desk


def test_it_opens_works_and_leaves_on_q(demo: Path) -> None:
    with desk(demo) as shown:
        shown.until_text("─ Overdue")
        assert ALTERNATE_ON in shown.raw
        assert not shown.echoes
        shown.type("n")
        shown.until_text("no reply yet →")
        shown.type("u")
        shown.until_text("Undone: closed")
        shown.type("q")
        assert shown.exit_code() == 0
        assert shown.is_whole()
        assert shown.echoes


HELD = (
    "import signal, sys\nclass Held:\n def find_spec(self, name, *_):\n  if name == 'textual': {}\n"
    "sys.meta_path[:0] = [Held()]"
)
"""Something happens while the framework is loaded, when the first frame stands already."""


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_it_with_its_code(demo: Path, number: signal.Signals, code: int, opened: bool) -> None:
    with desk(demo, injury="" if opened else HELD.format("signal.pause()")) as shown:
        shown.until_text("─ Overdue")
        if opened:
            shown.until_open()
        shown.signal(number)
        assert shown.exit_code() == code
        assert shown.is_whole()
        assert shown.echoes


def test_a_fault_before_the_app_is_there_leaves_the_terminal_whole(demo: Path) -> None:
    with desk(demo, injury=HELD.format("raise RuntimeError('no such wheel')")) as shown:
        assert shown.exit_code() == 70
        assert "fu-tui had to stop: RuntimeError." in shown.text
        assert "no such wheel" not in shown.text
        assert shown.is_whole()
        assert shown.echoes


def test_keys_before_the_app_is_there_are_for_the_app(demo: Path) -> None:
    with desk(demo, injury="import os, select\n" + HELD.format("select.select([0], [], [])")) as shown:
        shown.until_text("? help")
        first = shown.text
        shown.type("n")
        shown.until_text("no reply yet →")
        assert shown.text != first
        assert shown.raw.count(ALTERNATE_ON) == 1, "entering it once more would clear it"
        shown.type("q")
        assert shown.exit_code() == 0
        assert shown.is_whole()


def test_a_signal_in_the_middle_of_a_question_keeps_what_was_typed(demo: Path) -> None:
    with desk(demo) as shown:
        shown.until_text("? help")
        shown.type("a")
        shown.until_text("╭ Add")
        shown.type("Call Ana about")
        shown.until_text("Call Ana about")
        shown.signal(signal.SIGTERM)
        assert shown.exit_code() == 143
        assert shown.is_whole()
    with desk(demo) as shown:
        shown.until_text("? help")
        shown.type("a")
        shown.until_text("Call Ana about")


@pytest.mark.parametrize("when", ["", "─ Overdue", "? help"])
def test_closing_the_window_ends_the_program(demo: Path, when: str) -> None:
    """Also in the middle of a paint, with much to be written to nobody."""
    with desk(demo, size=(200, 60)) as shown:
        shown.until(lambda: ALTERNATE_ON in shown.raw and when in shown.text)
        shown.type("jjjkkk3211" * 4)
        shown.hang_up()
        assert shown.exit_code() == 129


def test_stop_and_continue(demo: Path) -> None:
    """ctrl+z, as far as a terminal without a shell can show it: the terminal is given back, and taken again."""
    with desk(demo) as shown:
        shown.until_open()
        shown.type("j")
        shown.signal(signal.SIGTSTP)
        shown.until(shown.is_stopped, "the stop")
        shown.until(shown.is_whole, "the terminal given back")
        before = len(shown.raw)
        shown.signal(signal.SIGCONT)
        shown.until(lambda: ALTERNATE_ON in shown.raw[before:], "the alternate screen again")
        shown.until_text("─ Overdue")
        shown.type("q")
        assert shown.exit_code() == 0
        assert shown.is_whole()


def test_it_lives_through_every_size(demo: Path) -> None:
    with desk(demo) as shown:
        shown.until_text("? help")
        for size in [(1, 1), (2, 1), (1, 30), (200, 1), (40, 10), (1, 1), (120, 40)]:
            shown.resize(*size)
            shown.type("jk3")
        shown.type("1")
        shown.until_text("Customer Success")
        shown.type("d")
        shown.until_text("╭ Close")
        for size in [(1, 1), (30, 8), (120, 40)]:
            shown.resize(*size)
        shown.until(lambda: "out of office" in shown.text and "? help" in shown.last_line)
        shown.type("\x11")  # not escape: what is read together with it would be another key
        assert shown.exit_code() == 0
        assert shown.is_whole()


def test_a_disk_that_fails_while_reading_is_said_in_a_sentence(demo: Path) -> None:
    fault = (
        "from fu_tui.core.errors import StorageError\n"
        "from fu_tui.queries.look import Look\n"
        "def boom(self): raise StorageError('The disk has a fault.', 'Restore a backup.')\n"
        "Look.changed_elsewhere_was = Look.changed_elsewhere\n"
        "boom.calls = 0\n"
        "def later(self):\n boom.calls += 1\n"
        " return Look.changed_elsewhere_was(self) if boom.calls < 2 else boom(self)\n"
        "Look.changed_elsewhere = later"
    )
    with desk(demo, injury=fault) as shown:
        assert shown.exit_code() == 5
        assert shown.is_whole()
        assert "The disk has a fault. Restore a backup." in shown.raw.decode()

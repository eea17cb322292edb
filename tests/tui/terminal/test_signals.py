"""Whatever the system says, and wherever: the terminal is whole, the exit code tells it, what was typed is kept."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fu_tui.bootstrap import open_desk
from tests.tui.terminal.pty_desk import ALTERNATE_ON, FU, Terminal, desk, terminal
from tests.tui.terminal.test_faults import INJURY, SECRET

NOTE = "She asked for the price list"
ENDS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
ROWS = 3000
SLOW = """
from time import sleep
from fu_tui.exchange import {module}
was = {module}.{name}
def slow(*given, **named):
    tell = named.pop("progress")
    def told(done, total):
        sleep(0.02)
        tell(done, total)
    return was(*given, progress=told, **named)
{module}.{name} = slow
"""
"""An import that takes as long as one of a million rows, without its rows."""


@contextmanager
def asking_for_a_note(demo: Path, injury: str = "") -> Iterator[Terminal]:
    """A desk with a note half typed."""
    with desk(demo, injury=injury) as shown:
        shown.until_text("? help")
        shown.type("N")
        shown.until_text("╭ No reply")
        shown.type(NOTE)
        shown.until_text(NOTE)
        yield shown


def the_note_is_offered_again(demo: Path) -> bool:
    """At the next start, under the same key; whoever does not want it leaves it."""
    with desk(demo) as shown:
        shown.until_text("? help")
        shown.type("N")
        shown.until_text("╭ No reply")
        shown.until_text(NOTE)
        shown.type("\x11")
        return shown.exit_code() == 0


@pytest.mark.parametrize(("number", "code"), ENDS.items(), ids=[each.name for each in ENDS])
def test_a_note_half_typed_outlives_the_signal(demo: Path, number: signal.Signals, code: int) -> None:
    with asking_for_a_note(demo) as shown:
        shown.signal(number)
        assert shown.exit_code() == code
        assert shown.is_whole()
        assert shown.echoes
    assert the_note_is_offered_again(demo)


def kept(machine: Path) -> str:
    """What is on the disk of what was typed into questions."""
    return "".join(file.read_text() for file in (machine / ".local/state/fu-tui").glob("draft-*.json"))


def test_it_outlives_a_kill(demo: Path, fresh_machine: Path) -> None:
    with asking_for_a_note(demo) as shown:
        shown.until(lambda: NOTE in kept(fresh_machine), "the note on the disk")
        shown.signal(signal.SIGKILL)
        assert shown.exit_code() == -signal.SIGKILL
    assert the_note_is_offered_again(demo)


def test_it_outlives_the_window(demo: Path) -> None:
    with asking_for_a_note(demo) as shown:
        shown.hang_up()
        assert shown.exit_code() == 129
    assert the_note_is_offered_again(demo)


def test_it_outlives_a_fault(demo: Path) -> None:
    injury = INJURY.format(
        place="fu_tui.tui.modals.question:Question.action_help", kind="RuntimeError", secret=SECRET
    )
    with asking_for_a_note(demo, injury) as shown:
        shown.type("\x1bOP")
        assert shown.exit_code() == 70
        assert shown.is_whole()
    assert the_note_is_offered_again(demo)


def test_what_was_typed_into_an_edit_outlives_a_kill_and_is_forgotten_once_saved(
    demo: Path, fresh_machine: Path
) -> None:
    with desk(demo) as shown:
        shown.until_text("? help")
        shown.type("e")
        shown.until_text("╭ Edit")
        shown.type(" and the price")
        shown.until(lambda: "and the price" in kept(fresh_machine), "the edit on the disk")
        shown.signal(signal.SIGKILL)
        shown.exit_code()
    with desk(demo) as shown:
        shown.until_text("? help")
        shown.type("e")
        shown.until_text("and the price")
        shown.type("\r")
        shown.until_text_gone("╭ Edit")
        shown.until_text("and the price")
        shown.type("q")
        assert shown.exit_code() == 0
    assert kept(fresh_machine) == ""


def test_a_note_that_was_written_is_forgotten(demo: Path, fresh_machine: Path) -> None:
    with asking_for_a_note(demo) as shown:
        shown.until(lambda: NOTE in kept(fresh_machine), "the note on the disk")
        shown.type("\r")
        shown.until_text_gone("╭ No reply")
        shown.until(lambda: kept(fresh_machine) == "", "the file's end")


def stop_and_continue(shown: Terminal, text: str) -> None:
    """The terminal is given back, and taken and painted again."""
    shown.signal(signal.SIGTSTP)
    shown.until(shown.is_stopped, "the stop")
    shown.until(shown.is_whole, "the terminal given back")
    assert shown.echoes
    before = len(shown.raw)
    shown.signal(signal.SIGCONT)
    shown.until(lambda: ALTERNATE_ON in shown.raw[before:], "the alternate screen again")
    shown.until(lambda: text.encode() in shown.raw[before:], f"{text} painted again")


def storm(shown: Terminal, size: tuple[int, int]) -> None:
    """Every size, down to nothing, faster than anybody paints."""
    for width in (*range(120, 0, -7), 1, 200, 3):
        for height in (1, 2, 40, 9):
            shown.resize(width, height)
    shown.resize(*size)


def test_a_question_lives_through_a_stop_and_a_storm_of_sizes(demo: Path) -> None:
    with asking_for_a_note(demo) as shown:
        stop_and_continue(shown, NOTE)
        storm(shown, (100, 30))
        shown.type("!")
        shown.until_text(f"{NOTE}!")
        shown.type("\x11")
        assert shown.exit_code() == 0
        assert shown.is_whole()


@contextmanager
def first_run(injury: str = "") -> Iterator[Terminal]:
    """`fu` for the first time, with a name half typed."""
    with terminal(sys.executable, "-c", FU.format(injury=injury)) as shown:
        shown.until_text("Welcome · 1 of 3")
        shown.type("Zoe")
        shown.until_text("Zoe")
        yield shown


@pytest.mark.parametrize(("number", "code"), ENDS.items(), ids=[each.name for each in ENDS])
def test_a_signal_at_the_first_start_leaves_nothing_behind(
    fresh_machine: Path, number: signal.Signals, code: int
) -> None:
    with first_run() as shown:
        shown.signal(number)
        assert shown.exit_code() == code
        assert shown.is_whole()
        assert shown.echoes
    assert not list(fresh_machine.glob(".local/share/fu-tui/*"))


def test_the_first_start_lives_through_a_stop_and_a_storm_and_ends_with_its_window(
    fresh_machine: Path,
) -> None:
    with first_run() as shown:
        stop_and_continue(shown, "Zoe")
        storm(shown, (80, 24))
        shown.type("\r")
        shown.until_text("Welcome · 2 of 3")
        shown.hang_up()
        assert shown.exit_code() == 129
    assert not list(fresh_machine.glob(".local/share/fu-tui/*"))


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    """More than is read at once."""
    file = tmp_path / "deals.csv"
    rows = (f"Deal {number},Account {number},Engaging,Zoe\n" for number in range(ROWS))
    file.write_text("title,account,stage,owner\n" + "".join(rows))
    return file


@pytest.mark.parametrize(("number", "code"), ENDS.items(), ids=[each.name for each in ENDS])
def test_a_signal_while_the_first_files_are_written_takes_nothing_of_them(
    crm: Path, number: signal.Signals, code: int
) -> None:
    with first_run(SLOW.format(module="publish", name="publish")) as shown:
        shown.type("\r\ri")
        shown.until_text("Import")
        shown.type(f"{crm}\r")
        shown.until_text("Zoe")
        shown.type("\r")
        shown.until_text("╭ Writing")
        stop_and_continue(shown, "Writing")
        shown.signal(number)
        assert shown.exit_code() == code
        assert shown.is_whole()
    opened = open_desk(None, None, environ={})
    assert opened.context.db.value("SELECT count(*) FROM deal") == 0
    opened.shut()


@pytest.mark.parametrize("number", [*ENDS, signal.SIGKILL], ids=lambda number: number.name)
def test_a_signal_while_a_command_imports_takes_nothing(
    demo: Path, crm: Path, number: signal.Signals
) -> None:
    opened = open_desk(str(demo), "dana", environ={})
    before = opened.context.db.value("SELECT count(*) FROM deal")
    opened.shut()
    injury = SLOW.format(module="publish", name="publish")
    line = FU.format(injury=injury).replace('["fu"]', repr(["fu", "import", str(crm), "--create-users"]))
    there = {"FU_DB": str(demo), "FU_USER": "dana"}
    with terminal(sys.executable, "-c", line, environ=there) as shown:
        shown.until_text("Which of them are you")
        shown.type("\r")
        shown.until_text("Writing")
        shown.signal(number)
        assert shown.exit_code() == (130 if number == signal.SIGINT else -number)
        assert b"Traceback" not in shown.raw
        assert shown.echoes
    opened = open_desk(str(demo), "dana", environ={})
    assert opened.context.db.value("SELECT count(*) FROM deal") == before
    opened.shut()

"""The program as others start it: real processes with real pipes, terminals and exit codes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest

FU = (sys.executable, "-m", "fu_tui")
SLOW = {
    "textual",
    "rich",
    "pendulum",
    "dateutil",
    "holidays",
    "rapidfuzz",
    "tomlkit",
    "markdown_it",
    "platformdirs",
}


def fu(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `fu` in a process of its own, without a terminal."""
    return subprocess.run(
        [*FU, *words],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | environment,
        timeout=60,
    )


def made(*words: str) -> str:
    """Run `fu`; it must end well. Returns its answer."""
    run = fu(*words)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_the_first_minutes_end_with_their_exit_codes(tmp_path: Path) -> None:
    made("init", "--name", "Dana Okafor")
    line = 'Call Ana about the seats @"Ana Ruiz" tomorrow'
    assert fu("add", line).returncode == 3
    made("add", line, "--create")
    made("close", "1", "no_reply")
    assert fu("close", "1", "no_reply").returncode == 4
    assert fu("add", "follow up tomorrow").returncode == 1
    assert fu("nonsense").returncode == 2
    assert fu("--db", str(tmp_path / "none.db"), "list").returncode == 5
    [task] = json.loads(made("list", "all", "--json"))
    assert (task["id"], task["spawned_by"]) == (2, 1)


def test_without_a_terminal_the_desk_is_the_plain_list() -> None:
    made("add", "Call Ana about the seats @Ana tomorrow", "--create")
    assert made() == made("list")
    assert "Call Ana about the seats" in made()


def on_a_terminal(*words: str, **environment: str) -> str:
    """What `fu` writes to a terminal."""
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [*FU, *words], stdin=theirs, stdout=theirs, stderr=subprocess.STDOUT, env=os.environ | environment
    )
    os.close(theirs)
    too_long = threading.Timer(30, run.kill)  # a desk that opened after all would stay
    too_long.start()
    said = b""
    try:
        while piece := os.read(ours, 4096):
            said += piece
    except OSError:  # the other end is closed
        pass
    too_long.cancel()
    os.close(ours)
    assert run.wait(timeout=60) == 0
    return said.decode()


def test_a_dumb_terminal_gets_the_plain_list_without_colours() -> None:
    made("add", "Call Ana about the seats @Ana tomorrow", "--create")
    said = on_a_terminal(TERM="dumb", COLUMNS="40")
    assert "Upcoming 1" in said
    assert "\x1b" not in said


def test_colours_on_a_terminal_unless_unwanted_and_no_line_is_wider() -> None:
    made("add", "Call Ana about every single seat of theirs @Ana tomorrow", "--create")
    assert "\x1b[1mUpcoming 1" in on_a_terminal("list", TERM="xterm")
    plain = on_a_terminal("list", TERM="xterm", NO_COLOR="1", COLUMNS="40")
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) == 40
    assert "…" in plain


def test_whoever_has_read_enough_may_leave() -> None:
    made("add", "Call Ana about the seats @Ana tomorrow", "--create")
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run([*FU, "list"], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60)
    os.close(writer)
    assert (run.returncode, run.stderr) == (0, "")


def test_a_terminal_of_another_encoding_is_no_reason_to_fail() -> None:
    made("add", "Call Zoë about the café @Zoë tomorrow", "--create")
    run = fu("list", PYTHONIOENCODING="ascii")
    assert (run.returncode, run.stderr) == (0, "")
    assert "Call Zo? about the caf?" in run.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--json"),
        ("add", "Call Ana about the seats @Ana +3d", "--create"),
        ("--help",),
        (),
    ],
)
def test_nothing_slow_is_loaded(words: tuple[str, ...]) -> None:
    made("init")
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *FU[1:], *words],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert "click" in loaded
    assert loaded & SLOW == set()


def test_the_entry_itself_loads_nothing_that_takes_time() -> None:
    tell = "import fu_tui.__main__, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) & (SLOW | {"click", "peewee"}) == set()


def test_two_processes_close_the_same_task_one_wins() -> None:
    made("add", "Call Ana about the seats @Ana tomorrow", "--create")
    racers = [
        subprocess.Popen(
            [*FU, "close", "1", "no_reply"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    said = [racer.communicate(timeout=60)[1] for racer in racers]
    assert sorted(racer.returncode for racer in racers) == [0, 4, 4, 4]
    assert sum("was closed by" in words for words in said) == 3
    assert [task["id"] for task in json.loads(made("list", "all", "--json"))] == [2]


def test_the_shell_completes_commands_and_lists() -> None:
    def completed(line: str) -> list[str]:
        words = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_FU_COMPLETE": "bash_complete"}
        return [row.partition(",")[2] for row in fu(**words).stdout.splitlines()]

    assert completed("fu ca") == ["cadence", "calendar", "cases"]
    assert completed("fu list no") == ["no-next-step"]
    assert "_fu_completion" in fu(_FU_COMPLETE="bash_source").stdout

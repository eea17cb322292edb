"""The program where no person started it, or on a machine that lacks something: it answers, or says what is missing."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world import World

FU = f"{sys.executable} -m fu_tui"
TOLD = "Call Zoë about the café 株式会社 👩"


@pytest.fixture(autouse=True)
def filled(fresh_machine: Path) -> None:
    """One task on the fresh machine."""
    run(f'{FU} add "{TOLD} @Zoë tomorrow" --create')


def run(line: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell without a terminal."""
    return subprocess.run(
        ["/bin/bash", "-c", line], capture_output=True, stdin=subprocess.DEVNULL, timeout=60
    )


@pytest.mark.parametrize(
    "line",
    [
        "{} <&-",
        "{} list <&-",
        "{} list 2>&-",
        "{} list <&- 2>&-",
        "{} < /dev/null",
        "{} list | cat",
        "TERM= {}",
    ],
)
def test_the_list_is_printed_whatever_end_is_missing(line: str) -> None:
    done = run(line.format(FU))
    assert (done.returncode, done.stderr) == (0, b"")
    assert TOLD in done.stdout.decode()


@pytest.mark.parametrize(
    "line", ["{} >&-", "{} list >&-", "{} list <&- >&- 2>&-", "{} add 'Call Bo @Zoë fri' >&- 2>&-"]
)
def test_nobody_to_hear_the_answer_is_no_failure(line: str) -> None:
    done = run(line.format(FU))
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_is_closed_is_not_written_into_the_database(fresh_machine: Path) -> None:
    """A file that is opened where standard output was would get whatever is printed."""
    run(f"{FU} show 99 >&- 2>&- <&-")
    run(f"{FU} list <&- >&- 2>&-")
    assert run(f"{FU} doctor").returncode == 0


def test_a_reader_that_has_seen_enough_hears_no_complaint() -> None:
    done = run(f"set -o pipefail; {FU} list all --json | head -c 1")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"[", b"")


def test_an_answer_that_finds_no_room_is_told(fresh_machine: Path) -> None:
    done = run(f"{FU} list > /dev/full")
    assert done.returncode == 5
    assert b"No space left on device" in done.stderr


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
        {"LANG": "nonsense"},
        {},
    ],
    ids=lambda locale: " ".join(locale.values()) or "nothing",
)
def test_a_job_with_hardly_an_environment(fresh_machine: Path, locale: dict[str, str]) -> None:
    there = " ".join(f"{name}={value}" for name, value in {"HOME": fresh_machine, **locale}.items())
    fu = f"env -i {there} {FU}"
    done = run(f"{fu} && {fu} list --json && {fu} doctor")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Call Zo" in done.stdout


@pytest.mark.parametrize("said", ["", "HOME= ", "HOME=folder ", "HOME=. XDG_DATA_HOME=here "])
def test_without_a_home_it_is_the_systems_or_none(tmp_path: Path, said: str) -> None:
    """Never a folder below the one the job happens to run in."""
    tell = "from fu_tui.settings import paths; print(paths.default_database())"
    done = run(f"cd {tmp_path}; unset HOME; {said}{sys.executable} -c '{tell}'")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("/")
    assert str(tmp_path) not in done.stdout.decode()


def test_a_user_without_a_home_is_told() -> None:
    nobody = "import os, pwd, sys\nfrom fu_tui.settings import paths\n"
    nobody += "def unknown(uid): raise KeyError(uid)\npwd.getpwuid = unknown\nsys.argv = ['fu', 'list']\n"
    nobody += "from fu_tui.__main__ import main\nmain()"
    done = run(f'unset HOME; {sys.executable} -c "{nobody}"')
    assert done.returncode == 5
    assert done.stderr.decode() == "There is no home folder. Set HOME to a folder of yours.\n"


def test_bytes_of_another_encoding_are_refused_before_anything_is_lost() -> None:
    done = run(f"{FU} add $'Call Zo\\xeb @1 tomorrow'")
    assert done.returncode == 2
    assert (
        done.stderr.decode() == '"Call Zo� @1 tomorrow" holds bytes that are no letters. Write it in UTF-8.\n'
    )
    assert b"holds bytes" in run(f"{FU} --as $'\\xff' list").stderr


def test_a_file_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/deals\xff.csv"
    Path(os.fsdecode(name)).write_text("title,account,stage,owner\nGTX,Isdom,Engaging,Dana\n")
    done = run(f"{FU} import {tmp_path}/*.csv --kind deals --create-users")
    assert done.returncode == 0, done.stderr


def test_a_folder_that_can_not_be_written_stops_no_reading(world: World, fresh_machine: Path) -> None:
    """Only its own memory is gone; root may write everywhere, so a file stands where the folder would be."""
    state = fresh_machine / ".local/state"
    for each in sorted(state.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    state.rmdir()
    state.write_text("")
    done = run(f"{FU} --db {world.path} --as dana list")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_damaged_database_is_told_with_the_way_back_and_stays_as_it_is(fresh_machine: Path) -> None:
    file = fresh_machine / ".local/share/fu-tui/fu.db"
    run(f"{FU} backup")
    raw = bytearray(file.read_bytes())
    raw[4096 * 2 :] = os.urandom(len(raw) - 4096 * 2)
    file.write_bytes(raw)
    for words in ("list", "add 'Call Ana @Zoë fri'", "close 1 no_reply", ""):
        done = run(f"{FU} {words}")
        assert done.returncode == 5, (words, done)
        assert re.search(rb"damaged.*fu restore", done.stderr), (words, done.stderr)
    assert file.read_bytes() == bytes(raw)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = run(f"{FU} restore").stdout.decode().split()[-1]
    restored = run(f"{FU} restore {kept}")
    assert restored.returncode == 0, restored.stderr
    assert TOLD in run(f"{FU} list").stdout.decode()

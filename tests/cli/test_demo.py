"""`fu demo`: a file of its own, and nothing else is touched."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from fu_tui import __main__ as entry
from fu_tui.cli import screen
from fu_tui.cli.app import cli
from fu_tui.cli.session import Session
from fu_tui.core.clock import FixedClock
from fu_tui.queries.doctor import examine
from fu_tui.store.database import open_existing
from tests.cli.conftest import Answer, Fu
from tests.world import MONDAY


def run(*words: str, **environment: str) -> Answer:
    """Run `fu` as somebody who names no file."""
    return Answer(CliRunner().invoke(cli, list(words), obj=Session(FixedClock(MONDAY)), env=environment))


@pytest.fixture
def file(fresh_machine: Path) -> Path:
    return fresh_machine / ".local/state/fu-tui/demo.db"


def test_without_a_terminal_it_is_a_list(file: Path) -> None:
    answer = run("demo")
    assert answer.code == 0
    assert answer.err.startswith(f"DEMO, invented data in {file}. The same in the shell: fu --demo list")
    assert [line.split()[0] for line in answer.lines if line and not line.startswith(" ")][:3] == [
        "Overdue", "Due", "Upcoming",
    ]  # fmt: skip
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("--db", str(file), "doctor").code == 0


def test_with_one_it_is_the_desk_and_says_demo(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str | None, str | None, str]] = []

    def open_desk(db: str | None, user: str | None, *, badge: str = "") -> int:
        asked.append((db, user, badge))
        return 0

    monkeypatch.setattr(screen, "has_screen", lambda: True)
    monkeypatch.setattr(screen, "open_desk", open_desk)
    left = run("demo")
    assert left.code == 0
    assert "fu --demo list" in left.err
    assert asked == [(str(file), "dana", "DEMO")]


def test_one_s_own_data_stays_as_it_is(fresh_machine: Path, file: Path) -> None:
    assert run("add", "Call Ana about the seats @Ana tomorrow", "--create").code == 0
    own = fresh_machine / ".local/share/fu-tui/fu.db"
    before = own.read_bytes()
    assert run("demo").code == 0
    assert own.read_bytes() == before
    assert "Call Ana about the seats" not in run("demo").out
    assert "Call Ana about the seats" in run("list").out


def test_it_makes_no_first_day_of_one_s_own(fresh_machine: Path) -> None:
    assert run("demo").code == 0
    assert not (fresh_machine / ".local/share/fu-tui").exists()


@pytest.mark.parametrize("name", ["FU_DB", "FU_USER"])
def test_a_file_or_user_that_is_named_is_refused(fu: Fu, file: Path, name: str) -> None:
    before = fu.world.path.read_bytes()
    answer = run("demo", **{name: str(fu.world.path)})
    assert (answer.code, answer.out) == (2, "")
    assert "Leave --db, --as, --demo, FU_DB and FU_USER out." in answer.err
    assert not file.exists()
    assert fu.world.path.read_bytes() == before


def test_the_settings_user_is_not_the_demo_s(fresh_machine: Path) -> None:
    config = fresh_machine / ".config/fu-tui"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text('[user]\nas = "somebody"\n')
    answer = run("demo")
    assert answer.code == 0
    assert "Overdue" in answer.out


def test_it_is_made_anew_unless_kept(file: Path) -> None:
    assert run("demo").code == 0
    fresh = open_existing(file)
    task = fresh.value("SELECT id FROM task WHERE action = 'Send the pricing recap'")
    fresh.close()
    assert run("--db", str(file), "close", str(task), "done").code == 0
    assert "Send the pricing recap" not in run("demo", "--keep").out
    assert "Send the pricing recap" in run("demo").out
    again = open_existing(file)
    assert examine(again).violations == ()
    again.close()


def test_every_command_works_on_it(fu: Fu, file: Path) -> None:
    own = fu.world.path.read_bytes()
    environment = {"FU_DB": str(fu.world.path), "FU_USER": "sam"}
    missing = run("--demo", "list", **environment)
    assert (missing.code, missing.out) == (3, "")
    assert missing.err == "There is no demo yet. `fu demo` makes one.\n"
    listed = run("demo").out
    assert run("--demo", "list", **environment).out == listed
    assert run("--demo", "journal", **environment).code == 0
    assert run("--demo", "--as", "sam", "list").out != listed
    assert (
        run("--demo", "add", "Call Ana Ruiz about the seats @Ana tomorrow", "--create", **environment).code
        == 0
    )
    assert "about the seats" in run("--demo", "list").out
    assert run("--demo", "demo").code == 2
    assert fu.world.path.read_bytes() == own


def test_two_files_are_one_too_many(fu: Fu, file: Path) -> None:
    assert run("demo").code == 0
    answer = run("--demo", "--db", str(fu.world.path), "list")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "--demo and --db name two files. Leave one of them out.\n"


def test_alone_it_is_the_desk_as_it_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(entry, "run_command", ran.append)
    monkeypatch.setattr("sys.argv", ["fu", "--demo"])
    entry.main()
    assert ran == [["demo", "--keep"]]

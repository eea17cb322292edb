"""`fu init`, `fu backup`, `fu restore`: the file itself."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from fu_tui.cli.app import cli
from fu_tui.cli.session import Session
from fu_tui.core.clock import FixedClock
from tests.cli.conftest import Answer, Fu
from tests.world import MONDAY, World


def fresh(*words: str, stdin: str | None = None) -> Answer:
    """Run `fu` on a machine where nothing is."""
    return Answer(CliRunner().invoke(cli, list(words), obj=Session(FixedClock(MONDAY)), input=stdin))


def test_init_makes_the_database_and_sets_the_person(fresh_machine: Path) -> None:
    answer = fresh(
        "init", "--name", "Dana Okafor", "--tz", "Europe/Berlin", "--country", "de", "--work-days", "1234",
        "--json",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert answer.json == {
        "database": str(fresh_machine / ".local/share/fu-tui/fu.db"), "created": True,
        "user": {"handle": "dana", "name": "Dana Okafor"}, "tz": "Europe/Berlin",
        "work_days": ["Mon", "Tue", "Wed", "Thu"], "profile": "team", "holidays_ahead": answer.json["holidays_ahead"],
    }  # fmt: skip
    assert answer.json["holidays_ahead"] > 20
    again = fresh("init", "--email", "dana@example.org")
    assert again.lines[0] == "As it is now:"
    assert fresh("users", "--json").json[0]["email"] == "dana@example.org"
    assert "next Christmas Day, Fri 25 Dec 2026" in again.out


def test_every_command_works_without_init(fresh_machine: Path) -> None:
    assert fresh("list").lines == ["Nothing is due in the next 14 days."]
    assert (fresh_machine / ".local/share/fu-tui/fu.db").exists()


def test_a_named_file_is_made_by_init_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "named.db"
    refused = fresh("--db", str(path), "list")
    assert (refused.code, refused.out, path.exists()) == (5, "", False)
    assert f"fu --db {path} init" in refused.err
    assert fresh("--db", str(path), "init", "--name", "Dana").code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert fresh("--db", str(path), "list").code == 0


def test_without_a_terminal_it_asks_nothing(fresh_machine: Path) -> None:
    answer = fresh("init", stdin="Somebody Else\nDE\n")
    assert answer.code == 0
    assert "Somebody" not in answer.out + answer.err


def test_at_a_terminal_it_asks_the_three_questions(
    fresh_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fu_tui.cli.init.at_terminal", lambda: True)
    answer = fresh("init", stdin="Dana Okafor\nsolo\nUS\n")
    assert answer.code == 0, answer.err
    assert (answer.err.count("Country"), answer.err.count("How you work")) == (1, 1)
    assert "solo" in answer.out
    assert "Dana Okafor" in answer.out
    assert "next Thanksgiving Day, Thu 26 Nov 2026" in answer.out
    kept = fresh("init", stdin="\n\n\n")
    assert "solo" in kept.out
    assert "Dana Okafor" in kept.out
    assert "Thanksgiving" in kept.out


def test_how_one_works_is_kept_in_the_settings_file(fresh_machine: Path) -> None:
    settings = fresh_machine / ".config/fu-tui/settings.toml"
    assert fresh("init", "--name", "Dana").code == 0
    assert not settings.exists()
    assert fresh("init", "--profile", "solo", "--json").json["profile"] == "solo"
    assert settings.read_text() == '[desk]\nprofile = "solo"\n'
    assert fresh("init", "--profile", "boss").code == 2


@pytest.mark.parametrize("words", [("--tz", "Mars/Olympus"), ("--country", "ZZ"), ("--work-days", "89")])
def test_what_does_not_exist_is_refused_and_nothing_changed(fu: Fu, words: tuple[str, ...]) -> None:
    before = fu.world.dump()
    assert fu("init", "--name", "Other", *words).code == 2
    assert fu.world.dump() == before


def test_backup_and_restore(fu: Fu, world: World, tmp_path: Path) -> None:
    world.make_task()
    copy = tmp_path / "monday.db"
    assert fu.ok("backup", str(copy)).lines == [f"Backed up 1 tasks to {copy}"]
    assert fu("backup", str(copy)).code == 5
    kept = fu.ok("backup", "--json").json
    assert (Path(kept["file"]).name, kept["tasks"]) == ("fu.db.000001.by-hand.bak", 1)
    fu.ok("add", "Call Ana about the logo @ana fri")
    assert [Path(row["file"]).name for row in fu.ok("restore", "--json").json] == ["fu.db.000001.by-hand.bak"]
    assert fu.ok("restore", "fu.db.000001.by-hand.bak").lines[0].startswith("Restored 1 tasks from")
    assert len(fu.ok("list", "all", "--json").json) == 1
    newest = fu.ok("restore", "--json").json[0]
    assert "before-restore" in newest["file"]
    assert fu.ok("restore", newest["file"], "--json").json["tasks"] == 2


def test_a_backup_that_is_none(fu: Fu, tmp_path: Path) -> None:
    assert fu("restore", str(tmp_path / "nothing.db")).code == 3
    (tmp_path / "text.db").write_text("hello")
    assert fu("restore", str(tmp_path / "text.db")).code == 5


def test_a_lost_database_is_restored(fu: Fu, world: World) -> None:
    world.make_task()
    fu.ok("backup")
    world.db.close()
    world.path.unlink()
    assert fu("list").code == 5
    fu.ok("restore", "fu.db.000001.by-hand.bak")
    assert len(fu.ok("list", "--json").json) == 1


def test_no_backups_yet(fu: Fu) -> None:
    assert fu.ok("restore").lines == ["There are no backups. `fu backup` makes one."]

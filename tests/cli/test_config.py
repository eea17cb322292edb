"""`fu config`: where the files lie, what counts and why, what is wrong. It opens no database and makes none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from fu_tui.cli.app import cli
from fu_tui.cli.session import Session
from fu_tui.core.clock import FixedClock
from tests.cli.conftest import Answer
from tests.world import MONDAY

WRONG = """\
[ui]
theme = "nihgt"
card = "yes"
[keys]
"task.snooze" = "n"
"task.add" = ["a", "f2"]
"journal.redo" = "none"
"""


def run(*words: str) -> Answer:
    return Answer(CliRunner().invoke(cli, list(words), obj=Session(FixedClock(MONDAY))))


@pytest.fixture
def file(fresh_machine: Path) -> Path:
    at = fresh_machine / ".config/fu-tui/settings.toml"
    at.parent.mkdir(parents=True)
    at.write_text(WRONG)
    return at


def test_paths_are_told_whether_they_are_there_or_not(fresh_machine: Path, file: Path) -> None:
    answer = run("config", "path", "--json").json
    share = fresh_machine / ".local/share/fu-tui"
    assert answer["settings"] == {"path": str(file), "exists": True}
    assert answer["database"] == {"path": str(share / "fu.db"), "exists": False}
    assert answer["backups"] == {"path": str(share / "backups"), "exists": False}
    assert run("config", "path", "settings").lines == [str(file)]
    assert "not there yet" in run("config", "path").out
    assert run("--db", "/x/y.db", "config", "path", "database").lines == ["/x/y.db"]


def test_nothing_is_made_by_looking(fresh_machine: Path) -> None:
    for words in (("path",), ("show",), ("validate",)):
        assert run("config", *words).code == 0
    assert list(fresh_machine.iterdir()) == []


def settings(*words: str) -> dict[str, Any]:
    """Each setting's value, source and line."""
    rows = run(*words, "config", "show", "--json").json["settings"]
    return {row["name"]: (row["value"], row["source"], row["where"], row["line"]) for row in rows}


def test_each_setting_says_where_it_comes_from(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings()
    assert found["ui.theme"] == ("nihgt", "file", None, 2)
    assert found["ui.card"] == (True, "default", None, None)  # what is wrong counts as not said
    assert found["user.as"] == (None, "default", None, None)
    assert found["desk.profile"] == ("team", "default", None, None)
    monkeypatch.setenv("FU_USER", "sam")
    monkeypatch.setenv("NO_COLOR", "1")
    found = settings("--db", "/x/y.db")
    assert found["user.as"] == ("sam", "environment", "FU_USER", None)
    assert found["ui.theme"] == ("ansi", "environment", "NO_COLOR", None)
    assert found["database"] == ("/x/y.db", "option", "--db", None)


def test_keys_that_differ_are_shown_with_their_line(file: Path) -> None:
    assert run("config", "show", "--json").json["keys"] == [
        {"action": "task.add", "keys": ["a", "f2"], "default": ["a", "ctrl+n"], "line": 6},
        {"action": "journal.redo", "keys": [], "default": ["U"], "line": 7},
    ]
    lines = run("config", "show").lines
    assert "keys.task.add      a f2  instead of a ctrl+n  line 6" in lines
    assert "keys.journal.redo  none  instead of U         line 7" in lines


def test_keys_that_the_profile_took_are_told_as_such(file: Path) -> None:
    file.write_text("[desk]\nprofile = 'solo'\n")
    assert "keys.task.reassign  none  instead of o  by the profile" in run("config", "show").lines


def test_everything_wrong_is_told_with_its_line(file: Path, fresh_machine: Path) -> None:
    themes = file.parent / "themes"
    themes.mkdir()
    (themes / "mine.toml").write_text("dark = 3\n")
    answer = run("config", "validate", "--json")
    assert answer.code == 1
    by_line = [(Path(each["file"]).name, each["line"]) for each in answer.json]
    assert by_line[:3] == [("settings.toml", 2), ("settings.toml", 3), ("settings.toml", 5)]
    assert {each[0] for each in by_line[3:]} == {"mine.toml"}
    said = run("config", "validate").out
    assert f'{file}, line 2: [ui] theme: There is no theme called "nihgt"; did you mean "night"?' in said
    assert f"{file}, line 5: [keys] n already is" in said
    assert "mine" in said


def test_the_theme_in_use_that_is_broken_is_told_once(file: Path) -> None:
    file.write_text("[ui]\ntheme = 'mine'\n")
    (file.parent / "themes").mkdir()
    (file.parent / "themes" / "mine.toml").write_text("dark = [\n")
    answer = run("config", "validate")
    assert (answer.code, len(answer.lines)) == (1, 1)


def test_a_file_that_is_right(file: Path) -> None:
    file.write_text("[ui]\ntheme = 'day'\n")
    assert (run("config", "validate").code, run("config", "validate").lines) == (0, [f"{file} is right."])


def test_a_file_that_is_no_toml(file: Path) -> None:
    file.write_text("[ui\n")
    answer = run("config", "validate")
    assert (answer.code, len(answer.lines)) == (1, 1)
    assert "line 1: this is not TOML" in answer.out
    shown = run("config", "show")
    assert shown.code == 0
    assert "`fu config validate` says what" in shown.err

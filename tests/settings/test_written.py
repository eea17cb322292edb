"""Setting one value in a person's file leaves the rest of it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from fu_tui.core.errors import UsageError
from fu_tui.settings.config import load
from fu_tui.settings.written import set_value, set_values

MINE = '# mine\n[ui]\ntheme = "day"  # bright room\n\n[keys]\n"task.add" = ["a", "f2"]\nnonsense = 3\n'


def test_a_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    set_value(file, "ui", "theme", "paper")
    assert load(file)[0].theme == "paper"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_comments_and_order_and_what_is_wrong_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(MINE)
    file.chmod(0o640)
    set_value(file, "ui", "theme", "night")
    assert file.read_text() == MINE.replace('"day"', '"night"')
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_list_and_taking_it_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(MINE)
    set_value(file, "keys", "task.snooze", ("f3", "f4"))
    assert dict(load(file)[0].bindings)["task.snooze"] == ("f3", "f4")
    set_value(file, "keys", "task.snooze", None)
    assert file.read_text() == MINE


@pytest.mark.parametrize("broken", ["[ui\n", "ui = 3\n", "[[ui]]\ntheme = 'day'\n"])
def test_a_file_that_is_no_settings_file_is_not_touched(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(broken)
    with pytest.raises(UsageError, match="can't be edited"):
        set_value(file, "ui", "theme", "night")
    assert file.read_text() == broken


def test_a_linked_file_stays_linked(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(MINE)
    file = tmp_path / "settings.toml"
    file.symlink_to(real)
    set_value(file, "ui", "card", False)
    assert file.is_symlink()
    assert load(real)[0].card is False


def test_several_at_once_or_none(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[keys]\ntask.add = 'f2'\n")
    set_values(file, "keys", {"task.snooze": ["f3"], "task.hide": ["none"]})
    keys = dict(load(file)[0].bindings)
    assert (keys["task.add"], keys["task.snooze"], keys["task.hide"]) == (("f2",), ("f3",), ())


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[keys]\ntask.add = 'f2'  # mine\n", '[keys]\ntask.add = ["f3"]  # mine\n'),
        ("[keys.task]\nadd = 'f2'  # mine\n", '[keys.task]\nadd = ["f3"]  # mine\n'),
        ("keys.task.add = 'f2'\n", 'keys.task.add = ["f3"]\n'),
        ("[keys]\n'task.add' = 'f2'\n", "[keys]\n'task.add' = [\"f3\"]\n"),
        ("[keys]\ntask.hide = 'f2'\n", '[keys]\ntask.hide = \'f2\'\n"task.add" = ["f3"]\n'),
    ],
)
def test_an_id_is_changed_where_it_stands_however_it_is_written(
    tmp_path: Path, text: str, after: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    set_value(file, "keys", "task.add", ["f3"])
    assert file.read_text() == after
    set_value(file, "keys", "task.add", None)
    assert "add" not in file.read_text()
    assert load(file)[1] == ()

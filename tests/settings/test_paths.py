"""The folders: XDG first, on every system; private when made."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest
from platformdirs.unix import Unix

from fu_tui.settings import paths

KINDS = {
    "XDG_DATA_HOME": (paths.data_dir, ".local/share", platformdirs.user_data_path),
    "XDG_STATE_HOME": (paths.state_dir, ".local/state", platformdirs.user_state_path),
    "XDG_CONFIG_HOME": (paths.config_dir, ".config", platformdirs.user_config_path),
}


@pytest.mark.parametrize("variable", KINDS)
def test_the_xdg_folder_counts_on_every_system(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "/somewhere/else")
    for system in ("linux", "darwin"):
        monkeypatch.setattr(sys, "platform", system)
        assert KINDS[variable][0]() == Path("/somewhere/else/fu-tui")


@pytest.mark.parametrize("written", ["", "relative/folder"])
@pytest.mark.parametrize("variable", KINDS)
def test_an_empty_or_relative_xdg_folder_counts_as_unset(
    variable: str, written: str, fresh_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(variable, written)
    folder, below_home, _ = KINDS[variable]
    assert folder() == fresh_machine / below_home / "fu-tui"


@pytest.mark.parametrize("variable", KINDS)
def test_the_shortcut_says_what_platformdirs_says(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    folder, _, theirs = KINDS[variable]
    assert folder() == getattr(Unix("fu-tui", appauthor=False), theirs.__name__)


@pytest.mark.parametrize("variable", KINDS)
def test_elsewhere_platformdirs_is_asked(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "freebsd13")
    folder, _, theirs = KINDS[variable]
    assert folder() == theirs("fu-tui", appauthor=False)


def test_the_files(fresh_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert paths.default_database() == fresh_machine / ".local/share/fu-tui/fu.db"
    assert paths.config_file() == fresh_machine / ".config/fu-tui/settings.toml"


def test_asking_makes_nothing(fresh_machine: Path) -> None:
    paths.default_database()
    paths.config_file()
    paths.state_dir()
    assert list(fresh_machine.iterdir()) == []


def test_a_private_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = paths.private_folder(tmp_path / "a" / "b")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert paths.private_folder(folder) == folder

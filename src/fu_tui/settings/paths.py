"""Where the app's files live (XDG). Rule: nothing here creates or reads a file; only `private_folder` makes a folder.

On Linux the folders follow from the environment alone, so the start-up path does without importing platformdirs
(5–10 ms with what it brings); elsewhere platformdirs answers, after the XDG variables, which count on macOS as well.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fu_tui.core.errors import StorageError

APP = "fu-tui"

_XDG = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "config": ("XDG_CONFIG_HOME", ".config"),
}


def data_dir() -> Path:
    """The folder of the database and its backups."""
    return _folder("data")


def state_dir() -> Path:
    """The folder of what can be lost without loss of data: logs, drafts, the marker that a database was made."""
    return _folder("state")


def config_dir() -> Path:
    """The folder of what a person writes: settings and themes."""
    return _folder("config")


def config_file() -> Path:
    """The settings file."""
    return config_dir() / "settings.toml"


def default_database() -> Path:
    """The one place where a database is made without being asked for."""
    return data_dir() / "fu.db"


def place(named: str | None) -> Path:
    """The database file: the one that was named, else the default one."""
    return Path(named).expanduser().resolve() if named else default_database()


def home() -> Path:
    """The person's home folder: $HOME, else what the system has for them (a job may start without an environment).

    Raises StorageError where neither says.
    """
    said = os.environ.get("HOME", "")
    if os.path.isabs(said):  # noqa: PTH117 - said relatively it would be another folder in every folder
        return Path(said)
    import pwd

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        raise StorageError("There is no home folder.", "Set HOME to a folder of yours.") from None


def private_folder(folder: Path) -> Path:
    """Makes `folder` where it is missing, for its owner alone (0700), and returns it. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _folder(kind: str) -> Path:
    variable, below_home = _XDG[kind]
    base = os.environ.get(variable, "")
    if os.path.isabs(base):  # noqa: PTH117 - the XDG rule: a relative path counts as unset
        return Path(base) / APP
    if sys.platform == "linux":
        folder = home() / below_home / APP
    else:
        import platformdirs

        folder = getattr(platformdirs, f"user_{kind}_path")(APP, appauthor=False)
    return folder

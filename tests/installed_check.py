"""Uses the installed app as a person would, from outside the checkout: `python -I installed_check.py`.

Run it with the Python of the environment that holds the wheel. It needs nothing but that, and leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from importlib import metadata, resources
from pathlib import Path

import fu_tui

ACTION = "Send Ana the pricing recap"


def main() -> None:
    """Raises AssertionError or CalledProcessError at the first thing that is not as it must be."""
    package = Path(fu_tui.__file__).parent
    assert package.is_relative_to(sys.prefix), f"not the installed app: {package}"
    assert fu_tui.__version__ == metadata.version("fu-tui")
    themes = {file.name for file in resources.files("fu_tui").joinpath("themes").iterdir()}
    assert "night.toml" in themes, f"the wheel holds no default theme: {themes}"
    with tempfile.TemporaryDirectory() as home:
        commands(Path(home))
    print(f"fu-tui {fu_tui.__version__} works as installed; {len(themes)} themes")


def commands(home: Path) -> None:
    """The first five minutes on the command line, in an empty `home`."""
    for start in ("fu",), ("fu-tui",), (sys.executable, "-m", "fu_tui"):
        assert fu_tui.__version__ in fu(home, "--version", start=start)
    assert "add" in fu(home, "--help")
    fu(home, "init", "--name", "Dana Okafor")
    due = next_working_day().isoformat()
    fu(home, "add", f'{ACTION} @"Ana Ruiz" {due}', "--create")
    [task] = json.loads(fu(home, "list", "all", "--json"))
    assert (task["action"], task["due_on"], task["contact"]["name"]) == (ACTION, due, "Ana Ruiz"), task
    database = home / ".local/share/fu-tui/fu.db"
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def fu(home: Path, *arguments: str, start: tuple[str, ...] = ("fu",)) -> str:
    """What the command prints; its errors are shown, and a failure raises CalledProcessError."""
    scripts = Path(sys.executable).parent
    environment = {"HOME": str(home), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    command = [str(scripts / start[0]), *start[1:], *arguments]
    print("$", Path(command[0]).name, *command[1:])
    return subprocess.run(
        command, env=environment, cwd=home, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def next_working_day() -> date:
    """The first weekday after today."""
    day = date.today() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


if __name__ == "__main__":
    main()

"""What an import brings at run time: nothing heavy before it is needed. The static contracts can't see this side.

Each room is imported whole in a process of its own, which then tells what else it had to load.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.hygiene.sources import PACKAGE

SCREEN = {"textual", "rich"}
DATABASE = {"peewee", "playhouse"}
DATES = {"pendulum", "dateutil"}
LATER = {"holidays", "rapidfuzz", "tomlkit", "markdown_it"}
"""Wanted by single verbs, long after the first paint."""
WHOLE = """
import pkgutil, sys
def whole(name):
    room = __import__(name, fromlist=["_"])
    for found in pkgutil.iter_modules(getattr(room, "__path__", ()), name + "."):
        whole(found.name)
"""


def loaded(code: str) -> set[str]:
    """The top-level packages that are loaded after `code` ran in a new process."""
    tell = "\nprint(*{name.partition('.')[0] for name in sys.modules}, sep='\\n', end='')"
    run = subprocess.run(
        [sys.executable, "-c", f"{WHOLE}\n{code}{tell}"], stdout=subprocess.PIPE, text=True, check=True
    )
    return set(run.stdout.splitlines())


@pytest.mark.parametrize(
    ("room", "not_yet"),
    [
        ("core", SCREEN | DATABASE | DATES | LATER | {"click", "platformdirs"}),
        ("settings", SCREEN | DATABASE | DATES | LATER | {"click", "platformdirs"}),
        ("store", SCREEN | DATES | LATER | {"click", "platformdirs"}),
        ("queries", SCREEN | DATES | LATER | {"click", "platformdirs"}),
        ("services", SCREEN | DATES | LATER | {"click", "platformdirs"}),
        ("exchange", SCREEN | DATES | LATER | {"click", "platformdirs"}),
        ("cli", SCREEN | DATES | LATER),
        ("tui", DATES | LATER | {"click"}),
    ],
)
def test_a_room_brings_nothing_before_it_is_needed(room: str, not_yet: set[str]) -> None:
    assert loaded(f"whole('fu_tui.{room}')") & not_yet == set()


def test_every_room_is_looked_at() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms - {"shipped"} == {
        "core",
        "settings",
        "store",
        "queries",
        "services",
        "exchange",
        "cli",
        "tui",
    }


def test_the_package_itself_imports_nothing() -> None:
    assert loaded("import fu_tui") - loaded("") == {"fu_tui"}


def test_what_is_loaded_is_seen() -> None:
    assert loaded("def f(): import pendulum\nf()") >= {"pendulum", "dateutil"}
    assert "peewee" in loaded("whole('fu_tui.store')")

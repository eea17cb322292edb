"""Rules of the house that a linter does not know. Each is tried on a line that breaks it before it reads the tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.hygiene.sources import PACKAGE, ROOT, modules, names_used, relative, written_files

Finder = Callable[[str], Iterable[int]]
"""Source text → the lines that break the rule."""


def uses(*banned: str) -> Finder:
    """Finds a use of a banned name, or of anything below it."""

    def found(source: str) -> set[int]:
        return {
            line for line, name in names_used(source) if any(f"{name}.".startswith(f"{b}.") for b in banned)
        }

    return found


def says(pattern: str) -> Finder:
    """Finds lines that match."""
    compiled = re.compile(pattern)
    return lambda source: {n for n, line in enumerate(source.splitlines(), 1) if compiled.search(line)}


def broken(rule: Finder, paths: Iterable[Path]) -> list[str]:
    """Where the rule is broken."""
    return [f"{relative(path)}:{line}" for path in paths for line in sorted(rule(path.read_text("utf-8")))]


def all_but(*spared: str) -> list[Path]:
    return [path for path in modules() if path.relative_to(PACKAGE).as_posix() not in spared]


ONE_SQLITE = uses("sqlite3", "_sqlite3", "pysqlite3", "apsw", "peewee.sqlite3")
ONE_CLOCK = uses(
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime",
    "pendulum.now", "pendulum.today", "pendulum.tomorrow", "pendulum.yesterday",
)  # fmt: skip
SQL_CLOCK = says(r"(?i)\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\(\s*'now'|\bunixepoch\(\s*\)")
THIS_MACHINE = says(r"/(wor[k]|far[m][a-z]*|roo[t]|hom[e]/[a-z]+|User[s]/[a-z]+|tm[p])/|\bfar[m]-[a-z]+")
PROMISES = says(r"\b(TOD[O]|FIXM[E]|XX[X])\b")
SLEEPING_OR_SKIPPED = uses(
    "time.sleep", "pytest.skip", "pytest.xfail", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"
)


@pytest.mark.parametrize(
    ("rule", "breach", "fine"),
    [
        (ONE_SQLITE, "import sqlite3", "from fu_tui.store.sqlite import sqlite3"),
        (ONE_SQLITE, "from sqlite3 import connect", "text = 'import sqlite3'"),
        (ONE_SQLITE, "from peewee import sqlite3 as s", "from peewee import SqliteDatabase"),
        (ONE_CLOCK, "from datetime import datetime as dt\ndt.now()", "from datetime import datetime\ndatetime.min"),
        (ONE_CLOCK, "import datetime\ndatetime.date.today()", "def f(clock): return clock.now()"),
        (ONE_CLOCK, "from time import time", "from time import monotonic"),
        (ONE_CLOCK, "def f():\n import pendulum\n pendulum.now()", "import pendulum\npendulum.date(1, 1, 1)"),
        (SQL_CLOCK, "at TEXT DEFAULT CURRENT_TIMESTAMP", "current_timestamps = 1"),
        (SQL_CLOCK, "SELECT date('now')", "say('nowhere')"),
        (THIS_MACHINE, "path = '/ho" + "me/dana/fu.db'", "path = '/somewhere/home/fu.db'"),
        (THIS_MACHINE, "see /wo" + "rk/main", "the work/home balance"),
        (PROMISES, "# TO" + "DO later", "# todo.txt is a format"),
        (SLEEPING_OR_SKIPPED, "import time\ntime.sleep(1)", "import time\ntime.monotonic()"),
        (SLEEPING_OR_SKIPPED, "import pytest\n@pytest.mark.skipif\ndef f(): 0", "import pytest\npytest.fixture"),
    ],
)  # fmt: skip
def test_each_rule_finds_its_breach_and_nothing_else(rule: Finder, breach: str, fine: str) -> None:
    assert rule(breach)
    assert not rule(fine)


def test_one_sqlite_library() -> None:
    """Two copies on one file corrupt it without an error."""
    assert broken(ONE_SQLITE, all_but("store/sqlite.py")) == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    assert broken(ONE_CLOCK, all_but("core/clock.py")) == []
    assert broken(SQL_CLOCK, modules()) == []


def test_nothing_names_the_machine_it_was_written_on() -> None:
    assert broken(THIS_MACHINE, written_files()) == []


def test_nothing_is_promised_for_later() -> None:
    code = [path for path in written_files() if path.suffix in {".py", ".toml", ".md", ".tcss"}]
    assert broken(PROMISES, code) == []


def test_no_test_sleeps_or_is_skipped() -> None:
    tests = [path for path in modules(ROOT / "tests") if path.parent.name != "bench"]  # those measure idling
    assert broken(SLEEPING_OR_SKIPPED, tests) == []


def test_no_file_outgrows_its_room() -> None:
    lengths = {relative(path): path.read_text("utf-8").count("\n") for path in modules(ROOT / "src")}
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [relative(path) for path in modules() if not path.read_text("utf-8").startswith('"""')]
    assert silent == []

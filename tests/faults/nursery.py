"""Processes that really run, close tasks and die: one warm process forks the others on demand.

As a program (`python -m tests.faults.nursery`) it reads orders from its input, a JSON object a line, forks as many
processes as ordered, and prints what they say. As a module it is the handle on that program.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fu_tui.core.clock import FixedClock
from fu_tui.core.errors import FuError
from fu_tui.core.events import FollowUpSpawned
from fu_tui.services.close import Closing
from fu_tui.services.context import Context
from fu_tui.services.journal import Journal
from fu_tui.services.setup import seed
from fu_tui.services.tick import Ticking
from fu_tui.store.backup import keep_backup, restore
from fu_tui.store.database import create, open_existing
from fu_tui.store.lookup import person
from tests.world import MONDAY

ROOT = Path(__file__).parents[2]
KILL, TORN, FAIL = 1, 2, 3
"""What the shim does at the n-th write: kill, write half and kill, or fail with an error number."""
ENOUGH = 30.0
"""Seconds within which a process has to say something."""


class Nursery:
    """The handle: orders go in, lines come out."""

    def __init__(self, preload: Path | None = None) -> None:
        environ = os.environ | ({"LD_PRELOAD": str(preload)} if preload else {})
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._pids: list[int] = []

    def order(self, deed: str, path: Path, *, count: int = 1, **more: Any) -> None:
        """Start `count` processes that do a deed on the database at `path`, all at the same moment."""
        assert self._process.stdin is not None
        order = {"deed": deed, "path": str(path), "count": count, **more}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        self._pids = self.line()["pids"]

    def line(self) -> dict[str, Any]:
        """The next line that any of them says."""
        assert self._process.stdout is not None
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        return said

    def lines(self) -> Iterator[dict[str, Any]]:
        """Everything they say until all of them have ended."""
        while "ended" not in (said := self.line()):
            yield said

    def is_silent(self, seconds: float) -> bool:
        """Whether nobody says anything for so long."""
        assert self._process.stdout is not None
        return not select.select([self._process.stdout], [], [], seconds)[0]

    def kill(self) -> None:
        """Kill -9, wherever they are."""
        for pid in self._pids:
            os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """Send the nursery home."""
        self._process.communicate()


# --- what the processes do


def close_all(path: Path, who: int, tasks: list[int], patience: float = 30.0, **_: Any) -> None:
    """Close each of the tasks, and say after each verb what it returned."""
    with _closing(path, who, patience) as closing:
        for task in tasks:
            _say(_close(closing, task))


def close_on(path: Path, who: int, tasks: list[int], **_: Any) -> None:
    """Close the tasks, then what followed, then what followed that, for ever."""
    with _closing(path, who, 30.0) as closing:
        while tasks:
            said = _close(closing, tasks.pop(0))
            _say(said)
            tasks.append(said["spawned"])


def tick(path: Path, who: int, times: int = 1, **_: Any) -> None:
    """Tick, and say what came of it."""
    db = open_existing(path, patience=30.0)
    ticking = Ticking(Context(db, FixedClock(MONDAY), person(db, who)))
    for _turn in range(times):
        _say({"made": [type(event).__name__ for event in ticking.tick()]})
    db.close()


def hold(path: Path, release: str, **_: Any) -> None:
    """Hold the write lock until a line comes down the pipe at `release`."""
    db = open_existing(path)
    with db.atomic():
        _say({"held": True})
        Path(release).read_text()
    db.close()


def with_fault(path: Path, who: int, what: str, how: int, nth: int, error: int = 0, **_: Any) -> None:
    """Do something with the n-th write going wrong; where it only failed, do it again without the fault."""
    shim, clock = ctypes.CDLL(None), FixedClock(MONDAY)
    db = open_existing(path, patience=1.0)
    context = Context(db, clock, person(db, who))
    deeds: dict[str, Callable[[], Any]] = {
        "close": lambda: _close(Closing(context), 1),
        "undo": lambda: Journal(context).undo(),
        "backup": lambda: keep_backup(path, "daily"),
        "restore": lambda: restore(path.with_name("fu.bak"), path),
        "create": lambda: create(
            path.with_name("new.db"), lambda new: seed(new, clock, login=None, name="Dana")
        ),
    }
    shim.fault_arm(how, nth, error)
    said = deeds[what]()
    left = shim.fault_left()
    shim.fault_arm(0, 0, 0)
    said = said if isinstance(said, dict) else {}
    _say(said | {"struck": left <= 0})
    if "refused" in said:
        _say(deeds[what]())
    db.close()


class _closing:
    def __init__(self, path: Path, who: int, patience: float) -> None:
        self._db = open_existing(path, patience=patience)
        self._verb = Closing(Context(self._db, FixedClock(MONDAY), person(self._db, who)))

    def __enter__(self) -> Closing:
        return self._verb

    def __exit__(self, *_: object) -> None:
        self._db.close()


def _close(closing: Closing, task: int) -> dict[str, Any]:
    try:
        events = closing.close([task], "acknowledged")
    except FuError as error:
        return {"task": task, "refused": str(error), "kind": type(error).__name__}
    (spawned,) = [event.task_id for event in events if isinstance(event, FollowUpSpawned)]
    return {"task": task, "spawned": spawned}


def _say(what: dict[str, Any]) -> None:
    """One line at once: short enough that those of several processes do not mix."""
    os.write(1, (json.dumps(what | {"pid": os.getpid()}) + "\n").encode())


# --- the program


def main() -> None:
    """Fork on order, wait, tell."""
    for line in sys.stdin:
        order = json.loads(line)
        deed, path, count = order.pop("deed"), Path(order.pop("path")), order.pop("count")
        gate, opener = os.pipe()
        pids = [pid for who in range(count) if (pid := _fork(deed, path, order, who, gate, opener))]
        _say({"pids": pids})
        os.close(gate)
        os.close(opener)
        ended = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
        _say({"ended": ended})


def _fork(deed: str, path: Path, order: dict[str, Any], number: int, gate: int, opener: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.close(opener)
    os.read(gate, 1)  # comes back when the last holder of the other end has let go
    people = order.get("people")
    if people:
        order["who"] = people[number % len(people)]
    try:
        deeds = {
            "close_all": close_all,
            "close_on": close_on,
            "hold": hold,
            "with_fault": with_fault,
            "tick": tick,
        }
        deeds[deed](path, **order)
    except BaseException as error:
        _say({"crashed": repr(error)})
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()

"""`fu add` and `fu list` as a shell meets them, against an interpreter that does nothing. One rule: the whole process
is timed, from its start to its end, on the wall and on the processor."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.probe import DROPPED
from tests.bench.ratio import Figure

NOTHING = (sys.executable, "-c", "pass")
COMMANDS = {
    "fu add": ("add", "Call Zed about the seats on 2031-03-04"),
    "fu list": ("list",),
}


def commands(databases: dict[int, Path], home: Path, turns: int) -> Iterator[Figure]:
    """Both commands at each size, and what the largest costs over the smallest."""
    env = {name: value for name, value in os.environ.items() if name not in DROPPED}
    env |= {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE")} | {"FU_USER": "dana"}
    for name, words in COMMANDS.items():
        runs: dict[int, list[tuple[float, float]]] = {size: [] for size in databases}
        nothing: list[tuple[float, float]] = []
        copies = {
            size: Path(shutil.copy(path, path.with_suffix(".work"))) for size, path in databases.items()
        }
        for turn in range(turns + 1):
            took = run(NOTHING, env)
            if turn:
                nothing.append(took)
            for size, path in copies.items():
                took = run((sys.executable, "-m", "fu_tui", *words), env | {"FU_DB": str(path)})
                if turn:
                    runs[size].append(took)
        for path in copies.values():
            path.unlink()
        small, large = min(databases), max(databases)
        for at, clock in enumerate(("", ", processor")):
            for size in databases:
                yield Figure(
                    f"`{name}`, {size:,} tasks{clock}", "`python -c pass`", "5", "10",
                    ours=[each[at] for each in runs[size]], theirs=[each[at] for each in nothing],
                )  # fmt: skip
            yield Figure(
                f"`{name}`, {large:,} over {small:,} tasks{clock}", f"{small:,}", "1", "1.15",
                ours=[each[at] for each in runs[large]], theirs=[each[at] for each in runs[small]],
            )  # fmt: skip


def run(command: Sequence[str], env: dict[str, str]) -> tuple[float, float]:
    """Run a process; milliseconds on the wall and on the processor. Raises RuntimeError where it fails."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    at = time.perf_counter()
    pid = os.posix_spawn(
        command[0], list(command), env, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, fd) for fd in (0, 1)]
    )
    _, status, used = os.wait4(pid, 0)
    took = (time.perf_counter() - at) * 1000
    os.close(nowhere)
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with {status}")
    return took, (used.ru_utime + used.ru_stime) * 1000

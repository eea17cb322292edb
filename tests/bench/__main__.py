"""How fast it is: `python -m tests.bench`, from the root of the project, prints the figures of docs/performance.md.

`year` plays a year of 10,000 enrollments, `machine` lets random days run for as many steps as are asked for, on a disk
with --on-disk, `zones` proves days and hours in every zone; all take long, so they come only when they are named.

Run it on a machine at rest. Every figure is a ratio within this run, so an old one can't be compared in milliseconds;
"bare against bare" says how much noise there was (0.95–1.05 is quiet).
"""

from __future__ import annotations

import argparse
import compileall
import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import fu_tui
from tests.bench import commands, data, desk, inside, machine, year, zones
from tests.bench.ratio import HEAD

BENCHES = {
    "start": (desk.first_paint, (100, 10_000, 100_000), 15),
    "keys": (desk.keys, (100, 100_000), 60),
    "search": (desk.searching, (100, 100_000), 20),
    "quit": (desk.leaving, (100,), 11),
    "commands": (commands.commands, (1_000, 10_000, 100_000), 15),
    "inside": (inside.inside, (1_000, 10_000, 100_000), 40),
}
"""Each with its sizes (open tasks) and how many turns it takes."""
LONG: dict[str, Callable[[Path, argparse.Namespace], Iterator[str]]] = {
    "year": lambda folder, chosen: year.year(folder, (chosen.size or [10_000])[0], chosen.turns),
    "machine": lambda _, chosen: machine.run(chosen.steps, chosen.on_disk),
    "zones": lambda *_: iter([zones.whole()]),
}
"""Those that take minutes, by what they print; run where they are named."""


def main() -> None:
    """Run the benches that are named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    named = ", ".join(LONG)
    parser.add_argument(
        "bench",
        nargs="*",
        choices=[*BENCHES, *LONG, []],
        help=f"which ({', '.join(BENCHES)}; all these; {named})",
    )
    parser.add_argument("--turns", type=int, help="turns of each figure")
    parser.add_argument("--size", type=int, action="append", help="open tasks; more than once for several")
    parser.add_argument("--steps", type=int, default=10_000, help="steps of the machine")
    parser.add_argument(
        "--on-disk", action="store_true", help="keep the machine's file as durably as a user's"
    )
    chosen = parser.parse_args()
    for folder in (
        sysconfig.get_path("purelib"),
        str(Path(fu_tui.__file__).parent),
        str(Path(__file__).parent),
    ):
        compileall.compile_dir(folder, quiet=2)
    with tempfile.TemporaryDirectory(prefix="fu-bench-") as name:
        made: dict[int, Path] = {}
        home = Path(name, "home")
        print(
            f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n"
        )
        if not LONG.keys() & set(chosen.bench):
            print(HEAD)
        for bench in chosen.bench or BENCHES:
            if bench in LONG:
                for line in LONG[bench](Path(name), chosen):
                    print(line, flush=True)
                continue
            measure, sizes, turns = BENCHES[bench]
            for size in chosen.size or sizes:
                if size not in made:
                    made[size] = data.make(Path(name, f"{size}.db"), size)
                    os.sync()
            wanted = {size: made[size] for size in chosen.size or sizes}
            for figure in measure(wanted, home, chosen.turns or turns):
                print(figure.row(), flush=True)


if __name__ == "__main__":
    main()

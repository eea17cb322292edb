"""How fast it is: `python -m tests.bench`, from the root of the project, prints the figures of docs/performance.md.

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
from pathlib import Path

import fu_tui
from tests.bench import commands, data, desk, inside, zones
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
PROOFS = {"zones": zones.whole}
"""What holds or not, and has no ratio; run where it is named."""


def main() -> None:
    """Run the benches that are named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "bench",
        nargs="*",
        choices=[*BENCHES, *PROOFS, []],
        help=f"which ({', '.join(BENCHES)}; all these; {', '.join(PROOFS)})",
    )
    parser.add_argument("--turns", type=int, help="turns of each figure")
    parser.add_argument("--size", type=int, action="append", help="open tasks; more than once for several")
    chosen = parser.parse_args()
    for name in [name for name in chosen.bench if name in PROOFS]:
        chosen.bench.remove(name)
        print(PROOFS[name](), flush=True)
        if not chosen.bench:
            return
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
            f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n\n{HEAD}"
        )
        for bench in chosen.bench or BENCHES:
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

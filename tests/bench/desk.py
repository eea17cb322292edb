"""The desk from outside: how long a person waits for the screen, and what the program takes. Each figure against the
bare app (`bare.py`), the two in turn."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.probe import Program
from tests.bench.ratio import Figure

BARE = (sys.executable, str(Path(__file__).with_name("bare.py")))
READY = "ready [01]"
PANES = r"Upcoming [\d,]+"
"""Stands on the screen when all panes do."""
MOVED = r"ready 1|\A(?:.*\n){3}▌"
"""Stands there when the first `j` was answered: a higher count, the cursor's bar on the second row."""
IDLE = 5.0
"""Seconds of watching what the programs do when nobody types."""
LINE = "Call Zed about the seats on 2031-03-04"


def desk(database: Path, home: Path) -> Program:
    """The desk on a database, with no settings but its own."""
    words = (sys.executable, "-m", "fu_tui", "--db", str(database), "--as", "dana")
    folders = {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE")}
    return Program(words, folders)


def first_paint(databases: dict[int, Path], home: Path, turns: int) -> Iterator[Figure]:
    """From the exec until the panes stand, and until a `j` that was typed at once is answered (then the app is there,
    after its own first frame), at each size; the bare app against itself tells how far to trust it."""
    rows = {"the queue readable": ("0.15", "1.35"), "the first key answered": ("1.15", "1.35")}
    same = [Figure(f"bare against bare, {name}", "bare", "1", "0.95–1.05") for name in rows]
    figures = {
        size: [Figure(f"start: {name}, {size:,} tasks", "bare", *limits) for name, limits in rows.items()]
        for size in databases
    }
    small, large = min(databases), max(databases)
    growth = [
        Figure(f"start: {name}, {large:,} over {small:,} tasks", f"{small:,}", "1.05", "1.15")
        for name in rows
    ]
    for turn in range(turns + 1):
        bare, again = _start(BARE), _start(BARE)
        ours = {size: _start(database, home) for size, database in databases.items()}
        for at in range(len(rows) if turn else 0):  # the first turn warms the disk's cache
            same[at].add(bare[at], again[at])
            growth[at].add(ours[small][at], ours[large][at])
            for size, figure in figures.items():
                figure[at].add(bare[at], ours[size][at])
    yield from (*same, *(figure for each in figures.values() for figure in each), *growth)


def _start(what: Path | tuple[str, ...], home: Path = Path()) -> list[float]:
    program = Program(what) if isinstance(what, tuple) else desk(what, home)
    try:
        program.type("j")
        return program.first(READY if isinstance(what, tuple) else PANES, MOVED)
    finally:
        program.kill()


@contextmanager
def side_by_side(database: Path, home: Path) -> Iterator[tuple[Program, Program]]:
    """The bare app and the desk, both open and at rest. What is written goes into a copy of the database."""
    work = database.with_suffix(".work")
    shutil.copy(database, work)
    programs: list[Program] = []
    try:
        programs += [Program(BARE), desk(work, home)]
        programs[0].first(READY)
        programs[1].first(PANES)
        for program in programs:
            program.calm(1.0)
        yield programs[0], programs[1]
    finally:
        for program in programs:
            program.kill()
        for path in work.parent.glob(work.name + "*"):
            path.unlink()


def keys(databases: dict[int, Path], home: Path, turns: int) -> Iterator[Figure]:
    """From the key to the screen, turn by turn beside a key of the bare app; then memory, rest and leaving."""
    for size, database in databases.items():
        said = f", {size:,} tasks"
        with side_by_side(database, home) as (bare, ours):
            for name, key, goal, limit in (
                ("j", "j", "1.3", "2"), ("page down", "\x1b[6~", "2", "3"),
            ):  # fmt: skip
                figure, card = (
                    Figure(name + more + said, "bare key", *limits)
                    for more, limits in (("", (goal, limit)), (" until the card followed", ("", "")))
                )
                for _ in range(turns):
                    figure.add(bare.key("j"), ours.key(key))
                    card.add(bare.settled("j"), ours.settled(key))
                yield from (figure, card)
            yield from _closing(bare, ours, turns, said)
            yield from _capturing(bare, ours, max(3, turns // 5), said)
            figure = Figure(f"idle {IDLE:.0f} s of processor{said}", "bare", "bare + 10 ms", "bare + 50 ms")
            for _ in range(3):
                figure.add(*_idle(bare, ours))
            yield figure
            memory = Figure(f"peak memory{said}", "bare", "1.3", "1.6", "MiB")
            memory.add(bare.memory(), ours.memory())
            yield memory


def _closing(bare: Program, ours: Program, turns: int, said: str) -> Iterator[Figure]:
    """`n`: closed, the next step written and durable, the rows and the count of what is done repainted."""
    figure = Figure(f"n{said}", "bare key", "2.5", "5")
    for _ in range(turns):
        figure.add(bare.key("j"), ours.key("n", _done(ours, 1)))
    yield figure
    figure = Figure(f"50 × n typed ahead{said}", "bare's 200 × j", "3", "6")
    for _ in range(3):
        count = int(bare.text().split()[1]) + 200
        figure.add(bare.key("j" * 200, rf"ready {count}\b"), ours.key("n" * 50, _done(ours, 50)))
    yield figure


def _done(ours: Program, more: int) -> str:
    """What the header says when so many more are done."""
    ours.calm()
    found = re.search(r"([\d,]+) done", ours.text())
    return rf" {int(found[1].replace(',', '')) + more:,} done" if found else "done"


def _capturing(bare: Program, ours: Program, turns: int, said: str) -> Iterator[Figure]:
    opened = Figure(f"capture: open{said}", "bare key", "8", "12")
    letter = Figure(f"capture: a letter, echoed{said}", "bare key", "2", "3")
    saved = Figure(f"capture: saved and shown{said}", "bare key", "6", "10")
    for _ in range(turns):
        opened.add(bare.key("j"), ours.key("a", "What"))
        for sign in re.findall(r"\s*\S", LINE):  # a blank alone changes nothing that can be seen
            letter.add(bare.key("j"), ours.key(sign))
        saved.add(bare.key("j"), ours.key("\r", r"Added: Call Zed(?s:.*)\Z"))
        ours.calm(0.3)
    yield from (opened, letter, saved)


def _idle(bare: Program, ours: Program) -> tuple[float, float]:
    for program in (bare, ours):
        program.calm(1.0)
    before = bare.cpu(), ours.cpu()
    time.sleep(IDLE)
    return bare.cpu() - before[0], ours.cpu() - before[1]


def leaving(databases: dict[int, Path], home: Path, turns: int) -> Iterator[Figure]:
    """From `q` until the process is gone."""
    figure = Figure("quit", "bare", "0.15", "1.1")
    for _ in range(turns):
        with side_by_side(databases[min(databases)], home) as (bare, ours):
            figure.add(bare.leave("q"), ours.leave("q"))
    yield figure


def searching(databases: dict[int, Path], home: Path, turns: int) -> Iterator[Figure]:
    """From a letter to what it finds: in the queue's filter, and in the palette."""
    for size, database in databases.items():
        said = f", {size:,} tasks"
        with side_by_side(database, home) as (bare, ours):
            first, more = (
                Figure(f"filter: {name} letter{said}", "bare key", "5", "10") for name in ("first", "fifth")
            )
            ours.key("/", "Rows with")
            for turn in range(turns):
                letter = "cdaszrmolp"[turn % 10]
                first.add(bare.key("j"), ours.key(letter, rf"/ {letter}(?s:.*)Rows with  {letter}"))
                ours.calm(0.2)
                _rub_out(ours, 1)
            for turn in range(turns):
                word = ("about", "dana", "betatech", "pricing")[turn % 4]
                for sign in word[:-1]:
                    ours.key(sign)
                ours.calm(0.2)
                more.add(bare.key("j"), ours.key(word[-1], rf"/ {word}(?s:.*)Rows with  {word}"))
                ours.calm(0.2)
                _rub_out(ours, len(word))
            ours.key("\r")
            yield from (first, more)
            opened = Figure(f"palette: open{said}", "bare key", "8", "12")
            letter_figure = Figure(f"palette: a letter{said}", "bare key", "5", "10")
            for _ in range(turns):
                opened.add(bare.key("j"), ours.key("\x10", "Find"))
                ours.calm(0.2)
                for sign in "dana":
                    letter_figure.add(bare.key("j"), ours.key(sign))
                    ours.calm(0.1)
                ours.key("\x1b")
                ours.calm(0.3)
            yield from (opened, letter_figure)


def _rub_out(ours: Program, letters: int) -> None:
    for _ in range(letters):
        ours.key("\x7f")
    ours.calm(0.2)

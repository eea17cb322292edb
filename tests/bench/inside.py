"""The database work alone, in this process: what the read side and the verbs add to the statements they run. The same
statements go through the same SQLite, once by us and once bare."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from fu_tui.bootstrap import open_desk
from fu_tui.core.terms import Bucket
from fu_tui.queries.look import PANES, Look
from fu_tui.queries.rows import QueueRow
from fu_tui.store.sqlite import sqlite3
from tests.bench.ratio import Figure

ROWS = 50
Statement = tuple[str, str, Any]
"""How it was run, the text, the parameters."""


class _Heard(sqlite3.Connection):
    """A connection that keeps a list of its statements."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.heard: list[Statement] = []
        super().__init__(*args, **options)

    def execute(self, sql: str, params: Any = ()) -> sqlite3.Cursor:
        self.heard.append(("execute", sql, params))
        return super().execute(sql, params)

    def executemany(self, sql: str, params: Any) -> sqlite3.Cursor:
        self.heard.append(("executemany", sql, list(params)))
        return super().executemany(sql, self.heard[-1][2])


class Overheard:
    """A desk of which one knows the statements."""

    def __init__(self, path: Path) -> None:
        self.desk = open_desk(str(path), "dana")
        self.desk.warm_up()
        self.desk.db.close()
        self.desk.db.connect_params["factory"] = _Heard
        self.desk.db.connect()

    def statements(self, work: Callable[[], object]) -> list[Statement]:
        """What this work runs."""
        connection = self.desk.db.connection()
        connection.heard.clear()
        work()
        return list(connection.heard)


def inside(databases: dict[int, Path], home: Path, turns: int) -> Iterator[Figure]:
    """Pages, counts and the closing transaction, at each size."""
    os.environ |= {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE")}
    counted: dict[int, list[float]] = {}
    for size, path in databases.items():
        said = f", {size:,} tasks"
        yield from _reads(path, said, turns)
        yield _closes(path, said, turns)
        desk = open_desk(str(path), "dana")
        look = desk.look()
        counted[size] = [_timed(look.counts) for _ in range(turns)]
        desk.shut()
    small = min(databases)
    for size, took in counted.items():
        yield Figure(
            f"counts, {size:,} tasks", f"{small:,}", "0.1 ms", "1 ms", ours=took, theirs=counted[small]
        )


def _reads(path: Path, said: str, turns: int) -> Iterator[Figure]:
    overheard, desk, raw = Overheard(path), open_desk(str(path), "dana"), sqlite3.connect(path)
    look = desk.look()
    for bucket in PANES:
        rows = look.rows_of(bucket).first(ROWS)
        pages = {f"first page of {bucket.value}": partial(_first, bucket)}
        if len(rows) == ROWS:
            pages[f"second page of {bucket.value}"] = partial(_after, bucket, rows[-1])
        for name, read in pages.items():
            alone = partial(_run, raw, overheard.statements(partial(read, overheard.desk.look())))
            figure = Figure(name + said, "raw", "1.1", "1.5")
            for _ in range(turns):
                figure.add(_timed(alone), _timed(partial(read, look)))
            yield figure
    raw.close()
    desk.shut()
    overheard.desk.shut()


def _first(bucket: Bucket, look: Look) -> object:
    return look.rows_of(bucket).first(ROWS)


def _after(bucket: Bucket, row: QueueRow, look: Look) -> object:
    return look.rows_of(bucket).page_after(row, ROWS)


def _closes(path: Path, said: str, turns: int) -> Figure:
    """Closing with the next step and the journal, and its statements alone; each on a file of its own, as durable."""
    copies = [Path(shutil.copy(path, path.with_suffix(f".{name}"))) for name in ("heard", "ours", "raw")]
    overheard, desk = Overheard(copies[0]), open_desk(str(copies[1]), "dana")
    raw = sqlite3.connect(copies[2], isolation_level=None)
    for name in ("journal_mode", "synchronous", "foreign_keys"):
        raw.execute(f"PRAGMA {name} = {desk.db.value(f'PRAGMA {name}')}")
    os.sync()
    rows = desk.look().rows_of(Bucket.UPCOMING).first(turns + 1)
    figure = Figure(f"close and spawn{said}", "raw", "2", "3")
    for turn, row in enumerate(rows):
        close = [row.id], "no_reply"
        alone = partial(_run, raw, overheard.statements(partial(overheard.desk.close, *close)))
        took = _timed(alone), _timed(partial(desk.close, *close))
        if turn:  # the first one loads the verb
            figure.add(*took)
    overheard.desk.shut()
    desk.shut()
    raw.close()
    for copy in copies:
        copy.unlink()
    return figure


def _run(raw: sqlite3.Connection, statements: list[Statement]) -> None:
    for how, sql, params in statements:
        getattr(raw, how)(sql, params).fetchall()


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    at = time.perf_counter()
    work()
    return (time.perf_counter() - at) * 1000

"""Files to one plan of an import. One rule: every record of every file is taken, merged or rejected with its reason.

Nothing here knows a database; the plan is published elsewhere, whole or not at all.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fu_tui.core.errors import NotFound, UsageError
from fu_tui.exchange.cells import BadCell
from fu_tui.exchange.columns import Layout, not_recognised, recognise
from fu_tui.exchange.csvfile import CsvFile, open_csv
from fu_tui.exchange.datecells import DateOrder
from fu_tui.exchange.fields import Kind
from fu_tui.exchange.gather import Gathered
from fu_tui.exchange.mapping import ColumnMap
from fu_tui.exchange.plan import FileReport, ImportPlan
from fu_tui.exchange.records import Reject
from fu_tui.exchange.rows import read_rows
from fu_tui.exchange.takers import TAKE

Progress = Callable[[int, int], None]
"""Is told how many bytes are done, of how many. What it raises ends the planning."""
_SUFFIXES = frozenset({".csv", ".tsv"})
_EVERY = 512
"""Records between two calls of the progress."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    path: Path
    file: CsvFile
    layout: Layout
    dates: DateOrder | None


class _Meter:
    """Turns the records of many files into bytes done; reading a file is the first half of its bytes."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._before = 0

    def at(self, done: int) -> None:
        if self._progress:
            self._progress(self._before + done, self._total)

    def end_of_file(self, size: int) -> None:
        self._before += size
        self.at(0)


def plan_import(
    paths: Sequence[Path],
    *,
    kind: Kind | None = None,
    columns: ColumnMap | None = None,
    encoding: str | None = None,
    dates: DateOrder | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """Read files, or the CSV files of folders, in whatever order they are named.

    `kind` says what the rows are, for all files; `columns` is what a map file says, for the files that have its
    columns; `encoding` is for files without a byte order mark; `dates` settles the order of day and month.
    Raises UsageError, NotFound or Refused where a file as a whole can't be read or understood; rows that can't
    be taken are the rejects of the plan.
    """
    opened, passed_over = _open_all(paths, encoding)
    sheets = []
    for path, file in opened:
        chosen = _map_for(file, columns, several=len(opened) > 1)
        layout = recognise(file.name, file.header, kind=kind, chosen=chosen)
        if layout:
            sheets.append(_Sheet(path, file, layout, dates or chosen.date_order))
        elif path in paths:
            raise not_recognised(file.name, file.header)
        else:
            passed_over.append(f"{file.name}: its columns fit no kind of record")
    if not sheets:
        raise NotFound("There is no CSV file to import here.", "Name a file, or a folder that holds some.")
    if columns and columns.columns and not any(_fits(sheet.file, columns) for sheet in sheets):
        raise UsageError(
            "No file has all the columns that the map names.", "Check the names in the map file."
        )
    reading_order = list(TAKE)
    sheets.sort(key=lambda sheet: reading_order.index(sheet.layout.kind))
    meter = _Meter(progress, sum(len(sheet.file.data) for sheet in sheets))
    into = Gathered()
    rejects: list[Reject] = []
    with _without_gc():
        reports = tuple(_read(sheet, into, rejects, meter) for sheet in sheets)
    return ImportPlan(
        reports,
        tuple(into.users.values()),
        into.stages.records(Counter(deal.stage for deal in into.deals)),
        tuple(into.accounts.values()),
        tuple(into.contacts.values()),
        tuple(into.deals),
        tuple(into.notes),
        tuple(into.tasks),
        tuple(rejects),
        into.repairs(),
        tuple(passed_over),
    )


@contextmanager
def _without_gc() -> Iterator[None]:
    """Rows make no cycles, and looking for some among 100,000 records took 40 % of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _open_all(paths: Sequence[Path], encoding: str | None) -> tuple[list[tuple[Path, CsvFile]], list[str]]:
    """The files that `paths` name, opened, and the files of folders that are passed over."""
    found: dict[Path, Path] = {}
    passed_over = []
    for path in paths:
        for inner in sorted(path.iterdir()) if path.is_dir() else [path]:
            if not path.is_dir() or (inner.suffix.lower() in _SUFFIXES and inner.is_file()):
                found.setdefault(inner.resolve(), inner)
            elif inner not in paths:
                passed_over.append(f"{inner.name}: {'a folder' if inner.is_dir() else 'not a CSV file'}")
    names = Counter(path.name for path in found.values())
    opened: list[tuple[Path, CsvFile]] = []
    by_hash: dict[str, str] = {}
    for path in found.values():
        file = open_csv(path, name=path.name if names[path.name] == 1 else str(path), encoding=encoding)
        twin = by_hash.setdefault(file.sha256, file.name)
        if twin != file.name:
            raise UsageError(f"{twin} and {file.name} have the same content.", "Import it once.")
        opened.append((path, file))
    return opened, passed_over


def _fits(file: CsvFile, columns: ColumnMap) -> bool:
    return all(column in file.header for names in columns.columns.values() for column in names)


def _map_for(file: CsvFile, columns: ColumnMap | None, several: bool) -> ColumnMap:
    """The map for this file: the one given, unless it is meant for another of several files."""
    if columns is None or (several and not _fits(file, columns)):
        return ColumnMap()
    return columns


def _read(sheet: _Sheet, into: Gathered, rejects: list[Reject], meter: _Meter) -> FileReport:
    """Take all rows of one file."""
    file, layout = sheet.file, sheet.layout
    into.kind = layout.kind
    records = file.records(lambda done: meter.at(done // 2))
    take = TAKE[layout.kind]
    named = layout.at("external_id") or layout.at("account_id")
    seen: set[tuple[str, ...]] = set()
    taken = rejected = 0
    size = len(file.data)
    rows = read_rows(file, layout, records, sheet.dates)
    for n, ((line, values), row) in enumerate(zip(records, rows, strict=True)):
        if n % _EVERY == 0:
            meter.at((size + size * n // len(records)) // 2)
        if not named:
            cells = tuple(values)
            if cells in seen:
                continue
            seen.add(cells)
        reason = ""
        if isinstance(row, BadCell):
            reason = str(row)
        else:
            try:
                taken += take(row, into)
            except BadCell as bad:
                reason = str(bad)
            into.count_said(row, taken=not reason)
        if reason:
            rejected += 1
            rejects.append(Reject(file.name, line, reason, tuple(values)))
    meter.end_of_file(size)
    return FileReport(
        file.name,
        sheet.path,
        layout.kind,
        file.sha256,
        file.encoding,
        file.separator,
        len(records),
        taken,
        len(records) - taken - rejected,
        rejected,
        layout.ignored,
    )

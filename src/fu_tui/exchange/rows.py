"""The records of a file to rows of fields. One rule: a cell that can't be read rejects its row, with the reason.

Columns are read, not rows: most cells of a column repeat, and each different one is looked at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

from fu_tui.core.errors import UsageError
from fu_tui.core.text import clean_text
from fu_tui.exchange import cells
from fu_tui.exchange.cells import NO_CELLS, Amounts, BadCell, Kept
from fu_tui.exchange.columns import Layout, label
from fu_tui.exchange.csvfile import CsvFile, Record, unguard
from fu_tui.exchange.datecells import DateColumn, DateOrder, Moment, settle
from fu_tui.exchange.fields import DAYS, LONG, MANY, TIMED

MAX_LINE = 1_000
"""Characters of a field that is one line (a name, a title, an action)."""
_BLANK = frozenset({"", "-", "–", "—", "n/a", "N/A", "NULL", "NaN"})
_Value = TypeVar("_Value")


class Row(NamedTuple):
    """The fields of one row, cleaned. What its file has no column for is empty."""

    file: str
    line: int
    external_id: str = ""
    account_id: str = ""
    name: str = ""
    """Of a person also from first and last name, else the e-mail address."""
    first_name: str = ""
    last_name: str = ""
    account: str = ""
    owner: str = ""
    job: str = ""
    manager: str = ""
    role: str = ""
    title: str = ""
    product: str = ""
    stage: str = ""
    lost_reason: str = ""
    deal: str = ""
    action: str = ""
    priority: str = ""
    channel: str = ""
    status: str = ""
    note: str = ""
    do_not_contact: str = ""
    no_mail: str = ""
    no_call: str = ""
    currency: str = ""
    amount: tuple[Decimal | None, str] = (None, "")
    """With the currency that stands beside it."""
    entered: date | None = None
    created: date | None = None
    closed: date | None = None
    renewal: date | None = None
    due: Moment | None = None
    emails: Kept = NO_CELLS
    phones: Kept = NO_CELLS
    facts: str = ""
    """What the row says in columns that no field has: "sector: retail · employees: 300"."""


def tidy(cell: str, one_line: bool = True) -> str:
    """`cell` without formula guard, control characters and spaces at its ends; "" for "-" and the like."""
    if not (cell.isalnum() and cell.isascii()):
        cell = clean_text(unguard(cell), one_line).strip()
    return "" if cell in _BLANK else cell


def read_rows(
    file: CsvFile, layout: Layout, records: Sequence[Record], order: DateOrder | None
) -> list[Row | BadCell]:
    """For each record its row, or the reason why it can't be used.

    `order` is of day and month, None to find it. Raises UsageError where it stays open, and for a default of the
    map that can't be read.
    """
    sheet = _Sheet(file, layout, records, order)
    columns = sheet.columns()
    cells_of = (columns.get(field, repeat(Row._field_defaults[field])) for field in Row._fields[2:])
    lines = (line for line, _ in records)
    rows: list[Row | BadCell] = list(map(Row._make, zip(repeat(file.name), lines, *cells_of, strict=False)))
    for n, reason in sheet.bad.items():
        rows[n] = reason
    return rows


class _Sheet:
    """The records of one file, read column by column."""

    def __init__(
        self, file: CsvFile, layout: Layout, records: Sequence[Record], order: DateOrder | None
    ) -> None:
        self.bad: dict[int, BadCell] = {}
        """The rows that can't be used, by their number, with the reason."""
        self._layout = layout
        self._rows = [values for _, values in records]
        self._blank_misfits(len(file.header))
        self._labels = [label(file.header, n) for n in range(len(file.header))]
        self._orders = self._date_orders(file.name, order)

    def _blank_misfits(self, width: int) -> None:
        """Rows with fewer fields than columns are bad, and with more; empty ones beyond the last are no matter."""
        for n, values in enumerate(self._rows):
            if len(values) != width and (len(values) < width or any(values[width:])):
                self.bad[n] = BadCell(f"{len(values)} fields where the header has {width}")
                self._rows[n] = [""] * width

    def columns(self) -> dict[str, Iterable[Any]]:
        """The values of each field that the file or the map gives, row by row."""
        layout = self._layout
        columns: dict[str, Iterable[Any]] = {}
        for field in dict.fromkeys((*layout.columns, *layout.defaults)):
            if field not in MANY:
                columns[field] = self._values(field, layout.defaults.get(field, ""))
        if layout.at("emails"):
            columns["emails"] = [cells.emails(row) for row in self._side_by_side("emails")]
        if layout.at("phones"):
            columns["phones"] = [cells.phones(row) for row in self._side_by_side("phones")]
        if places := layout.at("facts"):
            labels = [self._labels[at].replace("_", " ") for at in places]
            columns["facts"] = [_facts(labels, row) for row in self._side_by_side("facts")]
        if columns.keys() & {"first_name", "last_name", "emails"}:
            columns["name"] = self._names(columns)
        return columns

    def _date_orders(self, name: str, order: DateOrder | None) -> dict[str, DateOrder | None]:
        """The order of day and month in each field: the one that was said, else what the columns prove."""
        fields = {field: self._labels[at[0]] for field, at in self._layout.columns.items() if field in DAYS}
        if order:
            return dict.fromkeys(fields, order)
        counted: dict[str, Counter[str]] = {}
        for field, column in fields.items():
            counts = counted[column] = Counter()
            for cell, times in Counter(self._raw(field)).items():
                counts[tidy(cell)] += times
        orders = settle(counted, name)
        return {field: orders[column] for field, column in fields.items()}

    def _raw(self, field: str) -> list[str]:
        at = self._layout.at(field)[0]
        return [row[at] for row in self._rows]

    def _side_by_side(self, field: str) -> Iterable[tuple[str, ...]]:
        """The tidied cells of all columns of a field, row by row."""
        columns = ([row[at] for row in self._rows] for at in self._layout.at(field))
        return zip(
            *(self._each_once(column, lambda cell: tidy(cell, False)) for column in columns), strict=True
        )

    def _values(self, field: str, default: str) -> Iterable[Any]:
        """The values of a field that has one column, or only a default."""
        is_line = field not in LONG

        def text(cell: str) -> str:
            if is_line and len(cell) > MAX_LINE:
                raise BadCell(f"{field} has {len(cell):,} characters; at most {MAX_LINE:,} fit")
            if "\0" in cell:
                raise BadCell("it has a NUL character")
            return tidy(cell, is_line) or default

        raw = self._raw(field) if self._layout.at(field) else []
        read: Callable[[str], object] = text
        if field in DAYS:
            days = DateColumn(self._orders.get(field))
            timed = field in TIMED
            read = lambda cell: _day(days[day], timed) if (day := text(cell)) else None  # noqa: E731
        elif field == "amount":
            amounts = Amounts(map(tidy, set(raw)))
            read = lambda cell: amounts[text(cell)]  # noqa: E731
        try:
            empty = read("")
        except BadCell as reason:
            raise UsageError(
                f"The default of {field} can't be read: {reason}.", "Mend it in the map."
            ) from None
        return self._each_once(raw, read) if self._layout.at(field) else repeat(empty)

    def _each_once(self, column: list[str], read: Callable[[str], _Value]) -> list[_Value | None]:
        """The values of a column, each different cell read once; where one is bad, its rows are marked."""
        known: dict[str, _Value | None] = {}
        reasons: dict[str, BadCell] = {}
        for cell in set(column):
            try:
                known[cell] = read(cell)
            except BadCell as reason:
                known[cell] = None
                reasons[cell] = reason.with_traceback(None)
        if reasons:
            for n, cell in enumerate(column):
                if cell in reasons:
                    self.bad.setdefault(n, reasons[cell])
        return [known[cell] for cell in column]

    def _names(self, columns: Mapping[str, Iterable[Any]]) -> list[str]:
        """The names of persons: in one cell, or in two, or the e-mail address stands in."""
        whole, first, last = (columns.get(field, repeat("")) for field in ("name", "first_name", "last_name"))
        emails = columns.get("emails", repeat(NO_CELLS))
        return [
            name or f"{one or ''} {two or ''}".strip() or next(iter(mail.kept), "")
            for name, one, two, mail, _ in zip(whole, first, last, emails, self._rows, strict=False)
        ]


def _day(moment: Moment, timed: bool) -> Moment | date:
    return moment if timed else moment.day


def _facts(labels: Sequence[str], row: Sequence[str]) -> str:
    """What a row says in columns that no field has."""
    return " · ".join(f"{name}: {clean_text(fact)}" for name, fact in zip(labels, row, strict=True) if fact)

"""One record of a file to one row of fields. One rule: what reading changes or leaves out is said in the row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from fu_tui.core.text import clean_text
from fu_tui.exchange import cells
from fu_tui.exchange.cells import Amounts, BadCell
from fu_tui.exchange.columns import Layout, label
from fu_tui.exchange.csvfile import CsvFile, Record, unguard
from fu_tui.exchange.datecells import DateColumn, DateOrder, Moment, settle
from fu_tui.exchange.fields import DAYS, LONG, MANY

_BLANK = frozenset({"", "-", "–", "—", "n/a", "N/A", "NULL", "NaN"})


@dataclass(slots=True)
class Row:
    """The fields of one row, cleaned."""

    file: str
    line: int
    cells: dict[str, str]
    days: dict[str, Moment] = field(default_factory=dict)
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    facts: str = ""
    """What the row says in columns that no field has: "sector: retail · employees: 300"."""
    amount: Decimal | None = None
    currency: str = ""
    repairs: list[str] = field(default_factory=list)
    """What was changed, left out or assumed, in words that are counted."""

    def text(self, name: str) -> str:
        """The field's text, "" where the row has none."""
        return self.cells.get(name, "")

    def need(self, name: str, reason: str) -> str:
        """The field's text. Raises BadCell with `reason` where the row has none."""
        text = self.cells.get(name, "")
        if not text:
            raise BadCell(reason)
        return text

    @property
    def person(self) -> str:
        """The name of a person, from one column or from first and last name."""
        return self.text("name") or f"{self.text('first_name')} {self.text('last_name')}".strip()


def tidy(cell: str, one_line: bool = True) -> str:
    """`cell` without formula guard, control characters and spaces at its ends; "" for "-" and the like."""
    cell = clean_text(unguard(cell), one_line).strip()
    return "" if cell in _BLANK else cell


class RowReader:
    """Reads the rows of one file; made from all of its records, so that it knows how dates and amounts are written."""

    def __init__(
        self, file: CsvFile, layout: Layout, records: Sequence[Record], order: DateOrder | None
    ) -> None:
        self._file = file.name
        self._width = len(file.header)
        self._has_nul = b"\0" in file.data
        self._defaults = {name: value for name, value in layout.defaults.items() if name not in MANY}
        self._tidy = lru_cache(maxsize=4096)(tidy)  # most cells of a column repeat
        single = [(name, at[0]) for name, at in layout.columns.items() if name not in MANY]
        self._short = [(name, at) for name, at in single if name not in LONG]
        self._long = [(name, at) for name, at in single if name in LONG]
        self._emails, self._phones, self._facts = layout.at("emails"), layout.at("phones"), layout.at("facts")
        self._labels = {at: label(file.header, at).replace("_", " ") for at in self._facts}
        whole = [record.values for record in records if len(record.values) >= self._width]
        places = {name: at for name, at in single if name in DAYS}
        if order is None:
            by_label = {name: label(file.header, at) for name, at in places.items()}
            settled = settle(
                {by_label[name]: [self._tidy(v[at]) for v in whole] for name, at in places.items()}, file.name
            )
            self._days = {name: settled[by_label[name]] for name in places}
        else:
            self._days = {name: DateColumn(order) for name in places}
        for name in self._defaults:
            if name in DAYS:
                self._days.setdefault(name, DateColumn(order))
        self._amounts = Amounts(self._tidy(v[at]) for v in whole for at in layout.at("amount"))

    def read(self, record: Record) -> Row:
        """The row's fields. Raises BadCell with the reason where the row can't be used."""
        values = record.values
        if len(values) != self._width and (len(values) < self._width or any(values[self._width :])):
            raise BadCell(f"{len(values)} fields where the header has {self._width}")
        if self._has_nul and "\0" in "".join(values):
            raise BadCell("it has a NUL character")
        found = {name: self._tidy(values[at]) for name, at in self._short}
        for name, at in self._long:
            found[name] = tidy(values[at], False)
        for name, default in self._defaults.items():
            found[name] = found.get(name) or default
        row = Row(self._file, record.line, found)
        for name, column in self._days.items():
            if found[name]:
                row.days[name] = column.read(found[name])
        if found.get("amount"):
            row.amount, row.currency = self._amounts.read(found["amount"])
        row.currency = found.get("currency", "") or row.currency
        if self._emails:
            row.emails, dropped = cells.emails(tidy(values[at], False) for at in self._emails)
            row.repairs += ("an e-mail address left out that isn't one" for _ in dropped)
        if self._phones:
            row.phones, dropped = cells.phones(tidy(values[at], False) for at in self._phones)
            row.repairs += ("a phone number left out that has fewer than seven digits" for _ in dropped)
        if self._facts:
            facts = ((self._labels[at], tidy(values[at])) for at in self._facts)
            row.facts = " · ".join(f"{name}: {fact}" for name, fact in facts if fact)
        return row

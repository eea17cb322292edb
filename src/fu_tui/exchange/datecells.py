"""Dates in cells. One rule: which number is the day is proven by the column or asked for, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, time, timedelta, timezone
from enum import StrEnum
from typing import NamedTuple

from fu_tui.core.errors import UsageError
from fu_tui.exchange.cells import BadCell


class DateOrder(StrEnum):
    """Which number of 3/4/2026 is the day."""

    DMY = "dmy"
    MDY = "mdy"


class Moment(NamedTuple):
    """A civil day, and the time beside it: of a wall clock, or aware where the cell names its offset.

    None is no time, or midnight, which is how exports write none.
    """

    day: date
    time: time | None


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january januar", "feb february februar", "mar march mär märz mrz", "apr april", "may mai",
         "jun june juni", "jul july juli", "aug august", "sep sept september", "oct october okt oktober",
         "nov november", "dec december dez dezember"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = r"(?:(?:[T,]|\s)\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d\d)" + _TIME)
_DAY_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([^\W\d]+)\.?,?[\s-]+(\d{4}|\d\d)" + _TIME
)
_MONTH_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,\s+)?([^\W\d]+)\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})" + _TIME
)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_CLEAR = 10
"""How many times more cells must speak for one order than for the other before the others count as mistakes."""


class Evidence(NamedTuple):
    """What the cells of one column say about the order."""

    order: DateOrder | None
    """The order that is proven, or None."""
    ambiguous: str
    """A cell that could be read both ways ("" if there is none)."""
    against: tuple[str, str] | None
    """Two cells that contradict each other, too evenly to call either one a mistake."""


def weigh(cells: Mapping[str, int]) -> Evidence:
    """What a whole column says, each different cell with how often it stands there: a number over 12 proves an order.

    Where both orders are proven, one wins if ten times as many cells speak for it.
    """
    count = {DateOrder.DMY: 0, DateOrder.MDY: 0}
    example: dict[DateOrder, str] = {}
    ambiguous = ""
    for cell, times in cells.items():
        found = _NUMBERS.fullmatch(cell)
        if not found:
            continue
        first, second = int(found[1]), int(found[3])
        if first <= 12 and second <= 12:
            if first != second:
                ambiguous = ambiguous or cell
        elif first <= 12 or second <= 12:
            order = DateOrder.DMY if first > 12 else DateOrder.MDY
            count[order] += times
            example.setdefault(order, cell)
    if not example:
        return Evidence(None, ambiguous, None)
    strong, weak = sorted(count, key=lambda order: -count[order])
    if count[strong] < _CLEAR * count[weak]:
        return Evidence(None, ambiguous, (example[strong], example[weak]))
    return Evidence(strong, ambiguous, None)


class DateColumn(dict[str, Moment]):
    """The dates of one column, by cell, in a known order: `column["27.11.2026"]`; each different cell is read once.

    A cell that says no exact date raises BadCell with the reason.
    """

    def __init__(self, order: DateOrder | None) -> None:
        super().__init__()
        self._order = order

    def __missing__(self, cell: str) -> Moment:
        self[cell] = moment = self._parse(cell)
        return moment

    def _parse(self, cell: str) -> Moment:
        if found := _ISO.fullmatch(cell):
            return _moment(cell, found[1], int(found[3]), int(found[4]), found.groups()[4:])
        if found := _NUMBERS.fullmatch(cell):
            if len(found[4]) == 2 and found[2] == "-":
                raise BadCell(f"“{cell}”: which number is the year can't be told; write 2026-11-27")
            first, second = int(found[1]), int(found[3])
            day, month = (second, first) if self._order is DateOrder.MDY else (first, second)
            if month > 12 and day <= 12 and self._order:
                raise BadCell(
                    f"“{cell}” has its day and month the other way round than the column ({self._order})"
                )
            return _moment(cell, found[4], month, day, found.groups()[4:])
        if found := _DAY_FIRST.fullmatch(cell):
            return _moment(cell, found[3], _month(found[2]), int(found[1]), found.groups()[3:])
        if found := _MONTH_FIRST.fullmatch(cell):
            return _moment(cell, found[3], _month(found[1]), int(found[2]), found.groups()[3:])
        if _SERIAL.fullmatch(cell):
            raise BadCell(
                f"“{cell}” looks like Excel's number of a day; format the column as a date and save again"
            )
        raise BadCell(f"“{cell}” is no exact date; write 2026-11-27")


def settle(columns: Mapping[str, Mapping[str, int]], name: str) -> dict[str, DateOrder | None]:
    """The order of each date column of the file `name`; `columns` holds their cells, counted, by column name.

    A column without proof of its own takes the order that the file's other columns prove; None is for one that
    needs none. Raises UsageError, naming a cell, where the order stays open or two orders are proven.
    """
    weighed = {column: weigh(cells) for column, cells in columns.items()}
    proven = {evidence.order for evidence in weighed.values() if evidence.order}
    shared = proven.pop() if len(proven) == 1 else None
    for column, evidence in weighed.items():
        if evidence.against:
            one, other = evidence.against
            raise UsageError(
                f"{name}: the dates in “{column}” are written in two ways: “{one}” and “{other}”.",
                "Make them alike, or say which is right with --dates dmy or --dates mdy; the others are rejected.",
            )
        if evidence.ambiguous and not (evidence.order or shared):
            raise UsageError(
                f"{name}: “{evidence.ambiguous}” in “{column}” can be read in two ways, and no other date tells which.",
                "Say it with --dates dmy (day first) or --dates mdy (month first).",
            )
    return {column: evidence.order or shared for column, evidence in weighed.items()}


def _month(word: str) -> int:
    return _MONTHS.get(word.lower(), 0)


def _moment(cell: str, year: str, month: int, day: int, clock: tuple[str | None, ...]) -> Moment:
    number = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 70 else 1900 + int(year)
    try:
        civil = date(number, month, day)
    except ValueError:
        raise BadCell(f"“{cell}”: there is no such day") from None
    if not 1900 <= number <= 2199:
        raise BadCell(f"“{cell}”: the year {number} can't be meant")
    hour, minute, second, half, zone = clock
    if hour is None or minute is None:
        return Moment(civil, None)
    hours = int(hour) % 12 + (12 if half in ("p", "P") else 0) if half else int(hour)
    try:
        at = time(hours, int(minute), int(second or 0))
    except ValueError:
        raise BadCell(f"“{cell}”: there is no such time") from None
    return Moment(civil, at.replace(tzinfo=_zone(zone)) if at != time() else None)


def _zone(text: str | None) -> timezone | None:
    if text is None or text == "Z":
        return UTC if text else None
    away = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-away if text[0] == "-" else away)

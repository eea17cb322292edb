"""One CSV file: its bytes, encoding, separator, header and records. One rule: nothing is guessed silently or skipped.

What can't be read for sure is a UsageError that names the byte or the physical line, and the remedy.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.text import clean_text, for_terminal

MAX_FILE = 50 * 1024 * 1024
"""Bytes of the largest file that is read."""
MAX_RECORDS = 1_000_000
MAX_FIELD = 1024 * 1024
"""Characters of the largest field."""
_SPLIT = "Split it into smaller files, each with the header."
SEPARATORS = ",;\t|"
_SAMPLE = 64 * 1024
_EVERY = 512
"""Records between two calls of the progress."""
_KNOWN = 100_000
"""Cells that are remembered at most, to make equal ones the same string."""
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_STATED = re.compile(r'"?sep=([,;\t|])"?(?:\r\n?|\n|\Z)', re.IGNORECASE)
"""The line by which Excel is told the separator; it may stand before the header."""
_GUARDED = frozenset("=+-@\t\r")


Record = tuple[int, list[str]]
"""One record as it stands in the file: the physical line on which it begins, from 1, and its fields."""


def unguard(cell: str) -> str:
    """`cell` without the apostrophe that an export puts before = + - @ TAB CR (a formula guard).

    Of several apostrophes one goes, so that a cell which had one of its own comes back whole.
    """
    if cell[:1] == "'" and cell.lstrip("'")[:1] in _GUARDED:
        return cell[1:]
    return cell


@dataclass(frozen=True, slots=True)
class CsvFile:
    """An opened file: all bytes are in memory and known to decode."""

    name: str
    """How reports call it."""
    data: bytes
    encoding: str
    separator: str
    header: tuple[str, ...]
    """Column names as written, spaces at the ends aside; "" for a column without a name."""
    header_at: int
    """How many records stand before the data (the header; before it perhaps a line "sep=;")."""

    @property
    def sha256(self) -> str:
        """The hash of the content, by which the same file is known again."""
        return hashlib.sha256(self.data).hexdigest()

    def records(self, progress: Callable[[int], None]) -> list[Record]:
        """The data records; blank lines are passed over. `progress` is told the bytes read so far.

        Raises UsageError for a quote that is never closed (naming the line on which its record begins) and
        for a field over 1 MiB; Refused for more than a million records.
        """
        raw = io.BytesIO(self.data)
        lines = io.TextIOWrapper(raw, self.encoding, newline="")
        known: dict[str, str] = {}
        found = []
        for n, (line, values) in enumerate(_parse(self.name, lines, self.separator)):
            if n % _EVERY == 0:
                progress(raw.tell())
                if len(known) > _KNOWN:
                    known.clear()
            if n >= self.header_at and values and (values[0].strip() or any(map(str.strip, values))):
                # Equal cells become one string: less memory, and looking them up is far quicker.
                found.append((line, list(map(known.setdefault, values, values))))
                if len(found) > MAX_RECORDS:
                    raise Refused(f"{self.name} has more than a million rows.", _SPLIT)
        return found


def open_csv(path: Path, *, name: str = "", encoding: str | None = None) -> CsvFile:
    """Open `path`; `name` is what reports call it (default: its file name).

    The encoding is the byte order mark's, else `encoding`, else UTF-8. The separator is found by counting.
    Raises NotFound for a missing file, Refused for one over 50 MiB, UsageError for one that can't be read.
    """
    name = for_terminal(name or path.name)  # bytes that are no text can't be stored
    data = _read(path, name)
    codec = _codec(data, encoding)
    sample = _decode(data, codec, name)[:_SAMPLE]
    stated = _STATED.match(sample)
    separator = stated[1] if stated else _separator(sample)
    lines = io.TextIOWrapper(io.BytesIO(data), codec, newline="")
    for n, (_, values) in enumerate(_parse(name, lines, separator), start=1):
        header = tuple(clean_text(cell).strip() for cell in values)
        if any(header) and not (stated and n == 1):
            if "\0" in "".join(values):
                raise UsageError(
                    f"{name} has NUL characters in its first line.",
                    "If it is UTF-16, name it: --encoding utf-16-le. Else save it again as CSV UTF-8.",
                )
            return CsvFile(name, data, codec, separator, header, n)
    raise UsageError(f"{name} is empty.", "A file needs a first line with the names of its columns.")


def _read(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.", "Check the name and the folder.") from None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}.", "Check its permissions.") from error
    if len(data) > MAX_FILE:
        raise Refused(f"{name} is larger than 50 MiB.", _SPLIT)
    if data.startswith(_EXCEL):
        raise UsageError(
            f"{name} is an Excel workbook.", "Save it from Excel as “CSV UTF-8” and import that."
        )
    return data


def _codec(data: bytes, stated: str | None) -> str:
    if data.startswith(BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    return stated or "utf-8"


def _decode(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(codec, "replace")
        line = len(before.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        other = "--encoding cp1252" if codec.startswith("utf-8") else "another --encoding"
        raise UsageError(
            f"{name} is not {codec.removesuffix('-sig').upper()}: "
            f"byte 0x{data[error.start]:02X} on line {line} (byte {error.start + 1} of the file).",
            f"A file saved by Excel on Windows may want {other}; or save it again as CSV UTF-8.",
        ) from None
    except (LookupError, UnicodeError):
        raise UsageError(
            f"No text encoding is called “{codec}”.", "Common ones: utf-8, cp1252, latin-1, utf-16-le."
        ) from None


def _separator(sample: str) -> str:
    """The separator that splits the first lines into the most cells that agree with the header.

    csv.Sniffer is not asked: it takes the comma for ";" files with quoted text, gives up on ragged rows, and
    some samples of 64 KiB cost it seconds.
    """
    if len(sample) == _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    return max(SEPARATORS, key=lambda separator: _agreement(sample, separator))


def _agreement(sample: str, separator: str) -> float:
    """How many columns the header has, times the share of rows that have as many; 0 for a single column."""
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if any(row)]
    except csv.Error:
        return 0
    columns = len(rows[0]) if rows else 1
    if columns == 1:
        return 0
    return columns * sum(len(row) == columns for row in rows) / len(rows)


def _parse(name: str, lines: Iterator[str], separator: str) -> Iterator[Record]:
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begins = 1
    try:
        for values in reader:
            yield begins, values
            begins = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise UsageError(
                f"{name}: a field of the record that begins on line {begins} is longer than 1 MiB.",
                "Perhaps a quote was left open there; else shorten the text.",
            ) from None
        raise UsageError(
            f"{name}: in the record that begins on line {begins} a quote is left open or text follows its end.",
            'Close the quote; a quote inside quoted text is written twice ("").',
        ) from None

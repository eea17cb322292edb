"""The `--map` file, in TOML: which column is which field. One rule: an unknown name offers the nearest one.

    kind = "deals"                     # what the rows are
    date_order = "mdy"                 # or "dmy"
    [columns]                          # field = column, or a list of columns for phones and emails
    external_id = "opportunity_id"
    [defaults]                         # where there is no such column, or the cell is empty
    currency = "USD"

A column that is not meant goes under `ignore = ["Column"]`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from fu_tui.core.errors import NotFound, UsageError
from fu_tui.exchange.datecells import DateOrder
from fu_tui.exchange.fields import FIELDS, MANY, Kind

MAX_MAP = 1024 * 1024
"""Bytes of the largest map file."""
_Term = TypeVar("_Term", Kind, DateOrder)
_KEYS = ("kind", "date_order", "columns", "defaults")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a map file says. An empty one says nothing."""

    kind: Kind | None = None
    date_order: DateOrder | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)

    def unknown(self, kind: Kind) -> tuple[str, ...]:
        """The fields it names columns for that rows of `kind` don't have."""
        return tuple(name for name in self.columns if name not in FIELDS[kind])


def load_map(path: Path) -> ColumnMap:
    """Read a map file. Raises NotFound without it, UsageError for what is wrong in it."""
    try:
        data = path.read_bytes()
        if len(data) > MAX_MAP:
            raise UsageError(
                f"{path.name} is larger than 1 MiB.", "A map names a few columns; is it the right file?"
            )
        document = tomllib.loads(data.decode())
    except FileNotFoundError:
        raise NotFound(f"There is no map file {path}.", "Check the name and the folder.") from None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}.", "Check its permissions.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is not UTF-8 (byte {error.start + 1}).", "Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"{path.name} is not valid TOML: {error}.", 'Lines look like owner = "Sales Agent".'
        ) from None
    return _checked(path.name, document)


def _checked(name: str, document: dict[str, Any]) -> ColumnMap:
    for key in document:
        if key not in _KEYS:
            raise UsageError(f"{name}: there is no setting “{key}”.", offer(key, _KEYS))
    kind = _term(name, "kind", document, Kind)
    order = _term(name, "date_order", document, DateOrder)
    known = FIELDS[kind] if kind else {known: () for fields in FIELDS.values() for known in fields}
    columns: dict[str, tuple[str, ...]] = {}
    for target, value in _table(name, "columns", document, known).items():
        several = value if isinstance(value, list) else [value]
        if not several or not all(isinstance(column, str) for column in several):
            raise UsageError(f"{name}: {target} names no column.", f'Write {target} = "Column Name".')
        if len(several) > 1 and target not in MANY:
            raise UsageError(
                f"{name}: {target} can take one column only.", f'Write {target} = "Column Name".'
            )
        columns[target] = tuple(several)
    defaults = _table(name, "defaults", document, known)
    for target in defaults:
        if target in MANY:
            raise UsageError(f"{name}: {target} can't have a default.", "Take it out of [defaults].")
    return ColumnMap(kind, order, columns, {target: str(value) for target, value in defaults.items()})


def _table(name: str, key: str, document: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    table = document.get(key, {})
    if not isinstance(table, dict):
        raise UsageError(
            f"{name}: {key} is a table.", f"Write [{key}] on a line of its own, the fields below it."
        )
    for target in table:
        if target not in known:
            raise UsageError(f"{name}: there is no field “{target}”.", offer(target, known))
    return table


def _term(name: str, key: str, document: dict[str, Any], terms: type[_Term]) -> _Term | None:
    value = document.get(key)
    if value is None:
        return None
    try:
        return terms(value)
    except ValueError:
        raise UsageError(f"{name}: {key} can't be “{value}”.", offer(str(value), list(terms))) from None


def offer(word: str, known: Iterable[str]) -> str:
    """The remedy for a name that isn't one of `known`: the nearest, or else all of them (at most 20)."""
    choices = sorted(set(known))
    near = get_close_matches(word, choices, n=1, cutoff=0.5)
    return f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(choices[:20])}."

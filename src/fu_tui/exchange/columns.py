"""Columns of a file to our fields, and from them the kind of the file. One rule: a doubt is a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fu_tui.core.errors import UsageError
from fu_tui.exchange.fields import FIELDS, IGNORE, MANY, NEEDS, TELLING, Kind, normalise
from fu_tui.exchange.mapping import ColumnMap, offer


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields of one file stand."""

    kind: Kind
    columns: Mapping[str, tuple[int, ...]]
    """Field to positions in the row; several only for fields that take many columns."""
    header: tuple[str, ...]
    defaults: Mapping[str, str]
    """What a field has where there is no column or the cell is empty."""

    def at(self, field: str) -> tuple[int, ...]:
        """The positions of `field`, none when the file has no such column."""
        return self.columns.get(field, ())

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that are not taken, as the file names them."""
        taken = {n for field, places in self.columns.items() if field != IGNORE for n in places}
        return tuple(label(self.header, n) for n in range(len(self.header)) if n not in taken)


def label(header: tuple[str, ...], n: int) -> str:
    """How messages call column `n` (from 0): its name, or its number where it has none."""
    return header[n] or f"column {n + 1}, without a name"


def recognise(
    name: str, header: tuple[str, ...], *, kind: Kind | None = None, chosen: ColumnMap | None = None
) -> Layout | None:
    """The layout of the file `name`; None where its columns fit no kind at all.

    `kind` says what its rows are, `chosen` which columns to take for which fields; the rest is matched by name.
    Raises UsageError where several kinds fit equally well, where a column that `kind` or `chosen` needs is
    missing, or where two columns have the name of one field.
    """
    chosen = chosen or ColumnMap()
    kind = kind or chosen.kind
    for column in (column for columns in chosen.columns.values() for column in columns):
        if header.count(column) != 1:
            several = "several columns" if column in header else "no column"
            raise UsageError(
                f"{name} has {several} called “{column}”, which the map names.", offer(column, header)
            )
    if kind:
        if alien := chosen.unknown(kind):
            raise UsageError(f"{name}: {kind} have no field “{alien[0]}”.", offer(alien[0], FIELDS[kind]))
        columns = _match(kind, header, chosen, name)
        lacking = _lacking(kind, columns, chosen)
        if lacking:
            raise UsageError(
                f"{name} has no column for {' or '.join(sorted(lacking))}, which {kind} need. {_seen(header)}",
                "Name it in a --map file, or say what the rows are with --kind.",
            )
    else:
        best = _best_kinds(header, chosen)
        if not best:
            return None
        if len(best) > 1:
            raise UsageError(
                f"{name}: its rows may be {' or '.join(best)}. {_seen(header)}",
                f"Say which: --kind {' or --kind '.join(best)}.",
            )
        kind = best[0]
        columns = _match(kind, header, chosen, name)
    return Layout(kind, columns, header, {f: v for f, v in chosen.defaults.items() if f in FIELDS[kind]})


def not_recognised(name: str, header: tuple[str, ...]) -> UsageError:
    """The error for a file whose columns fit no kind."""
    return UsageError(
        f"{name}: its columns don't tell what its rows are. {_seen(header)}",
        f"Say it with --kind ({', '.join(Kind)}), and name the columns in a --map file.",
    )


def _best_kinds(header: tuple[str, ...], chosen: ColumnMap) -> list[Kind]:
    """The kinds that explain the columns best: telling ones count double, among equals the number decides."""
    fitting: dict[Kind, tuple[int, int]] = {}
    for kind in Kind:
        columns = {} if chosen.unknown(kind) else _match(kind, header, chosen)
        if columns and not _lacking(kind, columns, chosen):
            known = sum(map(len, columns.values()))
            telling = sum(len(places) for field, places in columns.items() if field in TELLING[kind])
            fitting[kind] = (known + telling, known)
    return [kind for kind, score in fitting.items() if score == max(fitting.values())]


def _match(
    kind: Kind, header: tuple[str, ...], chosen: ColumnMap, file: str = ""
) -> dict[str, tuple[int, ...]]:
    """Field to positions. With `file`, two columns of the same name for one field are an error."""
    named: dict[str, list[int]] = {}
    numbered: dict[str, list[int]] = {}
    for n, column in enumerate(header):
        name = normalise(column)
        named.setdefault(name, []).append(n)
        numbered.setdefault(name.rstrip("0123456789"), []).append(n)
    found = {
        field: tuple(header.index(c) for c in cs)
        for field, cs in chosen.columns.items()
        if field in FIELDS[kind]
    }
    taken = {n for places in found.values() for n in places}
    for field, synonyms in FIELDS[kind].items():
        if field in found:
            continue
        words = list(map(normalise, synonyms))
        if field in MANY:
            places = sorted({n for word in words for n in numbered.get(word, ()) if n not in taken})
        else:
            free = ([n for n in named.get(word, ()) if n not in taken] for word in words)
            places = next(filter(None, free), [])
            if file and len(places) > 1:
                raise UsageError(
                    f"{file}: columns {places[0] + 1} and {places[1] + 1} are both called “{header[places[0]]}”.",
                    "Rename the one that is not meant.",
                )
        if places:
            found[field] = tuple(places)
            taken.update(places)
    return found


def _lacking(kind: Kind, columns: Mapping[str, object], chosen: ColumnMap) -> frozenset[str]:
    """The first set of needed fields of which there is neither a column nor a default."""
    for needed in NEEDS[kind]:
        if not needed & (columns.keys() | chosen.defaults.keys()):
            return needed
    return frozenset()


def _seen(header: tuple[str, ...]) -> str:
    shown = ", ".join(label(header, n) for n in range(min(len(header), 12)))
    more = f" and {len(header) - 12:,} more" if len(header) > 12 else ""
    return f"The columns are: {shown}{more}."

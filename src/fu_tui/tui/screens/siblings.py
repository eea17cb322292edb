"""Rows that move when others are worked. One rule: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fu_tui.queries.rows import QueueRow

Whom = tuple[int | None, int | None]


def siblings(touched: Sequence[QueueRow], rows: Iterable[QueueRow]) -> list[int]:
    """The ids of those `rows` that are about the same contact (or deal, where there is none) as a touched one.

    Their place in a pane depends on the last contact, which a touch changes.
    """
    ids = {row.id for row in touched}
    whom = {_whom(row) for row in touched} - {(None, None)}
    return [row.id for row in rows if row.id not in ids and _whom(row) in whom]


def _whom(row: QueueRow) -> Whom:
    return (row.contact_id, None) if row.contact_id is not None else (None, row.deal_id)

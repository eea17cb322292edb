"""Rows whose columns hold what was typed, for lists short enough to be read through."""

from __future__ import annotations

from fu_tui.store.lookup import like


def matching(words: str, columns: tuple[str, ...]) -> tuple[str, list[str]]:
    """A condition that every word stands in one of the columns, with its parameters."""
    conditions, values = ["1"], list[str]()
    for word in words.split():
        conditions.append("(" + " OR ".join(f"{column} LIKE ? ESCAPE '|'" for column in columns) + ")")
        values += [f"%{like(word)}%"] * len(columns)
    return " AND ".join(conditions), values

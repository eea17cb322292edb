"""Columns that speak the domain's types. One rule: what is stored sorts as text the way it sorts in time.

A day is an ISO date, an instant is UTC ISO text of fixed width, a term is its value.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, Literal, TypeVar, overload

from peewee import Field, ForeignKeyField

from fu_tui.core.clock import from_utc_text, utc_text

_E = TypeVar("_E", bound=Enum)


class DayField(Field):
    """A civil date without a zone, as 2026-11-24."""

    field_type = "TEXT"

    def db_value(self, value: date | str | None) -> str | None:
        """The ISO text of a date (a datetime is refused: it would smuggle a time in)."""
        if isinstance(value, datetime):
            raise TypeError(f"{self.name} holds a day, not an instant")
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        """The date that the ISO text says."""
        return None if value is None else date.fromisoformat(value)


class UtcField(Field):
    """An instant, as 2026-11-24T10:14:00Z."""

    field_type = "TEXT"

    def db_value(self, value: datetime | str | None) -> str | None:
        """The stored text of an aware instant; a naive one is refused."""
        if not isinstance(value, datetime):
            return value
        if value.tzinfo is None:
            raise TypeError(f"{self.name} holds an instant, which needs its zone")
        return utc_text(value)

    def python_value(self, value: str | None) -> datetime | None:
        """The aware instant in UTC."""
        return None if value is None else from_utc_text(value)


class TermField(Field):
    """A term of `core.terms`; stored as its value (the tables themselves say whether text or number)."""

    field_type = "TEXT"

    def __init__(self, terms: type[_E], **options: Any) -> None:
        self.terms = terms
        super().__init__(**options)

    def db_value(self, value: Enum | str | int | None) -> str | int | None:
        """The stored value; a word that is no such term raises ValueError."""
        return None if value is None else self.terms(value).value

    def python_value(self, value: str | int | None) -> Enum | None:
        """The term."""
        return None if value is None else self.terms(value)


class WordsField(Field):
    """A short list of strings (e-mails, phones), as JSON."""

    field_type = "TEXT"

    def db_value(self, value: Sequence[str] | str | None) -> str | None:
        """The JSON text of the list."""
        return (
            value if value is None or isinstance(value, str) else json.dumps(list(value), ensure_ascii=False)
        )

    def python_value(self, value: str | None) -> tuple[str, ...]:
        """The list as a tuple; nothing stored is an empty one."""
        return tuple(json.loads(value)) if value else ()


@overload
def link(model: Any, *, null: Literal[True]) -> Field[int | None]: ...
@overload
def link(model: Any) -> Field[int]: ...
def link(model: Any, *, null: bool = False) -> Any:
    """A reference to a record of `model` ("self" for its own), read as the id and nothing more.

    It never loads the other row behind one's back; a read that needs it joins it.
    """
    return ForeignKeyField(model, null=null, lazy_load=False)

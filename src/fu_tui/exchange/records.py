"""What an import takes from files, checked, not yet in a database. One rule: a name here is a reference.

Accounts, contacts, users and stages are referred to by name (compare with `fold`); a deal by its key. Each record
names the file and the physical line of the row that brought it. An external id is unique among the records that
come from files of one kind: the contacts 7 of a list of contacts and of a list of leads are two.

They are named tuples because frozen dataclasses take four times as long to make, and files bring 100,000.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from fu_tui.core.terms import Channel, Lifecycle, Priority, Role


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """`name` as two spellings of one are compared: without case, with single spaces."""
    return " ".join(name.casefold().split())


class UserRecord(NamedTuple):
    file: str
    line: int
    name: str
    email: str = ""
    manager: str = ""
    """The manager's name, who is a UserRecord of the plan too."""
    role: Role = Role.REP
    external_id: str = ""
    implied: bool = False
    """Only named as somebody's manager; there is no row of their own."""


class AccountRecord(NamedTuple):
    file: str
    line: int
    name: str
    owner: str = ""
    external_id: str = ""
    implied: bool = False
    """Only named by a contact, deal, lead or task; there is no row of its own."""


class ContactRecord(NamedTuple):
    file: str
    line: int
    name: str
    account: str = ""
    owner: str = ""
    external_id: str = ""
    title: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    lifecycle: Lifecycle = Lifecycle.LEAD
    do_not_contact: bool = False
    opted_out: tuple[Channel, ...] = ()
    implied: bool = False
    """Only named by a deal or task; there is no row of its own."""


class DealRecord(NamedTuple):
    file: str
    line: int
    external_id: str
    title: str
    """As the file names it, else "product · account", else "product · external id"."""
    product: str
    account: str
    contact: str
    owner: str
    stage: str
    entered_on: date | None
    """The day it entered its stage; None where the file does not say (the day of the import stands in)."""
    entered_estimated: bool
    """The file does not say that day: None, or taken from the day the deal was created."""
    closed_on: date | None = None
    """Only of won and lost deals."""
    amount: Decimal | None = None
    currency: str = ""
    """As written: "EUR", "$"; "" where the file does not say."""
    lost_reason: str = ""
    renewal_on: date | None = None

    @property
    def key(self) -> str:
        """What notes and tasks of the plan call it: the row that brought it."""
        return f"{self.file}:{self.line}"


class NoteRecord(NamedTuple):
    file: str
    line: int
    body: str
    contact: str = ""
    account: str = ""
    deal: str = ""
    """The deal's key."""


class TaskRecord(NamedTuple):
    file: str
    line: int
    action: str
    due_on: date
    due_time: time | None = None
    """A promise of an hour, on the owner's wall clock; aware where the file names an offset."""
    owner: str = ""
    contact: str = ""
    account: str = ""
    deal: str = ""
    """The key of a deal of the plan; else what the file writes, to be looked up by id or title."""
    priority: Priority = Priority.NORMAL
    channel: Channel | None = None
    note: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken."""

    file: str
    line: int
    """The physical line on which it begins."""
    reason: str
    cells: tuple[str, ...]
    """The row as read, so that it can be mended and imported again."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What the import changed, left out or assumed, counted."""

    file: str
    what: str
    count: int
    line: int
    """The first row it happened in."""

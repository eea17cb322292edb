"""What an import would bring, as values. One rule: for each file, read = taken + merged + rejected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from fu_tui.exchange.fields import Kind
from fu_tui.exchange.records import (
    AccountRecord,
    ContactRecord,
    DealRecord,
    NoteRecord,
    Reject,
    Repair,
    TaskRecord,
    UserRecord,
)
from fu_tui.exchange.stages import StageRecord


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file and the fate of its records."""

    name: str
    path: Path
    kind: Kind
    sha256: str
    """Of its bytes; by it the same file is known again."""
    encoding: str
    separator: str
    read: int
    taken: int
    merged: int
    """They repeat what an earlier row brought, or only add to it."""
    rejected: int
    ignored: tuple[str, ...]
    """Columns that are not taken."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would bring, in the order in which one refers to the other."""

    files: tuple[FileReport, ...]
    users: tuple[UserRecord, ...]
    stages: tuple[StageRecord, ...]
    accounts: tuple[AccountRecord, ...]
    contacts: tuple[ContactRecord, ...]
    deals: tuple[DealRecord, ...]
    notes: tuple[NoteRecord, ...]
    tasks: tuple[TaskRecord, ...]
    rejects: tuple[Reject, ...]
    repairs: tuple[Repair, ...]
    passed_over: tuple[str, ...]
    """Files of a folder that were not read, each with the reason."""

    def unknown_owners(self) -> dict[str, int]:
        """The owners who are no user of the plan, by the number of contacts, deals and tasks; "" is no owner."""
        users = {user.name for user in self.users}
        owned = (self.contacts, self.deals, self.tasks)
        named = Counter(record.owner for records in owned for record in records)
        return {owner: n for owner, n in named.items() if owner not in users}

"""What the database has already of a plan. One rule: it only reads, one statement a kind, however long the plan is.

Accounts, contacts and deals are known again by their external id; accounts and contacts also by name; notes and
follow-ups by saying the same about the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from fu_tui.core.errors import NotFound, UsageError
from fu_tui.core.terms import Origin
from fu_tui.exchange.fields import Kind
from fu_tui.exchange.plan import ImportPlan
from fu_tui.exchange.records import AccountRecord, ContactRecord, DealRecord, NoteRecord, TaskRecord, fold
from fu_tui.services.spawn import Links
from fu_tui.store.database import Database
from fu_tui.store.lookup import find_deal

_ACCOUNTS = f"csv:{Kind.ACCOUNTS}"
NEW = 0
"""Stands for the id of a record that is yet to be written."""


class _Named(NamedTuple):
    """A deal that notes or follow-ups are about."""

    number: int
    contact: str = ""
    account: str = ""
    """The names by which the plan calls whom it is about; none for a deal that only the database has."""


class Known:
    """The ids of a plan's records: those the database has, else NEW until they are written and said so here.

    Raises UsageError for a follow-up about a deal that is neither in the plan nor in the database.
    """

    def __init__(self, db: Database, plan: ImportPlan) -> None:
        self._db = db
        self._sources = {file.name: f"csv:{file.kind}" for file in plan.files}
        self.stages = {
            fold(stage.name): self._db.value(
                "SELECT id FROM stage WHERE name = ? COLLATE NOCASE AND removed_by IS NULL", (stage.name,)
            ) or NEW
            for stage in plan.stages
        }  # fmt: skip
        self.accounts: dict[str, int] = {}
        """By folded name."""
        self.contacts: dict[tuple[str, str], int] = {}
        """By folded name and folded name of the account."""
        self.deals: dict[str, int] = {}
        """By key, those that the database has."""
        self._named: dict[str, _Named] = {}
        self._find_accounts(plan.accounts)
        self._find_contacts(plan.contacts)
        self._find_deals(plan)
        self._notes = self._find_notes(plan.notes)
        self._tasks = self._find_tasks(plan.tasks)

    # --- what is there

    def account(self, name: str) -> int | None:
        """The account of that name; None for no name."""
        return self.accounts[fold(name)] if name else None

    def contact(self, name: str, account: str) -> int | None:
        """The contact of that name and account; None for no name."""
        return self.contacts[fold(name), fold(account)] if name else None

    def is_new_account(self, record: AccountRecord) -> bool:
        """Whether the account is yet to be written."""
        return self.accounts[fold(record.name)] == NEW

    def is_new_contact(self, record: ContactRecord) -> bool:
        """Whether the contact is yet to be written."""
        return self.contacts[fold(record.name), fold(record.account)] == NEW

    def is_new_deal(self, record: DealRecord) -> bool:
        """Whether the deal is yet to be written."""
        return not self.deals or record.key not in self.deals

    def is_new_note(self, record: NoteRecord) -> bool:
        """Whether nobody has said this about the same yet."""
        return (record.body, self.of_note(record)) not in self._notes

    def is_new_task(self, record: TaskRecord) -> bool:
        """Whether no import has brought this for the same day and people yet."""
        return (record.action, record.due_on.isoformat(), self.of_task(record)) not in self._tasks

    def wrote_deal(self, record: DealRecord, deal: int) -> None:
        """Notes and follow-ups that name this deal are about the one with this id."""
        if self._named and record.key in self._named:
            self._named[record.key] = self._named[record.key]._replace(number=deal)

    def of_note(self, record: NoteRecord) -> Links:
        """Whom a note is about."""
        deal = self._named[record.deal].number if record.deal else None
        return Links(self.contact(record.contact, record.account), deal, self.account(record.account))

    def of_task(self, record: TaskRecord) -> Links:
        """Whom a follow-up is about; its deal says what the row does not."""
        contact, account = self.contact(record.contact, record.account), self.account(record.account)
        if not record.deal:
            return Links(contact, None, account)
        deal = self._named[record.deal]
        if contact is None:
            contact = self.contact(deal.contact, deal.account)
        return Links(contact, deal.number, self.account(deal.account) if account is None else account)

    def source(self, table: str, file: str) -> str:
        """Whose number an external id is: an account is called alike everywhere, other ids belong to their list."""
        return _ACCOUNTS if table == "account" else self._sources[file]

    # --- how it is found

    def _find_accounts(self, records: Iterable[AccountRecord]) -> None:
        by_id = self._by_id("account", records)
        by_name = dict(self._ask(
            "SELECT w.value, min(t.id) FROM json_each(?) w JOIN account t ON t.name = w.value COLLATE NOCASE"
            " WHERE t.removed_by IS NULL GROUP BY w.value", [record.name for record in records],
        ))  # fmt: skip
        for record in records:
            found = by_id.get((self.source("account", record.file), record.external_id))
            self.accounts[fold(record.name)] = found or by_name.get(record.name, NEW)

    def _find_contacts(self, records: Iterable[ContactRecord]) -> None:
        by_id = self._by_id("contact", records)
        by_name = {(name, account): number for name, account, number in self._ask(
            "SELECT w.value, t.account_id, min(t.id) FROM json_each(?) w JOIN contact t"
            " ON t.name = w.value COLLATE NOCASE WHERE t.removed_by IS NULL GROUP BY w.value, t.account_id",
            [record.name for record in records],
        )}  # fmt: skip
        for record in records:
            found = by_id.get((self.source("contact", record.file), record.external_id))
            same = by_name.get((record.name, self.account(record.account)), NEW)
            self.contacts[fold(record.name), fold(record.account)] = found or same

    def _find_deals(self, plan: ImportPlan) -> None:
        by_id = self._by_id("deal", plan.deals)
        named = {record.deal for records in (plan.notes, plan.tasks) for record in records if record.deal}
        for record in plan.deals if by_id or named else ():
            found = by_id.get((self.source("deal", record.file), record.external_id))
            if found:
                self.deals[record.key] = found
            if record.key in named:
                self._named[record.key] = _Named(found or NEW, record.contact, record.account)
        for task in plan.tasks:
            if task.deal and task.deal not in self._named:
                self._named[task.deal] = _Named(self._deal_elsewhere(task))

    def _deal_elsewhere(self, task: TaskRecord) -> int:
        """The deal of the database that a row of a file of follow-ups means."""
        try:
            return find_deal(self._db, task.deal).id
        except NotFound as missing:
            raise UsageError(
                f"{task.file}, line {task.line}: {missing.message}",
                "Import the deals first, or leave the deal out.",
            ) from missing

    def _by_id(
        self, table: str, records: Iterable[AccountRecord | ContactRecord | DealRecord]
    ) -> dict[tuple[str, str], int]:
        """The ids of the records that have an external id which the database has, by its source and itself."""
        asked: dict[str, list[str]] = {}
        for record in records:
            if record.external_id:
                asked.setdefault(self.source(table, record.file), []).append(record.external_id)
        return {
            (source, external_id): number
            for source, ids in asked.items()
            for external_id, number in self._ask(
                f"SELECT t.external_id, t.id FROM json_each(?) w JOIN {table} t ON t.external_id = w.value"
                " WHERE t.source = ? AND t.removed_by IS NULL", ids, source,
            )
        }  # fmt: skip

    def _find_notes(self, records: Iterable[NoteRecord]) -> set[tuple[str, Links]]:
        rows = self._ask(
            "SELECT body, contact_id, deal_id, account_id FROM note"
            " WHERE removed_by IS NULL AND body IN (SELECT value FROM json_each(?))",
            [record.body for record in records if _is_settled(self.of_note(record))],
        )  # fmt: skip
        return {(body, Links(*links)) for body, *links in rows}

    def _find_tasks(self, records: Iterable[TaskRecord]) -> set[tuple[str, str, Links]]:
        rows = self._ask(
            "SELECT action, first_due_on, contact_id, deal_id, account_id FROM task WHERE origin = ?2"
            " AND removed_by IS NULL AND action IN (SELECT value FROM json_each(?1))",
            [record.action for record in records if _is_settled(self.of_task(record))], Origin.IMPORT.value,
        )  # fmt: skip
        return {(action, due_on, Links(*links)) for action, due_on, *links in rows}

    def _ask(self, sql: str, wanted: list[str], *more: Any) -> list[tuple[Any, ...]]:
        return self._db.rows(sql, (json.dumps(wanted), *more)) if wanted else []


def _is_settled(links: Links) -> bool:
    """Whether everybody whom it is about is there already."""
    return NEW not in (links.contact_id, links.deal_id, links.account_id)

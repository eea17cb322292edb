"""Where the records of all files come together. One rule: whoever is named twice is one record.

Who is only named (an account by a deal, a manager by a user) becomes a record too, marked as implied.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from fu_tui.core.terms import Lifecycle, Role
from fu_tui.exchange.cells import BadCell
from fu_tui.exchange.fields import Kind
from fu_tui.exchange.products import Products
from fu_tui.exchange.records import (
    AccountRecord,
    ContactRecord,
    DealRecord,
    NoteRecord,
    Repair,
    TaskRecord,
    UserRecord,
    fold,
)
from fu_tui.exchange.rows import Row
from fu_tui.exchange.stages import Stages

_Key = TypeVar("_Key")
_Named = TypeVar("_Named", UserRecord, AccountRecord, ContactRecord)
_Identified = UserRecord | AccountRecord | ContactRecord | DealRecord | TaskRecord


class Gathered:
    """The records of a plan while its files are read, in the order of their rows."""

    def __init__(self) -> None:
        self.kind = Kind.PRODUCTS
        """Of the file that is being read."""
        self.users: dict[str, UserRecord] = {}
        self.accounts: dict[str, AccountRecord] = {}
        self.contacts: dict[tuple[str, str], ContactRecord] = {}
        self.deals: list[DealRecord] = []
        self.notes: list[NoteRecord] = []
        self.tasks: list[TaskRecord] = []
        self.products = Products()
        self.stages = Stages()
        self._accounts_of: dict[str, set[str]] = {}
        self._ids: dict[tuple[type, Kind, str], _Identified] = {}
        self._user_mails: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self._titles: dict[str, str] | None = None
        self._said: list[str] = []
        self._repairs: dict[tuple[str, str], list[int]] = {}

    def say(self, what: str) -> None:
        """Say that something was changed, left out or assumed in the row that is being taken."""
        self._said.append(what)

    def count_said(self, row: Row, taken: bool) -> None:
        """Count what was said of `row`, or forget it where the row was not `taken`."""
        if taken:
            for what in self._said:
                self._repairs.setdefault((row.file, what), [0, row.line])[0] += 1
        self._said.clear()

    def repairs(self) -> tuple[Repair, ...]:
        """What was counted, file by file in the order it first happened."""
        return tuple(Repair(file, what, n, line) for (file, what), (n, line) in self._repairs.items())

    def check(self, record: _Identified) -> None:
        """Raise BadCell where an earlier row has the record's external id."""
        known = self._ids.get(self._id(record)) if record.external_id else None
        if known:
            raise _taken(record, known)

    def _claim(self, record: _Identified) -> None:
        if record.external_id:
            known = self._ids.setdefault(self._id(record), record)
            if known is not record:
                raise _taken(record, known)

    def _id(self, record: _Identified) -> tuple[type, Kind, str]:
        """Its id and whose number that is: an account is called alike everywhere, other ids belong to their list."""
        kind = Kind.ACCOUNTS if type(record) is AccountRecord else self.kind
        return type(record), kind, record.external_id

    def owner(self, written: str) -> str:
        """How the plan calls an owner: the name of a user, found by name or e-mail; else as written."""
        known = self._owners.get(written)
        if known is None:
            user = self.users.get(fold(self._user_mails.get(written.casefold(), written)))
            known = self._owners[written] = user.name if user else written
        return known

    def spell_account(self, written: str) -> str:
        """How the plan spells an account that a row names."""
        if not written:
            return ""
        known = self.accounts.get(fold(written))
        return known.name if known else written

    def whom(self, name: str, account: str) -> tuple[str, str]:
        """The contact and account that a row means; without an account the one contact of that name, if just one."""
        account = self.spell_account(account)
        if not name:
            return "", account
        accounts = self._accounts_of.get(fold(name), ())
        meant = fold(account) if account or len(accounts) != 1 else next(iter(accounts))
        known = self.contacts.get((fold(name), meant))
        return (known.name, known.account) if known else (name, account)

    def find_deal(self, written: str) -> str:
        """The key of the deal that a row calls by its id or by its title, if just one has it; else as written."""
        for kind in (Kind.DEALS, Kind.LEADS):
            deal = self._ids.get((DealRecord, kind, written))
            if isinstance(deal, DealRecord):
                return deal.key
        if self._titles is None:
            self._titles = {}
            for each in self.deals:
                title = fold(each.title)
                self._titles[title] = "" if title in self._titles else each.key
        return self._titles.get(fold(written)) or written

    def user(self, new: UserRecord) -> bool:
        """Take a user; False when they were there and only gained what was missing."""
        fresh = self._merge(self.users, fold(new.name), new)
        self._owners.clear()
        if new.email:
            self._user_mails.setdefault(new.email.casefold(), new.name)
        if new.manager:
            boss = self.users.get(fold(new.manager))
            if boss is None:
                boss = UserRecord(new.file, new.line, new.manager, implied=True)
            if boss.role is Role.REP:
                self.users[fold(new.manager)] = boss._replace(role=Role.MANAGER)
        return fresh

    def account(self, new: AccountRecord) -> bool:
        """Take an account; False when it was there and only gained what was missing."""
        return self._merge(self.accounts, fold(new.name), new)

    def mention_account(self, name: str, file: str, line: int) -> None:
        """An account that a row only names comes along if no file has it."""
        if name and fold(name) not in self.accounts:
            self.accounts[fold(name)] = AccountRecord(file, line, name, implied=True)

    def contact(self, new: ContactRecord) -> bool:
        """Take a contact (one person of one account); False when they only gained what was missing."""
        fresh = self._merge(self.contacts, (fold(new.name), fold(new.account)), new)
        self._accounts_of.setdefault(fold(new.name), set()).add(fold(new.account))
        return fresh

    def deal(self, new: DealRecord) -> None:
        """Take a deal. Raises BadCell where an earlier row has its id."""
        self._claim(new)
        self.deals.append(new)
        self._titles = None

    def task(self, new: TaskRecord) -> None:
        """Take a task. Raises BadCell where an earlier row has its id."""
        self._claim(new)
        self.tasks.append(new)

    def _merge(self, known: dict[_Key, _Named], key: _Key, new: _Named) -> bool:
        """Add `new`, or fill what the record of that key lacks. A row of its own beats a mere mention."""
        old = known.get(key)
        if old and old.external_id and new.external_id:
            self.check(new)
            raise BadCell(
                f"“{new.name}” is on line {old.line} of {old.file} already, with the id “{old.external_id}”"
            )
        self._claim(new)
        known[key] = old._replace(**dict(_gained(old, new))) if old else new
        return old is None or (old.implied and not new.implied)


def _taken(record: _Identified, known: _Identified) -> BadCell:
    where = f"line {known.line}" + (f" of {known.file}" if known.file != record.file else "")
    return BadCell(f"the id “{record.external_id}” is on {where} already")


def _gained(old: _Named, new: _Named) -> Iterator[tuple[str, Any]]:
    """The fields of `old` that are empty and filled in `new`; where it was only mentioned, its row too."""
    if old.implied and not new.implied:
        yield from (("file", new.file), ("line", new.line), ("implied", False))
    for field in old._fields:
        value = getattr(new, field)
        if value and not getattr(old, field) and field != "implied":
            yield field, value
    if isinstance(new, ContactRecord) and new.lifecycle is Lifecycle.CUSTOMER:
        yield "lifecycle", Lifecycle.CUSTOMER

"""A plan of an import becomes records. One rule: all of it or nothing, in one transaction and one journal entry, after
a verified backup; what the database knows already is left as it is and counted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, TypeVar

from fu_tui.core import schedule
from fu_tui.core.clock import to_utc, utc_text
from fu_tui.core.errors import Refused
from fu_tui.core.terms import Origin
from fu_tui.exchange.known import Known
from fu_tui.exchange.owners import Owners
from fu_tui.exchange.plan import FileReport, ImportPlan
from fu_tui.exchange.records import AccountRecord, ContactRecord, DealRecord, NoteRecord, TaskRecord, fold
from fu_tui.services.context import Context
from fu_tui.services.spawn import make_task
from fu_tui.store.backup import keep_backup
from fu_tui.store.models import Account, Contact, Deal, DealContact, Import, Note, Stage
from fu_tui.store.unit import Unit, unit

Progress = Callable[[int, int], None]
"""Is told how many records are written, of how many. What it raises ends the import; nothing is written then."""
_EVERY = 256
_CACHE = 65_536
"""KiB of memory for pages. With SQLite's own 2 MiB they go to the disk before the end, which shuts readers out."""
_R = TypeVar("_R", AccountRecord, ContactRecord, DealRecord, NoteRecord, TaskRecord)


@dataclass(frozen=True, slots=True)
class Published:
    """What an import brought, by kind."""

    created: dict[str, int]
    known: dict[str, int]
    """What was there already and was left as it is."""
    me: str
    """The name of the user that the person at the keyboard is now."""
    given: dict[str, int]
    """Records without an owner who can have one, and who got them: "" stands for nobody (unowned contacts)."""


def refuse_twins(context: Context, plan: ImportPlan) -> None:
    """Raises Refused where one of the plan's files was imported before, whatever it was called."""
    for file in plan.files:
        row = context.db.row(
            "SELECT file_name, substr(at, 1, 10) FROM import WHERE file_hash = ? AND removed_by IS NULL",
            (file.sha256,),
        )
        if row:
            name = f" (as {row[0]})" if row[0] != file.name else ""
            raise Refused(
                f"{file.name} was imported on {row[1]} already{name}; nothing was written.",
                "Undo that import first, if it was wrong: fu journal shows it.",
            )


def preview(
    context: Context,
    plan: ImportPlan,
    *,
    me: str | None = None,
    owner: str | None = None,
    create_users: bool = False,
) -> Published:
    """What `publish` would bring, without writing. Raises as it does."""
    refuse_twins(context, plan)
    owners = Owners(context, plan, me=me, owner=owner, create_users=create_users)
    return _answer(_Split(plan, Known(context.db, plan)), owners)


def publish(
    context: Context,
    plan: ImportPlan,
    *,
    me: str | None = None,
    owner: str | None = None,
    create_users: bool = False,
    progress: Progress | None = None,
) -> Published:
    """Write a plan.

    me: the owner in the files who is the person at the keyboard. owner: who gets what belongs to owners that
    are no users; create_users: make users of them instead. Raises UsageError where neither is said and such
    owners exist, Refused for files that were imported before.
    """
    refuse_twins(context, plan)
    owners = Owners(context, plan, me=me, owner=owner, create_users=create_users)
    keep_backup(context.db.path, "before-import")
    context.db.execute_sql(f"PRAGMA cache_size = {-_CACHE}")
    with unit(context.db, context.now(), owners.actor, "import") as work:
        refuse_twins(context, plan)  # another process may have been faster
        split = _Split(plan, Known(context.db, plan))
        published = _answer(split, owners)
        _Publishing(work, split, owners, progress).run()
        names = ", ".join(file.name for file in plan.files)
        work.summary = f"imported {names}: {_words(published.created)}"
    published.given.update(owners.given)
    return published


class _Split:
    """A plan without what the database has already."""

    def __init__(self, plan: ImportPlan, known: Known) -> None:
        self.plan, self.known = plan, known
        self.stages = [stage for stage in plan.stages if not known.stages[fold(stage.name)]]
        self.accounts = list(filter(known.is_new_account, plan.accounts))
        self.contacts = list(filter(known.is_new_contact, plan.contacts))
        self.deals = list(filter(known.is_new_deal, plan.deals))
        self.notes = list(filter(known.is_new_note, plan.notes))
        self.tasks = list(filter(known.is_new_task, plan.tasks))


def _answer(split: _Split, owners: Owners) -> Published:
    kinds = ("stages", "accounts", "contacts", "deals", "notes", "tasks")
    created = {"users": owners.new} | {kind: len(getattr(split, kind)) for kind in kinds}
    known = {"users": owners.known} | {kind: len(getattr(split.plan, kind)) - created[kind] for kind in kinds}
    return Published(created, known, owners.me_name, {})


class _Publishing:
    """The writing of one plan."""

    def __init__(self, work: Unit, split: _Split, owners: Owners, progress: Progress | None) -> None:
        self._work, self._split, self._owners, self._progress = work, split, owners, progress
        self._known = split.known
        self._done = 0
        parts: tuple[list[Any], ...] = (split.accounts, split.contacts, split.deals, split.notes, split.tasks)
        self._total = sum(map(len, parts))
        self._claimed: set[tuple[str, str, str]] = set()

    def run(self) -> None:
        """Write everything, in the order in which one refers to the other."""
        split, known = self._split, self._known
        self._owners.write(self._work)
        for stage in split.stages:
            known.stages[fold(stage.name)] = self._work.insert(
                Stage, name=stage.name, position=stage.rank, kind=stage.kind
            )
        for account, number in self._insert(Account, _ACCOUNT, split.accounts, self._account):
            known.accounts[fold(account.name)] = number
        for contact, number in self._insert(Contact, _CONTACT, split.contacts, self._contact):
            known.contacts[fold(contact.name), fold(contact.account)] = number
        meets: list[tuple[int, int]] = []
        for deal, number in self._insert(Deal, _DEAL, split.deals, self._deal):
            known.wrote_deal(deal, number)
            contact_id = known.contact(deal.contact, deal.account)
            if contact_id is not None:
                meets.append((number, contact_id))
        self._work.insert_many(DealContact, ("deal", "contact"), meets)
        list(self._insert(Note, _NOTE, split.notes, self._note))
        for task in self._told(split.tasks):
            self._task(task)
        for file in split.plan.files:
            self._file(file)

    def _insert(
        self,
        model: type[Any],
        names: Sequence[str],
        records: list[_R],
        to_row: Callable[[_R], tuple[Any, ...]],
    ) -> Iterator[tuple[_R, int]]:
        """Write records; gives each with its id."""
        ids = self._work.insert_many(model, names, map(to_row, self._told(records)))
        return zip(records, ids, strict=True)

    def _told(self, records: Iterable[_R]) -> Iterator[_R]:
        for record in records:
            yield record
            self._done += 1
            if self._progress and (self._done % _EVERY == 0 or self._done == self._total):
                self._progress(self._done, self._total)

    # --- one record as it is stored

    def _account(self, record: AccountRecord) -> tuple[Any, ...]:
        owner = self._owners.of_contact(record.owner, count=False)
        return record.name, owner, *self._external("account", record)

    def _contact(self, record: ContactRecord) -> tuple[Any, ...]:
        return (
            record.name, self._known.account(record.account), self._owners.of_contact(record.owner), record.title,
            _list(record.emails), _list(record.phones), record.lifecycle.value, int(record.do_not_contact),
            _list(record.opted_out), *self._external("contact", record),
        )  # fmt: skip

    def _deal(self, record: DealRecord) -> tuple[Any, ...]:
        return (
            record.title, self._known.account(record.account), record.product,
            self._known.stages[fold(record.stage)], self._owners.of_deal(record.owner),
            None if record.amount is None else float(record.amount), record.currency,
            _midnight(record.entered_on) or utc_text(self._work.at), int(record.entered_estimated),
            _midnight(record.closed_on), record.lost_reason or None,
            record.renewal_on.isoformat() if record.renewal_on else None,
            self._known.source("deal", record.file) if record.external_id else None, record.external_id or None,
        )  # fmt: skip

    def _note(self, record: NoteRecord) -> tuple[Any, ...]:
        links = self._known.of_note(record)
        return (
            record.body, self._owners.actor, utc_text(self._work.at), links.contact_id, links.deal_id,
            links.account_id,
        )  # fmt: skip

    def _external(self, table: str, record: AccountRecord | ContactRecord) -> tuple[str | None, str | None]:
        """Source and id; nothing where another record of the plan has that id (two lists may number alike)."""
        key = (table, self._known.source(table, record.file), record.external_id)
        if not record.external_id or key in self._claimed:
            return None, None
        self._claimed.add(key)
        return key[1:]

    def _task(self, record: TaskRecord) -> None:
        owner, tz = self._owners.of_task(record.owner)
        due = schedule.by_hand(record.due_on, at=_instant(record, tz), reason=f"imported from {record.file}")
        make_task(
            self._work, action=record.action, due=due, owner_id=owner, links=self._known.of_task(record),
            origin=Origin.IMPORT, channel=record.channel, priority=record.priority, note=record.note,
            assigner=self._owners.actor,
        )  # fmt: skip

    def _file(self, file: FileReport) -> None:
        rejects = [asdict(reject) for reject in self._split.plan.rejects if reject.file == file.name]
        counts = {"read": file.read, "taken": file.taken, "merged": file.merged, "rejected": file.rejected}
        self._work.insert(
            Import, kind=str(file.kind), file_name=file.name, file_hash=file.sha256, at=self._work.at,
            counts=json.dumps(counts), rejected=json.dumps(rejects, ensure_ascii=False),
        )  # fmt: skip


_OUTSIDE = ("source", "external_id")
_ACCOUNT = ("name", "owner", *_OUTSIDE)
_CONTACT = ("name", "account", "owner", "title", "emails", "phones", "lifecycle", "do_not_contact", "opted_out",
            *_OUTSIDE)  # fmt: skip
_DEAL = ("title", "account", "product", "stage", "owner", "amount", "currency", "stage_entered_at",
         "stage_entered_estimated", "closed_at", "lost_reason", "renewal_on", *_OUTSIDE)  # fmt: skip
_NOTE = ("body", "author", "at", "contact", "deal", "account")


@lru_cache(maxsize=4096)
def _midnight(day: date | None) -> str | None:
    """The start of a day in UTC, as it is stored."""
    return utc_text(datetime(day.year, day.month, day.day, tzinfo=UTC)) if day else None


@lru_cache(maxsize=1024)
def _list(words: tuple[str, ...]) -> str:
    return json.dumps(words, ensure_ascii=False)


def _instant(record: TaskRecord, tz: str) -> datetime | None:
    """The UTC instant of an hour promise: the owner's wall clock, or the offset that the file names."""
    at: time | None = record.due_time
    if at is None:
        return None
    return datetime.combine(record.due_on, at).astimezone(UTC) if at.tzinfo else to_utc(record.due_on, at, tz)


def _words(created: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in created.items() if count) or "nothing new"

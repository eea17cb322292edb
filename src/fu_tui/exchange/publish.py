"""A plan of an import becomes records. One rule: all of it or nothing, in one transaction and one journal entry, after
a verified backup; what the database knows already is left as it is and counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time

from fu_tui.core import schedule
from fu_tui.core.clock import to_utc
from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.terms import Origin
from fu_tui.exchange.owners import Owners
from fu_tui.exchange.plan import FileReport, ImportPlan
from fu_tui.exchange.records import AccountRecord, ContactRecord, DealRecord, NoteRecord, TaskRecord, fold
from fu_tui.services.context import Context
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.backup import keep_backup
from fu_tui.store.lookup import find_deal
from fu_tui.store.models import Account, Contact, Deal, DealContact, Import, Note, Stage
from fu_tui.store.unit import Unit

Progress = Callable[[int, int], None]
"""Is told how many records are written, of how many. What it raises ends the import; nothing is written then."""
_EVERY = 256


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


def check(
    context: Context,
    plan: ImportPlan,
    *,
    me: str | None = None,
    owner: str | None = None,
    create_users: bool = False,
) -> None:
    """Everything that publishing would refuse, without writing. Raises as `publish` does."""
    refuse_twins(context, plan)
    Owners(context, plan, me=me, owner=owner, create_users=create_users)


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
    with context.unit("import") as work:
        publishing = _Publishing(context, work, plan, owners, progress)
        publishing.run()
        names = ", ".join(file.name for file in plan.files)
        work.summary = f"imported {names}: {_words(publishing.created)}"
    return Published(dict(publishing.created), dict(publishing.known), owners.me_name, dict(owners.given))


class _Publishing:
    """The writing of one plan."""

    def __init__(
        self, context: Context, work: Unit, plan: ImportPlan, owners: Owners, progress: Progress | None
    ) -> None:
        self._context, self._work, self._plan, self._owners = context, work, plan, owners
        self._progress = progress
        self._done = 0
        self._total = (
            len(plan.accounts) + len(plan.contacts) + len(plan.deals) + len(plan.notes) + len(plan.tasks)
        )
        self._kind_of = {file.name: str(file.kind) for file in plan.files}
        self._accounts: dict[str, int] = {}
        self._contacts: dict[tuple[str, str], int] = {}
        self._deals: dict[str, tuple[int, int | None, int | None]] = {}
        self._stages: dict[str, int] = {}
        self.created: Counter[str] = Counter()
        self.known: Counter[str] = Counter()

    def run(self) -> None:
        """Write everything, in the order in which one refers to the other."""
        made, known = self._owners.write(self._work)
        self.created["users"], self.known["users"] = made, known
        self._write_stages()
        for account in self._plan.accounts:
            self._account(account)
        for contact in self._plan.contacts:
            self._contact(contact)
        for deal in self._plan.deals:
            self._deal(deal)
        for note in self._plan.notes:
            self._note(note)
        for task in self._plan.tasks:
            self._task(task)
        for file in self._plan.files:
            self._file(file)

    def _tell(self) -> None:
        self._done += 1
        if self._progress and (self._done % _EVERY == 0 or self._done == self._total):
            self._progress(self._done, self._total)

    def _write_stages(self) -> None:
        for stage in self._plan.stages:
            found = self._work.db.value(
                "SELECT id FROM stage WHERE name = ? COLLATE NOCASE AND removed_by IS NULL", (stage.name,)
            )
            if found is None:
                self.created["stages"] += 1
                found = self._work.insert(Stage, name=stage.name, position=stage.rank, kind=stage.kind)
            self._stages[fold(stage.name)] = found

    def _account(self, record: AccountRecord) -> None:
        self._tell()
        found = self._known("account", record.file, record.external_id) or self._work.db.value(
            "SELECT id FROM account WHERE name = ? COLLATE NOCASE AND removed_by IS NULL", (record.name,)
        )
        if found is None:
            self.created["accounts"] += 1
            found = self._work.insert(
                Account, name=record.name, owner=self._owners.of_contact(record.owner, count=False),
                **self._external(record.file, record.external_id),
            )  # fmt: skip
        else:
            self.known["accounts"] += 1
        self._accounts[fold(record.name)] = found

    def _contact(self, record: ContactRecord) -> None:
        self._tell()
        account = self._account_of(record.account)
        found = self._known("contact", record.file, record.external_id) or self._same_contact(record, account)
        if found is None:
            self.created["contacts"] += 1
            found = self._work.insert(
                Contact, name=record.name, account=account, owner=self._owners.of_contact(record.owner),
                title=record.title, emails=record.emails, phones=record.phones, lifecycle=record.lifecycle,
                do_not_contact=record.do_not_contact, opted_out=tuple(map(str, record.opted_out)),
                **self._external(record.file, record.external_id),
            )  # fmt: skip
        else:
            self.known["contacts"] += 1
        self._contacts[fold(record.name), fold(record.account)] = found

    def _same_contact(self, record: ContactRecord, account: int | None) -> int | None:
        found = self._work.db.value(
            "SELECT id FROM contact WHERE name = ? COLLATE NOCASE AND account_id IS ? AND removed_by IS NULL",
            (record.name, account),
        )
        return None if found is None else int(found)

    def _deal(self, record: DealRecord) -> None:
        self._tell()
        account, contact = self._account_of(record.account), self._contact_of(record.contact, record.account)
        found = self._known("deal", record.file, record.external_id)
        if found is None:
            self.created["deals"] += 1
            found = self._work.insert(
                Deal, title=record.title, account=account, product=record.product,
                stage=self._stages[fold(record.stage)], owner=self._owners.of_deal(record.owner),
                amount=None if record.amount is None else float(record.amount), currency=record.currency,
                stage_entered_at=_midnight(record.entered_on) or self._work.at,
                stage_entered_estimated=record.entered_estimated, closed_at=_midnight(record.closed_on),
                lost_reason=record.lost_reason or None, renewal_on=record.renewal_on,
                **self._external(record.file, record.external_id),
            )  # fmt: skip
            if contact is not None:
                self._work.insert(DealContact, deal=found, contact=contact)
        else:
            self.known["deals"] += 1
        self._deals[record.key] = (found, contact, account)

    def _note(self, record: NoteRecord) -> None:
        self._tell()
        deal = self._deals[record.deal][0] if record.deal else None
        self.created["notes"] += 1
        self._work.insert(
            Note, body=record.body, author=self._context.me.id, at=self._work.at, deal=deal,
            contact=self._contact_of(record.contact, record.account), account=self._account_of(record.account),
        )  # fmt: skip

    def _task(self, record: TaskRecord) -> None:
        self._tell()
        contact, account = self._contact_of(record.contact, record.account), self._account_of(record.account)
        deal, of_deal, owned = self._deal_of(record)
        owner, tz = self._owners.of_task(record.owner)
        due = schedule.by_hand(record.due_on, at=_instant(record, tz), reason=f"imported from {record.file}")
        self.created["tasks"] += 1
        make_task(
            self._work, action=record.action, due=due, owner_id=owner,
            links=Links(contact or of_deal, deal, account or owned), origin=Origin.IMPORT, channel=record.channel,
            priority=record.priority, note=record.note, assigner=self._context.me.id,
        )  # fmt: skip

    def _deal_of(self, record: TaskRecord) -> tuple[int | None, int | None, int | None]:
        """The deal of a task with its contact and account: one of the plan, else one that is there already."""
        if not record.deal:
            return None, None, None
        if record.deal in self._deals:
            return self._deals[record.deal]
        try:
            return find_deal(self._work.db, record.deal).id, None, None
        except NotFound as missing:
            raise UsageError(
                f"{record.file}, line {record.line}: {missing.message}",
                "Import the deals first, or leave the deal out.",
            ) from missing

    def _file(self, file: FileReport) -> None:
        rejects = [asdict(reject) for reject in self._plan.rejects if reject.file == file.name]
        counts = {"read": file.read, "taken": file.taken, "merged": file.merged, "rejected": file.rejected}
        self._work.insert(
            Import, kind=str(file.kind), file_name=file.name, file_hash=file.sha256, at=self._work.at,
            counts=json.dumps(counts), rejected=json.dumps(rejects, ensure_ascii=False),
        )  # fmt: skip

    # --- references

    def _account_of(self, name: str) -> int | None:
        return self._accounts.get(fold(name)) if name else None

    def _contact_of(self, name: str, account: str) -> int | None:
        return self._contacts.get((fold(name), fold(account))) if name else None

    def _source(self, file: str) -> str:
        return f"csv:{self._kind_of[file]}"

    def _external(self, file: str, external_id: str) -> dict[str, str]:
        return {"source": self._source(file), "external_id": external_id} if external_id else {}

    def _known(self, table: str, file: str, external_id: str) -> int | None:
        if not external_id:
            return None
        found = self._work.db.value(
            f"SELECT id FROM {table} WHERE source = ? AND external_id = ? AND removed_by IS NULL",
            (self._source(file), external_id),
        )
        return None if found is None else int(found)


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _instant(record: TaskRecord, tz: str) -> datetime | None:
    """The UTC instant of an hour promise: the owner's wall clock, or the offset that the file names."""
    at: time | None = record.due_time
    if at is None:
        return None
    return datetime.combine(record.due_on, at).astimezone(UTC) if at.tzinfo else to_utc(record.due_on, at, tz)


def _words(created: Counter[str]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in created.items() if count) or "nothing new"

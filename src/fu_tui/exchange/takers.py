"""Rows to records, one function for each kind of file. One rule: a row is checked whole before anything of it is kept.

Each takes the row into the gathered records and returns False where it only added to a record that was there.
It raises BadCell with the reason where the row can't be taken.
"""

from __future__ import annotations

from collections.abc import Callable

from fu_tui.core.terms import Lifecycle, Role, StageKind
from fu_tui.exchange import parts
from fu_tui.exchange.cells import BadCell
from fu_tui.exchange.fields import Kind
from fu_tui.exchange.gather import Gathered
from fu_tui.exchange.records import AccountRecord, DealRecord, UserRecord, fold
from fu_tui.exchange.rows import Row

_DONE = frozenset({"done", "completed", "complete", "closed", "finished", "cancelled", "canceled", "yes", "y", "x",
                   "true", "1", "✓"})  # fmt: skip


def take_product(row: Row, into: Gathered) -> bool:
    """A product of the list by which the spellings of deals are checked."""
    return into.products.add(_need(row.name, "no product name"))


def take_user(row: Row, into: Gathered) -> bool:
    """A user and, by name, their manager."""
    name, manager, word = _need(row.name, "no name"), row.manager, row.role.lower()
    role = Role(word) if word in set(Role) else Role.REP
    if word and word != role:
        into.say(f"role “{row.role}” taken as {role}")
    return into.user(
        UserRecord(
            row.file,
            row.line,
            name,
            next(iter(row.emails.kept), ""),
            "" if fold(manager) == fold(name) else manager,
            role,
            row.external_id,
        )
    )


def take_account(row: Row, into: Gathered) -> bool:
    """An account; what no field has becomes a note about it."""
    name, owner = _need(row.name, "no account name"), into.owner(row.owner)
    fresh = into.account(AccountRecord(row.file, row.line, name, owner, row.external_id))
    parts.keep_note(row, into, account=into.spell_account(name))
    return fresh


def take_contact(row: Row, into: Gathered) -> bool:
    """A contact of an account."""
    contact = parts.read_contact(row, into, row.external_id)
    fresh = into.contact(contact)
    into.mention_account(contact.account, row.file, row.line)
    parts.keep_note(row, into, contact.name, contact.account)
    return fresh


def take_deal(row: Row, into: Gathered) -> bool:
    """A deal, with the contact and the next step that it may name."""
    who, account = into.whom(row.name, row.account)
    deal, kind = parts.read_deal(row, into, row.external_id, who, account)
    into.deal(deal)
    _mention(row, into, who, account)
    left = _next_step(row, into, who, account, deal, kind)
    parts.keep_note(row, into, who, account, deal, left)
    return True


def take_lead(row: Row, into: Gathered) -> bool:
    """A lead: its contact and account, its deal where it has a stage, its next step and note.

    Where only the account has an id, contact and deal are known again by it and the person's name.
    """
    account_id = row.account_id
    identity = row.external_id or (account_id and f"{account_id} · {row.name}")
    contact = parts.read_contact(row, into, identity)
    who, company = contact.name, contact.account
    account = AccountRecord(row.file, row.line, company, contact.owner, account_id)
    if (known := into.accounts.get(fold(company))) and known.external_id:
        account = account._replace(external_id="")
    if (old := into.contacts.get((fold(who), fold(company)))) and old.external_id:
        contact = contact._replace(external_id="")
    deal: DealRecord | None = None
    kind = StageKind.OPEN
    if row.stage:
        deal, kind = parts.read_deal(row, into, identity, who, company)
        into.check(deal)
    if kind is StageKind.WON:
        contact = contact._replace(lifecycle=Lifecycle.CUSTOMER)
    into.check(account)
    fresh = into.contact(contact)
    if company:
        into.account(account)
    if deal:
        into.deal(deal)
    left = _next_step(row, into, who, company, deal, kind)
    parts.keep_note(row, into, who, company, deal, left)
    return fresh or deal is not None


def take_task(row: Row, into: Gathered) -> bool:
    """A follow-up: what, when, whom (R15). A day without an action becomes a decision (R2)."""
    if row.status.lower() in _DONE:
        raise BadCell(f"it is done already (“{row.status}”)")
    who, account = into.whom(row.name, row.account)
    called = row.deal
    into.task(parts.read_task(row, into, who, account, into.find_deal(called) if called else "", called))
    _mention(row, into, who, account)
    return True


TAKE: dict[Kind, Callable[[Row, Gathered], bool]] = {
    Kind.PRODUCTS: take_product,
    Kind.USERS: take_user,
    Kind.ACCOUNTS: take_account,
    Kind.CONTACTS: take_contact,
    Kind.DEALS: take_deal,
    Kind.LEADS: take_lead,
    Kind.TASKS: take_task,
}
"""In the order in which files are read: what others refer to comes first."""


def _need(text: str, reason: str) -> str:
    if not text:
        raise BadCell(reason)
    return text


def _mention(row: Row, into: Gathered, who: str, account: str) -> None:
    """The account and contact that a row names come along, with what the row knows of them."""
    into.mention_account(account, row.file, row.line)
    if who:
        into.contact(parts.read_contact(row, into)._replace(name=who, account=account, implied=True))
    elif row.phones.kept:
        into.say("a phone number left out, as no contact is named")


def _next_step(
    row: Row, into: Gathered, who: str, account: str, deal: DealRecord | None, kind: StageKind
) -> str:
    """The follow-up that a deal or lead may name beside itself. Words without a day come back, for the note."""
    if not row.action and row.due is None:
        return ""
    if kind is not StageKind.OPEN:
        into.say("the next step of a won or lost deal left out")
        return ""
    if row.due is None:
        into.say("a next step without a date kept as a note")
        return f"Next step: {row.action}"
    key, title = (deal.key, deal.title) if deal else ("", "")
    step = parts.read_task(row, into, who, account, key, title)
    into.task(step._replace(note="", external_id=""))
    return ""

"""What a captured line refers to. One rule: nothing is written, and what is wrong is listed, not raised, so that the
screen can say what was understood and the person decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from fu_tui.core import schedule
from fu_tui.core.capture import Draft
from fu_tui.core.channels import channel_of
from fu_tui.core.clock import to_utc
from fu_tui.core.errors import FuError, NotFound
from fu_tui.core.lint import check
from fu_tui.core.lint_better import Better, better_wording
from fu_tui.core.schedule import Due
from fu_tui.core.terms import Channel, Priority, Temperature
from fu_tui.core.text import number_of
from fu_tui.services.context import Context
from fu_tui.store.lookup import (
    Found,
    Person,
    contact_of,
    find_account,
    find_cadence,
    find_contact,
    find_deal,
    find_person,
    same_account,
)

T = TypeVar("T")
AT = " at "
"""Between a contact and their account, in a name: "Dana Reed at Isdom"."""
_REMEMBERED = 256
"""References whose meaning is kept while the file stays as it is."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A draft with its references looked up."""

    action: str
    body: str
    owner: Person
    priority: Priority
    channel: Channel | None
    due: Due | None
    dated: bool = False
    """Whether the day was named, rather than taken from how warm the lead is."""
    contact: Found | None = None
    deal: Found | None = None
    account: Found | None = None
    """The contact's, else the deal's, else the one that was named."""
    cadence: Found | None = None
    private: bool = False
    new_contact: str = ""
    """A name that no contact has yet; like the other two it is made when the draft is saved with `create`."""
    new_account: str = ""
    """The account that the new contact is of, where there is none of that name."""
    new_deal: str = ""
    problems: tuple[FuError, ...] = ()
    hints: tuple[str, ...] = ()
    refused: str = ""
    """Why the wording is no action; empty where it is one."""
    better: Better | None = None
    """The action worded better."""
    told: str = ""
    """What a note would say."""

    @property
    def new(self) -> tuple[str, ...]:
        """What would be made, in words: `contact "Kim Long"`."""
        named = (("account", self.new_account), ("contact", self.new_contact), ("deal", self.new_deal))
        return tuple(f'{kind} "{name}"' for kind, name in named if name)


class Whom(NamedTuple):
    """Whom an @ means."""

    contact: Found | None = None
    account: Found | None = None
    new_contact: str = ""
    new_account: str = ""


class Linked(NamedTuple):
    """What a # means."""

    deal: Found | None = None
    new_deal: str = ""


class Resolving:
    """The read `resolve`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._stamp: object = None
        self._known: dict[tuple[Any, ...], Any] = {}

    def resolve(self, draft: Draft, *, private: bool = False) -> Resolved:
        """Look up what a draft refers to; an unknown name is one that can be made, or a problem."""
        self._forget_what_changed()
        problems: list[FuError] = []
        db, me = self._context.db, self._context.me
        whom = self._find(problems, Whom(), self.whom, draft.contact)
        owner = self._find(problems, me, lambda name: find_person(db, name), draft.owner)
        cadence = self._find(problems, None, lambda name: find_cadence(db, name), draft.cadence)
        account = self._account_of(whom.contact, None) or whom.account
        account_id = account.id if account else None
        linked = self._find(
            problems, Linked(), lambda name: self._deal(name, account_id, whom), draft.link, account_id, whom
        )
        deal = linked.deal
        verdict = check(draft.action)
        return Resolved(
            action=draft.action, body=draft.body, owner=owner, priority=draft.priority or Priority.NORMAL,
            channel=channel_of(draft.action), due=self._due(draft, whom.contact, deal, owner),
            dated=draft.when is not None,
            contact=whom.contact, deal=deal, account=account or self._account_of(None, deal), cadence=cadence,
            private=private or draft.private, new_contact=whom.new_contact, new_account=whom.new_account,
            new_deal=linked.new_deal, problems=tuple(problems), hints=tuple(hint.text for hint in verdict.hints),
            refused=verdict.refused, better=better_wording(draft.action, verdict), told=draft.told,
        )  # fmt: skip

    def whom(self, reference: str) -> Whom:
        """Whom a reference means: a contact, an account of exactly that name, "a contact at an account", an account;
        else the name of a new contact. Raises NotFound for a number or an address that nobody has, and for several.
        """
        db, plain = self._context.db, number_of(reference) is None and "@" not in reference
        account = same_account(db, reference) if plain else None
        try:
            contact = find_contact(db, reference)
        except NotFound as missing:
            if account is None and (missing.candidates or not plain):
                raise
        else:
            if account is None or contact.name.casefold() == reference.casefold():
                return Whom(contact)
        if account:
            return Whom(account=account)
        name, at, firm = (part.strip() for part in reference.rpartition(AT))
        if at and name and firm:
            return self._whom_at(name, firm)
        try:
            return Whom(account=find_account(db, reference))
        except NotFound:
            return Whom(new_contact=reference)

    def _whom_at(self, name: str, firm: str) -> Whom:
        try:
            account = find_account(self._context.db, firm)
        except NotFound as missing:
            if missing.candidates or number_of(firm) is not None:
                raise
            return Whom(new_contact=name, new_account=firm)
        contact = contact_of(self._context.db, name, account.id)
        return Whom(contact) if contact else Whom(account=account, new_contact=name)

    def _deal(self, reference: str, account_id: int | None, whom: Whom) -> Linked:
        """The deal that is meant, or the title of a new one: that needs somebody whose deal it is."""
        try:
            return Linked(find_deal(self._context.db, reference, account_id))
        except NotFound as missing:
            if missing.candidates or number_of(reference) is not None or whom == Whom():
                raise
            return Linked(new_deal=reference)

    def _find(
        self, problems: list[FuError], nothing: T, find: Callable[[str], T], reference: str | None, *more: Any
    ) -> T:
        """What a reference means, from memory where it was asked before; `nothing` where it means nothing, or wrong."""
        if not reference:
            return nothing
        key = (type(nothing), reference, *more)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            try:
                self._known[key] = find(reference)
            except NotFound as missing:
                self._known[key] = missing
        found = self._known[key]
        if isinstance(found, NotFound):
            problems.append(found)
            return nothing
        return found  # type: ignore[no-any-return]  # what `find` gave for this very key

    def _forget_what_changed(self) -> None:
        """A line is looked at with every letter; what a name means is asked again only when something was written."""
        db = self._context.db
        stamp = (db.value("PRAGMA data_version"), db.connection().total_changes)
        if stamp != self._stamp:
            self._stamp = stamp
            self._known.clear()

    def _account_of(self, contact: Found | None, deal: Found | None) -> Found | None:
        row = self._context.db.row(
            "SELECT id, name FROM account WHERE id = ifnull((SELECT account_id FROM contact WHERE id = ?),"
            " (SELECT account_id FROM deal WHERE id = ?))",
            (contact.id if contact else None, deal.id if deal else None),
        )
        return Found(*row) if row else None

    def _due(self, draft: Draft, contact: Found | None, deal: Found | None, owner: Person) -> Due | None:
        """The day that was typed; else the one that the lead's temperature asks for; else none (R18, R119–R121)."""
        if draft.when is not None:
            at = to_utc(draft.when.day, draft.when.at, self._context.me.tz) if draft.when.at else None
            return schedule.by_hand(draft.when.day, at=at)
        if contact is None and deal is None:
            return None
        warmth = self._context.db.value(
            "SELECT ifnull((SELECT temperature FROM deal WHERE id = ?), (SELECT lifecycle FROM contact WHERE id = ?))",
            (deal.id if deal else None, contact.id if contact else None),
        )
        if warmth not in set(Temperature):
            return None
        _, calendar, today = self._context.desk_of(owner.id)
        return schedule.by_temperature(Temperature(warmth), today=today, calendar=calendar)

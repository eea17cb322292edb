"""Records that are made on the way to a task: a contact, their account, a deal. One rule: a name is made once, however
many lines of one capture say it."""

from __future__ import annotations

from fu_tui.core.errors import Refused
from fu_tui.core.events import AccountAdded, ContactAdded, DealAdded, Event
from fu_tui.services.resolving import Resolved
from fu_tui.services.spawn import Links
from fu_tui.store.models import Account, Contact, Deal, DealContact
from fu_tui.store.unit import Unit


class Newcomers:
    """What one capture has made so far."""

    def __init__(self, work: Unit, events: list[Event]) -> None:
        """events: gets what is made."""
        self._work = work
        self._events = events
        self._made: dict[tuple[str, str, int | None], int] = {}

    def links(self, resolved: Resolved) -> Links:
        """Whom a line is about, what is new in it made. Raises Refused where no stage is there for a new deal."""
        account = self._account(resolved)
        contact = self._contact(resolved, account)
        return Links(contact, self._deal(resolved, contact, account), account)

    def _account(self, resolved: Resolved) -> int | None:
        if not resolved.new_account:
            return resolved.account.id if resolved.account else None
        key = ("account", resolved.new_account.casefold(), None)
        if key not in self._made:
            made = self._work.insert(Account, name=resolved.new_account, owner=resolved.owner.id)
            self._made[key] = made
            self._events.append(AccountAdded(made, resolved.new_account))
        return self._made[key]

    def _contact(self, resolved: Resolved, account: int | None) -> int | None:
        if not resolved.new_contact:
            return resolved.contact.id if resolved.contact else None
        key = ("contact", resolved.new_contact.casefold(), account)
        if key not in self._made:
            made = self._work.insert(
                Contact, name=resolved.new_contact, owner=resolved.owner.id, account=account
            )
            self._made[key] = made
            self._events.append(ContactAdded(made, resolved.new_contact))
        return self._made[key]

    def _deal(self, resolved: Resolved, contact: int | None, account: int | None) -> int | None:
        """A new deal begins in the first open stage, with the contact as the one to talk to."""
        if not resolved.new_deal:
            return resolved.deal.id if resolved.deal else None
        key = ("deal", resolved.new_deal.casefold(), account)
        if key not in self._made:
            work = self._work
            stage = work.db.value(
                "SELECT id FROM stage WHERE kind = 'open' AND removed_by IS NULL ORDER BY position, id LIMIT 1"
            )
            if stage is None:
                raise Refused(
                    "There is no open stage that a new deal could begin in.", "Name a deal that is there."
                )
            made = work.insert(
                Deal, title=resolved.new_deal, account=account, stage=stage, owner=resolved.owner.id,
                stage_entered_at=work.at,
            )  # fmt: skip
            if contact is not None:
                work.insert(DealContact, deal=made, contact=contact)
            self._made[key] = made
            self._events.append(DealAdded(made, resolved.new_deal))
        return self._made[key]

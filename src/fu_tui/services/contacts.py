"""Contacts that slipped: one without an owner gets one, one that nobody is to ask again is laid aside. One rule: an
owner is never taken away from anybody here; that is a handoff, with its context."""

from __future__ import annotations

from collections.abc import Sequence

from fu_tui.core.errors import Refused
from fu_tui.core.events import Event
from fu_tui.core.events_life import ContactOwned, FileClosed
from fu_tui.core.terms import Lifecycle, Role
from fu_tui.services.context import Context
from fu_tui.store.lookup import find_person, person
from fu_tui.store.models import Contact


class Contacts:
    """The verbs `own` and `lay_aside`. Each takes several contacts: all or none, one undo."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def own(self, contact_ids: Sequence[int], to: str | None = None) -> tuple[Event, ...]:
        """Make contacts without an owner one's own, or those of `to` (R172).

        Raises Refused for one that has an owner, or where a rep gives them to somebody else (R184); NotFound.
        """
        context = self._context
        owner = find_person(context.db, to) if to else context.me
        if owner.id != context.me.id and context.me.role is Role.REP:
            raise Refused(
                "Only a manager or an admin gives contacts to others.", "Take them yourself, or ask one."
            )
        events: list[Event] = []
        with context.unit("own") as work:
            for contact_id in context.chosen(contact_ids):
                contact = work.load(Contact, contact_id)
                if contact.owner is not None:
                    whose = person(context.db, contact.owner).name
                    raise Refused(f"{contact.name} belongs to {whose}.", "Hand it off, with the context.")
                work.update(Contact, contact_id, owner=owner.id)
                events.append(ContactOwned(contact_id, contact.name, owner.id, owner.name))
            work.summary = f"made {owner.name} the owner of {_who(events)}"
        return tuple(events)

    def lay_aside(self, contact_ids: Sequence[int]) -> tuple[Event, ...]:
        """Close the files of contacts that nobody is to ask again, until they ask.

        Raises Refused where something is still open about one, or where it is another's (R184).
        """
        context = self._context
        events: list[Event] = []
        with context.unit("lay_aside") as work:
            for contact_id in context.chosen(contact_ids):
                contact = work.load(Contact, contact_id)
                if contact.owner is not None:
                    context.may_touch(contact.owner, contact.name)
                open_ = work.db.value(
                    "SELECT action FROM task WHERE contact_id = ? AND status IN ('open', 'held') LIMIT 1",
                    (contact_id,),
                )
                if open_:
                    raise Refused(
                        f'"{open_}" is open with {contact.name}.', "Close it; that can close the file too."
                    )
                runs = work.db.value(
                    "SELECT c.name FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE e.contact_id = ?"
                    " AND e.state <> 'ended' AND e.removed_by IS NULL LIMIT 1",
                    (contact_id,),
                )
                if runs:  # it waits, or it stalled
                    raise Refused(f"{runs} has not ended with {contact.name}.", "Stop it first.")
                if contact.lifecycle is Lifecycle.CLOSED_FILE:
                    raise Refused(f"The file of {contact.name} is closed already.", "Nobody asks them.")
                work.update(Contact, contact_id, lifecycle=Lifecycle.CLOSED_FILE)
                events.append(FileClosed(contact_id, contact.name))
            work.summary = f"closed the file of {_who(events)}"
        return tuple(events)


def _who(events: Sequence[Event]) -> str:
    return str(getattr(events[0], "name", "")) if len(events) == 1 else f"{len(events)} contacts"

"""Handing a contact or a deal to a colleague: the owner changes, and with them everything open about it. One rule: the
new owner gets the context in writing and one first thing to do (R176–R178)."""

from __future__ import annotations

from datetime import date

from fu_tui.core import schedule
from fu_tui.core.clock import from_utc_text, to_zone
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import Refused
from fu_tui.core.events import Event
from fu_tui.core.events_life import HandedOver
from fu_tui.core.terms import Channel, Origin
from fu_tui.services.absences import apply
from fu_tui.services.context import Context
from fu_tui.services.deals import conversation_of
from fu_tui.services.handing import pass_on
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.lookup import Person, find_person, person
from fu_tui.store.models import Contact, Deal, Note
from fu_tui.store.unit import Unit, load

LINES = 5
"""Last activities that the context begins with."""
RECORDS: dict[str, type[Contact] | type[Deal]] = {"contact": Contact, "deal": Deal}


class Handoff:
    """The verb `handoff`, and the context it begins with."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def handoff_context(self, kind: str, record_id: int) -> str:
        """What the new owner should know, as far as the file knows it: where it stands, what was last, what is open.

        kind: contact or deal. Lines, to be edited before they are sent. Raises NotFound.
        """
        db = self._context.db
        record = load(db, RECORDS[kind], record_id)
        lines = []
        if isinstance(record, Deal):
            stage = db.value("SELECT name FROM stage WHERE id = ?", (record.stage,))
            amount = f", {record.amount:,.0f} {record.currency}".rstrip() if record.amount else ""
            lines.append(f"Stage: {stage}{amount}")
        for at, channel, direction, text in db.rows(
            f"SELECT at, channel, direction, CASE WHEN body <> '' THEN body ELSE subject END FROM activity"
            f" WHERE {kind}_id = ? AND removed_by IS NULL ORDER BY at DESC, id DESC LIMIT ?",
            (record_id, LINES),
        ):
            day = day_words(to_zone(from_utc_text(at), self._context.me.tz).date())
            way = {"out": "we", "in": "they"}.get(direction, "we")
            lines.append(f"{day}, {way}{f' by {channel}' if channel else ''}: {' '.join(text.split())}")
        for action, due_on in db.rows(
            f"SELECT action, due_on FROM task WHERE {kind}_id = ? AND status IN ('open', 'held')"
            " AND kind <> 'private' ORDER BY due_on, id LIMIT ?",
            (record_id, LINES),
        ):
            lines.append(f"Open: {action}, due {day_words(date.fromisoformat(due_on))}")
        return "\n".join(lines)

    def handoff(self, kind: str, record_id: int, to: str, note: str) -> tuple[Event, ...]:
        """Make `to` the owner of a contact or a deal, with its open tasks and what runs; one journal entry.

        A deal takes what is about the deal, a contact what is about the contact alone. The note is kept with the
        record; the new owner's first task, due on their next working day, holds it and the draft of an introduction.
        Raises Refused without a note, or where it is theirs already, or not yours to hand over (R184); NotFound.
        """
        context = self._context
        if not note.strip():
            raise Refused(
                "What should the new owner know?", "Write the context: what was agreed, what they wait for."
            )
        owner = find_person(context.db, to)
        with context.unit("handoff") as work:
            record = work.load(RECORDS[kind], record_id)
            name = record.title if isinstance(record, Deal) else record.name
            if record.owner == owner.id:
                raise Refused(f"{name} is {owner.name}'s already.", "Name somebody else.")
            if record.owner is not None:
                context.may_touch(record.owner, f'"{name}"')
            work.update(RECORDS[kind], record_id, owner=owner.id)
            where = "deal_id = ?" if kind == "deal" else "contact_id = ? AND deal_id IS NULL"
            tasks = pass_on(work, where, (record_id,), record.owner, owner.id) if record.owner else ()
            work.insert(Note, body=note.strip(), author=context.me.id, at=work.at, **{kind: record_id})
            task_id, action, due_on = self._first_task(work, record, owner, note.strip())
            absent = apply(context, work, [owner.id], set(tasks))
            work.summary = f"handed {name} over to {owner.name}"
        moved = (*tasks, task_id)
        return (HandedOver(kind, record_id, name, owner.id, owner.name, moved, action, due_on), *absent)

    def _first_task(
        self, work: Unit, record: Contact | Deal, owner: Person, note: str
    ) -> tuple[int, str, date]:
        """The new owner's first: to introduce themselves; where nobody may be written to, to read what was left."""
        deal = record if isinstance(record, Deal) else None
        contact_id = conversation_of(self._context, deal)[0] if deal else record.id
        contact = work.load(Contact, contact_id) if contact_id is not None else None
        _, calendar, today = self._context.desk_of(owner.id)
        due = schedule.working_days_on(1, today=today, calendar=calendar)
        writes = contact is not None and not contact.do_not_contact and Channel.MAIL not in contact.opted_out
        if contact is not None and writes:
            action, channel = f"Introduce yourself to {contact.name}", Channel.MAIL
            body = self._introduction(db_person(self._context, record.owner), owner, contact, deal)
        else:
            subject = deal.title if deal else contact.name if contact else ""
            action, channel, body = f"Read the handover of {subject}", None, ""
        account = deal.account if deal else contact.account if contact else None
        task_id = make_task(
            work, action=action, due=due, owner_id=owner.id, origin=Origin.HANDOFF, channel=channel, body=body,
            links=Links(contact_id, deal.id if deal else None, account), note=note, assigner=self._context.me.id,
        )  # fmt: skip
        return task_id, action, due.due_on

    def _introduction(self, before: Person | None, owner: Person, contact: Contact, deal: Deal | None) -> str:
        first = contact.name.split()[0]
        about = f" about {deal.title}" if deal else ""
        known = (
            f"{before.name} has told me where things stand{about}"
            if before
            else f"I have read what was said{about}"
        )
        return (
            f"Hello {first},\n\nI am {owner.name}, and from now on I am your contact here. {known}, so you need"
            " not repeat anything.\n\nWhat should I take care of first?\n\n"
            f"{owner.name}"
        )


def db_person(context: Context, user_id: int | None) -> Person | None:
    """The user, where there is one."""
    return person(context.db, user_id) if user_id is not None else None

"""Whom the work is about: accounts, contacts, stages, deals, notes, and the log of every touch."""

from __future__ import annotations

from peewee import BooleanField, FloatField, IntegerField, TextField

from fu_tui.core.terms import (
    ActivitySource,
    Channel,
    Direction,
    Lifecycle,
    Priority,
    ReplyClass,
    StageKind,
    Temperature,
)
from fu_tui.core.terms_automation import CaseKind, CaseStatus
from fu_tui.store.fields import DayField, TermField, UtcField, WordsField, link
from fu_tui.store.models.base import Record
from fu_tui.store.models.people import User


class Account(Record):
    name = TextField()
    owner = link(User, null=True)
    tz = TextField(null=True)
    source = TextField(null=True)
    external_id = TextField(null=True)


class Contact(Record):
    name = TextField()
    account = link(Account, null=True)
    owner = link(User, null=True)
    """Empty is an alarm: the contact is listed under unowned (R172)."""
    title = TextField(default="")
    emails = WordsField(default=())
    phones = WordsField(default=())
    preferred_channel = TermField(Channel, null=True)
    tz = TextField(null=True)
    lifecycle = TermField(Lifecycle, default=Lifecycle.LEAD)
    do_not_contact = BooleanField(default=False)
    opted_out = WordsField(default=())
    """Channels this contact opted out of."""
    last_inbound_at = UtcField(null=True)
    """A cache of the activity log, rebuilt by `fu doctor`; not journalled."""
    last_outbound_at = UtcField(null=True)
    source = TextField(null=True)
    external_id = TextField(null=True)


class Stage(Record):
    pipeline = TextField(default="Sales")
    name = TextField()
    position = IntegerField()
    kind = TermField(StageKind, default=StageKind.OPEN)
    expectation = TextField(default="")
    stale_after_days = IntegerField(default=14)
    within_hours = IntegerField(null=True)
    """Working hours until something is expected of a deal that entered the stage."""
    within_days = IntegerField(null=True)
    """The same in calendar days."""
    cadence_key = TextField(null=True)
    """The cadence that belongs to the stage."""


class Deal(Record):
    title = TextField()
    account = link(Account, null=True)
    product = TextField(default="")
    stage = link(Stage)
    owner = link(User)
    amount = FloatField(null=True)
    currency = TextField(default="")
    temperature = TermField(Temperature, null=True)
    stage_entered_at = UtcField()
    stage_entered_estimated = BooleanField(default=False)
    last_touch_at = UtcField(null=True)
    """A cache of the activity log; not journalled."""
    parked_until = DayField(null=True)
    park_reason = TextField(null=True)
    closed_at = UtcField(null=True)
    lost_reason = TextField(null=True)
    renewal_on = DayField(null=True)
    delivered_on = DayField(null=True)
    source = TextField(null=True)
    external_id = TextField(null=True)


class DealContact(Record):
    deal = link(Deal)
    contact = link(Contact)
    role = TextField(default="")

    class Meta:
        table_name = "deal_contact"


class Case(Record):
    """What somebody waits for besides a deal: a ticket, an approval, a document, a renewal, a vendor."""

    title = TextField()
    account = link(Account, null=True)
    contact = link(Contact, null=True)
    owner = link(User, null=True)
    kind = TermField(CaseKind, default=CaseKind.TICKET)
    priority = TermField(Priority, default=Priority.NORMAL)
    status = TermField(CaseStatus, default=CaseStatus.OPEN)
    opened_at = UtcField()
    closed_at = UtcField(null=True)
    source = TextField(null=True)
    external_id = TextField(null=True)

    class Meta:
        table_name = "case_record"


class Note(Record):
    body = TextField()
    author = link(User)
    at = UtcField()
    contact = link(Contact, null=True)
    deal = link(Deal, null=True)
    account = link(Account, null=True)
    case = link(Case, null=True)


class Activity(Record):
    """One touch, in or out. Append-only: what was said is not unsaid, only undone."""

    at = UtcField()
    channel = TermField(Channel, null=True)
    direction = TermField(Direction)
    contact = link(Contact, null=True)
    deal = link(Deal, null=True)
    task = IntegerField(null=True, column_name="task_id")
    subject = TextField(default="")
    body = TextField(default="")
    template = TextField(null=True)
    reply_class = TermField(ReplyClass, null=True)
    source = TermField(ActivitySource, default=ActivitySource.USER)

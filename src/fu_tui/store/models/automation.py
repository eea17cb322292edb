"""What happens by itself: absences, triggers and what they did, notices, fixed recurrences."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

from fu_tui.core.terms import Channel, Priority, TaskKind
from fu_tui.core.terms_automation import (
    AbsencePolicy,
    SeriesState,
    TriggerEffect,
    TriggerEvent,
    TriggerUnit,
)
from fu_tui.store.fields import DayField, TermField, UtcField, link
from fu_tui.store.models.base import Record
from fu_tui.store.models.crm import Account, Contact, Deal
from fu_tui.store.models.people import User


class Absence(Record):
    user = link(User)
    from_on = DayField()
    to_on = DayField()
    """Inclusive."""
    cover_user = link(User, null=True)
    policy = TermField(AbsencePolicy, default=AbsencePolicy.COVER_ALL)
    note = TextField(default="")
    auto_reply = TextField(default="")


class Trigger(Record):
    """What happens by itself after an event, in the open (R133)."""

    key = TextField()
    position = IntegerField(default=0)
    event = TermField(TriggerEvent)
    effect = TermField(TriggerEffect)
    cadence_key = TextField(null=True)
    from_step = IntegerField(default=1)
    action = TextField(default="")
    channel = TermField(Channel, null=True)
    priority = TermField(Priority, default=Priority.NORMAL)
    delay = IntegerField(default=0)
    unit = TermField(TriggerUnit, default=TriggerUnit.DAYS)
    enabled = BooleanField(default=True)
    switched_at = UtcField(null=True)
    """When a person last switched it; what was imported later waits until they do so again."""

    class Meta:
        table_name = "trigger_rule"


class Firing(Record):
    """What a trigger did about one matter; its key makes it happen once."""

    trigger = link(Trigger)
    dedup_key = TextField()
    at = UtcField()
    task = IntegerField(null=True, column_name="task_id")
    enrollment = IntegerField(null=True, column_name="enrollment_id")


class Notification(Record):
    user = link(User)
    kind = TextField()
    dedup_key = TextField()
    text = TextField()
    task = IntegerField(null=True, column_name="task_id")
    deal = link(Deal, null=True)
    at = UtcField()
    read_at = UtcField(null=True)


class Series(Record):
    """A fixed recurrence: renewals, inspections, check-ins on a fixed day (R115)."""

    action = TextField()
    rule = TextField()
    """An RRULE of the allowed kinds."""
    start_on = DayField()
    kind = TermField(TaskKind, default=TaskKind.FOLLOW_UP)
    channel = TermField(Channel, null=True)
    priority = TermField(Priority, default=Priority.NORMAL)
    body = TextField(default="")
    contact = link(Contact, null=True)
    deal = link(Deal, null=True)
    account = link(Account, null=True)
    owner = link(User)
    state = TermField(SeriesState, default=SeriesState.ACTIVE)
    created_at = UtcField()

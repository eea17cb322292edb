"""Who does the work and when they work: users, their calendars, holidays."""

from __future__ import annotations

from peewee import BooleanField, TextField

from fu_tui.core.terms import Role
from fu_tui.store.fields import DayField, TermField, link
from fu_tui.store.models.base import Record


class WorkCalendar(Record):
    name = TextField()
    weekdays = TextField(default="01234")
    """The working weekdays as digits, Monday is 0."""
    work_start = TextField(default="09:00")
    work_end = TextField(default="17:30")
    country = TextField(null=True)
    subdivision = TextField(null=True)

    class Meta:
        table_name = "work_calendar"


class Holiday(Record):
    calendar = link(WorkCalendar)
    on_date = DayField()
    name = TextField(default="")
    own = BooleanField(default=False)
    """A day off of one's own: filling in a country's holidays leaves it alone."""


class User(Record):
    handle = TextField()
    name = TextField()
    email = TextField(null=True)
    tz = TextField(default="local")
    """An IANA name, or "local": the zone of the machine that looks."""
    calendar = link(WorkCalendar)
    role = TermField(Role, default=Role.REP)
    manager = link("self", null=True)
    active = BooleanField(default=True)
    login = TextField(null=True)
    """The system login that is this user when nobody says otherwise."""
    source = TextField(null=True)
    external_id = TextField(null=True)

"""The work itself: cadences and their pinned versions, enrollments, tasks."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from fu_tui.core.terms import (
    Anchor,
    CadenceKind,
    Channel,
    Count,
    EndReason,
    EnrollmentState,
    OnExhaust,
    Origin,
    Priority,
    Roll,
    StepKind,
    TaskKind,
    TaskStatus,
)
from fu_tui.store.fields import DayField, TermField, UtcField
from fu_tui.store.models.base import Record
from fu_tui.store.models.crm import Account, Contact, Deal
from fu_tui.store.models.people import User


class Cadence(Record):
    key = TextField()
    name = TextField()
    kind = TermField(CadenceKind)


class CadenceVersion(Record):
    """What an enrollment is pinned to; never changed once somebody is enrolled."""

    cadence = ForeignKeyField(Cadence, lazy_load=False)
    n = IntegerField()
    anchor = TermField(Anchor)
    count = TermField(Count, default=Count.CALENDAR)
    roll = TermField(Roll, default=Roll.FORWARD)
    min_gap_days = IntegerField(default=1)
    max_unanswered = IntegerField(default=5)
    warn_at = IntegerField(default=4)
    on_exhaust = TermField(OnExhaust, default=OnExhaust.ASK)
    nurture_months = IntegerField(default=3)
    exclusive = BooleanField(default=False)

    class Meta:
        table_name = "cadence_version"


class CadenceStep(Record):
    version = ForeignKeyField(CadenceVersion, lazy_load=False)
    no = IntegerField()
    offset_days = IntegerField()
    offset_months = IntegerField(default=0)
    within_hours = IntegerField(null=True)
    action = TextField()
    purpose = TextField()
    kind = TermField(StepKind, default=StepKind.TOUCH)
    repeats = BooleanField(default=False)
    channel = TermField(Channel, null=True)
    template = TextField(null=True)
    priority = TermField(Priority, default=Priority.NORMAL)
    window_days = IntegerField(default=0)

    class Meta:
        table_name = "cadence_step"


class Enrollment(Record):
    version = ForeignKeyField(CadenceVersion, lazy_load=False)
    cadence = ForeignKeyField(Cadence, lazy_load=False)
    """Copied from the version, so that "never twice at once" is an index."""
    exclusive = BooleanField()
    contact = ForeignKeyField(Contact, null=True, lazy_load=False)
    deal = ForeignKeyField(Deal, null=True, lazy_load=False)
    assignee = ForeignKeyField(User, lazy_load=False)
    state = TermField(EnrollmentState, default=EnrollmentState.ACTIVE)
    current_step = IntegerField(default=1)
    anchor_on = DayField()
    paused_on = DayField(null=True)
    remaining_days = IntegerField(null=True)
    end_reason = TermField(EndReason, null=True)
    ended_at = UtcField(null=True)
    started_at = UtcField()


class Task(Record):
    """Exactly one next action (R1)."""

    action = TextField()
    channel = TermField(Channel, null=True)
    body = TextField(default="")
    note = TextField(default="")
    contact = ForeignKeyField(Contact, null=True, lazy_load=False)
    deal = ForeignKeyField(Deal, null=True, lazy_load=False)
    account = ForeignKeyField(Account, null=True, lazy_load=False)
    owner = ForeignKeyField(User, lazy_load=False)
    acting_owner = ForeignKeyField(User, null=True, lazy_load=False)
    assigner = ForeignKeyField(User, null=True, lazy_load=False)
    due_on = DayField()
    due_at = UtcField(null=True)
    window_end_on = DayField(null=True)
    planned_on = DayField(null=True)
    hidden_until = DayField(null=True)
    priority = TermField(Priority, default=Priority.NORMAL)
    status = TermField(TaskStatus, default=TaskStatus.OPEN)
    kind = TermField(TaskKind, default=TaskKind.FOLLOW_UP)
    enrollment = ForeignKeyField(Enrollment, null=True, lazy_load=False)
    step_no = IntegerField(null=True)
    attempt = IntegerField(default=1)
    origin = TermField(Origin, default=Origin.USER)
    spawned_by = ForeignKeyField("self", null=True, lazy_load=False)
    outcome = TextField(null=True)
    outcome_note = TextField(null=True)
    created_at = UtcField()
    closed_at = UtcField(null=True)
    closed_on = DayField(null=True)
    """The civil day of closing in the owner's zone (or the day the person says it was)."""
    closed_by = ForeignKeyField(User, null=True, lazy_load=False)
    first_due_on = DayField()
    status_changed_at = UtcField()
    moved_count = IntegerField(default=0)
    lint_override = BooleanField(default=False)
    trace = TextField()
    """How the due day came about, as JSON; it recomputes to due_on."""
    version = IntegerField(default=1)
    """Counts changes, so that a close can be made against the state that was shown."""

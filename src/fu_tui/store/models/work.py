"""The work itself: cadences and their pinned versions, enrollments, tasks."""

from __future__ import annotations

from peewee import BooleanField, IntegerField, TextField

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
from fu_tui.store.fields import DayField, TermField, UtcField, link
from fu_tui.store.models.automation import Series
from fu_tui.store.models.base import Record
from fu_tui.store.models.crm import Account, Case, Contact, Deal
from fu_tui.store.models.people import User


class Cadence(Record):
    key = TextField()
    name = TextField()
    kind = TermField(CadenceKind)


class CadenceVersion(Record):
    """What an enrollment is pinned to; never changed once somebody is enrolled."""

    cadence = link(Cadence)
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
    version = link(CadenceVersion)
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
    version = link(CadenceVersion)
    cadence = link(Cadence)
    """Copied from the version, so that "never twice at once" is an index."""
    exclusive = BooleanField()
    contact = link(Contact, null=True)
    deal = link(Deal, null=True)
    assignee = link(User)
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
    contact = link(Contact, null=True)
    deal = link(Deal, null=True)
    account = link(Account, null=True)
    case = link(Case, null=True)
    series = link(Series, null=True)
    occurrence_on = DayField(null=True)
    """The day of its series that it stands for, wherever it was moved."""
    owner = link(User)
    acting_owner = link(User, null=True)
    assigner = link(User, null=True)
    due_on = DayField()
    due_at = UtcField(null=True)
    window_end_on = DayField(null=True)
    planned_on = DayField(null=True)
    hidden_until = DayField(null=True)
    priority = TermField(Priority, default=Priority.NORMAL)
    status = TermField(TaskStatus, default=TaskStatus.OPEN)
    kind = TermField(TaskKind, default=TaskKind.FOLLOW_UP)
    enrollment = link(Enrollment, null=True)
    step_no = IntegerField(null=True)
    attempt = IntegerField(default=1)
    origin = TermField(Origin)
    spawned_by = link("self", null=True)
    outcome = TextField(null=True)
    outcome_note = TextField(null=True)
    created_at = UtcField()
    closed_at = UtcField(null=True)
    closed_on = DayField(null=True)
    """The civil day of closing in the owner's zone (or the day the person says it was)."""
    closed_by = link(User, null=True)
    first_due_on = DayField()
    status_changed_at = UtcField()
    moved_count = IntegerField(default=0)
    lint_override = BooleanField(default=False)
    trace = TextField()
    """How the due day came about, as JSON; it recomputes to due_on."""
    version = IntegerField(default=1)
    """Counts changes, so that a close can be made against the state that was shown."""

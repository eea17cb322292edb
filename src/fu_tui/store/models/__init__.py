"""One file per aggregate; this page gathers them. The tables themselves are made by the migrations."""

from fu_tui.store.models.automation import Absence, Firing, Notification, Series, Trigger
from fu_tui.store.models.base import Record
from fu_tui.store.models.crm import Account, Activity, Case, Contact, Deal, DealContact, Note, Stage
from fu_tui.store.models.journal import Change, Import, JournalEntry
from fu_tui.store.models.people import Holiday, User, WorkCalendar
from fu_tui.store.models.work import Cadence, CadenceStep, CadenceVersion, Enrollment, Task

RECORDS: tuple[type[Record], ...] = (
    WorkCalendar, Holiday, User, Account, Contact, Stage, Deal, DealContact, Note, Activity,
    Cadence, CadenceVersion, CadenceStep, Enrollment, Task, Import,
    Case, Absence, Trigger, Firing, Notification, Series,
)  # fmt: skip
BY_TABLE: dict[str, type[Record]] = {model._meta.table_name: model for model in RECORDS}

__all__ = [
    "BY_TABLE",
    "RECORDS",
    "Absence",
    "Account",
    "Activity",
    "Cadence",
    "CadenceStep",
    "CadenceVersion",
    "Case",
    "Change",
    "Contact",
    "Deal",
    "DealContact",
    "Enrollment",
    "Firing",
    "Holiday",
    "Import",
    "JournalEntry",
    "Note",
    "Notification",
    "Record",
    "Series",
    "Stage",
    "Task",
    "Trigger",
    "User",
    "WorkCalendar",
]

"""What was done: the journal, its changes, and the imports."""

from __future__ import annotations

from peewee import AutoField, IntegerField, Model, TextField

from fu_tui.store.fields import UtcField, link
from fu_tui.store.models.base import Record
from fu_tui.store.models.people import User


class JournalEntry(Model):
    """One verb. An undo is itself an entry; so is a redo."""

    seq = AutoField()
    actor = link(User, null=True)
    at = UtcField()
    verb = TextField()
    summary = TextField(default="")
    reason = TextField(null=True)
    undoes = IntegerField(null=True)
    undone_by = IntegerField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "journal_entry"


class Change(Model):
    """One row before and after, as JSON of its columns (only those that changed)."""

    id = AutoField()
    entry = link(JournalEntry)
    entity = TextField()
    entity_id = IntegerField()
    before = TextField(null=True)
    after = TextField(null=True)

    class Meta:
        legacy_table_names = False


class Import(Record):
    kind = TextField()
    file_name = TextField()
    file_hash = TextField()
    at = UtcField()
    counts = TextField(default="{}")
    rejected = TextField(default="[]")

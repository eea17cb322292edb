"""What all records share. One rule: models are bound to no database; a query says which one it runs on."""

from __future__ import annotations

from peewee import AutoField, IntegerField, Model


class Record(Model):
    """A row that is journalled and never hard-deleted."""

    id = AutoField()
    removed_by = IntegerField(null=True)
    """The journal entry that removed it; whatever reads records passes such a one over."""

    class Meta:
        legacy_table_names = False

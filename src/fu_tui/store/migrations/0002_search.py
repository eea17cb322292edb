"""Words to find things by: contacts, accounts and deals by name and more, open tasks by everything their row says.

Frozen: this file never changes once it shipped. Each kind has a view of its words, and a full-text index over that
view. Triggers don't write the indexes: they note in `search_due` which records changed, with the words that the index
still has of them, and the unit that changed them brings the indexes up before it commits (store/search.py). So no
trigger of the file ever calls a virtual table. Where the number 0 of a kind is noted, new records of that kind aren't
noted one by one: its place is the first of many that are new.

Words that begin with a sign of the private use area are ours, nobody types them: U+E001 before the first word of a
name, U+E000 before every word of one; in a task's index U+E000 before o and its owner's id, p and its priority.

A task's number in its index is its place in the queue: day, minute, priority and id in one number, so that the index
gives a page of hits in order, however many there are.
"""

from __future__ import annotations

from typing import Any

# Days since the year 1, 22 bits · minutes since two days before that day (8191: no hour), 13 · priority, 2 · id, 26.
PLACE = """(((((CAST(strftime('%s', t.due_on) AS INTEGER) / 86400 + 719162) << 13
    | CASE WHEN t.due_at IS NULL THEN 8191 ELSE min(max((CAST(strftime('%s', t.due_at) AS INTEGER)
        - CAST(strftime('%s', t.due_on) AS INTEGER) + 172800) / 60, 0), 8190) END) << 2
    | t.priority) << 26) | t.id)"""

NAMED = "char(57345) || {name} || replace(' ' || {name}, ' ', ' ' || char(57344))"
TABLES = f"""
CREATE TABLE search_due (
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    place INTEGER,
    name TEXT,
    rest TEXT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE VIEW contact_words AS
SELECT c.id, c.id AS place, c.name,
    ifnull(a.name, '') || ' ' || c.emails || ' ' || c.title || ' ' || {NAMED.format(name="c.name")} AS rest
FROM contact c LEFT JOIN account a ON a.id = c.account_id WHERE c.removed_by IS NULL;

CREATE VIEW account_words AS
SELECT id, id AS place, name, {NAMED.format(name="name")} AS rest FROM account WHERE removed_by IS NULL;

CREATE VIEW deal_words AS
SELECT d.id, d.id AS place, d.title AS name, ifnull(a.name, '') || ' ' || {NAMED.format(name="d.title")} AS rest
FROM deal d LEFT JOIN account a ON a.id = d.account_id WHERE d.removed_by IS NULL;

CREATE VIEW task_words AS
SELECT t.id, {PLACE} AS place, t.action AS name,
    ifnull(c.name, '') || ' ' || ifnull(a.name, '') || ' ' || ifnull(d.title, '') || ' ' || ifnull(t.channel, '')
    || ' ' || char(57344) || 'o' || t.queue_owner_id || ' ' || char(57344) || 'p' || t.priority AS rest
FROM task t LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN deal d ON d.id = t.deal_id
LEFT JOIN account a ON a.id = coalesce(t.account_id, c.account_id, d.account_id) WHERE t.status = 'open';
"""
INDEX = (
    "CREATE VIRTUAL TABLE {kind}_search USING fts5(name, rest, content = '{kind}_words', content_rowid = 'place',"
    " prefix = '1 2 3 4', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')"
)
WORDS = {
    "contact": "name, emails, title, account_id, removed_by",
    "account": "name, removed_by",
    "deal": "title, account_id, removed_by",
    "task": "action, channel, contact_id, deal_id, account_id, owner_id, acting_owner_id, due_on, due_at, priority,"
    " status",
}
"""By table: the columns that its words, or its being found at all, depend on."""
NOTE = "INSERT INTO search_due (kind, id, place, name, rest)"
ITSELF = (
    f"{NOTE} SELECT '{{kind}}', w.id, w.place, w.name, w.rest FROM {{kind}}_words w WHERE w.id = OLD.id"
    " ON CONFLICT DO NOTHING;"
    " INSERT INTO search_due (kind, id) VALUES ('{kind}', OLD.id) ON CONFLICT DO NOTHING;"
)
OTHERS = (
    f"{NOTE} SELECT '{{kind}}', w.id, w.place, w.name, w.rest FROM {{kind}}_words w WHERE w.id IN"
    " ({ids}) ON CONFLICT DO NOTHING;"
)
NAMED_BY = {
    "contact": ("name, account_id", [("task", "SELECT id FROM task WHERE contact_id = OLD.id")]),
    "deal": ("title, account_id", [("task", "SELECT id FROM task WHERE deal_id = OLD.id")]),
    "account": (
        "name",
        [
            ("contact", "SELECT id FROM contact WHERE account_id = OLD.id"),
            ("deal", "SELECT id FROM deal WHERE account_id = OLD.id"),
            (
                "task",
                "SELECT id FROM task WHERE account_id = OLD.id"
                " UNION SELECT t.id FROM contact c JOIN task t ON t.contact_id = c.id WHERE c.account_id = OLD.id"
                " UNION SELECT t.id FROM deal d JOIN task t ON t.deal_id = d.id WHERE d.account_id = OLD.id",
            ),
        ],
    ),
}
"""By table: the columns that words of other records are taken from, and which those are."""


def up(migrator: Any, db: Any) -> None:
    """Make the views, the indexes and the triggers, and fill the indexes from what is there."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
    for kind, columns in WORDS.items():
        db.execute_sql(INDEX.format(kind=kind))
        db.execute_sql(
            f"CREATE TRIGGER {kind}_search_insert AFTER INSERT ON {kind}"
            f" WHEN NOT EXISTS (SELECT 1 FROM search_due WHERE kind = '{kind}' AND id = 0) BEGIN"
            f" INSERT INTO search_due (kind, id) VALUES ('{kind}', NEW.id) ON CONFLICT DO NOTHING; END"
        )
        note = ITSELF.format(kind=kind)
        db.execute_sql(
            f"CREATE TRIGGER {kind}_search_update BEFORE UPDATE OF {columns} ON {kind} BEGIN {note} END"
        )
        db.execute_sql(f"CREATE TRIGGER {kind}_search_delete BEFORE DELETE ON {kind} BEGIN {note} END")
    for kind, (columns, others) in NAMED_BY.items():
        notes = " ".join(OTHERS.format(kind=other, ids=ids) for other, ids in others)
        db.execute_sql(
            f"CREATE TRIGGER {kind}_search_names BEFORE UPDATE OF {columns} ON {kind} BEGIN {notes} END"
        )
    # Merged only when sixteen pieces of a size have come together: no single close pays for many before it.
    for kind in WORDS:
        db.execute_sql(f"INSERT INTO {kind}_search ({kind}_search, rank) VALUES ('automerge', 0)")
        db.execute_sql(f"INSERT INTO {kind}_search ({kind}_search) VALUES ('rebuild')")
        db.execute_sql(f"CREATE VIRTUAL TABLE {kind}_terms USING fts5vocab('{kind}_search', 'row')")

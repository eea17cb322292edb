"""The first schema: everything the daily queue stands on.

Frozen: this file never changes once it shipped. The invariants that a table can hold are constraints here.
"""

from __future__ import annotations

from typing import Any

DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'"

TABLES = f"""
CREATE TABLE journal_entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    actor_id INTEGER REFERENCES user(id),
    at TEXT NOT NULL,
    verb TEXT NOT NULL,
    summary TEXT NOT NULL DEFAULT '',
    reason TEXT,
    undoes INTEGER REFERENCES journal_entry(seq),
    undone_by INTEGER REFERENCES journal_entry(seq)
);
CREATE INDEX journal_entry_actor ON journal_entry(actor_id, seq);

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES journal_entry(seq),
    entity TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
);
CREATE INDEX change_entry ON change(entry_id);
CREATE INDEX change_entity ON change(entity, entity_id);

CREATE TABLE work_calendar (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    name TEXT NOT NULL,
    weekdays TEXT NOT NULL DEFAULT '01234' CHECK (weekdays <> '' AND weekdays NOT GLOB '*[^0-6]*'),
    work_start TEXT NOT NULL DEFAULT '09:00',
    work_end TEXT NOT NULL DEFAULT '17:30' CHECK (work_end > work_start),
    country TEXT,
    subdivision TEXT
);

CREATE TABLE holiday (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    calendar_id INTEGER NOT NULL REFERENCES work_calendar(id),
    on_date TEXT NOT NULL CHECK (on_date {DAY}),
    name TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX holiday_once ON holiday(calendar_id, on_date) WHERE removed_by IS NULL;

CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    handle TEXT NOT NULL CHECK (handle <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    email TEXT,
    tz TEXT NOT NULL DEFAULT 'local',
    calendar_id INTEGER NOT NULL REFERENCES work_calendar(id),
    role TEXT NOT NULL DEFAULT 'rep' CHECK (role IN ('rep', 'manager', 'admin')),
    manager_id INTEGER REFERENCES user(id),
    active INTEGER NOT NULL DEFAULT 1,
    login TEXT,
    source TEXT,
    external_id TEXT
);
CREATE UNIQUE INDEX user_handle ON user(handle COLLATE NOCASE) WHERE removed_by IS NULL;
CREATE UNIQUE INDEX user_login ON user(login) WHERE removed_by IS NULL AND login IS NOT NULL;
CREATE UNIQUE INDEX user_external ON user(source, external_id)
    WHERE removed_by IS NULL AND external_id IS NOT NULL;

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    name TEXT NOT NULL CHECK (name <> ''),
    owner_id INTEGER REFERENCES user(id),
    tz TEXT,
    source TEXT,
    external_id TEXT
);
CREATE INDEX account_name ON account(name COLLATE NOCASE) WHERE removed_by IS NULL;
CREATE UNIQUE INDEX account_external ON account(source, external_id)
    WHERE removed_by IS NULL AND external_id IS NOT NULL;

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    name TEXT NOT NULL CHECK (name <> ''),
    account_id INTEGER REFERENCES account(id),
    owner_id INTEGER REFERENCES user(id),
    title TEXT NOT NULL DEFAULT '',
    emails TEXT NOT NULL DEFAULT '[]' CHECK (emails LIKE '[%'),
    phones TEXT NOT NULL DEFAULT '[]' CHECK (phones LIKE '[%'),
    preferred_channel TEXT,
    tz TEXT,
    lifecycle TEXT NOT NULL DEFAULT 'lead'
        CHECK (lifecycle IN ('lead', 'active', 'warm', 'customer', 'nurture', 'closed_file')),
    do_not_contact INTEGER NOT NULL DEFAULT 0,
    opted_out TEXT NOT NULL DEFAULT '[]',
    last_inbound_at TEXT,
    last_outbound_at TEXT,
    source TEXT,
    external_id TEXT
);
CREATE INDEX contact_name ON contact(name COLLATE NOCASE) WHERE removed_by IS NULL;
CREATE INDEX contact_account ON contact(account_id);
CREATE INDEX contact_unowned ON contact(id) WHERE owner_id IS NULL AND removed_by IS NULL;
CREATE UNIQUE INDEX contact_external ON contact(source, external_id)
    WHERE removed_by IS NULL AND external_id IS NOT NULL;

CREATE TABLE stage (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    pipeline TEXT NOT NULL DEFAULT 'Sales',
    name TEXT NOT NULL CHECK (name <> ''),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL DEFAULT 'open' CHECK (kind IN ('open', 'won', 'lost')),
    expectation TEXT NOT NULL DEFAULT '',
    stale_after_days INTEGER NOT NULL DEFAULT 14 CHECK (stale_after_days > 0)
);
CREATE UNIQUE INDEX stage_name ON stage(pipeline, name COLLATE NOCASE) WHERE removed_by IS NULL;

CREATE TABLE deal (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    title TEXT NOT NULL CHECK (title <> ''),
    account_id INTEGER REFERENCES account(id),
    product TEXT NOT NULL DEFAULT '',
    stage_id INTEGER NOT NULL REFERENCES stage(id),
    owner_id INTEGER NOT NULL REFERENCES user(id),
    amount REAL,
    currency TEXT NOT NULL DEFAULT '',
    temperature TEXT CHECK (temperature IN ('active', 'warm', 'slow')),
    stage_entered_at TEXT NOT NULL,
    stage_entered_estimated INTEGER NOT NULL DEFAULT 0,
    last_touch_at TEXT,
    parked_until TEXT CHECK (parked_until {DAY}),
    park_reason TEXT,
    closed_at TEXT,
    lost_reason TEXT,
    renewal_on TEXT CHECK (renewal_on {DAY}),
    source TEXT,
    external_id TEXT,
    CHECK (parked_until IS NULL OR ifnull(park_reason, '') <> '')
);
CREATE INDEX deal_title ON deal(title COLLATE NOCASE) WHERE removed_by IS NULL;
CREATE INDEX deal_owner ON deal(owner_id, stage_id) WHERE removed_by IS NULL AND closed_at IS NULL;
CREATE INDEX deal_account ON deal(account_id);
CREATE UNIQUE INDEX deal_external ON deal(source, external_id)
    WHERE removed_by IS NULL AND external_id IS NOT NULL;

CREATE TABLE deal_contact (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    deal_id INTEGER NOT NULL REFERENCES deal(id),
    contact_id INTEGER NOT NULL REFERENCES contact(id),
    role TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX deal_contact_once ON deal_contact(deal_id, contact_id) WHERE removed_by IS NULL;
CREATE INDEX deal_contact_contact ON deal_contact(contact_id);

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    body TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES user(id),
    at TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact(id),
    deal_id INTEGER REFERENCES deal(id),
    account_id INTEGER REFERENCES account(id),
    CHECK (contact_id IS NOT NULL OR deal_id IS NOT NULL OR account_id IS NOT NULL)
);
CREATE INDEX note_contact ON note(contact_id, id);
CREATE INDEX note_deal ON note(deal_id, id);

CREATE TABLE cadence (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    key TEXT NOT NULL CHECK (key <> ''),
    name TEXT NOT NULL,
    kind TEXT NOT NULL
);
CREATE UNIQUE INDEX cadence_key ON cadence(key) WHERE removed_by IS NULL;

CREATE TABLE cadence_version (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    cadence_id INTEGER NOT NULL REFERENCES cadence(id),
    n INTEGER NOT NULL,
    anchor TEXT NOT NULL CHECK (anchor IN ('completion', 'planned')),
    count TEXT NOT NULL DEFAULT 'calendar' CHECK (count IN ('calendar', 'business')),
    roll TEXT NOT NULL DEFAULT 'forward' CHECK (roll IN ('forward', 'backward', 'none')),
    min_gap_days INTEGER NOT NULL DEFAULT 1 CHECK (min_gap_days >= 0),
    max_unanswered INTEGER NOT NULL DEFAULT 5 CHECK (max_unanswered > 0),
    warn_at INTEGER NOT NULL DEFAULT 4,
    on_exhaust TEXT NOT NULL DEFAULT 'ask' CHECK (on_exhaust IN ('ask', 'nurture', 'close_file', 'complete')),
    nurture_months INTEGER NOT NULL DEFAULT 3 CHECK (nurture_months BETWEEN 1 AND 24),
    exclusive INTEGER NOT NULL DEFAULT 0,
    UNIQUE (cadence_id, n)
);

CREATE TABLE cadence_step (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    version_id INTEGER NOT NULL REFERENCES cadence_version(id),
    no INTEGER NOT NULL CHECK (no > 0),
    offset_days INTEGER NOT NULL,
    offset_months INTEGER NOT NULL DEFAULT 0,
    within_hours INTEGER,
    action TEXT NOT NULL CHECK (action <> ''),
    purpose TEXT NOT NULL CHECK (purpose <> ''),
    kind TEXT NOT NULL DEFAULT 'touch' CHECK (kind IN ('touch', 'decide')),
    repeats INTEGER NOT NULL DEFAULT 0,
    channel TEXT,
    template TEXT,
    priority INTEGER NOT NULL DEFAULT 2,
    window_days INTEGER NOT NULL DEFAULT 0,
    UNIQUE (version_id, no)
);

CREATE TABLE enrollment (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    version_id INTEGER NOT NULL REFERENCES cadence_version(id),
    cadence_id INTEGER NOT NULL REFERENCES cadence(id),
    exclusive INTEGER NOT NULL,
    contact_id INTEGER REFERENCES contact(id),
    deal_id INTEGER REFERENCES deal(id),
    assignee_id INTEGER NOT NULL REFERENCES user(id),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'ended')),
    current_step INTEGER NOT NULL DEFAULT 1,
    anchor_on TEXT NOT NULL CHECK (anchor_on {DAY}),
    paused_on TEXT CHECK (paused_on {DAY}),
    remaining_days INTEGER CHECK (remaining_days >= 0),
    end_reason TEXT,
    ended_at TEXT,
    started_at TEXT NOT NULL,
    CHECK (contact_id IS NOT NULL OR deal_id IS NOT NULL),
    CHECK ((state = 'ended') = (end_reason IS NOT NULL)),
    CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
-- One cadence at a time for one contact and deal; one exclusive one (outreach) per contact.
CREATE UNIQUE INDEX enrollment_pair ON enrollment(ifnull(contact_id, 0), ifnull(deal_id, 0))
    WHERE state <> 'ended' AND removed_by IS NULL;
CREATE UNIQUE INDEX enrollment_exclusive_contact ON enrollment(contact_id)
    WHERE state <> 'ended' AND exclusive = 1 AND contact_id IS NOT NULL AND removed_by IS NULL;
CREATE UNIQUE INDEX enrollment_exclusive_deal ON enrollment(deal_id)
    WHERE state <> 'ended' AND exclusive = 1 AND contact_id IS NULL AND removed_by IS NULL;
CREATE INDEX enrollment_deal ON enrollment(deal_id) WHERE state <> 'ended';
CREATE INDEX enrollment_contact ON enrollment(contact_id) WHERE state <> 'ended';

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    action TEXT NOT NULL CHECK (action <> ''),
    channel TEXT,
    body TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    contact_id INTEGER REFERENCES contact(id),
    deal_id INTEGER REFERENCES deal(id),
    account_id INTEGER REFERENCES account(id),
    owner_id INTEGER NOT NULL REFERENCES user(id),
    acting_owner_id INTEGER REFERENCES user(id),
    assigner_id INTEGER REFERENCES user(id),
    due_on TEXT NOT NULL CHECK (due_on {DAY}),
    due_at TEXT,
    window_end_on TEXT CHECK (window_end_on {DAY}),
    planned_on TEXT CHECK (planned_on {DAY}),
    hidden_until TEXT CHECK (hidden_until {DAY}),
    priority INTEGER NOT NULL DEFAULT 2 CHECK (priority IN (1, 2, 3)),
    status TEXT NOT NULL DEFAULT 'open'
        CHECK (status IN ('open', 'held', 'done', 'skipped', 'superseded', 'withdrawn', 'cancelled')),
    kind TEXT NOT NULL DEFAULT 'follow_up',
    enrollment_id INTEGER REFERENCES enrollment(id),
    step_no INTEGER,
    attempt INTEGER NOT NULL DEFAULT 1 CHECK (attempt > 0),
    origin TEXT NOT NULL,
    spawned_by_id INTEGER REFERENCES task(id),
    outcome TEXT,
    outcome_note TEXT,
    created_at TEXT NOT NULL,
    closed_at TEXT,
    closed_on TEXT CHECK (closed_on {DAY}),
    closed_by_id INTEGER REFERENCES user(id),
    first_due_on TEXT NOT NULL CHECK (first_due_on {DAY}),
    status_changed_at TEXT NOT NULL,
    moved_count INTEGER NOT NULL DEFAULT 0,
    lint_override INTEGER NOT NULL DEFAULT 0,
    trace TEXT NOT NULL CHECK (trace LIKE '{{%'),
    version INTEGER NOT NULL DEFAULT 1,
    -- Whose queue it stands in, and its place within the day: an hour comes before "some time that day".
    queue_owner_id INTEGER GENERATED ALWAYS AS (ifnull(acting_owner_id, owner_id)) STORED,
    due_key TEXT GENERATED ALWAYS AS (ifnull(due_at, '9')) STORED,
    -- A done task says what came of it, when, by whom, and why.
    CHECK (status <> 'done' OR (outcome IS NOT NULL AND closed_at IS NOT NULL AND closed_by_id IS NOT NULL
                                AND ifnull(outcome_note, '') <> '')),
    CHECK (enrollment_id IS NULL OR step_no IS NOT NULL)
);
-- At most one open or held task per enrollment; and the key that makes a spawn happen once.
CREATE UNIQUE INDEX task_one_open ON task(enrollment_id)
    WHERE status IN ('open', 'held') AND enrollment_id IS NOT NULL;
CREATE UNIQUE INDEX task_spawn_key ON task(enrollment_id, step_no, attempt) WHERE enrollment_id IS NOT NULL;
-- A pane's order, for one person and for several; the owner and the kind are there to be looked at without the row.
CREATE INDEX task_queue ON task(queue_owner_id, due_on, due_key, priority, kind, id) WHERE status = 'open';
CREATE INDEX task_team_queue ON task(due_on, due_key, priority, queue_owner_id, kind, id) WHERE status = 'open';
CREATE INDEX task_priority_queue ON task(queue_owner_id, priority, due_on, due_key, kind, id) WHERE status = 'open';
-- What the counts need beside open_load, without a row being read.
CREATE INDEX task_hidden ON task(queue_owner_id, hidden_until, due_on, due_key, kind)
    WHERE status = 'open' AND hidden_until IS NOT NULL;
CREATE INDEX task_done ON task(closed_on, closed_by_id, queue_owner_id, kind)
    WHERE status = 'done' AND removed_by IS NULL;
CREATE INDEX task_deal_open ON task(deal_id) WHERE status IN ('open', 'held');
CREATE INDEX task_contact ON task(contact_id, id);
CREATE INDEX task_deal ON task(deal_id, id);
CREATE INDEX task_spawned_by ON task(spawned_by_id) WHERE spawned_by_id IS NOT NULL;

CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    at TEXT NOT NULL,
    channel TEXT,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in', 'internal')),
    contact_id INTEGER REFERENCES contact(id),
    deal_id INTEGER REFERENCES deal(id),
    task_id INTEGER REFERENCES task(id),
    subject TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    template TEXT,
    reply_class TEXT,
    source TEXT NOT NULL DEFAULT 'user'
);
CREATE INDEX activity_contact ON activity(contact_id, id);
CREATE INDEX activity_deal ON activity(deal_id, id);
CREATE INDEX activity_task ON activity(task_id);

CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    at TEXT NOT NULL,
    counts TEXT NOT NULL DEFAULT '{{}}' CHECK (counts LIKE '{{%'),
    rejected TEXT NOT NULL DEFAULT '[]' CHECK (rejected LIKE '[%')
);
CREATE UNIQUE INDEX import_once ON import(file_hash) WHERE removed_by IS NULL;

-- How many open tasks stand in whose queue on which day: the counts on the screen never count rows.
CREATE TABLE open_load (
    user_id INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    private INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (user_id, due_on, private)
) WITHOUT ROWID;
"""

ADD = """
    INSERT INTO open_load (user_id, due_on, private, n)
    VALUES (ifnull(NEW.acting_owner_id, NEW.owner_id), NEW.due_on, NEW.kind = 'private', 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
"""
TAKE = """
    UPDATE open_load SET n = n - 1
    WHERE user_id = ifnull(OLD.acting_owner_id, OLD.owner_id) AND due_on = OLD.due_on
      AND private = (OLD.kind = 'private');
"""
TRIGGERS = (
    f"CREATE TRIGGER task_load_insert AFTER INSERT ON task WHEN NEW.status = 'open' BEGIN {ADD} END",
    f"""CREATE TRIGGER task_load_leave
        AFTER UPDATE OF status, due_on, owner_id, acting_owner_id, kind ON task WHEN OLD.status = 'open'
        BEGIN {TAKE} END""",
    f"""CREATE TRIGGER task_load_enter
        AFTER UPDATE OF status, due_on, owner_id, acting_owner_id, kind ON task WHEN NEW.status = 'open'
        BEGIN {ADD} END""",
)


def up(migrator: Any, db: Any) -> None:
    """Make all tables, indexes and triggers."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
    for trigger in TRIGGERS:
        db.execute_sql(trigger)

"""Cases, absences, triggers, notices and series; the clock of a stage; holidays of one's own.

Frozen: this file never changes once it shipped.
"""

from __future__ import annotations

from typing import Any

DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'"

TABLES = f"""
CREATE TABLE case_record (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    title TEXT NOT NULL CHECK (title <> ''),
    account_id INTEGER REFERENCES account(id),
    contact_id INTEGER REFERENCES contact(id),
    owner_id INTEGER REFERENCES user(id),
    kind TEXT NOT NULL DEFAULT 'ticket' CHECK (kind IN ('ticket', 'approval', 'document', 'renewal', 'vendor')),
    priority INTEGER NOT NULL DEFAULT 2 CHECK (priority IN (1, 2, 3)),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'pending', 'closed')),
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    source TEXT,
    external_id TEXT,
    CHECK ((status = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX case_contact ON case_record(contact_id) WHERE status <> 'closed' AND removed_by IS NULL;
CREATE INDEX case_account ON case_record(account_id) WHERE status <> 'closed' AND removed_by IS NULL;
CREATE UNIQUE INDEX case_external ON case_record(source, external_id)
    WHERE removed_by IS NULL AND external_id IS NOT NULL;

CREATE TABLE absence (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    user_id INTEGER NOT NULL REFERENCES user(id),
    from_on TEXT NOT NULL CHECK (from_on {DAY}),
    to_on TEXT NOT NULL CHECK (to_on {DAY}),
    cover_user_id INTEGER REFERENCES user(id),
    policy TEXT NOT NULL DEFAULT 'cover_all' CHECK (policy IN ('cover_urgent', 'cover_all', 'pause')),
    note TEXT NOT NULL DEFAULT '',
    auto_reply TEXT NOT NULL DEFAULT '',
    CHECK (to_on >= from_on)
);
CREATE INDEX absence_user ON absence(user_id, from_on, to_on) WHERE removed_by IS NULL;

CREATE TABLE trigger_rule (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    key TEXT NOT NULL CHECK (key <> ''),
    position INTEGER NOT NULL DEFAULT 0,
    event TEXT NOT NULL,
    effect TEXT NOT NULL CHECK (effect IN ('create_task', 'enroll', 'notify')),
    cadence_key TEXT,
    from_step INTEGER NOT NULL DEFAULT 1 CHECK (from_step > 0),
    action TEXT NOT NULL DEFAULT '',
    channel TEXT,
    priority INTEGER NOT NULL DEFAULT 2 CHECK (priority IN (1, 2, 3)),
    delay INTEGER NOT NULL DEFAULT 0,
    unit TEXT NOT NULL DEFAULT 'days' CHECK (unit IN ('working_hours', 'days', 'working_days')),
    enabled INTEGER NOT NULL DEFAULT 1,
    switched_at TEXT,
    CHECK ((effect = 'enroll') = (cadence_key IS NOT NULL)),
    CHECK (effect <> 'create_task' OR action <> '')
);
CREATE UNIQUE INDEX trigger_key ON trigger_rule(key) WHERE removed_by IS NULL;

-- What a trigger did, once for each matter: the key makes a tick that runs twice do it once.
CREATE TABLE firing (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    trigger_id INTEGER NOT NULL REFERENCES trigger_rule(id),
    dedup_key TEXT NOT NULL CHECK (dedup_key <> ''),
    at TEXT NOT NULL,
    task_id INTEGER REFERENCES task(id),
    enrollment_id INTEGER REFERENCES enrollment(id)
);
CREATE UNIQUE INDEX firing_once ON firing(trigger_id, dedup_key) WHERE removed_by IS NULL;
-- What was undone is not done again: a tick asks about those as well.
CREATE INDEX firing_ever ON firing(trigger_id, dedup_key);
CREATE INDEX firing_at ON firing(at);

CREATE TABLE notification (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    user_id INTEGER NOT NULL REFERENCES user(id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    dedup_key TEXT NOT NULL CHECK (dedup_key <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    task_id INTEGER REFERENCES task(id),
    deal_id INTEGER REFERENCES deal(id),
    at TEXT NOT NULL,
    read_at TEXT
);
CREATE UNIQUE INDEX notification_once ON notification(user_id, dedup_key) WHERE removed_by IS NULL;
CREATE INDEX notification_ever ON notification(user_id, dedup_key);
CREATE INDEX notification_at ON notification(user_id, at);
CREATE INDEX notification_unread ON notification(user_id, id) WHERE read_at IS NULL AND removed_by IS NULL;

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    removed_by INTEGER REFERENCES journal_entry(seq),
    action TEXT NOT NULL CHECK (action <> ''),
    rule TEXT NOT NULL CHECK (rule <> ''),
    start_on TEXT NOT NULL CHECK (start_on {DAY}),
    kind TEXT NOT NULL DEFAULT 'follow_up',
    channel TEXT,
    priority INTEGER NOT NULL DEFAULT 2 CHECK (priority IN (1, 2, 3)),
    body TEXT NOT NULL DEFAULT '',
    contact_id INTEGER REFERENCES contact(id),
    deal_id INTEGER REFERENCES deal(id),
    account_id INTEGER REFERENCES account(id),
    owner_id INTEGER NOT NULL REFERENCES user(id),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'ended')),
    created_at TEXT NOT NULL
);

ALTER TABLE cadence ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stage ADD COLUMN within_hours INTEGER;
ALTER TABLE stage ADD COLUMN within_days INTEGER;
ALTER TABLE stage ADD COLUMN cadence_key TEXT;
ALTER TABLE deal ADD COLUMN delivered_on TEXT CHECK (delivered_on {DAY});
ALTER TABLE holiday ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN case_id INTEGER REFERENCES case_record(id);
ALTER TABLE task ADD COLUMN series_id INTEGER REFERENCES series(id);
ALTER TABLE task ADD COLUMN occurrence_on TEXT CHECK (occurrence_on {DAY});
ALTER TABLE note ADD COLUMN case_id INTEGER REFERENCES case_record(id);
CREATE INDEX task_case ON task(case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX task_occurrence ON task(series_id, occurrence_on)
    WHERE series_id IS NOT NULL AND status <> 'withdrawn';
CREATE UNIQUE INDEX task_series_open ON task(series_id) WHERE series_id IS NOT NULL AND status IN ('open', 'held');
-- What a tick asks every minute: who acts for whom, what waits, which deals are parked.
CREATE INDEX task_acting ON task(owner_id) WHERE acting_owner_id IS NOT NULL AND status IN ('open', 'held');
CREATE INDEX task_held ON task(owner_id) WHERE status = 'held';
CREATE INDEX deal_parked ON deal(parked_until) WHERE parked_until IS NOT NULL AND removed_by IS NULL;
-- What slips, counted after every change: what nothing happened to, what is about nobody, whom one talked with, what
-- runs, waits or is worked on. Each holds few, or all it takes to count them without a row being read.
CREATE INDEX task_aged ON task(first_due_on, status_changed_at, queue_owner_id, kind) WHERE status = 'open';
CREATE INDEX task_unlinked ON task(queue_owner_id) WHERE status = 'open' AND kind <> 'private'
    AND coalesce(contact_id, deal_id, account_id, case_id) IS NULL;
CREATE INDEX task_contact_open ON task(contact_id) WHERE status IN ('open', 'held');
CREATE INDEX contact_talked ON contact(owner_id) WHERE removed_by IS NULL AND do_not_contact = 0
    AND lifecycle IN ('lead', 'active', 'warm') AND coalesce(last_inbound_at, last_outbound_at) IS NOT NULL;
CREATE INDEX enrollment_active ON enrollment(assignee_id) WHERE state = 'active' AND removed_by IS NULL;
CREATE INDEX enrollment_paused ON enrollment(assignee_id) WHERE state = 'paused' AND removed_by IS NULL;
CREATE INDEX deal_worked ON deal(owner_id, stage_id)
    WHERE removed_by IS NULL AND closed_at IS NULL AND parked_until IS NULL;
CREATE INDEX activity_at ON activity(at) WHERE removed_by IS NULL;
ALTER TABLE activity ADD COLUMN event TEXT;
CREATE INDEX activity_event ON activity(event, at) WHERE event IS NOT NULL AND removed_by IS NULL;
"""

STAGES = (
    ("New lead", 4, None, "inbound"),
    ("Qualified", None, 3, "standard"),
    ("Meeting completed", None, 1, "post-meeting"),
    ("Proposal sent", None, 3, "proposal"),
    ("Negotiation", None, 3, "negotiation"),
    ("Won", None, 7, "onboarding"),
    ("Lost", None, 1, "lost"),
)
"""Name, working hours or calendar days until something is expected, the cadence that belongs to the stage."""

RULES: tuple[tuple[str, str, str, str | None, int, str, str | None, int, int, str], ...] = (
    ("inquiry", "inquiry", "enroll", "inbound", 1, "", None, 1, 0, "days"),
    ("meeting-held", "meeting_held", "enroll", "post-meeting", 1, "", None, 2, 0, "days"),
    ("proposal-sent", "proposal_sent", "enroll", "proposal", 2, "", None, 2, 0, "days"),
    ("mail-unanswered", "mail_unanswered", "create_task", None, 1, "Ask one question on the last mail", "mail", 2, 3,
     "days"),
    ("proposal-unanswered", "proposal_unanswered", "create_task", None, 1, "Call about the proposal", "call", 2, 5,
     "days"),
    ("delivered", "delivered", "enroll", "onboarding", 1, "", None, 2, 0, "days"),
    ("renewal", "renewal_due", "enroll", "renewal", 1, "", None, 2, 90, "days"),
    ("silent", "silent", "create_task", None, 1, "Share something new worth their time", "mail", 2, 7, "days"),
    ("high-case", "case_high", "create_task", None, 1, "Solve the urgent case with them", "call", 1, 0, "days"),
    ("deal-stale", "deal_stale", "notify", None, 1, "", None, 2, 14, "days"),
    ("stage-late", "stage_late", "notify", None, 1, "", None, 2, 0, "days"),
)  # fmt: skip


def up(migrator: Any, db: Any) -> None:
    """Make the tables and columns, give the shipped stages their clocks, write the shipped triggers."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
    for name, hours, days, cadence in STAGES:
        db.execute_sql(
            "UPDATE stage SET within_hours = ?, within_days = ?, cadence_key = ? WHERE name = ?",
            (hours, days, cadence, name),
        )
    for position, rule in enumerate(RULES, start=1):
        db.execute_sql(
            "INSERT INTO trigger_rule (position, key, event, effect, cadence_key, from_step, action, channel, priority,"
            " delay, unit) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (10 * position, *rule),
        )

"""Whether the file keeps its promises: every invariant checked, and what needs a decision counted. One rule: it reads,
and says what it found; only the caches can be repaired, as they can be reckoned again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fu_tui.queries.audit import wrong_days, wrong_history
from fu_tui.queries.slips import NO_NEXT_STEP, STALLED, UNOWNED
from fu_tui.store.backup import list_backups
from fu_tui.store.caches import LAST_CONTACT, repair_caches, stale_contacts, stale_load
from fu_tui.store.database import Database
from fu_tui.store.errors import Damaged, plain_errors
from fu_tui.store.search import stale_indexes
from fu_tui.store.sqlite import sqlite3

SHOWN = 5
"""Ids that a finding names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of thing that was found."""

    code: str
    """I1 to I15, or: file, keys, journal, cache, removed."""
    count: int
    text: str
    """What is wrong with them, or what they wait for, in words."""
    entity: str
    """Whose ids they are: task, deal, contact, enrollment, user, entry, page, row or word_list."""
    ids: tuple[int, ...]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class Facts:
    """How the file is kept."""

    path: Path
    schema: int
    journal_mode: str
    journal_why: str
    """Why this SQLite should use the journal mode it should."""
    synchronous: str
    sqlite: str
    backups: tuple[Path, ...]
    """The automatic ones, newest first."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the doctor found."""

    violations: tuple[Finding, ...]
    """Errors: the file breaks a promise."""
    lists: tuple[Finding, ...]
    """No errors: they wait for somebody's decision."""
    facts: Facts


OPEN = "status IN ('open', 'held')"
VIOLATIONS: tuple[tuple[str, str, str, str], ...] = (
    (
        "I1", "enrollment", "have more than one open task",
        f"SELECT enrollment_id FROM task WHERE {OPEN} AND enrollment_id IS NOT NULL"
        " GROUP BY enrollment_id HAVING count(*) > 1",
    ),
    (
        "I2", "task", "share their step and attempt with another task",
        "SELECT min(id) FROM task WHERE enrollment_id IS NOT NULL"
        " GROUP BY enrollment_id, step_no, attempt HAVING count(*) > 1",
    ),
    (
        "I3", "task", "are open without an active owner or a due day",
        "SELECT t.id FROM task t LEFT JOIN user u ON u.id = t.owner_id AND u.active AND u.removed_by IS NULL"
        f" WHERE t.{OPEN} AND (u.id IS NULL OR t.due_on IS NULL)",
    ),
    (
        "I3", "task", "are open in the queue of somebody who is not active, standing in for their owner",
        "SELECT t.id FROM task t LEFT JOIN user u ON u.id = t.acting_owner_id AND u.active AND u.removed_by IS NULL"
        f" WHERE t.{OPEN} AND t.acting_owner_id IS NOT NULL AND u.id IS NULL",
    ),
    (
        "I5", "task", "are done without an outcome, a note, a time or a person",
        "SELECT id FROM task WHERE status = 'done' AND (outcome IS NULL OR closed_at IS NULL"
        " OR closed_by_id IS NULL OR ifnull(outcome_note, '') = '')",
    ),
    (
        "I6", "enrollment", "have ended without a reason, or with a task still open",
        "SELECT e.id FROM enrollment e WHERE (e.state = 'ended' AND e.end_reason IS NULL)"
        " OR ((e.state = 'ended' OR e.removed_by IS NOT NULL)"
        f" AND EXISTS (SELECT 1 FROM task t WHERE t.enrollment_id = e.id AND t.{OPEN}))",
    ),
    (
        "I10", "enrollment", "run beside another one for the same contact and deal",
        "SELECT min(id) FROM enrollment WHERE state <> 'ended' AND removed_by IS NULL"
        " GROUP BY ifnull(contact_id, 0), ifnull(deal_id, 0) HAVING count(*) > 1",
    ),
    (
        "I10", "enrollment", "are outreach beside another outreach to the same contact",
        "SELECT min(id) FROM enrollment WHERE state <> 'ended' AND removed_by IS NULL AND exclusive"
        " AND contact_id IS NOT NULL GROUP BY contact_id HAVING count(*) > 1",
    ),
    (
        "I10", "enrollment", "disagree with their version about the cadence or its being exclusive",
        "SELECT e.id FROM enrollment e JOIN cadence_version v ON v.id = e.version_id"
        " WHERE e.cadence_id <> v.cadence_id OR e.exclusive <> v.exclusive",
    ),
    (
        "I11", "task", "are open outreach to a contact that does not want it",
        "SELECT t.id FROM task t JOIN enrollment e ON e.id = t.enrollment_id JOIN cadence k ON k.id = e.cadence_id"
        " JOIN contact c ON c.id = t.contact_id WHERE t.status = 'open' AND k.kind = 'outreach'"
        " AND t.kind <> 'decide' AND (c.do_not_contact"
        " OR EXISTS (SELECT 1 FROM json_each(c.opted_out) o WHERE o.value = t.channel))",
    ),
    (
        "I12", "task", "changed their owner other than by being handed over",
        "SELECT DISTINCT c.entity_id FROM change c JOIN journal_entry j ON j.seq = c.entry_id"
        """ WHERE c.entity = 'task' AND c.before LIKE '%"owner_id":%'"""
        " AND j.verb NOT IN ('reassign', 'handoff', 'undo', 'redo')",
    ),
    (
        "I12", "enrollment", "changed who works on them other than by being handed over",
        "SELECT DISTINCT c.entity_id FROM change c JOIN journal_entry j ON j.seq = c.entry_id"
        """ WHERE c.entity = 'enrollment' AND c.before LIKE '%"assignee_id":%'"""
        " AND j.verb NOT IN ('reassign', 'handoff', 'undo', 'redo')",
    ),
    (
        "I13", "task", "were spawned outside the close that brought them",
        "SELECT s.id FROM change made JOIN task s ON s.id = made.entity_id WHERE made.entity = 'task'"
        " AND made.before IS NULL AND s.spawned_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM change closed"
        " WHERE closed.entity = 'task' AND closed.entity_id = s.spawned_by_id AND closed.entry_id = made.entry_id)",
    ),
    (
        "I13", "activity", "were logged outside the close of their task",
        "SELECT a.id FROM change made JOIN activity a ON a.id = made.entity_id WHERE made.entity = 'activity'"
        " AND made.before IS NULL AND a.task_id IS NOT NULL AND a.direction <> 'in'"
        " AND NOT EXISTS (SELECT 1 FROM change closed"
        " WHERE closed.entity = 'task' AND closed.entity_id = a.task_id AND closed.entry_id = made.entry_id)",
    ),
    (
        "I15", "task", "were spawned with a due day that was past",
        "SELECT id FROM task WHERE spawned_by_id IS NOT NULL AND first_due_on < date(created_at, '-1 day')",
    ),
    (
        "removed", "task", "were taken back and stand open all the same",
        f"SELECT id FROM task WHERE removed_by IS NOT NULL AND {OPEN}",
    ),
)  # fmt: skip
LISTS: tuple[tuple[str, str, str, str], ...] = (
    (
        "I3", "task", "are linked to no contact, deal or account",
        f"SELECT id FROM task WHERE {OPEN} AND kind <> 'private'"
        " AND coalesce(contact_id, deal_id, account_id, case_id) IS NULL",
    ),
    (
        "I4", "enrollment", "are stalled: running without an open task",
        f"SELECT e.id {STALLED.format(owner='1')}",
    ),
    ("I8", "deal", "have no next step", f"SELECT d.id {NO_NEXT_STEP.format(owner='1')}"),
    (
        "I9", "contact", "have no owner",
        f"SELECT c.id {UNOWNED}",
    ),
)  # fmt: skip


Found = tuple[str, str, str, Iterable[int]]


def examine(db: Database) -> Report:
    """Check every promise about the data, reading all of it (a few seconds at 100,000 tasks).

    Of a damaged file only what SQLite itself says is told. Raises StorageError where it can't be read at all.
    """
    pages = _pages(db)
    try:
        return Report(_findings([*pages, *_broken(db)]), _findings(_asked(db, LISTS)), facts(db))
    except Damaged:
        return Report(_findings(pages), (), facts(db))


def _broken(db: Database) -> list[Found]:
    return [
        *_keys(db),
        *_asked(db, VIOLATIONS),
        *wrong_days(db),
        (
            "journal",
            "entry",
            "of the journal do not fit what came before, or what is there now",
            wrong_history(db),
        ),
        *(
            ("cache", table, "have another last contact than the log says", stale_contacts(db, table))
            for table in LAST_CONTACT
        ),
        ("cache", "user", "have another number of open tasks than is kept for them", stale_load(db)),
        *(
            ("cache", "word_list", f"do not say what the {kind}s do, so that a search misses some", (number,))
            for number, kind in enumerate(stale_indexes(db), start=1)
        ),
    ]


def _asked(db: Database, checks: Iterable[tuple[str, str, str, str]]) -> list[Found]:
    return [(code, entity, text, (row[0] for row in db.rows(sql))) for code, entity, text, sql in checks]


def _pages(db: Database) -> list[Found]:
    """What SQLite itself finds: pages, indexes and the tables' own rules."""
    said: list[str] = []
    try:
        with plain_errors():
            said.extend(row[0] for row in db.execute_sql("PRAGMA integrity_check") if row[0] != "ok")
    except Damaged as error:  # it may give up half-way; what it said until then stands
        said.append(error.message)
    return [("file", "page", f"are not sound: {said[0]}", range(len(said)))] if said else []


def _keys(db: Database) -> list[Found]:
    """References to nowhere, by table."""
    astray = db.rows("PRAGMA foreign_key_check")
    return [
        ("keys", table, "refer to a record that is not there", [row[1] for row in astray if row[0] == table])
        for table in sorted({row[0] for row in astray})
    ]


def _findings(found: Iterable[Found]) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    for code, entity, text, ids in found:
        every = sorted(set(ids))
        if every:
            findings.append(Finding(code, len(every), text, entity, tuple(every[:SHOWN])))
    return tuple(findings)


def facts(db: Database) -> Facts:
    """How the file is kept: its schema, its journal, its backups."""
    _, why = db.durability()
    return Facts(
        path=db.path,
        schema=db.value("PRAGMA user_version"),
        journal_mode=db.value("PRAGMA journal_mode"),
        journal_why=why,
        synchronous=("OFF", "NORMAL", "FULL", "EXTRA")[db.value("PRAGMA synchronous")],
        sqlite=sqlite3.sqlite_version,
        backups=list_backups(db.path),
    )


__all__ = ["Facts", "Finding", "Report", "examine", "facts", "repair_caches"]

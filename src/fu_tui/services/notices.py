"""Notices: what somebody is told beside their queue (R165–R171). One rule: each is made once, by its key; a newer
summary takes the place of the one that nobody read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from fu_tui.core.clock import civil_day, from_utc_text, to_utc, to_zone, utc_text
from fu_tui.core.events import Event, Noticed
from fu_tui.core.trace import day_text
from fu_tui.services.context import Context
from fu_tui.store.database import Database
from fu_tui.store.errors import plain_errors
from fu_tui.store.lookup import Person
from fu_tui.store.models import Notification
from fu_tui.store.unit import Unit

NAMED = 3
"""Tasks that a summary names."""
NEWS_FOR = timedelta(days=3)
"""So long what a colleague did is news."""


class Notice(NamedTuple):
    """A notice that is to be made."""

    user_id: int
    kind: str
    key: str
    text: str
    task_id: int | None = None
    deal_id: int | None = None


class Notices:
    """The verb `read_notices`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read_notices(self, up_to: int) -> tuple[Event, ...]:
        """One's own notices up to that one are read. Not journalled: an undo is for work, not for what was seen."""
        context = self._context
        with plain_errors(), context.db.atomic():
            context.db.execute_sql(
                "UPDATE notification SET read_at = ? WHERE user_id = ? AND id <= ? AND read_at IS NULL",
                (utc_text(context.now()), context.me.id, up_to),
            )
        return ()


def put(work: Unit, notice: Notice) -> Noticed | None:
    """Write a notice, unless it was made before."""
    if is_told(work.db, notice.user_id, notice.key):
        return None
    if notice.kind in SUMMARIES:
        work.db.execute_sql(
            "UPDATE notification SET read_at = ? WHERE user_id = ? AND kind = ? AND read_at IS NULL",
            (utc_text(work.at), notice.user_id, notice.kind),
        )
    number = work.insert(
        Notification, user=notice.user_id, kind=notice.kind, dedup_key=notice.key, text=notice.text,
        task=notice.task_id, deal=notice.deal_id, at=work.at,
    )  # fmt: skip
    return Noticed(number, notice.user_id, notice.kind, notice.text)


def is_told(db: Database, user_id: int, key: str) -> bool:
    """Whether that notice was made before, whatever became of it."""
    return bool(db.value("SELECT 1 FROM notification WHERE user_id = ? AND dedup_key = ?", (user_id, key)))


SUMMARIES = frozenset({"today", "overdue"})
"""Kinds of which only the newest is worth reading."""


def to_tell(db: Database, who: Person, now: datetime) -> Iterator[Notice]:
    """What a user is to be told now and was not yet: the day, what is overdue, missed hours, what colleagues did."""
    today = civil_day(now, who.tz)
    for notice in (
        _due_today(db, who, today),
        _overdue(db, who, today),
        *_missed_hours(db, who, now),
        *_news(db, who, now),
    ):
        if notice is not None and not is_told(db, who.id, notice.key):
            yield notice


def _due_today(db: Database, who: Person, today: date) -> Notice | None:
    rows = _tasks(db, who, "due_on = ?", today)
    if not rows:
        return None
    return Notice(who.id, "today", f"today:{today}", f"{_tasks_are(len(rows))} due today: {_named(rows)}")


def _overdue(db: Database, who: Person, today: date) -> Notice | None:
    rows = _tasks(db, who, "due_on < ?", today)
    if not rows:
        return None
    since = day_text(date.fromisoformat(rows[0][1]), today)
    text = f"{_tasks_are(len(rows))} overdue, the first since {since}: {_named(rows)}"
    return Notice(who.id, "overdue", f"overdue:{today}", text)


def _tasks(db: Database, who: Person, when: str, today: date) -> list[tuple[Any, ...]]:
    return db.rows(
        f"SELECT action, due_on, id FROM task WHERE status = 'open' AND queue_owner_id = ? AND {when}"
        " AND (hidden_until IS NULL OR hidden_until <= ?) ORDER BY due_on, due_key, priority, id",
        (who.id, today.isoformat(), today.isoformat()),
    )


def _missed_hours(db: Database, who: Person, now: datetime) -> list[Notice]:
    """Promises of an hour that has passed, since yesterday: what is older the summary has. A meeting takes its hour."""
    rows = db.rows(
        # The day of an instant lies beside that of UTC at most; by it, only the few days are read.
        "SELECT id, action, due_at, kind = 'meeting' FROM task WHERE status = 'open' AND queue_owner_id = ?"
        " AND due_on BETWEEN ? AND ? AND due_at < CASE kind WHEN 'meeting' THEN ? ELSE ? END AND due_at >= ?"
        " ORDER BY due_at, id",
        (
            who.id,
            (now - timedelta(days=2)).date().isoformat(),
            (now + timedelta(days=1)).date().isoformat(),
            utc_text(now - timedelta(hours=1)),
            utc_text(now),
            utc_text(now - timedelta(days=1)),
        ),
    )
    return [
        Notice(
            who.id,
            "late",
            f"late:{task}:{at}",
            _missed(action, to_zone(from_utc_text(at), who.tz), meets),
            task,
        )
        for task, action, at, meets in rows
    ]


def _missed(action: str, at: datetime, meets: bool) -> str:
    if meets:
        return f'"{action}" was at {at:%H:%M}: close it with what came of it'
    return f'"{action}" was promised for {at:%H:%M}'


_NEWS = {
    "assigned": (
        "j.verb IN ('reassign', 'handoff', 'edit', 'add') AND t.owner_id = ?1 AND t.status = 'open'"
        " AND json_extract(c.after, '$.owner_id') = ?1 AND (c.before IS NOT NULL OR t.origin = 'user')",
        "{who} gave you {what}",
    ),
    "moved": (
        "j.verb IN ('snooze', 'edit') AND t.owner_id = ?1 AND t.status = 'open' AND c.before IS NOT NULL"
        " AND json_extract(c.after, '$.due_on') IS NOT NULL AND json_extract(c.after, '$.owner_id') IS NULL",
        "{who} moved {what}",
    ),
    "done": (
        "j.verb = 'close' AND t.assigner_id = ?1 AND t.owner_id <> ?1 AND c.before IS NOT NULL"
        " AND json_extract(c.after, '$.status') = 'done'"
        # Who enrolls a colleague's deals has begun their work, but given them nothing to report on.
        " AND (t.origin <> 'cadence' OR EXISTS (SELECT 1 FROM change g WHERE g.entity = 'task' AND g.entity_id = t.id"
        " AND g.before IS NOT NULL AND json_extract(g.after, '$.owner_id') IS NOT NULL))",
        "{who} has done {what}",
    ),
}
"""What a colleague may have done to one's tasks: the condition, and how it is told (R165, R167, R168)."""


def _news(db: Database, who: Person, now: datetime) -> Iterator[Notice]:
    """What colleagues did, one notice for each thing they did; nothing of what happened before the last few days."""
    last = db.value("SELECT max(seq) FROM journal_entry WHERE at < ?", (utc_text(now - NEWS_FOR),)) or 0
    for kind, (condition, told) in _NEWS.items():
        rows = db.rows(
            "SELECT j.seq, u.name, count(*), min(t.action), min(t.id) FROM journal_entry j"
            # Along the few entries since: the index over what was ever changed of a task would read all of it.
            " CROSS JOIN change c ON c.entry_id = j.seq AND +c.entity = 'task' JOIN user u ON u.id = j.actor_id"
            " JOIN task t ON t.id = c.entity_id AND t.removed_by IS NULL AND t.kind <> 'private'"
            f" WHERE j.seq > ?2 AND j.actor_id <> ?1 AND j.undone_by IS NULL AND {condition}"
            " GROUP BY j.seq ORDER BY j.seq",
            (who.id, last),
        )
        for entry, name, count, action, task in rows:
            what = f'"{action}"' if count == 1 else f"{count} tasks"
            yield Notice(who.id, kind, f"{kind}:{entry}", told.format(who=name, what=what), task)


def _tasks_are(count: int) -> str:
    return "1 task is" if count == 1 else f"{count:,} tasks are"


def _named(rows: Sequence[tuple[Any, ...]]) -> str:
    more = f" and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
    return ", ".join(str(row[0]) for row in rows[:NAMED]) + more


def day_began(now: datetime, tz: str) -> datetime:
    """The instant at which the civil day that it is in `tz` began, UTC."""
    return to_utc(civil_day(now, tz), time.min, tz)

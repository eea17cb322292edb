"""What happened to a task since it was made, and what became of it. One rule: it is read from the journal, so what was
undone is not told, and nothing is kept twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from fu_tui.core.clock import from_utc_text
from fu_tui.core.terms import Priority, TaskStatus
from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.core.trace import Trace, day_text
from fu_tui.queries.absences import absence
from fu_tui.store.database import Database

_WAITS = {"pause": "its cadence was paused", "park": "its deal was parked", "absence": "its owner is away"}
_GOES_ON = {
    "resume": "its cadence was resumed",
    "unpark": "its deal returned",
    "absence": "its owner is back",
}
_SAYS_ITSELF = {TaskStatus.DONE.value, TaskStatus.CANCELLED.value}
_CLOSED = {*_SAYS_ITSELF, TaskStatus.SKIPPED.value, TaskStatus.SUPERSEDED.value, TaskStatus.WITHDRAWN.value}


class Happened(NamedTuple):
    """One thing that was done to a task."""

    seq: int
    """The journal entry that did it."""
    verb: str
    at: datetime
    actor: str
    what: str
    """In words: "moved Fri 27 Nov → Mon 30 Nov"."""


class Story(NamedTuple):
    """A task's life, oldest first."""

    happened: tuple[Happened, ...] = ()
    end: Happened | None = None
    """What closed it, or made it moot; None while it is open or waits."""
    first: Trace | None = None
    """The arithmetic of the day it was made with; None where its day has none other."""


class Absent(NamedTuple):
    """The absence of its owner that a task's day lies in."""

    name: str
    from_on: date
    to_on: date
    cover: str | None
    waits: bool

    def words(self) -> str:
        """What it means for the task."""
        days = f"{day_text(self.from_on, self.to_on)} to {day_text(self.to_on, self.from_on)}"
        if self.waits:
            return f"{self.name} is away {days}: it waits, and the days it has left count on from the return"
        return f"{self.name} is away {days}: {self.cover or 'nobody'} covers, and the day stays"


def story(db: Database, task_id: int) -> Story:
    """What was done to a task and stands."""
    rows = db.rows(
        "SELECT j.seq, j.verb, j.at, ifnull(u.name, 'fu-tui'), j.summary, j.reason, g.before, g.after FROM change g"
        " JOIN journal_entry j ON j.seq = g.entry_id LEFT JOIN user u ON u.id = j.actor_id"
        " WHERE g.entity = 'task' AND g.entity_id = ? AND j.undone_by IS NULL AND j.verb NOT IN ('undo', 'redo')"
        " ORDER BY g.id",
        (task_id,),
    )
    names = _Names(db)
    happened: list[Happened] = []
    end, first, last = None, "", ""
    for seq, verb, at, actor, summary, reason, was, now in rows:
        before, after = json.loads(was) if was else None, json.loads(now)
        last = after.get("trace") or last
        if before is None:
            first = last
            continue
        because = f": {reason}" if reason else ""
        if after.get("status") in _CLOSED:
            what = "" if after["status"] in _SAYS_ITSELF else f"{after['status']}: {summary}{because}"
            end = Happened(seq, verb, from_utc_text(at), actor, what)
        elif what := _what(verb, before, after, names, because):
            happened.append(Happened(seq, verb, from_utc_text(at), actor, what))
    return Story(tuple(happened), end, _trace(first) if first != last else None)


def absent(db: Database, task_id: int) -> Absent | None:
    """The absence that the day of a task lies in, which is still open or waits; None where its owner is here then."""
    found = db.value(
        "SELECT a.id FROM task t JOIN absence a ON a.user_id = t.owner_id AND a.removed_by IS NULL"
        " AND t.due_on BETWEEN a.from_on AND a.to_on WHERE t.id = ? AND t.status IN ('open', 'held')"
        " AND t.kind <> 'private' ORDER BY a.to_on DESC LIMIT 1",
        (task_id,),
    )
    if found is None:
        return None
    row = absence(db, found)
    waits = row.policy == AbsencePolicy.PAUSE.value
    return Absent(
        row.name, date.fromisoformat(row.from_on), date.fromisoformat(row.to_on), row.cover_name, waits
    )


class _Names:
    """People by their ids, read when one is named."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, user_id: int) -> str:
        return str(self._db.value("SELECT name FROM user WHERE id = ?", (user_id,)) or f"user {user_id}")


def _what(verb: str, before: Mapping[str, Any], after: Mapping[str, Any], names: _Names, because: str) -> str:
    """What an entry changed, in words; empty where it is nothing that a person would ask about."""
    said = []
    if after.get("status") == TaskStatus.HELD.value:
        said.append(f"held, as {_WAITS.get(verb, verb)}{because}")
    elif "status" in after:
        said.append(f"goes on, as {_GOES_ON.get(verb, verb)}")
    if "due_on" in after:
        old, new = date.fromisoformat(before["due_on"]), date.fromisoformat(after["due_on"])
        by = "by the new version " if verb == "migrate" else "" if "status" in after else "moved "
        said.append(f"{by}{day_text(old, new)} → {day_text(new, old)}")
    if "owner_id" in after:
        said.append(f"given to {names.of(after['owner_id'])}")
    elif after.get("acting_owner_id"):
        said.append(f"covered by {names.of(after['acting_owner_id'])}")
    elif "acting_owner_id" in after:
        said.append("its owner's again")
    if after.get("hidden_until") and "status" not in after:
        said.append(f"hidden until {day_text(date.fromisoformat(after['hidden_until']))}")
    if "priority" in after:
        said.append(f"{Priority(after['priority']).label} priority")
    if "action" in after:
        said.append(f'worded anew, before: "{before["action"]}"')
    if "enrollment_id" in after:
        said.append("left its cadence")
    return ", ".join(said)


def _trace(text: str) -> Trace | None:
    try:
        return Trace.from_json(text)
    except ValueError:
        return None

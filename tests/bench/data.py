"""A database with any number of open tasks, made in seconds. One rule: what a screen or a verb meets in it looks like
what a year of work leaves behind; only the writing goes past the verbs.

`tasks` open tasks: one owner up to 1,000, from there on ten, and the one whose desk is measured has two fifths of all.
A sixth is overdue (by up to 40 days), one in 25 due today, two fifths in the 14 days after, the rest in half a year;
weekends are free. Every second one is the step of a running cadence with a contact, a deal and an account of its own
and a mail in its history, the others are linked to those same records. One in 20 has an hour, one in 50 is private,
one in 100 hidden, one in 10 high. As many tasks again are closed, a few of them today.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from fu_tui.core.clock import SystemClock, utc_text
from fu_tui.core.schedule import by_hand
from fu_tui.services.setup import seed
from fu_tui.store.database import Database, create
from fu_tui.store.search import bring_up

OWNERS = 10
MANY = 1_000
"""From more tasks than this on there are several owners."""
SHARE = 0.4
"""The part of all tasks that the measured owner then has."""
ME = "Dana Okafor"
CADENCES = ("standard", "proposal")
"""Half of the running cadences each; they stand at their first step."""
FIRST = ("Dana", "Ravi", "Ana", "Li", "Edda", "Ida", "Omar", "Jun", "Mia", "Noor", "Tom", "Zoe")
LAST = ("Reed", "Shah", "Ruiz", "Wen", "Holt", "Moe", "Aziz", "Kato", "Lund", "Haddad", "Berg", "Katz")
HOUSES = ("Isdom", "Betatech", "Treequote", "Labdrill", "Singletech", "Kan-code", "Zoomit", "Codehow")
ACTIONS = (
    "Call {who} about the open questions", "Send {who} the pricing recap", "Ask {who} about the timeline",
    "Share the retail case study with {who}", "Confirm the approval with {who}", "Offer {who} two times",
)  # fmt: skip
CHANNELS = ("call", "mail", "mail", "text", None)


def make(path: Path, tasks: int) -> Path:
    """A new database at `path` with that many open tasks, due around today. Returns the path."""
    create(path, lambda db: _fill(db, tasks))
    return path


def _fill(db: Database, tasks: int) -> None:
    clock = SystemClock()
    me = seed(db, clock, login=None, name=ME)
    crm = _Crm(db, clock.now(), me.id, me.calendar_id, tasks)
    for pragma in ("foreign_keys = 0", "cache_size = -400000"):
        db.execute_sql(f"PRAGMA {pragma}")
    with db.atomic():
        for table, rows in crm.tables():
            _insert(db, table, rows)
        bring_up(db)


class _Crm:
    """The rows, as they are stored."""

    def __init__(self, db: Database, now: datetime, me: int, calendar: int, tasks: int) -> None:
        self._dice = Random(2)
        self._db, self._at, self._me, self._calendar, self._tasks = db, utc_text(now), me, calendar, tasks
        self._now = now
        self._today = now.astimezone().date()
        self._owners = [me] if tasks <= MANY else [me, *range(101, 100 + OWNERS)]
        self._linked = max(1, tasks // 2)
        """How many contacts, deals and enrollments there are; numbers from 1."""
        self._traces: dict[date, str] = {}

    def tables(self) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
        """Each table with its rows, in an order that the references allow."""
        yield "user", (
            {"id": number, "handle": f"rep-{number}", "name": f"Rep {number}", "calendar_id": self._calendar,
             "manager_id": self._me}
            for number in self._owners[1:]
        )  # fmt: skip
        houses = max(1, self._linked // 5)
        yield (
            "account",
            (
                {"id": n, "name": f"{HOUSES[n % len(HOUSES)]} {n}", "owner_id": self._me}
                for n in range(1, houses + 1)
            ),
        )
        self._owner_of = [self._owner() for _ in range(self._linked + 1)]
        yield "contact", (self._contact(n, 1 + n % houses) for n in range(1, self._linked + 1))
        yield "deal", (self._deal(n, 1 + n % houses) for n in range(1, self._linked + 1))
        yield "deal_contact", ({"deal_id": n, "contact_id": n} for n in range(1, self._linked + 1))
        versions = [self._db.row(
            "SELECT c.id, v.id, v.exclusive FROM cadence c JOIN cadence_version v ON v.cadence_id = c.id"
            " WHERE c.key = ?",
            (key,),
        ) for key in CADENCES]  # fmt: skip
        yield (
            "enrollment",
            (self._enrollment(n, *(versions[n % len(CADENCES)] or ())) for n in range(1, self._linked + 1)),
        )
        yield "task", (self._task(n) for n in range(1, self._tasks + 1))
        yield "task", (self._closed(n) for n in range(1, self._tasks + 1))
        yield "activity", (self._activity(n) for n in range(1, self._linked + 1))

    def _owner(self) -> int:
        if len(self._owners) == 1 or self._dice.random() < SHARE:
            return self._me
        return self._dice.choice(self._owners[1:])

    def _contact(self, n: int, account: int) -> dict[str, Any]:
        mail = f"{FIRST[n % 12].casefold()}.{n}@house.example"
        return {
            "id": n, "name": self._name(n), "account_id": account, "owner_id": self._owner_of[n],
            "title": "Head of Ops", "emails": json.dumps([mail]), "phones": '["+1 312 555 0142"]',
            "last_outbound_at": self._ago(5 + n % 30),
        }  # fmt: skip

    def _deal(self, n: int, account: int) -> dict[str, Any]:
        return {
            "id": n, "title": f"GTX Plus · {HOUSES[n % len(HOUSES)]} {n}", "account_id": account,
            "product": "GTX Plus", "stage_id": 1 + n % 4, "owner_id": self._owner_of[n],
            "amount": 500.0 + n % 5000, "currency": "$", "stage_entered_at": self._ago(20 + n % 60),
            "last_touch_at": self._ago(5 + n % 30),
        }  # fmt: skip

    def _enrollment(self, n: int, cadence: int, version: int, exclusive: int) -> dict[str, Any]:
        return {
            "id": n, "version_id": version, "cadence_id": cadence, "exclusive": exclusive, "contact_id": n,
            "deal_id": n, "assignee_id": self._owner_of[n],
            "anchor_on": str(self._today - timedelta(days=10)), "started_at": self._ago(10),
        }  # fmt: skip

    def _task(self, n: int) -> dict[str, Any]:
        linked = 1 + (n - 1) % self._linked
        in_cadence = n <= self._linked
        due = self._due()
        hour = time(8 + n % 10) if n % 20 == 0 else None
        row = self._any(n, linked, due)
        row |= {"due_at": utc_text(datetime.combine(due, hour).astimezone()) if hour else None}
        if in_cadence:
            return row | {"enrollment_id": linked, "step_no": 1, "channel": "mail"}
        row["kind"] = "private" if n % 50 == 1 else "follow_up"
        row["hidden_until"] = str(self._today + timedelta(days=5)) if n % 100 == 2 else None
        return row

    def _closed(self, n: int) -> dict[str, Any]:
        ago = 0 if n % 500 == 1 else 1 + n % 360
        day = self._today - timedelta(days=ago)
        owner = self._owner_of[1 + (n - 1) % self._linked]
        return self._any(n + self._tasks, 1 + (n - 1) % self._linked, day) | {
            "status": "done", "outcome": "done", "outcome_note": "mail, done", "closed_at": self._ago(ago),
            "closed_on": str(day), "closed_by_id": owner,
        }  # fmt: skip

    def _any(self, n: int, linked: int, due: date) -> dict[str, Any]:
        action = ACTIONS[n % len(ACTIONS)].format(who=FIRST[linked % 12])
        return {
            "id": n, "action": f"{action}, {n}", "channel": CHANNELS[n % len(CHANNELS)], "contact_id": linked,
            "deal_id": linked, "account_id": None, "owner_id": self._owner_of[linked], "due_on": str(due),
            "priority": 1 if n % 10 == 0 else 2, "origin": "user", "created_at": self._ago(400),
            "first_due_on": str(due), "status_changed_at": self._ago(5), "trace": self._trace(due),
            "closed_on": None,
        }  # fmt: skip

    def _activity(self, n: int) -> dict[str, Any]:
        return {"at": self._ago(5 + n % 30), "channel": "mail", "direction": "out", "contact_id": n, "deal_id": n,
                "subject": "Pricing", "body": "sent the recap", "reply_class": "none"}  # fmt: skip

    def _due(self) -> date:
        place = self._dice.random()
        if place < 1 / 6:
            days = -self._dice.randint(1, 40)
        elif place < 1 / 6 + 1 / 25:
            return self._today
        elif place < 0.6:
            days = self._dice.randint(1, 14)
        else:
            days = self._dice.randint(15, 180)
        day = self._today + timedelta(days=days)
        return day if day.weekday() < 5 else day + timedelta(days=2 if days < -2 or days > 0 else -2)

    def _trace(self, day: date) -> str:
        if day not in self._traces:
            self._traces[day] = by_hand(day).trace.to_json()
        return self._traces[day]

    def _name(self, n: int) -> str:
        return f"{FIRST[n % 12]} {LAST[n // 12 % 12]}{f' {n}' if n >= 144 else ''}"

    @cache  # noqa: B019 - one of these lives, and only while a file is made
    def _ago(self, days: int) -> str:
        return utc_text(self._now - timedelta(days=days))


def _insert(db: Database, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows; the first one's names are those of all (what others have beside them is an error)."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    names = dict.fromkeys([*first, *(_ALSO.get(table, ()))])
    sql = f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join(f":{name}" for name in names)})'
    blank = dict.fromkeys(names) | {"kind": "follow_up"} if table == "task" else dict.fromkeys(names)
    connection = db.connection()
    connection.execute(sql, blank | first)
    connection.executemany(sql, (blank | row for row in rows))


_ALSO = {"task": ("kind", "enrollment_id", "step_no", "due_at", "hidden_until")}

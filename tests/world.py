"""A small world to try verbs in: a real database file, a clock that stands still, a few people and deals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from fu_tui.core.clock import FixedClock
from fu_tui.core.events import Enrolled, FollowUpSpawned
from fu_tui.core.schedule import by_hand
from fu_tui.core.terms import Channel, Origin, Role
from fu_tui.core.trace import Trace
from fu_tui.services.absences import Absences
from fu_tui.services.close import Closing
from fu_tui.services.context import Context
from fu_tui.services.deals import Deals
from fu_tui.services.enroll import Enrolling, Target
from fu_tui.services.enrollments import Enrollments
from fu_tui.services.handoff import Handoff
from fu_tui.services.journal import Journal
from fu_tui.services.leaving import Leaving
from fu_tui.services.migrating import Migrating
from fu_tui.services.moves import Moves
from fu_tui.services.returning import Returning
from fu_tui.services.setup import seed, write_cadence
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.database import create, open_existing
from fu_tui.store.lookup import person
from fu_tui.store.models import BY_TABLE, Account, Contact, Deal, Holiday, Record, Task, User

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Monday 23 November 2026, the start of the golden examples."""
HOLIDAYS = {date(2026, 11, 26): "Thanksgiving", date(2026, 12, 25): "Christmas", date(2027, 1, 1): "New Year"}


_MADE: list[tuple[bytes, dict[str, int]]] = []
"""The file of the first world that was made, and its ids: the others are copies of it."""


class World:
    """Dana (an admin), Sam (a rep), an account with a contact and a deal; more on demand."""

    sam: int
    account: int
    contact: int
    dana: int
    deal: int

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fu.db"
        self.clock = FixedClock(MONDAY)
        if not _MADE:
            create(self.path)
            self.db = open_existing(self.path)
            ids = self._populate()
            self.db.close()
            _MADE.append((self.path.read_bytes(), ids))
        content, ids = _MADE[0]
        vars(self).update(ids)
        self.path.write_bytes(content)
        self.path.chmod(0o600)
        self.db = open_existing(self.path)
        self.act_as(self.dana)

    def _populate(self) -> dict[str, int]:
        """The first records. Returns their ids, by the names of the attributes that hold them."""
        me = seed(self.db, self.clock, login=None, name="Dana Okafor")
        self.context = Context(self.db, self.clock, me)
        with self.context.unit("setup") as work:
            work.update(User, me.id, tz="UTC")
            for day, name in HOLIDAYS.items():
                work.insert(Holiday, calendar=me.calendar_id, on_date=day, name=name)
            sam = work.insert(
                User, handle="sam", name="Sam Hill", tz="UTC", calendar=me.calendar_id, role=Role.REP
            )
            account = work.insert(Account, name="Betatech", owner=me.id)
            contact = work.insert(
                Contact, name="Ana Ruiz", account=account, owner=me.id, emails=("ana@betatech.example",)
            )
        self.dana = me.id
        deal = self.make_deal("GTX Plus · Betatech", account)
        return {"dana": me.id, "sam": sam, "account": account, "contact": contact, "deal": deal}

    def act_as(self, user_id: int) -> None:
        """From now on this user acts."""
        self.context = Context(self.db, self.clock, person(self.db, user_id))
        self.closing = Closing(self.context)
        self.enrolling = Enrolling(self.context)
        self.moves = Moves(self.context)
        self.journal = Journal(self.context)
        self.close = self.closing.close
        self.life = Enrollments(self.context)
        self.migrating = Migrating(self.context)
        self.deals = Deals(self.context)
        self.handing = Handoff(self.context)
        self.absences = Absences(self.context)
        self.leaving = Leaving(self.context)
        self.come_back = Returning(self.context).come_back

    @contextmanager
    def acting(self, user_id: int) -> Iterator[None]:
        """For the block, this user acts."""
        before = self.context.me.id
        self.act_as(user_id)
        yield
        self.act_as(before)

    def stage(self, name: str) -> int:
        """A shipped stage's id."""
        return int(self.db.value("SELECT id FROM stage WHERE name = ?", (name,)))

    def make_deal(
        self, title: str, account: int | None = None, owner: int | None = None, stage: str = "New lead"
    ) -> int:
        """An open deal, in the first stage unless told."""
        with self.context.unit("setup") as work:
            return work.insert(
                Deal, title=title, account=account, stage=self.stage(stage), owner=owner or self.dana,
                stage_entered_at=work.at,
            )  # fmt: skip

    def make_contact(self, name: str, **more: Any) -> int:
        """A contact of Dana's account, unless told."""
        with self.context.unit("setup") as work:
            return work.insert(Contact, **{"name": name, "account": self.account, "owner": self.dana, **more})

    def make_user(self, handle: str, role: Role = Role.REP) -> int:
        """A colleague by Dana's calendar, called by their handle."""
        with self.context.unit("setup") as work:
            return work.insert(
                User, handle=handle, name=handle.title(), tz="UTC", calendar=self.context.me.calendar_id, role=role
            )  # fmt: skip

    def make_cadence(self, key: str, days: Sequence[int], **more: Any) -> str:
        """A cadence of mails on these days; `more` as in the shipped file. Returns its key."""
        steps = [
            {
                "day": day,
                "channel": "mail",
                "action": f"Write mail {number}",
                "purpose": "A reason of its own",
            }
            for number, day in enumerate(days, start=1)
        ]
        with self.context.unit("setup") as work:
            write_cadence(
                work, key, {"name": key, "kind": "deal", "anchor": "completion", "steps": steps, **more}
            )
        return key

    def change(self, model: type[Record], record_id: int, **values: Any) -> None:
        """Change a record, as something outside the verbs would."""
        with self.context.unit("setup") as work:
            work.update(model, record_id, **values)

    def make_task(
        self, action: str = "Call Ana about the seats", *, due: date | None = None, **more: Any
    ) -> int:
        """An open task without a cadence, linked to Ana and her deal unless told otherwise."""
        links = more.pop("links", Links(self.contact, self.deal, self.account))
        owner, channel = more.pop("owner", self.dana), more.pop("channel", Channel.CALL)
        set_by_hand = by_hand(due or self.today, at=more.pop("due_at", None))
        with self.context.unit("setup") as work:
            return make_task(
                work, action=action, due=set_by_hand, owner_id=owner,
                links=links, origin=Origin.USER, channel=channel, **more,
            )  # fmt: skip

    def enroll(
        self, cadence: str, *, deal: int | None = None, contact: int | None = None, **more: Any
    ) -> Enrolled:
        """Enroll Ana and her deal (or what is told)."""
        target = Target(contact, deal) if deal or contact else Target(self.contact, self.deal)
        event = self.enrolling.enroll(cadence, [target], **more)[0]
        assert isinstance(event, Enrolled), event
        return event

    def spawn(self, task_id: int, outcome: str = "no_reply", **more: Any) -> FollowUpSpawned:
        """Close a task and return what it brought."""
        events = self.close([task_id], outcome, **more)
        return next(event for event in events if isinstance(event, FollowUpSpawned))

    @property
    def today(self) -> date:
        """The civil day of the clock (everybody lives in UTC)."""
        return self.clock.at.date()

    def go_to(self, day: date, hour: int = 10) -> None:
        """Set the clock to a day."""
        self.clock.at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    def pass_days(self, days: int) -> None:
        """Let days go by."""
        self.clock.at += timedelta(days=days)

    def change_due(self, task_id: int, day: date) -> None:
        """Give a task the due day it would have had."""
        self.change(Task, task_id, due_on=day, trace=by_hand(day).trace.to_json())

    def trace(self, task_id: int) -> Trace:
        """How a task's due day came about."""
        return Trace.from_json(self.task(task_id)["trace"])

    def task(self, task_id: int) -> dict[str, Any]:
        """A task's row as it is stored."""
        return self.record("task", task_id)

    def record(self, table: str, record_id: int) -> dict[str, Any]:
        """A row as it is stored, by column."""
        cursor = self.db.execute_sql(f'SELECT * FROM "{table}" WHERE id = ?', (record_id,))
        return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))

    def open_tasks(self) -> list[dict[str, Any]]:
        """All open tasks, by id."""
        return [
            self.task(row[0]) for row in self.db.rows("SELECT id FROM task WHERE status = 'open' ORDER BY id")
        ]

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything but the journal and the counters of changes: what an undo has to restore."""
        kept: dict[str, list[tuple[Any, ...]]] = {}
        for table in (*BY_TABLE, "open_load"):
            columns = [row[1] for row in self.db.rows(f'PRAGMA table_info("{table}")') if row[1] != "version"]
            live = "n > 0" if table == "open_load" else "removed_by IS NULL"
            kept[table] = self.db.rows(
                f'SELECT {", ".join(columns)} FROM "{table}" WHERE {live} ORDER BY 1, 2'
            )
        return kept

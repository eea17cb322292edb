"""People at work, played: whoever has something due closes it, with outcomes about as often as they come.

One rule: they use the verbs and nothing else, so that what a year of them leaves behind is what a year leaves behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from fu_tui.core.clock import UTC, FixedClock
from fu_tui.core.events import Event, NextStepProposed
from fu_tui.core.schedule import by_hand
from fu_tui.core.terms import Priority
from fu_tui.services.capturing import Capturing
from fu_tui.services.close import Closing
from fu_tui.services.context import Context
from fu_tui.services.moves import Moves
from fu_tui.services.resolving import Resolved
from fu_tui.services.tick import Ticking
from fu_tui.store.database import Database
from fu_tui.store.lookup import Found, person

TOUCHES = {
    "no_reply": 63, "left_voicemail": 7, "replied": 8, "acknowledged": 5, "out_of_office": 4, "call_back": 4,
    "meeting_booked": 3, "done": 2, "bounced": 1.5, "not_needed": 1, "opted_out": 0.5, "won": 0.7, "lost": 0.8,
}  # fmt: skip
DECISIONS = {"nurture": 62, "close_file": 18, "extend": 12, "lost": 5, "replied": 3}
MEETINGS = {"meeting_held": 74, "no_show": 14, "call_back": 8, "not_needed": 4}
ALONE = {"done": 55, "no_reply": 30, "replied": 10, "not_needed": 5}
"""Of a task that no cadence carries."""
OF_DEALS, ASKS_DAY = {"won", "lost"}, {"out_of_office", "call_back", "won"}
LEFT, MOVED = 0.1, 0.03
"""Parts of what is due that is left lying for a day, and that is moved a few days on."""
FORGOTTEN = 0.1
"""The part of the next steps that nobody plans."""


class Due(NamedTuple):
    """A task that is due."""

    id: int
    owner_id: int
    kind: str
    deal_id: int | None
    contact_id: int | None
    enrollment_id: int | None
    cadence: str | None
    step_no: int | None


class Office:
    """All the people of one file, on one clock that is set by hand."""

    def __init__(self, db: Database, clock: FixedClock, seed: int = 1) -> None:
        self.db, self.clock, self.dice = db, clock, Random(seed)
        owners = [
            row[0] for row in db.rows("SELECT id FROM user WHERE active AND removed_by IS NULL ORDER BY id")
        ]
        self.contexts = {owner: Context(db, clock, person(db, owner)) for owner in owners}

    def go_to(self, day: date, at: time = time(9)) -> None:
        """Set the clock to a day."""
        self.clock.at = datetime.combine(day, at, UTC)

    def tick(self) -> tuple[Event, ...]:
        """What the day brings by itself."""
        return Ticking(next(iter(self.contexts.values()))).tick()

    def due(self) -> list[Due]:
        """What is due today or late, of everybody."""
        return [Due(*row) for row in self.db.rows(
            "SELECT t.id, t.owner_id, t.kind, t.deal_id, t.contact_id, t.enrollment_id, c.key, t.step_no FROM task t"
            " LEFT JOIN enrollment e ON e.id = t.enrollment_id LEFT JOIN cadence c ON c.id = e.cadence_id"
            " WHERE t.status = 'open' AND t.due_on <= ? ORDER BY t.owner_id, t.due_on, t.id",
            (self.clock.at.date().isoformat(),),
        )]  # fmt: skip

    def to_close(self) -> Iterator[tuple[Due, str]]:
        """What gets closed today, and how; some is moved, some left for tomorrow."""
        for task in self.due():
            place = self.dice.random()
            if place < MOVED:
                until = self.clock.at.date() + timedelta(days=self.dice.randint(1, 5))
                Moves(self.contexts[task.owner_id]).snooze([task.id], until)
            elif place > MOVED + LEFT:
                yield task, self.outcome(task)

    def outcome(self, task: Due) -> str:
        """How a task ends."""
        table = {"decide": DECISIONS, "meeting": MEETINGS}.get(
            task.kind, ALONE if task.enrollment_id is None else TOUCHES
        )
        code = self.dice.choices(list(table), list(table.values()))[0]
        nobody = (code in OF_DEALS and task.deal_id is None) or (
            code == "opted_out" and task.contact_id is None
        )
        return "no_reply" if nobody and task.kind != "decide" else "close_file" if nobody else code

    def close(self, task: Due, code: str) -> tuple[Event, ...]:
        """Close it as its owner."""
        today = self.clock.at.date()
        until = today + timedelta(days=self.dice.randint(2, 14)) if code in ASKS_DAY else None
        at = self.clock.at + timedelta(days=self.dice.randint(1, 8)) if code == "meeting_booked" else None
        return Closing(self.contexts[task.owner_id]).close([task.id], code, until=until, at=at)

    def plan_next(self, task: Due, proposed: NextStepProposed) -> None:
        """What was proposed is taken up, nine times in ten."""
        context = self.contexts[task.owner_id]
        if proposed.due_on is None or self.dice.random() < FORGOTTEN:
            return
        contact = Found(proposed.contact_id, proposed.contact) if proposed.contact_id else None
        deal = Found(proposed.deal_id, proposed.deal) if proposed.deal_id else None
        action = proposed.action or "Send the open points"
        due = by_hand(proposed.due_on)
        Capturing(context).add(
            Resolved(action, "", context.me, Priority.NORMAL, None, due, contact=contact, deal=deal),
            force=True,
        )

    def work(self) -> Counter[str]:
        """A whole day: what time brings, then what is due. Returns how often each outcome came."""
        self.tick()
        done: Counter[str] = Counter()
        for task, code in self.to_close():
            if self.db.value("SELECT status FROM task WHERE id = ?", (task.id,)) == "open":
                for event in self.close(task, code):  # an earlier close may have made it moot
                    if isinstance(event, NextStepProposed):
                        self.plan_next(task, event)
                done[code] += 1
        return done


def working_days(first: date, last: date) -> Iterator[date]:
    """Mondays to Fridays, both ends included."""
    day = first
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)

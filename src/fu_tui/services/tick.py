"""tick: what time alone brings, at any moment and any number of times (domain §7.20). One rule: everything it makes
has a key under which it is made once; where there is nothing to do, nothing is written.

It runs in a process of its own, in a thread beside the screen, from cron; several at once make everything once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from fu_tui.core.clock import LOCAL, civil_day, utc_text
from fu_tui.core.events import Event, HolidaysAdded, Noticed, Triggered
from fu_tui.core.stage_clock import expected
from fu_tui.core.terms_automation import TriggerEffect, TriggerEvent
from fu_tui.core.trace import amount_text
from fu_tui.core.trigger_rules import Rule
from fu_tui.queries.load import day_of
from fu_tui.queries.triggers import rules
from fu_tui.queries.watch import Found, found
from fu_tui.services.context import Context
from fu_tui.services.holiday_years import fill_ahead, lacking
from fu_tui.services.notices import Notice, day_began, put, to_tell
from fu_tui.services.occurrences import recur
from fu_tui.services.returning import Returning
from fu_tui.services.triggers import Matter, fire, look
from fu_tui.store.database import Database
from fu_tui.store.lookup import people
from fu_tui.store.unit import NothingToDo, Unit, unit


class Ticking:
    """The verb `tick`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def tick(self) -> tuple[Event, ...]:
        """Bring what is due by time: what waited for its day, series, what triggers make, notices, holidays ahead.

        What comes back and what is made are journal entries of their own, nobody's, so that an undo never takes them
        for what a person did; there is none where there is nothing to do.
        """
        back = Returning(self._context).come_back()  # first, as what is back covers its matter
        return (*back, *recur(self._context), *self._make())

    def _make(self) -> list[Event]:
        context = self._context
        # Looked for before the file is held, as that takes its time where much is open, and somebody at the desk waits
        # for the file; what is acted about is looked at again.
        now = context.now()
        matters = list(self._matters(context.db, _Loads(context, now)))
        tells = any(True for who in people(context.db) for _ in to_tell(context.db, who, now))
        events: list[Event] = []
        if not (matters or tells or lacking(context.db, civil_day(now, LOCAL))):
            return events
        with unit(context.db, now, None, "tick") as work:
            events += [*self._triggered(work, matters), *self._told(work), *self._holidays(work)]
            if not events:
                raise NothingToDo  # another process was faster
            work.summary = _summary(events)
        return events

    # --- triggers

    def _matters(self, db: Database, loads: _Loads) -> Iterator[tuple[Rule, Found]]:
        """What the rules in force should act about, for whoever has room for it today."""
        now = self._context.now()
        for rule, waits in rules(db):
            if not rule.enabled or waits or not rule.by_time:
                continue
            for matter in found(db, rule, now):
                if loads.room(matter.owner_id, rule.effect) < 1:
                    continue
                if rule.event is TriggerEvent.STAGE_LATE and not self._is_late(db, matter):
                    continue
                if matter.on is not None and not self._is_ahead(matter.owner_id, matter.on, rule.delay):
                    continue
                if rule.effect is not TriggerEffect.NOTIFY and look(self._context, rule, _matter(matter))[1]:
                    continue
                yield rule, matter

    def _is_late(self, db: Database, matter: Found) -> bool:
        hours, days = db.row(
            "SELECT s.within_hours, s.within_days FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = ?",
            (matter.deal_id,),
        ) or (None, None)
        owner, calendar, today = self._context.desk_of(matter.owner_id)
        end = expected(matter.at, hours=hours, days=days, calendar=calendar, tz=owner.tz)
        return end is not None and end.is_late(self._context.now(), today)

    def _is_ahead(self, owner_id: int, day: date, days: int) -> bool:
        """Whether a day lies within the next `days`, from the day that it is for the owner."""
        _, _, today = self._context.desk_of(owner_id)
        return 0 <= (day - today).days <= days

    def _triggered(self, work: Unit, matters: list[tuple[Rule, Found]]) -> list[Event]:
        """Each owner gets no more than a day's load at once; the rest comes on the next days."""
        events: list[Event] = []
        loads = _Loads(self._context, work.at)
        for rule, matter in matters:
            if loads.room(matter.owner_id, rule.effect) < 1:
                continue
            done: Event | None
            if rule.effect is TriggerEffect.NOTIFY:
                done = put(work, _notice(work.db, rule, matter, work.at))
            else:
                done = self._fire(work, rule, matter)
            if isinstance(done, Triggered | Noticed):
                loads.take(matter.owner_id, rule.effect)
                events.append(done)
        return events

    def _fire(self, work: Unit, rule: Rule, matter: Found) -> Event:
        return fire(self._context, work, rule, _matter(matter))

    # --- notices, holidays

    def _told(self, work: Unit) -> list[Event]:
        notices = [notice for who in people(work.db) for notice in to_tell(work.db, who, work.at)]
        return [told for notice in notices if (told := put(work, notice))]

    def _holidays(self, work: Unit) -> list[Event]:
        lacks = lacking(work.db, civil_day(work.at, LOCAL))
        filled = [HolidaysAdded(lack.name, fill_ahead(work, lack)) for lack in lacks]
        return [event for event in filled if event.days]


class _Loads:
    """How much more may be made today: for each owner a day's load of tasks, and as many notices."""

    def __init__(self, context: Context, now: datetime) -> None:
        self._context, self._db = context, context.db
        self._now = now
        self._left: dict[tuple[int, bool], int] = {}
        self._zones = {who.id: who.tz for who in people(context.db)}

    def room(self, owner_id: int, effect: TriggerEffect) -> int:
        """How many more may be made for an owner; none for one who is not active."""
        if owner_id not in self._zones:
            return 0
        tells = effect is TriggerEffect.NOTIFY
        if (owner_id, tells) not in self._left:
            self._left[owner_id, tells] = self._room(owner_id, tells)
        return self._left[owner_id, tells]

    def take(self, owner_id: int, effect: TriggerEffect) -> None:
        """One was made."""
        self._left[owner_id, effect is TriggerEffect.NOTIFY] -= 1

    def _room(self, owner_id: int, tells: bool) -> int:
        zone = self._zones[owner_id]
        began = utc_text(day_began(self._now, zone))
        if tells:
            made = self._db.value(
                "SELECT count(*) FROM notification WHERE user_id = ? AND at >= ?"
                " AND kind IN ('deal_stale', 'stage_late')",
                (owner_id, began),
            )
        else:
            made = self._db.value(
                "SELECT count(*) FROM firing f JOIN task t ON t.id = f.task_id"
                " JOIN trigger_rule r ON r.id = f.trigger_id WHERE f.at >= ? AND t.owner_id = ? AND r.event NOT IN"
                " ('inquiry', 'meeting_held', 'proposal_sent', 'delivered')",
                (began, owner_id),
            )
        _, calendar, today = self._context.desk_of(owner_id)
        return day_of(self._db, owner_id, calendar, today) - int(made)


def _matter(found: Found) -> Matter:
    """What was found, as a trigger sees it."""
    return Matter(
        found.key,
        found.at,
        found.contact_id,
        found.deal_id,
        case_id=found.case_id,
        body=found.name,
        on=found.on,
    )


def _notice(db: Database, rule: Rule, matter: Found, now: datetime) -> Notice:
    """What a rule that only tells says."""
    stage, owner_id, owner, expects = db.row(
        "SELECT s.name, u.id, u.name, s.expectation FROM deal d JOIN stage s ON s.id = d.stage_id"
        " JOIN user u ON u.id = d.owner_id WHERE d.id = ?",
        (matter.deal_id,),
    ) or ("", 0, "", "")
    whose = "" if owner_id == matter.owner_id else f" ({owner})"
    if rule.event is TriggerEvent.DEAL_STALE:
        days = amount_text((now - matter.at).days, "day")
        text = f"{matter.name}{whose} did not move for {days}, in {stage}"
    else:
        text = f"{matter.name}{whose} is late in {stage}: {expects or 'something is expected'}"
    return Notice(matter.owner_id, rule.event.value, matter.key, text, None, matter.deal_id)


def _summary(events: list[Event]) -> str:
    made = sum(isinstance(event, Triggered) for event in events)
    told = sum(isinstance(event, Noticed) for event in events)
    days = sum(event.days for event in events if isinstance(event, HolidaysAdded))
    parts = ((made, "task"), (told, "notice"), (days, "holiday"))
    return "made " + ", ".join(amount_text(count, name) for count, name in parts if count)

"""What a trigger does about one matter (R122–R136). One rule: it acts once for each matter, only where nothing open
covers it, inside the transaction of whoever noticed; or it says why it does nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from fu_tui.core import schedule
from fu_tui.core.clock import civil_day, from_utc_text, to_zone
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import NotFound, Refused
from fu_tui.core.events import Event, NotEnrolled, NotTriggered, Triggered, TriggerSwitched
from fu_tui.core.lint import check
from fu_tui.core.schedule import Due
from fu_tui.core.terms import Origin, Role
from fu_tui.core.terms_automation import TriggerEffect, TriggerEvent, TriggerUnit
from fu_tui.core.trace import day_text
from fu_tui.core.trigger_rules import MOMENTS, Rule, sentence
from fu_tui.queries.running import RUNS_WITH
from fu_tui.queries.triggers import rule_called, rules
from fu_tui.services.context import Context
from fu_tui.services.enroll import Start, Target, start_enrollment
from fu_tui.services.following import closed_channels
from fu_tui.services.running import Running, searches
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.database import Database
from fu_tui.store.lookup import find_cadence, person
from fu_tui.store.models import Firing, Trigger
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit

AFTER_THE_END = frozenset({TriggerEvent.DELIVERED, TriggerEvent.RENEWAL_DUE, TriggerEvent.MEETING_HELD})
"""Events that come when a deal is won, or then too."""


class Matter(NamedTuple):
    """What a trigger is about."""

    key: str
    """Names this one occasion: the trigger fires once for it."""
    at: datetime
    """When it was, UTC; what follows counts from that day. Of a contract, the day it ends."""
    contact_id: int | None = None
    deal_id: int | None = None
    account_id: int | None = None
    case_id: int | None = None
    body: str = ""
    """What is known of it, for the task."""
    on: date | None = None
    """The civil day it falls on, where no instant is meant: the end of a contract."""
    follows: int | None = None
    """The task of the conversation that goes on with it."""
    doer_id: int | None = None
    """Who has that conversation, whoever owns what it is about."""


class Switching:
    """The verb `switch_trigger`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def switch_trigger(self, key: str, on: bool) -> tuple[Event, ...]:
        """Switch a trigger on or off. On, it also stops waiting for what was imported until now.

        Raises NotFound for an unknown key; Refused for a rep, as triggers act for everybody.
        """
        me = self._context.me
        if me.role is Role.REP:
            raise Refused("Triggers act for everybody.", "Ask a manager or an admin to switch it.")
        with self._context.unit("trigger") as work:
            rule = rule_called(work.db, key)
            more = {"switched_at": work.at} if on else {}
            work.update(Trigger, rule.id, enabled=on, **more)
            work.summary = f"switched the trigger {rule.key} {'on' if on else 'off'}"
        return (TriggerSwitched(rule.key, rule.name, on, sentence(rule)),)


def hear(context: Context, work: Unit, event: TriggerEvent, matter: Matter) -> list[Event]:
    """What the triggers that listen to `event` make of it, now that somebody logged it."""
    events: list[Event] = []
    for rule, _ in rules(work.db):
        if rule.event is event and rule.enabled and rule.effect is not TriggerEffect.NOTIFY:
            events.append(fire(context, work, rule, matter))
    return events


def fire(context: Context, work: Unit, rule: Rule, matter: Matter) -> Triggered | NotTriggered:
    """Let a rule that makes a task or starts a cadence act about a matter, inside an open transaction."""
    owner_id, why = look(context, rule, matter)
    if why or owner_id is None:
        return NotTriggered(rule.name, why)
    act = _enroll if rule.effect is TriggerEffect.ENROLL else _make
    done = act(context, work, rule, matter, owner_id)
    if isinstance(done, Triggered):
        work.insert(
            Firing, trigger=rule.id, dedup_key=matter.key, at=work.at, task=done.task_id,
            enrollment=done.enrollment_id,
        )  # fmt: skip
    return done


def look(
    context: Context, rule: Rule, matter: Matter, ending: Sequence[Running] = ()
) -> tuple[int | None, str]:
    """Whose matter it is, and why a rule does nothing about it; empty where it acts. ending: what ends before."""
    db = context.db
    why = _acted(context, rule, matter) or _closed(db, rule, matter) or covered(db, matter, ending)
    makes = rule.effect is TriggerEffect.CREATE_TASK
    if not why and makes and rule.channel in closed_channels(db, matter.contact_id):
        why = f"they opted out of {rule.channel}"
    owner_id = matter.doer_id or owner_of(db, matter)
    if why or owner_id is None:
        return owner_id, why or "nobody owns it"
    owner = person(db, owner_id)
    return owner_id, "" if owner.active else f"its owner, {owner.name}, is not active"


def start_of(rule: Rule, matter: Matter, tz: str) -> Start:
    """How the cadence of a rule starts, on the matter's day in its owner's zone."""
    anchor = matter.on or civil_day(matter.at, tz)
    return Start(
        anchor, rule.from_step, asked_at=None if matter.on else matter.at, follows=matter.follows,
        trigger=f"the trigger {rule.key} started it: {MOMENTS[rule.event]} ({day_text(anchor)})",
        said={"body": matter.body} if matter.body else {},
    )  # fmt: skip


def _enroll(
    context: Context, work: Unit, rule: Rule, matter: Matter, owner_id: int
) -> Triggered | NotTriggered:
    owner, _, _ = context.desk_of(owner_id)
    try:
        cadence = find_cadence(work.db, rule.cadence_key or "")
    except NotFound:
        return NotTriggered(rule.name, f'there is no cadence "{rule.cadence_key}"')
    version = newest_version(work.db, cadence.id)
    if context.plan(version).step(rule.from_step) is None:
        return NotTriggered(rule.name, f"{cadence.name} has no step {rule.from_step}")
    start = start_of(rule, matter, owner.tz)
    begun = start_enrollment(context, work, version, Target(matter.contact_id, matter.deal_id), start, owner)
    if isinstance(begun, NotEnrolled):
        return NotTriggered(rule.name, begun.why)
    return Triggered(
        rule.name, begun.who, begun.task_id, begun.action, begun.due_on, begun.due_at, begun.owner_id,
        begun.enrollment_id, begun.cadence,
    )  # fmt: skip


def _make(
    context: Context, work: Unit, rule: Rule, matter: Matter, owner_id: int
) -> Triggered | NotTriggered:
    refused = check(rule.action).refused
    if refused:
        return NotTriggered(rule.name, refused)
    due = _due(context, rule, matter, owner_id)
    account_id = matter.account_id or work.db.value(
        "SELECT ifnull((SELECT account_id FROM contact WHERE id = ?), (SELECT account_id FROM deal WHERE id = ?))",
        (matter.contact_id, matter.deal_id),
    )
    task_id = make_task(
        work, action=rule.action, due=due, owner_id=owner_id, origin=Origin.TRIGGER, channel=rule.channel,
        links=Links(matter.contact_id, matter.deal_id, account_id), priority=rule.priority, body=matter.body,
        case=matter.case_id,
    )  # fmt: skip
    who = name_of(work.db, matter)
    return Triggered(rule.name, who, task_id, rule.action, due.due_on, due.due_at, owner_id)


def _due(context: Context, rule: Rule, matter: Matter, owner_id: int) -> Due:
    owner, calendar, today = context.desk_of(owner_id)
    event_on = matter.on or civil_day(matter.at, owner.tz)
    if rule.unit is TriggerUnit.WORKING_HOURS and rule.delay:
        due = schedule.within_hours(rule.delay, asked_at=matter.at, calendar=calendar, tz=owner.tz)
        if due.due_on >= today:
            by = f"the trigger {rule.key} made it: {MOMENTS[rule.event]} ({day_text(event_on)})"
            return replace(due, trace=replace(due.trace, lines=(by, *due.trace.lines)))
    delay = 0 if rule.unit is TriggerUnit.WORKING_HOURS else rule.delay
    return schedule.by_trigger(
        rule.key, MOMENTS[rule.event], event_on=event_on, delay=delay, count=rule.counting, today=today,
        calendar=calendar,
    )  # fmt: skip


def _acted(context: Context, rule: Rule, matter: Matter) -> str:
    """Whether the rule acted about this matter before, whatever became of it: what was undone stays undone."""
    at = context.db.value(
        "SELECT at FROM firing WHERE trigger_id = ? AND dedup_key = ?", (rule.id, matter.key)
    )
    return f"it did so on {day_text(to_zone(from_utc_text(at), context.me.tz).date())} already" if at else ""


def _closed(db: Database, rule: Rule, matter: Matter) -> str:
    """Why nobody is to be written to or called any more; empty where they are."""
    asked_not, lifecycle = db.row(
        "SELECT do_not_contact, lifecycle FROM contact WHERE id = ?", (matter.contact_id,)
    ) or (0, "")
    if asked_not:
        return "they asked not to be contacted"
    if lifecycle == "closed_file" and rule.by_time:
        return "their file is closed"
    kind = db.value(
        "SELECT s.kind FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = ?", (matter.deal_id,)
    )
    if kind == "lost" or (kind == "won" and rule.event not in AFTER_THE_END):
        return f"the deal is {kind}"
    return ""


def covered(db: Database, matter: Matter, ending: Sequence[Running] = ()) -> str:
    """What open thing covers a matter already, in words; empty where nothing does. ending: what is over by then.

    A case is covered by its own tasks alone. Else what is about the same deal covers it, or about the same contact
    where one of both names no deal.
    """
    if matter.case_id is not None:
        row = db.row(
            "SELECT action, due_on FROM task WHERE case_id = ? AND status IN ('open', 'held') LIMIT 1",
            (matter.case_id,),
        )
        return f'"{row[0]}" is open for it' if row else ""
    return _work_on(db, matter, ending) or _park_of(db, matter)


def is_answered_at_once(db: Database, matter: Matter) -> bool:
    """Whether an inquiry comes into work that is open with them: then it is answered as a reply is, and begins nothing.

    What is open for another day answers nobody. An answer that is due already does.
    """
    due = db.value(
        f"SELECT 1 FROM task t WHERE t.status IN ('open', 'held') AND t.kind = 'reply' AND {_same('t')} LIMIT 1",
        _whose(matter),
    )
    return bool(not due and _work_on(db, matter) and not _park_of(db, matter))


def _whose(matter: Matter) -> tuple[int, int]:
    return matter.contact_id or 0, matter.deal_id or 0


def _same(table: str) -> str:
    """That a row is about the same matter: its contact (?1) and deal (?2)."""
    return f"({table}.deal_id = ?2 OR ({table}.contact_id = ?1 AND (?2 = 0 OR {table}.deal_id IS NULL)))"


def _work_on(db: Database, matter: Matter, ending: Sequence[Running] = ()) -> str:
    """The open task or the cadence about a matter, in words."""
    over = [one.id for one in ending]
    moot = [task for one in ending for task in (one.task_id, *searches(db, one.id)) if task]
    task = db.row(
        "SELECT t.action FROM task t WHERE t.status IN ('open', 'held') AND t.kind <> 'private'"
        f" AND t.id NOT IN (SELECT value FROM json_each(?3)) AND {_same('t')} ORDER BY t.due_on, t.id LIMIT 1",
        (*_whose(matter), json.dumps(moot)),
    )
    if task:
        return f'"{task[0]}" is open'
    running = db.row(
        f"SELECT c.name FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE {RUNS_WITH}"
        " AND e.removed_by IS NULL AND e.id NOT IN (SELECT value FROM json_each(?3))"
        f" AND {_same('e')} LIMIT 1",
        (*_whose(matter), json.dumps(over)),
    )
    return f"{running[0]} is running" if running else ""


def _park_of(db: Database, matter: Matter) -> str:
    parked = db.value(
        "SELECT d.parked_until FROM deal d WHERE d.parked_until IS NOT NULL AND d.removed_by IS NULL AND (d.id = ?2"
        " OR (?2 = 0 AND d.id IN (SELECT deal_id FROM deal_contact WHERE contact_id = ?1 AND removed_by IS NULL)))",
        _whose(matter),
    )
    return f"the deal is parked until {day_words(date.fromisoformat(parked))}" if parked else ""


def owner_of(db: Database, matter: Matter) -> int | None:
    """Whose matter it is: the case's owner's, else the deal's, the contact's, the account's."""
    found: int | None = db.value(
        "SELECT coalesce((SELECT owner_id FROM case_record WHERE id = ?1), (SELECT owner_id FROM deal WHERE id = ?2),"
        " (SELECT owner_id FROM contact WHERE id = ?3), (SELECT owner_id FROM account WHERE id = ?4))",
        (matter.case_id, matter.deal_id, matter.contact_id, matter.account_id),
    )
    return found


def name_of(db: Database, matter: Matter) -> str:
    """Whom a matter is about, in words."""
    names = db.row(
        "SELECT (SELECT name FROM contact WHERE id = ?), (SELECT title FROM deal WHERE id = ?),"
        " (SELECT name FROM account WHERE id = ?)",
        (matter.contact_id, matter.deal_id, matter.account_id),
    ) or (None, None, None)
    contact, deal, account = names
    return " · ".join(filter(None, (contact, deal))) or account or "nobody"

"""A believable desk on invented data, its days reckoned from today. One rule: it is made by the same verbs a person
uses, run through a few simulated weeks, so that history, steps and late work are what real ones would be."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib import resources
from random import Random
from typing import Any

from fu_tui.core import schedule
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import Clock, FixedClock, civil_day, to_utc
from fu_tui.core.terms import Channel, Origin, Priority, Role
from fu_tui.services.close import Closing
from fu_tui.services.context import Context
from fu_tui.services.demo_loose_ends import LooseEnds
from fu_tui.services.enroll import Enrolling, Target
from fu_tui.services.moves import Moves
from fu_tui.services.setup import handle_for, seed
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person
from fu_tui.store.models import Account, Contact, Deal, DealContact, User
from fu_tui.store.plans import calendar_of
from fu_tui.store.unit import Unit

LONGEST_AGO = 24
"""Calendar days of simulated past."""
DILIGENCE = 0.86
"""How much of a day's work was done on its day; the rest lies late on the desk."""
DILIGENCE_LATELY = 0.6
LATELY = timedelta(days=3)
TODAY_DONE = 3


def fill(db: Database, clock: Clock, login: str | None) -> None:
    """Fill a new, empty database with the demo."""
    data = tomllib.loads(resources.files("fu_tui.shipped").joinpath("demo.toml").read_text(encoding="utf-8"))
    present = clock.now()
    me = seed(db, FixedClock(present - timedelta(days=LONGEST_AGO + 1)), login=login, name=data["me"])
    past = FixedClock(present - timedelta(days=LONGEST_AGO))
    context = Context(db, past, me)
    with context.unit("demo") as work:
        deals = _records(work, data, me, civil_day(present, me.tz))
        work.summary = "made the demo"
    _simulate(context, past, data, deals, present)
    past.at = present
    _this_morning(context)


def _records(work: Unit, data: dict[str, Any], me: Person, today: date) -> dict[int, Links]:
    """Write people, accounts, contacts and deals. Returns what each contact is linked to, by number."""
    calendar = calendar_of(work.db, me.calendar_id)
    for name in data["colleagues"]:
        work.insert(
            User, handle=handle_for(work.db, name), name=name, calendar=me.calendar_id, role=Role.REP,
            manager=me.id,
        )  # fmt: skip
    found: dict[int, Links] = {}
    for number, product, stage, amount, _, ago in data["deals"]:
        entered = to_utc(_working_days_before(today, ago + 1, calendar), time(15, 0), me.tz)
        who = _contact(work, data["contacts"][number - 1], me.id)
        row = work.db.row("SELECT id, kind FROM stage WHERE name = ?", (stage,))
        stage_id, kind = row or (1, "open")
        account = data["contacts"][number - 1][2]
        deal_id = work.insert(
            Deal, title=f"{product} · {account}", account=who.account_id, product=product, stage=stage_id,
            owner=me.id, amount=float(amount), currency="USD", stage_entered_at=entered,
            closed_at=entered if kind != "open" else None,
        )  # fmt: skip
        work.insert(DealContact, deal=deal_id, contact=who.contact_id)
        found[number] = replace(who, deal_id=deal_id)
    for number, row in enumerate(data["contacts"], 1):
        if number not in found:
            found[number] = _contact(work, row, None if number in data["unowned"] else me.id)
    return found


def _contact(work: Unit, row: list[str], owner: int | None) -> Links:
    """Write a contact of the demo and their account."""
    name, title, account, mail, phone = row
    account_id = work.insert(Account, name=account, owner=owner)
    domain = f"{account.casefold().replace(' ', '')}.example"
    contact_id = work.insert(
        Contact, name=name, title=title, account=account_id, owner=owner, emails=(f"{mail}@{domain}",),
        phones=(phone,),
    )  # fmt: skip
    return Links(contact_id, None, account_id)


def _simulate(
    context: Context,
    past: FixedClock,
    data: dict[str, Any],
    deals: dict[int, Links],
    present: datetime,
) -> None:
    """Live through the weeks until `present`: enroll each deal on its day, and work the queue every working day.

    What is captured by hand is captured on the working day before it is due, or before today.
    """
    dice = Random(7)  # noqa: S311 - a demo, the same for everybody
    calendar = calendar_of(context.db, context.me.calendar_id)
    enrolling, closing = Enrolling(context), Closing(context)
    today = civil_day(present, context.me.tz)
    captured_on = {
        number: _working_days_before(today, 1 - min(task[2], 0), calendar)
        for number, task in enumerate(data["tasks"])
    }
    loose_ends = LooseEnds(context, data["loose_ends"], deals, today, calendar)
    day = today - timedelta(days=LONGEST_AGO)
    while day < today:
        past.at = to_utc(day, time(10, 0), context.me.tz)
        for number, _, _, _, cadence, ago in data["deals"]:
            if cadence and _working_days_before(today, ago, calendar) == day:
                enrolling.enroll(cadence, [_target(deals[number])])
        if calendar.is_working(day):
            due = context.db.rows(
                "SELECT id FROM task WHERE status = 'open' AND due_on <= ? AND kind <> 'decide'"
                " AND enrollment_id IS NOT NULL ORDER BY due_on, id",
                (day.isoformat(),),
            )
            for (task_id,) in due:
                if dice.random() < (DILIGENCE if today - day > LATELY else DILIGENCE_LATELY):
                    past.at += timedelta(minutes=7)
                    closing.close(
                        [task_id], dice.choice(("no_reply", "no_reply", "left_voicemail", "acknowledged"))
                    )
        past.at = to_utc(day, time(16, 30), context.me.tz)
        for number, task in enumerate(data["tasks"]):
            if captured_on[number] == day:
                _capture(context, task, deals, present, calendar)
        loose_ends.live(day)
        day += timedelta(days=1)
    for number, _, _, _, cadence, ago in data["deals"]:
        if cadence and ago == 0:
            past.at = min(present, to_utc(today, time(8, 0), context.me.tz))
            enrolling.enroll(cadence, [_target(deals[number])])


def _target(links: Links) -> Target:
    return Target(links.contact_id, links.deal_id)


def _capture(
    context: Context, task: list[Any], deals: dict[int, Links], present: datetime, calendar: WorkCalendar
) -> None:
    """Capture one line of the demo by hand, for a day and an hour reckoned from `present`."""
    number, action, days, hours, priority, channel, hidden = task
    today = civil_day(present, context.me.tz)
    day = calendar.add_working_days(today, days) if days else today
    at = _hours_on(present, hours) if hours else None
    if at and civil_day(at, context.me.tz) != day:
        at = None  # late in the evening: no hour is left today
    with context.unit("add") as work:
        task_id = make_task(
            work, action=action, due=schedule.by_hand(day, at=at), owner_id=context.me.id,
            links=deals[number], origin=Origin.USER, channel=Channel(channel),
            priority=Priority.from_label(priority), assigner=context.me.id,
        )  # fmt: skip
        work.summary = f'added "{action}"'
    if hidden:
        Moves(context).hide([task_id], today + timedelta(days=hidden))


def _this_morning(context: Context) -> None:
    """A few things are done already today."""
    today = context.today().isoformat()
    rows = context.db.rows(
        "SELECT id FROM task WHERE status = 'open' AND due_on <= ? AND kind <> 'decide' AND enrollment_id IS NOT NULL"
        " ORDER BY id LIMIT ?",
        (today, TODAY_DONE),
    )
    for (task_id,) in rows:
        Closing(context).close([task_id], "no_reply")


def _hours_on(now: datetime, hours: int) -> datetime:
    """The half hour that comes `hours` hours after `now`."""
    at = now + timedelta(hours=hours)
    return at.replace(minute=30 if at.minute < 30 else 0, second=0) + timedelta(hours=at.minute >= 30)


def _working_days_before(day: date, count: int, calendar: WorkCalendar) -> date:
    return calendar.add_working_days(day, -count) if count else day

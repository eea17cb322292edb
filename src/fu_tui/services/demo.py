"""A believable desk on invented data, its days reckoned from today. One rule: it is made by the same verbs a person
uses, run through a few simulated weeks, so that history, steps and late work are what real ones would be."""

from __future__ import annotations

import tomllib
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
from fu_tui.services.enroll import Enrolling, Target
from fu_tui.services.moves import Moves
from fu_tui.services.setup import handle_for, seed
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.database import Database
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
        deals = _records(work, data, me.id, me.calendar_id)
        work.summary = "made the demo"
    today = civil_day(present, me.tz)
    _simulate(context, past, data, deals, today)
    past.at = present
    _capture(context, data, deals, today)
    _this_morning(context)


def _records(work: Unit, data: dict[str, Any], me: int, calendar: int) -> dict[int, tuple[int, int, int]]:
    """Write people, accounts, contacts and deals. Returns (contact, deal, account) ids by the contact's number."""
    for name in data["colleagues"]:
        work.insert(
            User, handle=handle_for(work.db, name), name=name, calendar=calendar, role=Role.REP, manager=me
        )
    found: dict[int, tuple[int, int, int]] = {}
    for number, product, stage, amount, _, _ in data["deals"]:
        name, title, account, mail, phone = data["contacts"][number - 1]
        account_id = work.insert(Account, name=account, owner=me)
        domain = f"{account.casefold().replace(' ', '')}.example"
        contact_id = work.insert(
            Contact,
            name=name,
            title=title,
            account=account_id,
            owner=me,
            emails=(f"{mail}@{domain}",),
            phones=(phone,),
        )
        row = work.db.row("SELECT id, kind FROM stage WHERE name = ?", (stage,))
        stage_id, kind = row or (1, "open")
        deal_id = work.insert(
            Deal, title=f"{product} · {account}", account=account_id, product=product, stage=stage_id, owner=me,
            amount=float(amount), currency="USD", stage_entered_at=work.at,
            closed_at=work.at if kind != "open" else None,
        )  # fmt: skip
        work.insert(DealContact, deal=deal_id, contact=contact_id)
        found[number] = (contact_id, deal_id, account_id)
    return found


def _simulate(
    context: Context,
    past: FixedClock,
    data: dict[str, Any],
    deals: dict[int, tuple[int, int, int]],
    today: date,
) -> None:
    """Live through the weeks before today: enroll each deal on its day, and work the queue every working day."""
    dice = Random(7)  # noqa: S311 - a demo, the same for everybody
    calendar = calendar_of(context.db, context.me.calendar_id)
    enrolling, closing = Enrolling(context), Closing(context)
    day = today - timedelta(days=LONGEST_AGO)
    while day < today:
        past.at = to_utc(day, time(10, 0), context.me.tz)
        for number, _, _, _, cadence, ago in data["deals"]:
            if cadence and _working_days_before(today, ago, calendar) == day:
                contact, deal, _ = deals[number]
                enrolling.enroll(cadence, [Target(contact, deal)])
        if calendar.is_working(day):
            due = context.db.rows(
                "SELECT id FROM task WHERE status = 'open' AND due_on <= ? AND kind <> 'decide' ORDER BY due_on, id",
                (day.isoformat(),),
            )
            for (task_id,) in due:
                if dice.random() < (DILIGENCE if today - day > LATELY else DILIGENCE_LATELY):
                    past.at += timedelta(minutes=7)
                    closing.close(
                        [task_id], dice.choice(("no_reply", "no_reply", "left_voicemail", "acknowledged"))
                    )
        day += timedelta(days=1)
    for number, _, _, _, cadence, ago in data["deals"]:
        if cadence and ago == 0:
            past.at = to_utc(today, time(8, 0), context.me.tz)
            enrolling.enroll(cadence, [Target(*deals[number][:2])])


def _capture(
    context: Context, data: dict[str, Any], deals: dict[int, tuple[int, int, int]], today: date
) -> None:
    """What was captured by hand, and one row that is hidden until tomorrow."""
    calendar = calendar_of(context.db, context.me.calendar_id)
    with context.unit("demo") as work:
        for number, action, days, hours, priority, channel in data["tasks"]:
            contact, deal, account = deals[number]
            day = today if days == 0 else calendar.add_working_days(today, days)
            at = _hours_on(context.now(), hours) if hours else None
            if at and civil_day(at, context.me.tz) != day:
                at = None  # late in the evening: no hour is left today
            task_id = make_task(
                work, action=action, due=schedule.by_hand(day, at=at), owner_id=context.me.id,
                links=Links(contact, deal, account), origin=Origin.USER, channel=Channel(channel),
                priority=Priority.from_label(priority),
            )  # fmt: skip
        work.summary = "captured by hand"
    Moves(context).hide([task_id], today + timedelta(days=20))


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

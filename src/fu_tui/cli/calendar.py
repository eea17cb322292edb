"""`fu calendar`: when somebody works. One rule: without --user it is one's own; days are said as everywhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from fu_tui.cli import out, params
from fu_tui.cli.alone import Alone
from fu_tui.cli.cells import table
from fu_tui.cli.events_json import events_json
from fu_tui.cli.session import Session
from fu_tui.cli.words import labelled, told
from fu_tui.core.dates_words import away_words, day_words
from fu_tui.core.errors import UsageError
from fu_tui.core.events import Event
from fu_tui.core.events_calendar import CalendarParted, DueOnDaysOff
from fu_tui.core.work_words import hours_words, parse_hours, parse_weekdays, weekday_words
from fu_tui.queries.calendars import calendar_sheet
from fu_tui.queries.working_rows import CalendarSheet

SHOWN = 20
"""Days off that `show` lists."""

user = click.option("--user", metavar="NAME", help="Whose calendar; yours, unless told.")
shared = click.option("--shared", is_flag=True, help="Change it for all who share it; managers and admins.")


@click.group(cls=Alone, alone="show", epilog=params.examples(
    "fu calendar", 'fu calendar holiday add "24 dec..31 dec" --name "Between the years"',
    "fu calendar country DE --subdivision BY", "fu calendar hours 9:00-17:30", "fu calendar days mon-thu",
))  # fmt: skip
def calendar() -> None:
    """Say when somebody works: days off, weekdays, hours, country.

    A due day that is reckoned never lands on a day off of its owner. A change is for one user; who shares the
    calendar keeps it as it was. For days when somebody is away, see fu absence.
    """


@calendar.command("show", epilog=params.examples("fu calendar show", "fu calendar show --user sam --json"))
@user
@params.as_json
@click.pass_obj
def show(session: Session, user: str | None, in_json: bool) -> None:
    """Show when somebody works, and the next days off."""
    sheet = calendar_sheet(session.db, _id(session, user), session.today)
    if in_json:
        out.answer_json(_json(sheet))
        return
    from fu_tui.services.holiday_years import place_words

    work = sheet.calendar
    out.lines([
        out.styled(sheet.name, out.BOLD),
        *labelled([
            ("works", f"{weekday_words(work.weekdays)}, {hours_words(work.work_start, work.work_end)}"),
            ("zone", "this machine's" if sheet.tz == "local" else sheet.tz),
            ("holidays", place_words(sheet.country, sheet.subdivision) or "of no country"),
            ("shared", f"with {', '.join(sheet.shared_with)}" if sheet.shared_with else ""),
        ]),
    ])  # fmt: skip
    rows = [
        [day_words(each.on), each.name or "a day off", "own" if each.own else "",
         away_words(each.on, session.today), f"{each.due} due" if each.due else ""]
        for each in sheet.days_off[:SHOWN]
    ]  # fmt: skip
    out.lines(table(rows, most=out.terminal_width(), give=(1,)))
    if len(sheet.days_off) > SHOWN:
        out.talk(f"… and {len(sheet.days_off) - SHOWN} more; --json lists them all.")
    elif not rows:
        out.talk("No day off is ahead: fu calendar country DE takes a country's holidays.")


@calendar.group("holiday", epilog=params.examples(
    'fu calendar holiday add "fri 27 nov" --name "Bridge day"', "fu calendar holiday remove 2026-11-27",
))  # fmt: skip
def holiday() -> None:
    """Add or remove days off."""


@holiday.command("add", epilog=params.examples(
    'fu calendar holiday add "27 nov" --name "Bridge day"', "fu calendar holiday add 2026-12-24..2026-12-31",
))  # fmt: skip
@click.argument("days", metavar="DATE|FROM..TO")
@click.option("--name", default="", metavar="TEXT", help="What it is.")
@user
@shared
@params.as_json
@click.pass_obj
def add(session: Session, days: str, name: str, user: str | None, shared: bool, in_json: bool) -> None:
    """Make a day off, or every working day from one to another.

    Tasks that are due then stay, and are counted.
    """
    first, last = _days(session, days)
    _answer(session, session.desk.add_days_off(first, last, name, who=user, shared=shared), in_json)


@holiday.command("remove", epilog=params.examples(
    'fu calendar holiday remove "27 nov"', "fu calendar holiday remove 2026-12-24..2026-12-31",
))  # fmt: skip
@click.argument("days", metavar="DATE|FROM..TO")
@user
@shared
@params.as_json
@click.pass_obj
def remove(session: Session, days: str, user: str | None, shared: bool, in_json: bool) -> None:
    """Work on a day off again, a public holiday too."""
    first, last = _days(session, days)
    _answer(session, session.desk.remove_days_off(first, last, who=user, shared=shared), in_json)


@calendar.command(epilog=params.examples("fu calendar hours 9:00-17:30", "fu calendar hours 8-16 --user sam"))
@click.argument("span", metavar="FROM-TO")
@user
@shared
@params.as_json
@click.pass_obj
def hours(session: Session, span: str, user: str | None, shared: bool, in_json: bool) -> None:
    """Set the working hours; "within 4 hours" runs in them."""
    start, end = parse_hours(span)
    _answer(session, session.desk.set_hours(start, end, who=user, shared=shared), in_json)


@calendar.command(epilog=params.examples("fu calendar days mon-fri", "fu calendar days sun-thu --user sam"))
@click.argument("weekdays", metavar="WEEKDAYS")
@user
@shared
@params.as_json
@click.pass_obj
def days(session: Session, weekdays: str, user: str | None, shared: bool, in_json: bool) -> None:
    """Set the working weekdays: mon-fri, sun-thu or mon,wed,fri."""
    _answer(session, session.desk.set_weekdays(parse_weekdays(weekdays), who=user, shared=shared), in_json)


@calendar.command(epilog=params.examples(
    "fu calendar country DE --subdivision BY", "fu calendar country US", "fu calendar country none",
))  # fmt: skip
@click.argument("country", metavar="COUNTRY")
@click.option("--subdivision", metavar="CODE", help="The part of the country: BY, CA.")
@user
@shared
@params.as_json
@click.pass_obj
def country(
    session: Session, country: str, subdivision: str | None, user: str | None, shared: bool, in_json: bool
) -> None:
    """Take the public holidays of a country; none: of no country.

    They are filled three years ahead, and go on by themselves. Own days stay.
    """
    named = None if country.strip().casefold() == "none" else country
    events = session.desk.set_country(named, subdivision, who=user, shared=shared)
    _answer(session, events, in_json)


@calendar.command(epilog=params.examples("fu calendar join dana", "fu calendar join dana --user sam"))
@click.argument("whose", metavar="NAME")
@user
@params.as_json
@click.pass_obj
def join(session: Session, whose: str, user: str | None, in_json: bool) -> None:
    """Work by the calendar of a colleague, and share it."""
    _answer(session, session.desk.join_calendar(whose, who=user), in_json)


@calendar.command(
    epilog=params.examples("fu calendar zone Europe/Berlin", "fu calendar zone local --user sam")
)
@click.argument("tz", metavar="ZONE")
@user
@params.as_json
@click.pass_obj
def zone(session: Session, tz: str, user: str | None, in_json: bool) -> None:
    """Say in which time zone somebody lives; local is this machine's.

    Due days stay. What is overdue, and on which day something was closed, goes by the days there; an open desk goes by
    it from its next start.
    """
    _answer(session, session.desk.set_zone(tz, who=user), in_json)


@calendar.command(epilog=params.examples("fu calendar move 3 7 9"))
@click.argument("task_ids", nargs=-1, required=True, type=params.ID, metavar="ID...")
@params.as_json
@click.pass_obj
def move(session: Session, task_ids: tuple[int, ...], in_json: bool) -> None:
    """Move tasks that are due on a day off to the next working day."""
    _answer(session, session.desk.move_off(task_ids), in_json)


def _id(session: Session, user: str | None) -> int:
    from fu_tui.store.lookup import find_person

    return find_person(session.db, user).id if user else session.me.id


def _days(session: Session, said: str) -> tuple[date, date | None]:
    """The day, or the first and the last one."""
    first, dots, last = said.partition("..")
    days = session.day(first), session.day(last) if dots else None
    if days[0] is None:
        raise UsageError("Which day?", "Name one, or two with .. between them.")
    return days[0], days[1]


def _answer(session: Session, events: tuple[Event, ...], in_json: bool) -> None:
    if in_json:
        out.answer_json({"events": events_json(events)})
        return
    out.lines(out.styled(told(session, event)) for event in events)
    for event in events:
        if isinstance(event, DueOnDaysOff):
            out.talk(f"To move them: fu calendar move {' '.join(map(str, event.task_ids))}")
        if isinstance(event, CalendarParted):
            out.talk("To change it for all who share it: fu undo, then the same with --shared.")


def _json(sheet: CalendarSheet) -> dict[str, Any]:
    work = sheet.calendar
    return {
        "user": sheet.user, "name": sheet.name, "tz": sheet.tz,
        "weekdays": [day + 1 for day in sorted(work.weekdays)],
        "work_start": f"{work.work_start:%H:%M}", "work_end": f"{work.work_end:%H:%M}",
        "country": sheet.country, "subdivision": sheet.subdivision, "shared_with": list(sheet.shared_with),
        "days_off": [
            {"on": each.on.isoformat(), "name": each.name, "own": each.own, "tasks_due": each.due}
            for each in sheet.days_off
        ],
    }  # fmt: skip

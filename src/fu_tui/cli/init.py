"""`fu init`: who you are, where and when you work. One rule: without a terminal it asks nothing."""

from __future__ import annotations

import sys

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.words import labelled
from fu_tui.core.dates_words import WEEKDAYS, day_words
from fu_tui.settings import paths
from fu_tui.settings.config import load
from fu_tui.settings.profiles import Profile
from fu_tui.settings.written import set_value

PROFILES = tuple(profile.value for profile in Profile)


@click.command(epilog=params.examples(
    'fu init --name "Dana Okafor" --tz Europe/Berlin --country DE --subdivision BE',
    "fu init --profile solo",
    "fu --db ~/sales/fu.db init --name Dana",
))  # fmt: skip
@click.option("--name", help="Your name, as others see it.")
@click.option("--email", help="Your e-mail address.")
@click.option("--tz", metavar="ZONE", help="Your time zone (Europe/Berlin); without it that of the machine.")
@click.option("--country", metavar="XX", help="Whose public holidays are off days: two letters.")
@click.option("--subdivision", metavar="CODE", help="The part of the country: BE, CA.")
@click.option("--work-days", metavar="DAYS", help="Your working weekdays: mon-fri, or 12345.")
@click.option("--profile", type=click.Choice(PROFILES), help="How you work: alone, in a team, in an office.")
@params.as_json
@click.pass_obj
def init(
    session: Session,
    name: str | None,
    email: str | None,
    tz: str | None,
    country: str | None,
    subdivision: str | None,
    work_days: str | None,
    profile: str | None,
    in_json: bool,
) -> None:
    """Set who you are and when you work.

    Makes the database where there is none.

    At a terminal it asks for your name, how you work and your country where you gave no option; enter keeps what
    is there. How you work goes into the settings file: solo hides owners and other queues.
    """
    from fu_tui.bootstrap import first_day, person_name, place
    from fu_tui.services.setup import describe

    path = place(session.db_name)
    is_new = not path.exists()
    said = any((name, email, tz, country, subdivision, work_days, profile))
    asks = not said and at_terminal() and not in_json
    if is_new:
        name = name or (_ask("Your name", person_name()) if asks else None)
        first_day(path, session.clock, name=name)
    elif asks:
        name = _ask("Your name", session.me.name)
    if asks:
        profile = _ask_profile()
        country = _ask("Country for the holidays (two letters, enter for none)", "") or None
    if any((name, email, tz, country, subdivision, work_days)):
        stay = len(_sharers(session))
        describe(
            session.db, session.clock, session.me, name=name, email=email, tz=tz, country=country,
            subdivision=subdivision, work_days=work_days,
        )  # fmt: skip
        session.shut()  # what was read before is old now
        if stay > len(_sharers(session)):
            keep = "1 colleague keeps" if stay == 1 else f"{stay} colleagues keep"
            out.talk(f"{keep} the calendar that was shared: fu calendar --help tells how to change theirs.")
    if profile:
        set_value(paths.config_file(), "desk", "profile", profile)
    _answer(session, is_new, in_json)


def _sharers(session: Session) -> tuple[str, ...]:
    """Who works by the same calendar."""
    from fu_tui.queries.calendars import calendar_sheet

    return calendar_sheet(session.db, session.me.id, session.today).shared_with


def at_terminal() -> bool:
    """Whether somebody sits there to be asked."""
    return sys.stdin.isatty()


def _ask(question: str, known: str) -> str:
    said: str = click.prompt(question, default=known, show_default=bool(known), err=True)
    return said.strip()


def _ask_profile() -> str | None:
    """How the person works; None where that is what counts already."""
    known = _profile()
    said: str = click.prompt("How you work", default=known, type=click.Choice(PROFILES), err=True)
    return None if said == known else said


def _profile() -> str:
    return load(paths.config_file())[0].profile


def _answer(session: Session, is_new: bool, in_json: bool) -> None:
    me, calendar = session.me, session.calendar
    ahead = sorted(day for day in calendar.holidays if day >= session.today)
    days = [WEEKDAYS[day] for day in sorted(calendar.weekdays)]
    if in_json:
        out.answer_json({
            "database": str(session.db.path), "created": is_new, "user": {"handle": me.handle, "name": me.name},
            "tz": me.tz, "work_days": days, "profile": _profile(), "holidays_ahead": len(ahead),
        })  # fmt: skip
        return
    nearest = (
        f"{len(ahead)} ahead, next {calendar.holidays[ahead[0]]}, {day_words(ahead[0])}" if ahead else "none"
    )
    out.lines([
        "Ready." if is_new else "As it is now:",
        *labelled([
            ("file", str(session.db.path)),
            ("user", f"{me.name} ({me.handle}, {me.role})"),
            ("zone", "this machine's" if me.tz == "local" else me.tz),
            ("works", f"{' '.join(days)}, {_profile()}"),
            ("holidays", nearest),
        ]),
    ])  # fmt: skip

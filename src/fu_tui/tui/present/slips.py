"""The rows of what slips in words: who or what it is, since when, and why it is listed. One rule: pure."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fu_tui.core.clock import from_utc_text
from fu_tui.core.dates_words import exact_day
from fu_tui.queries.rows import QueueRow
from fu_tui.queries.slip_rows import ContactRow, DealRow, Resting, SlipRow, StalledRow
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.words import NO_LINK, link_words, plural


class Words(NamedTuple):
    """A row in words."""

    name: str
    aside: str
    note: str
    told: str
    """Why it is on its list."""
    owner: str
    """Whose it is; empty for nobody's."""


def words_of(row: SlipRow, moment: Moment, since: date | None = None, asked: str = "") -> Words:
    """since: for a task that wants a decision, the day since when nothing happened to it. asked: who asked not to be
    contacted, so that no cadence may go on."""
    told = _words_of(row, moment, since)
    if not asked:
        return told
    does = "move it to lost, or ask somebody else there" if isinstance(row, DealRow) else "stop it"
    why = told.told.partition(":")[0].rstrip(".")
    return told._replace(told=f"{why}. {asked} asked not to be contacted: {does}.")


def _words_of(row: SlipRow, moment: Moment, since: date | None) -> Words:
    if isinstance(row, QueueRow):
        return _task(row, moment, since)
    if isinstance(row, DealRow):
        days = plural(_days(row.stage_entered_at, moment), "day")
        account = row.account if row.account and row.account not in row.title else ""
        told = f"{row.stage} for {days}, and nothing is open: no task, no cadence, no park."
        return Words(row.title, account or "", f"{row.stage}, {days}", told, row.owner)
    if isinstance(row, ContactRow):
        return _contact(row, moment)
    if isinstance(row, StalledRow):
        who = " · ".join(name for name in (row.contact, row.deal) if name)
        told = f"{row.cadence} runs and has no task: nothing will remind anybody of it."
        return Words(who, row.cadence, f"step {row.step}", told, row.assignee)
    return _resting(row, moment)


def _task(row: QueueRow, moment: Moment, since: date | None) -> Words:
    contact, account = link_words(row)
    about = " · ".join(part for part in (contact, account) if part)
    if since is None:
        until = exact_day(row.hidden_until or row.due_on, today=moment.today)
        told = f"Hidden until {until}; it is due {exact_day(row.due_on, row.due_at, today=moment.today, tz=moment.tz)}."
        return Words(row.action, about, f"until {until}", told, row.owner)
    days = plural((moment.today - since).days, "day")
    if about == NO_LINK:
        told = (
            "It is about nobody: linked to no contact, deal, account or case, it stands in nobody's history."
        )
        return Words(row.action, "", NO_LINK, told, row.owner)
    times = "once" if row.moved_count == 1 else f"{row.moved_count} times"
    moved = f", though it was moved {times}" if row.moved_count else ""
    told = f"Nothing has come of it for {days}{moved}: decide what becomes of it."
    return Words(row.action, about, days, told, row.owner)


def _contact(row: ContactRow, moment: Moment) -> Words:
    if row.last_contact_at is None:
        last, told = "not contacted yet", "Not contacted yet."
    else:
        days = _days(row.last_contact_at, moment)
        last = "today" if not days else "yesterday" if days == 1 else f"{days} days ago"
        told = f"The last contact was {last}, and nothing follows."
    if row.owner is None:
        told = "Nobody owns this contact, so nobody is told what slips."
    return Words(row.name, row.account or row.title, last, told, row.owner or "")


def _resting(row: Resting, moment: Moment) -> Words:
    if row.until:
        until = exact_day(date.fromisoformat(row.until), today=moment.today)
        told = f"Parked until {until}: {row.what}. On that day it is back by itself."
        return Words(row.who, row.what, f"until {until}", told, row.owner)
    since = exact_day(date.fromisoformat(row.since), today=moment.today) if row.since else ""
    told = f"{row.what} is paused since {since}, until somebody takes it up again."
    return Words(row.who, row.what, f"since {since}", told, row.owner)


def _days(instant: str, moment: Moment) -> int:
    return max(0, (moment.today - moment.day(from_utc_text(instant))).days)

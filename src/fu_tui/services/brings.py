"""What an outcome brings that is no next step: a meeting, a search for an address, another cadence; worked out and not
yet written. One rule: as in `following`, the close that writes it and the screen that announces it ask here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from fu_tui.core import schedule
from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.lint import MAX_WORDS
from fu_tui.core.next_step import reachable
from fu_tui.core.outcomes import AGAIN, Outcome
from fu_tui.core.schedule import Due
from fu_tui.core.terms import CadenceKind, Channel
from fu_tui.services.context import Context
from fu_tui.services.following import Following, When, closed_channels, soon, with_skipped
from fu_tui.services.successor import name_of
from fu_tui.store.database import Database
from fu_tui.store.lookup import find_cadence
from fu_tui.store.models import Task
from fu_tui.store.plans import newest_version

BEGINS = {
    "meeting_held": "post-meeting",
    "won": "onboarding",
    "lost": "lost",
    "nurture": "nurture",
    AGAIN: "standard",
}
"""Outcome → the cadence that it begins."""
REOPEN = "Reopen the conversation where it stopped"


def meeting(db: Database, task: Task, at: datetime, on: date) -> Following:
    """The meeting itself, at its hour (UTC), on its day where its owner is."""
    who = name_of(db, task.contact, task.deal, "them")
    product = str(db.value("SELECT title FROM deal WHERE id = ?", (task.deal,)) or "").partition(" · ")[0]
    about = f"Meet {who} about {product}"
    short = not product or product in who or len(about.split()) > MAX_WORDS
    due = schedule.by_hand(on, at=at, reason="the meeting")
    return Following(f"Meet {who}" if short else about, due)


def new_slot(db: Database, task: Task, when: When, step: Step | None = None) -> Following:
    """After a meeting that they did not come to: another time, on the next working day.

    step: that of a cadence which it stands for.
    """
    action = f"Offer {name_of(db, task.contact, task.deal, 'them')} a new slot"
    return Following(action, when.apart(soon(when), step), step.no if step else None, step)


def address(db: Database, task: Task, row: Outcome, when: When) -> Following:
    """After a mail that bounced, or reached the wrong one: find where to write, on the next working day."""
    who = name_of(db, task.contact, task.deal, "them")
    if row.code == "wrong_person":
        action = f"Find the right person in place of {who}"
    elif task.channel in (Channel.CALL, Channel.TEXT):
        action = f"Find a new number for {who}"
    else:
        action = f"Find a new address for {who}"
    return Following(action, soon(when))


def check_back(until: date, at: datetime | None = None) -> Following:
    """The conversation again, on the day that was agreed, and at its hour (UTC) where one was."""
    return Following(REOPEN, schedule.by_hand(until, at=at, reason="asked to check back then"))


def begins(
    context: Context, task: Task, row: Outcome, plan: CadencePlan | None, when: When
) -> Following | None:
    """The first step of the cadence that an outcome begins; None where it begins none, or no channel is left for it.

    plan: the cadence that ends with it; it says after how many months it is tried again.
    """
    key = BEGINS.get(row.code)
    if key is None:
        return None
    begun = context.plan(newest_version(context.db, find_cadence(context.db, key).id))
    step, skipped = reachable(begun, begun.step(1), closed_channels(context.db, task.contact))
    if step is None:
        return None
    due = rest(begun, plan, when) if row.code == "nurture" else None
    if due is None:
        anchor = when.not_before if row.code == "won" else when.closed_on
        due = schedule.first_due(
            begun,
            anchor_on=anchor or when.closed_on,
            today=when.today,
            calendar=when.calendar,
            step_no=step.no,
        )
    return Following(step.action, with_skipped(when.apart(due, step), skipped), step.no, step)


def rest(nurture: CadencePlan, ended: CadencePlan | None, when: When) -> Due | None:
    """The day nurture begins on: the one that was named, else after the ended cadence's months (R101).

    None where those are nurture's own.
    """
    if when.not_before:
        return schedule.by_hand(when.not_before, reason="to be tried again then")
    first = nurture.steps[0]
    if ended is None or ended.kind is CadenceKind.NURTURE or ended.nurture_months == first.offset_months:
        return None
    other = replace(first, offset_months=ended.nurture_months)
    return schedule.first_due(
        replace(nurture, steps=(other, *nurture.steps[1:])), anchor_on=when.closed_on, today=when.today,
        calendar=when.calendar,
    )  # fmt: skip

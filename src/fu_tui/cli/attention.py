"""What slips, as `fu list` shows it: triage, unlinked, stalled, no next step, unowned, parked. One rule: these are
loaded when they are asked for, so the daily list does not pay for them."""

from __future__ import annotations

from fu_tui.cli import out, record_lines
from fu_tui.cli.session import Session
from fu_tui.cli.task_json import deals_json, tasks_json
from fu_tui.cli.task_lines import drawn
from fu_tui.queries import lists, slips
from fu_tui.queries.queue import View


def triage(session: Session, view: View, most: int, in_json: bool) -> None:
    """Tasks that nothing happened to for 14 days, or that are linked to nobody."""
    rows = lists.triage(session.db, view, most)
    if in_json:
        out.answer_json(tasks_json(session, [row.id for row in rows]))
    else:
        record_lines.write("Triage", drawn(session, view, rows), most, "Nothing to triage.")


def unlinked(session: Session, view: View, most: int, in_json: bool) -> None:
    """Tasks that are linked to nobody."""
    rows = lists.unlinked(session.db, view, most)
    if in_json:
        out.answer_json(tasks_json(session, [row.id for row in rows]))
    else:
        record_lines.write("No link", drawn(session, view, rows), most, "Every task is about somebody.")


def stalled(session: Session, view: View, most: int, in_json: bool) -> None:
    """Running cadences without a task."""
    rows = lists.stalled(session.db, view.scope, view.words, most)
    if in_json:
        out.answer_json(record_lines.stalled_json(rows))
    else:
        record_lines.write("Stalled", record_lines.stalled_lines(rows), most, "No cadence stands still.")


def no_next_step(session: Session, view: View, most: int, in_json: bool) -> None:
    """Open deals that nobody works on, and contacts that were talked with and left without a next step."""
    deals = lists.no_next_step(session.db, view.scope, view.words, most)
    people = slips.left_open(session.db, view.scope, view.words, most)
    if in_json:
        out.answer_json(
            [
                *({"record": "deal"} | deal for deal in deals_json(deals)),
                *({"record": "contact"} | contact for contact in record_lines.contacts_json(people)),
            ]
        )
        return
    if deals or not people:
        lines = record_lines.deal_lines(deals, session.now)
        record_lines.write("Deals without a next step", lines, most, "Every open deal has a next step.")
    if people:
        lines = record_lines.contact_lines(people, session.now)
        record_lines.write("Contacts without a next step", lines, most, "")


def unowned(session: Session, view: View, most: int, in_json: bool) -> None:
    """Contacts without an owner."""
    rows = slips.unowned(session.db, view.words, most)
    if in_json:
        out.answer_json(record_lines.contacts_json(rows))
    else:
        lines = record_lines.contact_lines(rows, session.now)
        record_lines.write("Unowned", lines, most, "Every contact has an owner.")


def parked(session: Session, view: View, most: int, in_json: bool) -> None:
    """Deals that rest, with the reason and the day they return, and paused cadences."""
    rows = slips.resting(session.db, view.scope, view.words, most)
    if in_json:
        out.answer_json(record_lines.resting_json(rows))
    else:
        record_lines.write("Parked", record_lines.resting_lines(rows), most, "Nothing is parked or paused.")

"""The lists of `fu list` that want a decision: triage, stalled, no next step, unowned. One rule: they are loaded when
they are asked for, so the daily list does not pay for them."""

from __future__ import annotations

from fu_tui.cli import out, record_lines
from fu_tui.cli.session import Session
from fu_tui.cli.task_json import deals_json, tasks_json
from fu_tui.cli.task_lines import drawn
from fu_tui.queries import lists, records
from fu_tui.queries.queue import View


def triage(session: Session, view: View, most: int, in_json: bool) -> None:
    """Tasks that nothing happened to for 14 days, or that are linked to nobody."""
    rows = lists.triage(session.db, view, most)
    if in_json:
        out.answer_json(tasks_json(session, [row.id for row in rows]))
    else:
        record_lines.write("Triage", drawn(session, view, rows), most, "Nothing to triage.")


def stalled(session: Session, view: View, most: int, in_json: bool) -> None:
    """Running cadences without a task."""
    rows = lists.stalled(session.db, view.scope, view.words, most)
    if in_json:
        out.answer_json(record_lines.stalled_json(rows))
    else:
        record_lines.write("Stalled", record_lines.stalled_lines(rows), most, "No cadence stands still.")


def no_next_step(session: Session, view: View, most: int, in_json: bool) -> None:
    """Open deals that nobody works on."""
    rows = lists.no_next_step(session.db, view.scope, view.words, most)
    if in_json:
        out.answer_json(deals_json(rows))
    else:
        lines = record_lines.deal_lines(rows, session.now)
        record_lines.write("No next step", lines, most, "Every open deal has a next step.")


def unowned(session: Session, view: View, most: int, in_json: bool) -> None:
    """Contacts without an owner."""
    rows = records.contacts(session.db, view.scope, view.words, most, unowned=True)
    if in_json:
        out.answer_json(record_lines.contacts_json(rows))
    else:
        lines = record_lines.contact_lines(rows, session.now)
        record_lines.write("Unowned", lines, most, "Every contact has an owner.")

"""`fu show`: one task with everything around it, as the card of the desk has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fu_tui.cli import out, params
from fu_tui.cli.record_lines import money
from fu_tui.cli.session import Session
from fu_tui.cli.task_json import task_json
from fu_tui.cli.words import labelled
from fu_tui.core.clock import from_utc_text, to_zone
from fu_tui.core.dates_words import away_words, day_words, exact_day, late_words, moment_words, say_when
from fu_tui.core.errors import NotFound
from fu_tui.core.outcomes import done_words, subject
from fu_tui.core.terms import Priority, TaskStatus
from fu_tui.core.touch_words import touch_words
from fu_tui.queries.details import TaskDetail, detail
from fu_tui.services.foretell import following_words

if TYPE_CHECKING:
    from fu_tui.queries.rows import Card, HistoryLine, OtherTask


@click.command(epilog=params.examples("fu show 12", "fu show 12 --json"))
@params.one_task
@params.as_json
@click.pass_obj
def show(session: Session, task_id: int, in_json: bool) -> None:
    """Show a task with everything around it.

    Whom it is about and how to reach them, what happened, and what closing it would bring.
    """
    if in_json:
        task = task_json(session, task_id)
        if task is None:
            raise NotFound(f"There is no task {task_id}.", "`fu list all` shows the open ones.")
        out.answer_json(task)
        return
    task_detail = detail(session.db, task_id)
    is_open = task_detail.status == TaskStatus.OPEN.value
    after = session.desk.after(task_id) if is_open else ""
    brings = following_words(after, session.today, session.me.tz)
    card = session.desk.card(task_id, brings)
    out.lines([
        out.styled(f"#{task_id} {card.row.action}", out.BOLD),
        *labelled([
            ("due", _due(session, card) if is_open else ""),
            ("status", _status(session, task_detail, card)),
            ("who", _who(card)),
            ("", "   ".join((*card.phones, *card.emails))),
            ("deal", _deal(card)),
            ("cadence", _cadence(card)),
            ("last", _last_contact(session, card)),
            ("careful", ", ".join(card.alerts)),
            ("also", "\n".join(_other(session, task) for task in card.others)),
            ("note", card.note),
            ("more", card.body),
            ("n", brings if isinstance(after, str) else f"{_done(card)} → {brings}"),
        ]),
        *(_history(session, line) for line in card.history),
    ])  # fmt: skip


def _due(session: Session, card: Card) -> str:
    row = card.row
    at = to_zone(row.due_at, session.me.tz).time() if row.due_at else None
    late = late_words(row.due_on, row.due_at, session.today, session.now)
    words = f"{day_words(row.due_on)}{f', {at:%H:%M}' if at else ''}, {late}" if late else ""
    window = f", or until {day_words(row.window_end_on)}" if row.window_end_on else ""
    return (words or say_when(row.due_on, at, session.today)) + window


def _status(session: Session, task: TaskDetail, card: Card) -> str:
    parts = [task.status, f"owner {card.row.owner}"]
    if card.row.priority is not Priority.NORMAL:
        parts.append(f"{card.row.priority.label} priority")
    if card.row.hidden_until and card.row.hidden_until > session.today:
        parts.append(f"hidden until {day_words(card.row.hidden_until)}")
    if task.closed_at:
        closed = moment_words(from_utc_text(task.closed_at), session.me.tz)
        parts[0] = f"{task.status} {closed} by {task.closed_by_name}: {task.outcome_label}"
        parts.append(f"note: {task.outcome_note}")
    if card.row.moved_count:
        parts.append(f"moved ×{card.row.moved_count}")
    if task.spawned:
        parts.append(f"brought #{task.spawned}")
    return " · ".join(parts)


def _done(card: Card) -> str:
    row = card.row
    return done_words(subject(row.kind, row.channel, row.contact_id, row.deal_id))


def _who(card: Card) -> str:
    row = card.row
    name = ", ".join(filter(None, (row.contact, card.contact_title)))
    number = f"(contact {row.contact_id})" if row.contact_id else ""
    return " · ".join(filter(None, (f"{name} {number}".strip(), row.account)))


def _deal(card: Card) -> str:
    if not card.row.deal:
        return ""
    amount = money(card.deal_amount, card.deal_currency)
    return " · ".join(filter(None, (f"{card.row.deal} (deal {card.row.deal_id})", card.deal_stage, amount)))


def _cadence(card: Card) -> str:
    if not card.cadence:
        return f"none, try {card.row.attempt}" if card.row.attempt > 1 else ""
    step, steps = card.row.step_no or 0, card.row.steps or 0
    place = (
        f"{card.cadence}, step {step} of {steps}" if step <= steps else f"{card.cadence}, after its last step"
    )
    return f"{place}: {card.purpose}" if card.purpose else place


def _last_contact(session: Session, card: Card) -> str:
    if card.last_contact_at is None:
        return ""
    how = touch_words(card.last_contact_channel, card.last_contact_direction)
    when = away_words(to_zone(card.last_contact_at, session.me.tz).date(), session.today)
    tries = f"{card.unanswered} without a reply" if card.unanswered else ""
    return ", ".join(filter(None, (when, how, tries)))


def _other(session: Session, task: OtherTask) -> str:
    who = "you have" if task.owner_id == session.me.id else f"{task.owner} has"
    return f'{who} "{task.action}" due {exact_day(task.due_on, today=session.today)}'


def _history(session: Session, line: HistoryLine) -> str:
    day = to_zone(line.at, session.me.tz)
    how = touch_words(line.channel, line.direction)
    return out.styled(f"  {day_words(day.date()):>15}  {how:<12} {line.text}")

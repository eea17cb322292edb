"""Tasks in lines for people. One rule: what is late, for whom and which try is said in words, never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from fu_tui.cli import out
from fu_tui.cli.cells import table
from fu_tui.cli.session import Session
from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import exact_day, late_words, short_day
from fu_tui.core.terms import Priority, TaskKind
from fu_tui.core.text import for_terminal
from fu_tui.queries.queue import View
from fu_tui.queries.rows import QueueRow

ACTION, WHO = 3, 4
"""Places of the columns that are cut first on a narrow terminal."""


def drawn(session: Session, view: View, rows: Sequence[QueueRow]) -> list[str]:
    """The rows of a view as lines that fit the terminal, with room for an indent of two."""
    width = out.terminal_width()
    return task_lines(
        rows, today=view.today, now=view.now, tz=session.me.tz, owners=not view.scope.is_mine,
        most=width - 2 if width else None,
    )  # fmt: skip


def task_lines(
    rows: Sequence[QueueRow], *, today: date, now: datetime, tz: str, owners: bool, most: int | None
) -> list[str]:
    """One line a task, aligned over all rows: number, due, !, action, who, channel, try, owner where asked for.

    The title above says what is due today, so the line gives only its hour.
    """
    cells = [
        [
            f"#{row.id}",
            due_words(row.due_on, row.due_at, today, now, tz),
            "!" if row.priority is Priority.HIGH else "",
            for_terminal(row.action),
            for_terminal(who_words(row)),
            row.channel.value if row.channel else "",
            try_words(row),
            for_terminal(row.owner) if owners else "",
            _hidden(row.hidden_until, today),
        ]
        for row in rows
    ]
    return table(cells, most=most, give=(WHO, ACTION, 7), right=(0,))


def _hidden(until: date | None, today: date) -> str:
    return f"hidden until {exact_day(until, today=today)}" if until and until > today else ""


def due_words(due_on: date, due_at: datetime | None, today: date, now: datetime, tz: str) -> str:
    """When it is due: "3d late", "14:00" or nothing today, "Wed 25", "Fri 27 09:00"."""
    late = late_words(due_on, due_at, today, now)
    if late:
        return late
    hour = f"{to_zone(due_at, tz):%H:%M}" if due_at else ""
    if due_on == today:
        return hour
    return f"{short_day(due_on, today)} {hour}".rstrip()


def who_words(row: QueueRow) -> str:
    """Whom it is about: contact · account; without a contact the account, else the deal, else "no link" (R21)."""
    if row.contact:
        return " · ".join(filter(None, (row.contact, row.account)))
    return row.account or row.deal or ("private" if row.kind is TaskKind.PRIVATE else "no link")


def try_words(row: QueueRow) -> str:
    """ "2/5" is the second of five steps, "end" the question after them, "×2" the second try without a cadence."""
    if row.step_no and row.steps:
        return f"{row.step_no}/{row.steps}" if row.step_no <= row.steps else "end"
    return f"×{row.attempt}" if row.attempt > 1 else ""

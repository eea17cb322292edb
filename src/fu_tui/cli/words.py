"""Sentences that several commands say. One rule: an event is told by core.say, and only put into lines here."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date

from fu_tui.cli import out
from fu_tui.cli.out import DIM, styled
from fu_tui.cli.session import Session
from fu_tui.core.dates_words import day_words
from fu_tui.core.events import Event, FollowUpSpawned, NextStepProposed, TaskAdded, TouchesClose
from fu_tui.core.say import say


def told(session: Session, event: Event) -> str:
    """One event in words; a follow-up with its number, a proposal as the command that takes it up."""
    words = say(event, today=session.today, tz=session.me.tz)
    if isinstance(event, FollowUpSpawned):
        return words.replace("→ ", f"→ #{event.task_id} ", 1)
    if isinstance(event, TaskAdded):
        return f"#{event.task_id} {words}"
    if isinstance(event, NextStepProposed):
        return f"{words} {proposed_command(event)}"
    return words


def without_warnings(session: Session, events: Sequence[Event]) -> list[Event]:
    """The events but those that warn of touches close to each other; these are told beside the answer."""
    for event in events:
        if isinstance(event, TouchesClose):
            out.talk(f"#{event.task_id} {told(session, event)}")
    return [event for event in events if not isinstance(event, TouchesClose)]


def proposed_command(event: NextStepProposed) -> str:
    """A proposal as a line for the shell: fu add 'Answer Ana Ruiz @4 #2 2026-11-24'."""
    parts = [event.action or "ACTION"]
    if event.contact_id is not None:
        parts.append(f"@{event.contact_id}")
    if event.deal_id is not None:
        parts.append(f"#{event.deal_id}")
    if event.account:
        parts.append(f'@"{event.account}"')
    parts.append(event.due_on.isoformat() if event.due_on else "WHEN")
    return f"fu add {shlex.quote(' '.join(parts))}"


def long_day(iso: str) -> str:
    """A stored day in full: "Fri 27 Nov 2026"."""
    return day_words(date.fromisoformat(iso))


def labelled(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Pairs of a label and its text in two columns; what is empty is left out, further lines are indented."""
    lines = []
    for label, text in pairs:
        for at, line in enumerate(text.splitlines()):
            lines.append(f"  {styled(('' if at else label).ljust(8), DIM)} {styled(line)}")
    return lines

"""What each outcome would bring, before one is chosen. One rule: `announce` is asked, which reckons it as the close
does it; nothing is written."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fu_tui.core.dates_words import exact_day
from fu_tui.core.outcomes import BY_CODE, IN_MONTHS, MONTHS, Outcome, months_ahead, offered, subject
from fu_tui.core.say import say
from fu_tui.core.terms import Channel, TaskKind, TaskStatus
from fu_tui.queries.details import TaskDetail
from fu_tui.services.announce import announced, barred, rested
from fu_tui.services.context import Context
from fu_tui.services.following import Following
from fu_tui.services.spacing import close_touches
from fu_tui.store.models import Task
from fu_tui.store.unit import load


class Foretold(NamedTuple):
    """One outcome and what it would bring."""

    code: str
    """The outcome's; with the months where they are chosen with it."""
    key: str
    label: str
    then: str


def foretold(context: Context, task: TaskDetail) -> tuple[Foretold, ...]:
    """The outcomes that the close offers first, with the keys it has there; none for a closed task.

    Of those that answer a question only what can be chosen, and that no reply is no answer.
    """
    if task.status != TaskStatus.OPEN.value:
        return ()
    channel = Channel(task.channel) if task.channel else None
    about = subject(TaskKind(task.kind), channel, task.contact_id, task.deal_id)
    told: list[Foretold] = []
    for code in offered(about, after_nurture=rested(context, task.id)):
        row = BY_CODE[code]
        if code != "no_reply" and barred(context, task.id, code):
            continue
        if code == "nurture":
            told += [_in_months(context, task, row, key) for key in MONTHS]
        else:
            then = following_words(announced(context, task.id, code), context.today(), context.me.tz)
            told.append(Foretold(code, row.key, row.label_for(about), then))
    return tuple(told)


def _in_months(context: Context, task: TaskDetail, row: Outcome, key: str) -> Foretold:
    """Trying again in so many months, by the key that says how many."""
    today = context.today()
    _, calendar, _ = context.desk_of(load(context.db, Task, task.id).owner)
    then = announced(context, task.id, row.code, months_ahead(key, today, calendar))
    label = IN_MONTHS.format(MONTHS[key])
    return Foretold(f"{row.code}_{key}", key, label, following_words(then, today, context.me.tz))


def near_words(context: Context, task_id: int) -> tuple[str, ...]:
    """What is to be said of other cadences' touches close to an open task's day; empty where none is."""
    today, tz = context.today(), context.me.tz
    return tuple(say(event, today=today, tz=tz) for event in close_touches(context, [task_id]))


def following_words(following: Following | str, today: date, tz: str) -> str:
    """What a close would bring: "Call about open questions, Fri 27 Nov"; or why it brings nothing."""
    if isinstance(following, str):
        return following
    day = exact_day(following.due.due_on, following.due.due_at, today=today, tz=tz)
    because = f" ({following.why})" if following.why else ""
    return f"{following.action}, {day}{because}"

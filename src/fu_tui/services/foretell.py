"""What each outcome would bring, before one is chosen. One rule: `announce` is asked, which reckons it as the close
does it; nothing is written."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fu_tui.core.dates_words import exact_day
from fu_tui.core.outcomes import BY_CODE, DECISIONS, FIRST_LINE, MEETING_LINE
from fu_tui.core.say import say
from fu_tui.core.terms import TaskKind, TaskStatus
from fu_tui.queries.details import TaskDetail
from fu_tui.services.announce import announced, barred
from fu_tui.services.context import Context
from fu_tui.services.following import Following
from fu_tui.services.spacing import close_touches


class Foretold(NamedTuple):
    """One outcome and what it would bring."""

    code: str
    key: str
    label: str
    then: str


def foretold(context: Context, task: TaskDetail) -> tuple[Foretold, ...]:
    """The outcomes that the close offers first, or for a question those that answer it; none for a closed task."""
    if task.status != TaskStatus.OPEN.value:
        return ()
    codes: tuple[str, ...] = FIRST_LINE if task.kind != TaskKind.MEETING.value else MEETING_LINE
    if task.kind == TaskKind.DECIDE.value:
        codes = (
            "no_reply",
            *(code for code in (*FIRST_LINE, *DECISIONS) if not barred(context, task.id, code)),
        )
    told = ((BY_CODE[code], announced(context, task.id, code)) for code in codes)
    return tuple(
        Foretold(row.code, row.key, row.label, following_words(then, context.today(), context.me.tz))
        for row, then in told
    )


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

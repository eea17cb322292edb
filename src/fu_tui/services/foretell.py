"""What each outcome would bring, before one is chosen. One rule: what goes on is asked of `following`, as the close
asks it; nothing is written."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fu_tui.core.dates_words import exact_day
from fu_tui.core.outcomes import BRINGS, BY_CODE, DECISIONS, FIRST_LINE, Effect, Outcome, why_not
from fu_tui.core.terms import TaskKind, TaskStatus
from fu_tui.queries.details import TaskDetail
from fu_tui.services.context import Context
from fu_tui.services.following import Following, after


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
    decides = task.kind == TaskKind.DECIDE.value
    rows = [BY_CODE[code] for code in FIRST_LINE]
    if decides:
        rows += [BY_CODE[code] for code in DECISIONS]
    told = (
        Foretold(row.code, row.key, row.label, _then(context, task, row, decides=decides)) for row in rows
    )
    return tuple(one for one in told if one.then)


def _then(context: Context, task: TaskDetail, row: Outcome, *, decides: bool) -> str:
    """Empty for what can't be chosen, except for "no reply": that says why."""
    why = why_not(row, is_decide=decides)
    if why:
        return why if row.code == "no_reply" else ""
    goes_on = row.effect is Effect.NEXT and not row.decides and not (row.code == "done" and not task.cadence)
    if goes_on:
        return following_words(after(context, task.id, row.code), context.today(), context.me.tz)
    ends = f"{task.cadence} ends" if task.cadence and row.effect is Effect.END else ""
    return "; ".join(filter(None, (ends, BRINGS.get(row.code, "it goes on"))))


def following_words(following: Following | str, today: date, tz: str) -> str:
    """What a close would bring: "Call about open questions, Fri 27 Nov"; or why it brings nothing."""
    if isinstance(following, str):
        return following
    day = exact_day(following.due.due_on, following.due.due_at, today=today, tz=tz)
    because = f" ({following.why})" if following.why else ""
    return f"{following.action}, {day}{because}"

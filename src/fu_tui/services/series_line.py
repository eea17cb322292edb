"""One typed line as a series. One rule: nothing is written, and what is wrong is said, not raised, as it is asked with
every letter."""

from __future__ import annotations

from datetime import date

from fu_tui.core.capture import parse_line
from fu_tui.core.clock import to_zone
from fu_tui.core.errors import FuError
from fu_tui.core.repeats import KNOWN
from fu_tui.core.repeats_line import Rhythm, find_rhythm
from fu_tui.queries.series_rows import SeriesRead
from fu_tui.services.context import Context
from fu_tui.services.resolving import Resolved, Resolving
from fu_tui.services.series import NEVER, SeriesVerbs

NO_HOUR = "A series has days and no hours: leave the hour out."
NO_CADENCE = "A series has no cadence: leave the ~cadence out, or the rhythm."
NOTHING_NEW = "There is no {} yet: add it with a first follow-up, or name another one."
HOW_OFTEN = f"How often? {KNOWN}"


class SeriesLines:
    """The read `read_series`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._resolving = Resolving(context)
        self._verbs = SeriesVerbs(context)

    def read_series(self, text: str, *, day_first: bool = True) -> SeriesRead:
        """What a line says: action, @who, #deal, +owner, the rhythm, and the first day where it names one."""
        if not text.strip():
            return SeriesRead(problem="Say what to do, for whom, and how often.")
        context = self._context
        today = context.today()
        _, calendar, _ = context.desk_of(context.me.id)
        rhythm = find_rhythm(text, today)
        try:
            draft = parse_line(
                rhythm.rest if rhythm else text, today=today, day_first=day_first, is_working=calendar.is_working,
                now=to_zone(context.now(), context.me.tz).time(),
            )  # fmt: skip
        except FuError as error:
            return SeriesRead(problem=str(error) if rhythm else HOW_OFTEN)
        resolved = self._resolving.resolve(draft)
        read = self._read(resolved, draft.when.day if draft.when else None)
        read = self._with_days(read, rhythm)
        hour = NO_HOUR if draft.when and draft.when.at else ""
        return read._replace(problem=hour or _wrong(resolved) or read.problem)

    def _read(self, resolved: Resolved, start_on: date | None) -> SeriesRead:
        contact, deal, account = resolved.contact, resolved.deal, resolved.account
        names = dict.fromkeys(each.name for each in (contact, deal, account) if each)
        ids = [each.id if each else None for each in (contact, deal, account)]
        return SeriesRead(
            action=resolved.action, about=" · ".join(names), contact_id=ids[0], deal_id=ids[1], account_id=ids[2],
            owner=resolved.owner.handle, owner_name=resolved.owner.name, start_on=start_on,
            priority=resolved.priority, private=resolved.private, body=resolved.body,
            sales=self._verbs.sales(ids[0], ids[1]),
        )  # fmt: skip

    def _with_days(self, read: SeriesRead, rhythm: Rhythm | None) -> SeriesRead:
        if rhythm is None:
            return read._replace(problem=HOW_OFTEN)
        try:
            words, days = self._verbs.series_days(rhythm.every, read.start_on)
        except FuError as error:
            return read._replace(every=rhythm.every, problem=str(error))
        return read._replace(every=rhythm.every, words=words, days=days, problem="" if days else NEVER)


def _wrong(resolved: Resolved) -> str:
    """What is wrong with what the line names, or how it says what to do."""
    if resolved.problems:
        return str(resolved.problems[0])
    if resolved.new:
        return NOTHING_NEW.format(resolved.new[0])
    return NO_CADENCE if resolved.cadence else resolved.refused

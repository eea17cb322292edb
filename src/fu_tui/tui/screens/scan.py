"""How long a scan of the queue takes, from its first row to the last one that is late or due today. One rule: it is
measured silently, and only a scan that neither a verb nor a pause interrupts counts (R40, R63)."""

from __future__ import annotations

from datetime import datetime, timedelta

from fu_tui.tui.present.words import plural

LONG = timedelta(minutes=2)
"""A scan that takes longer has too many rows."""
PAUSE = timedelta(minutes=1)
"""Who stays on one row for so long does something else."""


class Scan:
    """One pair of eyes going down the queue."""

    def __init__(self) -> None:
        self._began: datetime | None = None
        self._last: datetime | None = None

    def at(self, number: int, many: int, now: datetime) -> str:
        """The cursor came to row `number` (from 1) of `many` that are late or due today, at the instant `now`.

        Answers what is worth saying after a long scan: "42 rows, 3:10: trim?"; else nothing.
        """
        if number == 1:
            self._began = now
        elif self._last is not None and now - self._last > PAUSE:
            self._began = None
        self._last = now
        if number != many or self._began is None:
            return ""
        took, self._began = now - self._began, None
        minutes, seconds = divmod(int(took.total_seconds()), 60)
        return f"{plural(many, 'row')}, {minutes}:{seconds:02}: trim?" if took > LONG else ""

    def interrupt(self) -> None:
        """Something was done to a row: this is work, not a scan."""
        self._began = None

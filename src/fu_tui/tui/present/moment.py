"""When and for whom the desk is drawn. One rule: nothing that presents asks a clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from fu_tui.core.clock import to_zone


class Moment(NamedTuple):
    """The viewer's present: what buckets and due words are reckoned from."""

    today: date
    """The civil day in `tz`."""
    now: datetime
    """Aware, UTC."""
    tz: str
    """IANA name, or "local"."""

    def hour(self, instant: datetime) -> str:
        """`instant` on the viewer's wall clock: 14:00."""
        return f"{to_zone(instant, self.tz):%H:%M}"

    def day(self, instant: datetime) -> date:
        """The viewer's civil day on which `instant` falls."""
        return to_zone(instant, self.tz).date()

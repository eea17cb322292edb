"""The one place that asks the system what time it is, and turns instants into civil days.

`tz` is an IANA name, or "local" for the machine's own zone, which the C library resolves anew at each call
(so a traveller's laptop is right after a zone change). An overlap takes its first instant (fold 0).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from typing import Protocol

LOCAL = "local"


class Clock(Protocol):
    """Anything that tells the present instant."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC, whole seconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC, whole seconds (finer is never stored)."""
        return datetime.now(UTC).replace(microsecond=0)


class FixedClock:
    """A clock that stands where it was put; for tests, demos and simulations."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was set to, in UTC."""
        return self.at


def zone(tz: str) -> tzinfo | None:
    """The zone called `tz`; None stands for the machine's own. Loaded when first named: most users live in theirs."""
    if tz == LOCAL:
        return None
    from zoneinfo import ZoneInfo

    return ZoneInfo(tz)


def to_zone(instant: datetime, tz: str) -> datetime:
    """`instant` as wall-clock time in `tz`."""
    return instant.astimezone(zone(tz))


def civil_day(instant: datetime, tz: str) -> date:
    """The civil date on which `instant` falls in `tz` (domain: due days are civil dates)."""
    return to_zone(instant, tz).date()


def to_utc(day: date, at: time, tz: str) -> datetime:
    """The UTC instant at which the clocks of `tz` show `at` on `day`."""
    wall = datetime.combine(day, at)
    return wall.replace(tzinfo=zone(tz)).astimezone(UTC)


def utc_text(instant: datetime) -> str:
    """`instant` as it is stored and printed: 2026-11-24T10:14:00Z. Sorts as text."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_utc_text(text: str) -> datetime:
    """The instant that `utc_text` wrote."""
    return datetime.fromisoformat(text)

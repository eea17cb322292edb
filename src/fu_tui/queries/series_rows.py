"""What comes back about what recurs, and about work that is spread: frozen, plain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fu_tui.core.terms import Priority

if TYPE_CHECKING:
    pass


class SeriesRow(NamedTuple):
    """A fixed recurrence. Days are ISO dates, as stored."""

    id: int
    action: str
    rule: str
    start_on: str
    kind: str
    state: str
    contact_id: int | None
    contact: str | None
    deal_id: int | None
    deal: str | None
    account_id: int | None
    account: str | None
    owner: str
    """A handle."""
    owner_name: str
    task_id: int | None
    """Its open or held task."""
    task_status: str | None
    due_on: str | None
    occurrence_on: str | None
    done: int
    """How often it was done."""
    priority: int
    body: str
    words: str
    """Its rhythm: "every 3 months on the 1st"."""

    @property
    def about(self) -> str:
        """Whom it is about."""
        names = (self.contact, self.deal, None if self.contact or self.deal else self.account)
        return " · ".join(name for name in names if name)


class SeriesRead(NamedTuple):
    """What a line says about a series. Empty: it says nothing of it."""

    action: str = ""
    about: str = ""
    contact_id: int | None = None
    deal_id: int | None = None
    account_id: int | None = None
    owner: str = ""
    """A handle."""
    owner_name: str = ""
    every: str = ""
    """The rhythm, as it was typed."""
    words: str = ""
    """As it is understood."""
    start_on: date | None = None
    days: tuple[date, ...] = ()
    """Its first due days."""
    priority: Priority = Priority.NORMAL
    private: bool = False
    body: str = ""
    problem: str = ""
    """Why it can't be saved, with the remedy."""
    sales: str = ""
    """Why nothing should repeat about them; it is made on a second enter."""


class SpreadMove(NamedTuple):
    """A task, and the day it gets."""

    task_id: int
    action: str
    due_on: date
    to: date


class SpreadStay(NamedTuple):
    """A task that is not moved."""

    task_id: int
    action: str
    due_on: date
    why: str


class SpreadDay(NamedTuple):
    """A day of a plan."""

    day: date
    there: int
    """What lies there besides, today with all that is late."""
    comes: int
    rate: int
    """What its owner gets done on a usual day."""
    owner: str


class Spread(NamedTuple):
    """Which day each task would get."""

    moves: tuple[SpreadMove, ...]
    """High priority first, then in the order of the queue; with those that lie well already."""
    stays: tuple[SpreadStay, ...]
    days: tuple[SpreadDay, ...]
    """Those that get something."""
    over: int | None
    """Over how many working days; None: as few as the rate allows."""

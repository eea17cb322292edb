"""What every verb stands on: the open database, the clock, and who acts. Built in one place, handed down.

It stands before the first paint, so what only verbs need is loaded when a verb asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from fu_tui.core.clock import Clock, civil_day
from fu_tui.core.errors import Refused
from fu_tui.core.terms import Role
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person, person

if TYPE_CHECKING:
    from fu_tui.core.cadence import CadencePlan
    from fu_tui.core.calendar import WorkCalendar
    from fu_tui.store.unit import Unit


@dataclass(slots=True)
class Context:
    """The surroundings of a verb."""

    db: Database
    clock: Clock
    me: Person
    written: int = 0
    """How many units were committed."""
    _plans: dict[int, CadencePlan] = field(default_factory=dict)

    @contextmanager
    def unit(self, verb: str, reason: str | None = None) -> Iterator[Unit]:
        """One transaction and one journal entry for `verb`, by the person who acts."""
        from fu_tui.store.unit import unit

        with unit(self.db, self.clock.now(), self.me.id, verb, reason) as work:
            yield work
        self.written += 1

    def plan(self, version_id: int) -> CadencePlan:
        """A version of a cadence. Versions never change, so each is read once."""
        if version_id not in self._plans:
            from fu_tui.store.plans import plan_of

            self._plans[version_id] = plan_of(self.db, version_id)
        return self._plans[version_id]

    def forget_plans(self) -> None:
        """A cadence is called otherwise now: read its versions anew."""
        self._plans.clear()

    def desk_of(self, user_id: int) -> tuple[Person, WorkCalendar, date]:
        """A user with their calendar and the civil day it is now in their zone."""
        from fu_tui.store.plans import calendar_of

        who = person(self.db, user_id)
        return who, calendar_of(self.db, who.calendar_id), civil_day(self.clock.now(), who.tz)

    def today(self) -> date:
        """The civil day it is now for the person who acts."""
        return civil_day(self.clock.now(), self.me.tz)

    def now(self) -> datetime:
        """The present instant, UTC."""
        return self.clock.now()

    @staticmethod
    def chosen(task_ids: Iterable[int]) -> list[int]:
        """Each of the tasks once, in order. Raises Refused where there is none."""
        chosen = list(dict.fromkeys(task_ids))
        if not chosen:
            raise Refused("Nothing is chosen.", "Name a task, or move to one.")
        return chosen

    def may_touch(self, owner_id: int, what: str) -> None:
        """Reps move their own tasks, managers and admins anybody's (R184). Raises Refused."""
        if self.me.role is Role.REP and owner_id != self.me.id:
            owner = person(self.db, owner_id)
            raise Refused(
                f"{what} belongs to {owner.name}.", "Ask them, a manager or an admin to hand it over."
            )

"""What one run of a command has in hand: the clock, the file, who acts. One rule: nothing is opened, and nothing
heavy is imported, before it is used."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fu_tui.core.clock import Clock, SystemClock, civil_day, to_utc, to_zone
from fu_tui.core.errors import UsageError

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.calendar import WorkCalendar
    from fu_tui.core.capture import Draft
    from fu_tui.core.dates import When
    from fu_tui.queries.queue import View
    from fu_tui.queries.scope import Scope
    from fu_tui.store.database import Database
    from fu_tui.store.lookup import Person


class Session:
    """Made once for a run; every command gets it."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.db_name: str | None = None
        """--db, else FU_DB."""
        self.user: str | None = None
        """--as, else FU_USER."""

    @cached_property
    def desk(self) -> Desk:
        """The verbs and the reads on the open database. Raises StorageError, NotFound."""
        from fu_tui.bootstrap import open_desk

        return open_desk(self.db_name, self.user or self._set("user"), clock=self.clock)

    def _set(self, name: str) -> Any:
        """What the settings file says; None where there is no file, which spares reading how it would be read."""
        from fu_tui.settings import paths

        if not paths.config_file().exists():
            return None
        from fu_tui.settings.config import load

        return getattr(load(paths.config_file())[0], name)

    @property
    def day_first(self) -> bool:
        """How 3/4 is read: 3 April, or 4 March."""
        return self._set("day_first") is not False

    @property
    def db(self) -> Database:
        """The open database."""
        return self.desk.db

    @property
    def me(self) -> Person:
        """Who acts."""
        return self.desk.me

    @property
    def now(self) -> datetime:
        """The present instant, UTC."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The civil day it is for the person who acts."""
        return civil_day(self.now, self.me.tz)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working days of the person who acts."""
        return self.desk.calendar

    def draft(self, text: str) -> Draft:
        """A captured line, read in the person's zone. Raises UsageError; VagueDate has three offers."""
        from fu_tui.core.capture import parse_line

        return parse_line(
            text, today=self.today, now=to_zone(self.now, self.me.tz).time(), day_first=self.day_first,
            is_working=lambda day: self.calendar.is_working(day),
        )  # fmt: skip

    def when(self, text: str) -> When:
        """A day in words, perhaps with an hour. Raises UsageError; VagueDate has three offers."""
        from fu_tui.core.dates import parse_when

        return parse_when(
            text, today=self.today, now=to_zone(self.now, self.me.tz).time(), day_first=self.day_first,
            is_working=lambda day: self.calendar.is_working(day),
        )  # fmt: skip

    def day(self, text: str | None) -> date | None:
        """A day in words; None for None. Raises UsageError, also where an hour stands beside the day."""
        if text is None:
            return None
        when = self.when(text)
        if when.at is not None:
            raise UsageError(f'"{text}" names an hour.', "A day is meant here: leave the hour out.")
        return when.day

    def hour(self, text: str | None) -> datetime | None:
        """The UTC instant of a day with its hour; None for None. Raises UsageError, also where no hour is said."""
        if text is None:
            return None
        instant = self.instant(self.when(text))
        if instant is None:
            raise UsageError(f'"{text}" names no hour.', 'Add it, as in "fri 14:00".')
        return instant

    def instant(self, when: When) -> datetime | None:
        """The UTC instant of a day with an hour; None where no hour was said."""
        return to_utc(when.day, when.at, self.me.tz) if when.at else None

    def scope(self, owner: str | None) -> Scope:
        """Whose records: mine (None), "all", "team", or a user's. Raises NotFound."""
        from fu_tui.queries import scope
        from fu_tui.store.lookup import find_person

        if owner is None or owner == "me":
            return scope.mine(self.me)
        if owner == "all":
            return scope.everyone(self.me)
        if owner == "team":
            return scope.team(self.db, self.me)
        return scope.of_person(self.me, find_person(self.db, owner))

    def view(self, owner: str | None = None) -> View:
        """A look at a queue, now."""
        from fu_tui.queries.queue import View

        return View(self.scope(owner), self.today, self.now)

    def shut(self) -> None:
        """Close what was opened; a later use opens it anew."""
        if "desk" in self.__dict__:
            self.desk.shut()
        for name in ("desk", "calendar"):
            self.__dict__.pop(name, None)

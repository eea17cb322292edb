"""The composition root: finds the file, opens it, says who acts, and wires the verbs to them. Nothing else does."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fu_tui.core.clock import Clock, SystemClock, civil_day
from fu_tui.core.errors import NotFound, Refused, StorageError
from fu_tui.queries.cards import card
from fu_tui.queries.look import Look
from fu_tui.queries.rows import Card, QueueRow, Record, Why
from fu_tui.services.context import Context
from fu_tui.services.verbs import Verbs
from fu_tui.settings import paths
from fu_tui.settings.paths import place
from fu_tui.store.database import (
    APPLICATION_ID,
    PATIENCE,
    SCHEMA,
    Database,
    create,
    discard,
    open_existing,
)
from fu_tui.store.lookup import Found, Person, find_person, people, person_by_login

MARKER = "made"
"""In the state folder: a database was once made at the default place, so a missing one is a loss, not a start."""


if TYPE_CHECKING:
    from datetime import date

    from fu_tui.core.calendar import WorkCalendar
    from fu_tui.core.load import Load
    from fu_tui.exchange.batch import Progress
    from fu_tui.exchange.incoming import Incoming
    from fu_tui.queries.details import TaskDetail
    from fu_tui.services.following import Following
    from fu_tui.services.forecast import Forecast, Forecasting
    from fu_tui.services.resolving import Resolved


class Desk(Verbs):
    """Everything a screen or a command can do, on one open database, as one person.

    To a reader it is the verbs and a few reads. A verb is loaded when it is wanted, all of them by `warm_up`.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._forecasting: Forecasting | None = None

    @property
    def db(self) -> Database:
        """The open database, for the read side."""
        return self.context.db

    @property
    def me(self) -> Person:
        """Who acts."""
        return self.context.me

    @property
    def calendar(self) -> WorkCalendar:
        """The working days of the person who acts."""
        from fu_tui.store.plans import calendar_of

        return calendar_of(self.db, self.me.calendar_id)

    def look(self) -> Look:
        """A look at one's own queue, now."""
        return Look(self.db, self.me, self.context.clock)

    def after(self, task_id: int, outcome: str = "no_reply", until: date | None = None) -> Following | str:
        """What closing a task now with `outcome` would bring, or why it can't; nothing is written.

        until: the day that the outcome asks for.
        """
        from fu_tui.services.following import after

        return after(self.context, task_id, outcome, until)

    def card(self, task_id: int, after_no_reply: str) -> Card:
        """The card of a task; `after_no_reply` is what `after` said, in words. Raises NotFound."""
        return card(self.db, task_id, after_no_reply=after_no_reply)

    def why(self, task_id: int) -> Why:
        """Why a task is due on its day, and what each outcome would bring; nothing is written. Raises NotFound."""
        from fu_tui.queries.why import grounds, words
        from fu_tui.services.foretell import foretold

        found = grounds(self.db, task_id)
        follows = tuple((one.label, one.then) for one in foretold(self.context, found.task))
        return words(found, self.me.tz)._replace(follows=follows)

    def forecast(self, look: Look) -> Forecast:
        """The steps that come within the days that Upcoming shows, if nobody replies; nothing is written."""
        from fu_tui.services.forecast import Forecasting

        self._forecasting = self._forecasting or Forecasting(self.context)
        return self._forecasting.of(look.view)

    def load(self, look: Look) -> Load:
        """What the coming days hold beside what gets done on one, for the queue that is looked at."""
        from collections import Counter

        from fu_tui.core.load import loads
        from fu_tui.queries.load import closed_by_day, due_by_day
        from fu_tui.queries.queue import UPCOMING_DAYS

        view = look.view
        owner = view.scope.user_ids[0] if view.scope.is_one else self.me.id
        _, calendar, _ = self.context.desk_of(owner)
        foreseen = Counter(row.due_on for row in self.forecast(look).rows)
        return loads(
            due_by_day(self.db, view), foreseen, closed_by_day(self.db, view), calendar, view.today,
            UPCOMING_DAYS,
        )  # fmt: skip

    def detail(self, task_id: int) -> TaskDetail:
        """Everything about a task. Raises NotFound."""
        from fu_tui.queries.details import detail

        return detail(self.db, task_id)

    def open_about(
        self, contact_id: int | None, deal_id: int | None, account_id: int | None
    ) -> Sequence[QueueRow]:
        """The open tasks about a contact, a deal or, where neither is known, an account: the next ones first (R54)."""
        from fu_tui.queries.existing import open_about

        return open_about(self.db, self.me.id, contact_id, deal_id, account_id)

    def deals_of(self, account_id: int, typed: str) -> list[Found]:
        """The open deals of an account in whose title a word starts with what was typed."""
        from fu_tui.queries.existing import deals_of

        return deals_of(self.db, account_id, typed)

    def suggest(self, kind: str, typed: str, limit: int = 5) -> list[Found]:
        """Contacts, deals (link), accounts, owners or cadences that the letters typed so far may mean."""
        from fu_tui.store.suggest import suggest

        return suggest(self.db, kind, typed, limit, today=civil_day(self.context.now(), self.me.tz))

    def find_tasks(self, typed: str, limit: int = 5) -> tuple[QueueRow, ...]:
        """Open tasks whose words begin with what was typed, one's own first."""
        from fu_tui.queries.hits import anywhere

        return anywhere(self.db, self.me, typed, limit)

    def record(self, kind: str, record_id: int) -> Record:
        """Everything about a contact, an account or a deal. Raises NotFound."""
        from fu_tui.queries.record import record

        return record(self.db, self.me, kind, record_id)

    def shut(self) -> None:
        """Close the database."""
        self.db.close()


def open_desk(
    db: str | None = None,
    user: str | None = None,
    *,
    clock: Clock | None = None,
    patience: float = PATIENCE,
    environ: Mapping[str, str] | None = None,
) -> Desk:
    """Open a desk on a database file.

    db: the file someone named (else FU_DB, else the default place, where it is made on the first day).
    user: who acts (else FU_USER, else whose login this is). patience: seconds to wait for another process.
    Raises StorageError, or NotFound for an unknown user.
    """
    environ = os.environ if environ is None else environ
    clock = clock or SystemClock()
    named = db or environ.get("FU_DB")
    path = place(named)
    if not path.exists() and named is None:
        try:
            first_day(path, clock)
        except StorageError:
            if not path.exists():  # else another process was faster
                raise
    database = open_existing(path, patience=patience)
    try:
        return Desk(Context(database, clock, who_acts(database, user or environ.get("FU_USER"))))
    except BaseException:
        database.close()
        raise


def is_first_start(named: str | None, environ: Mapping[str, str]) -> bool:
    """Whether no file was named, and at the default place none is and none ever was."""
    if named or environ.get("FU_DB"):
        return False
    return not paths.default_database().exists() and not (paths.state_dir() / MARKER).exists()


def peek(db: str | None, user: str | None, *, clock: Clock | None = None) -> Desk | None:
    """A desk to look at for a moment; None where opening it would make, upgrade or mend anything, or have to wait.

    Raises StorageError, or NotFound for an unknown user.
    """
    path = place(db or os.environ.get("FU_DB"))
    if not path.exists() or path.with_name(path.name + "-journal").exists():
        return None
    database = Database(path, patience=0.0, mode="ro")
    try:
        kind = database.value("PRAGMA application_id"), database.value("PRAGMA user_version")
        if kind == (APPLICATION_ID, SCHEMA):
            who = who_acts(database, user or os.environ.get("FU_USER"))
            return Desk(Context(database, clock or SystemClock(), who))
        database.close()
    except BaseException:
        database.close()
        raise
    return None


def first_day(path: Path, clock: Clock, *, name: str | None = None, country: str | None = None) -> None:
    """Make a database with its first records. At the default place only where none was ever made.

    name: of the person, else what the system calls them; country: two letters, for the holidays.
    Raises StorageError where one was there before (it is missing, so it must not be replaced by an empty one).
    """
    default = path == paths.default_database()
    marker = paths.state_dir() / MARKER
    if default and marker.exists():
        raise StorageError(
            f"The database at {path} is gone.",
            f"Restore a backup (`fu restore`), or delete {marker} to start anew.",
        )
    from fu_tui.services.setup import seed

    login, name = login_name(), name or person_name()
    create(path, lambda database: seed(database, clock, login=login, name=name, country=country))
    if default:
        paths.private_folder(marker.parent)
        marker.touch(mode=0o600)


def begin(clock: Clock, *, name: str, country: str | None) -> None:
    """The first day at the default place, with what the person said. Where another process was faster meanwhile,
    its file gets what they said. Raises StorageError."""
    path = paths.default_database()
    try:
        first_day(path, clock, name=name, country=country)
    except StorageError:
        if not path.exists():
            raise
        from fu_tui.services.setup import describe

        desk = open_desk(clock=clock, environ={})
        try:
            describe(desk.db, clock, desk.me, name=name, country=country)
        finally:
            desk.shut()


def countries() -> list[tuple[str, str]]:
    """The countries whose public holidays are known, by name: two letters, name."""
    from fu_tui.services import setup

    return setup.countries()


def complete_path(typed: str) -> tuple[str, tuple[str, ...]]:
    """A path that was begun, as far as there is only one way; and the names that come next where there are several."""
    from fu_tui.exchange.incoming import complete

    return complete(typed)


def read_files(typed: str, progress: Progress) -> Incoming:
    """The files that a person named, read and not yet written. Raises FuError saying what is wrong with them."""
    from fu_tui.exchange.incoming import read

    return read(typed, progress)


def take_in(incoming: Incoming, clock: Clock, *, me: str, alone: bool, progress: Progress) -> str:
    """Write what was read into the database at the default place; returns what it was, in words.

    me: which of the owners the person is; empty for none. alone: whether what belongs to the others becomes
    theirs; else the others become users. Opens the file itself, so it may run in any thread. Raises FuError.
    """
    desk = open_desk(clock=clock, environ={})
    try:
        return incoming.write(desk.context, me=me, alone=alone, progress=progress)
    finally:
        desk.shut()


DEMO_USER = "dana"
"""Whose desk the demo's is, whatever the settings say about one's own."""


@contextmanager
def demo(clock: Clock, *, keep: bool = False) -> Iterator[Path]:
    """The demo's database in the state folder, made anew unless an earlier one is to be kept; yields its path.

    While it is open it is held: raises Refused where another demo is open, as making it anew would take it
    from under that one. One that is kept may be shared.
    """
    import fcntl

    from fu_tui.services.demo import fill

    path = paths.private_folder(paths.state_dir()) / "demo.db"
    if keep and path.exists():
        yield path
        return
    lock = os.open(path.with_name("demo.open"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        discard(path)
        create(path, lambda database: fill(database, clock, login_name()))
        yield path
    except BlockingIOError:
        raise Refused("A demo is open already.", "Leave it first, or join it: fu demo --keep.") from None
    finally:
        os.close(lock)


def who_acts(db: Database, reference: str | None) -> Person:
    """The user that `reference` means; without one whose system login this is; else the only user there is.

    Raises NotFound naming the users.
    """
    if reference:
        return find_person(db, reference)
    known = person_by_login(db, login_name())
    if known:
        return known
    everybody = people(db)
    if len(everybody) == 1:
        return everybody[0]
    names = tuple(user.handle for user in everybody)
    raise NotFound(
        f'No user of this file has the login "{login_name()}".',
        f"Say who you are with --as: {', '.join(names[:8])}{' …' if len(names) > 8 else ''}.",
        candidates=names,
    )


def login_name() -> str:
    """The system's name for the person at the keyboard."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "user"


def person_name() -> str:
    """What to call the person at the keyboard until they say it: their full name in the system, else the login."""
    import pwd

    login = login_name()
    try:
        full = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].replace("&", login.capitalize()).strip()
    except (KeyError, OSError):
        full = ""
    return full if full and full.isprintable() and full.casefold() != login.casefold() else login.capitalize()


__all__ = [
    "Desk",
    "Found",
    "Incoming",
    "Look",
    "Progress",
    "Resolved",
    "first_day",
    "login_name",
    "open_desk",
    "place",
    "who_acts",
]

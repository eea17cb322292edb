"""The composition root: finds the file, opens it, says who acts, and wires the verbs to them. Nothing else does."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fu_tui.core.clock import Clock, SystemClock
from fu_tui.core.errors import NotFound, Refused, StorageError
from fu_tui.queries.cards import card
from fu_tui.queries.look import Look
from fu_tui.queries.rows import Card, QueueRow
from fu_tui.queries.touches import unanswered
from fu_tui.services.context import Context
from fu_tui.services.verbs import Verbs
from fu_tui.settings import paths
from fu_tui.store.database import PATIENCE, Database, create, discard, open_existing
from fu_tui.store.lookup import Found, Person, find_person, people, person_by_login, suggest

MARKER = "made"
"""In the state folder: a database was once made at the default place, so a missing one is a loss, not a start."""


if TYPE_CHECKING:
    from datetime import date, datetime

    from fu_tui.core.calendar import WorkCalendar
    from fu_tui.services.capturing import Resolved
    from fu_tui.services.following import Following


class Desk(Verbs):
    """Everything a screen or a command can do, on one open database, as one person.

    To a reader it is the verbs and a few reads. A verb is loaded when it is wanted, all of them by `warm_up`.
    """

    def __init__(self, context: Context) -> None:
        self.context = context

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

    def after(
        self, task_id: int, outcome: str = "no_reply", until: date | None = None, at: datetime | None = None
    ) -> Following | str:
        """What closing a task now with `outcome` would bring, or why it can't; nothing is written.

        until, at: the day, or the instant (UTC), that the outcome asks for.
        """
        from fu_tui.services.announce import announced

        return announced(self.context, task_id, outcome, until, at)

    def may_start_again(self, task_id: int) -> bool:
        """Whether a task ends months of rest, after which outreach may begin anew."""
        from fu_tui.services.announce import rested

        return rested(self.context, task_id)

    def card(self, task_id: int, after_no_reply: str) -> Card:
        """The card of a task; `after_no_reply` is what `after` said, in words. Raises NotFound."""
        links = self.db.row("SELECT contact_id, deal_id FROM task WHERE id = ?", (task_id,)) or (None, None)
        return card(self.db, task_id, unanswered=unanswered(self.db, *links), after_no_reply=after_no_reply)

    def next_of_contact(self, contact_id: int) -> QueueRow | None:
        """The open task of a contact that is due first."""
        from fu_tui.queries.existing import next_of_contact

        return next_of_contact(self.db, contact_id)

    def suggest(self, kind: str, typed: str) -> list[Found]:
        """Contacts, deals (link), owners or cadences whose names start with what was typed."""
        return suggest(self.db, kind, typed)

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


def place(named: str | None) -> Path:
    """The database file: the one that was named, else the default one."""
    return Path(named).expanduser().resolve() if named else paths.default_database()


def first_day(path: Path, clock: Clock, *, name: str | None = None) -> None:
    """Make a database with its first records. At the default place only where none was ever made.

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

    login = login_name()
    create(path, lambda database: seed(database, clock, login=login, name=name or login.capitalize()))
    if default:
        paths.private_folder(marker.parent)
        marker.touch(mode=0o600)


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


__all__ = ["Desk", "Look", "Resolved", "first_day", "login_name", "open_desk", "place", "who_acts"]

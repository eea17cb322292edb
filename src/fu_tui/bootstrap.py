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
from fu_tui.desk import Desk
from fu_tui.queries.look import Look
from fu_tui.services.context import Context
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
    from fu_tui.exchange.batch import Progress
    from fu_tui.exchange.incoming import Incoming
    from fu_tui.services.resolving import Resolved


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
    from fu_tui.services import holiday_years

    return holiday_years.countries()


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


def demo_file() -> Path:
    """Where the demo's database is, made or not."""
    return paths.state_dir() / "demo.db"


@contextmanager
def demo(clock: Clock, *, keep: bool = False) -> Iterator[Path]:
    """The demo's database in the state folder, made anew unless an earlier one is to be kept; yields its path.

    While it is open it is held: raises Refused where another demo is open, as making it anew would take it
    from under that one. One that is kept may be shared.
    """
    import fcntl

    from fu_tui.services.demo import fill

    paths.private_folder(paths.state_dir())
    path = demo_file()
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

    Whoever has left acts no more, neither as themselves nor as the one who is left. Raises NotFound naming the users.
    """
    if reference:
        return find_person(db, reference)
    known = person_by_login(db, login_name())
    if known and known.active:
        return known
    everybody = people(db)
    if len(everybody) == 1 and not known:
        return everybody[0]
    names = tuple(user.handle for user in everybody)
    raise NotFound(
        f"{known.name} has left, and acts here no more."
        if known
        else f'No user of this file has the login "{login_name()}".',
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

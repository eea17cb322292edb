"""Which record is meant, and who a user is: small reads that verbs and commands share.

One rule: a reference is an id, an e-mail, or a name or title that is unique; otherwise the candidates are named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Role
from fu_tui.core.text import number_of
from fu_tui.store.database import Database

SHOWN = 6
"""Candidates named when a reference is not unique."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user, as verbs need one."""

    id: int
    handle: str
    name: str
    role: Role
    tz: str
    calendar_id: int
    manager_id: int | None
    active: bool


class Found(NamedTuple):
    """A record that a reference meant."""

    id: int
    name: str
    aside: str = ""
    """What tells it from others of that name: its account, its e-mail address."""


PERSON = (
    "SELECT id, handle, name, role, tz, calendar_id, manager_id, active FROM user WHERE removed_by IS NULL"
)


def _person(row: tuple[Any, ...]) -> Person:
    number, handle, name, role, tz, calendar, manager, active = row
    return Person(number, handle, name, Role(role), tz, calendar, manager, bool(active))


def person(db: Database, user_id: int) -> Person:
    """The user with that id. Raises NotFound."""
    row = db.row(f"{PERSON} AND id = ?", (user_id,))
    if row is None:
        raise NotFound(f"There is no user {user_id}.", "`fu users` lists them.")
    return _person(row)


def person_by_login(db: Database, login: str) -> Person | None:
    """The user that this system login is, if any; perhaps one who has left."""
    row = db.row(f"{PERSON} AND login = ?", (login,))
    return _person(row) if row else None


def people(db: Database) -> tuple[Person, ...]:
    """All active users, by name."""
    return tuple(_person(row) for row in db.rows(f"{PERSON} AND active ORDER BY name COLLATE NOCASE"))


def find_person(db: Database, reference: str) -> Person:
    """The active user meant by a handle, name, e-mail or id. Raises NotFound, with candidates."""
    wanted = reference.strip().lstrip("+@")
    found = match(db, "user", "name", wanted, f"{PERSON} AND active", exact=("handle", "email"))
    return person(db, found.id)


def find_contact(db: Database, reference: str) -> Found:
    """The contact meant by an id, an e-mail or a unique name. Raises NotFound, with candidates."""
    wanted = reference.strip()
    if "@" in wanted:
        rows = db.rows(
            "SELECT contact.id, name FROM contact, json_each(contact.emails) AS mail"
            " WHERE removed_by IS NULL AND lower(mail.value) = lower(?) LIMIT ?",
            (wanted, SHOWN),
        )
        return one(rows, "contact", wanted, "Add it with --create, or name another one.")
    return match(db, "contact", "name", wanted)


def find_account(db: Database, reference: str) -> Found:
    """The account meant by an id or a unique name. Raises NotFound, with candidates."""
    return match(db, "account", "name", reference.strip())


def same_account(db: Database, name: str) -> Found | None:
    """The only account of exactly that name, small letters or capitals."""
    rows = db.rows(f"{_base('account', 'name')} AND name = ? COLLATE NOCASE LIMIT 2", (name,))
    return Found(*rows[0]) if len(rows) == 1 else None


def contact_of(db: Database, name: str, account_id: int) -> Found | None:
    """The only contact of an account whose name, or a word in it, starts with `name`. Raises NotFound for several."""
    try:
        return match(db, "contact", "name", name, f"{_base('contact', 'name')} AND account_id = {account_id}")
    except NotFound as missing:
        if missing.candidates:
            raise
        return None


def find_deal(db: Database, reference: str, account_id: int | None = None) -> Found:
    """The deal meant by an id, its external id or a unique title; of that account first. Raises NotFound."""
    wanted = reference.strip()
    if account_id is not None:
        try:
            return match(
                db, "deal", "title", wanted, f"{_base('deal', 'title')} AND account_id = {account_id}"
            )
        except NotFound as missing:
            if missing.candidates:
                raise
    return match(db, "deal", "title", wanted, exact=("external_id",))


def find_cadence(db: Database, reference: str) -> Found:
    """The cadence meant by a key or a unique name. Raises NotFound, with candidates."""
    return match(db, "cadence", "name", reference.strip(), exact=("key",))


def _base(table: str, column: str) -> str:
    return f'SELECT id, {column} FROM "{table}" WHERE removed_by IS NULL'


def match(
    db: Database, table: str, column: str, wanted: str, base: str = "", exact: tuple[str, ...] = ()
) -> Found:
    """The one record of `table` that `wanted` means: its id, a whole value, or the start of a word in its name.

    Raises NotFound where there is none or more than one.
    """
    base = base or _base(table, column)
    names = f"SELECT id, {column} FROM ({base})"
    number = number_of(wanted)
    if number is not None:
        rows = db.rows(f"{names} WHERE id = ?", (number,))
        if rows:
            return Found(*rows[0])
    for name in exact:
        row = db.row(
            f'SELECT b.id, b.{column} FROM ({base}) b JOIN "{table}" t ON t.id = b.id'
            f" WHERE t.{name} = ? COLLATE NOCASE",
            (wanted,),
        )
        if row:
            return Found(*row)
    rows = db.rows(f"{names} WHERE {column} = ? COLLATE NOCASE LIMIT ?", (wanted, SHOWN))
    start = like(wanted)
    for patterns in ((f"{start} %", f"% {start}", f"% {start} %"), (f"{start}%", f"% {start}%")):
        if rows or not wanted:
            break  # a whole word of a name goes before the start of one: "ana" is Ana Ruiz, not Priti Anand
        either = " OR ".join(f"{column} LIKE ? ESCAPE '|'" for _ in patterns)
        rows = db.rows(f"{names} WHERE {either} LIMIT ?", (*patterns, SHOWN))
    if not rows and not wanted.isascii():  # LIKE folds only ASCII letters
        folded = wanted.casefold()
        rows = [row for row in db.rows(names) if f" {row[1]}".casefold().find(f" {folded}") >= 0][:SHOWN]
    return one(rows, table, wanted)


def one(rows: list[tuple[int, str]], what: str, wanted: str, remedy: str = "") -> Found:
    """The only row of `rows`. Raises NotFound, naming the candidates where there are several."""
    if len(rows) == 1:
        return Found(*rows[0])
    if not rows:
        raise NotFound(
            f'There is no {what} "{wanted}".', remedy or f"Check the spelling, or list the {what}s."
        )
    names = tuple(f"{name} ({number})" for number, name in rows)
    several = f"{', '.join(names)} or others" if len(rows) == SHOWN else " or ".join(names)
    raise NotFound(f'"{wanted}" could be {several}.', "Name it in full, or by its number.", candidates=names)


def like(text: str) -> str:
    """`text` with LIKE's own signs taken literally, escaped by a bar."""
    return text.replace("|", "||").replace("%", "|%").replace("_", "|_")

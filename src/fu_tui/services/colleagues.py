"""When somebody joins: a new user of the file, or one who had left and is back. One rule: nobody is there twice,
neither by name nor by handle, mail or login."""

from __future__ import annotations

from collections.abc import Mapping

from fu_tui.core.errors import Refused, UsageError
from fu_tui.core.events import Event
from fu_tui.core.events_life import UserJoined
from fu_tui.core.terms import Role
from fu_tui.core.text import clean_text
from fu_tui.services.context import Context
from fu_tui.services.setup import handle_for, zone
from fu_tui.store.lookup import find_person
from fu_tui.store.models import User
from fu_tui.store.unit import Unit


class Colleagues:
    """The verb `add_user`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add_user(
        self,
        name: str,
        *,
        handle: str = "",
        email: str = "",
        role: Role = Role.REP,
        tz: str = "",
        login: str = "",
        manager: str = "",
    ) -> tuple[Event, ...]:
        """Add a user, or bring back one of that name or mail who had left, as they were.

        handle: what they are called in a line; made of the name unless told. tz: an IANA name; mine unless told.
        login: the system login that is this person. manager: who is told what stands still; who adds them, unless told.
        They work by my calendar. Raises Refused for a rep, or where somebody is there already; UsageError, NotFound.
        """
        context = self._context
        if context.me.role is Role.REP:
            raise Refused("Only a manager or an admin adds a colleague.", "Ask one of them.")
        if role is Role.ADMIN and context.me.role is not Role.ADMIN:
            raise Refused("Only an admin adds an admin.", "Ask one, or add a manager.")
        name, handle, email, login = (
            " ".join(clean_text(text).split()) for text in (name, handle, email, login)
        )
        handle = handle.lstrip("+@")
        if not name:
            raise UsageError("A colleague has a name.", "Say what people call them.")
        if any(letter.isspace() for letter in handle):
            raise UsageError(f'"{handle}" is no handle.', "It is one word: sam, or sam-hill.")
        told = {
            "email": email or None, "login": login or None, "tz": zone(tz) if tz else None,
            "manager": find_person(context.db, manager).id if manager else None,
        }  # fmt: skip
        told = {key: value for key, value in told.items() if value is not None}
        with context.unit("user") as work:
            gone = None if handle else self._gone(work, name, email)
            if gone is not None:
                return (self._back(work, gone, told),)
            self._refuse_twice(work, name, handle, email, login)
            handle = handle or handle_for(work.db, name)
            user_id = work.insert(
                User, name=name, handle=handle, role=role, calendar=context.me.calendar_id,
                **{"tz": context.me.tz, "manager": context.me.id} | told,
            )  # fmt: skip
            work.summary = f"added {name} ({handle})"
        return (UserJoined(user_id, name, handle, False),)

    @staticmethod
    def _gone(work: Unit, name: str, email: str) -> int | None:
        """The only one of that name or mail, if they had left."""
        rows = work.db.rows(
            "SELECT id, active FROM user WHERE removed_by IS NULL AND"
            " (name = ?1 COLLATE NOCASE OR (?2 <> '' AND email = ?2 COLLATE NOCASE))",
            (name, email),
        )
        return int(rows[0][0]) if len(rows) == 1 and not rows[0][1] else None

    @staticmethod
    def _back(work: Unit, user_id: int, told: Mapping[str, object]) -> UserJoined:
        user = work.load(User, user_id)
        work.update(User, user_id, active=True, **told)
        work.summary = f"{user.name} is back"
        return UserJoined(user_id, user.name, user.handle, True)

    @staticmethod
    def _refuse_twice(work: Unit, name: str, handle: str, email: str, login: str) -> None:
        """Two may have one name, where a handle of its own tells them apart."""
        for column, value, remedy in (
            ("handle", handle, "Give this one another handle."),
            ("email", email, "It is them, or the mail is another's."),
            ("login", login, "A login is one person's."),
            ("name", "" if handle else name, "If they are two, give this one a handle of its own: --handle."),
        ):
            found = value and work.db.row(
                f"SELECT name, handle FROM user WHERE {column} = ? COLLATE NOCASE AND removed_by IS NULL",
                (value,),
            )
            if found:
                what = f"{found[0]} ({found[1]}) is there already"
                raise Refused(
                    f"{what}." if column == "name" else f"{what}, with the {column} {value}.", remedy
                )

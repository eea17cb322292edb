"""Whose the imported records are. One rule: an owner in a file is a user, or the person importing has to say what to do
with them; nothing is handed to somebody by guess."""

from __future__ import annotations

from collections import Counter

from fu_tui.core.errors import NotFound, UsageError
from fu_tui.core.terms import Role
from fu_tui.exchange.plan import ImportPlan
from fu_tui.exchange.records import UserRecord, fold
from fu_tui.services.context import Context
from fu_tui.services.setup import handle_for
from fu_tui.store.lookup import Person, find_person, people, person
from fu_tui.store.models import User
from fu_tui.store.unit import Unit

_SHOWN = 5


class Owners:
    """The users of a plan and of the database, by name."""

    def __init__(
        self, context: Context, plan: ImportPlan, *, me: str | None, owner: str | None, create_users: bool
    ) -> None:
        """Raises UsageError for owners who are no users, unless `owner` or `create_users` says what becomes of them.

        me: the name in the files (or of a user) that is the person importing. Raises NotFound where there is none.
        """
        self._context = context
        self._known = {fold(user.name): user for user in people(context.db)}
        self._records = {fold(user.name): user for user in plan.users}
        self._strangers = [
            name for name in plan.unknown_owners() if name and fold(name) not in self._known | self._records
        ]
        self._me = self._find_me(me)
        self._fallback = (
            find_person(context.db, owner) if owner and fold(owner) not in self._records else None
        )
        self._fallback_name = fold(owner) if owner and self._fallback is None else ""
        strangers = [name for name in self._strangers if fold(name) != fold(me or "")]
        if strangers and not create_users and not owner:
            names = ", ".join(strangers[:_SHOWN]) + (" …" if len(strangers) > _SHOWN else "")
            raise UsageError(
                f"{len(strangers)} owners in the files are no users: {names}.",
                "Make them users with --create-users, or give their records to one with --owner NAME.",
            )
        if create_users:
            for name in strangers:
                self._records.setdefault(fold(name), UserRecord("", 0, name))
        self._ids: dict[str, int] = {}
        self.given: Counter[str] = Counter()

    @property
    def me_name(self) -> str:
        """The name of the person importing, after the import."""
        return self._me or self._context.me.name

    def write(self, work: Unit) -> tuple[int, int]:
        """Make the users that are new, and say who is whose manager. Returns how many were made, and known."""
        made = 0
        for key, record in self._records.items():
            if key == fold(self._me) and key not in self._known:
                self._ids[key] = self._become(work, record)
            elif key in self._known:
                self._ids[key] = self._known[key].id
            else:
                made += 1
                self._ids[key] = self._insert(work, record)
        if self._me and fold(self._me) not in self._ids:
            self._ids[fold(self._me)] = self._become(work, UserRecord("", 0, self._me))
        for key, record in self._records.items():
            manager = self._ids.get(fold(record.manager)) if record.manager else None
            if manager is not None and manager != self._ids[key]:
                work.update(User, self._ids[key], manager=manager)
        return made, sum(key in self._known for key in self._records)

    def of_contact(self, name: str, *, count: bool = True) -> int | None:
        """The owner of a contact or account; None where the file names nobody, which is an alarm (R172)."""
        if not name:
            self.given[""] += count
            return None
        return self._user(name)

    def of_deal(self, name: str) -> int:
        """The owner of a deal; the person importing where the file names nobody."""
        if not name:
            self.given[self.me_name] += 1
            return self._mine
        return self._user(name)

    def of_task(self, name: str) -> tuple[int, str]:
        """The owner of a task and the zone they live in; the person importing where the file names nobody."""
        number = self.of_deal(name)
        return number, person(self._context.db, number).tz

    @property
    def _mine(self) -> int:
        return self._ids.get(fold(self._me), self._context.me.id) if self._me else self._context.me.id

    def _user(self, name: str) -> int:
        key = fold(name)
        if key in self._ids:
            return self._ids[key]
        if key in self._known:
            return self._known[key].id
        fallback = self._ids[self._fallback_name] if self._fallback is None else self._fallback.id
        self.given[self._fallback.name if self._fallback else self._records[self._fallback_name].name] += 1
        return fallback

    def _find_fallback(self, owner: str | None) -> Person | None:
        """The user who gets the strangers' records; None where it is one of the files, or nobody."""
        if not owner or fold(owner) in self._records:
            return None
        return self._context.me if owner == "me" else find_person(self._context.db, owner)

    def _find_me(self, me: str | None) -> str:
        """The full name that `me` means: an owner or user of the files, or a user of the database."""
        if not me:
            return ""
        names = {fold(name): name for name in [*(u.name for u in self._records.values()), *self._strangers]}
        names |= {key: user.name for key, user in self._known.items()}
        wanted = fold(me)
        if wanted in names:
            return names[wanted]
        alike = [name for key, name in names.items() if key.startswith(wanted) or f" {wanted}" in f" {key}"]
        if len(alike) == 1:
            return alike[0]
        some = alike or sorted(names.values())
        raise NotFound(
            f'No owner in the files is called "{me}".' if not alike else f'"{me}" could be several owners.',
            f"There are: {', '.join(some[: _SHOWN * 2])}{' …' if len(some) > _SHOWN * 2 else ''}.",
            tuple(some),
        )

    def _become(self, work: Unit, record: UserRecord) -> int:
        """The person importing is this owner: their own user takes the name, and keeps its login and role."""
        mine = self._context.me
        work.update(
            User, mine.id, name=record.name, handle=handle_for(work.db, record.name),
            **({"email": record.email} if record.email else {}),
        )  # fmt: skip
        return mine.id

    def _insert(self, work: Unit, record: UserRecord) -> int:
        outside = {"source": "csv:users", "external_id": record.external_id} if record.external_id else {}
        return work.insert(
            User, handle=handle_for(work.db, record.name), name=record.name, email=record.email or None,
            calendar=self._context.me.calendar_id, role=record.role or Role.REP, tz=self._context.me.tz, **outside,
        )  # fmt: skip

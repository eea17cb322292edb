"""Whose the imported records are. One rule: an owner in a file is a user, or the person importing has to say what to do
with them; nothing is handed to somebody by guess."""

from __future__ import annotations

from collections import Counter

from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.terms import Role
from fu_tui.exchange.plan import ImportPlan
from fu_tui.exchange.records import UserRecord, fold
from fu_tui.services.context import Context
from fu_tui.services.setup import handle_for
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person, find_person, people, person
from fu_tui.store.models import User
from fu_tui.store.unit import Unit

_SHOWN = 5
_RANK = list(Role)
_SOURCE = "csv:users"


class Owners:
    """The users of a plan and of the database, by name."""

    def __init__(
        self, context: Context, plan: ImportPlan, *, me: str | None, owner: str | None, create_users: bool
    ) -> None:
        """Raises UsageError for owners who are no users, unless `owner` or `create_users` says what becomes of them.

        me: the name in the files (or of a user) that is the person importing. Raises NotFound where there is none
        or more than one, Refused where it is a user that somebody else signs in as.
        """
        self._context = context
        self._users = _users(context.db)
        self._records = {fold(user.name): user for user in plan.users}
        self._known = {key: found for key, user in self._records.items() if (found := self._known_as(user))}
        named = [*plan.unknown_owners(), *dict.fromkeys(account.owner for account in plan.accounts)]
        strangers = {
            fold(name): name for name in named if name and fold(name) not in self._users | self._records
        }
        self._me = self._find_me(me, strangers)
        self._became = self._other_me()
        strangers.pop(fold(self._me), None)
        if create_users:
            self._records |= {key: UserRecord("", 0, name) for key, name in strangers.items()}
        elif strangers and not owner:
            names = ", ".join([*strangers.values()][:_SHOWN]) + (" …" if len(strangers) > _SHOWN else "")
            who = "1 owner in the files is no user" if len(strangers) == 1 else (
                f"{len(strangers)} owners in the files are no users")  # fmt: skip
            raise UsageError(
                f"{who}: {names}.",
                "Make them users with --create-users, or give their records to one with --owner NAME.",
            )
        self._fallback, self._fallback_name = self._find_fallback(owner)
        self._ids: dict[str, int] = {}
        self._zones: dict[int, str] = {}
        self.given: Counter[str] = Counter()

    @property
    def me_name(self) -> str:
        """The name of the person importing, after the import."""
        return self._became.name if self._became else self._me or self._context.me.name

    @property
    def actor(self) -> int:
        """The user who does the import, and may undo it: whom the person importing is from then on."""
        return self._became.id if self._became else self._context.me.id

    @property
    def new(self) -> int:
        """How many users the import makes."""
        return len(self._records) - self.known - (fold(self._me) in self._records.keys() - self._known.keys())

    @property
    def known(self) -> int:
        """How many users of the files are there already."""
        return len(self._known)

    def write(self, work: Unit) -> None:
        """Make the users that are new, and say who is whose manager."""
        mine = fold(self._me)
        self._ids = {key: user.id for key, user in (self._users | self._known).items()}
        fresh = [key for key in self._records if key not in self._known]
        for key in fresh:
            self._ids[key] = self.actor if key == mine else self._insert(work, self._records[key])
        if self._me and (mine in fresh or mine not in self._ids):
            self._rename(work, self._records.get(mine) or UserRecord("", 0, self._me))
            self._ids[mine] = self.actor
        if self._became:
            self._move_in(work, self._became)
        self._ids[fold(self.me_name)] = self.actor
        self._ids[""] = self._fallback or self._ids[fold(self._fallback_name)]
        for key in fresh:
            manager = fold(self._records[key].manager)
            if manager and self._ids[manager] != self._ids[key]:
                work.update(User, self._ids[key], manager=self._ids[manager])

    def of_contact(self, name: str, *, count: bool = True) -> int | None:
        """The owner of a contact or account; None where the file names nobody, which is an alarm (R172)."""
        if not name:
            self.given[""] += count
            return None
        return self._user(name, count)

    def of_deal(self, name: str) -> int:
        """The owner of a deal; the person importing where the file names nobody."""
        if not name:
            self.given[self.me_name] += 1
            return self.actor
        return self._user(name)

    def of_task(self, name: str) -> tuple[int, str]:
        """The owner of a task and the zone they live in; the person importing where the file names nobody."""
        number = self.of_deal(name)
        if number not in self._zones:
            self._zones[number] = person(self._context.db, number).tz
        return number, self._zones[number]

    def _user(self, name: str, count: bool = True) -> int:
        found = self._ids.get(fold(name))
        if found is None:
            self.given[self._fallback_name] += count
            found = self._ids[""]
        return found

    def _known_as(self, record: UserRecord) -> Person | None:
        """The user that a record of the files is: of its external id, else of its name or e-mail."""
        number = record.external_id and self._context.db.value(
            "SELECT id FROM user WHERE source = ? AND external_id = ? AND removed_by IS NULL",
            (_SOURCE, record.external_id),
        )
        if number:
            return person(self._context.db, number)
        return self._users.get(fold(record.name)) or self._users.get(fold(record.email))

    def _find_fallback(self, owner: str | None) -> tuple[int | None, str]:
        """Whose the strangers' records become: the id, where it is a user already, and the name."""
        if owner is None or owner == "me" or fold(owner) == fold(self.me_name):
            return self.actor, self.me_name
        if fold(owner) in self._records:
            return None, self._records[fold(owner)].name
        found = find_person(self._context.db, owner)
        return found.id, found.name

    def _find_me(self, me: str | None, strangers: dict[str, str]) -> str:
        """The full name that `me` means: an owner or user of the files, or a user of the database."""
        if not me:
            return ""
        names = strangers | {key: user.name for key, user in self._records.items()}
        names |= {key: user.name for key, user in self._users.items() if key not in names}
        wanted = fold(me)
        if wanted in names:
            return names[wanted]
        alike = dict.fromkeys(
            name for key, name in names.items() if key.startswith(wanted) or f" {wanted}" in key
        )
        if len(alike) == 1:
            return next(iter(alike))
        some = tuple(sorted(alike or set(names.values())))
        raise NotFound(
            f'"{me}" could be several owners.' if alike else f'No owner in the files is called "{me}".',
            f"There are: {', '.join(some[: _SHOWN * 2])}{' …' if len(some) > _SHOWN * 2 else ''}.",
            some,
        )

    def _other_me(self) -> Person | None:
        """The user the person importing is, where that is another one than acts now. Raises Refused."""
        found = self._known.get(fold(self._me)) or self._users.get(fold(self._me))
        if found is None or found.id == self._context.me.id:
            return None
        if not self._login(self._context.me.id):
            raise Refused(
                f"You act as {self._context.me.name} by name, not by your login.",
                f"Act as {found.name} instead: fu --as {found.handle} import …",
            )
        if login := self._login(found.id):
            raise Refused(
                f'{found.name} is the user of somebody with the login "{login}".',
                "Leave --me out, or name another owner.",
            )
        return found

    def _login(self, user: int) -> str:
        return self._context.db.value("SELECT login FROM user WHERE id = ?", (user,)) or ""

    def _rename(self, work: Unit, record: UserRecord) -> None:
        """The person importing is this new owner: their own user takes the name, and keeps its login and role."""
        work.update(
            User, self.actor, name=record.name, handle=handle_for(work.db, record.name), **_of_record(record)
        )

    def _move_in(self, work: Unit, user: Person) -> None:
        """The person importing is this user from now on: it gets their login, and their role where that is higher.

        The user they were until now, which is the one of the first day, is of no use where it owns nothing.
        """
        mine = self._context.me
        login = self._login(mine.id)
        work.update(User, mine.id, login=None, **({} if _owns(work.db, mine.id) else {"active": False}))
        work.update(User, user.id, login=login, role=max(user.role, mine.role, key=_RANK.index))

    def _insert(self, work: Unit, record: UserRecord) -> int:
        return work.insert(
            User, handle=handle_for(work.db, record.name), name=record.name,
            calendar=person(work.db, self._context.me.id).calendar_id, role=record.role, tz=self._context.me.tz,
            **_of_record(record),
        )  # fmt: skip


def _of_record(record: UserRecord) -> dict[str, str]:
    """What a file may say of a user beside the name."""
    outside = {"source": _SOURCE, "external_id": record.external_id} if record.external_id else {}
    return outside | ({"email": record.email} if record.email else {})


def _users(db: Database) -> dict[str, Person]:
    """The active users by what a file may call them: a name, else an e-mail, else a handle."""
    everybody = people(db)
    mails = dict(db.rows("SELECT id, email FROM user WHERE email <> '' AND removed_by IS NULL"))
    found = {fold(user.handle): user for user in everybody}
    found |= {fold(mails[user.id]): user for user in everybody if user.id in mails}
    return found | {fold(user.name): user for user in everybody}


def _owns(db: Database, user: int) -> bool:
    """Whether anything that is open, or any record, belongs to a user, or anybody reports to them."""
    return bool(db.value(
        "SELECT EXISTS (SELECT 1 FROM account WHERE owner_id = ?1 AND removed_by IS NULL)"
        " OR EXISTS (SELECT 1 FROM contact WHERE owner_id = ?1 AND removed_by IS NULL)"
        " OR EXISTS (SELECT 1 FROM deal WHERE owner_id = ?1 AND removed_by IS NULL)"
        " OR EXISTS (SELECT 1 FROM task WHERE ?1 IN (owner_id, acting_owner_id) AND status IN ('open', 'held'))"
        " OR EXISTS (SELECT 1 FROM enrollment WHERE assignee_id = ?1 AND state <> 'ended' AND removed_by IS NULL)"
        " OR EXISTS (SELECT 1 FROM user WHERE manager_id = ?1 AND active AND removed_by IS NULL)",
        (user,),
    ))  # fmt: skip

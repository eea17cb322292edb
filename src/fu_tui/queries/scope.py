"""Whose queue is looked at. One rule: a private task shows in nobody else's (R51)."""

from __future__ import annotations

from dataclasses import dataclass

from fu_tui.store.database import Database
from fu_tui.store.lookup import Person


@dataclass(frozen=True, slots=True)
class Scope:
    """One person's queue, or that of several."""

    label: str
    """What the header says: "mine", "team", "everyone" or a name."""
    viewer_id: int
    user_ids: tuple[int, ...]
    """Whose tasks; empty means everybody's."""

    @property
    def is_one(self) -> bool:
        """Whether it is one person's queue, which an index serves in order."""
        return len(self.user_ids) == 1

    @property
    def is_mine(self) -> bool:
        """Whether the viewer looks at their own queue."""
        return self.user_ids == (self.viewer_id,)

    def where(self, column: str = "t.queue_owner_id") -> tuple[str, list[int]]:
        """A condition on the owner, with its parameters."""
        if not self.user_ids:
            return "1", []
        if self.is_one:
            return f"{column} = ?", [self.user_ids[0]]
        return f"{column} IN ({', '.join('?' * len(self.user_ids))})", list(self.user_ids)

    def sees(self, private: str, owner: str) -> tuple[str, list[int]]:
        """A condition that leaves other people's private tasks out."""
        return ("1", []) if self.is_mine else (f"(NOT {private} OR {owner} = ?)", [self.viewer_id])


def mine(me: Person) -> Scope:
    """The viewer's own queue."""
    return Scope("mine", me.id, (me.id,))


def of_person(me: Person, other: Person) -> Scope:
    """Another person's queue, as the viewer may see it."""
    return mine(me) if other.id == me.id else Scope(other.name, me.id, (other.id,))


def everyone(me: Person) -> Scope:
    """Everybody's queue."""
    return Scope("everyone", me.id, ())


def team(db: Database, me: Person) -> Scope:
    """Those who report to the viewer, at any depth, with the viewer; where nobody does, the team of the viewer's
    manager, the viewer included; everybody, where there is no manager either."""
    leads = db.value("SELECT 1 FROM user WHERE manager_id = ? AND removed_by IS NULL LIMIT 1", (me.id,))
    root = me.id if leads else me.manager_id
    if root is None:
        return everyone(me)
    rows = db.rows(
        "WITH RECURSIVE t(id) AS (SELECT ? UNION SELECT u.id FROM user u JOIN t ON u.manager_id = t.id"
        " WHERE u.removed_by IS NULL) SELECT id FROM t",
        (root,),
    )
    return Scope("team", me.id, tuple(sorted(row[0] for row in rows)))

"""When somebody leaves: everything that was theirs is another's, in one entry (R183). One rule: nothing is lost, and
nothing open belongs to one who is not there (I3)."""

from __future__ import annotations

from fu_tui.core.errors import Refused
from fu_tui.core.events import Event
from fu_tui.core.events_life import UserLeft
from fu_tui.core.terms import Role, TaskStatus
from fu_tui.services.absences import apply
from fu_tui.services.context import Context
from fu_tui.services.handing import pass_on
from fu_tui.store.lookup import find_person
from fu_tui.store.models import Absence, Account, Case, Contact, Deal, Record, Series, Task, User
from fu_tui.store.unit import Unit

OWNED: tuple[type[Record], ...] = (Contact, Deal, Account, Case, Series)


class Leaving:
    """The verb `deactivate`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def deactivate(self, who: str, to: str) -> tuple[Event, ...]:
        """Make a user inactive, and `to` the owner of their contacts, deals, accounts, cases, series, tasks, cadences.

        What they covered for others is given back, who reported to them reports to `to`, their private tasks are
        cancelled. Raises Refused for a rep, for oneself, or where no admin would be left; NotFound.
        """
        context = self._context
        leaver, heir = find_person(context.db, who), find_person(context.db, to)
        if context.me.role is Role.REP:
            raise Refused("Only a manager or an admin can say that somebody leaves.", "Ask one of them.")
        if leaver.id == context.me.id:
            raise Refused("You can't take yourself away.", "Ask another admin.")
        if leaver.id == heir.id:
            raise Refused(
                f"{leaver.name} leaves, so they can't take it over.", "Name somebody else with --to."
            )
        with context.unit("handoff", f"{leaver.name} has left") as work:
            counts = {model: self._owned(work, model, leaver.id, heir.id) for model in OWNED}
            tasks = pass_on(work, "1", (), leaver.id, heir.id)
            self._private(work, leaver.id)
            self._people(work, leaver.id, heir.id)
            work.update(User, leaver.id, active=False)
            absent = apply(context, work, [heir.id], set(tasks))
            work.summary = f"{leaver.name} has left; what was theirs is {heir.name}'s"
        return (UserLeft(leaver.id, leaver.name, heir.name, tasks, counts[Contact], counts[Deal]), *absent)

    def _owned(self, work: Unit, model: type[Record], leaver: int, heir: int) -> int:
        table = model._meta.table_name
        rows = work.db.rows(f'SELECT id FROM "{table}" WHERE owner_id = ? AND removed_by IS NULL', (leaver,))
        for (record_id,) in rows:
            work.update(model, record_id, owner=heir)
        return len(rows)

    def _private(self, work: Unit, leaver: int) -> None:
        """What was for their eyes only is for nobody's."""
        for (task_id,) in work.db.rows(
            "SELECT id FROM task WHERE owner_id = ? AND kind = 'private' AND status IN ('open', 'held')",
            (leaver,),
        ):
            work.update(Task, task_id, status=TaskStatus.CANCELLED, status_changed_at=work.at)

    def _people(self, work: Unit, leaver: int, heir: int) -> None:
        """Nobody reports to them, waits for their cover, or is absent in their name."""
        above = work.load(User, leaver).manager
        for (user_id,) in work.db.rows("SELECT id FROM user WHERE manager_id = ?", (leaver,)):
            work.update(User, user_id, manager=above if user_id == heir else heir)
        for (task_id,) in work.db.rows(
            "SELECT id FROM task WHERE acting_owner_id = ? AND status IN ('open', 'held')", (leaver,)
        ):
            work.update(Task, task_id, acting_owner=None)
        for absence_id, whose in work.db.rows(
            "SELECT id, user_id FROM absence WHERE (user_id = ?1 OR cover_user_id = ?1) AND removed_by IS NULL",
            (leaver,),
        ):
            change = {"removed_by": work.entry} if whose == leaver else {"cover_user": None}
            work.update(Absence, absence_id, **change)

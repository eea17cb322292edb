"""Saving, retiring and taking up cadences. One rule: a version that somebody could run on never changes; a change is a
new version beside it, and what runs keeps the one it began with until it is migrated.
"""

from __future__ import annotations

from dataclasses import replace

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.cadence_fields import HEADER, STEP
from fu_tui.core.cadence_rules import problems
from fu_tui.core.errors import Conflict, Refused
from fu_tui.core.events import CadenceBack, CadenceRetired, CadenceSaved, CadenceUnchanged, Event
from fu_tui.services.context import Context
from fu_tui.store.lookup import Found, find_cadence
from fu_tui.store.models import Cadence, CadenceStep, CadenceVersion
from fu_tui.store.plans import newest_version, plan_of
from fu_tui.store.unit import Unit

NEEDED = {
    "nurture": "a conversation that nobody answers goes there",
    "lost": "a lost deal goes there",
    "onboarding": "a won deal goes there",
    "post-meeting": "a meeting that was held goes on there",
    "standard": "outreach that starts again after months goes there",
}
"""Key → why closing can't do without it."""
_OF_THE_RECORD = ("name", "kind")
"""What is said of the cadence itself and not of one version."""


class Cadences:
    """The verbs `save_cadence`, `retire_cadence`, `revive_cadence`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def save_cadence(
        self, plan: CadencePlan, *, based_on: int | None = None, new: bool = False
    ) -> tuple[Event, ...]:
        """Save a plan under its key: as a new cadence, or as the next version of the one that has the key.

        based_on: the number of the version that was looked at; a newer one is a Conflict.
        new: whether there must be none of that key yet. The plan's own `n` says nothing.
        Returns CadenceSaved, or CadenceUnchanged where the newest version says the same and nothing was written.
        Raises Refused with the first thing that is wrong, or Conflict.
        """
        wrong = problems(plan)
        if wrong:
            more = f" ({len(wrong) - 1} more)" if len(wrong) > 1 else ""
            raise Refused(f"{plan.name or plan.key} can't be saved. {wrong[0]}{more}")
        db = self._context.db
        found = db.value("SELECT id FROM cadence WHERE key = ? AND removed_by IS NULL", (plan.key,))
        if found is None:
            with self._context.unit("cadence") as work:
                return (self._first(work, plan),)
        if new:
            raise Refused(f'There is a cadence "{plan.key}" already.', "Give this one another key.")
        newest = plan_of(db, newest_version(db, found))
        if replace(plan, n=newest.n) == newest:
            return (CadenceUnchanged(newest.key, newest.name, newest.n),)
        with self._context.unit("cadence") as work:
            newest = plan_of(db, newest_version(db, found))
            if based_on is not None and newest.n != based_on:
                raise Conflict(
                    f"{newest.name} was changed meanwhile: version {newest.n} is the newest, not {based_on}.",
                    "Look at it, then make your change again.",
                )
            return (self._next(work, found, replace(plan, n=newest.n), newest),)

    def retire_cadence(self, reference: str) -> tuple[Event, ...]:
        """From now on nobody begins it; what runs goes on. Raises NotFound, or Refused where closing needs it."""
        found, key, retired = self._find(reference)
        if key in NEEDED:
            raise Refused(f"{found.name} can't be retired: {NEEDED[key]}.", "Change its steps instead.")
        if retired:
            raise Refused(f"{found.name} is retired already.")
        with self._context.unit("cadence") as work:
            work.update(Cadence, found.id, retired=True)
            work.summary = f"retired {found.name}"
        db = self._context.db
        running = db.value(
            "SELECT count(*) FROM enrollment WHERE cadence_id = ? AND state <> 'ended' AND removed_by IS NULL",
            (found.id,),
        )
        named = db.rows(
            "SELECT 'the stage ' || name FROM stage WHERE cadence_key = ?1 AND removed_by IS NULL UNION ALL"
            " SELECT 'the trigger ' || key FROM trigger_rule WHERE cadence_key = ?1 AND enabled AND removed_by IS NULL",
            (key,),
        )
        return (CadenceRetired(key, found.name, int(running), tuple(row[0] for row in named)),)

    def revive_cadence(self, reference: str) -> tuple[Event, ...]:
        """A retired one may begin again. Raises NotFound, or Refused where it is not retired."""
        found, key, retired = self._find(reference)
        if not retired:
            raise Refused(f"{found.name} is not retired.")
        with self._context.unit("cadence") as work:
            work.update(Cadence, found.id, retired=False)
            work.summary = f"took up {found.name} again"
        return (CadenceBack(key, found.name),)

    def _find(self, reference: str) -> tuple[Found, str, bool]:
        found = find_cadence(self._context.db, reference)
        ((key, retired),) = self._context.db.rows(
            "SELECT key, retired FROM cadence WHERE id = ?", (found.id,)
        )
        return found, key, bool(retired)

    def _first(self, work: Unit, plan: CadencePlan) -> CadenceSaved:
        cadence = work.insert(Cadence, key=plan.key, name=plan.name, kind=plan.kind)
        version = write_version(work, cadence, plan, 1)
        work.summary = f"added the cadence {plan.name}"
        return CadenceSaved(cadence, plan.key, plan.name, 1, version, 0)

    def _next(self, work: Unit, cadence: int, plan: CadencePlan, newest: CadencePlan) -> CadenceSaved:
        """The next version; the same one where only what is said of the cadence itself is different."""
        n = newest.n
        work.update(Cadence, cadence, name=plan.name, kind=plan.kind)
        if plan != replace(newest, name=plan.name, kind=plan.kind):
            n = 1 + int(work.db.value("SELECT max(n) FROM cadence_version WHERE cadence_id = ?", (cadence,)))
            version = write_version(work, cadence, plan, n)
            work.summary = f"changed the cadence {plan.name}: version {n}"
        else:
            version = newest_version(work.db, cadence)
            work.summary = f"changed what the cadence {plan.name} is called"
        self._context.forget_plans()
        older = work.db.value(
            "SELECT count(*) FROM enrollment WHERE cadence_id = ? AND version_id <> ? AND state <> 'ended'"
            " AND removed_by IS NULL",
            (cadence, version),
        )
        return CadenceSaved(cadence, plan.key, plan.name, n, version, int(older))


def write_version(work: Unit, cadence_id: int, plan: CadencePlan, n: int) -> int:
    """Write a version of a cadence with its steps. Returns its id."""
    version = work.insert(
        CadenceVersion, cadence=cadence_id, n=n,
        **{field.attribute: getattr(plan, field.attribute) for field in HEADER if field.name not in _OF_THE_RECORD},
    )  # fmt: skip
    for step in plan.steps:
        said = {field.attribute: getattr(step, field.attribute) for field in STEP}
        work.insert(CadenceStep, version=version, no=step.no, **said)
    return version

"""The lists of what needs a person's decision, and of whom to enroll. One rule: one statement a list; a list counts,
it is no error."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Bucket
from fu_tui.queries.matching import matching
from fu_tui.queries.queue import SELECT, View, found_by, page, to_row
from fu_tui.queries.records import DEAL_WORDS, DEALS, deal_row
from fu_tui.queries.rows import QueueRow
from fu_tui.queries.scope import Scope
from fu_tui.queries.slip_rows import DealRow, Slip, SlipRow, StalledRow
from fu_tui.queries.slips import (
    NO_NEXT_STEP,
    STALLED,
    UNLINKED,
    in_triage,
    left_open,
    resting,
    unowned,
)
from fu_tui.store.database import Database


def triage(db: Database, view: View, limit: int = -1) -> tuple[QueueRow, ...]:
    """Open tasks that nothing happened to for 14 days, or that are linked to nobody; the oldest first (R21, R84)."""
    tasks, ids = in_triage(db, view)
    return _tasks(db, view, f"t.id IN ({tasks})", ids, limit)


def unlinked(db: Database, view: View, limit: int = -1) -> tuple[QueueRow, ...]:
    """Open tasks that are linked to nobody, the oldest first (R21)."""
    owner, ids = view.scope.where()
    return _tasks(db, view, f"{UNLINKED} AND {owner}", ids, limit)


def _tasks(db: Database, view: View, where: str, ids: Sequence[Any], limit: int) -> tuple[QueueRow, ...]:
    words, values = found_by(view)
    on, day = ("t.due_on = ?", [view.on.isoformat()]) if view.on else ("1", [])
    rows = db.rows(
        f"{SELECT} WHERE {where} AND {on} AND {words}"
        " ORDER BY max(t.first_due_on, substr(t.status_changed_at, 1, 10)), t.id LIMIT ?",
        [*ids, *day, *values, limit],
    )
    return tuple(map(to_row, rows))


def stalled(db: Database, scope: Scope, words: str = "", limit: int = -1) -> tuple[StalledRow, ...]:
    """Active enrollments without an open or held task, the oldest first."""
    owner, ids = scope.where("e.assignee_id")
    condition, values = matching(words, ("k.name", "c.name", "d.title", "u.name"))
    rows = db.rows(
        "SELECT e.id, k.key, k.name, e.contact_id, c.name, e.deal_id, d.title, u.handle, e.current_step, e.started_at"
        " FROM enrollment e JOIN cadence k ON k.id = e.cadence_id JOIN user u ON u.id = e.assignee_id"
        " LEFT JOIN contact c ON c.id = e.contact_id LEFT JOIN deal d ON d.id = e.deal_id"
        f" WHERE e.id IN (SELECT e.id {STALLED.format(owner=owner)}) AND {condition} ORDER BY e.id LIMIT ?",
        [*ids, *values, limit],
    )
    return tuple(map(StalledRow._make, rows))


def no_next_step(db: Database, scope: Scope, words: str = "", limit: int = -1) -> tuple[DealRow, ...]:
    """Open deals without an open task, a running cadence or a park, the longest in their stage first (R196)."""
    owner, ids = scope.where("d.owner_id")
    condition, values = matching(words, DEAL_WORDS)
    rows = db.rows(
        f"{DEALS} WHERE d.id IN (SELECT d.id {NO_NEXT_STEP.format(owner=owner)}) AND {condition}"
        " ORDER BY d.stage_entered_at, d.id LIMIT ?",
        [*ids, *values, limit],
    )
    return tuple(map(deal_row, rows))


def slips(db: Database, view: View, which: Slip, limit: int) -> Sequence[SlipRow]:
    """What is on one of the lists of what slips; of what has no next step the deals come first."""
    scope, words = view.scope, view.words
    match which:
        case Slip.TRIAGE:
            return triage(db, view, limit)
        case Slip.NO_NEXT_STEP:
            deals = no_next_step(db, scope, words, limit)
            room = limit - len(deals) if limit >= 0 else limit
            return (*deals, *left_open(db, scope, words, room)) if room else deals
        case Slip.STALLED:
            return stalled(db, scope, words, limit)
        case Slip.UNOWNED:
            return unowned(db, words, limit)
        case Slip.PARKED:
            return resting(db, scope, words, limit)
        case Slip.HIDDEN:
            return page(db, view, Bucket.HIDDEN, limit)


class DealTarget(NamedTuple):
    """A deal to enroll, with the first of its contacts."""

    deal_id: int
    contact_id: int | None


def to_enroll(
    db: Database, cadence_id: int, *, stage: str | None = None, owners: Scope, limit: int = -1
) -> tuple[DealTarget, ...]:
    """Open deals that are not parked and not in this cadence, the longest in their stage first.

    stage: the name of one; owners: whose deals. Raises NotFound for an unknown stage, naming those there are.
    """
    owner, values = owners.where("d.owner_id")
    stages: list[Any] = []
    if stage is not None:
        stages = [row[0] for row in db.rows(
            "SELECT id FROM stage WHERE name = ? COLLATE NOCASE AND removed_by IS NULL", (stage.strip(),)
        )]  # fmt: skip
        if not stages:
            raise _no_stage(db, stage)
    within = f"s.id IN ({', '.join('?' * len(stages))})" if stages else "1"
    rows = db.rows(
        f"SELECT d.id, {FIRST_CONTACT} FROM deal d JOIN stage s ON s.id = d.stage_id AND s.kind = 'open'"
        f" WHERE d.removed_by IS NULL AND d.parked_until IS NULL AND {owner} AND {within} AND NOT EXISTS"
        " (SELECT 1 FROM enrollment e WHERE e.deal_id = d.id AND e.cadence_id = ? AND e.state <> 'ended'"
        " AND e.removed_by IS NULL) ORDER BY d.stage_entered_at, d.id LIMIT ?",
        [*values, *stages, cadence_id, limit],
    )
    return tuple(map(DealTarget._make, rows))


FIRST_CONTACT = (
    "(SELECT x.contact_id FROM deal_contact x WHERE x.deal_id = d.id AND x.removed_by IS NULL"
    " ORDER BY x.id LIMIT 1)"
)


def contact_of_deal(db: Database, deal_id: int) -> int | None:
    """The first contact of a deal, if it has one."""
    found: int | None = db.value(f"SELECT {FIRST_CONTACT} FROM deal d WHERE d.id = ?", (deal_id,))
    return found


def asked_not(db: Database, kind: str, ids: Sequence[int]) -> dict[int, str]:
    """Those of these deals or enrollments whose contact, of a deal the first, asked not to be contacted: id → name."""
    whose = {
        "deal": f"SELECT d.id, c.name FROM deal d JOIN contact c ON c.id = {FIRST_CONTACT} WHERE d.id",
        "enrollment": "SELECT e.id, c.name FROM enrollment e JOIN contact c ON c.id = e.contact_id WHERE e.id",
    }
    rows = db.rows(
        f"{whose[kind]} IN (SELECT value FROM json_each(?)) AND c.do_not_contact", (json.dumps(list(ids)),)
    )
    return dict(rows)


def _no_stage(db: Database, wanted: str) -> NotFound:
    names = tuple(row[0] for row in db.rows(
        "SELECT DISTINCT name FROM stage WHERE kind = 'open' AND removed_by IS NULL ORDER BY position"
    ))  # fmt: skip
    return NotFound(f'There is no stage "{wanted}".', f"There are: {', '.join(names)}.", candidates=names)

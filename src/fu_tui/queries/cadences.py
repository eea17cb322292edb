"""Cadences as they are looked at: the list, one with its versions, who is enrolled where, what came back.

One rule: an answer is credited to the last touch before it, and a touch counts only once the answer to it came or was
waited out (§9); versions have other steps, so a step's figure is that of one version.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from fu_tui.core.errors import NotFound
from fu_tui.core.outcomes import TOUCHES
from fu_tui.core.terms import Direction, EndReason, ReplyClass
from fu_tui.queries.cadence_rows import CadenceRow, CadenceRun, CadenceSheet, Response
from fu_tui.store.database import Database
from fu_tui.store.plans import newest_version, plan_of

ANSWERED = (EndReason.REPLIED.value, EndReason.MEETING.value)
_quoted = ", ".join(f"'{reason}'" for reason in ANSWERED)
_TOUCHED = (
    "touch AS (SELECT t.enrollment_id AS e, t.step_no AS k, max(t.id) AS id FROM enrollment n"
    " JOIN task t ON t.enrollment_id = n.id WHERE {which} AND n.removed_by IS NULL AND t.removed_by IS NULL"
    " AND t.status = 'done' AND t.kind <> 'decide' AND t.outcome IN ({touches}) GROUP BY 1, 2),"
    " latest AS (SELECT e, k, max(id) AS id FROM touch GROUP BY e)"
)
"""The touches of enrollments, step by step, and the last of each."""
_CREDITED = (
    "credited AS (SELECT t.enrollment_id AS e, t.step_no AS k, max(a.id) FROM enrollment n"
    " JOIN task t ON t.enrollment_id = n.id JOIN activity a ON a.task_id = t.id WHERE {which}"
    f" AND a.direction = '{Direction.IN}' AND a.reply_class = '{ReplyClass.SUBSTANTIVE}' AND a.removed_by IS NULL"
    " GROUP BY 1)"
)
"""The step whose touch a reply answered, as it was logged: one that came late may answer an earlier one."""
_REPLIED = f"ifnull(n.end_reason, '') IN ({_quoted})"
_LIST = (
    f"WITH {_TOUCHED}, response AS (SELECT n.cadence_id AS c, sum({_REPLIED}) AS replied, count(*) AS n"
    " FROM latest JOIN enrollment n ON n.id = latest.e WHERE n.state = 'ended' GROUP BY 1)"
    " SELECT c.id, c.key, c.name, c.kind, v.n,"
    " (SELECT count(*) FROM cadence_step s WHERE s.version_id = v.id AND s.removed_by IS NULL),"
    " (SELECT count(*) FROM enrollment e WHERE e.cadence_id = c.id AND e.state <> 'ended' AND e.removed_by IS NULL),"
    " c.retired, ifnull(response.replied, 0), ifnull(response.n, 0)"
    " FROM cadence c JOIN cadence_version v ON v.id = (SELECT id FROM cadence_version WHERE cadence_id = c.id"
    " AND removed_by IS NULL ORDER BY n DESC LIMIT 1) LEFT JOIN response ON response.c = c.id"
    " WHERE c.removed_by IS NULL AND {only} ORDER BY c.retired, c.id"
)
_STEPS = (
    f"WITH {_TOUCHED}, {_CREDITED} SELECT touch.k, sum({_REPLIED} AND touch.k = coalesce(credited.k, latest.k)),"
    " sum(touch.id <> latest.id OR n.state = 'ended')"
    " FROM touch JOIN latest USING (e) JOIN enrollment n ON n.id = touch.e LEFT JOIN credited ON credited.e = touch.e"
    " GROUP BY 1"
)


def cadences(db: Database) -> tuple[CadenceRow, ...]:
    """All cadences, in the order in which they were made, the retired ones last."""
    return tuple(map(_row, db.rows(*_asked(_LIST))))


def sheet(db: Database, cadence_id: int) -> CadenceSheet:
    """One cadence. Raises NotFound."""
    found = db.rows(*_asked(_LIST, "n.cadence_id = ?", cadence_id, only="c.id = ?"))
    if not found:
        raise NotFound("That cadence is gone.", "`fu cadence list` shows those there are.")
    version = newest_version(db, cadence_id)
    running = db.rows(
        "SELECT v.n, count(*) FROM enrollment e JOIN cadence_version v ON v.id = e.version_id"
        " WHERE e.cadence_id = ? AND e.state <> 'ended' AND e.removed_by IS NULL GROUP BY 1 ORDER BY 1 DESC",
        (cadence_id,),
    )
    return CadenceSheet(_row(found[0]), plan_of(db, version), version, tuple(running), responses(db, version))


def responses(db: Database, version_id: int) -> dict[int, Response]:
    """Step → how often its touch was answered, in one version."""
    sql, values = _asked(_STEPS, "n.version_id = ?", version_id)
    found = db.rows(sql, (*values, version_id))
    return {step: Response(replied, of) for step, replied, of in found}


def runs(db: Database, cadence_id: int, limit: int = 500) -> tuple[CadenceRun, ...]:
    """Who is enrolled and not at the end, those first who are due first."""
    rows = db.rows(
        "SELECT e.id, c.name, d.title, v.n, e.current_step,"
        " (SELECT count(*) FROM cadence_step s WHERE s.version_id = v.id AND s.removed_by IS NULL),"
        " e.state, u.name, t.id, t.action, t.due_on"
        " FROM enrollment e JOIN cadence_version v ON v.id = e.version_id JOIN user u ON u.id = e.assignee_id"
        " LEFT JOIN contact c ON c.id = e.contact_id LEFT JOIN deal d ON d.id = e.deal_id"
        " LEFT JOIN task t ON t.enrollment_id = e.id AND t.status IN ('open', 'held') AND t.removed_by IS NULL"
        " WHERE e.cadence_id = ? AND e.state <> 'ended' AND e.removed_by IS NULL"
        " ORDER BY t.due_on IS NULL, t.due_on, e.id LIMIT ?",
        (cadence_id, limit),
    )
    return tuple(
        CadenceRun(
            number, " · ".join(part for part in (contact, deal) if part), n, step, steps, state, owner, task,
            action or "", date.fromisoformat(due) if due else None,
        )
        for number, contact, deal, n, step, steps, state, owner, task, action, due in rows
    )  # fmt: skip


def _asked(sql: str, which: str = "1", *values: int, only: str = "1") -> tuple[str, tuple[int | str, ...]]:
    """A statement about the touches of some enrollments, with its values; `only`: of some cadences, by the same."""
    marks = ", ".join("?" * len(TOUCHES))
    again = values if only != "1" else ()
    return sql.format(which=which, touches=marks, only=only), (*values, *sorted(TOUCHES), *again)


def _row(row: tuple[Any, ...]) -> CadenceRow:
    number, key, name, kind, n, steps, running, retired, replied, of = row
    return CadenceRow(number, key, name, kind, n, steps, running, bool(retired), Response(replied, of))

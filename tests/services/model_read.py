"""The state that a file is in, as the model says it. One rule: plain statements, none of them the code's."""

from __future__ import annotations

from datetime import date
from typing import Any

from fu_tui.services.running import is_touched
from tests.services.model import FAILED, SEARCHES_ON, Away, Item, Run, Search
from tests.services.model_life import Day, Lives
from tests.world import World


def read(world: World) -> Lives:
    """The state that a file is in."""
    db = world.db
    state = Lives()
    history = {row[0]: row for row in db.rows(
        "SELECT id, spawned_by_id, enrollment_id, step_no, priority, outcome, kind, attempt FROM task"
    )}  # fmt: skip
    for number, *values, decides, hidden, priority, by_hand, meeting, held, acting in db.rows(
        "SELECT id, contact_id, deal_id, owner_id, enrollment_id, step_no, kind = 'decide', hidden_until, priority,"
        " origin NOT IN ('cadence', 'trigger'), kind = 'meeting', status = 'held', acting_owner_id FROM task"
        " WHERE status IN ('open', 'held')"
    ):
        search = None if values[3] else search_of(history, number)
        touched = is_touched(db, number)
        state.open[number] = Item(
            *values,
            bool(decides),
            hidden,
            priority,
            bool(by_hand),
            bool(meeting),
            touched,
            search,
            bool(held),
            acting,
        )
    for number, *run, paused, failed, version in db.rows(
        "SELECT e.id, c.key, e.contact_id, e.deal_id, e.assignee_id, ifnull((SELECT max(step_no) FROM task t"
        " WHERE t.enrollment_id = e.id AND t.kind <> 'decide' AND t.status = 'done'), 1), e.state = 'paused',"
        " (SELECT step_no FROM task t WHERE t.enrollment_id = e.id AND t.removed_by IS NULL ORDER BY id DESC LIMIT 1),"
        " e.version_id FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE e.state <> 'ended'"
        " AND e.removed_by IS NULL"
    ):
        failed = failed if paused and state.task_of(number) is None else None
        state.runs[number] = Run(*run, bool(paused), failed, version)
    state.stages = dict(db.rows("SELECT d.id, s.name FROM deal d JOIN stage s ON s.id = d.stage_id"))
    state.shut = {row[0] for row in db.rows("SELECT id FROM contact WHERE do_not_contact")}
    state.said = [
        (contact, deal, bool(reply))
        for contact, deal, reply in db.rows(
            "SELECT contact_id, deal_id, reply_class <> 'none' FROM activity WHERE removed_by IS NULL"
            " AND (direction = 'in' OR reply_class IN ('none', 'terminal')) ORDER BY id"
        )
    ]
    parked = db.rows("SELECT id, parked_until FROM deal WHERE parked_until IS NOT NULL")
    state.parked = {deal: date.fromisoformat(until) for deal, until in parked}
    state.delivered = {row[0] for row in db.rows("SELECT id FROM deal WHERE delivered_on IS NOT NULL")}
    for kind in ("contact", "deal"):
        state.owners |= {
            (kind, number): owner for number, owner in db.rows(f"SELECT id, owner_id FROM {kind}")
        }
    state.speaks = dict(db.rows("SELECT deal_id, contact_id FROM deal_contact WHERE removed_by IS NULL"))
    state.away = {
        number: Away(user, date.fromisoformat(from_on), date.fromisoformat(to_on), policy, cover)
        for number, user, from_on, to_on, policy, cover in db.rows(
            "SELECT id, user_id, from_on, to_on, policy, cover_user_id FROM absence WHERE removed_by IS NULL"
        )
    }
    state.versions = dict(db.rows(
        "SELECT c.key, v.id FROM cadence_version v JOIN cadence c ON c.id = v.cadence_id WHERE v.removed_by IS NULL"
        " ORDER BY v.n"
    ))  # fmt: skip
    return state


def due_days(world: World) -> dict[int, Day]:
    """When every open task is due."""
    rows = world.db.rows("SELECT id, due_on, due_at IS NOT NULL FROM task WHERE status IN ('open', 'held')")
    return {task: Day(date.fromisoformat(day), bool(hour)) for task, day, hour in rows}


def search_of(history: dict[int, Any], number: int) -> Search | None:
    """What a task without a cadence searches an address for, from what came before it."""
    found: Search | None = None
    tries = 0
    task = history[number]
    while task[2] is None:
        if not tries and task[6] != "decide":
            tries = task[7]
        before = history.get(task[1] or 0)
        if before is None or before[5] not in FAILED | SEARCHES_ON:
            return found
        if before[5] in FAILED:
            found = Search(before[2], before[3], before[4], tries)
        task = before
    return found

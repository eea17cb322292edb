"""How many, for the header and the titles. One rule: never by counting rows; a table that triggers keep says it."""

from __future__ import annotations

from datetime import date

from fu_tui.core.clock import from_utc_text, utc_text
from fu_tui.core.terms import Bucket
from fu_tui.queries.queue import View, bucket_at, furthest, horizon
from fu_tui.queries.rows import Counts
from fu_tui.queries.scope import Scope, everyone
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person


def counts(db: Database, view: View) -> Counts:
    """Overdue, today, upcoming, later, hidden and done today; `no_next_step` is left to its own query."""
    scope, today, end = view.scope, view.today.isoformat(), horizon(view.today).isoformat()
    owner, ids = scope.where("user_id")
    seen, more = scope.sees("private", "user_id")
    late, now, soon, later = db.row(
        "SELECT ifnull(sum(n) FILTER (WHERE due_on < ?), 0), ifnull(sum(n) FILTER (WHERE due_on = ?), 0),"
        " ifnull(sum(n) FILTER (WHERE due_on > ? AND due_on <= ?), 0), ifnull(sum(n) FILTER (WHERE due_on > ?), 0)"
        f" FROM open_load WHERE {owner} AND {seen}",
        [today, today, today, end, end, *ids, *more],
    ) or (0, 0, 0, 0)
    owner, ids = scope.where("t.queue_owner_id")
    seen, more = scope.sees("t.kind = 'private'", "t.queue_owner_id")
    passed, passed_ahead = db.row(
        "SELECT count(*) FILTER (WHERE t.due_on = ?), count(*) FILTER (WHERE t.due_on > ?) FROM task t"
        f" WHERE t.status = 'open' AND t.due_at IS NOT NULL AND {owner} AND {seen}"
        " AND t.due_at < ? AND t.due_on >= ? AND t.due_on <= ?",
        [today, today, *ids, *more, utc_text(view.now), today, furthest(view.today).isoformat()],
    ) or (0, 0)
    hidden = dict.fromkeys(Bucket, 0)
    for due_on, due_at in db.rows(
        f"SELECT t.due_on, t.due_at FROM task t WHERE t.status = 'open' AND t.hidden_until IS NOT NULL AND {owner}"
        f" AND {seen} AND t.hidden_until > ?",
        [*ids, *more, today],
    ):
        at = from_utc_text(due_at) if due_at else None
        hidden[bucket_at(date.fromisoformat(due_on), at, None, view.today, view.now)] += 1
    done_by, ids = scope.where("t.closed_by_id")
    seen, more = scope.sees("t.kind = 'private'", "t.queue_owner_id")
    done = db.value(
        f"SELECT count(*) FROM task t WHERE t.closed_on = ? AND t.status = 'done' AND {done_by} AND {seen}"
        " AND t.removed_by IS NULL",
        [today, *ids, *more],
    )
    return Counts(
        overdue=late + passed + passed_ahead - hidden[Bucket.OVERDUE],
        today=now - passed - hidden[Bucket.TODAY],
        upcoming=soon - passed_ahead - hidden[Bucket.UPCOMING],
        later=later - hidden[Bucket.LATER],
        hidden=sum(hidden.values()),
        done_today=done,
    )


NO_NEXT_STEP = """
FROM deal d JOIN stage s ON s.id = d.stage_id AND s.kind = 'open'
WHERE d.removed_by IS NULL AND d.parked_until IS NULL AND {owner}
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.deal_id = d.id AND t.status IN ('open', 'held'))
  AND NOT EXISTS (SELECT 1 FROM enrollment e WHERE e.deal_id = d.id AND e.state <> 'ended'
                  AND e.removed_by IS NULL)
"""


def no_next_step(db: Database, scope: Scope) -> int:
    """How many open deals have no open task, no running cadence and are not parked (R196)."""
    owner, ids = scope.where("d.owner_id")
    return int(db.value(f"SELECT count(*) {NO_NEXT_STEP.format(owner=owner)}", ids))


def load_today(db: Database, me: Person, today: date) -> dict[int, int]:
    """What each user has on their desk today, as `me` may see it: overdue and due today, by user id."""
    seen, ids = everyone(me).sees("private", "user_id")
    return dict(
        db.rows(
            f"SELECT user_id, sum(n) FROM open_load WHERE due_on <= ? AND {seen} GROUP BY user_id HAVING sum(n) > 0",
            [today.isoformat(), *ids],
        )
    )

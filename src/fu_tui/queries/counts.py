"""How many, for the header and the titles. One rule: never by counting rows; a table that triggers keep says it."""

from __future__ import annotations

from datetime import date, timedelta

from fu_tui.core.clock import utc_text
from fu_tui.queries.queue import ZONES_APART, View, furthest, horizon
from fu_tui.queries.rows import Counts
from fu_tui.queries.scope import everyone
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person


def counts(db: Database, view: View) -> Counts:
    """Overdue, today, upcoming, later, hidden and done today; what slips is left to its own query.

    What the table can't know is counted along indexes that hold all it takes, and is little: today's hours that
    have passed, what is hidden, what was done today.
    """
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
    edge, now_text = furthest(view.today).isoformat(), utc_text(view.now)
    near = [(view.today + timedelta(days=more)).isoformat() for more in range(ZONES_APART + 1)]
    passed, ahead = (
        db.row(
            "SELECT ifnull(sum(t.due_on = ?), 0), ifnull(sum(t.due_on > ?), 0)"
            f" FROM task t INDEXED BY {'task_queue' if scope.is_one else 'task_team_queue'}"
            f" WHERE t.status = 'open' AND {owner} AND {seen}"
            f" AND t.due_on IN ({', '.join('?' * len(near))}) AND t.due_key < ?",  # each day is entered at its hours
            [today, today, *ids, *more, *near, now_text],
        )
        or (0, 0)
    )
    hidden = db.row(
        "SELECT count(*), ifnull(sum(t.due_on < ? OR t.due_on <= ? AND t.due_key < ?), 0),"
        " ifnull(sum(t.due_on = ? AND t.due_key >= ?), 0),"
        " ifnull(sum(t.due_on > ? AND t.due_on <= ? AND (t.due_key >= ? OR t.due_on > ?)), 0),"
        " ifnull(sum(t.due_on > ?), 0) FROM task t INDEXED BY task_hidden"
        f" WHERE t.status = 'open' AND {owner} AND {seen} AND t.hidden_until > ?",
        [today, edge, now_text, today, now_text, today, end, now_text, edge, end, *ids, *more, today],
    ) or (0, 0, 0, 0, 0)
    done_by, ids = scope.where("t.closed_by_id")
    done = db.value(
        f"SELECT count(*) FROM task t INDEXED BY task_done WHERE t.status = 'done' AND t.removed_by IS NULL"
        f" AND t.closed_on = ? AND {done_by} AND {seen}",
        [today, *ids, *more],
    )
    return Counts(
        overdue=late + passed + ahead - hidden[1],
        today=now - passed - hidden[2],
        upcoming=soon - ahead - hidden[3],
        later=later - hidden[4],
        hidden=hidden[0],
        done_today=done,
    )


def load_today(db: Database, me: Person, today: date) -> dict[int, int]:
    """What each user has on their desk today, as `me` may see it: overdue and due today, by user id."""
    seen, ids = everyone(me).sees("private", "user_id")
    return dict(
        db.rows(
            f"SELECT user_id, sum(n) FROM open_load WHERE due_on <= ? AND {seen} GROUP BY user_id HAVING sum(n) > 0",
            [today.isoformat(), *ids],
        )
    )

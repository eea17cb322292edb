"""One viewer's look at the queue: whose, on which day, in which order, filtered. One rule: it reads, and keeps nothing
but what the viewer chose and the moment of the last reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from fu_tui.core.clock import Clock, civil_day, utc_text
from fu_tui.core.terms import Bucket, TaskKind
from fu_tui.queries import counts as counting
from fu_tui.queries.foreseen import Foreseen
from fu_tui.queries.queue import (
    ZONES_APART,
    Order,
    View,
    bucket_of,
    count,
    horizon,
    page,
    rows_by_id,
    sort_key,
)
from fu_tui.queries.rows import Counts, QueueRow
from fu_tui.queries.scope import Scope, everyone, mine, of_person, team
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person, people, person

PANES = (Bucket.OVERDUE, Bucket.TODAY, Bucket.UPCOMING)


class PaneRows:
    """The rows of one pane, fetched from either end or next to a row."""

    def __init__(self, look: Look, bucket: Bucket) -> None:
        self._look = look
        self._bucket = bucket

    def first(self, limit: int) -> Sequence[QueueRow]:
        """The first rows, in order."""
        return self._page(limit)

    def last(self, limit: int) -> Sequence[QueueRow]:
        """The last rows, in order."""
        return self._page(limit, from_end=True)

    def page_after(self, row: QueueRow, limit: int) -> Sequence[QueueRow]:
        """The rows right after `row`."""
        return self._page(limit, after=row)

    def page_before(self, row: QueueRow, limit: int) -> Sequence[QueueRow]:
        """The rows right before `row`."""
        return self._page(limit, before=row)

    def _page(self, limit: int, **where: Any) -> Sequence[QueueRow]:
        return page(self._look.db, self._look.view, self._bucket, limit, **where)


class Look:
    """What the desk shows, as choices: scope, order, words."""

    def __init__(self, db: Database, me: Person, clock: Clock) -> None:
        self.db = db
        self.me = me
        self._clock = clock
        self._version = 0
        self.forecast: tuple[QueueRow, ...] = ()
        """Steps that are foreseen for the days of Upcoming; they are shown among its rows."""
        self.view = View(mine(me), civil_day(clock.now(), me.tz), clock.now())
        self.changed_elsewhere()

    def tick(self) -> bool:
        """Take the present moment; True where rows may have changed their pane since (midnight, an hour passed)."""
        before, now = self.view, self._clock.now()
        self.view = replace(before, now=now, today=civil_day(now, self.me.tz))
        if before.today != self.view.today:
            return True
        around = range(-ZONES_APART, ZONES_APART + 1)
        days = [str(self.view.today + timedelta(days=more)) for more in around]
        return bool(
            self.db.value(
                "SELECT 1 FROM task INDEXED BY task_team_queue WHERE status = 'open'"
                f" AND due_on IN ({', '.join('?' * len(days))}) AND due_key >= ? AND due_key < ? LIMIT 1",
                [*days, utc_text(before.now), utc_text(now)],
            )
        )

    def changed_elsewhere(self) -> bool:
        """Whether another process has written since this was last asked."""
        version = int(self.db.value("PRAGMA data_version"))
        changed, self._version = version != self._version, version
        return changed

    def choose(
        self, scope: Scope | None = None, order: Order | None = None, words: str | None = None
    ) -> None:
        """Look at another queue, in another order, or at the rows that hold these words."""
        self.view = replace(
            self.view,
            scope=scope or self.view.scope,
            order=order or self.view.order,
            words=self.view.words if words is None else words,
        )

    def flip_order(self) -> str:
        """The other order; returns what comes first now."""
        self.choose(order=Order.DUE if self.view.order is Order.PRIORITY else Order.PRIORITY)
        return self.view.order.value

    def scope_for(self, choice: str) -> Scope:
        """The scope called mine, team or everyone, or that of the user with this id."""
        if choice == "mine":
            return mine(self.me)
        if choice == "team":
            return team(self.db, self.me)
        return everyone(self.me) if choice == "everyone" else of_person(self.me, person(self.db, int(choice)))

    def rows_of(self, bucket: Bucket) -> PaneRows:
        """Where a pane's rows come from."""
        return PaneRows(self, bucket)

    def shown_in(self, bucket: Bucket) -> PaneRows | Foreseen:
        """Where the rows that a pane shows come from: its tasks, and what is foreseen."""
        rows = self.rows_of(bucket)
        if bucket is not Bucket.UPCOMING or not self.forecast:
            return rows
        return Foreseen(rows, self.forecast, self.key)

    def foresee(self, steps: Sequence[QueueRow]) -> None:
        """Show these steps among the rows of Upcoming, if they hold the words that are asked for."""
        words = self.view.words.casefold().split()
        self.forecast = tuple(
            step
            for step in steps
            if all(
                word in f"{step.action}\n{step.contact}\n{step.account}\n{step.deal}\n{step.owner}".casefold()
                for word in words
            )
        )

    def counts(self) -> Counts:
        """The counts of the header and titles; of the matching rows where words filter them."""
        found = counting.counts(self.db, self.view)
        if self.view.words:
            late, now, soon, later = (count(self.db, self.view, bucket) for bucket in (*PANES, Bucket.LATER))
            return found._replace(overdue=late, today=now, upcoming=soon, later=later)
        return found

    def no_next_step(self) -> int:
        """Open deals without a next step in this scope; reads them, so it is asked after the first paint."""
        return counting.no_next_step(self.db, self.view.scope)

    def bucket_of(self, row: QueueRow) -> Bucket:
        """The pane a row stands in now."""
        return bucket_of(row, self.view)

    def key(self, row: QueueRow) -> tuple[Any, ...]:
        """A row's place in its pane's order."""
        return sort_key(row, self.view.order)

    def rows_before(self, row: QueueRow) -> int:
        """How many rows stand before `row` in its pane; reads them, so only for a row that is not loaded."""
        return count(self.db, self.view, self.bucket_of(row), before=row)

    def visible(self, ids: Iterable[int]) -> tuple[QueueRow, ...]:
        """Those of these tasks that are open and belong to this scope. Words are not applied."""
        scope = self.view.scope
        return tuple(
            row
            for row in rows_by_id(self.db, ids)
            if (not scope.user_ids or row.owner_id in scope.user_ids)
            and (row.kind is not TaskKind.PRIVATE or row.owner_id == self.me.id)
        )

    def people(self) -> tuple[tuple[Person, int], ...]:
        """Every active user with what lies on their desk today."""
        load = counting.load_today(self.db, self.me, self.view.today)
        return tuple((who, load.get(who.id, 0)) for who in people(self.db))

    def elsewhere(self) -> tuple[tuple[str, int], ...]:
        """Where the work lies when this queue is empty: owners with open tasks up to the horizon, the most first."""
        end = horizon(self.view.today).isoformat()
        rows: list[tuple[Any, ...]] = self.db.rows(
            "SELECT u.name, sum(l.n) FROM open_load l JOIN user u ON u.id = l.user_id WHERE l.due_on <= ?"
            " AND l.user_id <> ? AND NOT l.private GROUP BY u.id HAVING sum(l.n) > 0 ORDER BY 2 DESC LIMIT 3",
            (end, self.me.id),
        )
        return tuple((name, n) for name, n in rows)

"""One viewer's look at the queue: whose, on which day, in which order, filtered. One rule: it reads, and keeps nothing
but what the viewer chose and the moment of the last reading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

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
from fu_tui.queries.rows import Counts, Left, QueueRow
from fu_tui.queries.scope import Scope, everyone, mine, of_person, team
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person, people, person

if TYPE_CHECKING:
    from fu_tui.queries.running import RunningRow
    from fu_tui.queries.slip_rows import Slip, SlipRow

PANES = (Bucket.OVERDUE, Bucket.TODAY, Bucket.UPCOMING)
RANK = {bucket: place for place, bucket in enumerate((*PANES, Bucket.LATER, Bucket.HIDDEN))}
"""The order of the buckets in a pane that shows several of them."""


class PaneRows:
    """The rows of one pane, fetched from either end or next to a row. It may show several buckets, one after the
    other: Upcoming with what is later, or all of them as one list."""

    def __init__(self, look: Look, buckets: tuple[Bucket, ...]) -> None:
        self._look = look
        self._buckets = buckets

    def first(self, limit: int) -> Sequence[QueueRow]:
        """The first rows, in order."""
        return self._down(self._buckets, [], limit)

    def last(self, limit: int) -> Sequence[QueueRow]:
        """The last rows, in order."""
        return self._up(self._buckets, [], limit)

    def page_after(self, row: QueueRow, limit: int) -> Sequence[QueueRow]:
        """The rows right after `row`."""
        at = self._place(row)
        return self._down(self._buckets[at + 1 :], self._page(self._buckets[at], limit, after=row), limit)

    def page_before(self, row: QueueRow, limit: int) -> Sequence[QueueRow]:
        """The rows right before `row`."""
        at = self._place(row)
        return self._up(self._buckets[:at], self._page(self._buckets[at], limit, before=row), limit)

    def _down(self, buckets: Sequence[Bucket], rows: Sequence[QueueRow], limit: int) -> Sequence[QueueRow]:
        """`rows` and, up to `limit`, the first ones of these buckets."""
        for bucket in buckets:
            if len(rows) < limit:
                rows = [*rows, *self._page(bucket, limit - len(rows))]
        return rows

    def _up(self, buckets: Sequence[Bucket], rows: Sequence[QueueRow], limit: int) -> Sequence[QueueRow]:
        """Up to `limit`, the last rows of these buckets, and `rows`."""
        for bucket in reversed(buckets):
            if len(rows) < limit:
                rows = [*self._page(bucket, limit - len(rows), from_end=True), *rows]
        return rows

    def _place(self, row: QueueRow) -> int:
        """Which of its buckets has `row`; one that has just moved on counts as the nearest that is shown."""
        place = RANK[self._look.bucket_of(row)]
        return max((at for at, bucket in enumerate(self._buckets) if RANK[bucket] <= place), default=0)

    def _page(self, bucket: Bucket, limit: int, **where: Any) -> Sequence[QueueRow]:
        return page(self._look.db, self._look.view, bucket, limit, **where)


class Look:
    """What the desk shows, as choices: scope, order, words."""

    def __init__(self, db: Database, me: Person, clock: Clock) -> None:
        self.db = db
        self.me = me
        self._clock = clock
        self._version = 0
        self._sought_at = (0, 0)
        self.forecast: tuple[QueueRow, ...] = ()
        """Steps that are foreseen for the days of Upcoming, in the order of its rows; they are shown among them."""
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
        self.view = replace(self.view, scope=scope or self.view.scope, order=order or self.view.order)
        if words is not None:
            self._seek(words)

    def _seek(self, words: str) -> None:
        from fu_tui.queries.hits import seek

        self.view = replace(self.view, sought=seek(self.db, words))
        self._sought_at = self._state()

    def _state(self) -> tuple[int, int]:
        """Changes with every write, here or elsewhere."""
        return self.db.connection().total_changes, self._version

    def flip_order(self) -> str:
        """The other order; returns what comes first now."""
        self.choose(order=Order.DUE if self.view.order is Order.PRIORITY else Order.PRIORITY)
        return self.view.order.value

    def go_home(self) -> None:
        """One's own queue, due day first, every row."""
        self.choose(scope=mine(self.me), order=Order.DUE, words="")

    def scope_for(self, choice: str) -> Scope:
        """The scope called mine, team or everyone, or that of the user with this id."""
        if choice == "mine":
            return mine(self.me)
        if choice == "team":
            return team(self.db, self.me)
        return everyone(self.me) if choice == "everyone" else of_person(self.me, person(self.db, int(choice)))

    def rows_of(self, *buckets: Bucket) -> PaneRows:
        """Where the rows of a pane come from that shows these buckets."""
        return PaneRows(self, buckets)

    def shown_in(self, *buckets: Bucket) -> PaneRows | Foreseen:
        """Where the rows come from that a pane shows: the tasks of its buckets, and what is foreseen."""
        rows = self.rows_of(*buckets)
        return Foreseen(rows, self.forecast, self.key) if self.foreseen_in(buckets) else rows

    def foresee(self, steps: Sequence[QueueRow]) -> None:
        """Show these steps among the rows of Upcoming, if the words that are typed find them.

        Where it is another day for the owner than for the viewer, one may be due today already: that is left out.
        """
        found = [step for step in steps if self.bucket_of(step) is Bucket.UPCOMING]
        if self.view.words:
            found = _holding(found, self.view.words)
        self.forecast = tuple(sorted(found, key=self.key))

    def foreseen_in(self, buckets: Sequence[Bucket]) -> int:
        """How many foreseen steps stand among the tasks of these buckets."""
        return len(self.forecast) if Bucket.UPCOMING in buckets else 0

    def foreseen_before(self, row: QueueRow) -> int:
        """How many foreseen steps stand before `row` in a pane that shows them too."""
        return bisect_left(self.forecast, self.key(row), key=self.key)

    def counts(self) -> Counts:
        """The counts of the header and titles; of the rows that are found where words filter them, up to a limit."""
        found = counting.counts(self.db, self.view)
        if self.view.words and self._sought_at != self._state():
            self._seek(self.view.words)  # there may be new words that begin so
        if self.view.sought.terms:
            from fu_tui.queries.hits import MOST, count

            late, now, soon, later, away = (count(self.db, self.view, bucket) for bucket in RANK)
            return found._replace(overdue=late, today=now, upcoming=soon, later=later, hidden=away, most=MOST)
        return found

    def left(self) -> Left:
        """What slips in this scope; reads more than the counts do, so it is asked after the first paint."""
        from fu_tui.queries.slips import left

        return left(self.db, self.view)

    def running(self, enrollment_id: int) -> RunningRow | None:
        """A cadence that has not ended."""
        from fu_tui.queries.running import one_running

        return one_running(self.db, enrollment_id)

    def slips_now(self, contact_id: int | None, deal_id: int | None) -> bool:
        """Whether the conversation with a contact, or about a deal, has no next step."""
        from fu_tui.queries.slips import slips_now

        return slips_now(self.db, contact_id, deal_id)

    def slips(self, which: Slip, words: str, limit: int) -> Sequence[SlipRow]:
        """What is on one of the lists of what slips, in this scope, of what holds the words; up to `limit` rows."""
        from fu_tui.queries.hits import seek
        from fu_tui.queries.lists import slips

        return slips(self.db, replace(self.view, sought=seek(self.db, words), order=Order.DUE), which, limit)

    def parked(self) -> int:
        """How many deals and cadences rest in this scope."""
        from fu_tui.queries.slips import parked

        return parked(self.db, self.view.scope)

    def hidden(self) -> int:
        """How many rows are hidden in this scope, whatever words filter it."""
        return counting.counts(self.db, self.view).hidden

    def unchanged_since(self, task_ids: Sequence[int]) -> dict[int, date]:
        """The day since when nothing happened to each of these tasks."""
        from fu_tui.queries.slips import unchanged_since

        return unchanged_since(self.db, task_ids)

    def asked_not(self, kind: str, ids: Sequence[int]) -> dict[int, str]:
        """The deals or enrollments whose contact asked not to be contacted, and the contact's name."""
        from fu_tui.queries.lists import asked_not

        return asked_not(self.db, kind, ids)

    def bucket_of(self, row: QueueRow) -> Bucket:
        """The pane a row stands in now."""
        return bucket_of(row, self.view)

    def key(self, row: QueueRow) -> tuple[Any, ...]:
        """A row's place in the order of any pane that shows it."""
        return (RANK[self.bucket_of(row)], *sort_key(row, self.view.order))

    def rows_before(self, row: QueueRow) -> int | None:
        """How many rows stand before `row` in its bucket; None where it is filtered out or too far down to be counted.

        Reads them, so only for a row that is not loaded.
        """
        if self.view.sought.terms:
            from fu_tui.queries import hits

            if not hits.is_hit(self.db, self.view, row):
                return None
            near = hits.count(self.db, self.view, self.bucket_of(row), before=row)
            return near if near < hits.MOST else None
        return count(self.db, self.view, self.bucket_of(row), before=row)

    def next_day(self) -> tuple[date, int] | None:
        """The first day after today with something due, and how many tasks that is; None where nothing is."""
        by_day = replace(self.view, order=Order.DUE)
        for bucket in (Bucket.UPCOMING, Bucket.LATER):
            for row in page(self.db, by_day, bucket, 1):
                return row.due_on, count(self.db, replace(by_day, on=row.due_on), bucket)
        return None

    def visible(self, ids: Iterable[int]) -> tuple[QueueRow, ...]:
        """Those of these tasks that are open and belong to this scope. Words are not applied."""
        scope = self.view.scope
        return tuple(
            row
            for row in rows_by_id(self.db, ids)
            if (not scope.user_ids or row.owner_id in scope.user_ids)
            and (row.kind is not TaskKind.PRIVATE or row.owner_id == self.me.id)
        )

    def reach(self, task_id: int) -> QueueRow | None:
        """Look where an open task is: at its owner's queue unless it is in this one, and at all rows. None where it is
        closed by now, or nobody's business but its owner's."""
        found = rows_by_id(self.db, [task_id])
        row = found[0] if found else None
        if row is None or (row.kind is TaskKind.PRIVATE and row.owner_id != self.me.id):
            return None
        if self.view.scope.user_ids and row.owner_id not in self.view.scope.user_ids:
            self.choose(scope=self.scope_for(str(row.owner_id)))
        if self.view.words:
            self.choose(words="")
        return row

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


def _holding(rows: Iterable[QueueRow], typed: str) -> list[QueueRow]:
    """Those of the rows in which each typed word begins one, as the index of tasks finds them."""
    from fu_tui.core.spoken import fold, spoken, starts

    words = [fold(word) for word in spoken(typed)]

    def holds(row: QueueRow) -> bool:
        said = (row.action, row.contact, row.account, row.deal, row.channel, row.owner)
        begun = starts(" ".join(part for part in said if part))
        return all(any(each.startswith(word) for each in begun) for word in words)

    return [row for row in rows if holds(row)]

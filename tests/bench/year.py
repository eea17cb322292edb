"""A year of 10,000 enrollments, closed day by day: whether a close costs on the last day what it cost on the first,
and whether anything was doubled, skipped or forgotten on the way."""

from __future__ import annotations

import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

from fu_tui.core.clock import UTC, FixedClock
from fu_tui.core.terms import Role
from fu_tui.queries.doctor import examine
from fu_tui.services.close import Closing
from fu_tui.services.context import Context
from fu_tui.services.enroll import Enrolling, Target
from fu_tui.services.setup import seed
from fu_tui.store.database import Database, create, open_existing
from fu_tui.store.lookup import person
from fu_tui.store.models import Contact, Deal, DealContact, User
from fu_tui.store.unit import unit
from tests.bench.ratio import HEAD, Figure
from tests.played import Office, working_days

FIRST, LAST = date(2027, 1, 4), date(2027, 12, 31)
OWNERS = 10
SPREAD = 260
"""Working days over which the enrollments begin: to the end of the year there are first steps as well as last ones."""
SHARES = {"standard": 0.6, "proposal": 0.25, "inbound": 0.15}
MEASURED_EVERY = 15
"""Working days."""
TURNS = 40
"""Closes that are timed on a measured day."""
STEPS = (
    "SELECT t.id FROM task t JOIN enrollment e ON e.id = t.enrollment_id JOIN cadence c ON c.id = e.cadence_id"
    " WHERE c.key = 'standard' AND t.status = 'open' AND t.step_no < 4 ORDER BY t.due_on, t.id"
)
"""What is closed for the clock: touches before the last, of which there are some on every day."""
DOUBLED = {
    "followed twice": "SELECT count(*) FROM (SELECT 1 FROM task WHERE spawned_by_id IS NOT NULL AND removed_by IS NULL"
    " AND status <> 'withdrawn' GROUP BY spawned_by_id HAVING count(*) > 1)",
    "a step twice in one attempt": "SELECT count(*) FROM (SELECT 1 FROM task WHERE enrollment_id IS NOT NULL"
    " GROUP BY enrollment_id, step_no, attempt HAVING count(*) > 1)",
    "a step passed over": "SELECT count(*) FROM (SELECT step_no - lag(step_no, 1, 0) OVER"
    " (PARTITION BY enrollment_id ORDER BY id) AS far FROM task WHERE enrollment_id IS NOT NULL AND kind <> 'decide')"
    " WHERE far > 1",
    "running with no task": "SELECT count(*) FROM enrollment e WHERE e.state = 'active' AND NOT EXISTS"
    " (SELECT 1 FROM task t WHERE t.enrollment_id = e.id AND t.status IN ('open', 'held'))",
    "waiting for nothing": "SELECT count(*) FROM enrollment e WHERE e.state = 'paused' AND NOT EXISTS (SELECT 1 FROM"
    " task t WHERE t.status IN ('open', 'held') AND (t.contact_id IS e.contact_id AND t.deal_id IS e.deal_id))",
    "due before its close": "SELECT count(*) FROM task t JOIN task b ON b.id = t.spawned_by_id"
    " WHERE t.first_due_on < b.closed_on",
}  # fmt: skip
"""What must not be, and how many of it there are."""


def year(folder: Path, size: int, turns: int | None) -> Iterator[str]:
    """Play the year; the lines to print. turns: closes timed on a measured day."""
    clock = FixedClock(datetime.combine(FIRST, datetime.min.time(), UTC).replace(hour=9))
    path = folder / "year.db"
    began = time.perf_counter()
    create(path, lambda db: _fill(db, clock, size))
    db = _open(path)
    office = Office(db, clock)
    _enroll(office, size)
    first = Path(shutil.copy(path, folder / "first.db"))
    yield f"{size:,} enrollments over {SPREAD} working days, {OWNERS} owners: {time.perf_counter() - began:.0f} s\n"
    yield HEAD
    figures: list[Figure] = []
    outcomes: Counter[str] = Counter()
    ticks: dict[str, list[float]] = defaultdict(list)
    for number, day in enumerate(working_days(FIRST, LAST)):
        office.go_to(day)
        ticks[f"{day:%Y-%m}"].append(_timed(office.tick))
        if number % MEASURED_EVERY == 0 or day == LAST:
            figure = _measured(office, first, folder, day, turns or TURNS)
            if figure.ours:  # a small file may have nothing left to begin
                figures.append(figure)
                yield figure.row()
        outcomes += office.work()
    flat = Figure("a close, the last days over the first", "first days", "1.1", "1.3", ours=[], theirs=[])
    for early, late in zip(figures[:3], figures[-3:], strict=True):
        flat.ours += [ours / theirs for ours, theirs in zip(late.ours, late.theirs, strict=True)]
        flat.theirs += [ours / theirs for ours, theirs in zip(early.ours, early.theirs, strict=True)]
    flat.unit = "×"
    yield flat.row()
    yield ""
    yield f"{outcomes.total():,} closes: " + ", ".join(f"{code} {n:,}" for code, n in outcomes.most_common())
    yield "tick of a day, ms in the median of each month: " + ", ".join(
        f"{month[-2:]} {sorted(took)[len(took) // 2]:.0f}" for month, took in ticks.items()
    )
    yield from _judged(db, path)


def _judged(db: Database, path: Path) -> Iterator[str]:
    """What the year left behind."""
    tasks, entries = db.value("SELECT count(*) FROM task"), db.value("SELECT count(*) FROM journal_entry")
    yield f"{tasks:,} tasks, {entries:,} journal entries, {path.stat().st_size / 1e6:.0f} MB"
    for what, sql in DOUBLED.items():
        yield f"{what}: {db.value(sql)}"
    began = time.perf_counter()
    report = examine(db)
    yield f"doctor ({time.perf_counter() - began:.0f} s): " + (
        ", ".join(
            f"{found.code} {found.count} {found.entity} {found.text} {found.ids}"
            for found in report.violations
        )
        or "no promise is broken"
    )
    yield "for a decision: " + ", ".join(
        f"{found.count} {found.entity}s {found.text}" for found in report.lists
    )


def _open(path: Path) -> Database:
    db = open_existing(path)
    db.execute_sql("PRAGMA synchronous = OFF")  # the processor is measured; a disk costs the same on any day
    return db


def _fill(db: Database, clock: FixedClock, size: int) -> None:
    me = seed(db, clock, login=None, name="Dana Okafor")
    with unit(db, clock.now(), me.id, "setup") as work:
        work.update(User, me.id, tz="UTC")
        owners = [me.id] + [
            work.insert(User, handle=f"rep-{n}", name=f"Rep {n}", tz="UTC", calendar=me.calendar_id, role=Role.REP,
                        manager=me.id)
            for n in range(1, OWNERS)
        ]  # fmt: skip
        stage = db.value("SELECT id FROM stage WHERE name = 'Qualified'")
        at = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        of = [owners[n % OWNERS] for n in range(size)]
        contacts = work.insert_many(
            Contact, ("name", "owner", "emails"),
            ((f"Contact {n}", owner, f'["c{n}@house.example"]') for n, owner in enumerate(of)),
        )  # fmt: skip
        deals = work.insert_many(
            Deal, ("title", "stage", "owner", "stage_entered_at"),
            ((f"Deal {n}", stage, owner, at) for n, owner in enumerate(of)),
        )  # fmt: skip
        work.insert_many(DealContact, ("deal", "contact"), zip(deals, contacts, strict=True))


def _enroll(office: Office, size: int) -> None:
    pairs = office.db.rows("SELECT contact_id, deal_id FROM deal_contact ORDER BY id")
    me = next(iter(office.contexts.values()))
    done = 0
    for key, share in SHARES.items():
        of = pairs[done : done + round(size * share)]
        done += len(of)
        Enrolling(me).enroll(key, [Target(*pair) for pair in of], start=FIRST, spread=SPREAD)


def _measured(office: Office, first: Path, folder: Path, day: date, turns: int) -> Figure:
    """Closes without a reply on the file as it is, and on the file of the first day, one after the other."""
    copy = Path(shutil.copy(first, folder / "again.db"))
    again = _open(copy)
    closing = Closing(
        Context(again, office.clock, person(again, office.contexts.keys().__iter__().__next__()))
    )
    theirs = [row[0] for row in again.rows(f"{STEPS} LIMIT ?", (turns + 1,))]
    figure = Figure(f"a close on {day:%d %b}", "file of the first day", "1.1", "1.3")
    ours = [row[0] for row in office.db.rows(f"{STEPS} LIMIT ?", (turns + 1,))]
    own = Closing(next(iter(office.contexts.values())))
    for turn, (mine, other) in enumerate(zip(ours, theirs, strict=False)):
        took = _cpu(partial(closing.close, [other], "no_reply")), _cpu(partial(own.close, [mine], "no_reply"))
        if turn:
            figure.add(*took)
    again.close()
    copy.unlink()
    return figure


def _cpu(work: Callable[[], object]) -> float:
    """Milliseconds of the processor."""
    at = time.process_time()
    work()
    return (time.process_time() - at) * 1000


def _timed(work: Callable[[], object]) -> float:
    at = time.perf_counter()
    work()
    return (time.perf_counter() - at) * 1000

"""The demo: a desk that somebody could have worked at, on whatever day and at whatever hour it is made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest

from fu_tui.core.clock import FixedClock, to_utc
from fu_tui.queries.doctor import examine
from fu_tui.queries.look import Look
from fu_tui.services.demo import fill
from fu_tui.store.database import Database, create, open_existing
from fu_tui.store.lookup import find_person

BERLIN_SPRING = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
"""Half past three in Berlin, on the day whose clocks skip from two to three."""
MOMENTS = [
    *(datetime(2026, 11, 23, 9, 12, tzinfo=UTC) + timedelta(days=day) for day in range(7)),
    *(datetime(2026, 11, 27, hour, 50, tzinfo=UTC) for hour in (0, 5, 23)),
    BERLIN_SPRING, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2028, 2, 29, 8, tzinfo=UTC),
    datetime(2028, 3, 1, 8, tzinfo=UTC), datetime(2026, 12, 31, 23, 50, tzinfo=UTC),
]  # fmt: skip


def made(folder: Path, at: datetime) -> Database:
    clock = FixedClock(at)
    create(folder / "demo.db", lambda db: fill(db, clock, "me"))
    return open_existing(folder / "demo.db")


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Pacific/Auckland"])
@pytest.mark.parametrize("at", MOMENTS, ids=lambda at: at.strftime("%a-%d-%b-%H%M"))
def test_it_is_believable_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: datetime, zone: str
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    db = made(tmp_path, at)
    report = examine(db)
    assert report.violations == ()
    look = Look(db, find_person(db, "dana"), FixedClock(at))
    counts = look.counts()
    assert counts.overdue >= 3
    assert counts.today >= 5
    assert counts.upcoming >= 8
    assert (counts.hidden, counts.done_today) == (1, 3)
    left = look.left()
    assert (left.deals, left.contacts, left.stalled, left.unowned) == (1, 1, 0, 2)
    assert left.triage >= 1
    assert look.parked() == 2
    assert db.value("SELECT count(*) FROM task WHERE series_id IS NOT NULL AND status = 'open'") == 2
    assert db.value("SELECT count(*) FROM activity") >= 30
    assert db.value("SELECT count(DISTINCT step_no) FROM task WHERE status = 'open' AND step_no > 1") >= 2
    db.close()


@pytest.mark.parametrize("at", MOMENTS, ids=lambda at: at.strftime("%a-%d-%b-%H%M"))
def test_nothing_is_from_the_future_and_the_journal_is_in_order(tmp_path: Path, at: datetime) -> None:
    db = made(tmp_path, at)
    times = [row[0] for row in db.rows("SELECT at FROM journal_entry ORDER BY seq")]
    assert times == sorted(times)
    now = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert times[-1] == now
    for table, column in (
        ("task", "created_at"),
        ("deal", "stage_entered_at"),
        ("activity", "at"),
        ("enrollment", "started_at"),
    ):
        assert db.value(f"SELECT max({column}) FROM {table}") <= now
    assert db.value("SELECT count(*) FROM task WHERE substr(created_at, 1, 10) > first_due_on") == 0
    db.close()


def test_it_is_the_same_for_everybody_and_made_at_once(tmp_path: Path) -> None:
    began = process_time()
    first = made(tmp_path, MOMENTS[0])
    assert process_time() - began < 1
    tasks = "SELECT action, due_on, due_at, status, outcome FROM task ORDER BY id"
    (tmp_path / "again").mkdir()
    again = made(tmp_path / "again", MOMENTS[0])
    assert again.rows(tasks) == first.rows(tasks)


def test_an_hour_promised_today_is_still_to_come(tmp_path: Path) -> None:
    db = made(tmp_path, MOMENTS[0])
    [recap] = db.rows("SELECT due_on, due_at FROM task WHERE action = 'Send the pricing recap'")
    assert recap == ("2026-11-23", "2026-11-23T10:30:00Z")
    db.close()
    (tmp_path / "late").mkdir()
    db = made(tmp_path / "late", to_utc(date(2026, 11, 23), datetime(1, 1, 1, 23, 50).time(), "UTC"))
    assert db.rows("SELECT due_on, due_at FROM task WHERE action = 'Send the pricing recap'") == [
        ("2026-11-23", None)
    ]

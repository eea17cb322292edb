"""A month on the public sales data: every open deal is enrolled by its stage, the people close what is due, and each
list is looked at. `python -m tests.tui.month FOLDER` prints what it finds and leaves pictures (SVG) and the file there.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from fu_tui.core.clock import FixedClock
from fu_tui.core.events import Enrolled, NotEnrolled
from fu_tui.exchange.batch import plan_import
from fu_tui.exchange.publish import publish
from fu_tui.queries.doctor import examine
from fu_tui.queries.lists import no_next_step, stalled, to_enroll, triage
from fu_tui.queries.queue import View
from fu_tui.queries.scope import everyone
from fu_tui.services.context import Context
from fu_tui.services.enroll import Enrolling, Target
from fu_tui.services.setup import seed
from fu_tui.settings.actions import ACTIONS
from fu_tui.store.database import Database, create, open_existing
from fu_tui.store.lookup import find_cadence, person
from tests.exchange.test_maven import MAVEN
from tests.played import Office, working_days
from tests.tui.driver import at_the_desk

FIRST, LAST = date(2018, 1, 8), date(2018, 2, 9)
STAGES = {"Prospecting": "standard", "Engaging": "post-meeting"}
"""The stages of the data, and the cadence of each."""
SPREAD = 20
"""Working days over which a stage's deals begin."""
LISTS = ("go.triage", "go.no_next_step", "go.paused", "go.notices", "go.cadences", "go.triggers")
SIZE = (120, 40)


def main(folder: Path) -> None:
    """Import, enroll, work for five weeks, look."""
    folder.mkdir(parents=True, exist_ok=True)
    path, clock = folder / "fu.db", FixedClock(datetime(2018, 1, 5, 16, tzinfo=UTC))
    path.unlink(missing_ok=True)
    create(path, lambda db: seed(db, clock, login=None, name="Dana Okafor"))
    db = open_existing(path)
    db.execute_sql("PRAGMA synchronous = OFF")
    me = Context(db, clock, person(db, 1))
    publish(me, plan_import([MAVEN]))
    office = Office(db, clock)
    office.go_to(FIRST)
    for stage, cadence in STAGES.items():
        print(*_enroll(me, stage, cadence), sep="\n")
    busiest = db.value(
        "SELECT u.handle FROM task t JOIN user u ON u.id = t.owner_id WHERE t.status = 'open'"
        " GROUP BY u.id ORDER BY count(*) DESC LIMIT 1"
    )
    asyncio.run(_pictures(folder, "month-first", clock, busiest, ("view.load",), ("view.forecast",)))
    done: Counter[str] = Counter()
    for day in working_days(FIRST, LAST):
        office.go_to(day)
        done += office.work()
        if day.weekday() == 4:
            office.clock.at = office.clock.at.replace(hour=16)
            print(f"\n{day:%a %d %b}: {done.total():,} closed so far", *_lists(db, office), sep="\n  ")
    print("\nhow they ended:", ", ".join(f"{code} {n}" for code, n in done.most_common()))
    there = {action.id for action in ACTIONS}
    lists = [(action,) for action in LISTS if action in there]
    asyncio.run(_pictures(folder, "month-last", clock, busiest, ("view.load",), *lists))
    asyncio.run(_pictures(folder, "month-admin", clock, "dana", *lists))


def _enroll(me: Context, stage: str, cadence: str) -> Iterator[str]:
    db = me.db
    chosen = to_enroll(db, find_cadence(db, cadence).id, stage=stage, owners=everyone(me.me))
    events = Enrolling(me).enroll(
        cadence, [Target(one.contact_id, one.deal_id) for one in chosen], spread=SPREAD
    )
    begun = [event for event in events if isinstance(event, Enrolled)]
    days = Counter(event.due_on for event in begun)
    each: dict[int, Counter[date]] = defaultdict(Counter)
    for event in begun:
        each[event.owner_id][event.due_on] += 1
    most, share = max((max(of.values()), sum(of.values()) / SPREAD) for of in each.values())
    fewest, highest = min(days.values()), max(days.values())
    yield f"{stage}: {len(begun):,} in {cadence}, over {len(days)} days, {fewest} to {highest} a day"
    yield f"  of one person at most {most} on a day, where an even share is {share:.1f}"
    passed = Counter(event.why for event in events if isinstance(event, NotEnrolled))
    yield from (f"  passed over {n}: {why}" for why, n in passed.items())


def _lists(db: Database, office: Office) -> Iterator[str]:
    """How many each list holds."""
    me = next(iter(office.contexts.values())).me
    scope = everyone(me)
    view = View(scope, office.clock.at.date(), office.clock.at)
    today = office.clock.at.date().isoformat()
    late, ahead = (
        db.row("SELECT sum(due_on < ?1), sum(due_on >= ?1) FROM task WHERE status = 'open'", (today,)) or ()
    )
    loads = [row[0] for row in db.rows("SELECT count(*) FROM task WHERE status = 'open' GROUP BY owner_id")]
    yield f"overdue {late}, not yet due {ahead}; a person has {min(loads)} to {max(loads)}, mostly {median(loads):.0f}"
    without = len(no_next_step(db, scope))
    yield f"triage {len(triage(db, view))}, stalled {len(stalled(db, scope))}, deals without a next step {without}"
    report = examine(db)
    yield "doctor: " + (
        "; ".join(f"{found.code} {found.text} {found.ids}" for found in report.violations) or "sound"
    )
    yield "waiting: " + ", ".join(f"{found.count} {found.entity}s {found.text}" for found in report.lists)
    states = db.rows("SELECT state, end_reason, count(*) FROM enrollment GROUP BY 1, 2 ORDER BY 3 DESC")
    yield "enrollments: " + ", ".join(f"{end or state} {n}" for state, end, n in states)
    yield "notices: " + ", ".join(
        f"{kind} {n}" for kind, n in db.rows("SELECT kind, count(*) FROM notification GROUP BY 1")
    )


async def _pictures(folder: Path, name: str, clock: FixedClock, who: str, *scenes: tuple[str, ...]) -> None:
    """The desk of one person, and what is pressed there."""
    for actions in ((), *scenes):
        with tempfile.TemporaryDirectory() as home:
            copy = Path(shutil.copy(folder / "fu.db", home))
            async with at_the_desk(copy, clock, user=who, size=SIZE) as desk:
                await desk.press(*actions)
                what = "-".join(action.partition(".")[2] for action in actions)
                desk.app.save_screenshot("-".join(filter(None, (name, what))) + ".svg", str(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

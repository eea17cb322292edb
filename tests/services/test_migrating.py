"""7.13: running enrollments keep their version until they are migrated, the old and new days shown first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fu_tui.core.errors import Refused
from fu_tui.core.events_life import Migrated, NotMigrated
from fu_tui.queries.doctor import examine
from fu_tui.store.models import CadenceStep, CadenceVersion, Contact, Task
from tests.services.test_life import back_and_forth
from tests.world import World


@pytest.fixture(autouse=True)
def sound(world: World) -> Iterator[None]:
    """After each story the file keeps its promises."""
    yield
    assert examine(world.db).violations == ()


def new_version(world: World, key: str, days: tuple[int, ...], **more: object) -> int:
    """Version 2 of a cadence that was made with mails on other days."""
    cadence = world.db.value("SELECT id FROM cadence WHERE key = ?", (key,))
    with world.context.unit("setup") as work:
        version = work.insert(CadenceVersion, **{"cadence": cadence, "n": 2, "anchor": "completion", **more})
        for number, day in enumerate(days, start=1):
            work.insert(
                CadenceStep, version=version, no=number, offset_days=day, action=f"Call about point {number}",
                purpose="A reason of its own", channel="call",
            )  # fmt: skip
    return version


def test_7_13_a_running_enrollment_keeps_its_version(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    begun = world.enroll(key)
    new_version(world, key, (0, 10))
    assert world.spawn(begun.task_id).due_on == date(2026, 11, 27)


def test_7_13_nobody_is_brought_to_a_channel_that_they_opted_out_of(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7), kind="outreach")
    begun = world.enroll(key)
    new_version(world, key, (0, 10, 20))
    world.change(Contact, world.contact, opted_out=("call",))
    [shown] = world.migrating.migration(key)
    assert shown.why_not == "they opted out of call"
    with pytest.raises(Refused, match="they opted out of call"):
        world.migrating.migrate(key)
    assert world.task(begun.task_id)["channel"] == "mail"


def test_7_13_a_step_that_became_a_decision_is_one(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    begun = world.enroll(key)
    version = new_version(world, key, (0, 10))
    step = world.db.value("SELECT id FROM cadence_step WHERE version_id = ? AND no = 1", (version,))
    world.change(CadenceStep, step, kind="decide", channel=None, action="Decide how to go on")
    world.migrating.migrate(key)
    task = world.task(begun.task_id)
    assert (task["kind"], task["channel"], task["action"]) == ("decide", None, "Decide how to go on")
    with pytest.raises(Refused, match="This step is a decision"):
        world.close([begun.task_id], "no_reply")


def test_7_13_the_days_that_are_shown_are_the_days_that_come(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    begun = world.enroll(key)
    second = world.spawn(begun.task_id)
    new_version(world, key, (0, 10, 20))
    [shown] = world.migrating.migration(key)
    assert (shown.from_version, shown.to_version, shown.why_not) == (1, 2, "")
    assert (shown.due_on, shown.new_due_on) == (date(2026, 11, 27), date(2026, 12, 3))
    back_and_forth(world, lambda: world.migrating.migrate(key))
    task = world.task(second.task_id)
    assert (task["due_on"], task["action"], task["channel"]) == ("2026-12-03", "Call about point 2", "call")
    assert world.migrating.migration(key) == ()
    third = world.spawn(second.task_id)
    assert third.action == "Call about point 3"


def test_7_13_a_planned_cadence_that_was_late_stays_as_late(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7), anchor="planned")
    begun = world.enroll(key)
    world.go_to(date(2026, 11, 25))
    second = world.spawn(begun.task_id)  # two days late: the plan counts from Wed 25 Nov now
    new_version(world, key, (0, 5, 7), anchor="planned")
    world.migrating.migrate(key)
    assert world.task(second.task_id)["due_on"] == "2026-11-30"


def test_7_13_a_day_that_a_person_named_and_one_that_waits_stay(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    snoozed = world.enroll(key)
    world.moves.snooze([snoozed.task_id], date(2026, 12, 5))
    paused = world.enroll(key, deal=world.make_deal("Other"))
    world.life.pause([paused.enrollment_id])
    new_version(world, key, (4, 10, 20))
    world.migrating.migrate(key)
    assert [world.task(each.task_id)["due_on"] for each in (snoozed, paused)] == ["2026-12-05", "2026-11-23"]
    assert {row[0] for row in world.db.rows("SELECT version_id FROM enrollment")} == {
        world.db.value("SELECT max(id) FROM cadence_version")
    }


def test_7_13_what_a_person_worded_stays(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    begun = world.enroll(key)
    world.change(Task, begun.task_id, action="Ask Ana about the seats")
    new_version(world, key, (4, 10, 20))
    [shown] = world.migrating.migration(key)
    assert shown.action == "Ask Ana about the seats"
    world.migrating.migrate(key)
    assert world.task(begun.task_id)["action"] == "Ask Ana about the seats"


def test_7_13_chosen_ones_alone_and_what_cannot_come_along_is_told(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    first = world.enroll(key)
    third = world.enroll(key, deal=world.make_deal("Other"), from_step=3)
    left = world.enroll(key, deal=world.make_deal("Third"))
    new_version(world, key, (0, 10))
    done, kept = world.migrating.migrate(key, [first.enrollment_id, third.enrollment_id])
    assert isinstance(done, Migrated)
    assert isinstance(kept, NotMigrated)
    assert kept.why == "version 2 has no step 3"
    assert [row.enrollment_id for row in world.migrating.migration(key)] == [
        third.enrollment_id, left.enrollment_id,
    ]  # fmt: skip
    with pytest.raises(Refused, match="is in the newest version already"):
        world.migrating.migrate(key, [first.enrollment_id])
    with pytest.raises(Refused, match="does not run in own"):
        world.migrating.migrate(key, [999])


def test_7_13_nothing_to_migrate_is_said(world: World) -> None:
    with pytest.raises(Refused, match="Nothing runs in an older version of Proposal"):
        world.migrating.migrate("proposal")


def test_7_13_a_rep_migrates_only_their_own(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    world.enroll(key)
    new_version(world, key, (0, 10, 20))
    with world.acting(world.sam), pytest.raises(Refused, match="belongs to somebody else"):
        world.migrating.migrate(key)


def test_7_13_a_version_that_becomes_exclusive_minds_the_outreach_that_runs(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    world.enroll(key, deal=world.make_deal("Other"), contact=world.contact)
    world.enroll("standard")
    new_version(world, key, (0, 10, 20), exclusive=True)
    [shown] = world.migrating.migration(key)
    assert shown.why_not == "Standard outreach is running, and only one outreach runs at a time"

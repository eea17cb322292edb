"""7.13: running enrollments keep their version until they are migrated, the old and new days shown first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fu_tui.core.errors import Refused
from fu_tui.core.events_life import Migrated, NotMigrated
from fu_tui.queries.doctor import examine
from fu_tui.services.setup import write_cadence
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


TOUR = (("Send the tour", 0), ("Call about the tour", 3), ("Send a case", 7), ("Call about the case", 12))


def tour(world: World, *steps: tuple[str, int], **more: object) -> None:
    """Version 2 of the cadence `tour`: (action, day) of each step, purposes as the actions, unless `more` says else."""
    cadence = world.db.value("SELECT id FROM cadence WHERE key = 'tour'")
    n = 1 + world.db.value("SELECT max(n) FROM cadence_version WHERE cadence_id = ?", (cadence,))
    with world.context.unit("setup") as work:
        version = work.insert(CadenceVersion, cadence=cadence, n=n, anchor="completion")
        for number, (action, day) in enumerate(steps, start=1):
            purpose = str(more.get(action, action))
            work.insert(
                CadenceStep, version=version, no=number, offset_days=day, action=action, purpose=purpose,
                channel="mail",
            )  # fmt: skip


def at_step(world: World, number: int) -> int:
    """Ana's task at a step of the tour, those before it done. Returns its id."""
    steps = [{"day": day, "channel": "mail", "action": action, "purpose": action} for action, day in TOUR]
    with world.context.unit("setup") as work:
        write_cadence(work, "tour", {"name": "Tour", "kind": "deal", "anchor": "completion", "steps": steps})
    task = world.enroll("tour").task_id
    for _ in range(number - 1):
        world.go_to(date.fromisoformat(world.task(task)["due_on"]))
        task = world.spawn(task).task_id
    return task


def places(world: World) -> list[tuple[str, int]]:
    """The action and number of every task of the tour, oldest first."""
    return [(row[0], row[1]) for row in world.db.rows("SELECT action, step_no FROM task ORDER BY id")]


def test_7_13_a_step_put_in_before_the_running_one_counts_as_passed(world: World) -> None:
    task = at_step(world, 3)
    due = world.task(task)["due_on"]
    tour(world, ("Ask who decides", 0), *TOUR)
    [shown] = world.migrating.migration("tour")
    assert (shown.action, shown.due_on, shown.new_due_on) == (
        "Send a case",
        date.fromisoformat(due),
        shown.due_on,
    )
    back_and_forth(world, lambda: world.migrating.migrate("tour"))
    assert places(world) == [("Send the tour", 2), ("Call about the tour", 3), ("Send a case", 4)]
    assert (world.task(task)["due_on"], world.db.value("SELECT current_step FROM enrollment")) == (due, 4)
    assert world.spawn(task).action == "Call about the case"


def test_7_13_a_step_put_in_after_the_running_one_comes_next(world: World) -> None:
    task = at_step(world, 2)
    tour(world, *TOUR[:2], ("Ask who decides", 5), *TOUR[2:])
    world.migrating.migrate("tour")
    assert world.task(task)["action"] == "Call about the tour"
    assert world.spawn(task).action == "Ask who decides"


def test_7_13_where_the_running_step_was_dropped_the_one_after_it_comes(world: World) -> None:
    task = at_step(world, 3)
    tour(world, ("Ask who decides", 0), *TOUR[:2], TOUR[3])
    [shown] = world.migrating.migration("tour")
    assert shown.action == "Call about the case"
    back_and_forth(world, lambda: world.migrating.migrate("tour"))
    assert places(world)[-1] == ("Call about the case", 4)
    # Nine days from the step before it, which was done on Fri 27 Nov.
    assert world.task(task)["due_on"] == "2026-12-07"


def test_7_13_a_step_that_was_done_and_dropped_leaves_the_day_alone(world: World) -> None:
    task = at_step(world, 2)
    due = world.task(task)["due_on"]
    tour(world, *TOUR[1:])
    world.migrating.migrate("tour")
    assert (places(world)[-1], world.task(task)["due_on"]) == (("Call about the tour", 1), due)
    assert world.spawn(task).action == "Send a case"


def test_7_13_steps_that_change_places_take_what_was_done_along(world: World) -> None:
    task = at_step(world, 3)
    (first, _), (second, _), (third, _), last = TOUR
    tour(world, (second, 0), (first, 3), (third, 7), last)
    back_and_forth(world, lambda: world.migrating.migrate("tour"))
    assert places(world) == [(first, 2), (second, 1), (third, 3)]
    assert world.spawn(task).action == last[0]


def test_7_13_another_wording_is_no_other_step(world: World) -> None:
    task = at_step(world, 2)
    due = world.task(task)["due_on"]
    tour(
        world,
        ("Ask who decides", 0),
        TOUR[0],
        ("Ask about the tour", 3),
        *TOUR[2:],
        **{"Ask about the tour": "Call about the tour"},
    )
    world.migrating.migrate("tour")
    assert (places(world)[-1], world.task(task)["due_on"]) == (("Ask about the tour", 3), due)


def test_7_13_the_question_after_the_last_step_stays_one(world: World) -> None:
    task = world.spawn(at_step(world, 4)).task_id
    assert world.task(task)["step_no"] == 5
    tour(world, ("Ask who decides", 0), *TOUR)
    world.migrating.migrate("tour")
    assert (world.task(task)["step_no"], world.task(task)["kind"]) == (6, "decide")


def test_7_13_nothing_comes_before_a_return_from_leave(world: World) -> None:
    away = world.spawn(at_step(world, 1), "out_of_office", until=date(2026, 12, 14))
    tour(world, TOUR[0], ("Call about the tour", 5), *TOUR[2:])
    world.migrating.migrate("tour")
    assert world.task(away.task_id)["due_on"] == "2026-12-15"


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

"""The decided edge cases, one story each, by their number in the domain's list; the variants stand with each verb."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fu_tui.core.errors import Conflict, Refused, TouchedSuccessor
from fu_tui.core.events import (
    Event,
    FollowUpSpawned,
    KeptApart,
    Noticed,
    NotTriggered,
    TaskAdded,
    TouchesClose,
    Triggered,
)
from fu_tui.core.events_life import SeriesAdded
from fu_tui.core.terms import Anchor, Bucket, Channel, Direction, Touched
from fu_tui.core.terms_automation import Then
from fu_tui.queries.counts import counts
from fu_tui.queries.doctor import examine
from fu_tui.queries.lists import triage
from fu_tui.queries.load import LEAST
from fu_tui.queries.look import Look
from fu_tui.queries.queue import View
from fu_tui.queries.scope import mine
from fu_tui.services.logbook import Logbook
from fu_tui.services.replies import Replies
from fu_tui.services.series import SeriesVerbs
from fu_tui.services.spawn import Links
from fu_tui.services.tick import Ticking
from fu_tui.services.touches import log_touch
from fu_tui.services.triggers import Switching
from fu_tui.store.lookup import person
from fu_tui.store.models import DealContact, Import, User
from tests.services.test_migrating import new_version
from tests.world import World

WED, FRI, WEEKS = date(2026, 11, 25), date(2026, 11, 27), timedelta(weeks=5)


@pytest.fixture(autouse=True)
def sound(world: World) -> Iterator[None]:
    """After each story the file keeps its promises."""
    with world.context.unit("link") as work:
        work.insert(DealContact, deal=world.deal, contact=world.contact)
    yield
    assert examine(world.db).violations == ()


def view(world: World, user_id: int) -> View:
    return View(mine(person(world.db, user_id)), world.today, world.clock.now())


def state(world: World, enrollment: int) -> tuple[str, str | None]:
    row = world.record("enrollment", enrollment)
    return row["state"], row["end_reason"]


def only(events: tuple[Event, ...], kind: type[Any]) -> Any:
    """The one event of a kind."""
    (found,) = [event for event in events if isinstance(event, kind)]
    return found


def test_1_late_close(world: World) -> None:
    late = world.enroll("standard").task_id
    world.go_to(date(2027, 1, 20))
    follow = world.spawn(late)
    assert [row["id"] for row in world.open_tasks()] == [follow.task_id], "one successor, however late"
    assert follow.due_on == date(2027, 1, 25), "Saturday 23 rolls"
    by_key = dict(
        world.db.rows("SELECT c.key, v.anchor FROM cadence c JOIN cadence_version v ON v.cadence_id = c.id")
    )
    of = {anchor: {key for key, found in by_key.items() if found == anchor} for anchor in Anchor}
    assert of[Anchor.COMPLETION] >= {"standard", "inbound", "post-meeting", "post-discovery"}
    assert of[Anchor.PLANNED] >= {"proposal", "onboarding", "renewal"}


def test_2_early_close(world: World) -> None:
    second = world.spawn(world.enroll("standard").task_id)
    world.go_to(date(2026, 11, 24))
    third = world.spawn(second.task_id)
    assert (second.due_on, third.due_on) == (FRI, date(2026, 11, 30)), "Sat 28 rolls; early pulls it forward"


@pytest.mark.parametrize(
    ("key", "offered"), [("standard", ("nurture", "extend")), ("proposal", ("lost", "nurture", "extend"))]
)
def test_3_last_step(world: World, key: str, offered: tuple[str, ...]) -> None:
    task = world.enroll(key).task_id
    for _ in range(4):
        world.go_to(date.fromisoformat(world.task(task)["due_on"]))
        task = world.spawn(task, "acknowledged").task_id
    assert (world.task(task)["kind"], world.task(task)["step_no"]) == ("decide", 5)
    with pytest.raises(Refused):
        world.close([task], "no_reply")
    for outcome in offered:
        assert world.close([task], outcome)
        world.journal.undo()
    assert world.record("deal", world.deal)["closed_at"] is None, "a deal is never lost by itself"
    rest = only(world.close([task], "nurture"), FollowUpSpawned)
    assert rest.due_on >= world.today + timedelta(days=89), "three months"


def test_4_reply_after_the_successor(world: World) -> None:
    began = world.enroll("standard")
    follow = world.spawn(began.task_id).task_id
    came = world.clock.at
    world.go_to(WED)
    answer = only(Replies(world.context).replied(world.contact, at=came), TaskAdded)
    assert world.task(follow)["status"] == "superseded"
    row = world.record("enrollment", began.enrollment_id)
    assert (row["end_reason"], row["ended_at"]) == ("replied", "2026-11-23T09:00:00Z")
    assert answer.due_on == FRI, "the next working day, Thursday being none"
    credited = world.db.value("SELECT task_id FROM activity WHERE direction = 'in'")
    assert credited == began.task_id, "the last touch before the reply"


def test_4_reply_after_the_successor_was_edited(world: World) -> None:
    began = world.enroll("standard")
    follow = world.spawn(began.task_id).task_id
    world.moves.snooze([follow], date(2026, 12, 4))
    with pytest.raises(TouchedSuccessor):
        Replies(world.context).replied(world.contact)
    events = Replies(world.context).replied(world.contact, touched=Touched.KEEP)
    assert only(events, KeptApart).task_id == follow
    kept = world.task(follow)
    assert (kept["status"], kept["enrollment_id"], kept["due_on"]) == ("open", None, "2026-12-04")
    assert state(world, began.enrollment_id) == ("ended", "replied")


def test_4_an_inquiry_is_answered_in_four_working_hours(world: World) -> None:
    answer = only(Replies(world.context).replied(world.contact, inquiry=True), TaskAdded)
    assert answer.due_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "more", "due"),
    [("out_of_office", {"until": date(2026, 12, 14)}, date(2026, 12, 15)), ("acknowledged", {}, FRI)],
)
def test_5_no_reply_that_ends_anything(world: World, outcome: str, more: dict[str, date], due: date) -> None:
    began = world.enroll("standard")
    follow = world.spawn(began.task_id, outcome, **more)
    assert state(world, began.enrollment_id) == ("active", None)
    assert follow.due_on == due
    assert world.db.value("SELECT count(*) FROM activity WHERE reply_class = 'substantive'") == 0


def test_6_skip_and_stop(world: World) -> None:
    began = world.enroll("standard")
    second = only(world.life.skip([began.task_id]), FollowUpSpawned)
    assert (world.task(began.task_id)["status"], world.task(second.task_id)["step_no"]) == ("skipped", 2)
    world.life.stop([began.enrollment_id], "the budget is gone")
    assert (world.task(second.task_id)["status"], state(world, began.enrollment_id)) == (
        "superseded", ("ended", "stopped"),
    )  # fmt: skip


def test_7_two_enrollments(world: World) -> None:
    first = world.enroll("standard")
    for key, deal in (
        ("standard", world.deal),
        ("negotiation", world.deal),
        ("inbound", world.make_deal("Other")),
    ):
        with pytest.raises(Refused):
            world.enroll(key, contact=world.contact, deal=deal)
    world.life.stop([first.enrollment_id], "to begin again")
    again = world.enroll("standard")
    assert again.enrollment_id != first.enrollment_id
    assert world.task(again.task_id)["step_no"] == 1, "a new enrollment, from its first step"


def test_8_won_and_lost(world: World) -> None:
    events = world.close([world.enroll("proposal").task_id], "won", until=date(2026, 12, 1))
    assert world.task(only(events, FollowUpSpawned).task_id)["due_on"] == "2026-12-08", (
        "a week after delivery"
    )
    world.journal.undo()
    feedback = only(world.close([world.open_tasks()[0]["id"]], "lost"), FollowUpSpawned).task_id
    key = "SELECT c.key FROM task t JOIN enrollment e ON e.id = t.enrollment_id JOIN cadence c ON c.id = e.cadence_id"
    assert world.db.value(f"{key} WHERE t.id = ?", (feedback,)) == "lost"
    world.go_to(date(2026, 12, 1))
    rest = only(world.close([feedback], "no_reply"), FollowUpSpawned).task_id
    assert world.db.value(f"{key} WHERE t.id = ?", (rest,)) == "nurture"


@pytest.mark.parametrize(
    ("then", "runs"), [(Then.KEEP, ["inbound"]), (Then.REPLACE, ["standard"]), (Then.STOP, [])]
)
def test_8_stage_change(world: World, then: Then, runs: list[str]) -> None:
    world.enroll("inbound")
    with pytest.raises(Refused, match="keep, replace or stop"):
        world.deals.move_stage([world.deal], "Qualified")
    world.deals.move_stage([world.deal], "Qualified", then=then)
    assert [row[0] for row in world.db.rows(
        "SELECT c.key FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE e.state = 'active'"
    )] == runs  # fmt: skip


def test_9_reassign_and_handoff(world: World) -> None:
    began = world.enroll("standard")
    world.moves.reassign([began.task_id], "sam")
    second = world.spawn(began.task_id)
    assert second.owner_id == world.dana, "only this one went"
    world.moves.reassign([second.task_id], "sam", following=True)
    third = world.spawn(second.task_id)
    assert third.owner_id == world.sam, "this and what follows went"
    assert world.record("contact", world.contact)["owner_id"] == world.dana, "the record stays"
    with pytest.raises(Refused):
        world.handing.handoff("contact", world.contact, "sam", " ")
    world.handing.handoff("contact", world.contact, "sam", "Prefers the phone")
    assert world.record("contact", world.contact)["owner_id"] == world.sam
    first = world.open_tasks()[-1]
    assert (first["owner_id"], first["origin"], first["note"]) == (world.sam, "handoff", "Prefers the phone")
    assert "Hello Ana" in first["body"], "the draft of an introduction"


def test_10_undo_of_a_close(world: World) -> None:
    began = world.enroll("standard")
    before = world.dump()
    gone = world.spawn(began.task_id).task_id
    world.journal.undo()
    assert world.dump() == before
    assert world.task(gone)["status"] == "withdrawn"
    again = world.spawn(began.task_id).task_id
    assert (world.task(again)["step_no"], world.task(again)["attempt"]) == (2, 2)
    with world.acting(world.sam):
        world.moves.snooze([again], date(2026, 12, 4))
    with pytest.raises(TouchedSuccessor):
        world.journal.undo()


def test_10_undo_of_a_bulk_action(world: World) -> None:
    tasks = [world.make_task(f"Call about matter {number}") for number in range(3)]
    before = world.dump()
    world.close(tasks, "no_reply")
    world.journal.undo()
    assert world.dump() == before


def test_11_spacing(world: World) -> None:
    """Only the new task moves, forward and with its trace, and only away from what other cadences do."""
    world.make_cadence("slow", (0, 1, 7))
    other = world.make_deal("Racks · Betatech", world.account)
    first = world.enroll("slow", deal=world.deal, contact=world.contact)
    second = world.enroll("slow", deal=other, contact=world.contact)
    assert (first.due_on, second.due_on) == (world.today, WED), "two working days lie between"
    assert "at least 2 working days from the touch" in world.trace(second.task_id).lines[-1]
    assert world.task(first.task_id)["due_on"] == "2026-11-23", "what is there already stays"
    world.life.stop([second.enrollment_id], "to look at one alone")
    assert world.spawn(first.task_id).due_on == date(2026, 11, 24), "inside one its own gaps rule"


def test_11_spacing_never_moves_what_a_person_dated_or_what_answers(world: World) -> None:
    world.enroll("standard")
    by_hand = world.make_task("Send Ana the drawing", due=WED, links=Links(world.contact))
    near = only(world.moves.snooze([by_hand], date(2026, 11, 24)), TouchesClose)
    assert (world.task(by_hand)["due_on"], near.task_id) == ("2026-11-24", by_hand), "a warning, no more"
    answer = only(Replies(world.context).replied(world.contact, inquiry=True), TaskAdded)
    assert answer.due_on == world.today, "who asks is answered"


def test_19_series(world: World) -> None:
    verbs = SeriesVerbs(world.context)
    about = (world.contact, world.deal, None)
    with pytest.raises(Refused, match="--force"):
        verbs.add_series("Follow up on the offer with Ana", "every monday", about=about)
    made = only(verbs.add_series("Inspect the fire doors", "every monday"), SeriesAdded)
    following = world.spawn(made.task_id, "done")
    verbs.edit_series(made.series_id, every="every tuesday")
    Ticking(world.context).tick()
    world.go_to(date(2026, 12, 16))
    Ticking(world.context).tick()
    (task,) = world.open_tasks()
    assert (task["id"], task["due_on"]) == (following.task_id, "2026-11-24"), (
        "one open, however often edited or late"
    )
    assert world.spawn(following.task_id, "done").due_on == date(2026, 12, 22), (
        "what was missed is not made up for"
    )


def test_12_pause_park_and_absence(world: World) -> None:
    """All three freeze what is left; none catches up."""
    began = world.enroll("standard")
    world.change_due(began.task_id, date(2026, 12, 1))
    freeze = (
        (lambda: world.life.pause([began.enrollment_id]), lambda: world.life.resume([began.enrollment_id])),
        (lambda: world.deals.park([world.deal], FRI + WEEKS, "budget"), lambda: world.deals.unpark([world.deal])),
        (lambda: world.absences.add_absence("dana", FRI, date(2026, 12, 13)), world.come_back),
    )  # fmt: skip
    for stop, go in freeze:
        world.go_to(FRI)
        stop()
        assert world.task(began.task_id)["status"] == "held"
        world.go_to(date(2026, 12, 14))
        go()
        assert world.task(began.task_id)["due_on"] == "2026-12-18", "four days were left"
        world.go_to(FRI)
        world.change_due(began.task_id, date(2026, 12, 1))


def test_12_resume_after_a_bounce(world: World) -> None:
    began = world.enroll("standard")
    search = world.spawn(began.task_id, "bounced").task_id
    assert state(world, began.enrollment_id)[0] == "paused"
    world.life.resume([began.enrollment_id])
    step = next(row for row in world.open_tasks() if row["enrollment_id"] == began.enrollment_id)
    assert (step["step_no"], step["attempt"], world.task(search)["status"]) == (1, 2, "superseded")


def test_13_editing_a_cadence(world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    began = world.enroll(key)
    second = world.spawn(began.task_id)
    new_version(world, key, (0, 10, 20))
    assert world.task(second.task_id)["due_on"] == "2026-11-27", "what runs keeps its version"
    (shown,) = world.migrating.migration(key)
    assert (shown.due_on, shown.new_due_on) == (FRI, date(2026, 12, 3)), "shown first"
    world.migrating.migrate(key)
    assert world.task(second.task_id)["due_on"] == "2026-12-03"


def test_14_snooze_and_hide(world: World) -> None:
    task = world.make_task(due=WED)
    for number, day in enumerate((date(2026, 11, 30), date(2026, 12, 2)), start=1):
        world.moves.snooze([task], day)
        assert (world.task(task)["due_on"], world.task(task)["moved_count"]) == (day.isoformat(), number)
    world.moves.hide([task], date(2026, 11, 30))
    assert world.task(task)["due_on"] == "2026-12-02", "hiding leaves the due day alone"
    assert counts(world.db, view(world, world.dana)).hidden == 1
    world.go_to(date(2026, 12, 4))
    with pytest.raises(Refused, match="tomorrow"):
        world.moves.hide([task], date(2026, 12, 7))


def test_15_needs_triage(world: World) -> None:
    task = world.make_task(due=WED)
    world.go_to(date(2026, 12, 8))
    assert triage(world.db, view(world, world.dana)) == ()
    world.moves.snooze([task], date(2026, 12, 21))
    world.go_to(date(2026, 12, 9))
    assert [row.id for row in triage(world.db, view(world, world.dana))] == [task], "moving it reset nothing"


def test_16_time_zones(world: World) -> None:
    task = world.make_task(due=WED)
    world.clock.at = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)

    def where(tz: str) -> tuple[Bucket, Look]:
        world.change(User, world.dana, tz=tz)
        look = Look(world.db, person(world.db, world.dana), world.clock)
        (row,) = look.rows_of(*Bucket).first(5)
        return look.bucket_of(row), look

    assert where("UTC")[0] is Bucket.TODAY
    assert where("Pacific/Auckland")[0] is Bucket.TODAY, "half an hour before midnight there"
    assert where("Pacific/Kiritimati")[0] is Bucket.OVERDUE, "it is Thursday there"
    look = where("Pacific/Auckland")[1]
    world.clock.at += timedelta(hours=1)
    assert look.tick(), "midnight went by, and the open desk knows"
    assert look.rows_of(Bucket.OVERDUE).first(5)
    assert world.task(task)["due_on"] == "2026-11-25", "the date stays"


def test_17_two_closers(world: World) -> None:
    task = world.enroll("standard").task_id
    shown = {task: world.task(task)["version"]}
    with world.acting(world.sam):
        world.close([task], "no_reply", versions=shown)
    with pytest.raises(Conflict, match=r"closed by Sam Hill at 09:00, spawned #2"):
        world.close([task], "replied", versions=shown)
    assert [row["id"] for row in world.open_tasks()] == [2]


def test_18_backdated_close(world: World) -> None:
    task = world.enroll("standard").task_id
    world.go_to(date(2026, 12, 10))
    with pytest.raises(Refused, match="The task was created on"):
        world.close([task], "no_reply", on=date(2026, 11, 20))
    follow = world.spawn(task, on=date(2026, 11, 24))
    assert world.task(task)["closed_on"] == "2026-11-24"
    assert follow.due_on == world.today, "three days after the 24th, but nothing begins in the past"


def test_20_tick(world: World) -> None:
    """A week asleep brings each notice once; what something covers is left alone; an import wakes nothing up."""
    world.make_task(due=WED)
    world.go_to(date(2026, 12, 4))
    first = Ticking(world.context).tick()
    told = [(event.kind, event.text) for event in first if isinstance(event, Noticed)]
    assert told
    assert len(told) == len(set(told)), "each once, not seven times"
    assert Ticking(world.context).tick() == ()
    covered = Logbook(world.context).log("meeting", contact_id=world.contact, deal_id=world.deal)
    assert "is open" in only(covered, NotTriggered).why


def test_20_after_an_import_triggers_wait_and_never_flood(world: World) -> None:
    for number in range(2 * LEAST):
        contact = world.make_contact(f"Silent {number}", lifecycle="lead")
        with world.context.unit("setup") as work:
            log_touch(
                work,
                channel=Channel.CALL,
                direction=Direction.OUT,
                contact_id=contact,
                deal_id=None,
                at=work.at,
            )
    with world.context.unit("setup") as work:
        work.insert(Import, kind="contacts", file_name="a.csv", file_hash="1", at=work.at)
    world.go_to(date(2026, 12, 7))

    def made() -> int:
        events = Ticking(world.context).tick()
        return len([event for event in events if isinstance(event, Triggered) and "Silent" in event.who])

    assert made() == 0, "they wait until they are switched on"
    Switching(world.context).switch_trigger("silent", True)
    assert (made(), made()) == (LEAST, 0), "a day's load, and no more that day"

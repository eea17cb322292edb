"""Who does the work: handoff in mid-cadence, absences and their cover, somebody leaving; migrating to a version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest

from fu_tui.core.errors import NotFound, Refused
from fu_tui.core.events_life import (
    AbsenceAdded,
    AbsenceRemoved,
    Covered,
    GivenBack,
    HandedOver,
    HeldForAbsence,
    UserLeft,
)
from fu_tui.core.terms import Channel, Priority, Role, TaskKind
from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.queries.doctor import examine
from fu_tui.services.spawn import Links
from fu_tui.store.models import Contact, User
from tests.services.test_life import back_and_forth
from tests.world import World

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 12, 4)


@pytest.fixture(autouse=True)
def sound(world: World) -> Iterator[None]:
    """After each story the file keeps its promises."""
    yield
    assert examine(world.db).violations == ()


# --- 7.9: handoff


def test_7_9_a_handoff_in_mid_cadence_passes_everything_on(world: World) -> None:
    begun = world.enroll("standard")
    second = world.spawn(begun.task_id)
    private = world.make_task("Buy flowers", kind=TaskKind.PRIVATE)
    handed: list[Any] = []
    back_and_forth(
        world,
        lambda: handed.extend(world.handing.handoff("deal", world.deal, "sam", "Wants a quote by March")),
    )
    [event] = handed
    assert isinstance(event, HandedOver)
    *moved, first = event.task_ids
    assert (event.owner, moved) == ("Sam Hill", [second.task_id])
    assert world.record("deal", world.deal)["owner_id"] == world.sam
    assert world.task(second.task_id)["owner_id"] == world.sam
    assert world.task(private)["owner_id"] == world.dana
    enrollment = world.record("enrollment", begun.enrollment_id)
    assert (enrollment["assignee_id"], enrollment["state"]) == (world.sam, "active")
    task = world.task(first)
    assert (task["due_on"], task["origin"], task["note"]) == (
        "2026-11-24",
        "handoff",
        "Wants a quote by March",
    )
    third = world.spawn(second.task_id)
    assert third.owner_id == world.sam


def test_the_first_task_of_a_new_owner_holds_an_introduction(world: World) -> None:
    world.handing.handoff("contact", world.contact, "sam", "Prefers the phone")
    [task] = world.open_tasks()
    assert (task["action"], task["channel"]) == ("Introduce yourself to Ana Ruiz", "mail")
    assert "I am Sam Hill" in task["body"]
    assert "Dana Okafor has told me" in task["body"]
    assert (
        world.db.value("SELECT body FROM note WHERE contact_id = ?", (world.contact,)) == "Prefers the phone"
    )


def test_nobody_is_introduced_to_one_who_wants_no_contact(world: World) -> None:
    world.change(Contact, world.contact, do_not_contact=True)
    world.handing.handoff("contact", world.contact, "sam", "Leave her alone")
    [task] = world.open_tasks()
    assert (task["action"], task["channel"], task["body"]) == ("Read the handover of Ana Ruiz", None, "")


def test_the_context_of_a_handoff_begins_with_what_is_known(world: World) -> None:
    begun = world.enroll("standard")
    world.spawn(begun.task_id, note="asked about seats")
    assert world.handing.handoff_context("deal", world.deal).splitlines() == [
        "Stage: New lead",
        "Mon 23 Nov 2026, we by mail: asked about seats",
        f"Open: {world.open_tasks()[0]['action']}, due Fri 27 Nov 2026",
    ]


def test_a_handoff_wants_a_note_another_owner_and_the_right_to(world: World) -> None:
    with pytest.raises(Refused, match="What should the new owner know"):
        world.handing.handoff("deal", world.deal, "sam", " ")
    with pytest.raises(Refused, match="is Dana Okafor's already"):
        world.handing.handoff("deal", world.deal, "dana", "note")
    with world.acting(world.sam), pytest.raises(Refused, match="belongs to Dana Okafor"):
        world.handing.handoff("deal", world.deal, "sam", "note")


# --- 7.12, R180–R183: absences


def away(world: World, first: date = MONDAY, last: date = FRIDAY, **more: Any) -> tuple[Any, ...]:
    return world.absences.add_absence("dana", first, last, **more)


def test_an_absence_with_cover_gives_what_is_due_to_the_cover_and_back_at_its_end(world: World) -> None:
    due, later = world.make_task(due=date(2026, 11, 25)), world.make_task(due=date(2026, 12, 20))
    private = world.make_task(kind=TaskKind.PRIVATE)
    told: list[Any] = []
    back_and_forth(world, lambda: told.extend(away(world, cover="sam")))
    assert told == [
        AbsenceAdded(1, "Dana Okafor", MONDAY, FRIDAY, "Sam Hill", "cover_all"),
        Covered("Dana Okafor", "Sam Hill", (due,)),
    ]
    assert [world.task(task)["acting_owner_id"] for task in (due, later, private)] == [world.sam, None, None]
    assert world.task(due)["owner_id"] == world.dana, "I12: an absence never writes the owner"
    assert world.come_back() == ()
    world.go_to(date(2026, 12, 5))
    assert world.come_back() == (GivenBack("Dana Okafor", (due,)),)
    assert world.come_back() == ()


def test_what_a_close_brings_during_an_absence_is_the_covers_at_once(world: World) -> None:
    begun = world.enroll("standard")
    away(world, cover="sam")
    with world.acting(world.sam):
        second = world.spawn(begun.task_id)
    made = world.task(second.task_id)
    assert (made["owner_id"], made["acting_owner_id"]) == (world.dana, world.sam), "I12"
    assert second.why == "Sam Hill does it, as Dana Okafor is away until Fri 4 Dec"
    assert world.come_back() == (), "a tick finds nothing to do"
    with world.acting(world.sam):
        world.journal.undo()
    assert world.task(second.task_id)["status"] == "withdrawn"


def test_what_is_made_while_everything_waits_is_held_at_once(world: World) -> None:
    meeting = world.make_task("Meet Ana about the seats", kind=TaskKind.MEETING, channel=Channel.MEETING)
    away(world)
    first = world.spawn(meeting, "meeting_held")
    made = world.task(first.task_id)
    assert (made["status"], made["due_on"]) == ("held", "2026-11-24")
    assert first.why == "it waits, as Dana Okafor is away until Fri 4 Dec"
    assert world.come_back() == (), "a tick finds nothing to do"
    world.go_to(date(2026, 12, 7))
    world.come_back()
    assert world.task(first.task_id)["due_on"] == "2026-12-08"
    assert world.trace(first.task_id).lines == (
        "waited from Mon 23 Nov, when it was due Tue 24 Nov: 1 day left",
        "1 day after Dana Okafor's return (Mon 7 Dec) → Tue 8 Dec",
    )


@pytest.mark.parametrize("policy", list(AbsencePolicy))
@pytest.mark.parametrize("cover", ["sam", None])
def test_what_is_made_meanwhile_is_as_a_tick_would_have_it(
    world: World, policy: AbsencePolicy, cover: str | None
) -> None:
    days = (date(2026, 11, 20), MONDAY, FRIDAY, date(2026, 12, 7))
    kinds = (TaskKind.FOLLOW_UP, TaskKind.MEETING, TaskKind.PRIVATE, TaskKind.DECIDE)

    def made() -> list[int]:
        tasks = [
            world.make_task(due=day, kind=kind, priority=priority)
            for day, kind, priority in product(days, kinds, (Priority.NORMAL, Priority.HIGH))
        ]
        return [*tasks, world.make_task(due=FRIDAY, due_at=world.clock.at)]

    def stands(tasks: list[int]) -> list[tuple[str, int | None]]:
        return [(world.task(task)["status"], world.task(task)["acting_owner_id"]) for task in tasks]

    before = made()
    away(world, cover=cover, policy=policy)
    meanwhile = made()
    assert stands(meanwhile) == stands(before)
    world.come_back()
    assert stands(meanwhile) == stands(before)


def test_the_urgent_alone_is_covered(world: World) -> None:
    late = world.make_task(due=date(2026, 11, 20))
    high = world.make_task(due=date(2026, 11, 25), priority=Priority.HIGH)
    hour = world.make_task(due=MONDAY, due_at=world.clock.at)
    plain = world.make_task(due=date(2026, 11, 25))
    away(world, cover="sam", policy=AbsencePolicy.COVER_URGENT)
    acting = [world.task(task)["acting_owner_id"] for task in (late, high, hour, plain)]
    assert acting == [world.sam, world.sam, world.sam, None]


def test_an_absence_that_is_still_to_come_begins_on_its_day(world: World) -> None:
    task = world.make_task(due=date(2026, 12, 2))
    away(world, date(2026, 12, 1), FRIDAY, cover="sam")
    assert world.come_back() == ()
    world.go_to(date(2026, 12, 1))
    assert world.come_back() == (Covered("Dana Okafor", "Sam Hill", (task,)),)


def test_7_12_an_absence_without_cover_freezes_the_days(world: World) -> None:
    begun = world.enroll("standard")
    task = world.make_task(due=date(2026, 11, 26))
    _, held = away(world)
    assert held == HeldForAbsence("Dana Okafor", (begun.task_id, task))
    assert world.open_tasks() == []
    world.go_to(date(2026, 12, 7))
    assert world.come_back() == (GivenBack("Dana Okafor", (begun.task_id, task)),)
    assert world.task(begun.task_id)["due_on"] == "2026-12-07"
    assert world.task(task)["due_on"] == "2026-12-10", "3 days were left"


def test_7_12_what_a_pause_or_a_park_holds_stays_when_the_owner_returns(world: World) -> None:
    begun = world.enroll("standard")
    away(world)
    world.deals.park([world.deal], date(2027, 1, 4), "budget")
    world.go_to(date(2026, 12, 7))
    assert world.come_back() == ()
    assert world.task(begun.task_id)["status"] == "held"
    world.go_to(date(2027, 1, 4))
    world.come_back()
    assert world.task(begun.task_id)["status"] == "open"


def test_nobody_covers_where_the_cover_is_away_too_and_the_manager_is_told_once(world: World) -> None:
    world.change(User, world.dana, manager=world.sam)
    world.absences.add_absence("sam", MONDAY, FRIDAY)
    task = world.make_task()
    away(world, cover="sam")
    assert world.task(task)["acting_owner_id"] is None
    world.come_back()
    [(who, text)] = world.db.rows("SELECT user_id, text FROM notification")
    assert (who, text) == (world.sam, "Dana Okafor is away until Fri 4 Dec 2026, and nobody covers.")
    assert world.come_back() == ()


def test_an_absence_is_taken_back(world: World) -> None:
    task = world.make_task()
    away(world, cover="sam")
    removed: list[Any] = []
    back_and_forth(world, lambda: removed.extend(world.absences.remove_absence(1)))
    assert removed == [
        AbsenceRemoved(1, "Dana Okafor", MONDAY, FRIDAY), GivenBack("Dana Okafor", (task,)),
    ]  # fmt: skip


def test_the_answer_of_ones_mail_names_the_cover(world: World) -> None:
    world.change(User, world.sam, email="sam@betatech.example")
    away(world, cover="sam")
    assert world.record("absence", 1)["auto_reply"] == (
        "I am away until Fri 4 Dec 2026 and will answer when I am back. Until then please write to Sam Hill"
        " (sam@betatech.example)."
    )


def test_absences_that_make_no_sense_are_refused(world: World) -> None:
    for first, last, more, why in (
        (FRIDAY, MONDAY, {}, "is before"),
        (date(2026, 11, 2), date(2026, 11, 6), {}, "is past"),
        (MONDAY, FRIDAY, {"cover": "dana"}, "can't cover for themselves"),
    ):
        with pytest.raises(Refused, match=why):
            away(world, first, last, **more)
    away(world)
    with pytest.raises(Refused, match="is away Mon 23 Nov 2026 to Fri 4 Dec 2026 already"):
        away(world, FRIDAY, date(2026, 12, 11))
    with world.acting(world.sam), pytest.raises(Refused, match="belongs to Dana"):
        world.absences.remove_absence(1)


# --- what is given to one who is away


def give(world: World, how: str, deal: int, task: int) -> tuple[Any, ...]:
    if how == "reassign":
        return world.moves.reassign([task], "sam")
    if how == "handoff":
        return world.handing.handoff("deal", deal, "sam", "Wants a quote by March")
    boss = world.make_user("kim", Role.ADMIN)
    with world.acting(boss):
        return world.leaving.deactivate("dana", "sam")


@pytest.mark.parametrize("how", ["reassign", "handoff", "leaving"])
def test_what_is_given_to_one_who_is_away_is_their_covers_at_once_or_waits(world: World, how: str) -> None:
    task, other = world.make_task(), world.make_task("Not of this deal", links=Links())
    ivo = world.make_user("ivo")
    world.absences.add_absence("sam", MONDAY, FRIDAY, cover="ivo")
    before = world.dump()
    assert Covered("Sam Hill", "Ivo", (task,)) in [
        event if not isinstance(event, Covered) else event._replace(task_ids=event.task_ids[:1])
        for event in give(world, how, world.deal, task)
    ]
    row = world.task(task)
    assert (row["owner_id"], row["acting_owner_id"]) == (world.sam, ivo)
    assert how == "leaving" or world.task(other)["acting_owner_id"] is None
    assert world.come_back() == (), "a tick finds nothing to do"
    if how != "leaving":
        world.journal.undo()
        assert world.dump() == before
        world.absences.remove_absence(1)
        world.absences.add_absence("sam", MONDAY, FRIDAY)
        assert HeldForAbsence("Sam Hill", (task,)) in give(world, how, world.deal, task)
        assert world.task(task)["status"] == "held"
        assert world.come_back() == ()


def test_what_waited_for_its_former_owner_goes_on_with_a_new_one_who_is_here(world: World) -> None:
    task = world.make_task(due=date(2026, 11, 25))
    away(world)
    world.go_to(FRIDAY)
    events = world.handing.handoff("deal", world.deal, "sam", "Wants a quote by March")
    assert GivenBack("Sam Hill", (task,)) in events
    row = world.task(task)
    assert (row["status"], row["owner_id"], row["due_on"]) == ("open", world.sam, "2026-12-07")
    assert world.trace(task).lines[1] == "2 days after Sam Hill took it over (Fri 4 Dec) → Sun 6 Dec"


# --- R183: somebody leaves


def test_one_who_leaves_loses_no_follow_up(world: World) -> None:
    with world.acting(world.dana):
        deal = world.make_deal("Sam's deal", owner=world.sam)
        contact = world.make_contact("Bo", owner=world.sam)
    begun = world.enroll("standard", deal=deal, contact=contact)
    private = world.make_task(owner=world.sam, kind=TaskKind.PRIVATE)
    world.change(User, world.dana, manager=world.sam)
    left: list[Any] = []
    back_and_forth(world, lambda: left.extend(world.leaving.deactivate("sam", "dana")))
    assert left == [UserLeft(world.sam, "Sam Hill", "Dana Okafor", (begun.task_id,), 1, 1)]
    assert world.task(begun.task_id)["owner_id"] == world.dana
    assert world.record("enrollment", begun.enrollment_id)["assignee_id"] == world.dana
    assert world.task(private)["status"] == "cancelled"
    assert world.record("user", world.dana)["manager_id"] is None
    with pytest.raises(NotFound):
        world.moves.reassign([begun.task_id], "sam")


def test_only_a_manager_says_that_somebody_leaves(world: World) -> None:
    with world.acting(world.sam), pytest.raises(Refused, match="Only a manager"):
        world.leaving.deactivate("dana", "sam")
    with pytest.raises(Refused, match="can't take yourself away"):
        world.leaving.deactivate("dana", "sam")
    with pytest.raises(Refused, match="Name somebody else"):
        world.leaving.deactivate("sam", "sam")
    assert world.context.me.role is Role.ADMIN

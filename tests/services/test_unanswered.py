"""Touches without a reply are counted for the contact over everything: a warning at four, a question at five (R100)."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.events import EnrollmentEnded, Event, FollowUpSpawned, UnansweredWarning
from fu_tui.core.terms import Priority
from fu_tui.queries.touches import unanswered
from fu_tui.services.announce import announced
from fu_tui.services.following import Following
from fu_tui.services.spawn import Links
from tests.world import World

LONG = (0, 3, 6, 9, 12, 15, 18)


def count(world: World) -> int:
    return unanswered(world.db, world.contact, world.deal)


def warning(events: tuple[Event, ...]) -> UnansweredWarning | None:
    return next((event for event in events if isinstance(event, UnansweredWarning)), None)


def spawned(events: tuple[Event, ...]) -> FollowUpSpawned:
    return next(event for event in events if isinstance(event, FollowUpSpawned))


def touch_times(world: World, times: int, outcome: str = "no_reply") -> None:
    for number in range(times):
        task = world.make_task(f"Call about matter {number}")
        world.close([task], outcome)
        world.moves.priority([world.open_tasks()[-1]["id"]])
        world.close([world.open_tasks()[-1]["id"]], "not_needed")


def test_a_long_cadence_warns_at_four_and_asks_at_five(world: World) -> None:
    task = world.enroll(world.make_cadence("long", LONG)).task_id
    for number in range(1, 4):
        events = world.close([task], "no_reply")
        assert (warning(events), count(world)) == (None, number)
        task = spawned(events).task_id
    events = world.close([task], "left_voicemail")
    assert warning(events) == UnansweredWarning(4, 5, "Ana Ruiz")
    task = spawned(events).task_id
    events = world.close([task], "no_reply")
    assert warning(events) is None
    question = spawned(events)
    assert (question.is_decide, question.why, question.due_on) == (
        True,
        "5 touches without a reply",
        date(2026, 11, 24),
    )
    row = world.task(question.task_id)
    assert (row["kind"], row["channel"], row["step_no"], row["action"]) == (
        "decide", None, len(LONG) + 1, "Decide how to go on",
    )  # fmt: skip


def test_no_warning_where_the_next_step_is_the_question(world: World) -> None:
    """Standard outreach asks after four touches by itself."""
    task = world.enroll("standard").task_id
    for _ in range(3):
        task = world.spawn(task).task_id
    events = world.close([task], "no_reply")
    assert count(world) == 4
    assert (warning(events), spawned(events).is_decide) == (None, True)


def test_tries_without_a_cadence_warn_and_ask_too(world: World) -> None:
    task = world.make_task()
    for _ in range(3):
        task = world.spawn(task).task_id
    events = world.close([task], "no_reply")
    assert warning(events) == UnansweredWarning(4, 5, "Ana Ruiz")
    events = world.close([spawned(events).task_id], "no_reply")
    row = world.task(spawned(events).task_id)
    assert (row["kind"], row["action"], row["due_on"]) == ("decide", "Decide how to go on", "2026-11-24")
    more = world.spawn(row["id"], "extend")
    assert (more.action, more.is_decide) == ("Call Ana about the seats", False)
    assert world.task(more.task_id)["channel"] == "call"


def test_one_more_try_is_made_by_whoever_decided_on_it(world: World) -> None:
    task = world.make_task()
    for _ in range(5):
        task = world.spawn(task).task_id
    world.moves.reassign([task], "sam")
    world.moves.priority([task], Priority.HIGH)
    more = world.task(world.spawn(task, "extend").task_id)
    assert (more["owner_id"], more["priority"], more["action"]) == (world.sam, 1, "Call Ana about the seats")


def test_a_question_that_is_put_off_stays_one_and_its_extension_is_a_touch(world: World) -> None:
    task = world.make_task()
    for _ in range(5):
        task = world.spawn(task).task_id
    again = world.spawn(task, "call_back", until=date(2026, 12, 14)).task_id
    assert (world.task(again)["kind"], world.task(again)["due_on"]) == ("decide", "2026-12-14")
    more = world.task(world.spawn(again, "extend").task_id)
    assert (more["action"], more["kind"], more["channel"]) == (
        "Call Ana about the seats",
        "follow_up",
        "call",
    )


def test_the_count_is_the_contacts_over_all_that_runs(world: World) -> None:
    touch_times(world, 3)
    world.make_task()
    other = world.make_deal("Other deal", world.account)
    task = world.enroll("proposal", deal=other, contact=world.contact).task_id
    assert warning(world.close([task], "no_reply")) == UnansweredWarning(4, 5, "Ana Ruiz")


def test_a_deal_without_a_contact_has_its_own_count(world: World) -> None:
    deal = world.make_deal("Alone")
    touch_times(world, 4)
    task = world.make_task("Ask the front desk", links=Links(None, deal))
    events = world.close([task], "no_reply")
    assert (unanswered(world.db, None, deal), count(world)) == (1, 4)
    assert warning(events) is None


def test_a_reply_starts_the_count_anew(world: World) -> None:
    touch_times(world, 4)
    world.close([world.make_task()], "replied")
    assert count(world) == 0
    touch_times(world, 1)
    assert count(world) == 1


@pytest.mark.parametrize(
    ("outcome", "until"),
    [
        ("acknowledged", None),
        ("done", None),
        ("out_of_office", date(2026, 12, 1)),
        ("call_back", date(2026, 12, 1)),
    ],
)
def test_what_is_no_silence_is_not_counted(world: World, outcome: str, until: date | None) -> None:
    touch_times(world, 2)
    world.close([world.make_task()], outcome, until=until)
    assert count(world) == 2


def test_an_undo_takes_the_touch_back(world: World) -> None:
    touch_times(world, 2)
    task = world.make_task()
    world.close([task], "no_reply")
    assert count(world) == 3
    world.journal.undo()
    assert count(world) == 2


def test_a_try_without_a_channel_counts_though_it_is_no_contact(world: World) -> None:
    """Else a task whose action names no channel would be tried for ever."""
    task = world.make_task("Get an answer from Ana", channel=None)
    for _ in range(4):
        task = world.spawn(task).task_id
    assert world.record("contact", world.contact)["last_outbound_at"] is None
    assert spawned(world.close([task], "no_reply")).is_decide


def test_at_five_a_plan_with_another_end_ends_that_way(world: World) -> None:
    touch_times(world, 4)
    task = world.enroll(world.make_cadence("goes", LONG, on_exhaust="close_file")).task_id
    events = world.close([task], "no_reply")
    assert any(isinstance(event, EnrollmentEnded) for event in events)
    assert world.record("contact", world.contact)["lifecycle"] == "closed_file"


def test_at_five_a_plan_that_is_its_own_goal_asks_all_the_same(world: World) -> None:
    touch_times(world, 4)
    task = world.enroll("onboarding").task_id
    assert spawned(world.close([task], "no_reply")).is_decide


def test_at_five_a_step_that_repeats_asks(world: World) -> None:
    task = world.enroll("negotiation").task_id
    for _ in range(4):
        task = world.spawn(task).task_id
    assert world.spawn(task).is_decide


def test_the_screen_announces_what_the_close_then_does(world: World) -> None:
    """ "n → …" and the close ask the same functions."""
    task = world.enroll(world.make_cadence("long", LONG)).task_id
    for _ in range(5):
        brought = announced(world.context, task, "no_reply")
        assert isinstance(brought, Following)
        done = world.spawn(task)
        assert (brought.action, brought.due.due_on, brought.decides) == (
            done.action,
            done.due_on,
            done.is_decide,
        )
        task = done.task_id
    assert (
        announced(world.context, task, "no_reply")
        == "This step is a decision: choose nurture, extend, lost or close the file."
    )


def test_another_try_at_an_address_is_announced_for_the_day_it_gets(world: World) -> None:
    """A proposal's tries are further apart; the search for the address waits as long."""
    world.deals.move_stage([world.deal], "Proposal sent")
    search = world.spawn(world.make_task(), "bounced").task_id
    told = announced(world.context, search, "no_reply")
    assert isinstance(told, Following)
    assert world.spawn(search).due_on == told.due.due_on

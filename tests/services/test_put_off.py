"""A step that a person puts off moves the rest of its plan; what was said stays said; opt-outs are passed over."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.capture import Draft
from fu_tui.core.dates_terms import When
from fu_tui.core.events import Enrolled, FollowUpSpawned, NotEnrolled
from fu_tui.core.terms import Channel, TaskKind
from fu_tui.services.capturing import Capturing
from fu_tui.services.enroll import Target
from fu_tui.services.resolving import Resolving
from fu_tui.store.models import Contact
from tests.world import World

TO_JANUARY = date(2027, 1, 4)


def test_a_call_back_moves_the_rest_of_a_planned_cadence(world: World) -> None:
    second = world.spawn(world.enroll("proposal").task_id)
    again = world.spawn(second.task_id, "call_back", until=TO_JANUARY)
    assert again.due_on == TO_JANUARY
    world.go_to(TO_JANUARY)
    third = world.spawn(again.task_id)
    world.go_to(third.due_on)
    fourth = world.spawn(third.task_id)
    assert third.due_on == date(2027, 1, 7)  # 38 days after Fri 27 Nov, so is the plan: 30 Nov + 38 days
    assert (fourth.due_on - third.due_on).days >= 6


def test_a_snooze_moves_the_rest_of_a_planned_cadence(world: World) -> None:
    second = world.spawn(world.enroll("proposal").task_id)
    world.moves.snooze([second.task_id], TO_JANUARY)
    world.go_to(TO_JANUARY)
    third = world.spawn(second.task_id)
    assert third.due_on == date(2027, 1, 7)  # 38 days after Fri 27 Nov, so is the plan: 30 Nov + 38 days


def test_an_extension_waits_for_its_answer_before_it_asks_again(world: World) -> None:
    task = world.enroll("proposal")
    number = task.task_id
    for _ in range(4):
        event = world.spawn(number)
        number = event.task_id
        world.go_to(event.due_on)
    assert world.task(number)["kind"] == TaskKind.DECIDE
    touch = world.spawn(number, "extend")
    world.go_to(touch.due_on)
    asked = world.spawn(touch.task_id)
    assert asked.is_decide
    if not asked.why:  # the plan's own question, not the one after too many touches
        assert (asked.due_on - touch.due_on).days >= 7


@pytest.mark.parametrize(("shut", "first"), [(("mail",), "call"), (("call",), "mail")])
def test_steps_on_a_channel_the_contact_opted_out_of_are_passed_over(
    world: World, shut: tuple[str, ...], first: str
) -> None:
    with world.context.unit("setup") as work:
        work.update(Contact, world.contact, opted_out=shut)
    event = world.enroll("standard")
    task = world.task(event.task_id)
    assert task["channel"] == first
    if shut == ("mail",):
        assert "opted out of mail" in task["trace"]
        assert world.spawn(event.task_id).is_decide


def test_who_opted_out_of_every_channel_is_not_enrolled(world: World) -> None:
    with world.context.unit("setup") as work:
        work.update(Contact, world.contact, opted_out=("mail", "call"))
    nurture = world.enrolling.enroll("standard", [Target(world.contact, world.deal)])[0]
    assert isinstance(nurture, Enrolled)  # its own question is what is left
    assert world.task(nurture.task_id)["kind"] == TaskKind.DECIDE
    with pytest.raises(Exception, match="opted out of every channel"):
        world.enrolling.enroll("lost", [Target(world.contact, world.make_deal("Another"))])


def test_what_was_typed_beside_a_cadence_is_kept(world: World) -> None:
    capturing = Capturing(world.context)
    draft = Draft(
        action="Call Ana about the audit", contact="Ana Ruiz", link=None, owner=None, priority=None,
        cadence="standard", body="she asked for net 60", when=When(world.today, None, 0, 0), spans=(),
    )  # fmt: skip
    [event] = capturing.add(Resolving(world.context).resolve(draft))
    assert isinstance(event, Enrolled)
    task = world.task(event.task_id)
    assert (task["body"], task["channel"]) == ("she asked for net 60", Channel.CALL)


def test_a_day_named_for_the_first_step_of_a_renewal_is_not_the_end_of_the_contract(world: World) -> None:
    capturing = Capturing(world.context)
    day = date(2026, 12, 1)
    draft = Draft(
        action="Review usage with Ana", contact="Ana Ruiz", link=None, owner=None, priority=None,
        cadence="renewal", body="", when=When(day, None, 0, 0), spans=(),
    )  # fmt: skip
    [event] = capturing.add(Resolving(world.context).resolve(draft))
    assert isinstance(event, Enrolled)
    world.go_to(day)
    assert (world.spawn(event.task_id).due_on - day).days in (28, 29, 30)


def test_what_is_private_stays_private(world: World) -> None:
    task = world.make_task("Ask HR about the pay", kind=TaskKind.PRIVATE)
    again = world.spawn(task, "call_back", until=date(2026, 11, 30))
    assert world.task(again.task_id)["kind"] == TaskKind.PRIVATE
    later = world.spawn(again.task_id, "check_back", until=date(2027, 1, 4))
    assert world.task(later.task_id)["kind"] == TaskKind.PRIVATE


def test_a_task_linked_to_nobody_asks_after_five_tries(world: World) -> None:
    from fu_tui.services.spawn import Links

    number = world.make_task("Ask the landlord for the plan", links=Links())
    kinds = []
    for _ in range(5):
        event = world.spawn(number)
        number = event.task_id
        kinds.append(event.is_decide)
        world.go_to(event.due_on)
    assert kinds == [False, False, False, False, True]


def test_a_lost_deal_leaves_nothing_open_and_keeps_its_reason(world: World) -> None:
    beside = world.make_task("Send the security sheet")
    number = world.enroll("proposal").task_id
    for _ in range(4):
        event = world.spawn(number)
        number = event.task_id
        world.go_to(event.due_on)
    events = world.close([number], "lost", note="chose the cheaper one")
    assert world.task(beside)["status"] == "superseded"
    assert world.record("deal", world.deal)["lost_reason"] == "chose the cheaper one"
    assert isinstance(events[-1], FollowUpSpawned | NotEnrolled)

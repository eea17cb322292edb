"""The way of a deal: stages and what belongs to them, won, lost, opened again, parked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fu_tui.core.errors import NotFound, Refused
from fu_tui.core.events import Enrolled, EnrollmentEnded, Event, TaskAdded
from fu_tui.core.events_life import DealMoved, DealParked, DealUnparked
from fu_tui.core.terms import EndReason, TaskKind
from fu_tui.core.terms_automation import Then
from fu_tui.queries.doctor import examine
from fu_tui.services.returning import TAKE_UP
from fu_tui.services.running import is_touched
from fu_tui.store.models import DealContact
from tests.services.test_life import back_and_forth
from tests.world import World

UNTIL = date(2027, 1, 4)


@pytest.fixture(autouse=True)
def sound(world: World) -> Iterator[None]:
    """After each story the file keeps its promises."""
    with world.context.unit("link") as work:
        work.insert(DealContact, deal=world.deal, contact=world.contact)
    yield
    assert examine(world.db).violations == ()


def told(events: tuple[Event, ...], kind: type) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def stage_of(world: World) -> str:
    return str(
        world.db.value(
            "SELECT s.name FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = ?", (world.deal,)
        )
    )


def test_a_deal_goes_to_its_next_stage_and_begins_what_belongs_there(world: World) -> None:
    events = world.deals.move_stage([world.deal])
    assert events[0] == DealMoved(world.deal, "GTX Plus · Betatech", "Qualified", False)
    [begun] = told(events, Enrolled)
    assert isinstance(begun, Enrolled)
    assert (begun.cadence, begun.who) == ("Standard outreach", "Ana Ruiz · GTX Plus · Betatech")


def test_7_8_a_change_of_stage_asks_what_becomes_of_the_cadence(world: World) -> None:
    world.enroll("inbound")
    with pytest.raises(Refused, match=r"runs for GTX Plus.*keep, replace or stop"):
        world.deals.move_stage([world.deal], "Qualified")
    assert stage_of(world) == "New lead"


def test_7_8_it_is_kept(world: World) -> None:
    begun = world.enroll("inbound")
    events = world.deals.move_stage([world.deal], "qual", then=Then.KEEP)
    assert events == (DealMoved(world.deal, "GTX Plus · Betatech", "Qualified", False),)
    assert [task["id"] for task in world.open_tasks()] == [begun.task_id]


def test_7_8_it_is_replaced(world: World) -> None:
    begun = world.enroll("inbound")
    back_and_forth(world, lambda: world.deals.move_stage([world.deal], "Qualified", then=Then.REPLACE))
    assert world.record("enrollment", begun.enrollment_id)["end_reason"] == "replaced"
    [task] = world.open_tasks()
    assert task["enrollment_id"] != begun.enrollment_id


def test_7_8_it_is_stopped_and_nothing_begins(world: World) -> None:
    begun = world.enroll("inbound")
    back_and_forth(world, lambda: world.deals.move_stage([world.deal], "Qualified", then=Then.STOP))
    assert world.record("enrollment", begun.enrollment_id)["end_reason"] == "stopped"
    assert world.open_tasks() == []


def test_7_8_what_repeats_until_the_stage_changes_is_not_kept(world: World) -> None:
    world.deals.move_stage([world.deal], "Negotiation")
    with pytest.raises(Refused, match="runs only until the stage changes"):
        world.deals.move_stage([world.deal], "Qualified", then=Then.KEEP)


def test_7_8_what_belongs_to_the_new_stage_already_runs_on(world: World) -> None:
    begun = world.enroll("standard")
    world.deals.move_stage([world.deal], "Qualified")
    assert [task["id"] for task in world.open_tasks()] == [begun.task_id]


def test_7_8_won_ends_what_ran_and_onboarding_counts_from_the_delivery(world: World) -> None:
    begun = world.enroll("proposal")
    by_hand = world.make_task("Send the invoice", kind=TaskKind.DOCUMENT)
    moved: list[Event] = []
    back_and_forth(
        world, lambda: moved.extend(world.deals.move_stage([world.deal], "Won", on=date(2026, 12, 1)))
    )
    assert moved[0] == DealMoved(world.deal, "GTX Plus · Betatech", "Won", False, (begun.task_id,))
    assert [event.reason for event in moved if isinstance(event, EnrollmentEnded)] == [EndReason.DEAL_WON]
    [onboarding] = [event for event in moved if isinstance(event, Enrolled)]
    assert onboarding.due_on == date(2026, 12, 8)
    assert {task["id"] for task in world.open_tasks()} == {by_hand, onboarding.task_id}
    deal = world.record("deal", world.deal)
    assert (deal["delivered_on"], deal["closed_at"] is not None) == ("2026-12-01", True)
    assert world.record("contact", world.contact)["lifecycle"] == "customer"


def test_7_8_lost_leaves_nothing_open_and_asks_for_feedback(world: World) -> None:
    world.enroll("proposal")
    world.make_task()
    moved: list[Event] = []
    back_and_forth(
        world, lambda: moved.extend(world.deals.move_stage([world.deal], "Lost", reason="too dear"))
    )
    [feedback] = [event for event in moved if isinstance(event, Enrolled)]
    assert [task["id"] for task in world.open_tasks()] == [feedback.task_id]
    assert world.record("deal", world.deal)["lost_reason"] == "too dear"
    assert world.task(feedback.task_id)["deal_id"] is None


def test_the_close_of_a_decision_and_the_move_of_a_deal_lose_it_the_same_way(world: World) -> None:
    begun = world.enroll("proposal", from_step=5)
    world.close([begun.task_id], "lost", note="too dear")
    assert stage_of(world) == "Lost"
    assert world.record("deal", world.deal)["lost_reason"] == "too dear"


def test_7_8_a_lost_deal_is_opened_again(world: World) -> None:
    world.deals.move_stage([world.deal], "Lost")
    [feedback] = world.open_tasks()
    (moved, begun) = world.deals.move_stage([world.deal], "Qualified")
    assert isinstance(moved, DealMoved)
    assert moved.reopened
    assert world.record("deal", world.deal)["closed_at"] is None
    assert isinstance(begun, Enrolled)
    assert feedback["id"] in {task["id"] for task in world.open_tasks()}, "that one is the contact's"


def test_stages_are_named_where_one_is_not_known(world: World) -> None:
    with pytest.raises(NotFound, match="There are: New lead, Qualified"):
        world.deals.move_stage([world.deal], "Nirvana")
    with pytest.raises(Refused, match="is in New lead already"):
        world.deals.move_stage([world.deal], "New lead")
    world.deals.move_stage([world.deal], "Negotiation")
    with pytest.raises(Refused, match="no open stage comes after Negotiation"):
        world.deals.move_stage([world.deal])


def test_what_a_move_would_meet_is_known_before(world: World) -> None:
    world.enroll("inbound")
    here, qualified, *_, lost = world.deals.moving(world.deal)
    assert (here.is_here, here.runs) == (True, ())
    assert (qualified.begins, qualified.runs, qualified.may_keep) == (
        "Standard outreach", ("Inbound inquiry",), True,
    )  # fmt: skip
    assert not lost.may_keep


def test_reps_move_and_park_their_own_deals(world: World) -> None:
    with world.acting(world.sam):
        with pytest.raises(Refused, match="belongs to Dana Okafor"):
            world.deals.move_stage([world.deal])
        with pytest.raises(Refused, match="belongs to Dana Okafor"):
            world.deals.park([world.deal], UNTIL, "budget")


# --- 7.12: park


def test_7_12_a_parked_deal_holds_its_tasks_and_brings_them_back_on_its_day(world: World) -> None:
    begun = world.enroll("standard")
    by_hand = world.make_task(due=date(2026, 11, 30))
    meeting = world.make_task("Meet Ana", kind=TaskKind.MEETING)
    parked: list[Event] = []
    back_and_forth(world, lambda: parked.extend(world.deals.park([world.deal], UNTIL, "budget in January")))
    assert parked == [DealParked(world.deal, "GTX Plus · Betatech", UNTIL, (begun.task_id, by_hand))]
    assert [task["id"] for task in world.open_tasks()] == [meeting]
    assert examine(world.db).lists == ()
    world.go_to(date(2027, 1, 3))
    assert world.come_back() == ()
    world.go_to(UNTIL)
    assert world.come_back() == (DealUnparked(world.deal, "GTX Plus · Betatech", (begun.task_id, by_hand)),)
    assert world.come_back() == (), "a tick that runs twice does it once"
    assert world.task(begun.task_id)["due_on"] == "2027-01-04"
    assert world.task(by_hand)["due_on"] == "2027-01-11", "7 days were left"


def test_7_12_what_was_paused_before_stays_paused_when_the_deal_returns(world: World) -> None:
    begun = world.enroll("standard")
    world.life.pause([begun.enrollment_id])
    world.deals.park([world.deal], UNTIL, "budget")
    with pytest.raises(Refused, match="is parked until"):
        world.life.resume([begun.enrollment_id])
    back_and_forth(world, lambda: world.deals.unpark([world.deal]))
    assert world.task(begun.task_id)["status"] == "held"
    world.life.resume([begun.enrollment_id])
    assert world.task(begun.task_id)["status"] == "open"


def test_a_deal_that_returns_with_nothing_to_do_brings_a_task(world: World) -> None:
    world.deals.park([world.deal], UNTIL, "budget in January")
    world.go_to(UNTIL)
    *_, added = world.come_back()
    assert isinstance(added, TaskAdded)
    assert added.action == TAKE_UP
    assert world.task(added.task_id)["note"] == "budget in January"


def test_a_park_wants_a_reason_and_a_day_ahead(world: World) -> None:
    with pytest.raises(Refused, match="Why is it parked"):
        world.deals.park([world.deal], UNTIL, "")
    with pytest.raises(Refused, match="is not ahead"):
        world.deals.park([world.deal], world.today, "budget")
    with pytest.raises(Refused, match="is not parked"):
        world.deals.unpark([world.deal])
    world.deals.move_stage([world.deal], "Lost")
    with pytest.raises(Refused, match="is closed"):
        world.deals.park([world.deal], UNTIL, "budget")


def test_a_parked_deal_that_moves_is_parked_no_longer(world: World) -> None:
    begun = world.enroll("standard")
    world.deals.park([world.deal], UNTIL, "budget")
    events = world.deals.move_stage([world.deal], "Qualified")
    assert told(events, DealUnparked)
    assert world.task(begun.task_id)["status"] == "open"


def test_what_was_made_by_hand_on_a_parked_deal_is_open_when_the_deal_is_won(world: World) -> None:
    by_hand = world.make_task("Send the contract")
    meeting = world.make_task("Meet Ana", kind=TaskKind.MEETING)
    world.deals.park([world.deal], UNTIL, "budget")
    world.close([meeting], "won", until=world.today)
    assert world.task(by_hand)["status"] == "open", "nothing holds it any more"


def test_a_task_that_only_came_back_with_its_deal_was_not_changed_by_anybody(world: World) -> None:
    begun = world.enroll("standard")
    second = world.spawn(begun.task_id).task_id
    world.deals.park([world.deal], UNTIL, "budget")
    world.deals.move_stage([world.deal], "Qualified")
    assert world.task(second)["status"] == "open"
    assert not is_touched(world.db, second)


def test_7_12_a_cadence_that_waits_for_an_address_does_not_go_on_while_its_deal_rests(world: World) -> None:
    begun = world.enroll("standard")
    world.spawn(begun.task_id, "bounced")
    world.deals.park([world.deal], UNTIL, "budget")
    with pytest.raises(Refused, match="is parked until"):
        world.life.resume([begun.enrollment_id])
    world.deals.unpark([world.deal])
    world.life.resume([begun.enrollment_id])
    assert [row["step_no"] for row in world.open_tasks()] == [1]

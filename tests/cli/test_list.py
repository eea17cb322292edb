"""`fu list`: the day's queue in words, the lists that want a decision, the rows for programs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fu_tui.core.terms import Priority
from fu_tui.services.spawn import Links
from fu_tui.store.models import Contact, Deal, Enrollment, Task
from tests.cli.conftest import Fu
from tests.world import World

KEYS = (
    "id action body status priority kind due_on due_at window_end_on bucket overdue_days owner acting_owner"
    " contact account deal case channel note origin assigner cadence outcome outcome_note closed_at closed_by"
    " spawned_by spawned hidden_until moved_count version trace last_contact"
)


@pytest.fixture
def queue(world: World) -> World:
    """Two late tasks, two for today, three ahead, one hidden."""
    world.make_task("Call Ana, confirm the approval", due=date(2026, 11, 20), priority=Priority.HIGH)
    world.make_task("Answer Ana on the seat count", due=date(2026, 11, 22))
    world.make_task("Send the pricing recap", due=world.today)
    world.make_task("Share the retail case", due=world.today, links=Links())
    world.make_task("Discuss the decision factors", due=date(2026, 11, 25))
    world.make_task("Call about the checklist", due=date(2026, 12, 7))
    world.make_task("Review the contract", due=date(2027, 1, 4))
    world.make_task("Ask for the logo", due=date(2026, 11, 24), hidden_until=date(2026, 11, 30))
    return world


def test_the_day_in_words(fu: Fu, queue: World) -> None:
    assert fu.ok("list").lines == [
        "Overdue 2",
        "  #1  3d late  !  Call Ana, confirm the approval  Ana Ruiz · Betatech  call",
        "  #2  1d late     Answer Ana on the seat count    Ana Ruiz · Betatech  call",
        "Due today 2",
        "  #3              Send the pricing recap          Ana Ruiz · Betatech  call",
        "  #4              Share the retail case           no link              call",
        "Upcoming 2 · 14 days",
        "  #5  Wed 25      Discuss the decision factors    Ana Ruiz · Betatech  call",
        "  #6  7 Dec       Call about the checklist        Ana Ruiz · Betatech  call",
        "1 later (fu list all) · 1 hidden (fu list hidden)",
    ]


def test_a_task_for_programs_has_exactly_its_names(fu: Fu, queue: World) -> None:
    tasks = fu.ok("list", "--json").json
    assert [task["id"] for task in tasks] == [1, 2, 3, 4, 5, 6]
    assert list(tasks[0]) == KEYS.split()
    assert (tasks[0]["bucket"], tasks[0]["overdue_days"], tasks[0]["owner"]) == ("overdue", 3, "dana")
    assert tasks[0]["contact"] == {"id": queue.contact, "name": "Ana Ruiz"}
    assert tasks[0]["last_contact"] is None


@pytest.mark.parametrize(
    ("which", "ids"),
    [
        ("overdue", [1, 2]),
        ("today", [3, 4]),
        ("upcoming", [5, 6]),
        ("hidden", [8]),
        ("all", [1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_one_list(fu: Fu, queue: World, which: str, ids: list[int]) -> None:
    assert [task["id"] for task in fu.ok("list", which, "--json").json] == ids


def test_only_one_day(fu: Fu, queue: World) -> None:
    assert [task["id"] for task in fu.ok("list", "--on", "wed", "--json").json] == [5]
    assert fu.ok("list", "--on", "24 nov").lines[0] == "Hidden 1"
    assert [task["id"] for task in fu.ok("list", "overdue", "--on", "2026-11-20", "--json").json] == [1]


def test_only_what_holds_the_words(fu: Fu, queue: World) -> None:
    assert [task["id"] for task in fu.ok("list", "--filter", "betatech CALL", "--json").json] == [
        1,
        2,
        3,
        5,
        6,
    ]
    assert [task["id"] for task in fu.ok("list", "--filter", "RETAIL", "--json").json] == [4]
    assert fu.ok("list", "--filter", "nothing like it").lines == ["Nothing matches."]


def test_priority_first(fu: Fu, queue: World) -> None:
    queue.make_task("Decide today, please", due=queue.today, priority=Priority.HIGH)
    first = [task["id"] for task in fu.ok("list", "today", "--order", "priority", "--json").json]
    assert first[0] == 9


def test_a_long_list_says_how_much_is_left_out(fu: Fu, queue: World) -> None:
    assert fu.ok("list", "overdue", "--limit", 1).lines[::2] == ["Overdue 2", "  1 more (--limit)"]
    assert fu.ok("list", "overdue", "--limit", 1, "--filter", "approval").lines[0] == "Overdue 1"
    assert len(fu.ok("list", "overdue", "--limit", 0).lines) == 3


def test_for_people_a_list_has_a_page_for_programs_everything(fu: Fu, world: World) -> None:
    for _ in range(53):
        world.make_task()
    assert fu.ok("list").lines[-1] == "  3 more (--limit)"
    assert len(fu.ok("list", "--json").json) == 53


def test_other_queues_name_their_owner(fu: Fu, queue: World) -> None:
    queue.make_task("Call Ana for Sam", owner=queue.sam)
    assert [task["id"] for task in fu.ok("list", "today", "--owner", "sam", "--json").json] == [9]
    assert fu.ok("list", "today", "--owner", "all").lines[-1].split()[-2:] == ["Sam", "Hill"]
    assert len(fu.ok("list", "today", "--owner", "team", "--json").json) == 3
    assert fu("list", "--owner", "nobody").code == 3


def test_an_empty_desk_says_what_to_do(fu: Fu, world: World) -> None:
    assert fu.ok("list").lines == [
        "Nothing is due in the next 14 days.", "Left: 1 without a next step (fu list no-next-step)",
    ]  # fmt: skip


def test_an_empty_desk_says_where_the_work_is(fu: Fu, queue: World) -> None:
    assert fu.ok("list", user="sam").lines == [
        "Nothing is due in the next 14 days.", "Work lies with Dana Okafor 7: fu list --owner all",
    ]  # fmt: skip
    assert fu.ok("list", "overdue", user="sam").lines == ["Nothing under overdue."]


def test_triage_counts_from_the_last_change_not_from_the_last_move(fu: Fu, world: World) -> None:
    world.make_task("Call Ana about the seats", due=world.today)
    world.make_task("Call Ana about the logo", due=world.today + timedelta(days=7))
    world.make_task("Water the plants", due=world.today, links=Links())
    world.go_to(date(2026, 12, 6))
    assert [task["id"] for task in fu.ok("list", "triage", "--json").json] == [3]
    fu.ok("snooze", 1, "tomorrow")
    world.go_to(date(2026, 12, 7))
    assert [task["id"] for task in fu.ok("list", "triage", "--json").json] == [1, 3]
    assert fu.ok("list", "triage").lines[0] == "Triage 2"
    assert fu.ok("list", "triage", "--owner", "sam").lines == ["Nothing to triage."]


def test_a_cadence_without_a_task_is_stalled(fu: Fu, world: World) -> None:
    enrolled = world.enroll("proposal")
    assert fu.ok("list", "stalled").lines == ["No cadence stands still."]
    with world.context.unit("break") as work:
        work.update(Task, enrolled.task_id, status="cancelled")
    [row] = fu.ok("list", "stalled", "--json").json
    assert row["cadence"] == {"key": "proposal", "name": "Proposal", "step": 1}
    assert (row["contact"]["name"], row["assignee"]) == ("Ana Ruiz", "dana")
    assert fu.ok("list", "stalled").lines[0] == "Stalled 1"
    assert fu.ok("list", "stalled", "--owner", "sam", "--json").json == []
    with world.context.unit("end") as work:
        work.update(Enrollment, enrolled.enrollment_id, state="ended", end_reason="stopped", ended_at=work.at)
    assert fu.ok("list", "stalled", "--json").json == []


def test_open_deals_that_nobody_works_on(fu: Fu, world: World) -> None:
    other = world.make_deal("Second deal", owner=world.sam)
    assert [deal["id"] for deal in fu.ok("list", "no-next-step", "--json").json] == [world.deal]
    both = fu.ok("list", "no-next-step", "--owner", "all")
    assert both.lines[0] == "Deals without a next step 2"
    assert [deal["id"] for deal in fu.ok("list", "no-next-step", "--owner", "all", "--json").json] == [
        world.deal, other,
    ]  # fmt: skip
    world.make_task()
    assert fu.ok("list", "no-next-step").lines == ["Every open deal has a next step."]
    with world.context.unit("park") as work:
        work.update(Deal, other, parked_until=date(2027, 1, 4), park_reason="budget")
    assert fu.ok("list", "no-next-step", "--owner", "sam", "--json").json == []


def test_contacts_without_an_owner(fu: Fu, world: World) -> None:
    assert fu.ok("list", "unowned").lines == ["Every contact has an owner."]
    with world.context.unit("make") as work:
        work.insert(Contact, name="Lost Lou")
    [contact] = fu.ok("list", "unowned", "--json").json
    assert (contact["name"], contact["owner"]) == ("Lost Lou", None)
    assert fu.ok("list", "unowned").lines == ["Unowned 1", "  2  Lost Lou  no owner"]


@pytest.mark.parametrize(
    "words", [("unowned", "--owner", "sam"), ("stalled", "--on", "fri"), ("later",), ("--limit", "-1")]
)
def test_what_makes_no_sense_is_a_usage_error(fu: Fu, words: tuple[str, ...]) -> None:
    assert fu("list", *words).code == 2


def test_an_hour_is_shown_and_makes_late(fu: Fu, world: World) -> None:
    fu.ok("add", "Call Ana about the seats @ana 11:00")
    fu.ok("add", "Call Ana about the logo @ana wed 15:30")
    assert "11:00" in fu.ok("list", "today").lines[1]
    assert "Wed 25 15:30" in fu.ok("list", "upcoming").lines[1]
    world.go_to(world.today, hour=13)
    assert "2h late" in fu.ok("list", "overdue").lines[1]


def test_contacts_that_nothing_follows_stand_below_the_deals(fu: Fu, world: World) -> None:
    bo = world.make_contact("Bo Lund", last_inbound_at=world.context.now() - timedelta(days=9))
    assert fu.ok("list", "no-next-step").lines == [
        "Deals without a next step 1", "  1  GTX Plus · Betatech  Betatech  New lead  0d  dana",
        "Contacts without a next step 1", "  2  Bo Lund  Betatech  9d  dana",
    ]  # fmt: skip
    found = fu.ok("list", "no-next-step", "--json").json
    assert [(row["record"], row["id"]) for row in found] == [("deal", world.deal), ("contact", bo)]
    world.make_task()
    assert fu.ok("list", "no-next-step", "--filter", "bo").lines[0] == "Contacts without a next step 1"
    assert fu.ok("contacts", "close", "Bo Lund").lines == ["Bo Lund: file closed"]
    assert fu.ok("list", "no-next-step", "--json").json == []
    assert fu("contacts", "close", "Bo Lund").code == 1


def test_tasks_about_nobody(fu: Fu, world: World) -> None:
    assert fu.ok("list", "unlinked").lines == ["Every task is about somebody."]
    world.make_task("Order paper", due=world.today, links=Links())
    assert fu.ok("list", "unlinked").lines == ["No link 1", "  #1  Order paper  no link  call"]
    assert [task["id"] for task in fu.ok("list", "unlinked", "--on", "today", "--json").json] == [1]
    assert fu.ok("list", "unlinked", "--owner", "sam", "--json").json == []


def test_what_is_parked_or_paused(fu: Fu, world: World) -> None:
    assert fu.ok("list", "parked").lines == ["Nothing is parked or paused."]
    other = world.make_deal("Second deal")
    world.change(Deal, other, parked_until=date(2027, 1, 4), park_reason="budget in January")
    begun = world.enroll("chase")
    world.life.pause([begun.enrollment_id])
    title, first, second = (" ".join(line.split()) for line in fu.ok("list", "parked").lines)
    assert title == "Parked 2"
    assert first == "deal:2 Second deal budget in January until Mon 4 Jan 2027 dana"
    assert second == (
        "enrollment:1 Ana Ruiz · GTX Plus · Betatech Document or approval chase paused since Mon 23 Nov 2026 dana"
    )
    [deal, paused] = fu.ok("list", "parked", "--json").json
    assert (deal["record"], deal["reason"], deal["until"]) == ("deal", "budget in January", "2027-01-04")
    assert (paused["record"], paused["cadence"], paused["since"]) == (
        "enrollment",
        "Document or approval chase",
        "2026-11-23",
    )
    assert fu.ok("list", "parked", "--owner", "sam", "--json").json == []
    assert fu.ok("list", "parked", "--filter", "january", "--json").json == [deal]
    assert fu("list", "parked", "--on", "fri").code == 2
    fu.ok("deals", "unpark", "deal:2")
    fu.ok("resume", "enrollment:1")
    assert fu.ok("list", "parked", "--json").json == []


def test_a_stalled_cadence_goes_on(fu: Fu, world: World) -> None:
    begun = world.enroll("proposal")
    world.change(Task, begun.task_id, status="cancelled")
    assert "goes on" in fu.ok("resume", begun.enrollment_id).lines[0]
    assert fu.ok("list", "stalled", "--json").json == []


def test_contacts_get_an_owner(fu: Fu, world: World) -> None:
    world.make_contact("Lost Lou", owner=None)
    assert (
        fu.ok("list").lines[-1]
        == "Left: 1 without a next step (fu list no-next-step) · 1 without an owner (fu list unowned)"
    )
    assert fu.ok("contacts", "own", "Lost Lou").lines == ["Lost Lou → Dana Okafor"]
    assert fu("contacts", "own", "Lost Lou").code == 1
    assert fu("contacts", "own", "nobody").code == 3
    assert fu.ok("list", "unowned", "--json").json == []

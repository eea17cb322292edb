"""`fu cadence`: the list, the drawing, the days."""

from __future__ import annotations

from datetime import date

from tests.cli.conftest import Fu
from tests.world import World


def test_the_list(fu: Fu, world: World) -> None:
    world.enroll("proposal")
    rows = {row["key"]: row for row in fu.ok("cadence", "list", "--json").json}
    assert rows["proposal"] == {
        "id": world.db.value("SELECT id FROM cadence WHERE key = 'proposal'"),
        "key": "proposal", "name": "Proposal", "kind": "proposal", "version": 1, "steps": 5, "running": 1,
        "retired": False, "response": {"replied": 0, "of": 0, "rate": None},
    }  # fmt: skip
    assert rows["standard"]["running"] == 0
    assert "proposal        Proposal" in fu.ok("cadence", "list").out
    assert "1 running" in fu.ok("cadence", "list").out


def test_the_drawing(fu: Fu) -> None:
    assert fu.ok("cadence", "show", "renewal").lines == [
        "Renewal (renewal, customer, version 1)",
        "Each step counts from the plan's start; closing late moves the rest."
        " A day off moves to the working day before.",
        "After 5 touches without a reply, or at the end, you are asked how to go on.",
        " ○ 90 days before the end  call     Review usage before the renewal",
        " │                                  What they use, what they miss",
        " ○ 60 days before the end  mail     Send the renewal offer",
        " │                                  Terms in time for their budget",
        " ○ 30 days before the end  call     Settle the renewal decision",
        "                                    A yes or a no while there is time",
    ]


def test_what_is_special_is_said(fu: Fu) -> None:
    inbound = fu.ok("cadence", "show", "Inbound inquiry").out
    assert " ○ within 4 working hours  call     Call to answer the inquiry" in inbound
    assert "Only one of its kind runs for a contact at a time." in inbound
    assert " ◇ 8 days later            decide " in inbound
    assert (
        "Move the open point forward (repeats until the stage changes)"
        in fu.ok("cadence", "show", "negotiation").out
    )
    assert "3 months after the start" in fu.ok("cadence", "show", "nurture").out
    assert "at the end nurture begins" in fu.ok("cadence", "show", "lost").out


def test_a_plan_for_programs(fu: Fu) -> None:
    plan = fu.ok("cadence", "show", "proposal", "--json").json
    assert (plan["anchor"], plan["on_exhaust"], plan["max_unanswered"]) == ("planned", "ask", 5)
    assert [step["offset_days"] for step in plan["steps"]] == [0, 3, 7, 14, 21]


def test_the_days_in_my_calendar(fu: Fu) -> None:
    words = ("cadence", "preview", "standard", "--start", "2026-11-23", "--json")
    assert [step["due_on"] for step in fu.ok(*words).json] == [
        "2026-11-23", "2026-11-27", "2026-12-01", "2026-12-08", "2026-12-24",
    ]  # fmt: skip
    lines = fu.ok("cadence", "preview", "standard").lines
    assert lines[0] == "Standard outreach from Mon 23 Nov 2026, each step closed on its day"
    assert lines[2].split("  ")[0:2] == ["2", "Fri 27 Nov 2026"]
    assert lines[2].endswith("Thu 26 Nov is Thanksgiving → Fri 27 Nov")


def test_a_promise_by_the_hour_falls_where_enrolling_has_it(fu: Fu, world: World) -> None:
    world.go_to(date(2026, 11, 25), hour=22)
    assert "Fri 27 Nov 2026 13:00" in fu.ok("cadence", "preview", "inbound").lines[1]
    task = world.task(world.enroll("inbound").task_id)
    assert task["due_at"] == "2026-11-27T13:00:00Z"
    assert fu.ok("cadence", "preview", "inbound", "--json").json[0]["hour"] == "13:00"


def test_what_there_is_not(fu: Fu) -> None:
    assert fu("cadence", "show", "nonsense").code == 3
    assert fu("cadence", "preview", "standard", "--start", "next month").code == 2
    assert fu("cadence", "shwo").err.startswith("No such command 'shwo'. Did you mean")

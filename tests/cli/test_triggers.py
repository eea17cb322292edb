"""`fu triggers`, `fu stages`, `fu tick`, `fu notices`, `fu log`, `fu cases`."""

from __future__ import annotations

from datetime import date

from tests.cli.conftest import Fu
from tests.world import World


def test_triggers_are_listed_shown_and_switched(fu: Fu) -> None:
    rows = fu.ok("triggers", "list", "--json").json
    assert {row["key"]: row["state"] for row in rows}["silent"] == "on"
    assert len(fu.ok("triggers", "list").lines) == len(rows)
    assert fu.ok("triggers", "off", "silent").out.startswith('"Silence" is off: it starts nothing')
    assert "silent: off" in fu.ok("triggers", "show", "silent").lines
    assert fu.ok("undo").lines == ["Undone: switched the trigger silent off"]
    answer = fu("triggers", "on", "silence")
    assert (answer.code, answer.err.split(".")[0]) == (3, 'There is no trigger "silence"')
    assert fu("triggers", "off", "silent", user="sam").code == 1


def test_stages_say_what_they_expect_and_how_many_are_late(fu: Fu, world: World) -> None:
    world.clock.at = world.clock.at.replace(hour=14)
    first = fu.ok("stages", "--json").json[0]
    assert (first["name"], first["within"], first["cadence"], first["deals"], first["late"]) == (
        "New lead", "4 working hours", "Inbound inquiry", 1, 1,
    )  # fmt: skip
    assert "1 late" in fu.ok("stages").lines[0]


def test_a_log_says_what_it_started(fu: Fu) -> None:
    assert fu.ok("log", "ana", "meeting", "Agreed on a pilot", "--deal", "1", "--at", "8:30").lines == [
        "Logged the meeting with Ana Ruiz · GTX Plus · Betatech",
        "After a meeting: Send the summary and next steps, Tue 24 Nov",
    ]
    events = fu.ok("log", "ana", "call", "Left the numbers", "--json").json
    assert [(event["event"], event["text"]) for event in events] == [("Logged", "Left the numbers")]
    assert fu("log", "ana", "call", "--at", "tomorrow").code == 2
    assert fu("log", "nobody", "call").code == 3


def test_a_logged_meeting_says_what_it_ended_and_what_begins(fu: Fu, world: World) -> None:
    begun = world.enroll("standard", contact=world.contact)
    world.moves.snooze([begun.task_id], date(2026, 12, 14))
    refused = fu("log", "ana", "meeting")
    assert (refused.code, "--touched withdraw or keep" in refused.err) == (4, True)
    assert fu.ok("log", "ana", "meeting", "--touched", "withdraw").lines == [
        "Logged the meeting with Ana Ruiz",
        "Standard outreach ended: it came to a meeting",
        "1 other task is moot: Introduce yourself and why you write",
        "After a meeting: Send the summary and next steps, Tue 24 Nov",
    ]
    assert fu.ok("undo").lines == ["Undone: logged the meeting: Ana Ruiz"]
    assert world.record("enrollment", 1)["state"] == "active"
    ben = world.make_contact("Ben Ode")
    world.enroll("proposal")
    assert "--ends-deal or --deal-goes-on" in fu("log", str(ben), "meeting").err
    assert fu.ok("log", str(ben), "meeting", "--deal-goes-on").lines[0] == "Logged the meeting with Ben Ode"


def test_tick_and_notices(fu: Fu, world: World) -> None:
    world.make_task("Call Ana about the seats")
    assert fu.ok("tick").lines == ["1 task is due today: Call Ana about the seats"]
    assert fu.ok("tick").lines == []
    assert fu.ok("tick", "--json").json == []
    (line,) = fu.ok("notices", "--read").lines
    assert line.endswith("1 task is due today: Call Ana about the seats")
    assert fu.ok("notices").lines == ["No news."]
    assert [row["is_read"] for row in fu.ok("notices", "--all", "--json").json] == [True]


def test_a_case_is_opened_listed_and_closed(fu: Fu) -> None:
    assert fu.ok("cases", "add", "The export fails", "--contact", "ana", "--priority", "high").lines == [
        "Case 1: The export fails",
        "Urgent case: Solve the urgent case with them, today",
    ]
    (row,) = fu.ok("cases", "list", "--json").json
    assert (row["title"], row["priority"], row["contact"], row["owner"], row["tasks"]) == (
        "The export fails", "high", "Ana Ruiz", "dana", 1,
    )  # fmt: skip
    assert "urgent case: The export fails" in fu.ok("show", "1").out
    assert fu.ok("add", "Send Ana the fix #case-1 fri").code == 0
    (row,) = fu.ok("cases", "list", "--json").json
    assert row["tasks"] == 2
    assert "no open case 7" in fu("add", "Send Ana the fix #case-7 fri").err
    assert fu.ok("cases", "close", "1").lines == ["Case 1 is closed: The export fails"]
    assert fu.ok("cases", "list").lines == ["No open case."]
    assert fu("cases", "add", "Nobody's").code == 2
    assert fu("cases", "close", "9").code == 3

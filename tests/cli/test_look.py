"""`fu show` and `fu why`: one task with everything around it, and why its day is that day."""

from __future__ import annotations

from datetime import date

from fu_tui.store.models import Contact
from tests.cli.conftest import Fu
from tests.world import World


def test_an_open_task(fu: Fu, world: World) -> None:
    world.enroll("proposal")
    assert fu.ok("show", 1).lines == [
        "#1 Send the proposal",
        "  due      Mon 23 Nov 2026, today",
        "  status   open · owner Dana Okafor",
        "  who      Ana Ruiz (contact 1) · Betatech",
        "           ana@betatech.example",
        "  deal     GTX Plus · Betatech (deal 1) · New lead",
        "  cadence  Proposal, step 1 of 5: The proposal, with a one-paragraph summary",
        "  n        done, no reply → Call about open questions, Fri 27 Nov",
    ]


def test_a_closed_task(fu: Fu, world: World) -> None:
    world.enroll("proposal")
    fu.ok("close", 1, "no_reply", "--note", "sent it twice")
    shown = fu.ok("show", 1).out
    assert "done Mon 23 Nov 2026 09:00 by Dana Okafor: no reply yet" in shown
    assert "note: sent it twice" in shown
    assert "brought #2" in shown
    assert "  Mon 23 Nov 2026  mail out     sent it twice" in shown
    assert "done, no reply →" not in shown


def test_late_and_hidden_and_moved_are_said(fu: Fu, world: World) -> None:
    world.make_task(due=date(2026, 11, 24))
    fu.ok("hide", 1, "fri")
    fu.ok("snooze", 1, "wed")
    fu.ok("hide", 1, "fri")
    world.go_to(date(2026, 11, 26))
    shown = fu.ok("show", 1).out
    assert "Wed 25 Nov 2026, 1d late" in shown
    assert "hidden until Fri 27 Nov 2026" in shown
    assert "moved ×1" in shown


def test_one_task_for_programs(fu: Fu, world: World) -> None:
    world.make_task()
    assert fu.ok("show", "#1", "--json").json["id"] == 1
    assert fu("show", 2).code == 3
    assert fu("show", 2, "--json").error["exit_code"] == 3


def test_why_tells_the_arithmetic_and_where_it_comes_from(fu: Fu, world: World) -> None:
    world.enroll("standard")
    fu.ok("close", 1, "no_reply")
    assert fu.ok("why", 2).lines == [
        "#2 Ask one question about their plans · due Fri 27 Nov 2026",
        "Why this day",
        "  3 days after closing (Mon 23 Nov) → Thu 26 Nov",
        "  Thu 26 Nov is Thanksgiving → Fri 27 Nov",
        "  computed again: Fri 27 Nov ✓",
        "Where it comes from",
        "  Standard outreach, step 2 of 5 (enrollment 1)",
        "  counts from the day a step is closed (start Mon 23 Nov 2026); its steps: the first,"
        " then 3, 4, 7, 16 days later",
        '  follows #1 "Introduce yourself and why you write", closed as no reply yet by Dana Okafor',
        "  made by Dana Okafor, Mon 23 Nov 2026 09:00 (close, journal entry 5)",
        "What follows",
        "  n  no reply yet → Call with a different angle, Fri 27 Nov",
        "  r  replied → Standard outreach ends, and the next step is asked",
        "  m  booked a meeting → asks the day and hour of the meeting",
        "  c  call back on a day → asks the day to call back",
        "  d  done → Call with a different angle, Fri 27 Nov",
    ]


def test_why_for_programs(fu: Fu, world: World) -> None:
    world.enroll("proposal", start=date(2026, 11, 20))
    found = fu.ok("why", 1, "--json").json
    assert (found["due_on"], found["recomputed_on"], found["agrees"]) == ("2026-11-23", "2026-11-23", True)
    assert (found["anchor"], found["anchor_on"]) == ("planned", "2026-11-20")
    assert found["offsets"][1] == {"months": 0, "days": 3}
    assert found["trace"]["rule"] == "first"
    assert found["made"]["verb"] == "enroll"
    assert (found["history"], found["ended"], found["first"], found["cadence_version"]) == ([], None, None, 1)


def test_why_for_programs_tells_moves_and_the_end(fu: Fu, world: World) -> None:
    world.enroll("standard")
    fu.ok("snooze", 1, "tomorrow")
    moved = fu.ok("why", 1, "--json").json
    assert [(one["verb"], one["what"]) for one in moved["history"]] == [
        ("snooze", "moved Mon 23 Nov → Tue 24 Nov")
    ]
    assert (moved["first"]["due_on"], moved["trace"]["rule"]) == ("2026-11-23", "by_hand")
    fu.ok("close", 1, "no_reply")
    closed = fu.ok("why", 1, "--json").json
    assert (closed["status"], closed["outcome"], closed["spawned"], closed["after"]) == (
        "done", "no_reply", 2, {},
    )  # fmt: skip
    assert closed["ended"]["verb"] == "close"
    assert fu.ok("why", 1).lines[-2:] == [
        "  closed as no reply yet by Dana Okafor, Mon 23 Nov 2026 09:00: mail, try 1 of 5, no reply yet",
        '  brought #2 "Ask one question about their plans", Fri 27 Nov 2026',
    ]


def test_months_are_said_as_months(fu: Fu, world: World) -> None:
    world.enroll("nurture")
    assert "its steps: 3 months after the start" in fu.ok("why", 1).out


def test_a_day_that_its_trace_does_not_make_is_called_a_violation(fu: Fu, world: World) -> None:
    world.enroll("standard")
    world.db.execute_sql("UPDATE task SET due_on = '2026-11-24'")
    assert "VIOLATION: computed again it is Mon 23 Nov 2026" in fu.ok("why", 1).out
    assert fu.ok("why", 1, "--json").json["agrees"] is False
    world.db.execute_sql("UPDATE task SET trace = '{\"lines\":[]}'")
    assert "VIOLATION: the trace of this day can't be read" in fu.ok("why", 1).out


def test_a_question_says_what_answers_it(fu: Fu, world: World) -> None:
    world.enroll("standard", from_step=5)
    assert "This step is a decision" in fu.ok("why", 1).out
    assert "This step is a decision" in fu.ok("show", 1).out


def test_a_question_beyond_the_last_step_is_no_step(fu: Fu, world: World) -> None:
    world.enroll("post-meeting", from_step=3)
    question = world.spawn(1).task_id
    assert "After a meeting, after its last step" in fu.ok("show", question).out
    assert "After a meeting, after its last step" in fu.ok("why", question).out
    assert fu.ok("list", "upcoming").lines[-1].endswith("Ana Ruiz · Betatech  end")


def test_closed_tasks_have_nothing_that_follows(fu: Fu, world: World) -> None:
    world.make_task()
    fu.ok("close", 1, "not_needed")
    assert "What follows" not in fu.ok("why", 1).out


def test_no_control_character_of_the_data_gets_out(fu: Fu, world: World) -> None:
    nasty = "A\x1b]52;c;Zm9v\x07n\x9ba\u202e R\x7f"
    with world.context.unit("nasty") as work:
        work.update(Contact, world.contact, name=nasty, title=nasty, emails=(nasty,))
        work.update(Contact, world.contact, owner=None)
    world.enroll("standard")
    world.db.execute_sql("UPDATE task SET action = ?, body = ?", (nasty, f"one\n{nasty}"))
    commands = [
        ("list",), ("show", "1"), ("why", "1"), ("contacts",), ("list", "unowned"), ("journal",),
        ("enroll", "standard", "A"), ("close", "1", "no_reply"), ("undo",),
        ("list", "--json"), ("contacts", "--json"), ("journal", "--json"), ("show", "1", "--json"),
    ]  # fmt: skip
    for words in commands:
        answer = fu(*words)
        said = answer.out + answer.err
        assert not [sign for sign in said if not sign.isprintable() and sign != "\n"], words
    assert fu.ok("contacts", "--json").json[0]["name"] == nasty

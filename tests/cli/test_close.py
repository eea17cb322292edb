"""`fu close`: what was closed, what it brought, and who was first."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.outcomes import TABLE
from tests.cli.conftest import Fu
from tests.world import World


def test_the_next_step_is_told(fu: Fu, world: World) -> None:
    world.enroll("standard")
    assert fu.ok("close", 1, "no_reply").lines == [
        "#1 Introduce yourself and why you write: no reply yet",
        "  → #2 Ask one question about their plans, Fri 27 Nov",
    ]


def test_what_a_program_gets(fu: Fu, world: World) -> None:
    world.enroll("standard")
    answer = fu.ok("close", 1, "no-reply", "--note", "left a line", "--json").json
    assert list(answer) == ["closed", "spawned", "proposal", "end_reason"]
    assert (answer["closed"]["status"], answer["closed"]["outcome_note"]) == ("done", "left a line")
    assert (answer["closed"]["spawned"], answer["spawned"]["spawned_by"]) == (2, 1)
    assert (answer["spawned"]["due_on"], answer["spawned"]["cadence"]["step"]) == ("2026-11-27", 2)
    assert (answer["proposal"], answer["end_reason"]) == (None, None)


def test_a_reply_ends_the_cadence_and_proposes_a_line_that_works(fu: Fu, world: World) -> None:
    world.enroll("standard")
    answer = fu.ok("close", 1, "replied", "--json").json
    assert (answer["spawned"], answer["end_reason"]) == (None, "replied")
    assert answer["proposal"]["action"] == "Offer Ana Ruiz two times to talk"
    command = answer["proposal"]["command"]
    assert command == f"fu add 'Offer Ana Ruiz two times to talk @{world.contact} #{world.deal} 2026-11-24'"
    line = fu.ok(*command.removeprefix("fu ").split(" ", 1)[:1], command.split("'")[1]).lines[0]
    assert line.startswith("#2 Offer Ana Ruiz two times to talk · Ana Ruiz · Betatech")


def test_a_proposal_is_printed_unless_unwanted(fu: Fu, world: World) -> None:
    world.make_task()
    world.make_task()
    assert "fu add" in fu.ok("close", 1, "replied").lines[-1]
    assert len(fu.ok("close", 2, "replied", "--no-next").lines) == 1


@pytest.mark.parametrize(("outcome", "why"), [("nurture", "exhausted_nurture"), ("lost", "deal_lost")])
def test_what_a_decision_begins_follows_from_it(fu: Fu, world: World, outcome: str, why: str) -> None:
    world.enroll("standard", from_step=5)
    answer = fu.ok("close", 1, outcome, "--json").json
    assert (answer["closed"]["spawned"], answer["spawned"]["spawned_by"]) == (2, 1)
    assert answer["end_reason"] == why
    assert "follows #1" in fu.ok("why", 2).out


def test_many_are_one_undo(fu: Fu, world: World) -> None:
    ids = [world.make_task(f"Call Ana about part {n}") for n in range(3)]
    answers = fu.ok("close", *ids, "not_needed", "--json").json
    assert [answer["closed"]["id"] for answer in answers] == ids
    fu.ok("undo")
    assert len(fu.ok("list", "--json").json) == 3


def test_a_number_may_have_its_sign(fu: Fu, world: World) -> None:
    world.make_task()
    fu.ok("close", "#1", "not_needed")


def test_the_second_is_told_who_was_first(fu: Fu, world: World) -> None:
    world.make_task()
    fu.ok("close", 1, "no_reply")
    late = fu("close", 1, "no_reply", user="sam")
    assert (late.code, late.out) == (4, "")
    assert late.err == "Task 1 was closed by Dana Okafor at 09:00, spawned #2. Nothing was written.\n"
    assert fu("close", 1, "no_reply", "--json").error["kind"] == "conflict"


def test_days_are_taken_in_words(fu: Fu, world: World) -> None:
    world.make_task()
    world.go_to(date(2026, 11, 25))
    answer = fu.ok("close", 1, "out_of_office", "--on", "yesterday", "--until", "14 dec", "--json").json
    assert answer["spawned"]["due_on"] == "2026-12-15"


def test_a_day_that_is_needed_is_asked_for(fu: Fu, world: World) -> None:
    world.make_task()
    for row in TABLE:
        if row.asks:
            refused = fu("close", 1, row.code)
            assert (refused.code, row.asks in refused.err) == (2, True)
    assert fu("close", 1, "call_back", "--until", "next week").code == 2
    assert fu("close", 1, "out_of_office", "--until", "fri 14:00").code == 2


def test_a_call_back_may_have_its_hour(fu: Fu, world: World) -> None:
    world.make_task()
    world.make_task()
    assert "Fri 27 Nov 15:00" in fu.ok("close", 1, "call_back", "--until", "fri 15:00").out
    again = fu.ok("close", 2, "call_back", "--at", "fri 16:00", "--json").json["spawned"]
    assert (again["due_on"], again["due_at"]) == ("2026-11-27", "2026-11-27T16:00:00Z")
    assert fu("close", 3, "call_back", "--until", "today 7:00").code == 1


def test_words_that_are_no_outcome(fu: Fu, world: World) -> None:
    world.make_task()
    refused = fu("close", 1, "gone")
    assert refused.code == 2
    assert "no_reply" in refused.err
    assert fu("close", 99, "no_reply").code == 3
    assert fu("close", "no_reply").code == 2


def test_the_warning_before_the_question_is_talk_for_programs(fu: Fu, world: World) -> None:
    world.make_task()
    for task_id in (1, 2, 3):
        fu.ok("close", task_id, "no_reply")
    told = fu.ok("close", 4, "no_reply", "--json")
    assert told.json["spawned"]["id"] == 5
    assert "4 touches without a reply" in told.err


def test_every_outcome_is_in_the_help(fu: Fu) -> None:
    text = fu.ok("close", "--help").out
    assert [row.code for row in TABLE if row.code not in text] == []


def test_a_meeting_is_booked_with_its_hour(fu: Fu, world: World) -> None:
    world.enroll("standard")
    assert "--at" in fu("close", 1, "meeting_booked").err
    refused = fu("close", 1, "meeting_booked", "--at", "fri")
    assert (refused.code, "names no hour" in refused.err) == (2, True)
    answer = fu.ok("close", 1, "meeting_booked", "--at", "fri 14:00", "--json").json
    assert (answer["spawned"]["due_at"], answer["end_reason"]) == ("2026-11-27T14:00:00Z", "meeting")


def test_what_a_win_brings_is_told(fu: Fu, world: World) -> None:
    world.make_task()
    world.enroll("proposal")
    assert fu.ok("close", 1, "won", "--until", "14 dec").lines == [
        "#1 Call Ana about the seats: won",
        "  Proposal ended: won",
        "  1 other task is moot: Send the proposal",
        "  → #3 Ask how the first week went, Mon 21 Dec",
    ]


def test_a_channel_may_be_opted_out_of(fu: Fu, world: World) -> None:
    world.enroll("standard")
    answer = fu.ok("close", 1, "opted_out", "--channel", "mail", "--json").json
    assert (answer["spawned"]["channel"], answer["end_reason"]) == ("call", None)
    assert fu.ok("close", 2, "opted_out", "--json").json["end_reason"] == "opted_out"


def test_an_address_is_searched_for_and_the_step_comes_again(fu: Fu, world: World) -> None:
    world.enroll("standard")
    assert fu.ok("close", 1, "bounced").lines[1] == (
        "  → #2 Find a new address for Ana Ruiz, Tue 24 Nov (Standard outreach waits for it)"
    )
    assert fu.ok("close", 2, "done").lines[1] == (
        "  → #3 Introduce yourself and why you write, today (Standard outreach goes on)"
    )

"""`fu snooze`, `fu hide`, `fu reassign`, and taking back: `fu undo`, `fu redo`, `fu journal`."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cli.conftest import Fu
from tests.world import World


@pytest.fixture(autouse=True)
def two_tasks(world: World) -> None:
    """Two tasks of Dana's, due today."""
    world.make_task("Call Ana about the seats")
    world.make_task("Send Ana the recap")


def test_snooze_moves_the_day(fu: Fu) -> None:
    assert fu.ok("snooze", 1, 2, "3bd").lines == [
        "#1 Call Ana about the seats → Fri 27 Nov", "#2 Send Ana the recap → Fri 27 Nov",
    ]  # fmt: skip
    task = fu.ok("snooze", 1, "tomorrow 14:00", "--json").json
    assert (task["due_on"], task["due_at"], task["moved_count"]) == ("2026-11-24", "2026-11-24T14:00:00Z", 2)


@pytest.mark.parametrize(
    "words", [("snooze", "fri"), ("hide", "wed"), ("reassign", "sam"), ("close", "not_needed")]
)
def test_a_number_said_twice_is_one_task(fu: Fu, words: tuple[str, str]) -> None:
    assert len(fu.ok(words[0], 1, "#1", 1, words[1]).lines) == 1


def test_an_hour_is_meant_in_the_persons_zone(fu: Fu, world: World) -> None:
    world.db.execute_sql("UPDATE user SET tz = 'America/New_York' WHERE handle = 'dana'")
    assert fu.ok("snooze", 1, "tomorrow 14:00", "--json").json["due_at"] == "2026-11-24T19:00:00Z"
    assert fu.ok("show", 1).lines[1] == "  due      Tue 24 Nov 2026, 14:00, tomorrow"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("snooze", "1", "next week"), 2),
        (("snooze", "1", "next", "week"), 2),
        (("snooze", "1", "yesterday"), 1),
        (("snooze", "9", "fri"), 3),
        (("snooze", "fri"), 2),
        (("hide", "1", "today"), 1),
        (("hide", "1", "fri 14:00"), 2),
        (("reassign", "1", "nobody"), 3),
    ],
)
def test_refusals(fu: Fu, words: tuple[str, ...], code: int) -> None:
    refused = fu(*words)
    assert (refused.code, refused.out) == (code, "")
    assert refused.err


def test_a_day_in_pieces_is_told_about_quotes(fu: Fu) -> None:
    assert 'Put what has several words in quotes: "27 nov"' in fu("snooze", 1, "next", "week").err


def test_hide_takes_off_the_screen(fu: Fu, world: World) -> None:
    assert fu.ok("hide", 1, "wed").lines == ["#1 Call Ana about the seats: hidden until Wed 25 Nov"]
    assert [task["id"] for task in fu.ok("list", "--json").json] == [2]
    world.go_to(date(2026, 11, 25))
    assert [task["id"] for task in fu.ok("list", "--json").json] == [1, 2]


def test_reassign_gives_away(fu: Fu, world: World) -> None:
    assert fu.ok("reassign", 1, "Sam Hill").lines == ["#1 Call Ana about the seats → Sam Hill"]
    assert [task["owner"] for task in fu.ok("reassign", 1, 2, "sam", "--json").json] == ["sam", "sam"]
    world.enroll("proposal")
    fu.ok("reassign", 3, "sam", "--following")
    assert fu.ok("close", 3, "no_reply", "--json").json["spawned"]["owner"] == "sam"


def test_a_rep_gives_away_only_their_own(fu: Fu) -> None:
    assert fu("reassign", 1, "sam", user="sam").code == 1


def test_undo_and_redo(fu: Fu) -> None:
    fu.ok("close", 1, "no_reply")
    assert fu.ok("undo").lines == ['Undone: closed "Call Ana about the seats": no reply yet']
    assert fu.ok("show", 1, "--json").json["status"] == "open"
    answer = fu.ok("redo", "--json").json
    assert sorted(answer["tasks"]) == [1, 3]
    assert answer["summary"].startswith("closed")
    assert fu("redo").code == 1


def test_undo_asks_what_becomes_of_a_touched_successor(fu: Fu) -> None:
    fu.ok("close", 1, "no_reply")
    fu.ok("snooze", 3, "fri", user="sam")
    refused = fu("undo")
    assert refused.code == 4
    assert "--touched withdraw" in refused.err
    fu.ok("undo", "--touched", "keep")
    assert [fu.ok("show", n, "--json").json["status"] for n in (1, 3)] == ["open", "open"]


def test_undo_withdraws_it_when_told(fu: Fu) -> None:
    fu.ok("close", 1, "no_reply")
    fu.ok("snooze", 3, "fri", user="sam")
    fu.ok("undo", "--touched", "withdraw")
    assert fu("show", 3).code == 3


def test_nothing_to_undo(fu: Fu) -> None:
    assert fu("undo", user="sam").code == 1


def test_the_journal_names_who_did_what(fu: Fu) -> None:
    fu.ok("close", 1, "no_reply")
    fu.ok("undo")
    newest, before, *_ = fu.ok("journal", "--json").json
    assert (newest["actor"], newest["verb"], newest["at"]) == ("Dana Okafor", "undo", "2026-11-23T09:00:00Z")
    assert (before["verb"], before["undone"]) == ("close", True)
    assert len(fu.ok("journal", "--limit", 2).lines) == 2
    line = fu.ok("journal").lines[1].split()
    assert (line[1:3], line[-1]) == (["2026-11-23", "09:00"], "undone")


def test_7_11_a_day_that_lies_near_a_cadences_touch_is_told_beside_the_answer(fu: Fu, world: World) -> None:
    world.make_cadence("slow", [0, 3])
    world.enroll("slow", deal=world.make_deal("Racks · Betatech", world.account), contact=world.contact)
    near = "less than 2 working days from a cadence's touch to Ana Ruiz (today)"
    moved = fu.ok("snooze", 2, "tomorrow")
    assert (moved.err.strip(), near in moved.out) == (f"#2 {near}", False)
    assert f"  {near}" in fu.ok("why", 2).lines
    assert fu.ok("why", 2, "--json").json["near"] == [near]
    assert fu.ok("edit", 1, "--due", "tomorrow", "--json").err.strip() == f"#1 {near}"
    assert near in fu.ok("add", "Call Ana about the price @Ana tomorrow", "--json").err
    assert near in fu.ok("close", 2, "call_back", "--until", "tomorrow", "--json").err
    assert fu.ok("snooze", 3, "mon").err == ""

"""`fu calendar`: when somebody works, said and shown as everything else is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cli.conftest import Fu
from tests.world import World


def test_a_calendar_is_shown_in_words_and_as_json(fu: Fu) -> None:
    lines = fu.ok("calendar", "show").lines
    assert lines[:5] == [
        "Dana Okafor",
        "  works    Mon–Fri, 09:00–17:30",
        "  zone     UTC",
        "  holidays of no country",
        "  shared   with Sam Hill",
    ]
    assert lines[5].split("  ")[:2] == ["Thu 26 Nov 2026", "Thanksgiving"]
    sheet = fu.ok("calendar", "show", "--user", "sam", "--json").json
    assert (sheet["user"], sheet["weekdays"], sheet["shared_with"]) == (
        "sam",
        [1, 2, 3, 4, 5],
        ["Dana Okafor"],
    )
    assert sheet["days_off"][0] == {"on": "2026-11-26", "name": "Thanksgiving", "own": False, "tasks_due": 0}


def test_a_day_off_is_added_with_what_is_due_on_it_and_the_command_that_moves_it(
    fu: Fu, world: World
) -> None:
    task = world.make_task("Call Ana about the seats", due=date(2026, 11, 27))
    answer = fu.ok("calendar", "holiday", "add", "27 nov", "--name", "Bridge day")
    assert answer.lines == [
        "Off for Dana Okafor: Fri 27 Nov (Bridge day)",
        "Dana Okafor has a calendar of their own now; 1 colleague keeps the one that was shared",
        "1 task is due Fri 27 Nov all the same",
    ]
    assert f"To move them: fu calendar move {task}" in answer.err
    assert "1 due" in fu.ok("calendar", "show").out
    assert fu.ok("calendar", "move", task).lines == ["Call Ana about the seats → Mon 30 Nov"]
    assert fu.ok("undo").lines == ["Undone: moved 1 task off days off"]
    assert fu.ok("undo").lines == ["Undone: Dana Okafor: off Fri 27 Nov 2026"]
    assert "Bridge day" not in fu.ok("calendar", "show").out


def test_spans_hours_days_and_countries_are_said(fu: Fu) -> None:
    assert fu.ok("calendar", "holiday", "add", "28 dec..30 dec", "--shared").lines == [
        "Off for Dana Okafor and 1 other: Mon 28 Dec to Wed 30 Dec, 3 working days"
    ]
    assert fu.ok("calendar", "holiday", "remove", "2026-12-28", "--shared").lines == [
        "Off no longer for Dana Okafor and 1 other: Mon 28 Dec"
    ]
    assert (
        fu.ok("calendar", "hours", "8-16", "--user", "sam").lines[0]
        == "Working hours of Sam Hill: 08:00–16:00"
    )
    assert fu.ok("calendar", "days", "mon-thu").lines == ["Working days of Dana Okafor: Mon–Thu"]
    place = fu.ok("calendar", "country", "de", "--subdivision", "BY")
    assert place.lines[0].startswith("Public holidays of Germany, Bayern are off for Dana Okafor: ")
    assert fu.ok("calendar", "country", "none").lines == ["No public holidays are off for Dana Okafor"]
    assert fu.ok("calendar", "join", "dana", "--user", "sam").lines == [
        "Sam Hill works by the calendar of Dana Okafor now"
    ]
    assert fu.ok("calendar", "zone", "Asia/Kathmandu", "--user", "sam").out.startswith(
        "Zone of Sam Hill: Asia/Kathmandu, "
    )
    assert fu.ok("calendar", "show", "--user", "sam", "--json").json["tz"] == "Asia/Kathmandu"
    (zone,) = fu.ok("calendar", "zone", "local", "--user", "sam", "--json").json["events"]
    assert (zone["event"], zone["tz"], zone["at"][-1]) == ("zone_set", "local", "Z")
    events = fu.ok("calendar", "hours", "7:00-15:00", "--json").json["events"]
    assert events[0] == {
        "event": "hours_set", "calendar_id": events[0]["calendar_id"], "whose": "Dana Okafor", "start": "07:00:00",
        "end": "15:00:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("holiday", "add", "fri 14:00"), 2, "leave the hour out"),
        (("holiday", "add", "27 nov..24 nov"), 1, "before"),
        (("holiday", "add", ".."), 2, ""),
        (("holiday", "remove", "27 nov"), 1, "`fu calendar show` lists the days off"),
        (("hours", "17-9"), 2, "later than the start"),
        (("days", "someday"), 2, 'Write "mon-fri"'),
        (("country", "Atlantis"), 2, "two letters"),
        (("country", "DE", "--subdivision", "XX"), 2, "Its parts are"),
        (("show", "--user", "nobody"), 3, "nobody"),
        (("move", "99"), 3, "There is no task 99"),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(
    fu: Fu, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = fu("calendar", *words)
    assert answer.code == code, answer.err
    assert said in answer.err


def test_init_by_one_of_several_leaves_the_colleagues_their_calendar(fu: Fu) -> None:
    answer = fu.ok("init", "--work-days", "mon-thu", "--country", "US")
    assert "1 colleague keeps the calendar that was shared" in answer.err
    assert fu.ok("calendar", "show", "--user", "sam", "--json").json["weekdays"] == [1, 2, 3, 4, 5]
    assert fu.ok("calendar", "show", "--json").json["weekdays"] == [1, 2, 3, 4]

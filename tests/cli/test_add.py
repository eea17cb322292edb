"""`fu add`: one line in, what was understood out; refusals with a reason and nothing written."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Fu
from tests.world import World


def test_it_says_what_was_understood(fu: Fu) -> None:
    answer = fu.ok("add", "Call Ana about the seats @ana fri 14:00")
    assert answer.lines == [
        "#1 Call Ana about the seats · Ana Ruiz · Betatech · Fri 27 Nov 2026, 14:00, in 4 days"
    ]
    assert answer.err == ""


def test_all_that_a_line_can_name(fu: Fu) -> None:
    line = 'Send the recap @ana +3d !high #"GTX Plus" +sam // she asked twice'
    task = fu.ok("add", line, "--body", "on the phone", "--json").json
    assert (task["action"], task["due_on"], task["priority"]) == ("Send the recap", "2026-11-26", "high")
    assert (task["owner"], task["assigner"], task["channel"]) == ("sam", "dana", "mail")
    assert task["contact"] == {"id": fu.world.contact, "name": "Ana Ruiz"}
    assert task["account"] == {"id": fu.world.account, "name": "Betatech"}
    assert task["deal"] == {"id": fu.world.deal, "title": "GTX Plus · Betatech", "stage": "New lead"}
    assert task["body"] == "she asked twice\non the phone"
    assert task["trace"] == ["set by hand: Thu 26 Nov"]


def test_for_whom_and_how_urgent_is_said(fu: Fu) -> None:
    [line] = fu.ok("add", "Call Ana about the seats @ana today +sam !high").lines
    assert line.endswith("Mon 23 Nov 2026, today · high priority · for Sam Hill")


def test_a_new_contact_is_asked_for_and_then_made(fu: Fu) -> None:
    line = 'Call Dee about the seats @"Dee Holt" fri'
    refused = fu("add", line)
    assert (refused.code, refused.out) == (3, "")
    assert refused.err == 'There is no contact "Dee Holt". Add it with --create, or name another one.\n'
    assert fu.ok("add", line, "--create").lines == [
        "New contact: Dee Holt", "#1 Call Dee about the seats · Dee Holt · Fri 27 Nov 2026, in 4 days",
    ]  # fmt: skip


def test_a_vague_day_is_refused_with_three_exact_ones(fu: Fu) -> None:
    refused = fu("add", "Send Ana the deck @ana next week")
    assert refused.code == 2
    assert refused.err == '"next week" names no day. Say which: Mon 30 Nov, Wed 2 Dec or Fri 4 Dec.\n'
    offers = fu("add", "Send Ana the deck @ana next week", "--json").error["candidates"]
    assert len(offers) == 3
    for words in offers:
        fu.ok("add", f"Send Ana the deck @ana {words}")


@pytest.mark.parametrize("wording", ["follow up", "check in with Ana", "ping"])
def test_a_line_without_an_action_is_refused_unless_forced(fu: Fu, wording: str) -> None:
    refused = fu("add", f"{wording} @ana fri")
    assert refused.code == 1
    assert "--force" in refused.err
    assert fu.ok("list", "all", "--json").json == []
    fu.ok("add", f"{wording} @ana fri", "--force")
    assert fu.world.task(1)["lint_override"] == 1


def test_nothing_at_all_can_not_be_forced(fu: Fu) -> None:
    refused = fu("add", "@ana fri", "--force")
    assert (refused.code, "--force" in refused.err) == (1, False)


def test_a_hint_is_talk_and_the_task_is_saved(fu: Fu) -> None:
    answer = fu.ok("add", "The seats of Ana @ana fri", "--json")
    assert answer.err.startswith("Hint: ")
    assert answer.json["action"] == "The seats of Ana"


def test_no_day_is_asked_for(fu: Fu) -> None:
    assert fu("add", "Call Ana about the seats @ana").code == 2


def test_a_private_reminder_shows_in_nobody_elses_queue(fu: Fu) -> None:
    fu.ok("add", "Write the review today", "--private")
    assert len(fu.ok("list", "--json").json) == 1
    assert fu.ok("list", "--owner", "all", "--json", user="sam").json == []


def test_a_cadence_begins_with_the_line(fu: Fu) -> None:
    answer = fu.ok("add", "Send the proposal for GTX @ana #gtx ~proposal today")
    assert answer.lines[0].endswith("today · Proposal")
    task = fu.ok("show", 1, "--json").json
    assert task["cadence"] | {"enrollment": 0} == {
        "key": "proposal", "name": "Proposal", "step": 1, "steps": 5, "attempt": 1, "enrollment": 0,
    }  # fmt: skip


def test_words_without_quotes_are_given_back_in_quotes(fu: Fu) -> None:
    refused = fu("add", "Call", "Ana", "fri")
    assert refused.code == 2
    assert refused.err == "The line came in pieces. Put it in quotes: fu add 'Call Ana fri'\n"


LINES = (
    "Call Ana about the seats @ana fri\n\nSend the deck @ana tomorrow !high\r\nBook the room today !private\n"
)


def test_a_follow_up_a_line_from_standard_input(fu: Fu) -> None:
    answer = fu.ok("add", "-", stdin=LINES)
    assert [line[:2] for line in answer.lines] == ["#1", "#2", "#3"]
    assert answer.lines[2] == "#3 Book the room · Mon 23 Nov 2026, today · private"
    fu.ok("undo")
    assert fu.ok("list", "all", "--json").json == []
    first, *_ = fu.ok("add", "-", "--json", stdin=LINES).json
    assert first["action"] == "Call Ana about the seats"


@pytest.mark.parametrize(
    ("lines", "code", "why"),
    [
        ("Call Ana fri\nCall Ana soon", 2, 'Line 2: "soon" names no day'),
        ("Call Ana fri\n\nCall Ana", 2, "Line 2: When is it due?"),
        ("Follow up fri\nCall Ana fri", 1, "Line 1: "),
        ("Call Ana fri\nCall @nobody fri", 3, 'Line 2: There is no contact "nobody"'),
        ("\n", 2, "Standard input holds no line"),
    ],
)
def test_one_bad_line_and_none_is_written(fu: Fu, lines: str, code: int, why: str) -> None:
    refused = fu("add", "-", stdin=lines)
    assert (refused.code, refused.out) == (code, "")
    assert why in refused.err
    assert fu.ok("list", "all", "--json").json == []


def test_a_new_deal_and_account_are_made_when_told(fu: Fu) -> None:
    answer = fu.ok("add", 'Call Kim @"Kim Long at Newco" #Seats fri', "--create")
    assert answer.lines[:3] == ["New account: Newco", "New contact: Kim Long", "New deal: Seats"]
    assert answer.lines[3].startswith("#1 Call Kim · Kim Long · Newco · Seats · Fri 27 Nov 2026")


def test_a_note_instead(fu: Fu, world: World) -> None:
    assert fu.ok("add", "--note", "Ana is away until 4 jan @ana").lines == [
        "Note on Ana Ruiz: Ana is away until 4 jan"
    ]
    answer = fu.ok("add", "--note", "Ana is back @ana", "--json").json
    assert (answer["text"], answer["about"]) == ("Ana is back", "Ana Ruiz")
    assert fu("add", "--note", "The office is closed").code == 1
    assert world.open_tasks() == []

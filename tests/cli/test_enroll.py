"""`fu enroll`: one conversation by name or number, many by stage, owner and limit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fu_tui.store.models import Contact, Deal, DealContact
from tests.cli.conftest import Fu
from tests.world import World


def test_a_deal_brings_its_first_contact(fu: Fu, world: World) -> None:
    with world.context.unit("link") as work:
        second = work.insert(Contact, name="Bo Second")
        work.insert(DealContact, deal=world.deal, contact=world.contact)
        work.insert(DealContact, deal=world.deal, contact=second)
    assert fu.ok("enroll", "proposal", "GTX Plus").lines == [
        "Ana Ruiz · GTX Plus · Betatech: Proposal → #1 Send the proposal, today"
    ]
    assert fu.ok("show", 1, "--json").json["contact"]["name"] == "Ana Ruiz"


@pytest.mark.parametrize("reference", ["Ana Ruiz", "ana@betatech.example", "contact:1", "@ana", "@1"])
def test_ways_to_name_a_contact(fu: Fu, world: World, reference: str) -> None:
    answer = fu.ok("enroll", "chase", reference, "--json").json
    assert answer["enrolled"][0]["task"]["contact"]["id"] == world.contact
    assert answer["enrolled"][0]["task"]["deal"] is None


@pytest.mark.parametrize("reference", ["GTX Plus · Betatech", "gtx", "deal:1", "#1", "#gtx"])
def test_ways_to_name_a_deal(fu: Fu, world: World, reference: str) -> None:
    answer = fu.ok("enroll", "chase", reference, "--json").json
    assert answer["enrolled"][0]["task"]["deal"]["id"] == world.deal


def test_what_could_be_either_is_asked(fu: Fu, world: World) -> None:
    refused = fu("enroll", "chase", "1", "--json").error
    assert (refused["exit_code"], refused["candidates"]) == (3, ["contact:1", "deal:1"])


def test_what_is_neither_or_many(fu: Fu, world: World) -> None:
    assert fu("enroll", "chase", "Zoe").err.startswith('There is no contact or deal "Zoe".')
    with world.context.unit("make") as work:
        work.insert(Contact, name="Ana Blom")
    refused = fu("enroll", "chase", "ana", "--json").error
    assert (refused["exit_code"], len(refused["candidates"])) == (3, 2)
    assert fu("enroll", "nonsense", "Ana Ruiz").code == 3
    assert fu("enroll", "standard", "Ana Ruiz", "--from-step", 9).code == 2


def test_what_runs_already_is_passed_over_with_its_reason(fu: Fu, world: World) -> None:
    fu.ok("enroll", "chase", "Ana Ruiz")
    refused = fu("enroll", "chase", "Ana Ruiz")
    assert refused.code == 1
    assert "is running already" in refused.err
    both = fu.ok("enroll", "chase", "Ana Ruiz", "gtx", "--json")
    assert [row["why"] for row in both.json["passed_over"]] == [
        "Document or approval chase is running already"
    ]
    assert len(both.json["enrolled"]) == 1


def test_the_start_and_the_first_step(fu: Fu) -> None:
    answer = fu.ok("enroll", "proposal", "gtx", "--start", "yesterday", "--from-step", 2, "--json").json
    task = answer["enrolled"][0]["task"]
    assert (task["due_on"], task["cadence"]["step"]) == ("2026-11-25", 2)


@pytest.fixture
def pipeline(world: World) -> World:
    """Beside Dana's new lead: seven qualified deals of Sam's, older ones last; one parked, one lost."""
    for n in range(7):
        deal = world.make_deal(f"Deal {n}", owner=world.sam)
        with world.context.unit("qualify") as work:
            entered = datetime(2026, 11, 20 - n, tzinfo=UTC)
            work.update(Deal, deal, stage=world.stage("Qualified"), stage_entered_at=entered)
    with world.context.unit("park") as work:
        work.update(Deal, deal, parked_until=date(2027, 1, 4), park_reason="budget")
        work.update(Deal, deal - 1, stage=world.stage("Lost"), closed_at=work.at)
    return world


def test_many_by_stage_owner_and_limit_the_oldest_first(fu: Fu, pipeline: World) -> None:
    words = ("--stage", "qualified", "--owner", "sam", "--limit", "4", "--spread", "2", "--json")
    tasks = [row["task"] for row in fu.ok("enroll", "standard", *words).json["enrolled"]]
    assert [task["deal"]["title"] for task in tasks] == ["Deal 4", "Deal 3", "Deal 2", "Deal 1"]
    assert [task["due_on"] for task in tasks] == ["2026-11-23", "2026-11-23", "2026-11-24", "2026-11-24"]
    assert {task["owner"] for task in tasks} == {"sam"}
    rest = fu.ok("enroll", "standard", *words).json["enrolled"]
    assert [row["task"]["deal"]["title"] for row in rest] == ["Deal 0"]
    fu.ok("undo")
    fu.ok("undo")
    assert fu.ok("list", "all", "--owner", "all", "--json").json == []


def test_without_an_owner_it_is_everybodys_a_reps_own(fu: Fu, pipeline: World) -> None:
    assert len(fu.ok("enroll", "chase", "--limit", 99, "--json").json["enrolled"]) == 6
    fu.ok("undo")
    assert len(fu.ok("enroll", "chase", "--limit", 99, "--json", user="sam").json["enrolled"]) == 5


def test_many_are_told_by_their_days(fu: Fu, pipeline: World) -> None:
    for n in range(10):
        pipeline.make_deal(f"More {n}")
    assert fu.ok("enroll", "chase", "--limit", 99, "--spread", 2).lines == [
        "Enrolled 16 conversations in Document or approval chase:",
        "  Mon 23 Nov 2026  8",
        "  Tue 24 Nov 2026  8",
    ]


def test_whom_has_to_be_said_once(fu: Fu, pipeline: World) -> None:
    assert fu("enroll", "chase").code == 2
    assert fu("enroll", "chase", "gtx", "--stage", "Qualified").code == 2
    assert fu("enroll", "chase", "--stage", "Negotiation").code == 1
    unknown = fu("enroll", "chase", "--stage", "Nonsense", "--json").error
    assert (unknown["exit_code"], unknown["candidates"][:2]) == (3, ["New lead", "Qualified"])

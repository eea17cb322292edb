"""The commands of the life of a cadence, of deals, of owners: what they name, say and answer."""

from __future__ import annotations

from datetime import date

from tests.cli.conftest import Fu
from tests.services.test_migrating import new_version
from tests.world import World

WHO = "Ana Ruiz · GTX Plus · Betatech"


def test_a_cadence_is_paused_by_number_task_contact_or_deal(fu: Fu, world: World) -> None:
    begun = world.enroll("standard")
    for reference in (begun.enrollment_id, f"task:{begun.task_id}", "Ana Ruiz", "gtx"):
        assert fu.ok("pause", reference).lines == [f"{WHO}: Standard outreach paused, 0 days left"]
        assert fu.ok("enrollments", "--paused").out.split()[0] == str(begun.enrollment_id)
        assert fu.ok("resume", reference).lines[0].startswith(f"{WHO}: Standard outreach goes on → ")
    assert "Nothing is paused" in fu.ok("enrollments", "--paused").err


def test_what_names_no_or_several_cadences_is_asked(fu: Fu, world: World) -> None:
    assert fu("pause", "Ana Ruiz").code == 3
    assert fu("pause", f"task:{world.make_task()}").code == 3
    world.enroll("standard")
    world.enroll("chase", deal=world.make_deal("Other"), contact=world.contact)
    refused = fu("pause", "contact:1", "--json").error
    assert (refused["exit_code"], len(refused["candidates"])) == (3, 2)


def test_a_step_is_skipped(fu: Fu, world: World) -> None:
    begun = world.enroll("standard")
    skipped, spawned = fu.ok("skip", begun.task_id).lines
    assert skipped.endswith(": skipped")
    assert spawned.startswith("→ #2 ")
    assert fu("skip", begun.task_id).code == 4


def test_a_cadence_is_stopped_or_replaced(fu: Fu, world: World) -> None:
    begun = world.enroll("standard")
    assert fu("stop", begun.enrollment_id).code == 2, "a reason is wanted"
    answer = fu.ok("replace", begun.enrollment_id, "chase", "--json").json
    assert [event["event"] for event in answer["events"]] == ["cadence_replaced", "enrolled"]
    number = answer["events"][1]["enrollment_id"]
    stopped = fu.ok("stop", number, "--reason", "bought elsewhere")
    assert stopped.lines == [f"{WHO}: Document or approval chase stopped"]
    assert f"No next step now: {WHO}. `fu add` gives one" in stopped.err
    kept = world.enroll("standard")
    assert not fu.ok("stop", kept.enrollment_id, "--reason", "by hand", "--keep").err, "its open task is one"


def test_a_migration_is_shown_before_it_is_made(fu: Fu, world: World) -> None:
    key = world.make_cadence("own", (0, 3, 7))
    begun = world.enroll(key)
    world.spawn(begun.task_id)
    new_version(world, key, (0, 10, 20))
    shown = fu.ok("migrate", key)
    assert "1 → 2" in shown.out
    assert "Nothing was changed yet" in shown.err
    assert fu.ok("migrate", key, "--json").json[0]["new_due_on"] == "2026-12-03"
    assert fu.ok("migrate", key, "--all").lines == [f"{WHO}: own version 2 → Call about point 2, Thu 3 Dec"]
    assert "Nothing runs in an older version" in fu.ok("migrate", key).err
    assert fu("migrate", key, "1", "--all").code == 2


def test_a_deal_is_moved_parked_and_taken_up(fu: Fu, world: World) -> None:
    moved, begun = fu.ok("deals", "move", "gtx").lines
    assert moved == "GTX Plus · Betatech: Qualified"
    assert begun.startswith("GTX Plus · Betatech: Standard outreach → ")
    said = fu("deals", "move", "gtx", "won")
    assert (said.code, '"won" is a stage, not a deal. Say where to with --to "won".' in said.err) == (2, True)
    refused = fu("deals", "move", "gtx", "--to", "proposal sent")
    assert (refused.code, "keep, replace or stop" in refused.err) == (1, True)
    parked = fu.ok("deals", "park", "gtx", "2027-01-04", "--reason", "budget").lines
    assert parked == ["GTX Plus · Betatech: parked until Mon 4 Jan 2027, 1 task held"]
    assert fu.ok("deals", "unpark", "gtx").lines == [
        "GTX Plus · Betatech: parked no longer, 1 task on the desk again"
    ]
    won = fu.ok("deals", "move", "1", "--to", "won", "--delivery", "2026-12-01", "--json").json
    assert [event["event"] for event in won["events"]] == ["deal_moved", "enrollment_ended", "enrolled"]
    assert "GTX Plus" in fu.ok("deals").out, "the list is still there"


def test_a_handoff_shows_its_context_before_it_is_made(fu: Fu, world: World) -> None:
    begun = world.enroll("standard")
    shown = fu.ok("handoff", "gtx", "sam")
    assert shown.lines[0] == "Stage: New lead"
    assert "Nothing was changed yet" in shown.err
    assert fu.ok("handoff", "gtx", "sam", "--note", "Wants a quote").lines == [
        "GTX Plus · Betatech → Sam Hill: Introduce yourself to Ana Ruiz, Tue 24 Nov"
    ]
    assert world.task(begun.task_id)["owner_id"] == world.sam


def test_an_absence_is_said_listed_briefed_and_taken_back(fu: Fu, world: World) -> None:
    world.make_task(due=date(2026, 11, 25))
    said = fu.ok(
        "absence", "add", "today", "2026-12-04", "--cover", "sam", "--note", "the key is in the drawer"
    )
    assert said.lines == [
        "Dana Okafor is away today to Fri 4 Dec: Sam Hill covers",
        "Dana Okafor is away: 1 task → Sam Hill",
    ]
    assert "please write to Sam Hill" in said.err
    assert "Call Ana about the seats" in fu.ok("list", user="sam").out
    assert "cover all" in fu.ok("absence", "list").out
    brief = fu.ok("absence", "brief", 1).out
    assert "the key is in the drawer" in brief
    assert "Call Ana about the seats" in brief
    assert fu.ok("absence", "brief", 1, "--json").json["tasks"][0]["acting_owner"] == "sam"
    assert fu.ok("absence", "remove", 1).lines[-1] == "1 task back to Dana Okafor"
    assert "Nobody is away" in fu.ok("absence", "list").err
    assert fu("absence", "brief", 1).code == 3


def test_one_who_has_left(fu: Fu, world: World) -> None:
    world.make_task(owner=world.sam)
    assert fu("users", "deactivate", "sam").code == 2
    assert fu.ok("users", "deactivate", "sam", "--to", "dana").lines == [
        "Sam Hill has left: 1 task → Dana Okafor"
    ]
    assert "Dana" in fu.ok("users").out

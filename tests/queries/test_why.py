"""Why a task is due on its day: every rule that can date one says so, and each day is computed again."""

from __future__ import annotations

from datetime import date

from fu_tui.queries.rows import Why
from fu_tui.queries.why import grounds, words
from fu_tui.services.logbook import Logbook
from fu_tui.services.replies import Replies
from tests.services.test_migrating import new_version
from tests.world import World


def why(world: World, task_id: int) -> Why:
    """What is said of a task; the day that is stored always comes out again."""
    found = grounds(world.db, task_id)
    assert found.agrees
    said = words(found, "UTC")
    assert said.verdict.endswith("✓")
    return said


def newest(world: World) -> int:
    return int(world.open_tasks()[-1]["id"])


def test_moves_are_told_with_who_made_them_and_the_first_day_is_not_forgotten(world: World) -> None:
    begun = world.enroll("standard")
    second = world.spawn(begun.task_id).task_id
    world.moves.snooze([second], date(2026, 11, 30))
    world.moves.reassign([second], "sam")
    said = why(world, second)
    assert said.reasons == ("moved by Dana Okafor: Mon 30 Nov",)
    assert said.verdict == "computed again: Mon 30 Nov ✓"
    assert said.history == (
        "at first due Fri 27 Nov: 3 days after closing (Mon 23 Nov) → Thu 26 Nov;"
        " Thu 26 Nov is Thanksgiving → Fri 27 Nov",
        "moved Fri 27 Nov → Mon 30 Nov, by Dana Okafor, Mon 23 Nov 2026 09:00",
        "given to Sam Hill, by Dana Okafor, Mon 23 Nov 2026 09:00",
    )
    world.journal.undo()
    world.journal.undo()
    assert why(world, second).history == (), "what was undone is not told"


def test_a_pause_and_an_absence_say_how_the_days_went_on(world: World) -> None:
    begun = world.enroll("standard")
    second = world.spawn(begun.task_id).task_id
    world.life.pause([begun.enrollment_id], reason="trade fair")
    assert why(world, second).history[-1] == (
        "held, as its cadence was paused: trade fair, by Dana Okafor, Mon 23 Nov 2026 09:00"
    )
    world.go_to(date(2026, 12, 7))
    world.life.resume([begun.enrollment_id])
    said = why(world, second)
    assert said.reasons == (
        "waited from Mon 23 Nov, when it was due Fri 27 Nov: 4 days left",
        "4 days after resuming (Mon 7 Dec) → Fri 11 Dec",
    )
    assert said.history[-1] == (
        "goes on, as its cadence was resumed, Fri 27 Nov → Fri 11 Dec, by Dana Okafor, Mon 7 Dec 2026 10:00"
    )
    world.absences.add_absence("dana", date(2026, 12, 10), date(2026, 12, 18))
    assert why(world, second).reasons[-1] == (
        "Dana Okafor is away Thu 10 Dec to Fri 18 Dec: it waits, and the days it has left count on from the return"
    )
    world.absences.remove_absence(1)
    world.absences.add_absence("dana", date(2026, 12, 10), date(2026, 12, 18), cover="sam")
    assert why(world, second).reasons[-1] == (
        "Dana Okafor is away Thu 10 Dec to Fri 18 Dec: Sam Hill covers, and the day stays"
    )
    world.go_to(date(2026, 12, 10))
    world.come_back()
    assert why(world, second).history[-1] == "covered by Sam Hill, by fu-tui, Thu 10 Dec 2026 10:00"


def test_spacing_and_out_of_office_are_lines_of_their_own(world: World) -> None:
    world.make_cadence("slow", [0, 3])
    world.enroll("slow")
    other = world.enroll(
        "slow", deal=world.make_deal("Racks · Betatech", world.account), contact=world.contact
    )
    assert why(world, other.task_id).reasons[-1] == (
        "at least 2 working days from the touch on Mon 23 Nov → Wed 25 Nov"
    )
    away = world.spawn(other.task_id, "out_of_office", until=date(2026, 12, 14))
    assert why(world, away.task_id).reasons[-1] == (
        "away until Mon 14 Dec, so the working day after that → Tue 15 Dec"
    )


def test_a_trigger_is_told_with_its_sentence(world: World) -> None:
    Logbook(world.context).log("meeting", contact_id=world.contact, deal_id=world.deal, at=world.clock.now())
    said = why(world, newest(world))
    assert said.reasons[0] == "the trigger meeting-held started it: the meeting (Mon 23 Nov)"
    assert said.origin[-2] == (
        "the trigger meeting-held: When a meeting is logged, After a meeting begins;"
        " not where something open covers it."
    )
    assert said.origin[-1] == (
        "made by Dana Okafor, Mon 23 Nov 2026 09:00: logged the meeting: Ana Ruiz · GTX Plus · Betatech"
    )


def test_a_migration_says_which_version_gave_the_day(world: World) -> None:
    key = world.make_cadence("own", [0, 3, 7])
    begun = world.enroll(key)
    second = world.spawn(begun.task_id).task_id
    new_version(world, key, (0, 9, 20))
    world.migrating.migrate(key)
    said = why(world, second)
    assert said.reasons == ("9 days after closing (Mon 23 Nov) → Wed 2 Dec",)
    assert " version 2, step 2 of 3" in said.origin[0]
    assert said.history[-1] == (
        "by the new version Fri 27 Nov → Wed 2 Dec, by Dana Okafor, Mon 23 Nov 2026 09:00"
    )


def test_a_handoff_is_told_as_what_made_the_task(world: World) -> None:
    world.handing.handoff("deal", world.deal, "sam", "Wants a quote by March")
    said = why(world, newest(world))
    assert said.origin[-1].endswith("09:00: handed GTX Plus · Betatech over to Sam Hill")
    numbered = words(grounds(world.db, newest(world)), "UTC", numbers=True)
    assert "09:00 (handoff, journal entry 4): handed" in numbered.origin[-1]


def test_what_became_of_a_closed_task(world: World) -> None:
    begun = world.enroll("standard")
    second = world.spawn(begun.task_id).task_id
    assert why(world, begun.task_id).history == (
        "closed as no reply yet by Dana Okafor, Mon 23 Nov 2026 09:00: mail, try 1 of 5, no reply yet",
        f'brought #{second} "Ask one question about their plans", Fri 27 Nov 2026',
    )
    Replies(world.context).replied(world.contact, world.deal, body="Call me")
    end, brought = why(world, second).history
    assert end == "superseded: logged the reply of Ana Ruiz, by Dana Okafor, Mon 23 Nov 2026 09:00"
    assert brought.startswith('brought #3 "')


def test_a_skipped_step_and_the_end_of_a_cadence(world: World) -> None:
    begun = world.enroll("standard")
    world.life.skip([begun.task_id], reason="met them yesterday")
    assert why(world, begun.task_id).history[0] == (
        'skipped: skipped "Introduce yourself and why you write": met them yesterday,'
        " by Dana Okafor, Mon 23 Nov 2026 09:00"
    )
    last = newest(world)
    world.close([last], "replied", note="wants a quote")
    assert why(world, last).history == (
        "closed as replied by Dana Okafor, Mon 23 Nov 2026 09:00: wants a quote",
        "Standard outreach has ended: they replied",
    )

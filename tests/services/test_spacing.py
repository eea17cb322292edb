"""Spacing (7.11): cadences of one contact keep 2 working days between their touches, and nobody's own day is moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fu_tui.bootstrap import Desk
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.events import Event, TouchesClose
from fu_tui.core.say import say, say_all, say_short
from fu_tui.core.schedule import recompute, too_near
from fu_tui.core.terms import Channel, Direction, ReplyClass
from fu_tui.core.trace import Trace
from fu_tui.queries.doctor import examine
from fu_tui.services.announce import announced
from fu_tui.services.enroll import Target
from fu_tui.services.following import Following
from fu_tui.services.setup import write_cadence
from fu_tui.services.spawn import Links
from fu_tui.services.touches import log_touch
from tests.services.test_life import back_and_forth
from tests.services.test_migrating import new_version
from tests.world import HOLIDAYS, World

CALENDAR = WorkCalendar(holidays=HOLIDAYS)


@pytest.fixture(autouse=True)
def sound(world: World) -> Iterator[None]:
    """After each story the file keeps its promises."""
    yield
    assert examine(world.db).violations == ()


def two_deals(world: World) -> tuple[int, int]:
    """Ana's deal, and another one with her."""
    world.make_cadence("slow", [0, 3, 7, 30])
    return world.deal, world.make_deal("Racks · Betatech", world.account)


def due(world: World, task_id: int) -> date:
    return date.fromisoformat(world.task(task_id)["due_on"])


def named(events: tuple[Event, ...]) -> list[TouchesClose]:
    return [event for event in events if isinstance(event, TouchesClose)]


def test_7_11_a_generated_touch_keeps_two_working_days_from_other_cadences_touches(world: World) -> None:
    one, other = two_deals(world)
    first = world.enroll("slow", deal=one, contact=world.contact)
    second = world.enroll("slow", deal=other, contact=world.contact)
    assert due(world, first.task_id) == date(2026, 11, 23)
    assert second.due_on == date(2026, 11, 25), "Monday is taken, so Wednesday"
    assert world.trace(second.task_id).lines == (
        "on the plan's start (Mon 23 Nov)",
        "at least 2 working days from the touch on Mon 23 Nov → Wed 25 Nov",
    )
    assert recompute(world.trace(second.task_id)) == second.due_on


def test_7_11_only_the_new_task_moves_and_the_hint_says_the_same_day(world: World) -> None:
    one, other = two_deals(world)
    first = world.enroll("slow", deal=one, contact=world.contact)
    second = world.enroll("slow", deal=other, contact=world.contact)
    hint = announced(world.context, first.task_id, "no_reply")
    brought = world.spawn(first.task_id)
    # 3 days on is Thanksgiving; Friday is 1 working day from the other's Wednesday.
    assert brought.due_on == date(2026, 11, 30)
    assert isinstance(hint, Following)
    assert (hint.due.due_on, hint.why) == (brought.due_on, brought.why)
    assert say(brought, today=world.today) == (
        "→ Write mail 2, Mon 30 Nov (2 working days from another cadence)"
    )
    assert due(world, second.task_id) == date(2026, 11, 25), "what is there already stays"


def test_7_11_a_touch_that_was_made_counts_until_it_is_answered(world: World) -> None:
    one, other = two_deals(world)
    first = world.enroll("slow", deal=one, contact=world.contact)
    world.close([first.task_id], "no_reply")
    world.pass_days(1)
    assert world.enroll("slow", deal=other, contact=world.contact).due_on == date(2026, 12, 1), (
        "Tuesday is 1 working day after the mail of Monday, Wednesday and Friday are too near to the next on Friday"
    )
    world.journal.undo()
    with world.context.unit("setup") as work:
        log_touch(
            work, channel=Channel.MAIL, direction=Direction.IN, contact_id=world.contact, deal_id=None, task_id=None,
            subject="Yes", body="", reply=ReplyClass.SUBSTANTIVE, at=work.at,
        )  # fmt: skip
    world.life.pause([first.enrollment_id])
    assert world.enroll("slow", deal=other, contact=world.contact).due_on == date(2026, 11, 24)


def test_7_11_inside_one_cadence_its_own_gap_rules(world: World) -> None:
    world.make_cadence("quick", [0, 1])
    begun = world.enroll("quick")
    assert world.spawn(begun.task_id).due_on == date(2026, 11, 24)


def test_7_11_another_contact_of_the_deal_is_not_in_the_way(world: World) -> None:
    world.make_cadence("slow", [0, 3])
    world.enroll("slow")
    kim = world.make_contact("Kim Moe")
    assert world.enroll("slow", contact=kim).due_on == date(2026, 11, 23)


def test_7_11_what_a_person_dates_stays_and_is_told(world: World) -> None:
    one, other = two_deals(world)
    world.enroll("slow", deal=one, contact=world.contact)
    second = world.enroll("slow", deal=other, contact=world.contact)
    events = world.moves.snooze([second.task_id], date(2026, 11, 24))
    assert due(world, second.task_id) == date(2026, 11, 24)
    [near] = named(events)
    assert say(near, today=world.today) == (
        "less than 2 working days from a cadence's touch to Ana Ruiz (today)"
    )
    assert say_all(events, today=world.today) == f"Write mail 1 → Tue 24 Nov · {say(near, today=world.today)}"
    assert say_short(events, today=world.today) == "→ Tue 24 Nov: Write mail 1 · near another touch"
    several = say_all([*events, *events], today=world.today)
    assert several.endswith(" · 2 of them lie less than 2 working days from a cadence's touch")
    assert named(world.moves.snooze([second.task_id], date(2026, 12, 1))) == []
    called_back = world.close([second.task_id], "call_back", until=date(2026, 11, 24))
    assert len(named(called_back)) == 1


def test_7_11_a_task_beside_the_cadence_of_its_own_deal_is_the_same_conversation(world: World) -> None:
    one, other = two_deals(world)
    world.enroll("slow", deal=one, contact=world.contact)
    mine = world.make_task(links=Links(world.contact, one))
    theirs = world.make_task(links=Links(world.contact, other))
    events = world.moves.snooze([mine, theirs], date(2026, 11, 24))
    assert [event.task_id for event in named(events)] == [theirs]


def test_7_11_a_promise_by_the_hour_stays(world: World) -> None:
    one, other = two_deals(world)
    world.enroll("slow", deal=one, contact=world.contact)
    promised = world.enroll("post-discovery", deal=other, contact=world.contact)
    assert promised.due_at is not None
    assert promised.due_on == date(2026, 11, 23)
    world.life.stop([promised.enrollment_id], "again")
    events = world.enrolling.enroll("post-discovery", [Target(world.contact, other)])
    assert [event.other_on for event in named(events)] == [date(2026, 11, 23)]


def test_7_11_a_decision_is_no_touch(world: World) -> None:
    decide = {"day": 1, "kind": "decide", "action": "Decide how to go on", "purpose": "A decision"}
    with world.context.unit("setup") as work:
        mail = {"day": 0, "channel": "mail", "action": "Write the mail", "purpose": "A reason"}
        table = {"name": "short", "kind": "deal", "anchor": "completion", "steps": [mail, decide]}
        write_cadence(work, "short", table)
    one, other = two_deals(world)
    first = world.enroll("short", deal=one, contact=world.contact)
    world.enroll("slow", deal=other, contact=world.contact)
    assert world.spawn(first.task_id).due_on == date(2026, 11, 24)


def test_7_11_a_resumed_cadence_keeps_its_distance_and_its_plan(world: World) -> None:
    world.make_cadence("planned", [0, 3, 7], anchor="planned")
    one, other = two_deals(world)
    first = world.enroll("planned", deal=one, contact=world.contact)
    world.life.pause([first.enrollment_id])
    world.enroll("slow", deal=other, contact=world.contact)
    resumed = world.life.resume([first.enrollment_id])
    assert getattr(resumed[0], "due_on", None) == date(2026, 11, 25)
    assert world.record("enrollment", first.enrollment_id)["anchor_on"] == "2026-11-23", "the plan stays"
    trace = world.trace(first.task_id)
    assert recompute(trace) == date(2026, 11, 25)


def test_7_11_skipping_replacing_and_undoing(world: World) -> None:
    one, other = two_deals(world)
    first = world.enroll("slow", deal=one, contact=world.contact)
    second = world.enroll("slow", deal=other, contact=world.contact)
    back_and_forth(world, lambda: world.life.skip([first.task_id]))
    [moved] = [task for task in world.open_tasks() if task["deal_id"] == one]
    assert moved["due_on"] == "2026-11-30"
    world.life.replace([second.enrollment_id], "slow")
    [begun] = [task for task in world.open_tasks() if task["deal_id"] == other]
    assert begun["due_on"] == "2026-11-23", "a week from the other, and its own is gone"


def test_7_11_what_a_close_begins_goes_on_from_that_close(world: World) -> None:
    world.make_cadence("slow", [0, 3])
    begun = world.enroll("slow")
    followed = world.spawn(begun.task_id, "lost")
    assert followed.due_on == date(2026, 11, 24), "the day after, by its own plan"


def test_7_11_many_enrolled_at_once_keep_their_distance_too(world: World) -> None:
    deals = [world.deal, *(world.make_deal(f"Deal {n} · Betatech", world.account) for n in range(3))]
    world.make_cadence("slow", [0, 3])
    world.enrolling.enroll("slow", [Target(world.contact, deal) for deal in deals], spread=2)
    days = sorted(due(world, task["id"]) for task in world.open_tasks())
    assert days == [date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 2)]


def test_7_11_the_forecast_foresees_the_day_that_comes(world: World) -> None:
    one, other = two_deals(world)
    first = world.enroll("slow", deal=one, contact=world.contact)
    world.enroll("slow", deal=other, contact=world.contact)
    desk = Desk(world.context)
    [foreseen] = [row for row in desk.forecast(desk.look()).rows if row.deal_id == one and row.step_no == 2]
    assert foreseen.due_on == world.spawn(first.task_id).due_on == date(2026, 11, 30)


def test_7_11_the_days_a_migration_shows_are_those_it_brings_for_two_deals_of_one_contact(
    world: World,
) -> None:
    one, other = two_deals(world)
    first = world.enroll("slow", deal=one, contact=world.contact)
    second = world.enroll("slow", deal=other, contact=world.contact)
    world.spawn(first.task_id)
    world.go_to(date(2026, 11, 25))
    world.spawn(second.task_id)
    new_version(world, "slow", (0, 9, 12))
    shown = world.migrating.migration("slow")
    world.migrating.migrate("slow")
    for each in shown:
        assert each.task_id is not None
        assert each.new_due_on == due(world, each.task_id)
    days = [each.new_due_on for each in shown]
    assert days == [date(2026, 12, 4), date(2026, 12, 8)], "the second makes way for the first's new day"


STEPS = st.tuples(
    st.integers(0, 3), st.sampled_from(["no_reply", "skip", "wait", "pause", "snooze", "begin"])
)


@settings(max_examples=25, deadline=None)
@given(walk=st.lists(STEPS, max_size=25))
def test_7_11_no_two_generated_touches_of_different_cadences_are_near(
    walk: list[tuple[int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    world = World(tmp_path_factory.mktemp("walk"))
    deals = [world.deal, *(world.make_deal(f"Deal {n} · Betatech", world.account) for n in range(3))]
    world.make_cadence("slow", [0, 2, 5, 9, 14], max_unanswered=50, warn_at=49)
    world.make_cadence("plan", [0, 2, 5, 9, 14], anchor="planned", max_unanswered=50, warn_at=49)
    for which, what in walk:
        _step(world, deals[which], what, "plan" if which % 2 else "slow")
        _keep_apart(world)
    assert examine(world.db).violations == ()


def _step(world: World, deal: int, what: str, cadence: str) -> None:
    running = world.db.value("SELECT id FROM enrollment WHERE deal_id = ? AND state = 'active'", (deal,))
    paused = world.db.value("SELECT id FROM enrollment WHERE deal_id = ? AND state = 'paused'", (deal,))
    task = world.db.value("SELECT id FROM task WHERE deal_id = ? AND status = 'open'", (deal,))
    if what == "wait":
        world.pass_days(2)
    elif what == "begin" and not running and not paused:
        world.enroll(cadence, deal=deal, contact=world.contact)
    elif what == "pause" and paused:
        world.life.resume([paused])
    elif what == "pause" and running:
        world.life.pause([running])
    elif task and what == "no_reply" and world.task(task)["kind"] == "decide":
        world.life.stop([running], "every step is done")
    elif task and what == "no_reply":
        world.close([task], "no_reply")
    elif task and what == "skip" and world.task(task)["kind"] != "decide":
        world.life.skip([task])
    elif task and what == "snooze":
        world.moves.snooze([task], world.today)


def _keep_apart(world: World) -> None:
    """Of two open touches, the later made keeps its distance from the earlier as that stood then; all recompute."""
    rows = world.db.rows(
        "SELECT id, due_on, trace, enrollment_id, kind, channel FROM task WHERE status = 'open'"
    )
    generated = []
    for number, due_on, text, enrollment, kind, channel in rows:
        trace = Trace.from_json(text)
        assert recompute(trace).isoformat() == due_on, number
        if enrollment and trace.rule != "by_hand" and kind != "decide" and channel:
            generated.append(
                (number, max(date.fromisoformat(due_on), world.today), date.fromisoformat(due_on))
            )
    ahead = [(number, day) for number, day, due_on in generated if due_on >= world.today]
    for at, (number, day) in enumerate(ahead):
        for other, beside in ahead[at + 1 :]:
            assert too_near(day, [beside], CALENDAR) is None, (number, other, day, beside)


def test_what_follows_a_held_meeting_is_announced_without_the_touches_that_it_answers(world: World) -> None:
    """They were heard: what another cadence sent just now is answered, and keeps no distance."""
    world.close([world.enroll("standard").task_id], "no_reply")
    links = Links(world.contact, world.make_deal("Racks · Betatech", world.account))
    meeting = world.make_task("Meet Ana about the racks", links=links)
    told = announced(world.context, meeting, "meeting_held")
    assert isinstance(told, Following)
    assert world.spawn(meeting, "meeting_held").due_on == told.due.due_on

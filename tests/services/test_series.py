"""Series: one open instance, the next with its close, nothing twice (R115–R118, domain §7.19)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fu_tui.core.errors import Conflict, NotFound, Refused, TouchedSuccessor, UsageError
from fu_tui.core.events import FollowUpSpawned, NextStepProposed
from fu_tui.core.events_life import OccurrenceMade, SeriesAdded, SeriesEdited, SeriesEnded, StepSkipped
from fu_tui.core.schedule import recompute
from fu_tui.core.terms import TaskKind, Touched
from fu_tui.queries.doctor import examine
from fu_tui.queries.scope import everyone, mine
from fu_tui.queries.series import one_series, series, without_task
from fu_tui.services.announce import announced
from fu_tui.services.following import Following
from fu_tui.services.occurrences import recur
from fu_tui.services.series import SeriesVerbs
from fu_tui.services.tick import Ticking
from fu_tui.store.models import Contact, Series
from fu_tui.store.unit import unit
from tests.world import World

ACTION = "Inspect the fire doors"


def verbs(world: World) -> SeriesVerbs:
    return SeriesVerbs(world.context)


def add(world: World, every: str, action: str = ACTION, **more: object) -> SeriesAdded:
    event = verbs(world).add_series(action, every, **more)[0]  # type: ignore[arg-type]
    assert isinstance(event, SeriesAdded)
    return event


def open_of(world: World, series_id: int) -> list[dict[str, object]]:
    return [task for task in world.open_tasks() if task["series_id"] == series_id]


def next_of(world: World, task_id: int, outcome: str = "done", **more: object) -> FollowUpSpawned:
    return world.spawn(task_id, outcome, **more)


def test_the_first_task_stands_on_its_working_day_and_says_why(world: World) -> None:
    made = add(world, "every month on the last day")
    task = world.task(made.task_id)
    assert (task["due_on"], task["occurrence_on"]) == ("2026-11-30", "2026-11-30")
    assert (task["origin"], task["kind"], task["series_id"]) == ("series", "follow_up", made.series_id)
    feb = add(world, "every year on 27 feb", "Renew the insurance", kind=TaskKind.RENEWAL)
    trace = world.trace(feb.task_id)
    assert world.task(feb.task_id)["due_on"] == "2027-03-01"
    assert trace.lines == (
        "every year on 27 Feb: the one of Sat 27 Feb",
        "Sat 27 Feb is not a working day → Mon 1 Mar",
    )
    assert recompute(trace) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("3 months on the 1st", [date(2026, 12, 1), date(2027, 3, 1)]),
        ("2 weeks on mon", [date(2026, 11, 23), date(2026, 12, 7)]),
        ("2 months on the first monday", [date(2026, 12, 7), date(2027, 2, 1)]),
    ],
)
def test_it_begins_on_the_next_day_that_is_named_however_long_it_waits_then(
    world: World, every: str, days: list[date]
) -> None:
    assert list(verbs(world).series_days(every, count=2)[1]) == days


@pytest.mark.parametrize(
    "outcome", ["done", "no_reply", "left_voicemail", "replied", "not_needed", "acknowledged"]
)
def test_each_close_brings_the_next_occurrence_and_nothing_else(world: World, outcome: str) -> None:
    made = add(
        world, "every month on the 1st", "Call Ana about the quarter", about=(world.contact, None, None)
    )
    events = world.close([made.task_id], outcome)
    spawned = [event for event in events if isinstance(event, FollowUpSpawned)]
    assert [event.due_on for event in spawned] == [date(2027, 1, 4)], "1 Jan is a holiday"
    assert len(world.open_tasks()) == 1
    assert any(isinstance(event, NextStepProposed) for event in events) == (outcome == "replied")


def test_what_is_announced_is_what_the_close_brings(world: World) -> None:
    made = add(world, "every 2 weeks on tue")
    before = announced(world.context, made.task_id, "no_reply")
    assert isinstance(before, Following)
    spawned = next_of(world, made.task_id, "no_reply")
    assert (before.action, before.due.due_on) == (spawned.action, spawned.due_on)


def test_missed_occurrences_are_not_made_up_for(world: World) -> None:
    made = add(world, "every week on tue")
    world.go_to(date(2026, 12, 17))
    assert next_of(world, made.task_id).due_on == date(2026, 12, 22)


def test_a_late_close_on_the_day_of_the_next_brings_that_one(world: World) -> None:
    made = add(world, "every month on the 24th")
    world.go_to(date(2026, 12, 24))
    assert next_of(world, made.task_id).due_on == date(2026, 12, 24)


def test_an_early_close_brings_the_one_after_it(world: World) -> None:
    made = add(world, "every month on the 15th")
    assert world.task(made.task_id)["due_on"] == "2026-12-15"
    assert next_of(world, made.task_id).due_on == date(2027, 1, 15)


def test_days_of_a_weekend_are_one_task(world: World) -> None:
    made = add(world, "daily")
    world.go_to(date(2026, 11, 27))  # Friday
    saturday = next_of(world, made.task_id)
    assert saturday.due_on == date(2026, 11, 27), "the 24th's was late, today's is due"
    monday = next_of(world, saturday.task_id)
    assert (monday.due_on, world.task(monday.task_id)["occurrence_on"]) == (date(2026, 11, 30), "2026-11-28")
    world.go_to(date(2026, 11, 30))
    assert next_of(world, monday.task_id).due_on == date(2026, 12, 1)


def test_one_that_was_put_off_to_the_next_days_stands_for_both(world: World) -> None:
    made = add(world, "every monday")
    world.moves.snooze([made.task_id], date(2026, 11, 30))
    world.go_to(date(2026, 11, 30))
    assert next_of(world, made.task_id).due_on == date(2026, 12, 7)


def test_the_last_one_ends_the_series(world: World) -> None:
    made = add(world, "every week, 2 times")
    second = next_of(world, made.task_id)
    [_, ended] = world.close([second.task_id], "done", propose=False)
    assert ended == SeriesEnded(made.series_id, ACTION, "it was the last one", ())
    assert world.open_tasks() == []
    assert Ticking(world.context).tick() == Ticking(world.context).tick() == ()


def test_call_back_keeps_the_day_asked_for_beside_the_series(world: World) -> None:
    made = add(
        world, "every month on the 1st", "Call Ana about the quarter", about=(world.contact, None, None)
    )
    events = world.close([made.task_id], "call_back", until=date(2026, 11, 27))
    days = [event.due_on for event in events if isinstance(event, FollowUpSpawned)]
    assert days == [date(2026, 11, 27), date(2027, 1, 4)]
    assert len(open_of(world, made.series_id)) == 1


def test_who_wants_no_more_of_it_is_in_no_series_until_that_is_undone(world: World) -> None:
    about = (world.contact, None, None)
    made = add(world, "every month on the 1st", "Call Ana about the quarter", about=about)
    other = add(world, "every month on the 2nd", "Call Ana about the audit", about=about)
    before = world.dump()
    events = world.close([made.task_id], "opted_out")
    ended = {event.series_id: event.why for event in events if isinstance(event, SeriesEnded)}
    assert ended == dict.fromkeys((made.series_id, other.series_id), "Ana Ruiz wants no more of it")
    assert world.open_tasks() == []
    assert recur(world.context) == []
    with pytest.raises(Refused, match="wants no more of it"):
        add(world, "weekly", "Call Ana about the audit", about=about)
    world.journal.undo()
    assert world.dump() == before


def test_a_channel_less_and_a_lost_deal_end_what_leans_on_them(world: World) -> None:
    calls = add(world, "monthly", "Call Ana about the audit", about=(world.contact, None, None))
    world.change(Contact, world.contact, opted_out=("call",))
    assert any(isinstance(event, SeriesEnded) for event in world.close([calls.task_id], "done"))
    deal = add(world, "monthly", "Check the terms", about=(None, world.deal, None), force=True)
    assert any(isinstance(event, SeriesEnded) for event in world.close([deal.task_id], "lost"))


def test_skipping_brings_the_next_and_undo_takes_it_back(world: World) -> None:
    made = add(world, "every monday")
    before = world.dump()
    skipped, spawned = verbs(world).skip_series(made.series_id)
    assert isinstance(skipped, StepSkipped)
    assert isinstance(spawned, FollowUpSpawned)
    assert spawned.due_on == date(2026, 11, 30)
    world.journal.undo()
    assert world.dump() == before
    world.journal.redo()
    assert [task["id"] for task in open_of(world, made.series_id)] == [spawned.task_id]
    again = world.life.skip([spawned.task_id])
    assert isinstance(again[1], FollowUpSpawned)
    assert again[1].due_on == date(2026, 12, 7)


def test_undo_of_each_verb_restores_everything(world: World) -> None:
    start = world.dump()
    made = add(world, "every month on the 1st")
    added = world.dump()
    steps = [
        lambda: verbs(world).edit_series(made.series_id, every="weekly", action="Check the doors"),
        lambda: verbs(world).end_series(made.series_id),
        lambda: verbs(world).end_series(made.series_id, keep=True),
        lambda: world.close([made.task_id], "done"),
    ]
    for step in steps:
        step()
        changed = world.dump()
        world.journal.undo()
        assert world.dump() == added
        world.journal.redo()
        assert world.dump() == changed
        world.journal.undo()
    world.journal.undo()
    assert world.dump() == start


def test_undo_of_a_close_whose_successor_was_changed_asks(world: World) -> None:
    made = add(world, "every month on the 1st")
    spawned = next_of(world, made.task_id)
    with world.acting(world.sam):
        world.moves.priority([spawned.task_id])
    with pytest.raises(TouchedSuccessor):
        world.journal.undo()
    world.journal.undo(Touched.KEEP)
    assert len(open_of(world, made.series_id)) == 1
    assert world.task(spawned.task_id)["series_id"] is None


def test_an_edit_moves_the_open_task_and_makes_none(world: World) -> None:
    made = add(world, "every month on the 1st")
    [event] = verbs(world).edit_series(made.series_id, every="every month on the 15th")
    assert isinstance(event, SeriesEdited)
    assert event.changed == ("every month on the 15th", "Tue 15 Dec")
    [task] = open_of(world, made.series_id)
    assert (task["id"], task["due_on"], task["occurrence_on"]) == (made.task_id, "2026-12-15", "2026-12-15")
    assert verbs(world).edit_series(made.series_id, every="every month on the 15th") == ()
    [named] = verbs(world).edit_series(made.series_id, action="Check the doors", owner="sam")
    assert isinstance(named, SeriesEdited)
    [task] = open_of(world, made.series_id)
    assert (task["action"], task["owner_id"], task["due_on"]) == ("Check the doors", world.sam, "2026-12-15")


def test_another_owner_is_a_handing_over_and_one_who_is_away_has_a_cover(world: World) -> None:
    made, ivo = add(world, "every monday"), world.make_user("ivo")
    world.absences.add_absence("sam", world.today, date(2026, 12, 4), cover="ivo")
    before = world.dump()
    verbs(world).edit_series(made.series_id, owner="sam")
    [task] = open_of(world, made.series_id)
    assert (task["owner_id"], task["acting_owner_id"]) == (world.sam, ivo)
    assert examine(world.db).violations == (), "I12"
    world.journal.undo()
    assert world.dump() == before


def test_an_edit_never_brings_a_day_again(world: World) -> None:
    made = add(world, "every monday")
    next_of(world, made.task_id)  # today's is done, the 30th is open
    verbs(world).edit_series(made.series_id, every="daily")
    [task] = open_of(world, made.series_id)
    assert task["due_on"] == "2026-11-24"
    verbs(world).edit_series(made.series_id, every="every monday")
    [task] = open_of(world, made.series_id)
    assert task["due_on"] == "2026-11-30"


def test_a_sales_conversation_wants_force(world: World) -> None:
    for about in ((world.contact, world.deal, None), (None, world.deal, None)):
        with pytest.raises(Refused, match="is an open deal"):
            add(world, "monthly", "Call Ana about the seats", about=about)
    assert "open deal" in verbs(world).sales(None, world.deal)
    add(world, "monthly", "Call Ana about the seats", about=(None, world.deal, None), force=True)
    outreach = world.make_contact("Bo Lind")
    add(world, "monthly", "Call Bo about the audit", about=(outreach, None, None))
    world.enroll("standard", contact=outreach)
    with pytest.raises(Refused, match="Standard outreach runs for Bo Lind"):
        add(world, "monthly", "Call Bo about the seats", about=(outreach, None, None))


@pytest.mark.parametrize(
    ("action", "every", "error"),
    [("", "monthly", Refused), ("Follow up", "monthly", Refused), (ACTION, "sometimes", UsageError),
     (ACTION, "every day until 1 jan 2020", Refused)],
)  # fmt: skip
def test_what_is_wrong_writes_nothing(world: World, action: str, every: str, error: type[Exception]) -> None:
    before = world.dump()
    with pytest.raises(error):
        add(world, every, action)
    assert world.dump() == before


def test_what_is_gone_or_anothers_is_refused(world: World) -> None:
    with pytest.raises(NotFound):
        verbs(world).end_series(99)
    made = add(world, "monthly")
    with world.acting(world.sam), pytest.raises(Refused, match="belongs to Dana"):
        verbs(world).end_series(made.series_id)
    verbs(world).end_series(made.series_id)
    for verb in (verbs(world).end_series, verbs(world).skip_series):
        with pytest.raises(Conflict, match="has ended"):
            verb(made.series_id)


def test_a_tick_gives_a_series_its_task_once(world: World) -> None:
    made = add(world, "every monday")
    next_of(world, made.task_id)
    world.go_to(date(2026, 12, 16))
    [task] = open_of(world, made.series_id)
    with world.context.unit("setup") as work:
        work.write("task", task["id"], {"status": "cancelled"})
    assert without_task(world.db) == [made.series_id]
    [event] = recur(world.context)
    assert isinstance(event, OccurrenceMade)
    assert event.due_on == date(2026, 12, 21)
    assert recur(world.context) == []


def test_handoff_and_leaving_take_the_series_along(world: World) -> None:
    made = add(world, "monthly", "Call Ana about the audit", about=(world.contact, None, None))
    world.handing.handoff("contact", world.contact, "sam", "They audit in June.")
    assert world.record("series", made.series_id)["owner_id"] == world.sam
    other = add(world, "monthly", owner="sam")
    world.moves.reassign([other.task_id], "dana", following=True)
    assert world.record("series", other.series_id)["owner_id"] == world.dana
    world.leaving.deactivate("sam", "dana")
    assert world.record("series", made.series_id)["owner_id"] == world.dana


def test_the_list_says_rhythm_next_day_and_how_often(world: World) -> None:
    made = add(world, "every monday", about=(None, None, world.account))
    next_of(world, made.task_id)
    [row] = series(world.db, mine(world.context.me))
    assert (row.words, row.due_on, row.done, row.about) == ("every Monday", "2026-11-30", 1, "Betatech")
    verbs(world).end_series(made.series_id)
    assert series(world.db, everyone(world.context.me)) == ()
    [row] = series(world.db, everyone(world.context.me), ended=True)
    assert (row.state, row.task_id) == ("ended", None)
    with pytest.raises(NotFound):
        one_series(world.db, 99)


RHYTHMS = ["daily", "every weekday", "every monday", "every 2 weeks on fri", "every month on the 31st", "every 3 days",
           "every month on the last fri", "every year on 29 feb", "every 2 months"]  # fmt: skip
moves = st.one_of(
    st.tuples(st.just("close"), st.sampled_from(["done", "no_reply", "not_needed", "replied"])),
    st.tuples(st.just("skip"), st.just("")),
    st.tuples(st.just("edit"), st.sampled_from(RHYTHMS)),
    st.tuples(st.just("days"), st.integers(0, 70)),
    st.tuples(st.just("snooze"), st.integers(0, 20)),
    st.tuples(st.just("undo"), st.just("")),
    st.tuples(st.just("redo"), st.just("")),
    st.tuples(st.just("tick"), st.just("")),
    st.tuples(st.just("lose"), st.just("")),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(RHYTHMS), st.lists(moves, max_size=25))
def test_whatever_happens_one_is_open_and_no_day_comes_twice(
    tmp_path_factory: pytest.TempPathFactory, rhythm: str, done: list[tuple[str, object]]
) -> None:
    world = World(tmp_path_factory.mktemp("series"))
    made = add(world, rhythm, force=True)
    lost = False
    for move, value in done:
        _do(world, made.series_id, move, value)
        tasks = open_of(world, made.series_id)
        lost = lost or move == "lose"  # undone and redone, what came before it is not brought back by it
        assert len(tasks) == 1 or (not tasks and (lost or is_over(world, made.series_id)))
        rows = world.db.rows(
            "SELECT occurrence_on FROM task WHERE series_id = ? AND status <> 'withdrawn'", (made.series_id,)
        )
        assert len(rows) == len(set(rows)), "an occurrence came twice"
        for task in tasks:
            assert recompute(world.trace(int(str(task["id"])))).isoformat() == task["due_on"]
    recur(world.context)
    assert len(open_of(world, made.series_id)) == 1 or is_over(world, made.series_id)
    report = examine(world.db)
    assert report.violations == (), report.violations
    world.db.close()


def is_over(world: World, series_id: int) -> bool:
    row = world.record("series", series_id)
    return row["state"] == "ended" or row["removed_by"] is not None


def _do(world: World, series_id: int, move: str, value: object) -> None:
    tasks = open_of(world, series_id)
    task_id = int(str(tasks[0]["id"])) if tasks else 0
    try:
        if move == "close" and task_id:
            before = world.clock.at.date()
            events = world.close([task_id], str(value))
            days = [event.due_on for event in events if isinstance(event, FollowUpSpawned)]
            assert all(day >= before for day in days), "nothing is due before today (I15)"
        elif move == "skip":
            verbs(world).skip_series(series_id)
        elif move == "edit":
            verbs(world).edit_series(series_id, every=str(value))
        elif move == "days":
            world.pass_days(int(str(value)))
        elif move == "snooze" and task_id:
            world.moves.snooze([task_id], world.today + timedelta(days=int(str(value))))
        elif move == "undo":
            world.journal.undo(Touched.WITHDRAW)
        elif move == "redo":
            world.journal.redo()
        elif move == "tick":
            recur(world.context)
        elif move == "lose" and task_id:
            with unit(
                world.db, world.clock.now(), None, "setup"
            ) as work:  # nobody's, so no undo brings it back
                work.write("task", task_id, {"status": "superseded"})
    except (Refused, Conflict, NotFound):
        pass


def test_a_series_is_a_record_of_its_own(world: World) -> None:
    made = add(world, "monthly")
    assert world.context.unit  # the row is whole: what is stored is a rule that is allowed
    with world.context.unit("look") as work:
        row = work.load(Series, made.series_id)
    assert row.rule == "FREQ=MONTHLY"

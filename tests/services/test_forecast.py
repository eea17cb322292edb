"""The forecast: what it foresees is what closing brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fu_tui.bootstrap import Desk
from fu_tui.core.terms import TaskKind
from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.queries.queue import horizon
from fu_tui.queries.rows import QueueRow
from fu_tui.queries.scope import everyone
from fu_tui.services import forecast as forecasting
from fu_tui.services.forecast import Forecasting
from fu_tui.services.series import SeriesVerbs
from fu_tui.store.models import Contact, Enrollment
from tests.world import World


def foreseen(world: World) -> tuple[QueueRow, ...]:
    desk = Desk(world.context)
    return desk.forecast(desk.look()).rows


@pytest.mark.parametrize("cadence", ["standard", "proposal", "negotiation", "inbound", "chase"])
def test_what_is_foreseen_comes_when_each_step_is_closed_on_its_day(world: World, cadence: str) -> None:
    if cadence == "chase":  # three touches without a reply before it: it asks long before its last step
        for _ in range(3):
            world.close([world.make_task()], "no_reply")
            world.close([world.open_tasks()[0]["id"]], "not_needed")
    world.enroll(cadence)
    until = horizon(world.today)
    said = [(row.action, row.due_on, row.step_no, row.channel) for row in foreseen(world)]
    assert said, "the cadence brings something within two weeks"
    came = []
    while True:
        task = world.open_tasks()[0]
        if task["kind"] == TaskKind.DECIDE.value:
            break
        world.go_to(max(world.today, date.fromisoformat(task["due_on"])))
        spawned = world.spawn(task["id"])
        if spawned.due_on > until:
            break
        after = world.task(spawned.task_id)
        came.append((after["action"], spawned.due_on, after["step_no"], after["channel"]))
    assert said == came


def test_a_late_step_is_foreseen_from_today(world: World) -> None:
    world.enroll("standard")
    assert foreseen(world)[0].due_on == date(2026, 11, 27)
    world.pass_days(7)
    assert foreseen(world)[0].due_on == date(2026, 12, 3), "three days after Monday the 30th"


def test_nothing_comes_of_a_question_a_pause_or_a_task_without_cadence(world: World) -> None:
    world.make_task()
    assert foreseen(world) == ()
    world.enroll("standard", from_step=5)
    assert foreseen(world) == ()


def test_steps_on_a_channel_that_was_opted_out_of_are_passed_over(world: World) -> None:
    world.enroll("standard")
    assert foreseen(world)[0].channel == "mail"
    world.change(Contact, world.contact, opted_out=("mail",))
    assert foreseen(world)[0].channel == "call"


def test_what_follows_belongs_to_the_assignee(world: World) -> None:
    world.enroll("standard")
    world.change(Enrollment, 1, assignee=world.sam)
    assert foreseen(world) == (), "Dana has the step at hand, Sam has what follows"


def test_nothing_is_reckoned_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.enroll("standard")
    found, view = Forecasting(world.context), Desk(world.context).look().view
    first = found.of(view)
    monkeypatch.setattr(forecasting, "in_cadence", None)
    assert found.of(view) == first


def test_a_forecast_that_is_cut_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecasting, "MOST", 1)
    world.enroll("standard")
    view = Desk(world.context).look().view
    assert not Forecasting(world.context).of(view).cut
    world.enroll("chase", contact=world.make_contact("Kim Long"))
    assert Forecasting(world.context).of(view).cut


def test_a_foreseen_step_is_no_task(world: World) -> None:
    world.enroll("standard")
    rows = foreseen(world)
    assert all(row.is_forecast for row in rows)
    assert len({row.id for row in rows}) == len(rows)
    assert len(world.open_tasks()) == 1


def lived(world: World, days: int) -> list[tuple[str, date]]:
    """What really comes within so many days, if each task is closed without a reply on its day."""
    came, until = [], world.today + timedelta(days=days)
    while world.today <= until:
        world.come_back()
        due = [task for task in world.open_tasks() if task["due_on"] <= world.today.isoformat()]
        for task in due:
            came += [(event.action, event.due_on) for event in [world.spawn(task["id"])]]
        if not due:
            world.pass_days(1)
    return came


@pytest.mark.parametrize("cadence", ["standard", "proposal"])
def test_what_waits_for_an_absence_is_foreseen_after_the_return(world: World, cadence: str) -> None:
    world.enroll(cadence)
    world.absences.add_absence("dana", date(2026, 11, 25), date(2026, 11, 30), policy=AbsencePolicy.PAUSE)
    said = [(row.action, row.due_on) for row in foreseen(world)]
    assert said
    assert all(not date(2026, 11, 25) <= day <= date(2026, 11, 30) for _, day in said)
    settled = {}
    for action, _ in lived(world, 14):
        task = world.db.row("SELECT due_on FROM task WHERE action = ? ORDER BY id DESC LIMIT 1", (action,))
        settled[action] = date.fromisoformat(task[0])
    assert said == [(action, day) for action, day in settled.items() if day <= date(2026, 12, 7)]


def test_what_falls_into_an_absence_stands_in_the_covers_queue(world: World) -> None:
    world.enroll("standard")
    before = foreseen(world)
    world.absences.add_absence("dana", date(2026, 11, 25), date(2026, 11, 30), cover="sam")
    first, second = before[0], before[1]
    assert first.due_on <= date(2026, 11, 30) < second.due_on
    assert [row.due_on for row in foreseen(world)] == [row.due_on for row in before[1:]]
    desk = Desk(world.context)
    everybody = replace(desk.look().view, scope=everyone(world.context.me))
    assert [row.owner for row in Forecasting(world.context).of(everybody).rows][:2] == [
        "Sam Hill",
        "Dana Okafor",
    ]


def test_a_series_is_foreseen_and_comes_so(world: World) -> None:
    SeriesVerbs(world.context).add_series("Inspect the fire doors", "every weekday")
    said = [(row.action, row.due_on) for row in foreseen(world)]
    assert said[0] == ("Inspect the fire doors", date(2026, 11, 24))
    assert len(said) == 9, "two weeks of working days behind today's, without Thanksgiving"
    assert said == lived(world, 14)[: len(said)]


def test_nothing_is_foreseen_of_a_parked_deal_or_an_ended_series(world: World) -> None:
    world.enroll("standard")
    assert foreseen(world)
    world.deals.park([world.deal], date(2026, 12, 20), "budget")
    assert foreseen(world) == ()
    [made] = SeriesVerbs(world.context).add_series("Inspect the fire doors", "daily")
    SeriesVerbs(world.context).end_series(made.series_id, keep=True)
    assert foreseen(world) == ()


def test_the_load_counts_what_is_foreseen_and_marks_what_is_too_much(world: World) -> None:
    SeriesVerbs(world.context).add_series("Inspect the fire doors", "every weekday")
    desk = Desk(world.context)
    load = desk.load(desk.look())
    assert len(load.days) == 15, "today and 14 days"
    by_day = {day.day: (day.tasks, day.forecast) for day in load.days}
    assert by_day[date(2026, 11, 23)] == (1, 0)
    assert by_day[date(2026, 11, 24)] == (0, 1)
    assert by_day[date(2026, 11, 26)] == (0, 0)
    assert sum(day.forecast for day in load.days) == 9


def test_days_away_are_no_working_days_of_the_load(world: World) -> None:
    world.absences.add_absence("dana", date(2026, 11, 24), date(2026, 11, 25), cover="sam")
    desk = Desk(world.context)
    working = {day.day: day.working for day in desk.load(desk.look()).days}
    assert (working[date(2026, 11, 24)], working[date(2026, 11, 27)]) == (False, True)

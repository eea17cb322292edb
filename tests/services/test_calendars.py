"""Days off, hours, weekdays and country: a change is one's own, is undone whole, and moves no due day by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from fu_tui.core.errors import Conflict, NotFound, Refused, UsageError
from fu_tui.core.events import HolidaysAdded
from fu_tui.core.events_calendar import CalendarParted, CountrySet, DaysOffAdded, DueOnDaysOff, MovedOffDay
from fu_tui.core.say import say
from fu_tui.core.schedule import recompute
from fu_tui.core.trace import Trace
from fu_tui.services.calendars import Calendars
from fu_tui.services.holiday_years import find_subdivision, place_words, subdivisions
from fu_tui.services.tick import Ticking
from fu_tui.store.lookup import person
from fu_tui.store.models import Task, User, WorkCalendar
from fu_tui.store.plans import calendar_of
from tests.world import HOLIDAYS, World

FRIDAY = date(2026, 11, 27)


def verbs(world: World) -> Calendars:
    return Calendars(world.context)


def off(world: World, user_id: int) -> dict[date, str]:
    return dict(calendar_of(world.db, person(world.db, user_id).calendar_id).holidays)


def own_calendar(world: World) -> None:
    """Dana shares hers with nobody."""
    verbs(world).set_hours(time(9), time(17, 30))


def test_who_shares_a_calendar_gets_a_copy_and_the_colleague_keeps_theirs(world: World) -> None:
    events = verbs(world).add_days_off(FRIDAY, name="Bridge  day")
    mine, theirs = (person(world.db, who).calendar_id for who in (world.dana, world.sam))
    assert mine != theirs
    assert events == (
        DaysOffAdded(mine, "Dana Okafor", (FRIDAY,), "Bridge day"), CalendarParted(mine, "Dana Okafor", 1)
    )  # fmt: skip
    assert off(world, world.dana) == HOLIDAYS | {FRIDAY: "Bridge day"}
    assert off(world, world.sam) == HOLIDAYS
    (more,) = verbs(world).add_days_off(date(2026, 11, 30))
    assert person(world.db, world.dana).calendar_id == mine, "it is theirs alone: no second copy"
    assert isinstance(more, DaysOffAdded)


def test_a_manager_changes_it_for_all_who_share_it_and_a_rep_does_not(world: World) -> None:
    (event,) = verbs(world).add_days_off(FRIDAY, shared=True)
    assert event == DaysOffAdded(1, "Dana Okafor and 1 other", (FRIDAY,), "")
    assert FRIDAY in off(world, world.sam)
    with world.acting(world.sam), pytest.raises(Refused, match="managers and admins"):
        verbs(world).add_days_off(date(2026, 11, 30), shared=True)


def test_a_rep_changes_their_own_calendar_alone(world: World) -> None:
    with world.acting(world.sam):
        verbs(world).add_days_off(FRIDAY)
        with pytest.raises(Refused, match="calendar of Dana Okafor belongs to"):
            verbs(world).add_days_off(FRIDAY, who="dana")
    assert FRIDAY in off(world, world.sam)
    assert FRIDAY not in off(world, world.dana)


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.add_days_off(FRIDAY, date(2026, 12, 2), "Fair"),
        lambda it: it.remove_days_off(date(2026, 11, 26)),
        lambda it: it.set_hours(time(8), time(16)),
        lambda it: it.set_weekdays([0, 1, 2]),
        lambda it: it.set_country("DE", "BY"),
        lambda it: it.add_days_off(FRIDAY, shared=True),
        lambda it: it.set_country("DE", shared=True),
    ],
)
def test_each_change_is_one_entry_and_one_undo_takes_it_back_whole(
    world: World, change: Callable[[Calendars], Any]
) -> None:
    before = world.dump()
    entries = world.db.value("SELECT count(*) FROM journal_entry")
    change(verbs(world))
    after = world.dump()
    assert after != before
    assert world.db.value("SELECT count(*) FROM journal_entry") == entries + 1
    world.journal.undo()
    assert world.dump() == before
    world.journal.redo()
    assert world.dump() == after


def test_a_span_takes_its_working_days(world: World) -> None:
    own_calendar(world)
    (event,) = verbs(world).add_days_off(date(2026, 12, 23), date(2026, 12, 29), "Between the years")
    assert isinstance(event, DaysOffAdded)
    assert event.days == tuple(date(2026, 12, day) for day in (23, 24, 28, 29)), "Christmas is off already"
    verbs(world).remove_days_off(date(2026, 12, 23), date(2026, 12, 29))
    assert off(world, world.dana) == {day: name for day, name in HOLIDAYS.items() if day.day != 25}


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2026, 11, 26), None, r"Thu 26 Nov 2026 is off already \(Thanksgiving\)"),
        (date(2026, 11, 28), None, r"is off already \(Sat\)"),
        (date(2026, 11, 28), date(2026, 11, 29), "Sat 28 Nov 2026 to Sun 29 Nov 2026 is off already"),
        (date(2026, 11, 20), None, "Fri 20 Nov 2026 is past"),
        (FRIDAY, date(2026, 11, 24), "is before"),
        (FRIDAY, date(2028, 1, 1), "more than a year"),
    ],
)
def test_days_that_cannot_be_made_off_are_refused_with_the_reason(
    world: World, first: date, last: date | None, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        verbs(world).add_days_off(first, last)
    assert person(world.db, world.dana).calendar_id == 1, "a refused change leaves no copy behind"


def test_a_day_that_is_not_off_cannot_be_removed(world: World) -> None:
    with pytest.raises(Refused, match="Fri 27 Nov 2026 is no day off of Dana Okafor"):
        verbs(world).remove_days_off(FRIDAY)
    with pytest.raises(Refused, match="Dana Okafor never works on Saturdays"):
        verbs(world).remove_days_off(date(2026, 11, 28))


# --- what is due on a day that becomes off


def test_what_is_due_on_a_new_day_off_stays_and_is_said(world: World) -> None:
    mine = world.make_task("Call Ana about the seats", due=FRIDAY)
    theirs = world.make_task("Send Ana the offer", due=FRIDAY, owner=world.sam)
    *_, due = verbs(world).add_days_off(FRIDAY)
    assert due == DueOnDaysOff((mine,), (FRIDAY,), (date(2026, 11, 30),)), "Sam works on that day"
    assert world.task(mine)["due_on"] == "2026-11-27"
    with world.acting(world.sam):
        *_, due = verbs(world).add_days_off(FRIDAY)
    assert due == DueOnDaysOff((theirs,), (FRIDAY,), (date(2026, 11, 30),))


def test_what_was_due_on_a_day_off_before_is_not_said_again(world: World) -> None:
    world.make_task("Call Ana on the holiday", due=date(2026, 11, 26))
    assert not [event for event in verbs(world).set_weekdays(range(5)) if isinstance(event, DueOnDaysOff)]


def test_moving_off_a_day_off_keeps_the_hour_on_the_wall_and_counts_as_no_delay(world: World) -> None:
    own_calendar(world)
    task = world.make_task("Call Ana about the seats", due=FRIDAY)
    world.change(User, world.dana, tz="Europe/Berlin")
    world.change(Task, task, due_at=datetime(2026, 11, 27, 13, tzinfo=UTC))
    with pytest.raises(Refused, match="due on a working day of Dana Okafor"):
        verbs(world).move_off([task])
    verbs(world).add_days_off(FRIDAY, name="Bridge day")
    monday = date(2026, 11, 30)
    assert verbs(world).move_off([task]) == (MovedOffDay(task, "Call Ana about the seats", monday),)
    row = world.task(task)
    assert (row["due_on"], row["due_at"], row["moved_count"]) == ("2026-11-30", "2026-11-30T13:00:00Z", 0)
    trace = Trace.from_json(row["trace"])
    assert trace.lines == ("Fri 27 Nov 2026 is off (Bridge day), so the next working day: Mon 30 Nov",)
    assert recompute(trace) == monday
    world.journal.undo()
    assert world.task(task)["due_on"] == "2026-11-27"


def test_a_rep_moves_their_own_tasks_off_a_day_off(world: World) -> None:
    task = world.make_task("Call Ana about the seats", due=date(2026, 11, 28))
    with world.acting(world.sam), pytest.raises(Refused, match="belongs to Dana Okafor"):
        verbs(world).move_off([task])


def test_what_follows_a_close_passes_over_the_new_day_off(world: World) -> None:
    verbs(world).add_days_off(FRIDAY, date(2026, 11, 30))
    task = world.make_task("Send Ana the offer", due=date(2026, 11, 24))
    world.close([task], "no_reply")
    assert world.open_tasks()[-1]["due_on"] == "2026-12-01", "Thu 26 is a holiday, Fri and Mon are off"


# --- country


def test_a_country_fills_three_years_ahead_and_keeps_own_days(world: World) -> None:
    own_calendar(world)
    verbs(world).add_days_off(FRIDAY, name="Bridge day")
    verbs(world).add_days_off(date(2026, 12, 24), name="Our Christmas Eve")
    verbs(world).add_days_off(date(2027, 1, 6), name="Stocktaking")
    (event,) = verbs(world).set_country("Germany", "Bayern")
    assert isinstance(event, CountrySet)
    assert event.place == "Germany, Bayern"
    days = off(world, world.dana)
    assert days[FRIDAY] == "Bridge day"
    assert days[date(2027, 5, 27)] == "Corpus Christi", "a holiday of Bavaria, not of Germany"
    assert days[date(2027, 1, 6)] == "Stocktaking", "Epiphany is off already, by its own name"
    assert date(2029, 12, 25) in days
    assert date(2026, 11, 26) not in days, "Thanksgiving went with the country before"
    verbs(world).set_country("US")
    days = off(world, world.dana)
    assert (days[FRIDAY], days[date(2026, 12, 24)]) == ("Bridge day", "Our Christmas Eve")
    assert days[date(2026, 11, 26)] == "Thanksgiving Day"
    verbs(world).set_country(None)
    assert set(off(world, world.dana)) == {FRIDAY, date(2026, 12, 24), date(2027, 1, 6)}


def test_taking_the_same_country_again_rewrites_nothing(world: World) -> None:
    verbs(world).set_country("DE", "BY")
    changes = world.db.value("SELECT count(*) FROM change")
    verbs(world).set_country("DE", "BY")
    assert world.db.value("SELECT count(*) FROM change") == changes


@pytest.mark.parametrize(
    ("country", "part", "why"),
    [
        ("Atlantis", None, 'No public holidays are known for "Atlantis"'),
        ("", None, ""),
        ("Ger", None, "Did you mean DE Germany"),
        ("DE", "XX", 'Germany has no part "XX" .* BB, BE'),
        ("GR", "A", "Leave the part out"),
    ],
)
def test_an_unknown_place_is_told_with_the_known_ones(
    world: World, country: str, part: str | None, why: str
) -> None:
    if not country:
        verbs(world).set_country(country)
        assert not world.db.value("SELECT country FROM work_calendar ORDER BY id DESC LIMIT 1")
        return
    with pytest.raises(UsageError, match=why):
        verbs(world).set_country(country, part)


def test_parts_are_known_by_code_and_by_name() -> None:
    assert ("BY", "Bayern") in subdivisions("DE")
    assert find_subdivision("DE", "bayern") == find_subdivision("DE", "by") == "BY"
    assert find_subdivision("US", "california") == "CA"


# --- joining


def test_a_colleague_s_calendar_is_joined_and_left_by_undo(world: World) -> None:
    verbs(world).add_days_off(FRIDAY)
    task = world.make_task("Send Ana the offer", due=FRIDAY, owner=world.sam)
    joined, due = verbs(world).join_calendar("dana", who="sam")
    assert off(world, world.sam) == off(world, world.dana)
    assert isinstance(due, DueOnDaysOff)
    assert due.task_ids == (task,)
    with pytest.raises(Refused, match="already"):
        verbs(world).join_calendar("dana", who="sam")
    world.journal.undo()
    assert FRIDAY not in off(world, world.sam)
    with pytest.raises(NotFound):
        verbs(world).join_calendar("nobody")
    assert joined


def test_a_calendar_that_a_colleague_joined_is_not_undone_from_under_them(world: World) -> None:
    verbs(world).add_days_off(FRIDAY)
    with world.acting(world.sam):
        verbs(world).join_calendar("dana")
    with pytest.raises(Conflict, match="leans on the work calendar"):
        world.journal.undo()
    assert FRIDAY in off(world, world.sam)


# --- the zone


def test_a_zone_moves_what_is_late_and_no_due_day(world: World) -> None:
    task = world.make_task(due=world.today, owner=world.sam)
    before = world.dump()
    world.clock.at = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    (event,) = verbs(world).set_zone("Asia/Kathmandu", who="sam")
    assert say(event, today=world.today) == (
        "Zone of Sam Hill: Asia/Kathmandu, Tue 24 Nov 01:45 now; due days stay, and are late by the days there"
    )
    assert world.task(task)["due_on"] == "2026-11-23"
    assert world.context.desk_of(world.sam)[2] == date(2026, 11, 24)
    with pytest.raises(Refused, match="lives in Asia/Kathmandu already"):
        verbs(world).set_zone("Asia/Kathmandu", who="sam")
    world.journal.undo()
    assert world.dump() == before


def test_a_zone_is_ones_own_to_set_or_a_managers(world: World) -> None:
    with world.acting(world.sam):
        verbs(world).set_zone("local")
        with pytest.raises(Refused, match="belongs to Dana Okafor"):
            verbs(world).set_zone("Europe/Berlin", who="dana")
    with pytest.raises(UsageError, match="There is no time zone"):
        verbs(world).set_zone("Mars/Base")


# --- the years ahead


def test_tick_fills_a_calendar_that_names_a_country_and_has_none_of_its_days(world: World) -> None:
    calendar = calendar_without_days(world, "DE", "BY")
    (added,) = [event for event in Ticking(world.context).tick() if isinstance(event, HolidaysAdded)]
    assert added.days > 40
    days = calendar_of(world.db, calendar).holidays
    assert min(days).year == 2026
    assert max(days).year == 2029
    assert days[date(2027, 1, 6)] == "Epiphany"
    assert Ticking(world.context).tick() == ()


@pytest.mark.parametrize(("country", "part"), [("XX", None), ("DE", "XX")])
def test_a_place_that_another_program_wrote_and_nobody_knows_is_left_alone(
    world: World, country: str, part: str | None
) -> None:
    calendar_without_days(world, country, part)
    assert Ticking(world.context).tick() == ()


def calendar_without_days(world: World, country: str, part: str | None) -> int:
    with world.context.unit("setup") as work:
        return work.insert(WorkCalendar, name="Theirs", country=country, subdivision=part)


def test_the_years_go_on_and_a_day_that_was_removed_stays_removed(world: World) -> None:
    own_calendar(world)
    verbs(world).set_country("US")
    verbs(world).remove_days_off(date(2027, 7, 5))
    world.go_to(date(2027, 1, 4))
    (added,) = [event for event in Ticking(world.context).tick() if isinstance(event, HolidaysAdded)]
    assert added.calendar == "Dana Okafor"
    days = off(world, world.dana)
    assert max(days).year == 2030
    assert date(2027, 7, 5) not in days


@pytest.mark.parametrize(("country", "said", "words"), [
    ("CA", "British Columbia", "Canada, British Columbia"), ("CA", "colombie-britannique", "Canada, British Columbia"),
    ("AT", "9", "Austria, Wien"), ("CH", "bern", "Switzerland, Bern"), ("DE", "", "Germany"),
])  # fmt: skip
def test_a_place_is_called_by_its_name_and_found_by_any(country: str, said: str, words: str) -> None:
    part = find_subdivision(country, said) if said else None
    assert place_words(country, part) == words

"""`g h`: somebody looks at when they work, takes a day off, and decides about what is due then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from fu_tui.services.calendars import Calendars
from fu_tui.store.lookup import person
from fu_tui.store.models import User
from fu_tui.store.plans import calendar_of
from tests.tui.driver import at_the_desk
from tests.world import World

FRIDAY = date(2026, 11, 27)


def days_off(world: World, user_id: int) -> dict[date, str]:
    return dict(calendar_of(world.db, person(world.db, user_id).calendar_id).holidays)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(world: World, golden: Callable[[str, str], None], size: tuple[int, int]) -> None:
    world.make_task("Call Ana about the seats", due=date(2026, 11, 26))
    calendars = Calendars(world.context)
    calendars.set_country("DE", "BY", shared=True)
    calendars.add_days_off(date(2026, 11, 26), name="The fair", shared=True)
    calendars.add_days_off(date(2026, 12, 28), date(2026, 12, 30), "Between the years", shared=True)
    name = f"{size[0]}x{size[1]}"
    async with at_the_desk(world.path, world.clock, size=size) as desk:
        await desk.press("go.calendar")
        golden(f"calendar-{name}", desk.seen())
        await desk.key("a")
        await desk.type("22 dec..31 dec")
        golden(f"calendar-add-{name}", desk.seen())


async def test_a_day_off_what_is_due_then_and_both_undone(world: World) -> None:
    task = world.make_task("Call Ana about the seats", due=FRIDAY)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.calendar")
        assert "Shared    with Sam Hill" in desk.modal()
        await desk.key("a")
        await desk.key("enter")
        assert "Name a day" in desk.modal()
        await desk.type("thu")
        assert "Thu 26 Nov 2026, in 2 days · Thanksgiving" in desk.modal()
        await desk.key("ctrl+u")
        await desk.type("27 nov..30 nov")
        assert "Fri 27 Nov to Mon 30 Nov: 2 working days" in desk.modal()
        await desk.key("enter")
        await desk.type("The fair")
        await desk.key("shift+tab", "enter")
        await desk.type("The fair")
        await desk.key("enter")
        assert "Sam Hill work by this calendar too" not in desk.modal()
        assert "Sam Hill works by this calendar too. For whom?" in desk.modal()
        await desk.key("m")
        assert "1 task is due on Fri 27 Nov." in desk.modal()
        assert "move it to the next working day, Tue 1 Dec" in desk.modal()
        await desk.key("m")
        assert "▌Fri 27 Nov       The fair  own" in desk.modal(), "the card is back, the cursor on what came"
        await desk.key("escape")
        assert world.task(task)["due_on"] == "2026-12-01"
        assert days_off(world, world.dana)[FRIDAY] == "The fair"
        assert FRIDAY not in days_off(world, world.sam)
        await desk.press("journal.undo")
        assert world.task(task)["due_on"] == "2026-11-27"
        await desk.press("journal.undo")
    assert FRIDAY not in days_off(world, world.dana)


async def test_what_stays_on_a_day_off_is_marked_and_moved_later(world: World) -> None:
    task = world.make_task("Call Ana about the seats", due=FRIDAY)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.calendar")
        await desk.key("a")
        await desk.type("27 nov")
        await desk.key("enter", "enter", "a", "k")
        assert "▌Fri 27 Nov       day off  own  1 task due" in desk.modal()
        assert world.task(task)["due_on"] == "2026-11-27", "due days are exact"
        await desk.key("m")
        assert world.task(task)["due_on"] == "2026-11-30"
        assert "1 task due" not in desk.modal()
        await desk.key("x", "a")
        assert "Fri 27 Nov" not in desk.modal()
        assert FRIDAY not in days_off(world, world.sam)


async def test_country_weekdays_and_hours_by_a_rep_are_their_own(world: World) -> None:
    world.change(User, world.sam, login=None)
    async with at_the_desk(world.path, world.clock, user="sam") as desk:
        await desk.press("go.calendar")
        await desk.key("c")
        await desk.type("germ")
        await desk.key("enter")
        assert "Which part of Germany" in desk.modal()
        await desk.type("bay")
        await desk.key("enter")
        assert "Holidays  Germany, Bayern" in desk.modal()
        assert "Shared" not in desk.modal(), "no question: a rep gets a calendar of their own"
        await desk.key("w", "ctrl+u")
        await desk.type("someday")
        await desk.key("enter")
        assert '"someday" names no weekdays' in desk.modal()
        assert "someday" in desk.app.screen.field.value, "what was typed is not lost"
        await desk.key("ctrl+u")
        await desk.type("mon-thu")
        await desk.key("enter", "h", "ctrl+u")
        await desk.type("8-16")
        await desk.key("enter")
        assert "Works     Mon–Thu, 08:00–16:00" in desk.modal()
        await desk.key("escape")
    mine, theirs = (
        calendar_of(world.db, person(world.db, who).calendar_id) for who in (world.sam, world.dana)
    )
    assert mine.weekdays == {0, 1, 2, 3}
    assert theirs.weekdays == {0, 1, 2, 3, 4}
    assert date(2027, 1, 6) in mine.holidays


async def test_a_day_that_is_off_already_is_said_where_it_was_typed(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.calendar")
        await desk.key("a")
        await desk.type("26 nov")
        await desk.key("enter", "enter", "m")
        assert "Thu 26 Nov 2026 is off already (Thanksgiving)." in desk.modal()
        assert desk.app.screen.field.value == "26 nov"
        await desk.key("escape", "escape")


async def test_the_day_is_offered_by_the_calendar_of_whose_task_it_is(world: World) -> None:
    """Sam has Friday off, Dana has not: his third working day is another one."""
    Calendars(world.context).add_days_off(FRIDAY, who="sam")
    for owner, day in ((world.dana, "Mon 30 Nov"), (world.sam, "Tue 1 Dec")):
        world.make_task("Send the offer", owner=owner, due=world.today)
        async with at_the_desk(world.path, world.clock) as desk:
            if owner == world.sam:
                await desk.press("queue.scope")
                await desk.type("sam")
                await desk.key("enter")
            await desk.press("task.snooze")
            assert f"3  {day}" in desk.modal()
            await desk.key("escape")

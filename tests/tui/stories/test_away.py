"""`g a`: who is away, a new absence with or without a cover, one taken back, what is due meanwhile."""

from __future__ import annotations

from datetime import date

from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World


async def new(desk: DeskDriver, first: str, last: str) -> None:
    """Open the card and say the days."""
    await desk.press("go.absences")
    await desk.key("n")
    for day in (first, last):
        await desk.type(day)
        await desk.key("enter")


def absence(world: World) -> tuple[object, ...]:
    row = world.record("absence", 1)
    return tuple(row[name] for name in ("user_id", "from_on", "to_on", "cover_user_id", "policy", "note"))


async def test_one_who_goes_away_says_who_covers_and_what(world: World) -> None:
    task = world.make_task(due=date(2026, 11, 25))
    async with at_the_desk(world.path, world.clock) as desk:
        await new(desk, "today", "fri")
        assert "3 working days away. Everything waits" in desk.modal(), "Thursday is a holiday"
        await desk.type("sam")
        assert "Sam Hill does everything that is due" in desk.modal()
        await desk.key("enter", "j")
        assert "Sam Hill does what is urgent" in desk.modal()
        await desk.key("k", "enter")
        await desk.type("the Betatech offer is promised")
        await desk.key("enter")
        assert "Absences" in desk.modal()
        assert "Sam Hill does everything due" in desk.modal()
        assert "please write to Sam Hill." in desk.modal()
        await desk.key("enter")
        assert "Due until Dana Okafor is back" in desk.modal()
        await desk.key("escape", "escape")
        assert world.task(task)["acting_owner_id"] == world.sam
        assert absence(world)[3:] == (world.sam, "cover_all", "the Betatech offer is promised")
        await desk.press("journal.undo")
        assert world.task(task)["acting_owner_id"] is None


async def test_both_days_are_typed_at_once(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.absences")
        await desk.key("n")
        assert "Or both days at once: 30 nov..4 dec." in desk.modal()
        await desk.type("30 nov..4 dec")
        assert "Fri 4 Dec 2026" in desk.modal()
        assert "5 working days away. Everything waits" in desk.modal()
        await desk.key("enter", "enter", "enter")
        assert desk.modal().startswith("╭ Absences")
        assert absence(world)[1:3] == ("2026-11-30", "2026-12-04")


async def test_a_last_day_that_is_first_is_told_in_its_own_field(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.absences")
        await desk.key("n")
        await desk.type("4 dec..30 nov")
        await desk.key("enter")
        assert "That is before Fri 4 Dec 2026" in desk.modal()
        await desk.key("shift+tab")
        assert "4 dec" in desk.modal()
        assert ".." not in desk.modal()


async def test_where_nobody_covers_everything_waits_until_it_is_taken_back(world: World) -> None:
    task = world.make_task(due=date(2026, 11, 25))
    async with at_the_desk(world.path, world.clock) as desk:
        await new(desk, "today", "fri")
        await desk.key("enter", "enter")
        assert "everything waits" in desk.modal()
        assert world.task(task)["status"] == "held"
        await desk.key("x")
        assert "Nobody is away" in desk.modal()
        await desk.key("escape")
        assert world.task(task)["status"] == "open"
        assert "1 task back to Dana Okafor" in desk.footer()


async def test_days_that_can_not_be_are_told_and_what_was_typed_is_kept(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await new(desk, "7 dec", "4 dec")
        assert "That is before Mon 7 Dec 2026" in desk.modal()
        await desk.key("escape", "n", "enter")
        assert "Mon 7 Dec 2026" in desk.modal()
        await desk.key(*["backspace"] * 5)
        await desk.type("11 dec")
        await desk.key("enter", "enter", "enter")
        assert "Mon 7 Dec to Fri 11 Dec" in desk.modal()
    assert absence(world)[1:3] == ("2026-12-07", "2026-12-11")


async def test_a_manager_says_it_of_a_colleague_a_rep_of_themselves(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.absences")
        await desk.key("n", "shift+tab")
        assert "Who" in desk.modal()
        await desk.type("sam")
        await desk.key("enter")
        await desk.type("today")
        await desk.key("enter")
        await desk.type("fri")
        await desk.key("enter", "enter", "enter")
    assert absence(world)[0] == world.sam

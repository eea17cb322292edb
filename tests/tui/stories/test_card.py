"""The card: reaching the person, why, what is foreseen, how full the days are; each only where it is wanted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.services.spawn import Links
from fu_tui.store.models import Contact
from tests.tui.driver import DeskDriver, at_the_desk
from tests.tui.test_reaching import program
from tests.world import World

NOV_24 = date(2026, 11, 24)


def words(desk: DeskDriver) -> str:
    return " ".join(desk.card().split())


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH: no program of this machine is opened."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.delenv("BROWSER", raising=False)
    return folder


async def test_y_copies_the_only_way_at_once(world: World, programs: Path) -> None:
    world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("card.copy")
        assert desk.modal() == ""
        assert "Copied ana@betatech.example" in desk.footer()
        assert desk.app.clipboard == "ana@betatech.example"


async def test_y_asks_where_there_are_several_and_y_again_takes_the_best(
    world: World, programs: Path
) -> None:
    world.change(
        Contact, world.contact, phones=("+1 312 555 0142", "+1 312 555 0199"), preferred_channel="call"
    )
    world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        assert "+1 312 555 0142 preferred" in words(desk)
        await desk.press("card.copy")
        assert "p  +1 312 555 0142  preferred" in desk.modal()
        await desk.press("card.copy")
        assert "Copied +1 312 555 0142" in desk.footer()
        for key, copied in (
            ("2", "+1 312 555 0199"), ("m", "ana@betatech.example"), ("n", "Ana Ruiz"),
            ("a", "Ana Ruiz, +1 312 555 0142, +1 312 555 0199, ana@betatech.example"),
        ):  # fmt: skip
            await desk.press("card.copy")
            await desk.key(key)
            assert desk.app.clipboard == copied


async def test_y_and_m_say_why_there_is_nobody_to_reach(world: World, programs: Path) -> None:
    world.make_task(due=NOV_24, links=Links(None, world.deal, world.account))
    async with at_the_desk(world.path, world.clock) as desk:
        for action in ("card.copy", "card.mail"):
            await desk.press(action)
            assert "This task has no contact." in desk.footer()
        await desk.press("queue.mark", "card.mail")
        assert "A mail goes to one person, and rows are marked: escape clears the marks." in desk.footer()


async def test_a_mail_opens_beside_the_desk(world: World, programs: Path, tmp_path: Path) -> None:
    got = tmp_path / "got"
    program(programs, "xdg-open", f'echo "$1" >{got}')
    world.make_task("Call Ana about the seats & tiers", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("card.mail")
        await desk.until(lambda: "is open in your mail program" in desk.footer())
    assert (
        got.read_text()
        == "mailto:ana@betatech.example?subject=Call%20Ana%20about%20the%20seats%20%26%20tiers\n"
    )


async def test_where_no_mail_program_opens_the_address_is_shown_and_copied(
    world: World, programs: Path
) -> None:
    world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("card.mail")
        await desk.until(lambda: "No mail program opens here. Copied ana@betatech.example" in desk.footer())
        assert desk.app.clipboard == "ana@betatech.example"


async def test_w_explains_the_day_and_is_remembered(world: World) -> None:
    world.enroll("standard")
    world.close([1], "no_reply")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("pane.upcoming")
        assert "why this day" not in words(desk)
        await desk.press("card.why")
        said = words(desk)
        assert "3 days after closing (Tue 24 Nov) → Fri 27 Nov" in said
        assert "computed again: " in said
        assert "no reply yet, done → Call with a different angle, Mon 30 Nov" in said
        assert "replied → Standard outreach ends, and the next step is asked" in said
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("pane.upcoming")
        assert "why this day" in words(desk)
        await desk.press("card.why")
        assert "why this day" not in words(desk)


async def test_f_shows_what_comes_and_the_cursor_passes_over_it(world: World) -> None:
    world.enroll("standard")
    kim = world.make_contact("Kim Long")
    for days in (2, 9):
        world.make_task(
            f"Send Kim part {days}", due=NOV_24 + timedelta(days=days), links=Links(kim, None, None)
        )
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("view.forecast")
        assert "Forecast on: 3 steps if nobody replies" in desk.footer()
        lines = desk.pane("upcoming").lines()
        assert lines[0].startswith("─ Upcoming 2 · 14 days · 3 ◦ foreseen")
        assert [line[:40].strip() for line in lines[1:]] == [
            "Thu 26   Send Kim part 2",
            "◦ Fri 27   Ask one question about their",
            "◦ 1 Dec    Call with a different angle",
            "3 Dec    Send Kim part 9",
            "◦ 8 Dec    Send the last message for no",
        ]
        assert len(world.open_tasks()) == 3
        for action, there in (
            ("cursor.down", "Send Kim part 2"), ("cursor.down", "Send Kim part 9"), ("cursor.down", "Send Kim part 9"),
            ("cursor.up", "Send Kim part 2"), ("cursor.bottom", "Send Kim part 9"), ("cursor.top", "Send Kim part 2"),
            ("cursor.page_down", "Send Kim part 9"),
        ):  # fmt: skip
            await desk.press(action)
            assert desk.cursor() == there
        await desk.click("upcoming", 2)
        assert desk.cursor() == "Send Kim part 9"
        await desk.press("queue.mark_pane")
        assert len(desk.marked()) == 2
        await desk.press("queue.clear", "pane.today", "task.no_reply")
        assert desk.pane("upcoming").title.startswith("Upcoming 3 · 14 days · 2 ◦ foreseen")
        await desk.press("journal.undo")
        assert desk.pane("upcoming").title.startswith("Upcoming 2 · 14 days · 3 ◦ foreseen")
    async with at_the_desk(world.path, world.clock) as desk:
        assert desk.pane("upcoming").title.startswith("Upcoming 2 · 14 days · 3 ◦ foreseen")
        await desk.press("view.forecast")
        assert desk.pane("upcoming").title.startswith("Upcoming 2 · 14 days")
        assert "◦" not in desk.screen()


async def test_foreseen_steps_follow_the_filter(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("view.forecast", "queue.filter")
        await desk.type("angle")
        await desk.key("enter")
        assert [line[11:38] for line in desk.pane("upcoming").lines()[1:]] == [
            " Call with a different angle"[:27]
        ]


async def test_only_foreseen_steps_leave_the_pane_without_a_cursor(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("view.forecast", "cursor.down")
        assert desk.cursor() == "Introduce yourself and why you write"
        await desk.press("pane.upcoming")
        assert desk.cursor() == ""
        assert "No task under the cursor" in words(desk)
        await desk.press("task.no_reply")
        assert "There is no task under the cursor." in desk.footer()
        await desk.press("cursor.up")
        assert desk.cursor() == "Introduce yourself and why you write"


async def test_a_forecast_longer_than_the_pane_scrolls_into_view(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock, size=(80, 24)) as desk:
        await desk.press("view.forecast", "pane.upcoming", "cursor.bottom")
        last = desk.cursor()
        for _ in range(60):
            await desk.press("cursor.down")
        assert desk.cursor() == last
        assert "◦" in desk.pane("upcoming").lines()[-2]
        assert "more ↓" not in desk.pane("upcoming").lines()[-1]


async def test_b_shows_how_full_the_days_are_beside_a_usual_one(world: World) -> None:
    for number in range(21):
        world.make_task(f"Call number {number}", due=NOV_24)
    world.make_task("Call Kim", due=NOV_24 - timedelta(days=3))
    async with at_the_desk(world.path, world.clock, size=(120, 40)) as desk:
        await desk.press("view.load")
        card = desk.card().splitlines()
        assert "load  too few closes" in card[-11]
        assert card[-10].split()[0] == "today"
        assert card[-10].split()[-1] == "22", "what is late is to be done today"
        await desk.press("card.toggle")
        assert "load" in desk.screen().splitlines()[-2]
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        assert "load" in desk.screen().splitlines()[-2]
        assert "n done, no reply" in desk.hint()
        await desk.press("view.load")
        assert "n done, no reply" in desk.screen().splitlines()[-2]


async def test_the_card_is_folded_as_it_was_left(world: World) -> None:
    world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("card.toggle")
        assert not desk.desk.has_class("-card")
    async with at_the_desk(world.path, world.clock) as desk:
        assert not desk.desk.has_class("-card")
        await desk.press("card.toggle")
    async with at_the_desk(world.path, world.clock, size=(60, 24)) as desk:
        await desk.press("card.toggle")
        assert desk.desk.has_class("-full")
    async with at_the_desk(world.path, world.clock, size=(60, 24)) as desk:
        assert not desk.desk.has_class("-full"), "a glance at the card does not hide the panes the next day"


async def test_a_card_longer_than_the_screen_is_scrolled(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock, size=(120, 18)) as desk:
        whole = desk.card()
        assert "more ↓" in whole
        title = whole.splitlines()[0]
        await desk.press("card.down")
        assert desk.card() != whole
        assert "more ↑" in desk.card().splitlines()[0]
        await desk.press("card.down", "card.down", "card.down", "card.down")
        assert "more ↓" not in desk.card()
        await desk.press("card.up", "card.up", "card.up", "card.up", "card.up")
        assert desk.card() == whole
        await desk.press("card.down", "cursor.down", "cursor.up")
        assert desk.card().splitlines()[0] == title, "another task begins at its top"


async def test_w_opens_a_folded_card_for_now(world: World) -> None:
    world.make_task("Call Ana about the seats", due=NOV_24)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        await desk.press("card.why")
        assert "set by hand" in desk.card()
        assert desk.desk.views.card is None, "the next day begins as the width decides"
        await desk.press("card.why")
        assert not desk.desk.has_class("-card")

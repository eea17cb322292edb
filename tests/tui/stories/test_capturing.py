"""Capture: one line, understood while it is typed, and never lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.tui.driver import at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


async def test_one_line_says_it_all(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Send the pricing recap @ana fri 14:00 !high #gtx // she asked for net 60")
        asked = desk.modal()
        assert "Ana Ruiz · Betatech · GTX Plus" in asked
        assert "Fri 27 Nov 2026, 14:00, in 3 days" in asked
        assert "high" in asked
        assert "she asked for net 60" in asked
        await desk.key("enter")
        assert desk.modal() == ""
        assert "Added: Send the pricing recap, Fri 27 Nov 14:00, Dana Okafor" in desk.footer()
        assert "14:00 Send the pricing recap" in desk.pane("upcoming").lines()[1]
    task = world.open_tasks()[0]
    assert (task["body"], task["contact_id"], task["deal_id"]) == (
        "she asked for net 60",
        world.contact,
        world.deal,
    )


async def test_a_new_contact_is_made_with_one_enter(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type('Call Kim about the offer @"Kim Long" today')
        assert "Kim Long · new contact" in desk.modal()
        await desk.key("enter")
        assert "New contact: Kim Long" in desk.footer()
        assert "Kim Long" in desk.pane("today").lines()[1]
        await desk.press("journal.undo")
        assert desk.pane("today").count == 0
    assert world.db.value("SELECT removed_by IS NOT NULL FROM contact WHERE name = 'Kim Long'") == 1


@pytest.mark.parametrize("vague", ["next week", "soon", "later", "asap"])
async def test_a_vague_day_is_refused_with_three_exact_offers(world: World, vague: str) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type(f"Call Ana about the seats @ana {vague}")
        assert f'"{vague}" names no day. Which one?' in desk.modal()
        offers = desk.modal().splitlines()[-4:-1]
        assert len(offers) == 3
        await desk.key("enter")
        assert desk.modal() != "", "the first enter takes the offer"
        assert vague not in desk.modal().splitlines()[1]
        await desk.key("enter")
        assert "Added: Call Ana about the seats" in desk.footer()


async def test_a_wording_without_an_action_is_refused_and_stays(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Follow up @ana tomorrow")
        await desk.key("enter")
        assert "Follow up @ana tomorrow" in desk.modal()
        assert desk.pane("upcoming").count == 0
        assert "--force" not in desk.modal(), "that is the command line's"
        await desk.key("home", *["delete"] * len("Follow up"))
        await desk.type("Send Ana the seat prices")
        await desk.key("enter")
        assert desk.modal() == ""
        assert desk.pane("upcoming").rows() == ["Send Ana the seat prices"]


async def test_a_hint_is_said_once_and_then_it_is_saved(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("The quote for Ana @ana tomorrow")
        await desk.key("enter")
        assert desk.modal() != ""
        await desk.key("enter")
        assert desk.pane("upcoming").count == 1


async def test_escape_keeps_the_draft_even_over_a_restart(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana about the se")
        await desk.key("escape")
        await desk.press("task.add")
        assert "Call Ana about the se" in desk.modal()
        await desk.type("ats @ana")
        await desk.key("escape")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        assert "Call Ana about the seats @ana" in desk.modal()
        await desk.type(" tomorrow")
        await desk.key("enter")
        assert desk.pane("upcoming").count == 1
        await desk.press("task.add")
        assert "Call Ana" not in desk.modal(), "what was saved is no draft"


async def test_what_is_being_typed_survives_a_crash(world: World, tmp_path: Path) -> None:
    """Saved while it is typed; the second that lies between two savings is let pass here."""
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana about")
        await desk.until(lambda: (tmp_path / "draft.txt").exists(), "no draft was saved")
        assert (tmp_path / "draft.txt").read_text() == "Call Ana about"
        assert (tmp_path / "draft.txt").stat().st_mode & 0o777 == 0o600


async def test_an_unknown_owner_is_named_and_the_text_stays(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Send Ana the seat prices @ana +nobody tomorrow")
        await desk.key("enter")
        assert 'There is no user "nobody"' in desk.modal()
        assert "+nobody" in desk.modal()
        assert desk.pane("upcoming").count == 0


async def test_a_task_for_a_colleague_leaves_my_desk_and_says_so(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Send Ana the seat prices @ana +sam tomorrow")
        await desk.key("enter")
        assert "Sam Hill" in desk.footer()
        assert desk.pane("upcoming").count == 0


async def test_the_same_next_action_is_shown_with_whose_it_is(world: World) -> None:
    world.make_task("Call Ana about the quote", due=date(2026, 11, 27), owner=world.sam)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana about the quote @ana ")
        assert 'Sam Hill has "Call Ana about the quote" due Fri 27 Nov' in desk.modal()


async def test_a_name_is_completed(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana about the quote @an")
        assert "Ana Ruiz" in desk.modal()
        await desk.key("down", "enter")
        assert '@"Ana Ruiz"' in desk.modal()


async def test_a_cadence_is_started_from_the_line(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Send the proposal @ana #gtx ~proposal tomorrow")
        await desk.key("enter")
        assert desk.modal() == ""
        assert "1/5" in desk.pane("upcoming").lines()[1]


async def test_what_was_typed_and_taken_away_again_is_no_draft(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana")
        desk.desk.keep_draft()  # as it is done every second
        await desk.key("ctrl+u", "escape")
        await desk.press("task.add")
        assert "Call Ana" not in desk.modal()

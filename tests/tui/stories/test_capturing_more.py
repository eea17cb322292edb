"""Capture to the full: several lines, better wordings, what is there already, new records, notes."""

from __future__ import annotations

import time
from datetime import date

import pytest
from textual import events

from fu_tui.services.spawn import Links
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World


async def paste(desk: DeskDriver, text: str) -> None:
    desk.app.post_message(events.Paste(text))
    await desk.rest()


async def test_a_capture_takes_four_keys_at_most_beside_its_text(world: World) -> None:
    line = "Send the pricing recap @ana fri 14:00 !high"
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type(line)
        await desk.key("enter")
        assert desk.pane("upcoming").count == 1
        assert desk.keys_pressed - len(line) == 2
    async with at_the_desk(world.path, world.clock) as desk:
        text = "Call about the seats tomorrow @an"
        await desk.press("task.add")
        await desk.type(text)
        await desk.key("tab", "enter")
        assert desk.pane("upcoming").count == 2
        assert desk.keys_pressed - len(text) == 3


async def test_pasted_lines_are_a_follow_up_each_and_one_undo(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await paste(
            desk,
            "Call Ana about the seats @ana fri\n\nSend the deck @ana tomorrow !high\r\nBook the room +3d\n",
        )
        asked = desk.modal()
        assert "Add 3" in asked
        assert "Call Ana about the seats" in asked
        assert "Fri 27 Nov 2026 · Ana Ruiz" in asked
        assert "save all 3" in asked
        await desk.key("enter")
        assert desk.modal() == ""
        assert "3 follow-ups added" in desk.footer()
        assert desk.pane("upcoming").count == 3
        await desk.press("journal.undo")
        assert desk.pane("upcoming").count == 0


async def test_lines_are_typed_one_below_the_other_and_changed_where_they_stand(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana about the seats @ana fri")
        await desk.key("ctrl+j")
        await desk.type("Book the room tomo")
        await desk.key("up")
        await desk.type(" 14:00")
        await desk.key("down")
        await desk.type("rrow")
        await desk.key("ctrl+j", "ctrl+j", "enter")
        assert desk.modal() == "", "empty lines are none"
        assert desk.pane("upcoming").rows() == ["Book the room", "Call Ana about the seats"]
        assert "14:00" in "\n".join(desk.pane("upcoming").lines())


async def test_one_bad_line_is_named_and_nothing_is_lost(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await paste(desk, "Call Ana about the seats fri\nFollow up @ana fri\nBook the room tomorrow")
        await desk.key("enter")
        assert "Line 2 can't be saved" in desk.modal()
        assert "says no action" in desk.modal()
        assert desk.pane("upcoming").count == 0
        await desk.key("home", *["delete"] * len("Follow up"))
        await desk.type("Send Ana the prices")
        await desk.key("enter")
        assert desk.pane("upcoming").count == 3


async def test_several_lines_are_kept_over_escape_and_a_restart(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await paste(desk, "Call Ana fri\nBook the ro")
        await desk.key("escape")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        assert "Call Ana" in desk.modal()
        await desk.type("om tomorrow")
        await desk.resize(40, 15)
        assert "Book the room" in desk.modal()
        await desk.key("enter")
    assert len(world.open_tasks()) == 2


async def test_two_hundred_lines_are_fine(world: World) -> None:
    lines = [f"Call number {n} about the seats @ana +{n % 20 + 1}d" for n in range(200)]
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        began = time.monotonic()
        await paste(desk, "\n".join(lines))
        assert "Add 200" in desk.modal()
        await desk.key("enter")
        assert "200 follow-ups added" in desk.footer()
        assert time.monotonic() - began < 20
    assert len(world.open_tasks()) == 200


async def test_the_better_wording_is_one_key(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Follow up with Ana about quote @ana fri // net 60")
        assert "Better: Ask Ana about the quote" in desk.modal()
        await desk.key("ctrl+t", "enter")
        assert desk.pane("upcoming").rows() == ["Ask Ana about the quote"]
    assert world.open_tasks()[0]["body"] == "net 60"


async def test_two_actions_become_two_follow_ups_about_the_same(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana about terms and send the quote @ana #gtx fri")
        assert "Better: Call Ana about terms + Send the quote" in desk.modal()
        await desk.key("ctrl+t")
        assert "Add 2" in desk.modal()
        await desk.key("enter")
        assert sorted(desk.pane("upcoming").rows()) == ["Call Ana about terms", "Send the quote"]
    assert {(task["contact_id"], task["deal_id"]) for task in world.open_tasks()} == {
        (world.contact, world.deal)
    }


async def test_what_is_too_long_goes_behind_the_slashes(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana, confirm approval, resend the quote because she asked for net 60 @ana fri")
        await desk.key("ctrl+t", "enter")
        assert desk.pane("upcoming").rows() == ["Call Ana, confirm approval, resend the quote"]
    assert world.open_tasks()[0]["body"] == "because she asked for net 60"


async def test_the_one_that_is_there_is_opened_instead_and_the_draft_stays(world: World) -> None:
    world.make_task("Book the room", due=date(2026, 11, 25))
    world.make_task("Call Ana about the quote", due=date(2026, 11, 27))
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Phone Ana re quote @ana ")
        assert 'You have "Call Ana about the quote" due Fri 27 Nov' in desk.modal()
        await desk.key("ctrl+g")
        assert desk.modal() == ""
        assert desk.cursor() == "Call Ana about the quote"
        await desk.press("task.add")
        assert "Phone Ana re quote" in desk.modal()


async def test_one_in_another_queue_is_said_where_it_is(world: World) -> None:
    world.make_task("Call Ana about the quote", due=date(2026, 11, 27), owner=world.sam)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana about the quote @ana ")
        assert 'Sam Hill has "Call Ana about the quote"' in desk.modal()
        await desk.key("ctrl+g")
        assert "not in the queue you see" in desk.footer()


async def test_contact_account_and_deal_are_made_with_one_enter(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type('Call Kim about the offer @"Kim Long at Newco" #"Seats" today')
        asked = desk.modal()
        assert "Kim Long · new contact · Newco · new account · Seats · new deal" in asked
        assert "save with new contact, account and deal" in asked
        await desk.key("enter")
        assert "New deal: Seats" in desk.footer()
        await desk.press("journal.undo")
    assert world.db.value("SELECT count(*) FROM deal WHERE title = 'Seats' AND removed_by IS NULL") == 0


async def test_the_deals_of_the_contacts_account_come_first(world: World) -> None:
    world.make_deal("Another GTX")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Send the recap @ana fri #")
        assert "GTX Plus · Betatech" in desk.modal()
        assert "Another" not in desk.modal()
        await desk.type("gt")
        assert desk.modal().index("GTX Plus · Betatech") < desk.modal().index("Another GTX")
        await desk.key("tab", "enter")
    assert world.open_tasks()[0]["deal_id"] == world.deal


async def test_several_of_a_name_are_told_apart(world: World) -> None:
    other = world.make_contact("Ana Ruiz", account=None, emails=("ana@home.example",))
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call about the seats fri @ana")
        await desk.key("down", "down", "enter", "enter")
        assert desk.modal() == ""
    assert world.open_tasks()[0]["contact_id"] == other


async def test_what_is_only_to_be_known_is_kept_as_a_note(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Ana is away until 4 jan @ana")
        await desk.key("backspace", "escape")
        await desk.press("task.add")
        await desk.type("a")
        await desk.key("ctrl+n")
        assert desk.modal() == ""
        assert "Note on Ana Ruiz: Ana is away until 4 jan" in desk.footer()
        await desk.press("task.add")
        assert "away" not in desk.modal()
        await desk.key("escape")
        await desk.press("journal.undo")
    assert world.db.value("SELECT count(*) FROM note WHERE removed_by IS NULL") == 0


async def test_a_wording_without_an_action_offers_the_note(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Follow up @ana fri")
        assert "Keep it as a note on Ana Ruiz" in desk.modal()


async def test_what_repeats_is_refused_with_what_to_do(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana every monday @ana")
        await desk.key("enter")
        assert '"every monday" repeats, and a follow-up is one step' in desk.modal()


async def test_the_fields_behind_more(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Write the review fri")
        await desk.key("ctrl+o")
        await desk.key("tab", "tab")
        await desk.type("hi")
        await desk.key("tab", "tab", "tab")
        await paste(desk, "net 60\nshe says")
        await desk.key("tab")
        await desk.type("y")
        await desk.key("tab", "enter")
        assert desk.modal() == ""
    task = world.open_tasks()[0]
    assert (task["priority"], task["kind"], task["body"]) == (1, "private", "net 60\nshe says")


@pytest.mark.parametrize("size", [(40, 15), (60, 24)])
async def test_capture_on_a_phone(world: World, size: tuple[int, int]) -> None:
    async with at_the_desk(world.path, world.clock, size=size) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana about the seats @ana")
        assert "Ana Ruiz" in desk.modal()
        await desk.type(" fri")
        for kind in ("What", "Who", "When"):
            assert kind in desk.modal()
        await desk.key("enter")
    assert len(world.open_tasks()) == 1


async def test_a_next_step_keeps_a_link_that_is_only_an_account(world: World) -> None:
    world.make_task("Send the tender", links=Links(None, None, world.account))
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.replied")
        assert "Answer Betatech @Betatech wed 25 nov" in desk.modal()
        await desk.key("enter")
    assert [task["account_id"] for task in world.open_tasks()] == [world.account]

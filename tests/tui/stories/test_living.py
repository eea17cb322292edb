"""A cadence is skipped, stopped, paused, replaced; a deal moves, rests, changes hands."""

from __future__ import annotations

from datetime import date

from fu_tui.services.spawn import Links
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)


def said(desk: DeskDriver) -> str:
    """Why something was not done."""
    return " ".join([desk.footer(), *desk.toasts()])


async def test_a_step_is_skipped_and_the_next_one_said(world: World) -> None:
    begun = world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.skip")
        assert desk.footer().startswith(f" {begun.action}: skipped → ")
        await desk.press("journal.undo")
        assert desk.pane("today").rows() == [begun.action]


async def test_a_cadence_is_stopped_with_a_reason_and_its_task_kept(world: World) -> None:
    begun = world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.stop")
        assert "Standard outreach: Ana Ruiz · GTX Plus" in desk.modal(), "it is the cadence that is meant"
        assert "another cadence instead" in desk.modal()
        await desk.key("k", "enter")
        assert "Why is it stopped?" in said(desk), "a reason is wanted"
        await desk.press("task.stop")
        await desk.key("k")
        await desk.type("by hand from here")
        await desk.key("enter")
        assert "stopped" in desk.footer()
        assert desk.pane("today").rows() == [begun.action]
    assert world.task(begun.task_id)["enrollment_id"] is None


async def test_what_is_stopped_says_that_nothing_follows_it_and_which_key_mends_that(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.stop")
        await desk.key("s")
        await desk.type("bought elsewhere")
        await desk.key("enter")
        assert "Standard outreach stopped. It has no next step now: g n gives it one." in desk.footer()
        await desk.press("go.no_next_step")
        assert "GTX Plus · Betatech" in desk.modal()
        await desk.key("escape")
        await desk.press("journal.undo")
        assert desk.pane("today").rows(), "the footer's key still takes it back"
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.stop")
        await desk.key("k")
        await desk.type("by hand from here")
        await desk.key("enter")
        assert "no next step" not in desk.footer(), "its open task is one"


async def test_a_cadence_is_paused_and_taken_up_again(world: World) -> None:
    begun = world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.stop")
        await desk.key("p")
        assert "Standard outreach paused, 0 days left" in desk.footer()
        assert desk.pane("today").rows() == []
        await desk.press("go.paused")
        assert "Ana Ruiz" in desk.modal()
        assert "is paused since today" in desk.modal()
        await desk.key("enter")
        assert desk.pane("today").rows() == [begun.action]
        assert "Standard outreach goes on" in desk.modal(), "the view stays for the next one"
        assert "Nothing is parked or paused." in desk.modal()
        await desk.key("escape")
        assert desk.modal() == ""


async def test_another_cadence_takes_its_place(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.stop")
        await desk.key("r")
        await desk.type("chase")
        await desk.key("enter")
        assert "Standard outreach is replaced" in desk.footer()
        assert len(desk.pane("today").rows()) == 1


async def test_what_has_no_cadence_or_deal_says_so(world: World) -> None:
    world.make_task(due=NOV_24, links=Links())
    async with at_the_desk(world.path, world.clock) as desk:
        for action, why in (
            ("task.stop", "belongs to no cadence"),
            ("task.park", "linked to no deal"),
            ("task.stage", "linked to no deal"),
            ("task.handoff", "linked to no deal and no contact"),
        ):
            await desk.press(action)
            assert why in said(desk)


async def test_a_deal_goes_to_its_next_stage_and_the_cadence_is_asked_about(world: World) -> None:
    world.enroll("inbound")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.stage")
        assert "Proposal sent" in desk.modal()
        assert "now" in desk.modal()
        await desk.key("enter")
        assert "Inbound inquiry runs. What becomes of it?" in desk.modal()
        await desk.key("r")
        assert "GTX Plus · Betatech: Qualified" in desk.footer()
        assert len(desk.pane("today").rows()) == 1


async def test_a_deal_is_lost_with_its_reason_and_won_with_a_day(world: World) -> None:
    world.enroll("inbound")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.stage")
        await desk.type("lost")
        await desk.key("enter")
        await desk.type("too dear")
        await desk.key("enter")
        assert world.record("deal", world.deal)["lost_reason"] == "too dear"
        await desk.press("journal.undo")
        assert len(desk.pane("today").rows() + desk.pane("overdue").rows()) == 1
        await desk.press("task.stage")
        await desk.type("won")
        await desk.key("enter")
        assert "Delivered on" in desk.modal()
        await desk.key("t", "enter")
        assert world.record("deal", world.deal)["delivered_on"] == "2026-11-25"


async def test_a_deal_is_parked_and_taken_up_again(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.park")
        assert "GTX Plus · Betatech" in desk.modal(), "it is the deal that rests"
        await desk.type("budget in January")
        await desk.key("enter", "m", "enter")
        assert "parked until Thu 24 Dec, 1 task held" in desk.footer()
        assert desk.pane("today").rows() == []
        await desk.press("go.paused")
        assert "budget in January" in desk.modal()
        await desk.key("enter")
        assert len(desk.pane("today").rows()) == 1


async def test_a_deal_is_handed_over_with_what_the_file_knows(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.handoff")
        await desk.key("d")
        await desk.key("enter")
        assert "Stage: New lead" in desk.modal()
        await desk.key("escape")
        await desk.press("task.handoff")
        await desk.key("d", "enter")
        await desk.type("wants a quote")
        await desk.key("enter")
        assert "GTX Plus · Betatech → Sam Hill" in desk.footer()
        assert desk.pane("today").rows() == []
    note = str(world.db.value("SELECT body FROM note"))
    assert note.startswith("wants a quote\n\nStage: New lead\n")

"""What happens by itself, at the desk: logging, the table of triggers, notices, the minute."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from fu_tui.core.clock import FixedClock
from tests.tui.driver import at_the_desk
from tests.world import World


async def test_a_call_is_logged_with_its_time_and_undone(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock) as desk:
        before = desk.pane("overdue").rows()
        await desk.press("task.log")
        assert "What happened?" in desk.seen()
        await desk.key("c")
        await desk.type("They want 40 seats")
        await desk.key("tab")
        await desk.type("tomorrow")
        await desk.key("enter")
        assert "is still to come" in desk.seen(), "refused, and nothing typed is lost"
        for _ in "tomorrow":
            await desk.key("backspace")
        await desk.type("yesterday 14:00")
        assert "Mon 23 Nov 2026, 14:00" in desk.seen()
        await desk.key("enter")
        assert "Logged the call" in desk.seen()
        with sqlite3.connect(demo) as db:
            at, body = db.execute("SELECT at, body FROM activity ORDER BY id DESC LIMIT 1").fetchone()
        assert (at[:10], body) == ("2026-11-23", "They want 40 seats")
        await desk.press("journal.undo")
        assert desk.pane("overdue").rows() == before


async def test_a_letter_says_beforehand_what_it_starts_or_why_nothing(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock) as desk:
        await desk.press("task.log")
        assert "All else is written down, and starts nothing more: " in desk.modal()


async def test_a_reply_of_one_whose_follow_up_was_changed_asks_what_becomes_of_it(world: World) -> None:
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.priority", "task.log")
        assert "→ Standard outreach ends; an answer is due" in desk.modal()
        await desk.key("r")
        await desk.type("What does it cost for 40?")
        await desk.key("enter")
        assert "was changed since it was spawned" in " ".join(desk.modal().split())
        await desk.key("escape")
        assert world.db.value("SELECT count(*) FROM activity") == 0, "nothing was written"
        await desk.press("task.log")
        await desk.key("r")
        assert "What does it cost for 40?" in desk.seen(), "and nothing typed is lost"
        await desk.key("enter", "w")
        assert "Ana Ruiz replied" in desk.seen()
    assert [row["kind"] for row in world.open_tasks()] == ["reply"]


async def test_a_meeting_says_what_it_ends_and_begins_does_so_and_is_taken_back(world: World) -> None:
    """With the follow-up changed by somebody it is asked what becomes of it, and nothing typed is lost."""
    begun = world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.log")
        line = next(line for line in desk.modal().splitlines() if line.startswith("h  meeting"))
        assert "→ Standard outreach ends; Send" in line
        assert line.endswith("Wed 25 Nov"), "the day is not what is cut"
        await desk.key("h")
        assert "→ Standard outreach ends; Send the summary and next steps, Wed 25 Nov" in desk.modal()
        await desk.type("Agreed on a pilot")
        await desk.key("enter")
        assert "Standard outreach ended → Wed 25 Nov: Send the summary and next steps" in desk.seen()
        assert [row["action"] for row in world.open_tasks()] == ["Send the summary and next steps"]
        await desk.press("journal.undo")
        assert [row["id"] for row in world.open_tasks()] == [begun.task_id]
        await desk.press("task.priority", "task.log")
        await desk.key("h")
        await desk.type("Agreed on a pilot")
        await desk.key("enter")
        assert "it goes: you met" in desk.modal()
        await desk.key("w")
    assert [row["action"] for row in world.open_tasks()] == ["Send the summary and next steps"]


async def test_triggers_are_read_and_switched_in_place(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock) as desk:
        await desk.press("go.triggers")
        assert "When an inquiry is logged, Inbound inquiry begins" in desk.seen()
        await desk.key("down", "enter")
        line = next(line for line in desk.seen().splitlines() if "After a meeting" in line and "off" in line)
        assert line
        assert "When a meeting is logged" in desk.seen(), "the cursor stays where it was"
        await desk.key("escape")
        await desk.press("journal.undo", "go.triggers")
        assert not [line for line in desk.seen().splitlines() if "After a meeting" in line and " off" in line]


async def test_the_minute_tells_what_is_new_and_the_header_counts_it(demo: Path, clock: FixedClock) -> None:
    async with at_the_desk(demo, clock, minute=3600.0) as desk:
        await desk.until(lambda: "notices" in desk.seen().splitlines()[0])
        assert not any("due today" in toast for toast in desk.toasts()), "the panes say that already"
        await desk.press("go.notices")
        assert "tasks are due today: " in desk.seen()
        await desk.key("escape")
        assert "notices" not in desk.seen().splitlines()[0]
        await desk.press("go.notices")
        assert "No news" in desk.seen()

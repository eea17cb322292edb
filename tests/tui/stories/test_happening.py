"""What happens by itself, at the desk: logging, the table of triggers, notices, the minute."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from textual.widgets._toast import Toast

from fu_tui.core.clock import FixedClock
from fu_tui.core.events import Noticed
from fu_tui.settings.config import Settings, parse
from fu_tui.tui.modals.question import Question
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
        assert desk.toasts() == [], "what waited when the desk was opened, the header says"
        await desk.press("go.notices")
        assert "tasks are due today: " in desk.seen()
        await desk.key("escape")
        assert "notices" not in desk.seen().splitlines()[0]
        await desk.press("go.notices")
        assert "No news" in desk.seen()


async def test_what_comes_while_the_desk_is_open_is_said_but_never_over_a_question(world: World) -> None:
    news = [Noticed(1, world.dana, "handoff", "Sam Hill gave you GTX Plus")]
    async with at_the_desk(world.path, world.clock) as desk:
        minute = desk.desk.minute
        minute._show(news)
        await desk.rest()
        assert desk.toasts() == [], "the first tick brings what happened before"
        await desk.press("task.add")
        minute._show(news)
        await desk.rest()
        assert desk.modal_toasts() == []
        await desk.key("escape")
        minute._show([])
        await desk.rest()
        assert desk.toasts() == ["Sam Hill gave you GTX Plus"]


async def test_what_is_said_during_a_question_leaves_its_keys_free(world: World) -> None:
    world.make_task(due=world.today)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        await desk.press("task.close")
        desk.app.notify("Nothing was pasted.", markup=False)
        await desk.until(lambda: desk.modal_toasts() == ["Nothing was pasted."])
        question = desk.app.screen
        assert isinstance(question, Question)
        assert question.query_one(Toast).region.bottom < question.card.region.bottom - 1


async def test_lists_move_with_the_cursors_keys_as_they_are_configured(demo: Path, clock: FixedClock) -> None:
    settings, _ = parse('[keys]\n"cursor.down" = ["n", "down"]\n"task.no_reply" = "none"\n')
    for keys, down, up in ((Settings(), "j", "k"), (settings, "n", "k")):
        async with at_the_desk(demo, clock, settings=keys) as desk:
            await desk.press("go.triggers")
            first = desk.modal()
            await desk.key(down)
            assert desk.modal() != first
            await desk.key(up)
            assert desk.modal() == first
            await desk.key("escape")
            await desk.press("go.notices")
            await desk.key(down, up, "escape")
            assert desk.modal() == ""

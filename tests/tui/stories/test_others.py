"""Other people, other processes, and the time that passes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from fu_tui.core.terms import Priority
from fu_tui.store.database import Database
from tests.tui.driver import at_the_desk
from tests.world import World

NOV_24 = date(2026, 11, 24)
CLOSE = """
import sys
from datetime import UTC, datetime
from fu_tui.bootstrap import open_desk
from fu_tui.core.clock import FixedClock
desk = open_desk(sys.argv[1], "sam", clock=FixedClock(datetime(2026, 11, 24, 9, 14, tzinfo=UTC)))
desk.close([int(sys.argv[2])], "no_reply")
desk.shut()
"""


def sam_closes(world: World, task_id: int) -> None:
    """Sam, in another process, closes a task at 9:14."""
    subprocess.run([sys.executable, "-c", CLOSE, str(world.path), str(task_id)], check=True, timeout=60)


@contextmanager
def held(path: Path, how: str = "IMMEDIATE") -> Iterator[Database]:
    """Another connection holds the file: IMMEDIATE keeps writers out, EXCLUSIVE readers too."""
    other = Database(path)
    other.connect()
    other.execute_sql(f"BEGIN {how}")
    try:
        yield other
    finally:
        other.execute_sql("ROLLBACK")
        other.close()


async def test_what_another_process_closes_vanishes_within_two_seconds(world: World) -> None:
    task = world.make_task(due=NOV_24)
    world.make_task("Send the price list", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("cursor.down")
        sam_closes(world, task)
        assert desk.pane("today").count == 2
        await desk.until(lambda: desk.pane("today").count == 1, "the desk's own timer did not see it")
        assert desk.cursor() == "Send the price list"
        assert desk.pane("upcoming").count == 1, "its next try is shown"


async def test_closing_what_someone_closed_says_who_was_first(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        sam_closes(world, task)
        await desk.press("task.no_reply")
        said = " ".join([desk.footer(), *desk.toasts()])
        assert f"Task {task} was closed by Sam Hill at 09:14, spawned #{task + 1}." in said
        assert desk.pane("today").count == 0, "and the row is gone"
    assert len(world.open_tasks()) == 1


async def test_a_note_for_what_someone_closed_meanwhile_is_kept(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.close")
        await desk.key("n")
        await desk.type("Kim knows")
        world.moves.priority([task], Priority.HIGH)
        await desk.key("enter")
        assert "was changed by someone since it was shown" in " ".join([desk.footer(), *desk.toasts()])
        await desk.press("task.close")
        await desk.key("n")
        assert "Kim knows" in desk.modal()
        await desk.key("enter")
    assert world.task(task)["outcome_note"] == "Kim knows"


async def test_the_cursor_stays_on_its_task_when_rows_come_above_it(world: World) -> None:
    for number in range(3):
        world.make_task(f"Ring number {number}", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("cursor.down")
        for number in range(3):
            world.make_task(f"Urgent {number}", due=NOV_24, priority=Priority.HIGH)
        await desk.look_again()
        assert desk.pane("today").count == 6
        assert desk.cursor() == "Ring number 1"


async def test_marks_stay_through_a_change_from_outside(world: World) -> None:
    tasks = [world.make_task(f"Ring number {number}", due=NOV_24) for number in range(3)]
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("queue.mark", "queue.mark")
        world.close([tasks[0]], "no_reply")
        await desk.look_again()
        assert len(desk.marked()) == 1
        await desk.press("task.no_reply")
        assert desk.pane("today").rows() == ["Ring number 2"]


async def test_at_midnight_the_panes_follow_and_the_cursor_with_its_task(world: World) -> None:
    world.clock.at = datetime.combine(NOV_24, time(23, 59), UTC)
    world.make_task("Ring today", due=NOV_24)
    world.make_task("Ring tomorrow", due=NOV_24 + timedelta(days=1))
    async with at_the_desk(world.path, world.clock) as desk:
        assert desk.pane("today").rows() == ["Ring today"]
        world.clock.at += timedelta(minutes=2)
        await desk.look_again()
        assert desk.pane("overdue").rows() == ["Ring today"]
        assert "1d late" in desk.pane("overdue").lines()[1]
        assert desk.pane("today").rows() == ["Ring tomorrow"]
        assert desk.cursor() == "Ring today"
        assert "Wed 25 Nov" in desk.header()


async def test_a_key_right_after_midnight_works_on_the_new_day(world: World) -> None:
    """The verb notices the day before the timer does; nothing of the old day stays behind."""
    world.clock.at = datetime.combine(NOV_24, time(23, 59), UTC)
    world.make_task("Ring today", due=NOV_24)
    world.make_task("Ring today too", due=NOV_24)
    world.make_task("Ring tomorrow", due=NOV_24 + timedelta(days=1))
    async with at_the_desk(world.path, world.clock) as desk:
        world.clock.at += timedelta(minutes=2)
        await desk.press("task.priority")
        assert desk.pane("overdue").rows() == ["Ring today", "Ring today too"]
        assert desk.pane("today").rows() == ["Ring tomorrow"]


async def test_an_hour_that_passes_makes_its_row_late(world: World) -> None:
    world.make_task("Answer Ana", due=NOV_24)
    with world.context.unit("setup") as work:
        from fu_tui.store.models import Task

        work.update(Task, 1, due_at=datetime.combine(NOV_24, time(11), UTC))
    async with at_the_desk(world.path, world.clock) as desk:
        assert "11:00" in desk.pane("today").lines()[1]
        world.clock.at = datetime.combine(NOV_24, time(11, 5), UTC)
        await desk.look_again()
        assert desk.pane("overdue").rows() == ["Answer Ana"]
        assert "5m late" in desk.pane("overdue").lines()[1] or "late" in desk.pane("overdue").lines()[1]


async def test_while_another_process_writes_a_verb_waits_and_the_desk_does_not(world: World) -> None:
    task = world.make_task(due=NOV_24)
    world.make_task("Send the price list", due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        with held(world.path):
            await desk.press("task.no_reply")
            assert desk.footer().strip() == "Waiting for another program …   esc gives up"
            await desk.press("cursor.down")
            assert desk.cursor() == "Send the price list", "the desk goes on"
            assert desk.pane("today").count == 2
        await desk.until(lambda: "no reply yet → " in desk.footer())
        assert desk.pane("today").count == 1
    assert world.task(task)["status"] == "done"


async def test_verbs_that_wait_are_done_in_their_order(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        with held(world.path):
            await desk.press("task.priority")
            await desk.press("journal.undo")
        await desk.until(lambda: "Undone: changed the priority" in desk.footer())
    assert world.task(task)["priority"] == Priority.NORMAL


async def test_escape_gives_up_waiting_and_nothing_is_written(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        with held(world.path):
            await desk.press("task.no_reply_note")
            await desk.type("Kim knows")
            await desk.key("enter")
            await desk.press("queue.clear")
            await desk.until(lambda: "Given up: nothing was written." in desk.footer())
        await desk.press("task.no_reply_note")
        assert "Kim knows" in desk.modal(), "what was typed is offered again"
    assert world.task(task)["status"] == "open"


async def test_q_says_what_still_waits_and_leaves_once_that_is_given_up(world: World) -> None:
    task = world.make_task(due=NOV_24)
    async with at_the_desk(world.path, world.clock) as desk:
        with held(world.path):
            await desk.press("task.no_reply", "app.quit")
            assert desk.footer().startswith(" Something still waits to be written: esc gives it up")
            await desk.press("queue.clear")
            await desk.until(lambda: not desk.app.waiting.verbs)
            await desk.press("app.quit")
            assert not desk.is_open
    assert world.task(task)["status"] == "open"


async def test_a_capture_waits_with_its_text_on_the_card(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Send Ana the seat prices @ana tomorrow")
        with held(world.path):
            await desk.key("enter")
            assert "Waiting for another program" in desk.modal()
            assert "Send Ana the seat prices @ana tomorrow" in desk.modal()
        await desk.until(lambda: desk.modal() == "")
        assert desk.pane("upcoming").rows() == ["Send Ana the seat prices"]
        assert "Added: " in desk.footer()


async def test_a_capture_that_waits_can_be_left_and_is_not_saved(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Send Ana the seat prices @ana tomorrow")
        with held(world.path):
            await desk.key("enter", "escape")
            assert desk.modal() == ""
            await desk.until(lambda: not desk.app.waiting.verbs)
        await desk.look_again()
        assert desk.pane("upcoming").count == 0
        await desk.press("task.add")
        assert "Send Ana the seat prices" in desk.modal()
    assert world.open_tasks() == []


async def test_while_nobody_can_read_the_screen_stays_and_follows_later(world: World) -> None:
    for number in range(130):
        world.make_task(f"Ring number {number:03}", due=NOV_24)
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        with held(world.path, "EXCLUSIVE"):
            await desk.look_again()
            await desk.press("cursor.bottom", "cursor.up", "task.close", "queue.mark_pane", "queue.order")
            await desk.press("queue.filter", "queue.scope")
            assert "Another program holds the database" in " ".join([desk.footer(), *desk.toasts()])
            await desk.resize(120, 40)
        await desk.key("escape")
        await desk.look_again()
        assert desk.pane("today").count == 130
        await desk.press("cursor.top", "cursor.bottom")
        assert desk.cursor() == "Ring number 129"
        assert "Ring number 129" in desk.card()

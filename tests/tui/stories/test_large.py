"""Much of everything: a megabyte pasted, an action of ten thousand letters, many marks. It answers, and soon."""

from __future__ import annotations

from time import monotonic

import pytest
from textual import events
from textual.widgets._toast import Toast

from fu_tui.settings.actions import ACTIONS
from fu_tui.tui.modals.card import MOST_PASTED, Field
from tests.tui.driver import DeskDriver, at_the_desk
from tests.tui.stories.test_hostile import LEAVES
from tests.world import World

SOON = 5.0
"""Seconds on a busy machine; what grows with the square of what is pasted takes minutes."""
PIECES = {
    "one word": "x", "words": "very ", "lines": "Call Ana\n", "marks": "@!#%/", "quotes": '"', "dates": "fri 14:00 ",
    "wide": "株", "accents": "e\u0301\u0301\u0301", "escapes": "\x1b[31m",
}  # fmt: skip


async def paste(desk: DeskDriver, text: str) -> None:
    """Paste, and press a key after it; both are done soon."""
    begun = monotonic()
    desk.app.post_message(events.Paste(text))
    await desk.rest()
    await desk.key("x")
    assert monotonic() - begun < SOON


async def leave(desk: DeskDriver) -> None:
    """Escape, until nothing is asked."""
    for _ in range(4):
        if desk.modal():
            await desk.key("escape")
    assert not desk.modal()


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
async def test_as_much_as_fits_is_pasted_into_every_field_and_a_key_still_works(
    world: World, piece: str
) -> None:
    world.make_task(due=world.today)
    text = piece * (MOST_PASTED // len(piece))
    fields = 0
    async with at_the_desk(world.path, world.clock, size=(80, 24)) as desk:
        for action in ACTIONS:
            if action.id not in LEAVES and action.keys and not action.id.startswith(("cursor", "pane")):
                await desk.press(action.id)
                if desk.modal() and isinstance(desk.app.focused, Field):
                    fields += 1
                    await paste(desk, text)
                await leave(desk)
    assert fields > 5


async def test_a_whole_file_is_refused_and_what_was_typed_stays(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await desk.type("Call Ana ")
        await paste(desk, "x" * (1 << 20))
        assert "Call Ana x" in desk.modal()
        [toast] = desk.app.screen.query(Toast)
        assert "1,048,576 letters are too many to paste at once; 100,000 fit." in str(toast.render())


async def test_an_action_of_ten_thousand_letters_is_kept_whole(world: World) -> None:
    action = "Call Ana about " + "very " * 1990 + "much"
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        await paste(desk, f"{action} @1 today")
        await desk.key("backspace", "enter", "enter")
        assert not desk.modal()
        for key in ("cursor.down", "card.toggle", "task.no_reply_note"):
            await desk.press(key)
        assert "very" in desk.modal()
    assert [task["action"] for task in world.open_tasks()] == [action]


async def test_five_thousand_marks(world: World) -> None:
    """As many as are marked at once are; what is done to them is done to all, and undone."""
    first = world.make_task(due=world.today)
    columns = [row[1] for row in world.db.rows("PRAGMA table_info(task)") if row[1] != "id"]
    named = ", ".join(columns)
    world.db.execute_sql(
        f"INSERT INTO task ({named}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)"
        f" SELECT {named} FROM task, n WHERE task.id = ?", (first,)
    )  # fmt: skip
    async with at_the_desk(world.path, world.clock) as desk:
        begun = monotonic()
        await desk.press("pane.today", "queue.mark_pane")
        marked = len(desk.desk.marks)
        assert marked >= 1000
        await desk.press("task.priority")
        assert f"{marked} tasks" in desk.footer().replace(",", "")
        await desk.press("journal.undo")
        assert monotonic() - begun < 4 * SOON

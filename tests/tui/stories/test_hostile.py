"""Text that people wrote, at its worst, in every column and in every question."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import cycle

import pytest
from rich.cells import cell_len
from textual import events

from tests.tui.driver import DeskDriver, at_the_desk
from tests.tui.made_up import HOSTILE
from tests.world import World

NOV_24 = date(2026, 11, 24)
COLUMNS = {
    "user": ("name",),
    "account": ("name",),
    "contact": ("name", "title"),
    "deal": ("title", "product"),
    "stage": ("name",),
    "cadence": ("name",),
    "cadence_step": ("action", "purpose"),
    "task": ("action", "body", "note"),
    "activity": ("subject", "body"),
    "holiday": ("name",),
    "journal_entry": ("summary",),
}
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def fill(world: World, text: str) -> None:
    """Write `text` into every column that people fill, behind the back of everything that would clean it."""
    world.enroll("standard")
    world.make_task(due=NOV_24, owner=world.sam)
    first = world.open_tasks()[0]["id"]
    world.close([first], "no_reply")
    world.make_task("Send the price list", due=NOV_24)
    storable = text.encode("utf-8", "replace").decode()
    for table, columns in COLUMNS.items():
        for column in columns:
            own = "id ||" if table == "stage" else ""  # no two stages have the same name
            world.db.execute_sql(f"UPDATE {table} SET {column} = {own} ?", (storable,))
    listed = json.dumps([text, text])
    world.db.execute_sql("UPDATE contact SET emails = ?, phones = ?", (listed, listed))


def check(desk: DeskDriver) -> str:
    """Every line of the top screen is as wide as the terminal and holds nothing that a terminal obeys."""
    lines = [strip.text for strip in desk.app.screen._compositor.render_strips()]
    width = desk.app.size.width
    for line in lines:
        assert not FORBIDDEN.search(line), repr(line)
        assert cell_len(line) == width, repr(line)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("kind", "size"), list(zip(HOSTILE, cycle([(120, 40), (60, 20), (80, 24)]), strict=False))
)
async def test_no_text_breaks_the_desk_or_a_question(world: World, kind: str, size: tuple[int, int]) -> None:
    fill(world, HOSTILE[kind])
    async with at_the_desk(world.path, world.clock, user=str(world.dana), size=size) as desk:
        check(desk)
        await desk.press("card.toggle")
        check(desk)
        await desk.press("pane.upcoming", "cursor.top")
        check(desk)
        for action in ("task.close", "task.no_reply_note", "task.snooze", "task.hide", "task.reassign", "queue.scope",
                       "queue.filter", "app.help"):  # fmt: skip
            await desk.press(action)
            assert desk.modal(), action
            check(desk)
            await desk.key("escape")
        await desk.press("task.priority")
        check(desk)
        await desk.press("task.replied")
        assert "What is the next step?" in desk.modal()
        check(desk)
        await desk.key("escape")
        await desk.press("journal.undo", "journal.undo")
        check(desk)
        await desk.press("queue.scope")
        await desk.type("everyone")
        await desk.key("enter")
        check(desk)
        assert desk.is_open


async def test_markup_stays_letters_and_a_click_on_it_only_moves_the_cursor(world: World) -> None:
    text = "[@click=app.exit]press[/] [b]me[/b]"
    fill(world, text)
    async with at_the_desk(world.path, world.clock, user=str(world.dana)) as desk:
        assert text in desk.pane("today").lines()[1]
        for x in range(12, 60, 6):
            await desk.click("today", 1, x)
        assert desk.is_open
        metas = [
            style.meta
            for strip in desk.app.screen._compositor.render_strips()
            for _, style, _ in strip
            if style
        ]
        assert not any("@click" in meta for meta in metas)


async def test_what_is_pasted_is_harmless_line_by_line(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        pasted = (
            "Send the\x1b]52;c;aGk=\x07 price\x00 list \u202e@ana tomorrow\nBook\x9b2J it \x1b[31mher fri"
        )
        desk.app.post_message(events.Paste(pasted))
        await desk.rest()
        check(desk)
        await desk.key("enter")
        await desk.key("enter")
        check(desk)
    actions = [task["action"] for task in world.open_tasks()]
    assert len(actions) == 2
    assert not any(FORBIDDEN.search(action) for action in actions)

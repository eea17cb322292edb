"""Text that people wrote, at its worst, in every column: a walk over every action of the registry and every question.

What is walked is found in the registry and among the classes of questions, so that what is added later is walked too.
"""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from rich.cells import cell_len
from textual import events

from fu_tui.services.spawn import Links
from fu_tui.settings.actions import ACTIONS
from fu_tui.store.models import Deal, Task
from fu_tui.tui import modals
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.slips import SlipsModal
from tests.hostile import FORBIDDEN, furnish, mixture, poison
from tests.tui.driver import DeskDriver, at_the_desk
from tests.tui.recorder import Recorder, obeyed
from tests.world import World

LEAVES = {"app.quit", "app.suspend"}
"""Actions after which there is no desk to look at."""
ELSEWHERE = {"FirstModal", "FirstKeysModal", "PathModal", "WhoseModal", "ProgressModal"}
"""Questions of the first start, which has a walk of its own."""
COPIED = re.compile(rb"\x1b\]52;c;(?!aGVsbG8=)([A-Za-z0-9+/]+=*)\x07")
"""What the app itself puts on the clipboard; the address in the data is not among it."""
BEHIND = {
    "go.cadences": (("enter", "e"), ("enter", "w"), ("enter", "m")),
    "go.calendar": (("a",), ("c", "enter"), ("w",), ("h",), ("x",), ("m",)),
    "go.absences": (("n",),),
}
"""What is reached by letters, behind what an action opens."""
DEEP = 4
"""Questions that may follow one another."""


class Walk:
    """Somebody who presses every key, and looks at every byte."""

    def __init__(self, desk: DeskDriver) -> None:
        self.desk = desk
        self.seen: set[str] = set()
        """The questions that were on the screen."""

    def look(self, where: str) -> None:
        """Every line is as wide as the terminal and holds nothing that a terminal obeys; nor do the bytes."""
        app = self.desk.app
        self.seen.add(type(app.screen).__name__)
        width = app.size.width
        for strip in app.screen._compositor.render_strips():
            assert not FORBIDDEN.search(strip.text), (where, strip.text)
            assert cell_len(strip.text) == width, (where, strip.text)
            assert not any("@click" in style.meta for _, style, _ in strip if style and style._meta), where
        assert isinstance(app._driver, Recorder)
        raw = app._driver.taken()
        for copied in COPIED.findall(raw):
            assert not FORBIDDEN.search(b64decode(copied).decode()), (where, copied)
        assert obeyed(COPIED.sub(b"", raw)) == [], where

    @property
    def asked(self) -> bool:
        """Whether a question is on the screen."""
        return isinstance(self.desk.app.screen, Question)

    async def key(self, *keys: str) -> None:
        """Press, and look."""
        for key in keys:
            await self.desk.key(key)
            self.look(key)

    async def leave(self) -> None:
        """Escape leads back to the desk from everywhere."""
        for _ in range(2 * DEEP):
            if not self.asked:
                return
            await self.key("escape")
        raise AssertionError(f"escape does not leave {self.desk.modal()}")

    async def through(self, action_id: str) -> None:
        """An action, with everything that can be done in what it asks, short of an answer; then with an answer."""
        desk = self.desk
        await desk.press("cursor.down", action_id)
        self.look(action_id)
        if not self.asked:
            return
        await self.key("f1", "escape")
        if self.asked and desk.app.focused is not None:
            desk.app.post_message(events.Paste(mixture(len(self.seen))))
            await desk.rest()
            self.look(f"{action_id}, pasted")
        await self.key("down", "tab", "down", "pagedown", "up")
        await self.leave()
        await desk.press(action_id)
        for _ in range(DEEP):
            if self.asked:
                await self.key("down", "enter")
        await self.leave()
        await desk.press("journal.undo")
        self.look(f"{action_id}, undone")
        await self.leave()
        for keys in BEHIND.get(action_id, ()):
            await desk.press(action_id)
            await self.key(*keys, "down", "space", "up", "f1", "escape")
            await self.leave()


def questions() -> set[str]:
    """Every question there is, by its class; what others are made of is none."""
    for module in iter_modules(modals.__path__):
        import_module(f"{modals.__name__}.{module.name}")

    def leaves(kind: type) -> set[type]:
        return {each for child in kind.__subclasses__() for each in leaves(child)} or {kind}

    return {kind.__name__ for kind in leaves(Question) if kind.__module__.startswith("fu_tui.")}


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that keeps what it is told; no program is opened."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver", Recorder)


@pytest.fixture
def hostile(world: World, recorded: None) -> World:
    """The world with the worst in it."""
    furnish(world)
    poison(world)
    return world


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 15)])
async def test_no_text_breaks_the_desk_or_a_question(hostile: World, size: tuple[int, int]) -> None:
    async with at_the_desk(hostile.path, hostile.clock, user=str(hostile.dana), size=size) as desk:
        walk = Walk(desk)
        walk.look("opening")
        for action in ACTIONS:
            if action.id not in LEAVES and action.keys:
                await walk.through(action.id)
        assert desk.is_open
    assert walk.seen >= questions() - ELSEWHERE


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 15)])
async def test_no_text_breaks_what_slips(world: World, recorded: None, size: tuple[int, int]) -> None:
    """A row on each of its lists, and everything that a row is asked, short of an answer."""
    furnish(world)
    world.make_deal("Left alone")
    world.make_contact("Nobody's", owner=None)
    world.make_task("Water the plants", links=Links())
    world.make_task("Hide this", due=world.today, hidden_until=date(2026, 11, 25))
    world.change(Deal, world.make_deal("At rest"), parked_until=date(2027, 1, 4), park_reason="x")
    begun = world.enroll("chase", deal=world.make_deal("Stands still"), contact=world.make_contact("Stuck"))
    world.change(Task, begun.task_id, status="cancelled")
    poison(world)
    async with at_the_desk(world.path, world.clock, user=str(world.dana), size=size) as desk:
        walk = Walk(desk)
        await desk.press("go.triage")
        for number in "123456":
            await walk.key(number, "*", "*", "space", "up")
            assert "enter" in desk.modal() or size[0] < 60, "something is on each list"
            for letter in (*"acdefoPX", "greater_than_sign"):
                await walk.key(letter)
                while not isinstance(desk.app.screen, SlipsModal):
                    await walk.key("down", "escape")
            await walk.key("/", "[", "b", "]", "escape")
        await walk.leave()


async def test_markup_stays_letters_and_a_click_on_it_only_moves_the_cursor(world: World) -> None:
    text = "[@click=app.exit]press[/] [b]me[/b]"
    furnish(world)
    poison(world, text)
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


async def test_what_is_pasted_is_harmless_line_by_line(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver", Recorder)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("task.add")
        pasted = (
            "Send the\x1b]52;c;aGk=\x07 price\x00 list \u202e@ana tomorrow\nBook\x9b2J it \x1b[31mher fri"
        )
        desk.app.post_message(events.Paste(pasted))
        await desk.rest()
        Walk(desk).look("pasted")
        await desk.key("enter")
        await desk.key("enter")
        Walk(desk).look("pasted")
    actions = [task["action"] for task in world.open_tasks()]
    assert len(actions) == 2
    assert not any(FORBIDDEN.search(action) for action in actions)

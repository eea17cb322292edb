"""Every screen a person meets, as scenes of the demo: what is pressed to get there. One rule: the goldens that tests
compare and the pictures that people look at are of the same scenes.

`python -m tests.tui.scenes FOLDER [WORD …]` makes pictures (SVG) of all of them in a dark, a light and an ansi theme,
or only of those whose name holds a word.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from fu_tui.core.clock import FixedClock
from fu_tui.services.demo import fill
from fu_tui.store.database import create
from tests.tui.driver import DeskDriver, at_the_desk

MORNING = datetime(2026, 11, 24, 10, 14, tzinfo=UTC)
SIZES = ((160, 45), (120, 40), (80, 24), (60, 20), (40, 15))
THEMES = ("night", "day", "ansi")


class Scene(NamedTuple):
    """One screen."""

    name: str
    actions: tuple[str, ...] = ()
    """Pressed by the keys they have."""
    typed: str = ""
    keys: tuple[str, ...] = ()
    """Pressed last, by name."""
    leaves: int = 1
    """How often escape takes it back to the desk."""


SCENES = (
    Scene("marked", ("queue.mark", "queue.mark")),
    Scene("card", ("card.toggle",), leaves=0),
    Scene("why", ("card.why",), leaves=0),
    Scene("forecast", ("view.forecast",), leaves=0),
    Scene("load", ("view.load",), leaves=0),
    Scene("walk", ("card.walk",)),
    Scene("later", ("queue.later",), leaves=0),
    Scene("hidden", ("queue.hidden",), leaves=0),
    Scene("close", ("task.close",)),
    Scene("close-note", ("task.close",), keys=("v",)),
    Scene("snooze", ("task.snooze",)),
    Scene("owner", ("task.reassign",)),
    Scene("spread", ("queue.mark_pane", "task.spread"), leaves=2),
    Scene("whose", ("queue.scope",)),
    Scene("capture", ("task.add",), "Call Ana about the contract fri 14:00 @an"),
    Scene("capture-vague", ("task.add",), "Follow up with Ana next week"),
    Scene("capture-more", ("task.add",), "Send Ana the recap tomorrow @ana", ("ctrl+o",)),
    Scene("edit", ("task.edit",)),
    Scene("log", ("task.log",)),
    Scene("log-said", ("task.log",), keys=("c",)),
    Scene("stage", ("task.stage",)),
    Scene("park", ("task.park",)),
    Scene("handoff", ("task.handoff",)),
    Scene("paused", ("go.paused",)),
    Scene("absences", ("go.absences",)),
    Scene("absence", ("go.absences",), keys=("n",), leaves=2),
    Scene("slips", ("go.triage",)),
    Scene("slips-next", ("go.no_next_step",)),
    Scene("slips-marked", ("go.no_next_step",), keys=("*",), leaves=2),
    Scene("notices", ("go.notices",)),
    Scene("triggers", ("go.triggers",)),
    Scene("cadences", ("go.cadences",)),
    Scene("calendar", ("go.calendar",)),
    Scene("day-off", ("go.calendar",), keys=("a",), leaves=2),
    Scene("series", ("go.series",)),
    Scene(
        "series-add", ("go.series",), keys=("a", *"Inspect the doors every month on the 1st @be"), leaves=2
    ),
    Scene("filter", ("queue.filter",), "an"),
    Scene("palette", ("app.palette",), "an"),
    Scene("contact", ("go.contacts",), "ana ruiz", ("enter",), 2),
    Scene("menu", ("task.menu",)),
    Scene("help", ("app.help",)),
    Scene("theme", ("app.theme",)),
    Scene("keys", ("app.keys",), "snooze"),
    Scene("stop", ("cursor.top", "task.stop")),
    Scene("stop-why", ("cursor.top", "task.stop"), keys=("s",)),
)


async def go(desk: DeskDriver, scene: Scene) -> None:
    """From the desk to a scene."""
    await desk.press(*scene.actions)
    if scene.typed:
        await desk.type(scene.typed)
    await desk.key(*scene.keys)


async def back(desk: DeskDriver, scene: Scene) -> None:
    """And to the desk again: what was typed or marked is taken away, what was switched on is off, nothing is said."""
    if scene.typed and scene.actions[0] != "app.palette":
        await desk.key(*["ctrl+u"] * (not scene.keys))
    await desk.key(*["escape"] * scene.leaves)
    if not scene.leaves:
        await desk.press(*scene.actions)
    desk.desk.say("")
    await desk.rest()


def world(folder: Path) -> tuple[Path, FixedClock]:
    """The demo on that morning."""
    clock = FixedClock(MORNING)
    create(folder / "fu.db", lambda db: fill(db, clock, login=None))
    return folder / "fu.db", clock


async def pictures(folder: Path, words: list[str]) -> None:
    """Pictures of the scenes, each from a fresh desk."""
    with tempfile.TemporaryDirectory() as made:
        path, clock = world(Path(made))
        for scene in (Scene("desk"), *SCENES):
            for theme in THEMES:
                for width, height in SIZES:
                    name = f"{scene.name}-{width}x{height}-{theme}"
                    if words and not all(word in name for word in words):
                        continue
                    with tempfile.TemporaryDirectory() as home:  # nothing is remembered from the scene before
                        copy = Path(shutil.copy(path, home))
                        async with at_the_desk(copy, clock, size=(width, height), theme=theme) as desk:
                            await go(desk, scene)
                            desk.app.save_screenshot(f"{name}.svg", str(folder))


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    asyncio.run(pictures(Path(sys.argv[1]), sys.argv[2:]))

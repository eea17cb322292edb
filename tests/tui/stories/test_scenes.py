"""Every screen at every layout is the one that was looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.settings.actions import ACTIONS
from tests.tui.driver import at_the_desk
from tests.tui.scenes import SCENES, SIZES, back, go

Golden = Callable[[str, str], None]
ASKS_NOTHING_OF_ITS_OWN = ("cursor.", "pane.", "journal.")
"""Actions that only move, or show what another scene shows."""


@pytest.mark.parametrize("size", SIZES)
async def test_every_scene(demo: Path, clock: FixedClock, golden: Golden, size: tuple[int, int]) -> None:
    async with at_the_desk(demo, clock, size=size) as desk:
        for scene in SCENES:
            await go(desk, scene)
            golden("scene-{}-{}x{}".format(scene.name, *size), desk.seen())
            await back(desk, scene)
            assert desk.modal() == "", scene.name


def test_every_action_that_opens_something_has_a_scene() -> None:
    shown = {action for scene in SCENES for action in scene.actions}
    opens = {
        action.id
        for action in ACTIONS
        if action.label.endswith("…") and not action.id.startswith(ASKS_NOTHING_OF_ITS_OWN)
    }
    others = {"task.no_reply_note", "task.hide", "task.replied", "card.copy", "go.deals"}
    assert opens - shown <= others, "they ask as another one does"

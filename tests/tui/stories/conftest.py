"""The world that a story is told in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from tests.tui.conftest import TUESDAY
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Dana's desk on that Tuesday, empty: Sam is a colleague, Ana Ruiz of Betatech a contact with a deal."""
    told = World(tmp_path)
    told.clock.at = TUESDAY
    return told


@pytest.fixture
async def demo_desk(demo: Path, clock: FixedClock) -> AsyncIterator[DeskDriver]:
    """The demo's desk, open on 120×40."""
    async with at_the_desk(demo, clock) as desk:
        yield desk

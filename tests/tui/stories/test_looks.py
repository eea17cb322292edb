"""What a person sees when the desk opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from tests.tui.driver import at_the_desk

Golden = Callable[[str, str], None]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_three_panes_stand_on_one_screen(
    demo: Path, clock: FixedClock, golden: Golden, size: tuple[int, int]
) -> None:
    async with at_the_desk(demo, clock, size=size) as desk:
        golden("desk-{}x{}".format(*size), desk.screen())

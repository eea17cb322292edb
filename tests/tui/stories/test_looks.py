"""What a person sees when the desk opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from tests.tui.driver import at_the_desk

Golden = Callable[[str, str], None]


SIZES = [(160, 45), (140, 40), (120, 40), (110, 30), (80, 24), (80, 15), (60, 20), (40, 15), (40, 8)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_queue_stands_on_one_screen(
    demo: Path, clock: FixedClock, golden: Golden, size: tuple[int, int]
) -> None:
    async with at_the_desk(demo, clock, size=size) as desk:
        golden("desk-{}x{}".format(*size), desk.screen())

"""The world that a story is told in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import TUESDAY
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Dana's desk on that Tuesday, empty: Sam is a colleague, Ana Ruiz of Betatech a contact with a deal."""
    return World(tmp_path, TUESDAY)

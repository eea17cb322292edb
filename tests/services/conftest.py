"""A small world for each test of a verb."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A small world of its own."""
    made = World(tmp_path)
    made.db.execute_sql("PRAGMA synchronous = OFF")  # what is tried here does not hang on the disk
    yield made
    made.db.close()

"""A small world for each fault, and processes to try it with."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from fu_tui.queries.doctor import examine
from tests.faults.nursery import Nursery
from tests.world import World

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own in it


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: a killed process loses nothing that the disk was told."""
    with TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as made:
        yield Path(made)


@pytest.fixture
def world(folder: Path) -> Iterator[World]:
    """A small world of its own; at the end it keeps every promise, whatever happened to it."""
    made = World(folder)
    yield made
    assert examine(made.db).violations == ()
    made.db.close()


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Processes on demand."""
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(scope="session")
def faulty_nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Processes whose writes can be made to go wrong. Needs gcc."""
    shim = tmp_path_factory.mktemp("shim") / "faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)
    made = Nursery(shim)
    yield made
    made.close()

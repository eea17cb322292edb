"""What the tests of the screen share: goldens, a desk of one's own, and a demo desk that is made once."""

from __future__ import annotations

import os

os.environ["TEXTUAL_FPS"] = "1000"  # read once, when Textual is imported: no test waits for a frame

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.services.demo import fill
from fu_tui.store.database import create

GOLDENS = Path(__file__).parent / "goldens"
TUESDAY = datetime(2026, 11, 24, 10, 14, tzinfo=UTC)
"""The morning on which the stories are told."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest tests/tui --update-goldens` writes what is painted now; look at the difference before it is committed."""
    parser.addoption("--update-goldens", action="store_true", help="write the goldens of the screen anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a screen with the one that was looked at."""
    update = request.config.getoption("--update-goldens", default=False)

    def compare(name: str, text: str) -> None:
        file = GOLDENS / f"{name}.txt"
        if update:
            file.write_text(text, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == text

    return compare


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as it is on that Tuesday; copied, never changed."""
    path = tmp_path_factory.mktemp("demo") / "fu.db"
    create(path, lambda db: fill(db, FixedClock(TUESDAY), login=None))
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Path:
    """A demo desk of one's own."""
    return Path(shutil.copy(demo_file, tmp_path / "fu.db"))


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands on that Tuesday until it is moved."""
    return FixedClock(TUESDAY)

"""Files to import, written where a test wants them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fu_tui.exchange.batch import plan_import
from fu_tui.exchange.plan import ImportPlan

DATA = Path(__file__).parent.parent / "data"
Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write text or bytes to a file of that name."""

    def write(content: str | bytes, name: str = "file.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def plan(write: Writer) -> Callable[..., ImportPlan]:
    """Plan the import of one file with that content."""

    def plan(content: str | bytes, **options: object) -> ImportPlan:
        return plan_import([write(content)], **options)  # type: ignore[arg-type]

    return plan


def adds_up(plan: ImportPlan) -> bool:
    """Every record of every file is taken, merged or rejected, and each rejected one is listed."""
    return all(
        file.read == file.taken + file.merged + file.rejected
        and file.rejected == sum(reject.file == file.name for reject in plan.rejects)
        for file in plan.files
    )

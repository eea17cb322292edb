"""Every test runs as on a fresh machine: its own home, no settings of the person who runs it, UTC."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def fresh_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty home folder that this test, and every process it starts, sees."""
    home = tmp_path_factory.mktemp("home")
    for name in [n for n in os.environ if n.startswith(("FU_", "XDG_", "TEXTUAL"))]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    return home

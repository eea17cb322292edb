"""A world to read from, and a count of what is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from fu_tui.queries.hits import seek
from fu_tui.queries.queue import View
from fu_tui.queries.scope import mine
from fu_tui.store.database import Database
from fu_tui.store.lookup import person
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Dana, Sam, Ana Ruiz of Betatech and a deal, on Monday 23 November 2026."""
    return World(tmp_path)


def view(world: World, words: str = "", **more: Any) -> View:
    """Dana's look at her own queue, now."""
    me = person(world.db, world.dana)
    return View(mine(me), world.today, world.clock.now(), sought=seek(world.db, words), **more)


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that are run inside the block."""
    said: list[str] = []
    run = Database.execute_sql

    def noted(self: Database, sql: str, params: Any = None) -> Any:
        said.append(sql)
        return run(self, sql, params)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "execute_sql", noted)
        yield said

"""What happens to the file and the clock while the desk is open: it is said, and nothing is broken by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from fu_tui.core.errors import StorageError
from tests.tui.driver import at_the_desk
from tests.world import World


async def test_a_database_that_is_taken_away_is_told_and_nothing_is_written_anywhere(world: World) -> None:
    world.make_task(due=world.today)
    away = world.path.with_name("away.db")
    async with at_the_desk(world.path, world.clock) as desk:
        world.path.rename(away)
        before = away.read_bytes()
        await desk.press("task.no_reply")
        assert "moved or deleted" in " ".join(desk.toasts()) + desk.footer()
        assert not world.path.exists(), "no empty one is made in its place"
        assert away.read_bytes() == before
        away.rename(world.path)
        await desk.press("task.no_reply")
        assert "no reply yet" in desk.footer()


async def test_a_database_that_is_replaced_is_told(world: World, tmp_path: Path) -> None:
    """As a restore does while the desk is open."""
    world.make_task(due=world.today)
    other = tmp_path / "other.db"
    other.write_bytes(world.path.read_bytes())
    async with at_the_desk(world.path, world.clock) as desk:
        other.rename(world.path)
        before = world.path.read_bytes()
        await desk.press("task.no_reply")
        assert "moved or deleted" in " ".join(desk.toasts()) + desk.footer()
        assert world.path.read_bytes() == before


async def test_a_database_that_breaks_ends_the_desk_in_a_sentence_and_is_left_alone(world: World) -> None:
    for _ in range(200):
        world.make_task("Call Ana " + "very " * 50, due=world.today)
    world.db.close()
    noise = Random(7)
    with pytest.raises(StorageError, match="damaged"):  # noqa: PT012 - leaving is what raises
        async with at_the_desk(world.path, world.clock) as desk:
            size = world.path.stat().st_size
            with world.path.open("r+b") as file:
                file.seek(4096)
                file.write(noise.randbytes(size - 4096))
                file.seek(24)
                file.write(noise.randbytes(4))
            broken = world.path.read_bytes()
            await desk.press("task.no_reply")
            await desk.press("cursor.bottom")
            await desk.look_again()
    assert world.path.read_bytes() == broken


@pytest.mark.parametrize("to", ["1970-01-01", "2026-11-23", "2038-01-20", "2107-06-01", "2999-12-31"])
async def test_a_clock_that_jumps_is_followed(world: World, to: str) -> None:
    world.make_task(due=world.today)
    world.enroll("standard")
    async with at_the_desk(world.path, world.clock) as desk:
        world.clock.at = datetime.fromisoformat(to).replace(hour=12, tzinfo=UTC)
        await desk.look_again()
        for action in ("task.no_reply", "journal.undo", "task.snooze"):
            await desk.press(action)
        await desk.key("escape", "escape")
        world.clock.at = datetime(2026, 11, 24, 10, 14, tzinfo=UTC) + timedelta(minutes=1)
        await desk.look_again()
        assert "Tue 24 Nov" in desk.header()
        assert desk.pane("today").count >= 1

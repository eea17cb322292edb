"""Rotation: ten backups are kept, and never at the cost of the one that is being restored."""

from __future__ import annotations

from fu_tui.store.backup import KEPT, keep_backup, list_backups, restore
from tests.world import World


def test_the_oldest_backup_survives_its_own_restore(world: World) -> None:
    """The copy made before a restore is the eleventh: the oldest would have to go, and it is wanted."""
    world.make_task("Call about the first thing")
    made = [keep_backup(world.path, "daily") for _ in range(KEPT)]
    world.make_task("Call about the second thing")
    assert restore(made[0], world.path) == 1
    assert [task["action"] for task in world.open_tasks()] == ["Call about the first thing"]
    kept = list_backups(world.path)
    assert kept[1:] == tuple(reversed(made))
    assert kept[0].name.endswith(".before-restore.bak")
    keep_backup(world.path, "daily")
    assert len(list_backups(world.path)) == KEPT

"""Another process holds the file: a command waits for it, the desk does not, and nothing is written half."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic

from tests.faults.nursery import Nursery
from tests.world import World


def test_a_command_waits_until_the_lock_is_let_go(world: World, nursery: Nursery, tmp_path: Path) -> None:
    task = world.make_task()
    world.db.close()
    pipe = tmp_path / "release"
    os.mkfifo(pipe)
    holder = Nursery()
    holder.order("hold", world.path, release=str(pipe))
    assert holder.line()["held"]
    nursery.order("close_all", world.path, who=world.dana, tasks=[task])
    assert nursery.is_silent(0.3), "it waits"
    assert world.task(task)["status"] == "open"
    pipe.write_text("go")
    (said,) = nursery.lines()
    assert said["spawned"] == world.open_tasks()[0]["id"]
    assert list(holder.lines()) == []
    holder.close()


def test_the_desk_gives_up_soon_and_has_written_nothing(
    world: World, nursery: Nursery, tmp_path: Path
) -> None:
    task = world.make_task()
    before = world.dump()
    world.db.close()
    pipe = tmp_path / "release"
    os.mkfifo(pipe)
    holder = Nursery()
    holder.order("hold", world.path, release=str(pipe))
    assert holder.line()["held"]
    began = monotonic()
    nursery.order("close_all", world.path, who=world.dana, tasks=[task], patience=0.1)
    (said,) = nursery.lines()
    assert 0.1 <= monotonic() - began < 5
    assert said["kind"] == "StorageBusy"
    assert said["refused"].startswith("Another program holds the database")
    pipe.write_text("go")
    assert list(holder.lines()) == []
    holder.close()
    assert world.dump() == before


def test_a_lock_dies_with_its_process(world: World, nursery: Nursery, tmp_path: Path) -> None:
    task = world.make_task()
    world.db.close()
    pipe = tmp_path / "release"
    os.mkfifo(pipe)
    nursery.order("hold", world.path, release=str(pipe))
    assert nursery.line()["held"]
    nursery.kill()
    assert list(nursery.lines()) == []
    nursery.order("close_all", world.path, who=world.dana, tasks=[task], patience=0.1)
    (said,) = nursery.lines()
    assert "spawned" in said

"""A process dies, or the disk fails it, at its first write to the disk, at its second, and so on until it gets through:
whatever it was doing is done altogether or not at all. Needs gcc."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from fu_tui.queries.doctor import examine
from fu_tui.store.backup import keep_backup, list_backups, verify, write_backup
from fu_tui.store.database import create, open_existing
from tests.faults.nursery import FAIL, KILL, TORN, Nursery
from tests.world import World

Content = dict[str, Any]
DISK_ERROR = "The disk reported an error; nothing was written."
UNSURE = "The disk reported an error at the very end"
HOW = pytest.mark.parametrize("how", [KILL, TORN], ids=["before the write", "after half of it"])


@pytest.fixture
def closed(world: World) -> tuple[Content, Content]:
    """What is in the file before and after the close of a first step; it stands before it."""
    task = world.enroll("standard").task_id
    keep(world)
    before = world.dump()
    world.close([task], "acknowledged")
    after = world.dump()
    put_back(world)
    return before, after


def keep(world: World) -> None:
    """Keep the file as it is now, for every next strike."""
    world.db.close()
    shutil.copy(world.path, world.path.with_name("kept.db"))


def put_back(world: World) -> None:
    world.db.close()
    shutil.copy(world.path.with_name("kept.db"), world.path)


def content(world: World) -> Content:
    """What is in the file now, opened as after a crash."""
    world.db.close()
    world.db = open_existing(world.path)
    assert world.db.value("PRAGMA integrity_check") == "ok"
    return world.dump()


def strikes(
    nursery: Nursery, world: World, what: str, how: int, error: int = 0, step: int = 1
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Strike at write after write (every `step`-th) until the deed gets through; what was said each time."""
    for nth in count(1, step):
        put_back(world)
        nursery.order("with_fault", world.path, who=world.dana, what=what, how=how, nth=nth, error=error)
        said = list(nursery.lines())
        yield nth, said
        if said and not said[0]["struck"]:
            return


@HOW
def test_a_close_is_whole_or_nothing(
    world: World, closed: tuple[Content, Content], faulty_nursery: Nursery, how: int
) -> None:
    before, after = closed
    ended: list[Content] = []
    for nth, said in strikes(faulty_nursery, world, "close", how, step=1 if how == KILL else 2):
        ended.append(content(world))
        assert ended[-1] in (before, after), nth
        assert not said or ended[-1] == after, "what was acknowledged is there"
    assert ended[-1] == after
    assert ended.count(before) >= 8, "so many writes a close takes at least"


@HOW
def test_an_undo_is_whole_or_nothing(
    world: World, closed: tuple[Content, Content], faulty_nursery: Nursery, how: int
) -> None:
    before, after = closed
    world.act_as(world.dana)
    world.close([1], "acknowledged")
    keep(world)
    ended: list[Content] = []
    for nth, _ in strikes(faulty_nursery, world, "undo", how, step=5):
        ended.append(content(world))
        assert ended[-1] in (before, after), nth
    assert ended[-1] == before
    assert after in ended


@HOW
def test_a_restore_is_whole_or_nothing(world: World, faulty_nursery: Nursery, how: int) -> None:
    wanted = world.dump()
    write_backup(world.path, world.path.with_name("fu.bak"))
    for number in range(30):
        world.make_task(f"Call about matter {number}")
    before = world.dump()
    keep(world)
    ended: list[Content] = []
    for nth, _ in strikes(faulty_nursery, world, "restore", how, step=11):
        ended.append(content(world))
        assert ended[-1] in (before, wanted), nth
    assert ended[-1] == wanted
    assert before in ended


@HOW
def test_a_backup_is_whole_or_none(world: World, faulty_nursery: Nursery, how: int) -> None:
    world.make_task()
    keep(world)
    for _ in strikes(faulty_nursery, world, "backup", how, step=7):
        made = list_backups(world.path)
        assert [verify(path) for path in made] == [1] * len(made)
        for path in made:
            path.unlink()
    made = keep_backup(world.path, "daily")
    assert [file for file in made.parent.iterdir() if file.suffix != ".lock"] == [made]


def test_a_new_file_is_whole_or_missing(world: World, faulty_nursery: Nursery) -> None:
    keep(world)
    new = world.path.with_name("new.db")
    found: list[bool] = []
    for _ in strikes(faulty_nursery, world, "create", KILL, step=29):
        found.append(new.exists())
        if new.exists():
            db = open_existing(new)
            assert db.value("SELECT count(*) FROM user") == 1
            assert examine(db).violations == ()
            db.close()
            new.unlink()
    assert found[-1]
    assert not found[0]
    create(new)


@pytest.mark.parametrize(
    ("error", "told"),
    [(errno.ENOSPC, "The disk is full; nothing was written."), (errno.EIO, DISK_ERROR)],
    ids=["no space", "input or output"],
)
def test_a_failed_write_is_told_and_the_next_try_works(
    world: World, closed: tuple[Content, Content], faulty_nursery: Nursery, error: int, told: str
) -> None:
    """Only where the very last word to the disk fails can nobody say whether it was saved; then that is said."""
    _, after = closed
    told_so = 0
    for nth, said in strikes(faulty_nursery, world, "close", FAIL, error):
        first, *again = said
        assert content(world) == after, (nth, said)
        if "refused" in first:
            unsure = first["refused"].startswith(UNSURE)
            assert ("spawned" in again[0]) is not unsure, (nth, said)
            assert first["refused"].startswith((UNSURE, told, DISK_ERROR)), (nth, said)
            told_so += first["refused"].startswith(told)
    assert told_so >= 8
    assert not world.path.with_name("fu.db-journal").exists()

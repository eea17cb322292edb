"""A fault in a verb: told like a refusal where nothing was written, else passed on."""

from __future__ import annotations

from pathlib import Path

import pytest

from fu_tui.bootstrap import Desk
from fu_tui.core.errors import Fault, Refused
from fu_tui.store.unit import Unit
from tests.world import World


def boom(*_: object, **__: object) -> None:
    """What nobody foresaw."""
    raise KeyError("Ana Ruiz")


@pytest.fixture
def desk(world: World) -> Desk:
    """The verbs, wired as the app wires them."""
    return Desk(world.context)


def test_nothing_was_written_and_the_next_verb_works(
    world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch, fresh_machine: Path
) -> None:
    task = world.make_task()
    before = world.dump()
    with monkeypatch.context() as broken:
        broken.setattr(Unit, "finish", boom)
        with pytest.raises(
            Fault, match=r"inside fu-tui \(KeyError\); nothing was written\. What is known"
        ) as told:
            desk.close([task], "no_reply")
    assert "Ana" not in str(told.value)
    assert (fresh_machine / ".local/state/fu-tui/fault.log").exists()
    assert world.dump() == before
    assert not world.db.is_writing
    desk.close([task], "no_reply")
    assert world.task(task)["status"] == "done"


def test_what_was_written_already_is_no_refusal(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit is committed, then its verb stumbles: the screen no longer shows what stands."""
    task = world.make_task()

    def stumble(self: object, *given: object, **named: object) -> None:
        with world.context.unit("priority"):
            pass
        raise KeyError("Ana Ruiz")

    monkeypatch.setattr("fu_tui.services.moves.Moves.priority", stumble)
    with pytest.raises(KeyError):
        Desk(world.context).priority([task])


def test_an_open_transaction_is_no_refusal(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(self: object, *given: object, **named: object) -> None:
        world.db.execute_sql("BEGIN IMMEDIATE")
        raise KeyError("Ana Ruiz")

    monkeypatch.setattr("fu_tui.services.moves.Moves.priority", stumble)
    with pytest.raises(KeyError):
        Desk(world.context).priority([1])
    world.db.execute_sql("ROLLBACK")


def test_a_refusal_stays_what_it_is(desk: Desk, fresh_machine: Path) -> None:
    with pytest.raises(Refused):
        desk.close([], "no_reply")
    assert not (fresh_machine / ".local/state/fu-tui/fault.log").exists()

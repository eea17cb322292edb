"""A colleague joins, comes back, and is there once."""

from __future__ import annotations

from typing import Any

import pytest

from fu_tui.core.errors import Conflict, Refused, UsageError
from fu_tui.core.events_life import UserJoined
from fu_tui.core.terms import Role
from fu_tui.services.colleagues import Colleagues
from fu_tui.services.leaving import Leaving
from fu_tui.store.models import User
from tests.world import World


def add(world: World, name: str, **more: Any) -> UserJoined:
    [event] = Colleagues(world.context).add_user(name, **more)
    assert isinstance(event, UserJoined)
    return event


def test_a_colleague_joins_gets_tasks_and_is_taken_back_only_while_nothing_is_theirs(world: World) -> None:
    task = world.make_task()
    before = world.dump()
    kim = add(world, "  Kim   Berg ", email="kim@betatech.example")
    row = world.record("user", kim.user_id)
    assert (kim.name, kim.handle, row["role"], row["manager_id"]) == ("Kim Berg", "kim", "rep", world.dana)
    assert row["calendar_id"] == world.record("user", world.dana)["calendar_id"]
    world.moves.reassign([task], "kim")
    world.journal.undo()
    world.journal.undo()
    assert world.dump() == before
    world.journal.redo()
    with world.acting(world.sam):
        world.make_task("Theirs", owner=kim.user_id)
    with pytest.raises(Conflict, match="leans on the user"):
        world.journal.undo()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"name": "sam hill"}, r"Sam Hill \(sam\) is there already\. .*--handle"),
        ({"name": "Samuel", "handle": "+SAM"}, r"Sam Hill \(sam\) is there already, with the handle SAM"),
        ({"name": "Samuel", "email": "Sam@x.example"}, "is there already, with the email"),
        ({"name": " "}, "A colleague has a name"),
        ({"name": "Kim", "handle": "kim berg"}, "is no handle"),
        ({"name": "Kim", "tz": "Mars/Base"}, "There is no time zone"),
    ],
)  # fmt: skip
def test_who_is_there_already_or_can_not_be_is_told(world: World, told: dict[str, str], why: str) -> None:
    world.change(User, world.sam, email="sam@x.example")
    before = world.dump()
    with pytest.raises((Refused, UsageError), match=why):
        add(world, **told)
    assert world.dump() == before


def test_two_of_one_name_are_told_apart_by_their_handles(world: World) -> None:
    assert add(world, "Sam Hill", handle="sammy").handle == "sammy"


def test_one_who_had_left_is_back_as_they_were(world: World) -> None:
    Leaving(world.context).deactivate("sam", "dana")
    assert add(world, "Sam Hill", email="sam@new.example") == UserJoined(world.sam, "Sam Hill", "sam", True)
    row = world.record("user", world.sam)
    assert (row["active"], row["email"]) == (1, "sam@new.example")
    world.journal.undo()
    assert world.record("user", world.sam)["active"] == 0


def test_a_rep_adds_nobody_and_only_an_admin_an_admin(world: World) -> None:
    with world.acting(world.sam), pytest.raises(Refused, match="Only a manager or an admin"):
        add(world, "Kim")
    world.change(User, world.sam, role=Role.MANAGER)
    with world.acting(world.sam):
        with pytest.raises(Refused, match="Only an admin adds an admin"):
            add(world, "Kim", role=Role.ADMIN)
        assert add(world, "Kim").handle == "kim"

"""Looking records up: whatever is typed is an answer or a plain error, never a crash."""

from __future__ import annotations

import pytest

from fu_tui.core.capture import Draft
from fu_tui.core.errors import NotFound
from fu_tui.services.resolving import Resolving
from fu_tui.store.lookup import find_cadence, find_contact, find_deal, find_person
from tests.world import World

ODD_NUMBERS = ("²", "١٢", "12²", "9" * 19, "9" * 5000)


@pytest.mark.parametrize("typed", ODD_NUMBERS)
def test_what_only_looks_like_a_number_is_looked_up_as_a_name(world: World, typed: str) -> None:
    for find in (find_contact, find_deal, find_person, find_cadence):
        with pytest.raises(NotFound, match="There is no"):
            find(world.db, typed)
    kim = world.make_contact(f"Kim {typed}")
    assert find_contact(world.db, typed).id == kim


def test_a_number_is_an_id(world: World) -> None:
    assert find_contact(world.db, str(world.contact)).name == "Ana Ruiz"
    with pytest.raises(NotFound):
        find_contact(world.db, "9" * 18)


@pytest.mark.parametrize("typed", ODD_NUMBERS)
def test_a_draft_that_is_being_typed_is_resolved(world: World, typed: str) -> None:
    resolved = Resolving(world.context).resolve(Draft(action="Call Kim", contact=typed, link=typed))
    assert (resolved.new_contact, resolved.new_deal) == (typed, typed)
    assert resolved.problems == ()


def test_a_number_without_a_contact_is_no_new_name(world: World) -> None:
    resolved = Resolving(world.context).resolve(Draft(action="Call Kim", contact="999"))
    assert (resolved.new_contact, len(resolved.problems)) == ("", 1)

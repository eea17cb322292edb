"""Whose team it is."""

from __future__ import annotations

from fu_tui.core.terms import Role
from fu_tui.queries.scope import team
from fu_tui.store.lookup import person
from fu_tui.store.models import User
from tests.world import World


def members(world: World, user_id: int) -> set[int]:
    return set(team(world.db, person(world.db, user_id)).user_ids)


def hire(world: World, handle: str, manager: int | None) -> int:
    calendar = person(world.db, world.dana).calendar_id
    with world.context.unit("setup") as work:
        return work.insert(
            User, handle=handle, name=handle.title(), tz="UTC", calendar=calendar, role=Role.REP,
            manager=manager,
        )  # fmt: skip


def test_a_lead_sees_those_who_report_to_them_and_not_their_peers(world: World) -> None:
    head = hire(world, "head", None)
    world.change(User, world.dana, manager=head)
    world.change(User, world.sam, manager=world.dana)
    below = hire(world, "kim", world.sam)
    peer = hire(world, "peer", head)
    assert members(world, world.dana) == {world.dana, world.sam, below}
    assert members(world, world.sam) == {world.sam, below}
    assert members(world, head) == {head, world.dana, world.sam, below, peer}


def test_who_leads_nobody_sees_their_managers_team(world: World) -> None:
    world.change(User, world.sam, manager=world.dana)
    kim = hire(world, "kim", world.dana)
    alone = hire(world, "alone", None)
    assert members(world, kim) == {world.dana, world.sam, kim}
    assert alone not in members(world, kim)


def test_without_a_team_it_is_everybody(world: World) -> None:
    scope = team(world.db, person(world.db, world.dana))
    assert (scope.label, scope.user_ids) == ("everyone", ())

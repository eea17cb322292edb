"""`fu contacts`, `fu deals`, `fu users`: plain lists, filtered and limited."""

from __future__ import annotations

from datetime import UTC, datetime

from fu_tui.store.models import Contact, Deal
from tests.cli.conftest import Fu
from tests.world import World


def test_contacts(fu: Fu, world: World) -> None:
    with world.context.unit("make") as work:
        work.insert(Contact, name="Bo Blom", owner=world.sam, phones=("+1 312",), do_not_contact=True)
    assert fu.ok("contacts").lines == [
        "Contacts 2",
        "  1  Ana Ruiz  Betatech  ana@betatech.example                  dana",
        "  2  Bo Blom             +1 312                do not contact  sam",
    ]
    [ana] = fu.ok("contacts", "--filter", "betatech", "--json").json
    assert ana["emails"] == ["ana@betatech.example"]
    assert [row["name"] for row in fu.ok("contacts", "--owner", "sam", "--json").json] == ["Bo Blom"]
    assert fu.ok("contacts", "--limit", 1).lines[0] == "Contacts 1 or more (--limit)"
    assert fu.ok("contacts", "--filter", "zz").lines == ["No contact matches."]


def test_deals_open_ones_first_the_longest_in_their_stage_first(fu: Fu, world: World) -> None:
    lost, old = world.make_deal("Lost deal"), world.make_deal("Old deal", owner=world.sam)
    with world.context.unit("change") as work:
        work.update(Deal, lost, stage=world.stage("Lost"), closed_at=work.at)
        entered = datetime(2026, 11, 1, 9, tzinfo=UTC)
        work.update(Deal, old, stage_entered_at=entered, amount=12500.0, currency="EUR")
    assert [deal["title"] for deal in fu.ok("deals", "--json").json] == [
        "Old deal",
        "GTX Plus · Betatech",
        "Lost deal",
    ]
    assert fu.ok("deals", "--owner", "sam").lines == [
        "Deals 1", f"  {old}  Old deal  New lead  22d  12,500 EUR  sam",
    ]  # fmt: skip
    [deal] = fu.ok("deals", "--filter", "lost", "--json").json
    assert (deal["state"], deal["stage"]) == ("lost", "Lost")
    assert [deal["owner"] for deal in fu.ok("deals", "--owner", "me", "--json").json] == ["dana", "dana"]


def test_users(fu: Fu, world: World) -> None:
    world.make_task()
    assert fu.ok("users").lines == [
        "Users 2",
        "  1  dana  Dana Okafor  admin  1 due",
        "  2  sam   Sam Hill     rep",
    ]
    [sam] = fu.ok("users", "--filter", "hill", "--json").json
    assert (sam["handle"], sam["role"], sam["manager"], sam["due"], sam["active"]) == (
        "sam",
        "rep",
        None,
        0,
        True,
    )

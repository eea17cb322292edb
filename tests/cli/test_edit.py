"""`fu edit`: part by part, one step, one undo."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Fu
from tests.world import World


@pytest.fixture(autouse=True)
def a_task(world: World) -> None:
    """One task of Dana's, due today."""
    world.make_task("Call Ana about the seats")


def test_all_parts_at_once_are_one_undo(fu: Fu, world: World) -> None:
    before = world.dump()
    answer = fu.ok(
        "edit", 1, "--action", "Send Ana the seat prices", "--due", "fri 14:00", "--priority", "high",
        "--body", "net 60", "--note", "asked twice", "--owner", "sam", "--contact", "betatech", "--deal", "",
    )  # fmt: skip
    assert answer.lines == [
        "#1 Changed: Send Ana the seat prices, high priority, body, note, Fri 27 Nov 14:00, Betatech, Sam Hill"
    ]
    task = fu.ok("show", 1, "--json").json
    assert (task["action"], task["due_at"], task["moved_count"]) == (
        "Send Ana the seat prices", "2026-11-27T14:00:00Z", 1,
    )  # fmt: skip
    assert (task["contact"], task["deal"], task["account"]["name"]) == (None, None, "Betatech")
    assert (task["owner"], task["assigner"], task["channel"]) == ("sam", "dana", "mail")
    fu.ok("undo")
    assert world.dump() == before


def test_json_is_the_task(fu: Fu) -> None:
    assert fu.ok("edit", 1, "--priority", "low", "--json").json["priority"] == "low"


def test_the_deal_alone_leaves_the_contact(fu: Fu, world: World) -> None:
    other = world.make_deal("Other", world.account)
    task = fu.ok("edit", 1, "--deal", "Other", "--json").json
    assert (task["contact"]["id"], task["deal"]["id"]) == (world.contact, other)


def test_a_new_contact_needs_create(fu: Fu) -> None:
    refused = fu("edit", 1, "--contact", "Kim Long")
    assert (refused.code, "--create" in refused.err) == (3, True)
    answer = fu.ok("edit", 1, "--contact", "Kim Long", "--create")
    assert answer.lines[0] == "New contact: Kim Long"


def test_the_same_again_is_no_change(fu: Fu) -> None:
    assert fu.ok("edit", 1, "--priority", "normal").lines == ["#1 says so already: nothing was changed."]
    assert fu("undo").err.startswith("There is nothing") or fu.ok("journal").lines


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        ((), 2, "Nothing is to be changed"),
        (("--action", "follow up"), 1, "--force"),
        (("--action", ""), 1, "No action"),
        (("--due", "next week"), 2, "names no day"),
        (("--due", "yesterday"), 1, "is past"),
        (("--owner", "nobody"), 3, "There is no user"),
        (("--priority", "urgent"), 2, "urgent"),
        (("--contact", "999"), 3, "There is no contact"),
    ],
)
def test_refusals_change_nothing(fu: Fu, world: World, words: tuple[str, ...], code: int, why: str) -> None:
    before = world.dump()
    refused = fu("edit", 1, *words)
    assert (refused.code, refused.out) == (code, "")
    assert why in refused.err
    assert world.dump() == before


def test_a_forced_wording_keeps_the_mark(fu: Fu, world: World) -> None:
    fu.ok("edit", 1, "--action", "follow up", "--force")
    assert world.task(1)["lint_override"] == 1


def test_a_closed_task_is_not_edited(fu: Fu) -> None:
    fu.ok("close", 1, "not_needed")
    assert fu("edit", 1, "--body", "x").code == 4
    assert fu("edit", 99, "--body", "x").code == 3

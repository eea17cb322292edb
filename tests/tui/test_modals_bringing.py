"""Which owner in the files somebody is, by the look of their name."""

from __future__ import annotations

import pytest

from fu_tui.tui.modals.bringing import NOBODY, likely

OWNERS = ["Zoe Reed", "Dana Okafor", "sam", "José Àlvarez"]


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("Dana Okafor", "Dana Okafor"),
        ("dana okafor", "Dana Okafor"),
        ("Dana", "Dana Okafor"),
        ("Jose Alvarez", "José Àlvarez"),
        ("Sam Hill", "sam"),
        ("Dana Reed", NOBODY),
        ("Root", NOBODY),
        ("", NOBODY),
    ],
)
def test_a_name_is_found_where_it_is_clear(name: str, owner: str) -> None:
    assert likely(name, OWNERS) == owner


def test_the_only_owner_is_the_likely_one() -> None:
    assert likely("Root", ["Zoe Reed"]) == "Zoe Reed"
    assert likely("Root", []) == NOBODY

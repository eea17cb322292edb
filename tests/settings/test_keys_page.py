"""docs/keys.md says what the registry says."""

from __future__ import annotations

from docs.keys_page import page

from fu_tui.settings.actions import ACTIONS
from fu_tui.settings.keys import written
from tests.hygiene.sources import ROOT


def test_the_page_is_fresh() -> None:
    told = (ROOT / "docs" / "keys.md").read_text("utf-8")
    assert told == page(), "write it anew: python docs/keys_page.py > docs/keys.md"


def test_every_action_is_on_it_with_its_keys() -> None:
    lines = page().splitlines()
    for action in ACTIONS:
        [line] = [line for line in lines if line.endswith(f" | `{action.id}` |")]
        assert [key for key in action.keys if f"`{written(key)}`" not in line] == []

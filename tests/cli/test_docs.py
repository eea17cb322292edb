"""docs/cli.md says what the commands say."""

from __future__ import annotations

from docs.cli_page import page

from fu_tui.cli.registry import COMMANDS
from tests.hygiene.sources import ROOT


def test_the_page_is_fresh() -> None:
    written = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert written == page(), "write it anew: python docs/cli_page.py > docs/cli.md"


def test_every_command_is_on_it() -> None:
    assert [name for name in COMMANDS if f"### fu {name}\n" not in page()] == []

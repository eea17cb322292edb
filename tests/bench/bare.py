"""The least that a Textual app can be: one Static, a key that changes it, a key that leaves. What the desk is held
against. `python bare.py`"""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """One line of text."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [("j", "count", "count"), ("q", "quit", "quit")]
    pressed = 0

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("ready 0")

    def action_count(self) -> None:
        """Show how often the key was pressed."""
        self.pressed += 1
        self.query_one(Static).update(f"ready {self.pressed}", layout=False)


if __name__ == "__main__":
    Bare().run()

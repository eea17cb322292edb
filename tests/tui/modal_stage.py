"""A tiny app to ask a modal on: no desk, no database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.pilot import Pilot
from textual.widgets import Static

from fu_tui.settings.config import Settings
from fu_tui.settings.themes import load_themes
from fu_tui.tui import filters, themes
from fu_tui.tui.modals.question import Question


class Stage(App[None]):
    """Shows one modal, and keeps what it answered and which keys it let through."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [(key, "leak", "leak") for key in "ndtx1"]

    def __init__(self, modal: Question[Any], theme: str = "night") -> None:
        super().__init__()
        themes.register(self, load_themes().themes.values())
        self.theme = theme
        self.modal = modal
        self.settings = Settings()
        self.answers: list[object] = []
        self.bell_rung = False
        self.leaked = 0

    def compose(self) -> ComposeResult:
        """Something to be behind the card."""
        yield Static("a desk behind")

    def action_leak(self) -> None:
        """A key went through to the desk."""
        self.leaked += 1

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The desk's inks."""
        return themes.variable_defaults()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The desk's gate."""
        return filters.desk_filters(super().get_line_filters(), ansi=self.native_ansi_color)

    def on_mount(self) -> None:
        """Ask at once."""
        self.push_screen(self.modal, self.answers.append)

    def bell(self) -> None:
        """What a hostile name would ring."""
        self.bell_rung = True

    @property
    def text(self) -> str:
        """What the terminal shows."""
        strips = self.screen._compositor.render_strips(self.size)
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def shows(pilot: Pilot[None], words: str) -> None:
    """Wait until the terminal shows `words`."""
    app = pilot.app
    assert isinstance(app, Stage)
    for _ in range(50):
        await pilot.pause()
        if words in app.text:
            return
    raise AssertionError(f"{words!r} never came; the screen:\n{app.text}")

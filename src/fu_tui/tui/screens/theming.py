"""Themes (`T`). One rule: what was tried on is taken off again unless it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.settings.themes import ThemeFile
from fu_tui.tui.colours import why_not
from fu_tui.tui.screens.asking import Conversation

if TYPE_CHECKING:
    from fu_tui.tui.modals.theme import ThemeChoice


class Theming(Conversation):
    """`T`."""

    async def choose(self) -> None:
        """Try themes on, and keep one: for now, and in the settings file for the next time.

        Raises UsageError, StorageError where the settings file can't be written; the theme stays on.
        """
        from fu_tui.settings import paths
        from fu_tui.settings.written import set_value
        from fu_tui.tui.modals.theme import ThemeModal

        wardrobe = self._app.wardrobe
        files = wardrobe.all().listed
        themes = {file.name: file.theme for file in files if file.theme}
        chosen: str | None = None
        try:
            chosen = await self.ask(
                ThemeModal(
                    [self._choice(file) for file in files], wardrobe.kept.name,
                    live=lambda name: wardrobe.try_on(themes[name]),
                )
            )  # fmt: skip
        finally:
            wardrobe.keep(themes[chosen] if chosen else None)
        if chosen:
            set_value(paths.config_file(), "ui", "theme", chosen)
            self._screen.say(f"Theme {chosen}, kept in {paths.config_file().name}.")

    def _choice(self, file: ThemeFile) -> ThemeChoice:
        from fu_tui.tui.modals.theme import ThemeChoice

        theme = file.theme
        if theme is None:
            return ThemeChoice(file.name, "", "", file.problems)
        kind = "ansi" if theme.ansi else "dark" if theme.dark else "light"
        reason = why_not(theme, self._app.wardrobe.depth)
        return ThemeChoice(
            file.name, theme.about, f"yours · {kind}" if file.own else kind,
            (reason,) if reason else (),
        )  # fmt: skip

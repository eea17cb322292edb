"""Themes (`T`). One rule: what was tried on is taken off again unless it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fu_tui.core.errors import Refused, StorageError
from fu_tui.settings import paths
from fu_tui.settings.themes import ThemeFile, copy_theme
from fu_tui.tui.colours import why_not
from fu_tui.tui.screens.asking import Conversation

if TYPE_CHECKING:
    from fu_tui.tui.modals.theme import ThemeChoice


class Theming(Conversation):
    """`T`."""

    async def choose(self) -> None:
        """Try themes on, and keep one, or a copy to be changed: for now, and in the settings file for the next time.

        Raises UsageError, Refused where a file can't be written; what was kept stays on.
        """
        from fu_tui.tui.modals.theme import ThemeModal

        wardrobe = self._app.wardrobe
        files = {file.name: file for file in wardrobe.all().listed}
        themes = {file.name: file.theme for file in files.values() if file.theme}
        choices = [self._choice(file) for file in files.values()]
        kept: ThemeFile | None = None
        try:
            answer = await self.ask(
                ThemeModal(choices, wardrobe.kept.name, live=lambda name: wardrobe.try_on(themes[name]))
            )
            if answer is not None:
                with _refused():
                    file = files[answer.name]
                    kept = copy_theme(file, wardrobe.folder) if answer.copied else file
        finally:
            wardrobe.keep(kept.theme if kept else None)
        if kept is not None:
            self._remember(kept.name)
            if answer and answer.copied:
                where = _short(kept.path)
                self._screen.say(
                    f"{where} is yours: change it, save it, and the desk follows.", f"{where} is yours."
                )
            else:
                self._screen.say(f"Theme {kept.name}, kept in {paths.config_file().name}.")

    def _remember(self, name: str) -> None:
        from fu_tui.settings.written import set_value

        with _refused():
            set_value(paths.config_file(), "ui", "theme", name)

    def _choice(self, file: ThemeFile) -> ThemeChoice:
        from fu_tui.tui.modals.theme import ThemeChoice

        theme = file.theme
        if theme is None:
            return ThemeChoice(file.name, "", "", file.problems)
        kind = "ansi" if theme.ansi else "dark" if theme.dark else "light"
        reason = why_not(theme, self._app.wardrobe.depth)
        return ThemeChoice(
            file.name, theme.about, f"yours · {kind}" if file.own else kind, (reason,) if reason else ()
        )


def _short(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


@contextmanager
def _refused() -> Iterator[None]:
    """The settings' folder may be read-only; unlike the database's it is no reason to leave the desk."""
    try:
        yield
    except StorageError as error:
        raise Refused(error.message, error.remedy) from error

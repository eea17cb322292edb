"""What the desk wears. One rule: a theme is put on whole or not at all, and a bad one leaves the last good one on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fu_tui.core.errors import FuError
from fu_tui.settings.themes import BadTheme, LoadedThemes, Theme, load_theme, load_themes
from fu_tui.tui.colours import Depth, why_not
from fu_tui.tui.themes import to_textual

if TYPE_CHECKING:
    from textual.theme import Theme as TextualTheme

    from fu_tui.tui.app import FuApp

DEFAULT = "night"
PLAIN = "ansi"
"""What is worn where the wanted theme can't be shown: right on any background."""
_MOST_TOLD = 6

Stamp = tuple[int, int] | None
"""When a file was written and how long it is; None where there is none."""


def first_theme(wanted: str, folder: Path, depth: Depth) -> tuple[Theme, list[str]]:
    """The theme to open the desk in, and what is wrong with the wanted one."""
    told: list[str] = []
    try:
        theme = load_theme(wanted, folder)
    except FuError as error:
        theme = load_theme(DEFAULT)
        told = [*complaint(error, wanted, folder), f"The desk opens in {DEFAULT}."]
    return (theme if not why_not(theme, depth) else load_theme(PLAIN)), told


def complaint(error: FuError, name: str, folder: Path) -> list[str]:
    """Why a theme can't be worn, with the file to mend, in lines."""
    if not isinstance(error, BadTheme):
        return [str(error)]
    more = len(error.problems) - _MOST_TOLD
    told = [*error.problems[:_MOST_TOLD], *([f"… and {more} more."] if more > 0 else [])]
    return [f"{folder / f'{name}.toml'} can't be used:", *told]


class Wardrobe:
    """The theme in use, those there are, and the file of the one that was chosen."""

    def __init__(self, app: FuApp, folder: Path, worn: Theme, wanted: str, depth: Depth) -> None:
        """folder: of the person's own themes. wanted: the name that was chosen, which may not be what is worn."""
        self._app = app
        self.folder = folder
        self.depth = depth
        self.kept = worn
        """What is worn when nothing is tried on."""
        self.hung: dict[str, TextualTheme] = {worn.name: to_textual(worn)}
        """What has been worn, for the app: its own themes of these names (it brings twenty) don't count."""
        self._wanted = wanted
        self._trying = False
        self._stamp = self._stamped()

    def all(self) -> LoadedThemes:
        """Every theme there is at this moment."""
        return load_themes(self.folder)

    def try_on(self, theme: Theme) -> None:
        """Show the desk in `theme`, until something is kept."""
        self._trying = True
        self._wear(theme)

    def keep(self, theme: Theme | None = None) -> None:
        """Stay in `theme`; None: in what was worn before anything was tried on."""
        self._trying = False
        if theme is not None:
            self.kept, self._wanted = theme, theme.name
            self._stamp = self._stamped()
        self._wear(self.kept)

    def look_again(self) -> str:
        """Put the chosen theme on anew where its file was saved since. What to say about it, empty for nothing."""
        stamp = self._stamped()
        if self._trying or stamp == self._stamp:
            return ""
        self._stamp = stamp
        if stamp is None or not stamp[1]:
            return ""  # gone, or between two steps of a save
        try:
            theme = load_theme(self._wanted, self.folder)
        except FuError as error:
            return "\n".join([*complaint(error, self._wanted, self.folder), "The last good state stays on."])
        reason = why_not(theme, self.depth)
        if reason:
            return f"Theme {theme.name} is right, but can't be shown. {reason}"
        self.kept = theme
        self._wear(theme)
        return f"Theme {theme.name}, as saved just now." + _faint(theme)

    def _wear(self, theme: Theme) -> None:
        app = self._app
        self.hung[theme.name] = to_textual(theme)
        if app.theme != theme.name:
            app.theme = theme.name
        else:
            app.mutate_reactive(type(app).theme)  # the same name in new colours: the styles are read again

    def _stamped(self) -> Stamp:
        try:
            found = (self.folder / f"{self._wanted}.toml").stat()
        except (OSError, ValueError):
            return None
        return found.st_mtime_ns, found.st_size


def _faint(theme: Theme) -> str:
    """What is hard to read in a theme of one's own: the worst of it."""
    from fu_tui.settings.contrast import too_faint

    faint = too_faint(theme)
    return f" Hard to read: {faint[0]}" if faint else ""

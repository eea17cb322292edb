"""Themes: TOML files turned into checked data. One rule: a theme is whole and right, or it is refused in a sentence.

A theme gives an *ink* to every role of `ROLES`. An ink is a colour and, after it, attributes: `"#f7768e bold"`,
`"default dim"`. An ansi theme may use only the terminal's own sixteen colours and `default`; any other theme
only `#rrggbb`. The shipped themes lie inside the package, or, when the package runs from its repository, in the
repository's `themes` folder; a person's own lie in their settings folder and win over a shipped one of that name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from fu_tui.core.errors import NotFound, StorageError, UsageError
from fu_tui.settings.keymap import did_you_mean
from fu_tui.settings.paths import private_folder

MAX_BYTES = 1024 * 1024
MAX_ABOUT = 60
"""Letters of a theme's `about`."""
_LONGEST = 56
"""Letters of a name that leave room for what a copy adds."""
ATTRIBUTES = frozenset({"bold", "dim", "italic", "underline", "reverse"})
_HUES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
ANSI_COLOURS = frozenset({"default", *_HUES, *(f"bright_{hue}" for hue in _HUES)})

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "background": "the screen",
        "text": "a row's action, and anything without a meaning of its own",
        "strong": "names, headings, the action under the cursor",
        "dim": "what is read second: contact, channel, try of steps",
        "faint": "the line between panes and card, a key that does nothing here",
        "accent": "keys, the cursor's bar, the card's title",
        "overdue": "the Overdue title, late words, alerts",
        "overdue_rule": "the Overdue title's rule",
        "today": "the Due today title, hours, the ! of high priority",
        "today_rule": "the Due today title's rule",
        "upcoming": "the Upcoming title",
        "upcoming_rule": "the Upcoming title's rule",
        "mark": "the ✓ of a marked row",
        "selected": "the ground of the row under the cursor",
        "marked": "the ground of a marked row",
        "bar": "the ground of the footer and of windows over the desk",
    }
)
"""Every role, and what it colours on the screen."""

GROUNDS = ("background", "selected", "marked", "bar")
"""Roles that are painted behind text."""
TEXTS = ("text", "strong", "dim", "accent", "overdue", "today", "upcoming", "mark")
"""Roles in which words are written."""
RULES = ("overdue_rule", "today_rule", "upcoming_rule")
"""Roles that only draw lines."""

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class Ink(NamedTuple):
    """A colour and how it is written."""

    colour: str
    """`#rrggbb`, or one of `ANSI_COLOURS`."""
    attributes: frozenset[str] = frozenset()


class Theme(NamedTuple):
    """A whole, checked theme."""

    name: str
    dark: bool
    ansi: bool
    """Uses the terminal's own colours; the screen's background is left to the terminal."""
    inks: Mapping[str, Ink]
    """One for each of `ROLES`."""
    about: str = ""
    """What it is, in a few words; for lists."""


class ThemeFile(NamedTuple):
    """One file of a themes folder, read."""

    name: str
    path: Path
    own: bool
    """The person's own, not one that comes with the program."""
    theme: Theme | None
    """None where the file can't be used."""
    problems: tuple[str, ...] = ()
    """Why it can't, a sentence each."""


class LoadedThemes(NamedTuple):
    """What the themes folders hold."""

    files: tuple[ThemeFile, ...]
    """Shipped ones first, each folder by name."""

    @property
    def themes(self) -> dict[str, Theme]:
        """By name, all that could be read; a person's own wins over a shipped one of that name."""
        return {file.name: file.theme for file in self.files if file.theme}

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence for each thing that is wrong with the others."""
        return tuple(f"Theme {file.name}: {problem}" for file in self.files for problem in file.problems)

    @property
    def listed(self) -> tuple[ThemeFile, ...]:
        """One file for each name, as a person looks through them: dark, light, the terminal's own; broken ones last."""
        named = {file.name: file for file in self.files}.values()
        return tuple(sorted(named, key=_place))


class BadTheme(UsageError):
    """A theme's file can't be used. `problems` holds one sentence for each thing wrong in it."""

    def __init__(self, name: str, problems: tuple[str, ...]) -> None:
        super().__init__(
            f"Theme {name} can't be used: {' '.join(problems)}", "Mend the file, or choose another."
        )
        self.problems = problems


def shipped_folder() -> Path:
    """The folder of the themes that come with the program: in the package, else at the repository's top."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent.parent / "themes"


def load_theme(name: str, user_folder: Path | None = None) -> Theme:
    """The theme called `name`: the person's own, else the shipped one.

    Raises NotFound where there is none of that name, BadTheme where its file can't be used, UsageError for a
    name that can't be a file's.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name[:64]!r} can't be the name of a theme.",
            "Names have 1 to 64 letters, digits, dots, dashes and underscores.",
        )
    for folder in (user_folder, shipped_folder()):
        if folder and (path := folder / f"{name}.toml") in _files(folder):
            return _read(path)
    known = sorted({path.stem for folder in (user_folder, shipped_folder()) for path in _files(folder)})
    near = did_you_mean(name, known) or "."
    raise NotFound(
        f'There is no theme called "{name}"{near}', f"There are: {', '.join(known)}.", tuple(known)
    )


def load_themes(user_folder: Path | None = None) -> LoadedThemes:
    """Every theme, shipped and own; what can't be read says why."""
    files: list[ThemeFile] = []
    for folder in (shipped_folder(), user_folder):
        for path in _files(folder):
            own = folder == user_folder
            try:
                files.append(ThemeFile(path.stem, path, own, _read(path)))
            except BadTheme as bad:
                files.append(ThemeFile(path.stem, path, own, None, bad.problems))
    return LoadedThemes(tuple(files))


def copy_theme(file: ThemeFile, folder: Path) -> ThemeFile:
    """A copy of a theme's file in the person's own `folder`, comments and all, under a name that is free: `my-night`.

    Raises StorageError for what the disk says, BadTheme where the file was broken meanwhile.
    """
    names = (f"my-{file.name[:_LONGEST]}{f'-{n}' if n > 1 else ''}" for n in range(1, 1000))
    try:
        path = next(path for name in names if not (path := folder / f"{name}.toml").exists())
        private_folder(folder)
        with path.open("x", encoding="utf-8", newline="") as new:
            new.write(file.path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise StorageError(
            f"A copy in {folder} can't be written: {error.strerror or error}.", "Nothing was changed."
        ) from error
    return ThemeFile(path.stem, path, True, _read(path))


def parse_theme(name: str, text: str) -> Theme:
    """The theme that `text` (TOML) describes. Raises BadTheme with every problem, not only the first."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTheme(name, (f"This is not TOML: {error}.",)) from error
    problems = _unknown(data, {"about", "dark", "ansi", "inks"}, "setting")
    about = data.get("about", "")
    if not isinstance(about, str) or len(about) > MAX_ABOUT or not about.isprintable():
        problems.append(f"about is a line of at most {MAX_ABOUT} letters.")
    flags = {"dark": True, "ansi": False}
    for key in flags:
        value = data.get(key, flags[key])
        if isinstance(value, bool):
            flags[key] = value
        else:
            problems.append(f"{key} is true or false, not {value!r}.")
    given = data.get("inks", {})
    if not isinstance(given, dict):
        raise BadTheme(name, ("[inks] is a table of roles.",))
    problems += _unknown(given, set(ROLES), "role")
    missing = [role for role in ROLES if role not in given]
    if missing:
        problems.append(f"[inks] lacks {', '.join(missing)}.")
    inks: dict[str, Ink] = {}
    for role in ROLES.keys() & given.keys():
        try:
            inks[role] = _ink(given[role], flags["ansi"])
        except ValueError as error:
            problems.append(f"{role} is {given[role]!r}, but {error}.")
    if problems:
        raise BadTheme(name, tuple(sorted(problems)))
    return Theme(name, flags["dark"], flags["ansi"], MappingProxyType(inks), about)


def _files(folder: Path | None) -> list[Path]:
    """The themes in a folder; none where it isn't there or can't be looked into."""
    try:
        return sorted(folder.glob("*.toml")) if folder else []
    except OSError:
        return []


def _read(path: Path) -> Theme:
    name = path.stem
    if not _NAME.fullmatch(name):
        raise BadTheme(
            name[:80], ("The file's name holds other than letters, digits, dots, dashes and underscores.",)
        )
    try:
        if not path.is_file():  # reading a pipe would wait for ever
            raise BadTheme(name, ("There is no file to be read.",))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise BadTheme(name, ("The file is larger than 1 MiB and was not read.",))
        return parse_theme(name, raw.decode("utf-8"))
    except OSError as error:
        raise BadTheme(name, (f"The file can't be read: {error.strerror or error}.",)) from error
    except UnicodeDecodeError as error:
        raise BadTheme(name, (f"The file is not UTF-8 at byte {error.start}.",)) from error


def _place(file: ThemeFile) -> tuple[object, ...]:
    theme = file.theme
    return (theme is None, theme is not None and theme.ansi, theme is not None and not theme.dark, file.name)


def _unknown(given: Mapping[str, object], known: set[str], word: str) -> list[str]:
    strangers = [key for key in given if key not in known]
    if not strangers:
        return []
    import difflib

    sentences = []
    for key in strangers:
        near = difflib.get_close_matches(key, known, 1)
        sentences.append(f"There is no {word} {key!r}" + (f", perhaps {near[0]} was meant." if near else "."))
    return sentences


def _ink(value: object, ansi: bool) -> Ink:
    if not isinstance(value, str) or not value.split():
        raise ValueError('an ink is a text such as "#7aa2f7 bold"')
    colour, *attributes = value.split()
    if ansi and colour not in ANSI_COLOURS:
        raise ValueError("an ansi theme knows only default, black, red … bright_white")
    if not ansi and not _HEX.fullmatch(colour):
        raise ValueError("a colour is # and six digits, as #7aa2f7")
    for attribute in attributes:
        if attribute not in ATTRIBUTES:
            raise ValueError(f"an attribute is one of {', '.join(sorted(ATTRIBUTES))}, not {attribute!r}")
    return Ink(colour.lower(), frozenset(attributes))

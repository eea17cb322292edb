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

from fu_tui.core.errors import NotFound, UsageError

MAX_BYTES = 1024 * 1024
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


class LoadedThemes(NamedTuple):
    """All themes that could be read, and a sentence for each thing that is wrong with the others."""

    themes: Mapping[str, Theme]
    problems: tuple[str, ...]


class BadTheme(UsageError):
    """A theme's file can't be used. `problems` holds one sentence for each thing wrong in it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems), "The desk goes on with a shipped theme.")
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
        path = folder / f"{name}.toml" if folder else None
        if path and path.is_file():
            return _read(path)
    known = sorted(
        {p.stem for folder in (user_folder, shipped_folder()) if folder for p in folder.glob("*.toml")}
    )
    raise NotFound(f"There is no theme called {name}.", f"There are: {', '.join(known)}.", tuple(known))


def load_themes(user_folder: Path | None = None) -> LoadedThemes:
    """Every theme, shipped and own, the own winning; what can't be read is left out and told."""
    themes: dict[str, Theme] = {}
    problems: list[str] = []
    for folder in (shipped_folder(), user_folder):
        if folder is None or not folder.is_dir():
            continue
        for path in sorted(folder.glob("*.toml")):
            try:
                themes[path.stem] = _read(path)
            except BadTheme as bad:
                problems += bad.problems
    return LoadedThemes(themes, tuple(problems))


def parse_theme(name: str, text: str) -> Theme:
    """The theme that `text` (TOML) describes. Raises BadTheme with every problem, not only the first."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTheme((f"Theme {name} is not TOML: {error}.",)) from error
    problems = [f"Theme {name}: {p}" for p in _unknown(data, {"dark", "ansi", "inks"}, "setting")]
    flags = {"dark": True, "ansi": False}
    for key in flags:
        value = data.get(key, flags[key])
        if isinstance(value, bool):
            flags[key] = value
        else:
            problems.append(f"Theme {name}: {key} is true or false, not {value!r}.")
    given = data.get("inks", {})
    if not isinstance(given, dict):
        raise BadTheme((f"Theme {name}: [inks] is a table of roles.",))
    problems += [f"Theme {name}: {p}" for p in _unknown(given, set(ROLES), "role")]
    missing = [role for role in ROLES if role not in given]
    if missing:
        problems.append(f"Theme {name}: [inks] lacks {', '.join(missing)}.")
    inks: dict[str, Ink] = {}
    for role in ROLES.keys() & given.keys():
        try:
            inks[role] = _ink(given[role], flags["ansi"])
        except ValueError as error:
            problems.append(f"Theme {name}: {role} is {given[role]!r}, but {error}.")
    if problems:
        raise BadTheme(tuple(sorted(problems)))
    return Theme(name, flags["dark"], flags["ansi"], MappingProxyType(inks))


def _read(path: Path) -> Theme:
    name = path.stem
    if not _NAME.fullmatch(name):
        raise BadTheme(
            (f"{path.name[:80]!r} can't be a theme: its name holds other than letters, digits, . _ and -.",)
        )
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise BadTheme((f"Theme {name} is larger than 1 MiB and was not read.",))
        return parse_theme(name, raw.decode("utf-8"))
    except OSError as error:
        raise BadTheme((f"Theme {name} can't be read: {error.strerror or error}.",)) from error
    except UnicodeDecodeError as error:
        raise BadTheme((f"Theme {name} is not UTF-8 at byte {error.start}.",)) from error


def _unknown(given: Mapping[str, object], known: set[str], word: str) -> list[str]:
    strangers = [key for key in given if key not in known]
    if not strangers:
        return []
    import difflib

    sentences = []
    for key in strangers:
        near = difflib.get_close_matches(key, known, 1)
        sentences.append(f"there is no {word} {key!r}" + (f", perhaps {near[0]} was meant." if near else "."))
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


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio, 1 to 21, of two colours `#rrggbb`."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_faint(theme: Theme) -> tuple[str, ...]:
    """What in `theme` can't be read well, a sentence each: empty for a good theme, and for every ansi one.

    Words have 4.5 : 1 on every ground they can stand on (WCAG AA), dim words too: they carry the contact.
    A pane's rule has 2 : 1: it leads the eye to a title that says the same in words. `faint` is free: it draws
    what may be overlooked.
    """
    if theme.ansi:
        return ()
    wanted = [(role, ground, 4.5) for role in TEXTS for ground in GROUNDS]
    wanted += [(role, "background", 2.0) for role in RULES]
    found = []
    for role, ground, least in wanted:
        ratio = contrast(theme.inks[role].colour, theme.inks[ground].colour)
        if ratio < least:
            found.append(f"{theme.name}: {role} on {ground} has {ratio:.2f} : 1, less than {least}.")
    return tuple(found)

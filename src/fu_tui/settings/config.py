"""The settings file: TOML in, typed settings out. Rule: a broken file never stops the app; what is wrong keeps its
default, and each problem is told with its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from fu_tui.settings.keymap import Bindings, did_you_mean, resolve
from fu_tui.settings.profiles import Profile, with_profile

NO_COLOUR_THEME = "ansi"
SIZE_LIMIT = 1024 * 1024
"""Bytes; a larger file is not read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set, with its defaults."""

    theme: str = "night"
    """[ui] theme: the name of a theme. Whether there is one of that name is for the themes to say."""
    card: bool = True
    """[ui] card: show the card beside the panes where there is room."""
    day_first: bool = True
    """[dates] day_first: 3/4 is 3 April, not 4 March."""
    user: str | None = None
    """[user] as: who I am when neither the command line nor the environment says so."""
    profile: str = Profile.TEAM.value
    """[desk] profile: solo, team or office."""
    bindings: Bindings = field(default_factory=lambda: resolve({}).bindings)
    """[keys]: the effective keys of every action, under the profile."""
    overrides: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """[keys] as it is written, what was refused in it too: action id → keys, or only "none"."""


class Problem(NamedTuple):
    """One thing that is wrong with the file."""

    line: int | None
    """From 1; None where it concerns the file as a whole."""
    text: str

    def __str__(self) -> str:
        return self.text if self.line is None else f"line {self.line}: {self.text}"


class File(NamedTuple):
    """What a settings file says."""

    settings: Settings
    problems: tuple[Problem, ...]
    lines: Mapping[str, int]
    """Dotted path ("ui.theme", "keys.task.add") → the line that states it, for everything that was taken."""


class Entry(NamedTuple):
    """One setting a file may hold."""

    attribute: str
    type: type
    expected: str
    one_of: tuple[str, ...] = ()
    """The values it may have; empty where any of its type will do."""

    def takes(self, value: object) -> bool:
        """Whether it may have this value."""
        return type(value) is self.type and (not self.one_of or value in self.one_of)


ENTRIES: Mapping[str, Mapping[str, Entry]] = {
    "desk": {"profile": Entry("profile", str, '"solo", "team" or "office"', tuple(Profile))},
    "ui": {
        "theme": Entry("theme", str, 'the name of a theme, such as "night"'),
        "card": Entry("card", bool, "true or false"),
    },
    "dates": {"day_first": Entry("day_first", bool, "true or false")},
    "user": {"as": Entry("user", str, 'a user\'s name, such as "dana"')},
}
"""Section → key → what it is; [keys] beside them holds the keys of actions."""
KEYS = "keys"


def load(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in the file at `path`, and what is wrong with it. A file that isn't there means the defaults."""
    text, problem = _text(path)
    return (Settings(), (problem,)) if problem else parse(text)


def read(path: Path) -> File:
    """`load`, and which line states what: for telling a person where a setting comes from."""
    text, problem = _text(path)
    if problem:
        return File(Settings(), (problem,), {})
    stated = _stated(text)
    if isinstance(stated, Problem):
        return File(Settings(), (stated,), {})
    settings, problems = _taken(stated, text)
    refused = {problem.line for problem in problems}
    return File(settings, problems, {name: at for name, at in _lines(text).items() if at not in refused})


def theme_name(settings: Settings, environ: Mapping[str, str]) -> str:
    """The theme to start in: the terminal's own colours where NO_COLOR asks for none, else the one that is set."""
    return NO_COLOUR_THEME if environ.get("NO_COLOR") else settings.theme


def with_keys_of(settings: Settings, path: Path) -> Settings:
    """`settings`, with the profile and the keys that the file at `path` has now."""
    found, _ = load(path)
    return replace(settings, profile=found.profile, bindings=found.bindings, overrides=found.overrides)


def _text(path: Path) -> tuple[str, Problem | None]:
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return "", None
    except OSError as error:
        return "", Problem(None, f"the file can't be read: {error.strerror or error}")
    if len(raw) > SIZE_LIMIT:
        return "", Problem(None, "the file is larger than 1 MiB, so it was not read")
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", Problem(line, f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8")


def parse(text: str) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings that `text` states, and what is wrong with it, in the order of its lines."""
    stated = _stated(text)
    return (Settings(), (stated,)) if isinstance(stated, Problem) else _taken(stated, text)


def _stated(text: str) -> dict[str, Any] | Problem:
    """What the text states as TOML, or why it is none."""
    import tomllib  # 3–5 ms that a machine without a settings file never spends

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _syntax(str(error))


def _taken(stated: Mapping[str, Any], text: str) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings out of what `text` states, and the complaints with their lines."""
    values: dict[str, Any] = {}
    found: list[tuple[str, str]] = []  # (dotted path, what is wrong)
    for section, content in stated.items():
        if section == KEYS and isinstance(content, dict):
            values["overrides"] = _overrides(content, found)
        elif section in ENTRIES and isinstance(content, dict):
            values |= _section(section, content, found)
        else:
            found.append((section, _unknown_section(section)))
    profile, overrides = values.get("profile", Profile.TEAM), values.get("overrides", {})
    keymap = resolve(with_profile(profile, overrides))
    values["bindings"] = keymap.bindings
    found += [(f"{KEYS}.{complaint.id}", f"[keys] {complaint.text}") for complaint in keymap.complaints]
    lines = _lines(text) if found else {}
    problems = sorted((Problem(lines.get(path), what) for path, what in found), key=lambda p: p.line or 0)
    return Settings(**values), tuple(problems)


def _section(section: str, content: Mapping[str, Any], found: list[tuple[str, str]]) -> dict[str, Any]:
    entries, values = ENTRIES[section], {}
    for key, value in content.items():
        path = f"{section}.{key}"
        if key not in entries:
            found.append((path, f'[{section}] has no setting "{key}"{did_you_mean(key, entries)}'))
        elif not entries[key].takes(value):
            found.append((path, f"[{section}] {key} must be {entries[key].expected}"))
        else:
            values[entries[key].attribute] = value
    return values


def _overrides(content: Mapping[str, Any], found: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    overrides: dict[str, tuple[str, ...]] = {}
    for action_id, value in _flat(content):
        written = [value] if isinstance(value, str) else value
        if isinstance(written, list) and all(isinstance(key, str) for key in written):
            overrides[action_id] = tuple(written)
        else:
            found.append(
                (f"{KEYS}.{action_id}", f'[keys] {action_id} must be a key, such as "n", or a list of keys')
            )
    return overrides


def _flat(content: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted ids, whether the file quoted them ("task.add" = …) or not (task.add = …, which nests tables)."""
    for key, value in content.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _unknown_section(section: str) -> str:
    homes = [name for name, entries in ENTRIES.items() if section in entries]
    if homes:
        return f'"{section}" stands under [{homes[0]}]'
    if section in {*ENTRIES, KEYS}:
        return f'"{section}" is a heading: write [{section}] on a line of its own'
    return f'there is no section "{section}"{did_you_mean(section, [*ENTRIES, KEYS])}'


def _syntax(message: str) -> Problem:
    """tomllib's "Invalid value (at line 3, column 5)" as a problem with its line."""
    import re

    at = re.search(r" \(at line (\d+), column \d+\)$", message)
    what = message[: at.start()] if at else message
    return Problem(int(at[1]) if at else None, f"this is not TOML, so the defaults are used: {what}")


def _lines(text: str) -> dict[str, int]:
    """Dotted path → the line that states it. Good for text that parsed; of several the first counts."""
    import re

    name = r"""(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)"""
    header = re.compile(rf"\s*\[+\s*({name}(?:\s*\.\s*{name})*)\s*\]")
    entry = re.compile(rf"\s*({name}(?:\s*\.\s*{name})*)\s*=")
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := header.match(line):
            table = path = _dotted(match[1])
        elif match := entry.match(line):
            path = f"{table}.{_dotted(match[1])}".lstrip(".")
        else:
            continue
        while path and path not in found:
            found[path] = number
            path = path.rpartition(".")[0]
    return found


def _dotted(path: str) -> str:
    import re

    return ".".join(a or b or c for a, b, c in re.findall(r"""\"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""", path))

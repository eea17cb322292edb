"""Keys, as people write them and as the terminal's are reported. Rule: a key that never arrives is refused with its
reason, and what is written for a reported key reads back as that key.

"!" is reported as "exclamation_mark". Two presses after each other are written with a blank: "g c".
"""

from __future__ import annotations

from collections.abc import Iterable

_ARROWS = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
_FUNCTION_KEYS = tuple(f"f{n}" for n in range(1, 25))
NAMED_KEYS = frozenset({*_ARROWS, "backspace", "enter", "tab", "space", "escape", *_FUNCTION_KEYS})
_SHORT = {"pageup": "pgup", "pagedown": "pgdn", "escape": "esc", "delete": "del", "insert": "ins"}
"""Keys with a name that people write shorter."""
_ALIASES = {"return": "enter", **{short: named for named, short in _SHORT.items()}}
_SAME_AS = {"h": "backspace", "i": "tab", "j": "enter", "m": "enter", "[": "escape"}
"""What a terminal sends for ctrl and this key."""
_WITH = {
    "ctrl": frozenset({*_ARROWS, *_FUNCTION_KEYS}),
    "shift": frozenset({*_ARROWS, "tab"}),
    "alt": frozenset({*_ARROWS, *_FUNCTION_KEYS[:12]}),
}
"""The keys with a name that a terminal can tell from the same key alone."""
_WORDWISE = {"b": "ctrl+left", "f": "ctrl+right"}
"""What is reported for alt and this letter: terminals send it for the arrows."""
_PUNCTUATION = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where the name that a character is reported by is not Unicode's."""
_WRITTEN = {
    "exclamation_mark": "!", "question_mark": "?", "slash": "/", "backslash": "\\", "at": "@", "equals_sign": "=",
    "asterisk": "*", "full_stop": ".", "comma": ",", "colon": ":", "minus": "-", "plus": "+", "underscore": "_",
    "greater_than_sign": ">", "less_than_sign": "<", **_SHORT,
}  # fmt: skip
"""The usual ones, so that nothing is looked up before the first paint."""
LEAVES = "escape"
"""The key that leaves every question, the list of what may follow a key among them."""


class BadKey(ValueError):
    """What was written names no key that a terminal can send. The text says why."""


def presses(written: str) -> str:
    """The reported names of one press, or of two after each other with a blank between: "g !" → "g exclamation_mark".

    Raises BadKey.
    """
    parts = written.split(" ") if written.strip() else [written]
    if len(parts) == 1:
        return key_name(written)
    if "" in parts:
        raise BadKey(f'"{written}": two presses are written with one blank between them')
    if len(parts) > 2:
        raise BadKey(f'"{written}" is {len(parts)} presses; there may be two')
    names = [key_name(part) for part in parts]
    if LEAVES in names:
        raise BadKey(f'"{written}" can\'t be pressed: esc leaves')
    return " ".join(names)


def key_name(written: str) -> str:
    """The name under which the terminal's key is reported for what a person wrote: "!" → "exclamation_mark".

    Raises:
        BadKey: it is no key, or one that a terminal can't send or sends as another.
    """
    if len(written) == 1:
        return _character(written)
    modifier, plus, base = written.rpartition("+")
    if plus and not base:  # ctrl++
        modifier, base = modifier.removesuffix("+"), "+"
    named = _ALIASES.get(base.lower(), base.lower())
    if named not in NAMED_KEYS and len(base) != 1:
        raise BadKey(f'"{written}" is not a key{did_you_mean(named, NAMED_KEYS)}')
    if plus and not modifier:
        raise BadKey(f'"{written}" is not a key: nothing stands before the +')
    if not modifier:
        return named
    if reason := _out_of_reach(written, modifier.lower(), named):
        raise BadKey(reason)
    if modifier.lower() == "alt" and len(base) == 1:
        return f"alt+shift+{base.lower()}" if base.isupper() else f"alt+{base}"
    return f"{modifier.lower()}+{named}"


def written(names: str) -> str:
    """Reported presses as people write them: "g exclamation_mark" → "g !"; `presses` reads that back."""
    return " ".join(_written(name) for name in names.split(" "))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """'; did you mean "x"?' with the nearest of `known`, or nothing when none is near."""
    from difflib import get_close_matches  # only when something is wrong

    near = get_close_matches(word, known, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _written(name: str) -> str:
    if name in _WRITTEN or name in NAMED_KEYS or len(name) == 1:
        return _WRITTEN.get(name, name)
    modifier, plus, base = name.rpartition("+")
    if plus:
        return f"alt+{base.upper()}" if modifier == "alt+shift" else f"{modifier}+{_written(base)}"
    from itertools import product
    from unicodedata import lookup

    words = name.split("_")
    for between in product(" -", repeat=len(words) - 1):
        try:
            return lookup("".join(part for pair in zip(words, (*between, ""), strict=True) for part in pair))
        except KeyError:
            continue
    return name


def _out_of_reach(written: str, modifier: str, named: str) -> str | None:
    """Why a terminal can't tell this combination from another, or the app never hears it; None where it can."""
    if modifier not in _WITH:
        return f'"{written}" is no key a terminal can send; use ctrl, alt or shift with one key'
    if modifier == "ctrl" and named in _SAME_AS:
        return f"a terminal sends {_SAME_AS[named]} for {written}, so it can't have an action of its own"
    if modifier == "ctrl" and named == "q":
        return "ctrl+q always leaves the app"
    if modifier == "alt" and named in _WORDWISE:
        return f"a terminal sends {_WORDWISE[named]} for {written}, so it can't have an action of its own"
    if modifier == "shift" and len(named) == 1:
        return f'for {written} write the character it makes, such as "{named.upper()}"'
    if len(named) == 1 and not (named.isalpha() and (named.isascii() or modifier == "alt")):
        return f"most terminals can't send {written}; {modifier} goes with the letters"
    if len(named) > 1 and named not in _WITH[modifier]:
        return f"most terminals send {_WRITTEN.get(named, named)} for {written}"
    return None


def _character(character: str) -> str:
    if character.isalnum():
        return character
    from unicodedata import name

    if character == " " or not character.isprintable():
        raise BadKey('write "space"' if character == " " else "a control character is not a key")
    found = name(character, "").lower().replace("-", "_").replace(" ", "_")
    if not found:
        raise BadKey("a character without a name is not a key")
    return _PUNCTUATION.get(found, found)

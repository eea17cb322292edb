"""The effective keys: the registry's defaults under a person's [keys]. Rule: where an override is wrong, the default
stays and the complaint says why.

A framework that is handed such a mapping ignores unknown ids, does not unbind on an empty string and silently drops
the binding whose key another one takes; so everything is settled here, before it sees a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fu_tui.settings.actions import ACTIONS, BY_ID, Scope

UNBIND = "none"

Bindings = tuple[tuple[str, tuple[str, ...]], ...]
"""(action id, its keys) for every action, in the registry's order."""

_FUNCTION_KEYS = (f"f{n}" for n in range(1, 25))
# fmt: off
NAMED_KEYS = frozenset({
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace",
    "enter", "tab", "space", "escape", *_FUNCTION_KEYS,
})
_ALIASES = {
    "pgup": "pageup", "pgdn": "pagedown", "esc": "escape", "return": "enter", "del": "delete", "ins": "insert",
}
# fmt: on
_SAME_AS = {"h": "backspace", "i": "tab", "j": "enter", "m": "enter", "[": "escape"}
"""What a terminal sends for ctrl and this key."""
_PUNCTUATION = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where Textual's name for a character is not Unicode's."""


class BadKey(ValueError):
    """What was written names no key that a terminal can send. The text says why."""


class Complaint(NamedTuple):
    """One override that was not taken."""

    id: str
    """The action's id as it was written."""
    text: str


class Keymap(NamedTuple):
    """What `resolve` found."""

    bindings: Bindings
    complaints: tuple[Complaint, ...]


def resolve(overrides: Mapping[str, tuple[str, ...]]) -> Keymap:
    """The keys of every action.

    Args:
        overrides: action id → keys as a person wrote them: one, several, or only "none" to unbind.

    Returns:
        The bindings, free of clashes within a scope, and a complaint for each override that was refused.
    """
    complaints: list[Complaint] = []
    taken: dict[str, tuple[str, ...]] = {}
    for action_id, written in overrides.items():
        if action_id not in BY_ID:
            hint = did_you_mean(action_id, BY_ID)
            complaints.append(Complaint(action_id, f'no action is called "{action_id}"{hint}'))
            continue
        try:
            taken[action_id] = _keys(written)
        except BadKey as bad:
            complaints.append(Complaint(action_id, str(bad)))
    # Refusing an override brings a default back, which may clash with another override: until nothing does.
    while refused := _clashes(taken):
        complaints += refused
        for complaint in refused:
            del taken[complaint.id]
    return Keymap(
        tuple((action.id, taken.get(action.id, action.keys)) for action in ACTIONS), tuple(complaints)
    )


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
    if not modifier:
        return named
    if reason := _out_of_reach(written, modifier.lower(), named):
        raise BadKey(reason)
    return f"{modifier.lower()}+{_character(base) if modifier.lower() == 'alt' and len(base) == 1 else named}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """'; did you mean "x"?' with the nearest of `known`, or nothing when none is near."""
    from difflib import get_close_matches  # only when something is wrong

    near = get_close_matches(word, known, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _keys(written: tuple[str, ...]) -> tuple[str, ...]:
    if written == (UNBIND,):
        return ()
    if not written or "" in written:
        raise BadKey(f'an empty key; to unbind write "{UNBIND}"')
    if UNBIND in written:
        raise BadKey(f'"{UNBIND}" stands alone')
    return tuple(dict.fromkeys(key_name(key) for key in written))


def _out_of_reach(written: str, modifier: str, named: str) -> str | None:
    """Why a terminal can't tell this combination from another, or the app never hears it; None where it can."""
    if modifier not in {"ctrl", "shift", "alt"}:
        return f'"{written}" is no key a terminal can send; use ctrl, alt or shift with one key'
    if modifier == "ctrl" and named in _SAME_AS:
        return f"a terminal sends {_SAME_AS[named]} for {written}, so it can't have an action of its own"
    if modifier == "ctrl" and named == "q":
        return "ctrl+q always leaves the app"
    if modifier == "ctrl" and len(named) == 1 and not (named.isascii() and named.isalpha()):
        return f"most terminals can't send {written}; ctrl goes with the letters"
    if modifier == "shift" and len(named) == 1:
        return f'for {written} write the character it makes, such as "{named.upper()}"'
    return None


def _character(character: str) -> str:
    if character.isalnum():
        return character
    from unicodedata import name

    if character == " " or not character.isprintable():
        raise BadKey('write "space"' if character == " " else "a control character is not a key")
    found = name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _PUNCTUATION.get(found, found)


def _clashes(taken: Mapping[str, tuple[str, ...]]) -> list[Complaint]:
    """A complaint for each override of which a key belongs to another action of an overlapping scope."""
    found: list[Complaint] = []
    for action_id, keys in taken.items():
        mine = BY_ID[action_id]
        for other in ACTIONS:
            overlap = other.scope is mine.scope or Scope.APP in (other.scope, mine.scope)
            shared = set(keys) & set(taken.get(other.id, other.keys))
            if other is not mine and overlap and shared:
                key = min(shared)
                remedy = f'give that one another key, or "{UNBIND}"'
                found.append(Complaint(action_id, f'{key} already is "{other.label}" ({other.id}); {remedy}'))
                break
    return found

"""The effective keys: the registry's defaults under a person's [keys]. Rule: where an override is wrong, the default
stays and the complaint says why.

A framework that is handed such a mapping ignores unknown ids, does not unbind on an empty string and silently drops
the binding whose key another one takes; so everything is settled here, before it sees a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from fu_tui.settings.actions import ACTIONS, BY_ID, Action, Scope
from fu_tui.settings.keys import BadKey, did_you_mean, key_name, presses, written

__all__ = [
    "UNBIND",
    "BadKey",
    "Bindings",
    "Complaint",
    "Keymap",
    "did_you_mean",
    "followers",
    "key_name",
    "resolve",
]

UNBIND = "none"

Bindings = tuple[tuple[str, tuple[str, ...]], ...]
"""(action id, its keys) for every action, in the registry's order. A key of two presses has a blank between them."""


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
        The bindings, free of clashes within a scope and of keys that can't be reached, and a complaint for each
        override that was refused.
    """
    complaints: list[Complaint] = []
    taken: dict[str, tuple[str, ...]] = {}
    for action_id, wanted in overrides.items():
        if action_id not in BY_ID:
            hint = did_you_mean(action_id, BY_ID)
            complaints.append(Complaint(action_id, f'no action is called "{action_id}"{hint}'))
            continue
        try:
            taken[action_id] = _keys(wanted)
        except BadKey as bad:
            complaints.append(Complaint(action_id, str(bad)))
    # Refusing an override brings a default back, which may clash with another override: until nothing does.
    while refused := list(_clashes(taken)):
        complaints += refused
        for complaint in refused:
            del taken[complaint.id]
    return Keymap(
        tuple((action.id, taken.get(action.id, action.keys)) for action in ACTIONS), tuple(complaints)
    )


def followers(effective: Bindings) -> dict[str, dict[str, str]]:
    """First press → second press → action id, of every key that is two presses; in the registry's order."""
    found: dict[str, dict[str, str]] = {}
    for action_id, keys in effective:
        for key in keys:
            first, blank, second = key.partition(" ")
            if blank:
                found.setdefault(first, {})[second] = action_id
    return found


def _keys(wanted: tuple[str, ...]) -> tuple[str, ...]:
    if wanted == (UNBIND,):
        return ()
    if not wanted or "" in wanted:
        raise BadKey(f'an empty key; to unbind write "{UNBIND}"')
    if UNBIND in wanted:
        raise BadKey(f'"{UNBIND}" stands alone')
    keys = tuple(dict.fromkeys(presses(key) for key in wanted))
    for longer, first in _overlaps(keys, keys):
        if longer.startswith(f"{first} "):
            raise BadKey(f"{written(longer)} can't be reached: {written(first)} alone does the same")
    return keys


def _overlaps(keys: Iterable[str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of which at most one can be heard: the same key twice, or one that begins the other."""
    for key in keys:
        for other in others:
            if key == other or key.startswith(f"{other} ") or other.startswith(f"{key} "):
                yield key, other


def _clashes(taken: Mapping[str, tuple[str, ...]]) -> Iterator[Complaint]:
    """A complaint for each override of which a key can't be told from one of another action of an overlapping scope."""
    for action_id, keys in taken.items():
        mine = BY_ID[action_id]
        for other in ACTIONS:
            if other is mine or not (other.scope is mine.scope or Scope.APP in (other.scope, mine.scope)):
                continue
            found = min(_overlaps(keys, taken.get(other.id, other.keys)), default=None)
            if found:
                yield Complaint(action_id, _clash(*found, other))
                break


def _clash(key: str, theirs: str, other: Action) -> str:
    remedy = f'give that one another key, or "{UNBIND}"'
    named = f'"{other.label}" ({other.id})'
    if key == theirs:
        return f"{written(key)} already is {named}; {remedy}"
    if key.startswith(f"{theirs} "):
        return f"{written(key)} can't be reached: {written(theirs)} already is {named}; {remedy}"
    return f"{written(key)} begins {written(theirs)}, which is {named}; {remedy}"

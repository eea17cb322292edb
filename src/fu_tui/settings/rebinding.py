"""Giving an action another key. Rule: what [keys] would say is settled by `keymap.resolve` before anything is written,
so a key that is given works, and what it clashes with is named first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fu_tui.settings.actions import BY_ID, Scope
from fu_tui.settings.keymap import UNBIND, Keymap, resolve
from fu_tui.settings.keys import BadKey, presses, written
from fu_tui.settings.profiles import with_profile

Overrides = Mapping[str, tuple[str, ...]]
"""Action id → its keys as a person writes them, or only "none"."""


class Proposal(NamedTuple):
    """What it takes that an action has certain keys."""

    changes: Mapping[str, tuple[str, ...] | None]
    """What [keys] is to say anew; None takes a line out."""
    keymap: Keymap
    """The keys of every action then."""
    from_others: tuple[str, ...] = ()
    """Actions that would lose a key."""
    problem: str = ""
    """Why it can't be, whoever gives up a key; empty where it can."""


class Rebinding:
    """A person's keys, and what other keys would mean."""

    def __init__(self, overrides: Overrides, profile: str) -> None:
        """overrides: [keys] as it is written in the settings file. profile: [desk] profile."""
        self._overrides = dict(overrides)
        self._profile = profile
        self.now = self._resolved(self._overrides)
        """The keys in force."""
        self._keys = dict(self.now.bindings)

    def keys(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action, as a person writes them."""
        return tuple(map(written, self._keys[action_id]))

    def is_set(self, action_id: str) -> bool:
        """Whether the file says anything about an action."""
        return action_id in self._overrides

    def add(self, action_id: str, key: str) -> Proposal:
        """Another key (as a person writes it) beside those that it has."""
        return self._give(action_id, (*self.keys(action_id), key))

    def replace(self, action_id: str, key: str) -> Proposal:
        """This key (as a person writes it) and no other."""
        return self._give(action_id, (key,))

    def unbind(self, action_id: str) -> Proposal:
        """No key at all."""
        return self._proposal({action_id: (UNBIND,)})

    def reset(self, action_id: str) -> Proposal:
        """What it has by default. Where another action has such a key by now, that one loses it."""
        proposal = self._proposal({action_id: None})
        defaults = dict(self._resolved({}).bindings)[action_id]
        return self._freed(action_id, tuple(map(written, defaults)), None) if proposal.problem else proposal

    def _give(self, action_id: str, keys: tuple[str, ...]) -> Proposal:
        keys = tuple(dict.fromkeys(keys))
        proposal = self._proposal({action_id: keys})
        return self._freed(action_id, keys, keys) if proposal.problem else proposal

    def _freed(self, action_id: str, keys: tuple[str, ...], say: tuple[str, ...] | None) -> Proposal:
        """The same with those keys taken from whoever has them. say: what [keys] is to say of the action itself."""
        try:
            wanted = set(map(presses, keys))
        except BadKey as bad:
            return Proposal({}, self.now, problem=str(bad))
        changes: dict[str, tuple[str, ...] | None] = {action_id: say}
        holders = [other for other in self._keys if self._overlap(other, action_id, wanted)]
        for other in holders:
            left = tuple(written(key) for key in self._keys[other] if key not in wanted)
            changes[other] = left or (UNBIND,)
        return self._proposal(changes)._replace(from_others=tuple(holders))

    def _overlap(self, other: str, action_id: str, keys: set[str]) -> bool:
        scopes = {BY_ID[other].scope, BY_ID[action_id].scope}
        heard_together = len(scopes) == 1 or Scope.APP in scopes
        return other != action_id and heard_together and not keys.isdisjoint(self._keys[other])

    def _proposal(self, changes: Mapping[str, tuple[str, ...] | None]) -> Proposal:
        wanted = {**self._overrides, **changes}
        keymap = self._resolved({name: keys for name, keys in wanted.items() if keys is not None})
        fresh = [each.text for each in keymap.complaints if each not in self.now.complaints]
        got = dict(keymap.bindings)
        silent = next(
            (name for name, keys in changes.items() if keys is not None and not _has(got[name], keys)), ""
        )
        problem = fresh[0] if fresh else f"{BY_ID[silent].label} can't have it" if silent else ""
        return Proposal(changes, keymap, problem=problem)

    def _resolved(self, overrides: Overrides) -> Keymap:
        return resolve(with_profile(self._profile, overrides))


def _has(got: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether an action got the keys that were written for it."""
    return not got if tuple(keys) == (UNBIND,) else [written(key) for key in got] == list(keys)

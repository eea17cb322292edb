"""Profiles: what somebody who works alone need not see. Rule: a profile hides, and never forbids; a key that a person
sets themselves counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from fu_tui.settings.keymap import UNBIND


class Profile(StrEnum):
    """How the desk is used."""

    SOLO = "solo"
    """By one person: no owners, nobody to give work to, no other queue to look at."""
    TEAM = "team"
    """By several: everything is shown."""
    OFFICE = "office"
    """For an office's work: everything is shown."""


HIDDEN: Mapping[str, tuple[str, ...]] = {Profile.SOLO: ("task.reassign", "queue.scope")}
"""Profile → the actions that have no key in it unless a person gives them one."""


def with_profile(profile: str, overrides: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """A person's [keys], and before them what their profile takes away: so `resolve` knows those keys as free."""
    return {**dict.fromkeys(HIDDEN.get(profile, ()), (UNBIND,)), **overrides}

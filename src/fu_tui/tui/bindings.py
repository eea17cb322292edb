"""The registry's actions as Textual bindings. One rule: a key is named in the registry or the settings, never here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.settings.actions import ACTIONS, BY_ID
from fu_tui.settings.keymap import Bindings, followers
from fu_tui.settings.keys import written

if TYPE_CHECKING:
    from textual.binding import Binding


def make_bindings(effective: Bindings) -> list[Binding]:
    """One binding for each key of each action; they all run `do('id')`. Of two presses the first runs `follow('g')`."""
    from textual.binding import Binding  # the rest of this room is wanted before the framework

    single = [
        Binding(key, f"do('{action_id}')", BY_ID[action_id].label, show=False, id=action_id)
        for action_id, keys in effective
        for key in keys
        if " " not in key
    ]
    return [*single, *(Binding(key, f"follow('{key}')", show=False) for key in followers(effective))]


def shown_key(effective: Bindings, action_id: str) -> str:
    """The first key of an action as a person writes it; empty where it is unbound."""
    keys = dict(effective).get(action_id, ())
    return written(keys[0]) if keys else ""


def footer_actions() -> list[str]:
    """The ids of the actions in the footer, the most needed first."""
    placed = [(action.footer, action.id) for action in ACTIONS if action.footer is not None]
    return [action_id for _, action_id in sorted(placed)]

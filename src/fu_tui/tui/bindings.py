"""The registry's actions as Textual bindings. One rule: a key is named in the registry or the settings, never here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fu_tui.settings.actions import ACTIONS, BY_ID
from fu_tui.settings.keymap import Bindings

if TYPE_CHECKING:
    from textual.binding import Binding

SHOWN = {
    "exclamation_mark": "!", "question_mark": "?", "slash": "/", "at": "@", "equals_sign": "=", "asterisk": "*",
    "space": "space", "escape": "esc", "pageup": "pgup", "pagedown": "pgdn", "full_stop": ".",
}  # fmt: skip
"""Keys as people write them, where Textual's name differs."""


def make_bindings(effective: Bindings) -> list[Binding]:
    """One binding for each key of each action; they all run `do('id')`."""
    from textual.binding import Binding  # the rest of this room is wanted before the framework

    return [
        Binding(key, f"do('{action_id}')", BY_ID[action_id].label, show=False, id=action_id)
        for action_id, keys in effective
        for key in keys
    ]


def shown_key(effective: Bindings, action_id: str) -> str:
    """The first key of an action as a person writes it; empty where it is unbound."""
    keys = dict(effective).get(action_id, ())
    return SHOWN.get(keys[0], keys[0]) if keys else ""


def footer_actions() -> list[str]:
    """The ids of the actions in the footer, the most needed first."""
    placed = [(action.footer, action.id) for action in ACTIONS if action.footer is not None]
    return [action_id for _, action_id in sorted(placed)]

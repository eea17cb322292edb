"""The registry: ids and keys are unique where they must be, and every key of the interface is there."""

from __future__ import annotations

from collections import Counter

import pytest

from fu_tui.settings.actions import ACTIONS, BY_ID, Scope
from fu_tui.settings.keys import key_name, presses, written

# As the interface states them, written the way a person writes them.
KEYS = {
    "j ↓": "cursor.down", "k ↑": "cursor.up", "home": "cursor.top", "end": "cursor.bottom",
    "pgup": "cursor.page_up", "pgdn": "cursor.page_down", "ctrl+u": "cursor.half_up", "ctrl+d": "cursor.half_down",
    "1": "pane.overdue", "2": "pane.today", "3": "pane.upcoming", "tab": "pane.next", "shift+tab": "pane.previous",
    "n": "task.no_reply", "N": "task.no_reply_note", "v": "task.voicemail", "r": "task.replied", "d": "task.close",
    "s": "task.snooze", "S": "task.hide", "o": "task.reassign", "!": "task.priority", "a ctrl+n": "task.add",
    "%": "task.spread",
    "u": "journal.undo", "U": "journal.redo", "/": "queue.filter", "=": "queue.order", "@": "queue.scope",
    "space": "queue.mark", "*": "queue.mark_pane", "esc": "queue.clear", "i": "card.toggle", "? f1": "app.help",
    "T": "app.theme", "K": "app.keys", "q": "app.quit", ".": "task.repeat", "m": "task.menu", "e": "task.edit",
    "x": "task.skip", "X": "task.stop", ">": "task.stage", "P": "task.park", "O": "task.handoff", "l": "task.log",
    "L": "queue.later", "H": "queue.hidden", "enter": "card.walk", "ctrl+p :": "app.palette",
    "y": "card.copy", "M": "card.mail", "w": "card.why", "f": "view.forecast", "b": "view.load",
    "ctrl+e": "card.down", "ctrl+y": "card.up",
}  # fmt: skip
ARROWS = {"↓": "down", "↑": "up"}


TWO_PRESSES = {
    "g q": "go.queue",
    "g c": "go.contacts",
    "g d": "go.deals",
    "g p": "go.paused",
    "g a": "go.absences",
    "g t": "go.triage",
    "g n": "go.no_next_step",
    "g i": "go.notices",
    "g r": "go.triggers",
    "g k": "go.cadences",
    "g h": "go.calendar",
    "g s": "go.series",
}


@pytest.mark.parametrize(("told", "action_id"), KEYS.items())
def test_the_interface_s_keys_are_the_defaults(told: str, action_id: str) -> None:
    wanted = tuple(key_name(ARROWS.get(key, key)) for key in told.split())
    assert BY_ID[action_id].keys == wanted


@pytest.mark.parametrize(("told", "action_id"), TWO_PRESSES.items())
def test_two_presses_go_somewhere(told: str, action_id: str) -> None:
    assert BY_ID[action_id].keys == (presses(told),)


def test_no_action_beyond_the_interface() -> None:
    assert {*KEYS.values(), *TWO_PRESSES.values()} == set(BY_ID)


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(ACTIONS)


def test_no_default_key_clashes() -> None:
    app = Counter(key for action in ACTIONS if action.scope is Scope.APP for key in action.keys)
    for scope in set(Scope) - {Scope.APP}:
        heard = app + Counter(key for action in ACTIONS if action.scope is scope for key in action.keys)
        assert not {key for key, times in heard.items() if times > 1}


def test_no_default_key_begins_another() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert [key for key in keys if any(other.startswith(f"{key} ") for other in keys)] == []


def test_every_default_key_can_be_written_in_a_settings_file() -> None:
    assert [key for action in ACTIONS for key in action.keys if presses(written(key)) != key] == []


def test_the_footer_has_an_order() -> None:
    places = [action.footer for action in ACTIONS if action.footer is not None]
    assert sorted(places) == list(range(1, len(places) + 1))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_told_in_words(action) -> None:
    assert 0 < len(action.label) <= 16, "the footer has no room for more"
    assert action.tooltip.endswith(".")

"""Which action, and which key it is to have. One rule: what a key would take away is said before anything changes; the
answer is a proposal that the caller writes down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fu_tui.settings.actions import ACTIONS, BY_ID
from fu_tui.settings.keys import written
from fu_tui.settings.rebinding import Proposal, Rebinding
from fu_tui.tui.modals.listing import ListQuestion
from fu_tui.tui.modals.pick import Item, Letter, Letters
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, says

if TYPE_CHECKING:
    from textual import events

NO_KEY = "no key"


class KeysModal(ListQuestion[str]):
    """Every action with its keys. Returns the action's id."""

    LABEL = "Find"
    NOTHING = 'No action has "{}" in its name.'

    def __init__(self, rebinding: Rebinding, current: str = "") -> None:
        """current: the action to begin at."""
        keys = dict(rebinding.now.bindings)
        room = max(len(action.label.rstrip("…")) for action in ACTIONS)
        items = [
            Item(action.id, action.label.rstrip("…").ljust(room), action.tooltip, shown(keys[action.id]))
            for action in ACTIONS
        ]
        super().__init__("Keys", items)
        self.list.go(current)

    def keys(self) -> Sequence[Key]:
        """Enter takes it."""
        return ("enter", "change its key"), ("esc", "leave")

    def taken(self, key: str) -> None:
        """This action."""
        self.dismiss(key)


class KeyModal(Question[Proposal]):
    """What is to become of one action's keys. Returns what is to be written."""

    def __init__(self, rebinding: Rebinding, action_id: str) -> None:
        super().__init__()
        self._rebinding, self._action = rebinding, BY_ID[action_id]
        self._has = dict(rebinding.now.bindings)[action_id]
        self._first = self._letters = Letters(self._choices())
        self._listening = ""
        """add or replace while the next key is the answer; empty while letters are heard."""
        self._wanted = ""
        self._clash: Proposal | None = None
        self._problem = ""

    def heading(self) -> str:
        """The action."""
        return f"Key of {self._action.label.rstrip('…')}"

    def keys(self) -> Sequence[Key]:
        """Escape goes back where a key was asked for."""
        return (("esc", "back" if self._listening or self._clash else "leave"),)

    def rows(self, width: int) -> list[Row]:
        """What the action does, its keys, and what may become of them."""
        rows = [
            *says(self._action.tooltip, "text", width),
            *says(f"It has {shown(self._has)}." if self._has else "It has no key.", "dim", width),
            Row(),
        ]
        if self._listening:
            rows += says("Press the key.", "accent", width)
        elif self._clash:
            rows += [*says(self._clash_words(self._clash), "overdue", width, 6), Row()]
        rows += says(self._problem, "overdue", width, 4)
        if not self._listening:
            rows += [row for letter in self._letters.choices for row in self._letters.row(letter, width, 0)]
        return rows

    def on_key(self, event: events.Key) -> None:
        """While a key is asked for, every key is the answer; escape goes back."""
        if self._listening:
            event.stop()
            event.prevent_default()
            self._heard(event.key)

    def pressed(self, key: str) -> None:
        """A letter."""
        if letter := self._letters.press(key):
            self._chosen(letter.code)

    def action_move(self, by: int) -> None:
        """Over the letters."""
        self._letters.move(by)
        self.redraw()

    def action_enter(self) -> None:
        """The letter under the cursor."""
        if letter := self._letters.enter():
            self._chosen(letter.code)

    def action_leave(self) -> None:
        """From a clash back to the first question, from there without a change."""
        if self._clash:
            self._begin()
        else:
            super().action_leave()

    def _chosen(self, code: str) -> None:
        if code in ("add", "replace"):
            self._listen(code)
        elif code == "take":
            self.dismiss(self._clash)
        elif code == "other":
            self._listen(self._wanted)
        else:
            proposal = getattr(self._rebinding, code)(self._action.id)
            self._settle(proposal)

    def _listen(self, code: str) -> None:
        self._listening = self._wanted = code
        self._clash, self._problem = None, ""
        self.redraw()

    def _heard(self, key: str) -> None:
        if key == "escape":
            self._begin()
        elif key in self._has and self._listening == "add":
            self._problem = f"It has {shown((key,))} already."
            self.redraw()
        else:
            self._settle(getattr(self._rebinding, self._listening)(self._action.id, written(key)))

    def _settle(self, proposal: Proposal) -> None:
        """Answer; ask first where another action would lose a key; say why where it can't be."""
        if proposal.problem:
            self._problem = f"That can't be: {proposal.problem}."
        elif proposal.from_others:
            self._listening, self._clash, self._problem = "", proposal, ""
            self._letters = Letters(self._clash_choices())
        else:
            self.dismiss(proposal)
            return
        self.redraw()

    def _begin(self) -> None:
        self._listening, self._clash, self._problem = "", None, ""
        self._letters = self._first
        self.redraw()

    def _choices(self) -> list[Letter]:
        default = shown(dict(self._rebinding.reset(self._action.id).keymap.bindings)[self._action.id])
        choices = [Letter("a", "add", "add a key" if self._has else "give it a key")]
        if self._has:
            choices += [
                Letter("r", "replace", "replace its keys"),
                Letter("u", "unbind", "unbind: no key at all"),
            ]
        if self._rebinding.is_set(self._action.id):
            choices.append(Letter("d", "reset", f"default again: {default}"))
        return choices

    def _clash_choices(self) -> list[Letter]:
        other = [Letter("p", "other", "press another key")] if self._wanted else []
        return [Letter("t", "take", "take it"), *other]

    def _clash_words(self, clash: Proposal) -> str:
        after = dict(clash.keymap.bindings)
        before = dict(self._rebinding.now.bindings)
        return " ".join(
            f"{shown(tuple(key for key in before[other] if key not in after[other]))} already does"
            f" “{BY_ID[other].label}”, which would have {shown(after[other])}{' left' if after[other] else ''}."
            for other in clash.from_others
        )


def shown(keys: Sequence[str]) -> str:
    """Keys as people write them, one after the other; "no key" where there is none."""
    return " ".join(written(key) for key in keys) or NO_KEY

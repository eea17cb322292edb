"""All verbs of the desk, wired to one context. One rule: a verb's module is loaded when that verb is first wanted, so
a command pays for its own verb alone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fu_tui.services.cadences import Cadences
    from fu_tui.services.capturing import Capturing
    from fu_tui.services.close import Closing
    from fu_tui.services.context import Context
    from fu_tui.services.editing import Editing
    from fu_tui.services.enroll import Enrolling
    from fu_tui.services.journal import Journal
    from fu_tui.services.moves import Moves
    from fu_tui.services.resolving import Resolving

HOMES = {
    "close": "close.Closing",
    "snooze": "moves.Moves",
    "hide": "moves.Moves",
    "unhide": "moves.Moves",
    "reassign": "moves.Moves",
    "priority": "moves.Moves",
    "enroll": "enroll.Enrolling",
    "save_cadence": "cadences.Cadences",
    "retire_cadence": "cadences.Cadences",
    "revive_cadence": "cadences.Cadences",
    "undo": "journal.Journal",
    "redo": "journal.Journal",
    "entries": "journal.Journal",
    "standing": "journal.Journal",
    "resolve": "resolving.Resolving",
    "add": "capturing.Capturing",
    "add_all": "capturing.Capturing",
    "note": "capturing.Capturing",
    "edit": "editing.Editing",
    "rewrite": "editing.Editing",
}
"""Verb → "module.Class" below fu_tui.services."""


class Verbs:
    """What a person can do. Each verb is one transaction and one journal entry; see the class it comes from."""

    context: Context

    if TYPE_CHECKING:  # the same table once more, with its types

        def __init__(self, context: Context) -> None:
            moves, journal, capturing = Moves(context), Journal(context), Capturing(context)
            self.close = Closing(context).close
            self.snooze = moves.snooze
            self.hide = moves.hide
            self.unhide = moves.unhide
            self.reassign = moves.reassign
            self.priority = moves.priority
            self.enroll = Enrolling(context).enroll
            cadences = Cadences(context)
            self.save_cadence = cadences.save_cadence
            self.retire_cadence = cadences.retire_cadence
            self.revive_cadence = cadences.revive_cadence
            self.undo = journal.undo
            self.redo = journal.redo
            self.entries = journal.entries
            self.standing = journal.standing
            self.resolve = Resolving(context).resolve
            self.add = capturing.add
            self.add_all = capturing.add_all
            self.note = capturing.note
            self.edit = Editing(context).edit
            self.rewrite = Editing(context).rewrite

    else:

        def __getattr__(self, name: str) -> Callable[..., Any]:
            if name not in HOMES:
                raise AttributeError(name)
            module, _, home = HOMES[name].partition(".")
            verb = getattr(getattr(import_module(f"fu_tui.services.{module}"), home)(self.context), name)
            vars(self)[name] = verb
            return verb

    def warm_up(self) -> None:
        """Load every verb: a screen shows its rows first and then has the time."""
        for name in HOMES:
            getattr(self, name)

"""All verbs of the desk, wired to one context. Two rules: a verb's module is loaded when that verb is first wanted, so
a command pays for its own verb alone; and a fault in a verb that wrote nothing is told like a refusal, so it ends no
screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fu_tui.core.errors import Fault, FuError

if TYPE_CHECKING:
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
            verb = vars(self)[name] = _whole(self.context, verb)
            return verb

    def warm_up(self) -> None:
        """Load every verb: a screen shows its rows first and then has the time."""
        for name in HOMES:
            getattr(self, name)


def _whole(context: Context, verb: Callable[..., Any]) -> Callable[..., Any]:
    """`verb`, which raises Fault where something went wrong that nobody foresaw, if nothing of it was written."""

    @wraps(verb)
    def run(*given: Any, **named: Any) -> Any:
        before = context.written
        try:
            return verb(*given, **named)
        except FuError:
            raise
        except Exception as fault:
            if context.written > before or context.db.is_writing:
                raise  # what stands now is not what the screen shows, so nobody goes on from here
            from fu_tui.settings import faults

            what = f"Something went wrong inside fu-tui ({type(fault).__name__}); nothing was written."
            raise Fault(what, faults.keep(fault)) from fault

    return run

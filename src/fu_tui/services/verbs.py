"""All verbs of the desk, wired to one context."""

from __future__ import annotations

from fu_tui.services.capturing import Capturing
from fu_tui.services.close import Closing
from fu_tui.services.context import Context
from fu_tui.services.enroll import Enrolling
from fu_tui.services.journal import Journal
from fu_tui.services.moves import Moves


class Verbs:
    """What a person can do. Each verb is one transaction and one journal entry; see the class it comes from."""

    def __init__(self, context: Context) -> None:
        self.context = context
        moves, journal, capturing = Moves(context), Journal(context), Capturing(context)
        self.close = Closing(context).close
        self.snooze = moves.snooze
        self.hide = moves.hide
        self.reassign = moves.reassign
        self.priority = moves.priority
        self.enroll = Enrolling(context).enroll
        self.undo = journal.undo
        self.redo = journal.redo
        self.entries = journal.entries
        self.resolve = capturing.resolve
        self.add = capturing.add

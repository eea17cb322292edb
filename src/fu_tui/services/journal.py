"""Undo and redo. One rule: an undo puts back what the journal says was there, and only where it still finds what
the journal says was left; otherwise it names who came in between and writes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from fu_tui.core.clock import from_utc_text
from fu_tui.core.errors import Conflict, Refused
from fu_tui.core.events import Event, Redone, Undone
from fu_tui.core.terms import Touched
from fu_tui.services.context import Context
from fu_tui.services.revert import Revert
from fu_tui.store.sqlite import sqlite3
from fu_tui.store.unit import Unit

_LAST = (
    "SELECT seq, summary FROM journal_entry WHERE actor_id IS ? AND undone_by IS NULL AND seq < ?"
    " AND verb NOT IN ('undo', 'redo') ORDER BY seq DESC LIMIT 1"
)
"""One's own last entry that still stands, before another."""
_LAST_UNDO = (
    "SELECT u.seq, u.undoes, e.summary FROM journal_entry u JOIN journal_entry e ON e.seq = u.undoes"
    " WHERE u.actor_id IS ?1 AND u.verb = 'undo' AND u.undone_by IS NULL AND u.seq < ?2 AND u.seq > ifnull(("
    "SELECT l.seq FROM journal_entry l WHERE l.actor_id IS ?1 AND l.seq < ?2 AND l.verb NOT IN ('undo', 'redo')"
    " ORDER BY l.seq DESC LIMIT 1), 0) ORDER BY u.seq DESC LIMIT 1"
)
"""One's own last undo that still stands, with nothing done since."""
_NEWER = 2**62
"""Newer than every entry."""


class Entry(NamedTuple):
    """One line of the journal."""

    seq: int
    at: datetime
    actor: str
    verb: str
    summary: str
    undone: bool


class Standing(NamedTuple):
    """What one's own undo and redo would take up: the entries' summaries; None where there is none."""

    undo: str | None
    redo: str | None


class Journal:
    """The verbs `undo` and `redo`, and the list of entries."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def entries(self, limit: int = 50) -> tuple[Entry, ...]:
        """The newest entries of everybody, newest first."""
        rows = self._context.db.rows(
            "SELECT j.seq, j.at, ifnull(u.name, 'fu-tui'), j.verb, j.summary, j.undone_by IS NOT NULL"
            " FROM journal_entry j LEFT JOIN user u ON u.id = j.actor_id ORDER BY j.seq DESC LIMIT ?",
            (limit,),
        )
        return tuple(
            Entry(seq, from_utc_text(at), who, verb, text, bool(u)) for seq, at, who, verb, text, u in rows
        )

    def standing(self) -> Standing:
        """What undo would take back and redo do again, as far as the journal alone says; two reads by an index."""
        context = self._context
        undo = context.db.row(_LAST, (context.me.id, _NEWER))
        redo = context.db.row(_LAST_UNDO, (context.me.id, _NEWER))
        return Standing(undo[1] if undo else None, redo[2] if redo else None)

    def undo(self, touched: Touched = Touched.ASK) -> tuple[Event, ...]:
        """Take back one's own last entry that still stands.

        touched: what becomes of a spawned follow-up that a person has changed since.
        Raises Refused where there is nothing to undo, TouchedSuccessor where that has to be decided, and
        Conflict where somebody changed the same records later; then nothing was written.
        """
        with self._context.unit("undo") as work:
            row = work.db.row(_LAST, (work.actor_id, work.entry))
            if row is None:
                raise Refused("There is nothing to undo.", "`fu journal` shows what was done, by whom.")
            entry, summary = row
            tasks = self._revert(work, entry, touched)
            work.summary, work.undoes = f"undid: {summary}", entry
            _mark(work, entry, work.entry)
        return (Undone(entry, summary, tasks),)

    def redo(self) -> tuple[Event, ...]:
        """Do again what one's own last undo took back; a verb in between clears it. Raises Refused, Conflict."""
        with self._context.unit("redo") as work:
            row = work.db.row(_LAST_UNDO, (work.actor_id, work.entry))
            if row is None:
                raise Refused(
                    "There is nothing to redo.", "A redo follows an undo, before anything else is done."
                )
            undo_entry, entry, summary = row
            tasks = self._revert(work, undo_entry, Touched.ASK)
            work.summary, work.undoes = f"did again: {summary}", undo_entry
            _mark(work, undo_entry, work.entry)
            work.db.execute_sql("UPDATE journal_entry SET undone_by = NULL WHERE seq = ?", (entry,))
        return (Redone(entry, summary, tasks),)

    @staticmethod
    def _revert(work: Unit, entry: int, touched: Touched) -> tuple[int, ...]:
        try:
            return Revert(work, entry, touched).run()
        except sqlite3.IntegrityError as error:
            raise Conflict(
                "What this would bring back has been made anew since.", "`fu journal` shows by whom."
            ) from error


def _mark(work: Unit, entry: int, by: int) -> None:
    work.db.execute_sql("UPDATE journal_entry SET undone_by = ? WHERE seq = ?", (by, entry))
